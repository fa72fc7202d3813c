"""Hanyu pinyin of Chinese text, without tones: what IRIs and the search are made of.

The table `data/registry/pinyin.tsv` holds what pypinyin 0.55.0 knows (MIT; of its 47,000 words every character's
reading), and the text is cut into words as pypinyin does it: from left to right, always the longest word. Reading the
table takes a twentieth of the time that importing pypinyin takes, and IRIs do not change with another version of it;
`tests/test_pinyin.py` writes the table anew and compares what is read.
"""

from __future__ import annotations

import re
from functools import cache

from . import resources

_STRETCHES = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\ue815-\ue864\uf900-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002b73f"
    "\U0002b740-\U0002b81d\U0002b825-\U0002bf6e\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9"
    "\U0002f80a-\U0002fa1f\U00030000-\U0003134a\U000300f7-\U00031288\U00031350-\U00032389]+"
)
"""What may stand in a word; anything else parts words."""


class _Table:
    """characters: character → its first reading; words: first character → what follows it in words, as in the file."""

    def __init__(self, lines: list[str]) -> None:
        self.characters: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._made: dict[str, dict[str, str]] = {}
        for line in lines:
            head, _, rest = line.partition("\t")
            if head.isascii():
                self.characters.update(dict.fromkeys(rest, head))
            else:
                self._words[head] = rest

    def words(self, first: str) -> dict[str, str]:
        """The words that begin with a character, without it → the readings of the whole, "" where they are those of
        its characters one by one."""
        if (made := self._made.get(first)) is None:
            pairs = (each.partition(":") for each in self._words.get(first, "").split("\t") if each)
            made = self._made[first] = {rest: readings for rest, _, readings in pairs}
        return made


@cache
def _table() -> _Table:
    text = (resources.data() / "registry" / "pinyin.tsv").read_text(encoding="utf-8")
    return _Table([line for line in text.splitlines() if not line.startswith("#")])


def read_out(text: str) -> list[tuple[str, str]]:
    """(character, reading) of each character that has one, (characters, "") of each stretch between that has none."""
    made: list[tuple[str, str]] = []
    end = 0
    for stretch in _STRETCHES.finditer(text):
        if stretch.start() > end:
            made.append((text[end : stretch.start()], ""))
        made += _read(stretch[0])
        end = stretch.end()
    return made if end == len(text) else [*made, (text[end:], "")]


def _read(stretch: str) -> list[tuple[str, str]]:
    characters, at, made = _table().characters, 0, list[tuple[str, str]]()
    while at < len(stretch):
        words, rest = _table().words(stretch[at]), stretch[at + 1 :]
        size = min(len(rest), _LONGEST)
        while size and rest[:size] not in words:
            size -= 1
        if not size and 1 < len(rest) < _LONGEST and any(word.startswith(rest) for word in words):
            size = len(rest)  # the beginning of a word at the end of a stretch: pypinyin looks for none in it
        piece = stretch[at : at + 1 + size]
        readings = words.get(piece[1:], "")
        made += zip(piece, readings.split(" ") if readings else [characters.get(c, "") for c in piece], strict=True)
        at += len(piece)
    return made


_LONGEST = 9
"""Characters of a word after its first."""
