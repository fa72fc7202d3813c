"""Headings that a PDF copy prints twice: `商 务 部 等商 务 部 等`.

Bold type is faked by printing each glyph again beside itself, and the copy then spaces the glyphs out and says
the whole run twice (or seven times). A run is glyphs with one gap between each two; a copy of it follows without
a gap.
"""

from __future__ import annotations

import re
from itertools import pairwise

RUN = re.compile(r"\S(?:[ 　]+\S)+")
_GAP = re.compile(r"[ 　]+")


def repeated(line: str) -> list[tuple[int, int]]:
    """Stretches of a line (start, end) to leave out: copies of a spaced run, and the gaps inside such runs."""
    if line.count(" ") + line.count("　") < 2:
        return []
    runs = [(found.start(), found.end()) for found in RUN.finditer(line)]
    cuts: list[tuple[int, int]] = []
    for (start, end), (again, last) in pairwise(runs):
        if end != again:
            continue
        length = _overlap(line[start:end], line[again:last])
        if length:
            copy = again + length
            cuts.append((again, gap.end() if (gap := _GAP.match(line, copy)) else copy))
            first = end - length
            cuts.extend((first + gap.start(), first + gap.end()) for gap in _GAP.finditer(line[first:end]))
    return merged(cuts)


def _overlap(before: str, after: str) -> int:
    """Length of the longest beginning of `after`, of two glyphs or more, that ends `before` (Knuth-Morris-Pratt)."""
    joined = f"{after}\0{before[-len(after) :]}"
    border = [0] * len(joined)
    for at in range(1, len(joined)):
        length = border[at - 1]
        while length and joined[at] != joined[length]:
            length = border[length - 1]
        border[at] = length + (joined[at] == joined[length])
    found = border[-1]
    return found if found >= 3 else 0


def merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted stretches that do not overlap."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made
