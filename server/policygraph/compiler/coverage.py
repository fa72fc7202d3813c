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
