"""The lines of an HTML page as a browser shows them: blocks and <br> break lines, cells are parted by a tab."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .extracted import NoDocument
from .ordinals import ordinal

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
        footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot
        thead tr ul""",
    )
)
_HIDDEN = frozenset(
    re.findall(
        r"\w+",
        """head script style noscript template select datalist textarea button svg math iframe object video audio
        canvas""",
    )
)
_ROWS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "caption"))
CELL = 300
"""Longest cell of a table of figures, in characters; a longer one holds a part of the page."""
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.I)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_LIST = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class Line:
    """text; path: the blocks that it stands in, outermost first (numbers given in order of the page); heading: h1-h6
    where it stands in one."""

    text: str
    path: tuple[int, ...]
    heading: str = ""


class _Page:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.path: list[int] = []
        self.heading = ""
        self.first_cell = True

    def end(self) -> None:
        text = "".join(self.pieces)
        self.pieces = []
        text = re.sub(r" *([\n\t]) *", r"\1", text)
        for line in text.split("\n"):
            if line.strip():
                self.lines.append(Line(line.strip(" \t"), tuple(self.path), self.heading))

    def add(self, text: str | None, verbatim: bool) -> None:
        if text:
            self.pieces.append(text if verbatim else _WHITE.sub(_collapse(text), text))


def _collapse(text: str) -> Any:
    """A line break between two wide characters is no space (CSS Text 3, segment break transformation)."""

    def space(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        return "" if "\n" in found[0] and _wide(before) and _wide(after) else " "

    return space


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def page_lines(tree: Any, max_depth: int) -> tuple[list[Line], int]:
    """Lines of the page, and how many numbers of ordered lists were written out. Raises NoDocument for elements
    nested deeper than max_depth."""
    page, depth, numbered, block = _Page(), 0, 0, 0
    hidden: Any = None
    verbatim = 0
    counters: list[list[Any]] = []
    data: Any = None  # the table of figures that the walk is in: its rows are lines, whatever stands in its cells
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            depth += 1
            if depth > max_depth:
                raise NoDocument(f"elements of the page are nested deeper than {max_depth}")
            if hidden is None and (tag in _HIDDEN or not tag or _not_shown(node)):
                hidden = node
            if hidden is not None:
                continue
            if data is None and tag == "table" and _is_data(node):
                data = node
            if tag in _BLOCKS:
                page.add(" ", True) if data is not None and tag not in _ROWS else page.end()
                block += 1
                page.path.append(block)
            if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                page.heading = tag
            verbatim += tag == "pre"
            if tag in ("ol", "ul"):
                counters.append([tag, _number(node.get("start"), 1), _LIST.get(node.get("type", "1"), "decimal")])
            elif tag == "li" and counters and counters[-1][0] == "ol":
                counters[-1][1] = _number(node.get("value"), counters[-1][1])
                page.add(f"{ordinal(counters[-1][1], counters[-1][2])}.", True)
                counters[-1][1] += 1
                numbered += 1
            elif tag == "br" and data is None:
                page.end()
            elif tag == "tr":
                page.first_cell = True
            elif tag in ("td", "th"):
                page.add("" if page.first_cell else "\t", True)
                page.first_cell = False
            page.add(node.text, verbatim > 0)
            continue
        depth -= 1
        if hidden is None:
            if tag in _BLOCKS:
                page.add(" ", True) if data is not None and tag not in _ROWS else page.end()
                page.path.pop()
            if node is data:
                data = None
            verbatim -= tag == "pre"
            if tag in ("ol", "ul"):
                counters.pop()
            if tag == page.heading:
                page.heading = ""
        elif hidden is node:
            hidden = None
        if hidden is None:
            page.add(node.tail, verbatim > 0)
    page.end()
    return page.lines, numbered


def _is_data(table: Any) -> bool:
    """Whether a table holds figures; others only lay a page out."""
    if table.find(".//table") is not None:
        return False
    cells = [len("".join(cell.itertext()).strip()) for cell in table.iter("td", "th")]
    return len(cells) > 1 and max(cells) <= CELL


def _not_shown(node: Any) -> bool:
    return node.get("hidden") is not None or bool(_NOT_SHOWN.search(node.get("style", "")))


def _number(given: str | None, default: int) -> int:
    return int(given) if given and re.fullmatch(r"[0-9]{1,6}", given.strip()) else default
