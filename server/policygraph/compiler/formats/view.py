"""A normalised view of a stored text, with the way back to it.

The stored text of a plain file is never changed (vocabulary contract), even where it is a poor copy of a PDF. A
grammar that wants to read `部门` where the copy has `部⻔`, or a paragraph where it has five lines, parses the view
and maps every span back.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Span
from .furniture import furniture
from .glyphs import LOOKALIKES, lookalikes
from .mirrors import readings, simplified, traditional
from .spaced import merged, repeated
from .wraps import broken_brackets, continued, page_width, split_number

_BLANK = re.compile(
    r"(?=[ \xa0])(?:"  # tried first, because almost no character is one
    r"(?<=[\u4e00-\u9fff“”％%、，])[ \xa0]{1,2}(?=\d)|(?<=[^\n\d][\d％%])[ \xa0]{1,2}(?=[\u4e00-\u9fff])"
    r"|(?<=[^\n]\d[\d％%])[ \xa0]{1,2}(?=[\u4e00-\u9fff]))"
)
"""到 2025 年、86% 以上: blanks set between Chinese and digits; those after the number that opens a line stay."""
BLANKS_LEAST = 3
MAX_LINE = 20_000
"""Longer lines are no heading that was printed twice; they are not searched for copies."""


@dataclass(frozen=True, slots=True)
class View:
    """text: what to read; origins: for each of its code points the offset in the stored text, and one more for the
    end; repairs: kind of repair → how often it was made. A view of a sound text is that text."""

    text: str
    origins: array[int]
    repairs: Mapping[str, int]

    def origin(self, offset: int) -> int:
        """Offset in the stored text of a code point of the view (its end for len(text))."""
        return self.origins[offset]

    def printed(self, start: int, end: int, text: str) -> str:
        """The characters of a stretch as the stored text has them: traditional ones, but no radicals."""
        return "".join(text[o] for o in self.origins[start:end]).translate(LOOKALIKES)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the stored text that a stretch of the view was read from."""
        return Span(self.origins[start], self.origins[end - 1] + 1 if end > start else self.origins[start])


def normalised(text: str) -> View:
    """Repairs what copying from pages does: lookalike characters (one for one); and left out: spaced headings said
    twice, page furniture, line breaks inside a paragraph. Pure; any text; takes time in proportion to it."""
    repairs: Counter[str] = Counter()
    if found := len(lookalikes(text)):
        repairs["lookalike"] = found
    cuts: list[tuple[int, int]] = []
    lines, starts = _lines(text)
    skipped = furniture(lines)
    repairs["furniture"] = len(skipped)
    kept: list[int] = []
    read: list[str] = []  # the kept lines as the view has them
    for index, line in enumerate(lines):
        if index in skipped:
            cuts.append((starts[index], min(starts[index] + len(line) + 1, len(text))))
            continue
        inside = repeated(line) if 2 < len(line) <= MAX_LINE else []
        if not inside and _half_of(line, lines[kept[-1]] if kept else ""):
            inside = [(1, 2)]
        repairs["repeated"] += bool(inside)
        cuts.extend((starts[index] + a, starts[index] + b) for a, b in inside)
        kept.append(index)
        read.append(_without(line, inside))
    width = page_width(read)
    for here, following, index, after in zip(read, read[1:], kept, kept[1:], strict=False):
        if width and continued(here, following, width):
            end = starts[index] + len(lines[index].rstrip())
            cuts.append((end, starts[after]))
            repairs["wrap"] += 1
    if not width:
        for here, following, index, after in zip(read, read[1:], kept, kept[1:], strict=False):
            if split_number(here, following):
                cuts.append((starts[index] + len(lines[index].rstrip()), starts[after]))
                repairs["number"] += 1
    if not repairs["wrap"] and (inside := broken_brackets(text)):
        repairs["wrap"] = len(inside)
        cuts += inside
    if len(blanks := [m.span() for m in _BLANK.finditer(text)]) >= BLANKS_LEAST:
        repairs["blank"] = len(blanks)
        cuts += blanks
    if pinyin := readings(text):
        repairs["pinyin"] = len(pinyin)
        cuts += pinyin
    if strange := traditional(text):
        repairs["traditional"] = len(strange)
    return _view(text, merged(cuts), +repairs, simplified(strange))


def _lines(text: str) -> tuple[list[str], list[int]]:
    lines = text.split("\n")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return lines, starts


def _half_of(line: str, before: str) -> bool:
    """`施施` below a heading that was said twice: its last glyph, twice."""
    return len(line) == 2 and line[0] == line[1] and not line.isascii() and bool(repeated(before))


def _without(line: str, cuts: list[tuple[int, int]]) -> str:
    """cuts: sorted, none in another."""
    for start, end in reversed(cuts):
        line = line[:start] + line[end:]
    return line


def _view(text: str, cuts: list[tuple[int, int]], repairs: Mapping[str, int], table: dict[int, str]) -> View:
    origins, pieces, at = array("I"), [], 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start > at:
            pieces.append(text[at:start])
            origins.extend(range(at, start))
        at = max(at, end)
    origins.append(len(text))
    made = "".join(pieces)
    if repairs.get("lookalike") or table:
        made = made.translate(LOOKALIKES | table)
    return View(made, origins, dict(repairs))
