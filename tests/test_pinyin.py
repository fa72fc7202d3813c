"""The table of readings is what pypinyin knows, and reading by it gives what pypinyin gives: IRIs are made of both.

`python tests/test_pinyin.py` writes the table. Another one is a migration: IRIs change with it.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pypinyin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS
from pypinyin.style._utils import replace_symbol_to_no_symbol as plain

from policygraph.graph.iri import pinyin
from policygraph.pinyin import _LONGEST, read_out

TABLE = Path(__file__).parents[1] / "data" / "registry" / "pinyin.tsv"
HEAD = f"""\
# Readings of characters and words in Hanyu pinyin without tones, made from pypinyin {pypinyin.__version__} by
# tests/test_pinyin.py. pypinyin: Copyright (c) 2016 mozillazg, 闲耘; MIT License.
# reading, characters whose first reading it is; then: first character of words, the rest of each, parted by tabs,
# with the readings of the whole word after a colon where they are not those of its characters one by one.
"""


def made() -> str:
    """The table, from pypinyin's data."""
    first = {chr(code): plain(readings.split(",")[0]) for code, readings in PINYIN_DICT.items()}
    sounding, beginning = defaultdict(list), defaultdict(list)
    for character, reading in sorted(first.items()):
        sounding[reading].append(character)
    for word, readings in sorted(PHRASES_DICT.items()):
        spoken = [plain(each[0]) for each in readings]
        known = spoken == [first.get(c) for c in word]
        beginning[word[0]].append(word[1:] if known else f"{word[1:]}:{' '.join(spoken)}")
    lines = [f"{reading}\t{''.join(characters)}\n" for reading, characters in sorted(sounding.items())]
    lines += ["\t".join([character, *words]) + "\n" for character, words in sorted(beginning.items())]
    return HEAD + "".join(lines)


def by_pypinyin(text: str) -> list[str]:
    return pypinyin.lazy_pinyin(text, style=pypinyin.Style.NORMAL, v_to_u=False)


def by_table(text: str) -> list[str]:
    return [reading or characters for characters, reading in read_out(text)]


def test_the_table_is_what_pypinyin_knows() -> None:
    assert TABLE.read_text(encoding="utf-8") == made(), f"python {sys.argv[0]} writes it: IRIs change"
    assert pypinyin.__version__ == "0.55.0"
    assert max(map(len, PHRASES_DICT)) == _LONGEST + 1
    assert all(len(word) > 1 and RE_HANS.match(word) for word in PHRASES_DICT)


def test_every_character_is_read_alike() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x33000)):
        assert by_table(chr(code)) == by_pypinyin(chr(code)), hex(code)


def test_every_word_is_read_alike() -> None:
    for word in PHRASES_DICT:
        assert by_table(word) == by_pypinyin(word), word
        assert by_table(word[:-1]) == by_pypinyin(word[:-1]), word  # the beginning of a word, and nothing after it


def test_words_that_run_into_one_another_are_read_alike() -> None:
    words, chance = sorted(PHRASES_DICT), random.Random(1)
    for _ in range(20_000):
        run = "".join(chance.choice(words)[: chance.randint(1, 5)] for _ in range(3))
        assert by_table(run) == by_pypinyin(run), run


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("重庆银行长子县都安一行为藏族ab1%〇 \n\ue815\U0002a6e0") | st.characters(codec="utf-8")))
def test_any_text_is_read_alike(text: str) -> None:
    assert by_table(text) == by_pypinyin(text)
    spoken = pypinyin.lazy_pinyin(text.replace("%", "百分之"), errors=lambda rest: f"\0{rest}\0")
    joined = "".join(spoken).replace("\0", "").lower().replace("ü", "v")
    assert pinyin(text) == re.sub(r"[^a-z0-9]+", "-", joined).strip("-")


@pytest.mark.parametrize("name", ["registry", "national", "sources"])
def test_the_texts_of_the_project_are_read_alike(name: str) -> None:
    for file in sorted((TABLE.parents[1] / name).iterdir()):
        for line in file.read_text(encoding="utf-8").splitlines() if file != TABLE else ():
            assert by_table(line) == by_pypinyin(line), (file.name, line)


def test_nothing_that_the_program_runs_imports_pypinyin() -> None:
    code = "import sys, policygraph.web, policygraph.collection.update; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


if __name__ == "__main__":
    TABLE.write_text(made(), encoding="utf-8")
