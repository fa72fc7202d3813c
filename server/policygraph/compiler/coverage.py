"""The coverage meter: which characters of a text its graph accounts for.

Every character that is no white space counts once: as *statement* where an assignment, target, goal, mention or
citation rests on it, else as *structure* where it is a number, a heading, a header field, the frame of a
responsibility phrase, a signature or the like, else as *nothing*: words that the graph keeps but says nothing about.
The verbs and instruments of measures are not counted: they mark a sentence, they do not say what it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Document, Provision, Span

_PROSE = frozenset({"SentenceLeaf", "PreambleLeaf", "UnreadLeaf"})
_NOTHING, _STRUCTURE, _STATEMENT, _SPACE = range(4)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters without white space; structure + statements + nothing is the total."""

    structure: int
    statements: int
    nothing: int

    @property
    def total(self) -> int:
        return self.structure + self.statements + self.nothing


def per_cent(parts: tuple[int, ...], digits: int = 0) -> tuple[float, ...]:
    """The shares of the parts, rounded so that they add up to 100: what rounding leaves goes to the largest rests."""
    whole, scale = sum(parts), 10**digits
    if not whole:
        return (0.0,) * len(parts)
    made = [100 * scale * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda at: -(100 * scale * parts[at] % whole))
    for at in by_rest[: 100 * scale - sum(made)]:
        made[at] += 1
    return tuple(each / scale for each in made)


def coverage(document: Document) -> dict[str, Coverage]:
    """Number of a provision → its coverage; "" → that of the whole document."""
    text = document.text
    marks = bytearray(_SPACE if char.isspace() else _NOTHING for char in text)

    def mark(span: Span, kind: int) -> None:
        for at in range(span.start, span.end):
            if marks[at] != _SPACE:
                marks[at] = kind

    for leaf in document.leaves:
        if leaf.kind not in _PROSE:
            mark(leaf.span, _STRUCTURE)
    for span in _statements(document):
        mark(span, _STATEMENT)

    def count(span: Span) -> Coverage:
        found = Counter(marks[span.start : span.end])
        return Coverage(found[_STRUCTURE], found[_STATEMENT], found[_NOTHING])

    return {"": count(Span(0, len(text)))} | {p.number: count(p.span) for p in document.provisions}


def _statements(document: Document) -> Iterator[Span]:
    for found in (document.citations, document.targets):
        yield from (each.span for each in found)
    for unit in document.units:
        yield from _of(unit)


def _of(provision: Provision) -> Iterator[Span]:
    for found in (provision.assignments, provision.targets, provision.goals, provision.citations, provision.mentions):
        yield from (each.span for each in found)
    for sentence in provision.sentences:
        yield from (mention.span for mention in sentence.mentions)
