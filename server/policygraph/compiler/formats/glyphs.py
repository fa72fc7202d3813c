"""Characters that only look like the ones meant: what fonts and PDF writers leave in Chinese text.

A PDF names glyphs, not characters; where its table maps a glyph to a radical (⻔ U+2ED4) instead of the
character (门 U+95E8), text copied from it looks right and matches nothing. Kangxi radicals and compatibility
ideographs have a Unicode decomposition; of the radicals supplement (U+2E80-2EF3), which has none, the table below
holds those that stand for a whole character, by their Unicode names ("CJK RADICAL C-SIMPLIFIED GATE").
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = dict(zip(
    "⺄⺎⺒⺓⺝⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "乙兀巳幺月母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
    strict=True,
))  # fmt: skip


def _decomposed(first: int, last: int) -> dict[str, str]:
    pairs = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in range(first, last + 1))
    return {char: plain for char, plain in pairs if plain != char and len(plain) == 1}


LOOKALIKES: dict[int, str] = str.maketrans(
    _decomposed(0x2F00, 0x2FD5) | _decomposed(0xF900, 0xFAD9) | _decomposed(0x2E80, 0x2EF3) | _SUPPLEMENT
)
"""Code point → the character meant, one for one, so that offsets stay."""
_LOOKALIKE = re.compile(f"[{''.join(map(chr, LOOKALIKES))}]")
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def lookalikes(text: str) -> list[int]:
    """Offsets of the characters that `LOOKALIKES` would replace."""
    return [found.start() for found in _LOOKALIKE.finditer(text)]


def unusable(text: str) -> list[int]:
    """Offsets of control characters, lone surrogates and noncharacters: what cannot be printed or stored."""
    return [found.start() for found in _UNUSABLE.finditer(text)]


def replaced(text: str) -> str:
    """The text with U+FFFD for each unusable character."""
    return _UNUSABLE.sub("\ufffd", text)
