"""Cuts a stretch of text into sentences and clauses, never losing a character."""

from __future__ import annotations

from .model import Span
from .words.sentences import CLAUSE_END, SENTENCE_END


def stretches(starts: list[int], end: int) -> list[tuple[int, int]]:
    """From each start to the next, the last one to the end; none where there is no start."""
    return list(zip(starts, [*starts[1:], end], strict=True)) if starts else []


def trim(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def sentences(text: str, span: Span) -> list[Span]:
    """Sentences, full stop included; what stands after the last full stop is a sentence too."""
    cuts, depth = [span.start], 0
    at = span.start
    while at < span.end:
        char = text[at]
        depth += (char in "“《(（") - (char in "”》)）")
        if depth <= 0 and (found := SENTENCE_END.match(text, at, span.end)):
            cuts.append(found.end())
            at, depth = found.end(), 0
            continue
        at += 1
    pieces = [trim(text, Span(a, b)) for a, b in zip(cuts, [*cuts[1:], span.end], strict=True)]
    return [piece for piece in pieces if piece.start < piece.end]


def clauses(text: str, span: Span) -> list[Span]:
    """Clauses without their closing mark; marks inside quotation marks and brackets do not cut."""
    made, start, depth = [], span.start, 0
    for at in range(span.start, span.end):
        char = text[at]
        depth += (char in "“《(（") - (char in "”》)）")
        if depth <= 0 and CLAUSE_END.match(text, at):
            made.append(Span(start, at))
            start = at + 1
    made.append(Span(start, span.end))
    return [piece for piece in made if piece.start < piece.end]
