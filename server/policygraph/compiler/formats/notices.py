"""What a reader of a copied text should know although nothing is changed: damage that mirrors and copies leave."""

from __future__ import annotations

import re

from ..model import Finding, Span
from .view import normalised

_PINYIN = re.compile(r"[(（](?<=[\u4e00-\u9fff].)[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}[)）]")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")
_MASK = re.compile(r"[(（]\s*(?:此处|以下|下)?略\s*[)）]|[×Ｘ■□▇█]{2,}")
_TRADITIONAL_LEAST = 3
_REPAIRS = {
    "lookalike": ("lookalike", "radicals stand for characters (as in copies of PDFs)"),
    "repeated": ("repeated", "lines say spaced-out words more than once (as in copies of PDFs)"),
    "furniture": ("page-furniture", "lines are heads, feet or numbers of pages"),
    "wrap": ("hard-wrap", "lines end inside a paragraph (as in copies of PDFs)"),
}


def notices(text: str) -> list[Finding]:
    """Findings about the copy, one of each code, at its first place: traditional characters, inserted pinyin 業(yè),
    masks (略), and what `view.normalised` reads otherwise than it stands. Nothing is changed."""
    found = [*_traditional(text)]
    pinyin = [m for m in _PINYIN.finditer(text) if _TONED.search(m[0])]
    if pinyin:
        found.append(Finding("inserted-pinyin", f"{len(pinyin)} readings stand after characters, as {pinyin[0][0]}; "
                             "they are kept", Span(*pinyin[0].span())))  # fmt: skip
    masks = list(_MASK.finditer(text))
    if masks:
        found.append(Finding("mask", f"{len(masks)} places are left out or masked in the source, as {masks[0][0]}",
                             Span(*masks[0].span())))  # fmt: skip
    view = normalised(text)
    for kind, count in view.repairs.items():
        code, message = _REPAIRS[kind]
        found.append(Finding(code, f"{count} {message}; the stored text keeps them", Span(0, 0)))
    return found


def _traditional(text: str) -> list[Finding]:
    """Characters that Big5 has and GB 2312 has not: several different ones do not occur in a simplified text."""
    used = "".join(found for found in set(text) if "\u4e00" <= found <= "\u9fff")
    strange = list((set(used) - _held(used, "gb2312")) & _held(used, "big5")) if used else []
    if len(strange) < _TRADITIONAL_LEAST:
        return []
    strange.sort(key=text.index)
    at = text.index(strange[0])
    shown = "".join(strange[:10])
    return [Finding("traditional", f"{len(strange)} different traditional characters ({shown}): "
                    "the rules read simplified ones", Span(at, at + 1))]  # fmt: skip


def _held(characters: str, charset: str) -> set[str]:
    return set(characters.encode(charset, "ignore").decode(charset))
