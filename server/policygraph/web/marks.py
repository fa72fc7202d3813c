"""Marks on a text: overlapping spans become a row of segments, each knowing every mark that covers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Something said about the code points from start to end (exclusive)."""

    start: int
    end: int
    node: str
    kind: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks, the outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def inner(self) -> Mark | None:
        return self.marks[-1] if self.marks else None


def segments(start: int, end: int, marks: Iterable[Mark]) -> list[Segment]:
    """The stretch from start to end, cut at every edge of a mark; nothing of it is lost or doubled.

    Marks may nest, overlap and reach beyond the stretch; empty ones are left out. Of two marks over the same
    words the earlier in the input is the outer one.
    """
    inside = [mark for mark in marks if mark.start < mark.end and mark.start < end and mark.end > start]
    inside.sort(key=lambda mark: (mark.start - mark.end, mark.start))
    edges = {start, end} | {edge for mark in inside for edge in (mark.start, mark.end) if start < edge < end}
    cuts = sorted(edges)
    return [
        Segment(left, right, tuple(mark for mark in inside if mark.start <= left and mark.end >= right))
        for left, right in pairwise(cuts)
    ]
