"""Responsibility phrases: (责任单位:省商务厅、省发展改革委，各市州人民政府)."""

from __future__ import annotations

from collections.abc import Callable

from .lexicon import NAME_SEPARATOR, NAME_TAIL, RESPONSIBILITY, ROLE_LABELS
from .model import Assignment, Span


def find(text: str, span: Span) -> Span | None:
    """The responsibility phrase that closes a provision, brackets included."""
    found = None
    for match in RESPONSIBILITY.finditer(text, span.start, span.end):
        if not text[match.end() : span.end].strip():
            found = Span(match.start(), match.end())
    return found


def read(text: str, phrase: Span, known: Callable[[str], bool]) -> list[Assignment]:
    """The bodies in the order printed, each with the role that the label before it gives.

    、 and ， both separate; known: whether a name is registered, so that one that contains 、 stays whole.
    """
    body = Span(phrase.start + 1, phrase.end - 1)
    labels = sorted((m.start(), m.end(), role) for pattern, role in ROLE_LABELS
                    for m in pattern.finditer(text, body.start, body.end))  # fmt: skip
    made: list[Assignment] = []
    for index, (_, start, role) in enumerate(labels):
        stop = labels[index + 1][0] if index + 1 < len(labels) else body.end
        for name in _names(text, Span(start, stop), known):
            made.append(Assignment(text[name.start : name.end], role, len(made) + 1, name))
    return made


def _names(text: str, span: Span, known: Callable[[str], bool]) -> list[Span]:
    cuts = [m.start() for m in NAME_SEPARATOR.finditer(text, span.start, span.end)] + [span.end]
    names, start, at = [], span.start, 0
    while at < len(cuts):
        reach = next((k for k in range(len(cuts) - 1, at, -1) if known(text[start : cuts[k]].strip())), at)
        name = _strip(text, Span(start, cuts[reach]))
        if name.start < name.end:
            names.append(name)
        start, at = cuts[reach] + 1, reach + 1
    return names


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    tail = NAME_TAIL.search(text, start, end)
    end = tail.start() if tail and tail.end() == end else end
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
