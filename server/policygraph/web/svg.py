"""Geometry of the bars on /targets: percentages of the drawing's width, so that no text is ever scaled."""

from __future__ import annotations

from dataclasses import dataclass

APPROXIMATE = {"pg:Approximately"}
ABOVE = {"pg:MoreThan"}
BELOW = {"pg:LessThan"}
_ROOM = 92.0  # the longest bar leaves space for its end's sign


@dataclass(frozen=True, slots=True)
class Bar:
    """start, end: per cent of the width; cap: how the end is drawn (solid, hollow, open, span)."""

    start: float
    end: float
    cap: str


def bar(value: float, upper: float | None, comparators: set[str], most: float) -> Bar:
    """The bar of a target on an axis from 0 to `most`."""
    scale = _ROOM / most if most > 0 else 0.0
    if upper is not None:
        return Bar(round(value * scale, 2), round(upper * scale, 2), "span")
    cap = "solid"
    if comparators & APPROXIMATE:
        cap = "hollow"
    elif comparators & (ABOVE | BELOW):
        cap = "open"
    return Bar(0.0, round(value * scale, 2), cap)


def axis(values: list[float], percent: bool) -> float:
    """The axis' end: 100 for percentages unless one is larger, else the largest value."""
    largest = max(values, default=0.0)
    return max(largest, 100.0) if percent else largest
