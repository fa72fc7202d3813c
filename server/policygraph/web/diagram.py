"""Geometry of the drawings on /ontology: boxes and lines in user units, the same at every request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW, BOX, GAP, WIDE = 34, 26, 26, 200
_LEFT, _RIGHT = 10, 430


@dataclass(frozen=True, slots=True)
class Box:
    """A term in a frame; the template writes its name in the language of the page."""

    node: str
    x: int
    y: int
    width: int = WIDE
    height: int = BOX


@dataclass(frozen=True, slots=True)
class Line:
    """points: of a polyline from one box to another; label: the property on it or ""; at: where its name stands."""

    points: tuple[tuple[int, int], ...]
    label: str = ""
    at: tuple[int, int] = (0, 0)

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Diagram:
    """of: the class drawn, "" for the tree of all."""

    of: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def star(node: str, rows: Sequence[tuple[str, str]]) -> Diagram:
    """A class at the left, each (property, class it leads to) on a row of its own at the right."""
    height = len(rows) * ROW + 10
    own = Box(node, _LEFT, (height - BOX) // 2)
    boxes, lines = [own], []
    stem = _LEFT + WIDE + 12
    for index, (label, target) in enumerate(rows):
        y = 5 + index * ROW
        middle = y + BOX // 2
        boxes.append(Box(target, _RIGHT, y))
        turn = ((_LEFT + WIDE, own.y + BOX // 2), (stem, own.y + BOX // 2), (stem, middle), (_RIGHT, middle))
        lines.append(Line(turn, label, (stem + 8, middle - 4)))
    return Diagram(node, _RIGHT + WIDE + 10, height, tuple(boxes), tuple(lines))


def tree(above: Mapping[str, Sequence[str]]) -> Diagram:
    """Classes below their superclasses, indented; one that has several stands below the first."""
    below: dict[str, list[str]] = {}
    for node in above:
        for up in above[node][:1] or [""]:
            below.setdefault(up, []).append(node)
    roots = sorted([up for up in below if up and up not in above]) + sorted(below.get("", []))
    boxes: list[Box] = []
    lines: list[Line] = []

    def put(node: str, depth: int, parent: Box | None) -> None:
        box = Box(node, _LEFT + depth * GAP, 5 + len(boxes) * ROW, WIDE + 40)
        boxes.append(box)
        if parent:
            x = parent.x + 10
            lines.append(
                Line(((x, parent.y + BOX), (x, box.y + BOX // 2), (box.x, box.y + BOX // 2)))
            )  # a step down, then across
        for child in sorted(below.get(node, [])) if node else []:
            put(child, depth + 1, box)

    for root in roots:
        put(root, 0, None)
    widest = max((box.x + box.width for box in boxes), default=0)
    return Diagram("", widest + 10, len(boxes) * ROW + 10, tuple(boxes), tuple(lines))
