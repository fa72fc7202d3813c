"""Geometry of the drawings of bodies and tasks, in user units: the same table is the same drawing.

Bodies and provisions: two columns with a line for each assignment. Who works with whom: the bodies in one column by
kind, and an arc for each pair, the wider the more provisions it shares; no label is turned and none overlaps another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .duties import Duty, Pair

_TOP, _HEAD = 14, 34  # space above the first row; height of a heading
_BETWEEN, _GAP = 324, 14  # between bodies and provisions; between a dot and its lines or its name
_WIDEST = 11


@dataclass(frozen=True, slots=True)
class Size:
    """What the names of a language need: width of all, where the names of bodies end, height of a row."""

    width: int
    left: int
    row: int


SIZES = {"zh": Size(980, 316, 28), "en": Size(1180, 430, 36)}
"""A translated name is longer and has the official one below it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A body or provision at (x, y) with the number of its lines."""

    node: str
    x: int
    y: int
    count: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part or of a kind above its rows; "" for bodies of no known kind."""

    node: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment as a curve from its body to its provision."""

    duty: Duty
    path: str


@dataclass(frozen=True, slots=True)
class Arc:
    """Two bodies that share provisions. width: of the stroke."""

    pair: Pair
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Either lines or arcs."""

    width: int
    height: int
    bodies: tuple[Spot, ...]
    provisions: tuple[Spot, ...] = ()
    headings: tuple[Heading, ...] = ()
    lines: tuple[Line, ...] = ()
    arcs: tuple[Arc, ...] = ()


def bipartite(duties: Sequence[Duty], size: Size) -> Drawing:
    """Provisions in the order of the text below their parts; each body near the middle of its provisions."""
    left, right, row = size.left, size.left + _BETWEEN, size.row
    provisions: list[Spot] = []
    headings: list[Heading] = []
    counts = Counter(duty.provision for duty in duties)
    named = {duty.provision: duty for duty in duties}.values()
    actors = len({duty.actor for duty in duties})
    room = actors * row - len({duty.part for duty in named if duty.part != duty.provision}) * _HEAD
    high = max(row, room // max(len(named), 1))  # of a provision's row: both columns are as long
    y, part = _TOP, ""
    for duty in named:
        if part != duty.part != duty.provision:  # a part may be responsible itself
            part = duty.part
            headings.append(Heading(part, right, y + _HEAD - 12))
            y += _HEAD
        provisions.append(Spot(duty.provision, right, y + high // 2, counts[duty.provision]))
        y += high
    heights = {spot.node: spot.y for spot in provisions}
    led: dict[str, list[int]] = defaultdict(list)
    for duty in duties:
        led[duty.actor].append(heights[duty.provision])
    order = sorted(led, key=lambda actor: (sum(led[actor]) / len(led[actor]), -len(led[actor]), actor))
    height = max(y, _TOP + len(order) * row) + _TOP
    step = (height - 2 * _TOP) / max(len(order), 1)
    kinds = {duty.actor: duty.kind for duty in duties}
    bodies = tuple(
        Spot(actor, left, round(_TOP + step * (index + 0.5)), len(led[actor]), kinds[actor])
        for index, actor in enumerate(order)
    )
    at = {spot.node: spot.y for spot in bodies}
    lines = tuple(Line(duty, _across(size, at[duty.actor], heights[duty.provision])) for duty in duties)
    return Drawing(size.width, height, bodies, tuple(provisions), tuple(headings), lines)


def arcs(pairs: Sequence[Pair], kinds: dict[str, str], size: Size) -> Drawing:
    """The bodies of these pairs by kind, the kind with most bodies first; within it who shares most, then by name."""
    axis, row = size.left + _GAP, size.row
    ties = Counter(_both(pairs))
    groups: dict[str, list[str]] = defaultdict(list)
    for body in sorted(ties, key=lambda body: (-ties[body], body)):
        groups[kinds.get(body, "")].append(body)
    bodies: list[Spot] = []
    headings: list[Heading] = []
    y = _TOP
    for kind in sorted(groups, key=lambda kind: (-len(groups[kind]), kind)):
        headings.append(Heading(kind, size.left, y + _HEAD - 12))
        y += _HEAD
        for body in groups[kind]:
            bodies.append(Spot(body, axis, y + row // 2, ties[body], kind))
            y += row
    at = {spot.node: spot.y for spot in bodies}
    most = max((len(pair.provisions) for pair in pairs), default=1)
    longest = max((abs(at[pair.first] - at[pair.second]) for pair in pairs), default=1)
    drawn = tuple(
        Arc(pair, _bow(size, at[pair.first], at[pair.second], longest), round(_stroke(len(pair.provisions), most), 1))
        for pair in sorted(pairs, key=lambda pair: (len(pair.provisions), pair.first, pair.second))
    )  # the strongest are drawn last, above the others
    return Drawing(size.width, y + _TOP, tuple(bodies), headings=tuple(headings), arcs=drawn)


def fitting(pairs: Sequence[Pair], most: int = 40) -> int:
    """The least weight at which a drawing has at most so many arcs; where none does, that of the strongest pairs."""
    weights = sorted({len(pair.provisions) for pair in pairs})
    for weight in weights:
        if sum(len(pair.provisions) >= weight for pair in pairs) <= most:
            return weight
    return weights[-1] if weights else 1


def _both(pairs: Iterable[Pair]) -> Iterable[str]:
    for pair in pairs:
        yield from (pair.first, pair.second)


def _across(size: Size, start: int, end: int) -> str:
    left, right = size.left + _GAP, size.left + _BETWEEN - _GAP
    middle = (left + right) // 2
    return f"M{left} {start}C{middle} {start} {middle} {end} {right} {end}"


def _bow(size: Size, start: int, end: int, longest: int) -> str:
    """Half an ellipse to the right: the farther apart, the wider."""
    top, bottom = sorted((start, end))
    axis = size.left + _GAP
    reach = round(40 + (size.width - axis - 70) * (bottom - top) / longest)
    return f"M{axis} {top}A{reach} {(bottom - top) / 2:g} 0 0 1 {axis} {bottom}"


def _stroke(weight: int, most: int) -> float:
    return 1.2 if most < 2 else 1.2 + (_WIDEST - 1.2) * (weight - 1) / (max(most, 6) - 1)
