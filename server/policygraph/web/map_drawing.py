"""A map of points: circles on a grid of degrees, the larger the more, with names where there is room for them.

The projection is equirectangular about the middle latitude, so that a kilometre is as long to the north as to the
east there; over a province that holds everywhere, over the country to about a fifth. No boundary is drawn: what a map
of China shows of them is for reviewed maps to say, and none is at hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import svg
from .positions import Position

WIDTH, _LOW, _HIGH, _MARGIN, _NAMES = 900, 360, 720, 46, 110  # _NAMES: room at the right for the names there
_LEAST = 1.2  # degrees that a drawing spans at least, so that one town has a surrounding
_KM = 111.2  # of a degree of latitude
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
_SCALES = (5, 10, 20, 50, 100, 200, 500, 1000)
_SMALL, _LARGE = 5, 21  # radii
_LINE = 17  # height of a name
_Place = tuple[float, float, str] | None
"""Of a name: x, y and its anchor; None where there is no room."""
PAINT = {
    **svg.PAINT,
    "dot": 'fill="#0b5fa5" fill-opacity="0.55" stroke="#0b5fa5"',
    "frame": 'fill="none" stroke="#5a5e66"',
    "called": svg.PAINT["words"] + ' stroke="#ffffff" stroke-width="3" paint-order="stroke"',
}


@dataclass(frozen=True, slots=True)
class Point:
    """name: as drawn; told: the same with its amount, for who hears or points; link: where it leads, "" in a file."""

    name: str
    told: str
    position: Position
    weight: float
    province: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """How degrees become pixels: west and north are the edges, across and down pixels of a degree."""

    west: float
    north: float
    across: float
    down: float
    height: int

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = _MARGIN + (longitude - self.west) * self.across
        return round(x, 1), round(_MARGIN / 2 + (self.north - latitude) * self.down, 1)


@dataclass(frozen=True, slots=True)
class Map:
    """width, height: pixels; hidden: how many names found no room."""

    width: int
    height: int
    inner: Markup
    hidden: int


def drawn(pen: svg.Pen, points: Sequence[Point]) -> Map:
    """points: at least one; the heavier are drawn first, so that the smaller lie above them."""
    frame = _frame([point.position for point in points])
    most = max(point.weight for point in points)
    ordered = sorted(points, key=lambda point: (not point.province, -point.weight, point.name))
    spots = [(point, *frame.at(point.position.longitude, point.position.latitude)) for point in ordered]
    radii = [_radius(point.weight, most) for point in ordered]
    names = list(_names([(point.name, x, y, r) for (point, x, y), r in zip(spots, radii, strict=True)], frame.height))
    inner = list(_grid(pen, frame))
    for (point, x, y), radius, name in zip(spots, radii, names, strict=True):
        inner.append(_spot(pen, point, x, y, radius, name))
    return Map(WIDTH, frame.height + 34, Markup("").join(inner), sum(name is None for name in names))


def _radius(weight: float, most: float) -> float:
    """By area, so that twice as much looks twice as large."""
    return _SMALL + (_LARGE - _SMALL) * math.sqrt(max(0.0, weight) / most) if most > 0 else _SMALL


def _frame(positions: Sequence[Position]) -> _Frame:
    east, north = [p.longitude for p in positions], [p.latitude for p in positions]
    middle = (min(north) + max(north)) / 2
    squeeze = math.cos(math.radians(middle))
    wide = max(max(east) - min(east), _LEAST / squeeze) * 1.08
    tall = max(max(north) - min(north), _LEAST / 2) * 1.12
    across = WIDTH - 2 * _MARGIN - _NAMES
    down = min(across / (wide * squeeze), (_HIGH - _MARGIN) / tall)
    height = max(_LOW, round(tall * down) + _MARGIN)
    wide = across / (down * squeeze)
    tall = (height - _MARGIN) / down
    west = (min(east) + max(east)) / 2 - wide / 2
    return _Frame(west, middle + tall / 2, down * squeeze, down, height)


def _grid(pen: svg.Pen, frame: _Frame) -> Iterator[Markup]:
    """Lines of whole degrees with their names at the edges, the frame, and a scale."""
    right, low, top = WIDTH - 8, frame.height - _MARGIN / 2, _MARGIN / 2
    tall = (low - top) / frame.down
    wide = (right - _MARGIN) / frame.across
    step = next((step for step in _STEPS if max(tall / step, wide / step) <= 12), _STEPS[-1])
    for degree in _multiples(frame.west, frame.west + wide, step):
        x, _ = frame.at(degree, 0)
        yield pen("line", "grid", x1=x, x2=x, y1=top, y2=low)
        yield pen("text", "tick", f"{degree:g}°E", x=x, y=low + 16, text_anchor="middle")
    for degree in _multiples(frame.north - tall, frame.north, step):
        _, y = frame.at(0, degree)
        yield pen("line", "grid", x1=_MARGIN, x2=right, y1=y, y2=y)
        yield pen("text", "tick", f"{degree:g}°N", x=_MARGIN - 5, y=y + 4, text_anchor="end")
    yield pen("rect", "frame", x=_MARGIN, y=top, width=right - _MARGIN, height=low - top)
    long = max((km for km in _SCALES if km / _KM * frame.down <= 160), default=_SCALES[0])
    pixels = round(long / _KM * frame.down, 1)
    y = low + 32
    path = f"M{right - pixels} {y - 5}v5h{pixels}v-5"
    yield pen("path", "stroke", d=path)
    yield pen("text", "tick", f"{long} km", x=right - pixels - 8, y=y, text_anchor="end")


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    number = math.ceil(low / step)
    while number * step <= high:
        yield round(number * step, 6)
        number += 1


def _spot(pen: svg.Pen, point: Point, x: float, y: float, radius: float, name: _Place) -> Markup:
    r = round(radius, 1)
    shape = (
        pen("rect", "dot", x=round(x - r, 1), y=round(y - r, 1), width=2 * r, height=2 * r)
        if point.province
        else pen("circle", "dot", cx=x, cy=y, r=r)
    )
    inner = [pen("title", "", point.told), shape]
    if name:
        inner.append(pen("text", "called", point.name, x=name[0], y=name[1], text_anchor=name[2]))
    if not point.link:
        return pen("g", "", Markup("").join(inner))
    inner.insert(1, pen("circle", "reach", cx=x, cy=y, r=max(12, r)))
    return pen("a", "", Markup("").join(inner), href=point.link, aria_label=point.told)


def _names(spots: Sequence[tuple[str, float, float, float]], height: int) -> Iterator[_Place]:
    """Where each name stands: beside its point, above or below it, else a little farther off; never over another."""
    taken = [(x - r, y - r, x + r, y + r) for _, x, y, r in spots]
    for own, (name, x, y, r) in enumerate(spots):
        wide = sum(7.2 if letter.isascii() else 13.5 for letter in name)
        for left, low, anchor in _rooms(x, y, r, wide):
            box = (left, low - _LINE + 4, left + wide, low + 4)
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height
            if inside and not any(_meet(box, other) for index, other in enumerate(taken) if index != own):
                taken.append(box)
                at = {"start": left, "end": left + wide, "middle": x}[anchor]
                yield round(at, 1), round(low, 1), anchor
                break
        else:
            yield None


def _rooms(x: float, y: float, r: float, wide: float) -> Iterator[tuple[float, float, str]]:
    """Left edge, base line and anchor of a name, the best first."""
    for off in (r + 4, r + 12):
        yield x + off, y + 5, "start"
        yield x - off - wide, y + 5, "end"
        yield x - wide / 2, y - off - 1, "middle"
        yield x - wide / 2, y + off + 10, "middle"
        for low in (y - off, y + off + 10):
            yield x + off * 0.7, low, "start"
            yield x - off * 0.7 - wide, low, "end"


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
