"""The flow between national clauses and the provisions that carry them out: a strand for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .pairs import Pair
from .svg import PAINT, Pen

ROW, TOP = 26, 12
_HEAD, _PART = 30, 24
_LONGEST = 23  # characters of a heading in a box
PAINT_STRANDS = {
    "strand st-Exact": 'fill="none" stroke="#24612b" stroke-width="3"',
    "strand st-Close": 'fill="none" stroke="#0b5fa5" stroke-width="2"',
    "strand st-Related": 'fill="none" stroke="#5a5e66" stroke-width="1.3" stroke-dasharray="2 3"',
    "box": 'fill="#fffdf9" stroke="#d9d5cb"', "box lone": 'fill="none" stroke="#5a5e66" stroke-dasharray="3 3"',
    "no": PAINT["soft"], "name": PAINT["words"], "group": PAINT["head"], "partname": PAINT["soft"],
    "level": 'fill="#ffffff" stroke="#1d1f23" stroke-width="1.3"', "level dot": 'fill="#1d1f23" stroke="#1d1f23"',
    "level none": 'fill="#ffffff" stroke="#1d1f23" stroke-width="1.3" stroke-dasharray="2 2"',
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A line of one side: kind is clause, part or document; alone: nothing leads to it."""

    name: str
    kind: str
    number: str
    text: str
    href: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand: width of the whole, of the boxes; named: whether headings are written or numbers only."""

    width: int
    box: int
    named: bool


BROAD, NARROW = Shape(1140, 360, True), Shape(350, 64, False)


def flow(
    pen: Pen, left: Sequence[Node], right: Sequence[Node], pairs: Sequence[Pair], shape: Shape,
    href: Callable[[Pair], str], say: Callable[[Pair], str],
) -> tuple[Markup, int]:  # fmt: skip
    """The inside of the drawing, and its height."""
    high_left, high_right = _height(left), _height(right)
    height = max(high_left, high_right) + 2 * TOP
    at_left = _places(left, 0)
    at_right = _places(right, max(0, high_left - high_right) // max(1, len(right)))
    strands = [
        _strand(pen, pair, leave, arrive, shape, along, href(pair), say(pair))
        for pair, leave, arrive, along in _ends(pairs, at_left, at_right)
    ]
    boxes = [_box(pen, node, at_left[node.name], 0, shape) for node in left]
    boxes += [_box(pen, node, at_right[node.name], shape.width - shape.box, shape) for node in right]
    return Markup("").join(strands + boxes), height


def _height(nodes: Sequence[Node]) -> int:
    return sum(_high(node) for node in nodes)


def _high(node: Node) -> int:
    return {"document": _HEAD, "part": _PART}.get(node.kind, ROW)


def _places(nodes: Sequence[Node], gap: int) -> dict[str, int]:
    """The middle of each node, from the top."""
    places, y = {}, TOP + gap // 2
    for node in nodes:
        places[node.name] = y + _high(node) // 2
        y += _high(node) + gap
    return places


def _ends(pairs: Sequence[Pair], left: dict[str, int], right: dict[str, int]) -> list[tuple[Pair, float, float, int]]:
    """Where each strand leaves and arrives, those of one node side by side, in the order of their other ends; and which
    of its clause's strands it is, so that their signs do not cover each other."""
    shown = [pair for pair in pairs if pair.clause in left and pair.provision in right]
    leaves, arrives = defaultdict(list), defaultdict(list)
    for pair in shown:
        leaves[pair.clause].append(pair)
        arrives[pair.provision].append(pair)

    def place(members: list[Pair], pair: Pair, middle: int, other: Callable[[Pair], int]) -> float:
        ordered = sorted(members, key=lambda each: (other(each), each.node))
        step = min(4.0, (ROW - 6) / max(len(ordered), 1))
        return round(middle + (ordered.index(pair) - (len(ordered) - 1) / 2) * step, 1)

    return [
        (
            pair,
            place(leaves[pair.clause], pair, left[pair.clause], lambda each: right[each.provision]),
            place(arrives[pair.provision], pair, right[pair.provision], lambda each: left[each.clause]),
            leaves[pair.clause].index(pair),
        )
        for pair in sorted(shown, key=lambda each: each.strength != "Related")
    ]


def _strand(
    pen: Pen, pair: Pair, leave: float, arrive: float, shape: Shape, along: int, href: str, said: str
) -> Markup:
    start, end = shape.box, shape.width - shape.box
    bend = (end - start) * 0.45
    curve = f"M{start} {leave} C{start + bend} {leave} {end - bend} {arrive} {end} {arrive}"
    kind = f"strand st-{pair.strength}"
    inner = pen("title", "", said) + pen("path", kind, d=curve)
    x, y = _on_curve(start, leave, end, arrive, bend, (0.02 + 0.022 * along) * (1 if shape.named else 1.6))
    inner += level(pen, pair.level, x, y, 3.2)
    return pen("a", "", inner, href=href, tabindex="-1", aria_hidden="true")


def _on_curve(x0: float, y0: float, x1: float, y1: float, bend: float, t: float) -> tuple[float, float]:
    """A point of the strand, t from 0 to 1."""
    s = 1 - t
    a, b, c, d = s**3, 3 * s * s * t, 3 * s * t * t, t**3
    return round(a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1, 1), round((a + b) * y0 + (c + d) * y1, 1)


def level(pen: Pen, name: str, x: float, y: float, r: float) -> Markup:
    """How far the national side was verified: full, half, empty or dashed round."""
    ring = pen("circle", "level none" if name in ("Unverified", "Unresolved", "") else "level", cx=x, cy=y, r=r)
    if name == "VerifiedText":
        return pen("circle", "level dot", cx=x, cy=y, r=r)
    if name == "VerifiedHeading":
        return ring + pen("circle", "level dot", cx=x, cy=y, r=round(r / 2.4, 1))
    return ring


def _box(pen: Pen, node: Node, y: int, x: int, shape: Shape) -> Markup:
    if node.kind == "document":
        right = {"text_anchor": "end"} if x and not shape.named else {}
        words = pen("text", "group", node.text, x=x + shape.box if right else x + 2, y=y + 6, **right)
        if shape.named:
            return words
        wide = sum(9 if character.isascii() else 15 for character in node.text)  # strands pass behind the heading
        return pen("rect", "behind", x=x + shape.box - wide if right else x, y=y - 10, width=wide, height=22) + words
    if node.kind == "part":
        return pen("text", "partname", f"{node.number} {node.text}", x=x + 2, y=y + 6) if shape.named else Markup("")
    kind, top = "box lone" if node.alone else "box", y - ROW / 2 + 1
    inner = pen("rect", kind, x=x + 0.5, y=top, width=shape.box - 1, height=ROW - 2, rx=2)
    if shape.named:
        inner += pen("text", "no", node.number, x=x + 8, y=y + 4) + pen(
            "text", "name", _fitting(node.text), x=x + 48, y=y + 4
        )
        return pen("a", "", inner, href=node.href)
    inner += pen("text", "no", node.number, x=x + shape.box / 2, y=y + 4, text_anchor="middle")
    return pen("a", "", inner, href=node.href, aria_label=f"{node.number} {node.text}")


def _fitting(text: str) -> str:
    """Cut to the width of a box."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
