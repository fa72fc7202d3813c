"""The targets along time: a chip for each at the year by which it is to be reached."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext
from markupsafe import Markup

from .svg import Pen
from .target_rows import Row

CHIP, HIGH, GAP = 40, 26, 4
_NARROW = 330  # px of the drawing on a small telephone: chips must not meet there
_MOST = 7
_LEFT, _RIGHT = 7.0, 93.0
_BELOW = 34


@dataclass(frozen=True, slots=True)
class Chip:
    """A target on the line. text: number of its provision; day: whether the text names one; label: said aloud."""

    node: str
    href: str
    text: str
    day: bool
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns of chips by year from `begin`, the year of the document; undated: those without a year."""

    begin: int
    years: tuple[tuple[int, tuple[Chip, ...]], ...]
    undated: tuple[Chip, ...]

    @property
    def across(self) -> int:
        """How many chips stand side by side, so that those of two years never meet."""
        fit = int(self._least / 100 * _NARROW / (CHIP + GAP))
        return max(1, min(_MOST, fit // (1 if len(self.years) < 2 else 2)))

    @property
    def wide(self) -> int:
        """Pixels that the drawing needs where its years are too many for a small telephone; 0 where they are not."""
        needed = math.ceil((CHIP + GAP) / self._least * 100)
        return needed if needed > _NARROW else 0

    @property
    def _least(self) -> float:
        """Between two years, in per cent of the width."""
        places = sorted(self.at(year) for year, _ in self.years)
        return min((b - a for a, b in pairwise(places)), default=_RIGHT - _LEFT)

    @property
    def height(self) -> int:
        most = max((len(chips) for _, chips in self.years), default=0)
        return -(-most // self.across) * (HIGH + GAP) + _BELOW + 6

    def at(self, year: int) -> float:
        last = max((year for year, _ in self.years), default=self.begin)
        reach = max(last - self.begin, 1)
        return round(_LEFT + (_RIGHT - _LEFT) * (year - self.begin) / reach, 2)


def timeline(rows: Sequence[Row], chips: Sequence[Chip], begin: int) -> Timeline:
    """Of rows and their chips, side by side. begin: the year in which the document was made."""
    years: dict[int, list[Chip]] = defaultdict(list)
    undated = []
    for row, chip in zip(rows, chips, strict=True):
        if row.year:
            years[int(row.year)].append(chip)
        else:
            undated.append(chip)
    begin = min([begin, *years]) if begin else min(years, default=0)
    return Timeline(begin, tuple((year, tuple(years[year])) for year in sorted(years)), tuple(undated))


def drawn(pen: Pen, line: Timeline) -> Markup:
    """The inside of a drawing that is `line.height` high."""
    foot = line.height - _BELOW
    parts = [pen("line", "axis", x1="1%", x2="99%", y1=foot, y2=foot)]
    named = {line.begin, *(year for year, _ in line.years)}
    crowded = len(named) > 6
    for index, year in enumerate(sorted(named)):
        x = line.at(year)
        parts.append(pen("line", "axis", x1=f"{x}%", x2=f"{x}%", y1=foot - 4, y2=foot + 5))
        if year == line.begin and year not in dict(line.years):
            parts.append(pen("text", "tick", gettext("%(year)s, the document", year=year), x="1%", y=foot + 21))
        elif not crowded or index % 2 == 0 or year == max(named):
            parts.append(pen("text", "tick", str(year), x=f"{x}%", y=foot + 21, text_anchor="middle"))
    parts += [_column(pen, line.at(year), chips, line.across, foot) for year, chips in line.years]
    return Markup("").join(parts)


def _column(pen: Pen, x: float, chips: Sequence[Chip], across: int, foot: int) -> Markup:
    """The chips of a year, from the line upwards; right of the middle they grow to the left."""
    step = CHIP + GAP
    wide = min(across, len(chips))
    first = -(wide * step - GAP) + CHIP / 2 if x > 50 else -CHIP / 2
    parts = []
    for index, chip in enumerate(chips):
        row, column = divmod(index, across)
        left, top = first + column * step, foot - 7 - (row + 1) * (HIGH + GAP) + GAP
        inner = pen("rect", "chip", x=left, y=top, width=CHIP, height=HIGH, rx=3)
        fitted = {"textLength": CHIP - 6, "lengthAdjust": "spacingAndGlyphs"} if len(chip.text) > 6 else {}
        inner += pen("text", "chipno", chip.text, x=left + CHIP / 2, y=top + 17, text_anchor="middle", **fitted)
        if chip.day:
            inner += pen("line", "day", x1=left + 8, x2=left + CHIP - 8, y1=top + 22, y2=top + 22)
        parts.append(pen("a", "chiplink", inner, href=chip.href, aria_label=chip.label))
    return pen("svg", "", Markup("").join(parts), x=f"{x}%", y=0, width=1, height=foot, overflow="visible")
