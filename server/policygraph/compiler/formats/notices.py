"""What a reader of a copied text should know although nothing is changed: damage that mirrors and copies leave."""

from __future__ import annotations

import re

from ..model import Finding, Span
from .mirrors import readings, traditional
from .view import View, normalised

_MASK = re.compile(r"(?=[(（×Ｘ■□▇█])(?:[(（]\s*(?:此处|以下|下)?略\s*[)）]|[×Ｘ■□▇█]{2,})")
_REPAIRS = {
    "lookalike": ("lookalike", "radicals stand for characters (as in copies of PDFs)"),
    "repeated": ("repeated", "lines say spaced-out words more than once (as in copies of PDFs)"),
    "furniture": ("page-furniture", "lines are heads, feet or numbers of pages"),
    "blank": ("blank", "blanks stand beside digits inside sentences"),
    "wrap": ("hard-wrap", "lines end inside a paragraph (as in copies of PDFs)"),
}


def notices(text: str, view: View | None = None) -> list[Finding]:
    """Findings about the copy, one of each code, at its first place: traditional characters, inserted pinyin 業(yè),
    masks (略), and what the view reads otherwise than it stands. Nothing is changed."""
    view = view or normalised(text)
    found = []
    if strange := traditional(text):
        at = text.index(strange[0])
        shown = "".join(strange[:10])
        found.append(Finding("traditional", f"{len(strange)} different traditional characters ({shown}): "
                             "read as the simplified ones; the stored text keeps them", Span(at, at + 1)))  # fmt: skip
    if pinyin := readings(text):
        start, end = pinyin[0]
        found.append(Finding("inserted-pinyin", f"{len(pinyin)} readings stand after characters, as {text[start:end]}; "
                             "they are not read; the stored text keeps them", Span(start, end)))  # fmt: skip
    masks = list(_MASK.finditer(text))
    if masks:
        found.append(Finding("mask", f"{len(masks)} places are left out or masked in the source, as {masks[0][0]}",
                             Span(*masks[0].span())))  # fmt: skip
    for kind, count in view.repairs.items():
        if kind in _REPAIRS:
            code, message = _REPAIRS[kind]
            found.append(Finding(code, f"{count} {message}; the stored text keeps them", Span(0, 0)))
    return found
