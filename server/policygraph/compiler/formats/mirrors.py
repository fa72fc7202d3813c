"""What mirrors of Chinese pages leave: traditional characters, and readings after them, 業(yè).

The characters are read as the simplified ones by OpenCC's table, one for one, so that offsets stay; the readings
are left out of the view. The stored text keeps both.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PINYIN = re.compile(r"[(（](?<=[\u4e00-\u9fff].)[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}[)）]")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")
TRADITIONAL_LEAST = 3
"""Fewer different traditional characters occur in simplified texts too, in names."""


def readings(text: str) -> list[tuple[int, int]]:
    """Where a reading in brackets stands after its character."""
    return [m.span() for m in _PINYIN.finditer(text) if _TONED.search(m[0])]


@lru_cache(maxsize=8)
def traditional(text: str) -> tuple[str, ...]:
    """Different characters that Big5 has and GB 2312 has not, in the order of the text; () below the least number."""
    strange = set(_strange().findall(text))
    return tuple(sorted(strange, key=text.index)) if len(strange) >= TRADITIONAL_LEAST else ()


def simplified(characters: tuple[str, ...]) -> dict[int, str]:
    """Table for str.translate, one character for one."""
    pairs = ((char, _simple(char)) for char in characters)
    return {ord(char): plain for char, plain in pairs if len(plain) == 1}


@lru_cache(maxsize=8192)
def _simple(char: str) -> str:
    return str(_converter().convert(char))


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _strange() -> re.Pattern[str]:
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    return re.compile(f"[{''.join(sorted(_held(every, 'big5') - _held(every, 'gb2312')))}]")


def _held(characters: str, charset: str) -> set[str]:
    return set(characters.encode(charset, "ignore").decode(charset))
