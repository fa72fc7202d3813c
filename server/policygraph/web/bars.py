"""How a target is drawn: a bar to its number, with a sign at its end for the words that qualify it.

Square brackets hold the number, round ones do not, as in the notation of intervals and as the Civil Code, article 1259,
reads 以上 and 超过.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .svg import Axis, Pen, grid
from .target_rows import Row

HEIGHT = 30
_MIDDLE = HEIGHT // 2
SIGNS = ("Exactly", "Reach", "Approximately", "AtLeast", "MoreThan", "AtMost", "LessThan", "Between")
"""What may stand at the end of a bar, and MOVES beside it."""
MOVES = ("FallTo", "IncreaseBy", "DecreaseBy")


@dataclass(frozen=True, slots=True)
class Bar:
    """start, end, baseline: per cent of the width; sign: of SIGNS, "" for none; move: of MOVES, "" for none."""

    start: float
    end: float
    sign: str
    move: str
    baseline: float | None = None


def bar_of(row: Row, axis: Axis) -> Bar:
    names = {each.partition(":")[2] for each in row.comparators}
    sign = next((each for each in reversed(SIGNS) if each in names), "")
    move = next((each for each in MOVES if each in names), "")
    value = -row.value if move == "DecreaseBy" else row.value
    base = None if row.baseline is None or row.change else axis.at(row.baseline)
    if row.upper is not None and move != "DecreaseBy":
        return Bar(axis.at(value), axis.at(row.upper), "Between", move, base)
    if row.upper is not None:
        return Bar(axis.at(-row.upper), axis.at(value), "Between", move, base)
    return Bar(axis.at(type(value)(0)), axis.at(value), sign, move, base)


def drawn(pen: Pen, bar: Bar, axis: Axis, label: str, href: str) -> Markup:
    """A row of the chart: the lines of the ticks, the bar, and a link over all of it to the words of the text."""
    left, right = sorted((bar.start, bar.end))
    parts = [pen("rect", "hit", x=0, y=0, width="100%", height=HEIGHT, pointer_events="all")]
    if bar.sign == "Between":
        parts.append(pen("line", "range", x1=f"{left}%", x2=f"{right}%", y1=_MIDDLE, y2=_MIDDLE))
        parts += [_at(pen, x, pen("path", "stroke", d="M0 -9 V9")) for x in (left, right)]
    else:
        parts.append(pen("rect", "body", x=f"{left}%", y=_MIDDLE - 5, width=f"{round(right - left, 2)}%", height=10))
    if bar.baseline is not None:
        parts.append(_baseline(pen, bar.baseline, bar.end))
    parts.append(_at(pen, bar.end, sign(pen, bar.sign, bar.move)))
    link = pen("a", "mark", Markup("").join(parts), href=href, aria_label=label)
    return grid(pen, axis.ticks, HEIGHT) + link


def sign(pen: Pen, name: str, move: str = "") -> Markup:
    """What stands at the end of a bar; (0, 0) is the number."""
    shapes = {
        "Exactly": pen("circle", "solid", cx=0, cy=0, r=6),
        "Reach": pen("path", "end", d="M0 -9 V9"),
        "Approximately": pen("circle", "hollow", cx=0, cy=0, r=6),
        "AtLeast": pen("path", "stroke", d="M4 -9 H-1 V9 H4 M7 0 H17 M13 -4 L17 0 L13 4"),
        "MoreThan": pen("path", "stroke", d="M4 -9 Q-5 0 4 9 M7 0 H17 M13 -4 L17 0 L13 4"),
        "AtMost": pen("path", "stroke", d="M-4 -9 H1 V9 H-4 M17 0 H7"),
        "LessThan": pen("path", "stroke", d="M-4 -9 Q5 0 -4 9 M17 0 H7"),
    }
    moves = {
        "FallTo": pen("path", "fall", d="M30 -7 H10 M14 -11 L10 -7 L14 -3", stroke_dasharray="3 2"),
        "IncreaseBy": pen("path", "fall", d="M-12 -9 H0 M-4 -12 L0 -9 L-4 -6"),
        "DecreaseBy": pen("path", "fall", d="M12 -9 H0 M4 -12 L0 -9 L4 -6"),
    }
    return shapes.get(name, Markup("")) + moves.get(move, Markup(""))


def sample(pen: Pen, name: str, move: str = "") -> Markup:
    """A bar for the legend, 56 wide."""
    if name == "Between":
        return pen("line", "range", x1=6, x2=34, y1=_MIDDLE, y2=_MIDDLE) + Markup("").join(
            _at(pen, x, pen("path", "stroke", d="M0 -9 V9"), "") for x in (6, 34)
        )
    if name == "baseline":
        body = pen("rect", "body", x=0, y=_MIDDLE - 5, width=30, height=10)
        way = pen("path", "baseline", d=f"M12 {_MIDDLE - 11} H30", stroke_dasharray="2 3")
        return body + way + _at(pen, 12, _diamond(pen), "")
    body = pen("rect", "body", x=0, y=_MIDDLE - 5, width=24, height=10)
    return body + _at(pen, 24, sign(pen, name, move), "")


def _baseline(pen: Pen, start: float, end: float) -> Markup:
    """Where the number stood: a diamond on the bar, and above it the way from there."""
    y = _MIDDLE - 11
    way = pen("line", "baseline", x1=f"{start}%", x2=f"{end}%", y1=y, y2=y, stroke_dasharray="2 3")
    return way + _at(pen, start, _diamond(pen))


def _diamond(pen: Pen) -> Markup:
    return pen("path", "stood", d="M0 -7 L7 0 L0 7 L-7 0 Z")


def _at(pen: Pen, x: float, inner: Markup, unit: str = "%") -> Markup:
    return pen("svg", "", inner, x=f"{x}{unit}", y=_MIDDLE, overflow="visible", width=1, height=1)
