"""Cuts a stretch of text into sentences and clauses, never losing a character."""

from __future__ import annotations

from functools import lru_cache

from .model import Span
from .words.sentences import CLAUSE_END, MARKS, SENTENCE_END, WIDE_THOUSANDS

_OPENING, _CLOSING = "“《(（", "”》)）"


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
    for mark in MARKS.finditer(text, span.start, span.end):
        sign, at = mark[0], mark.start()
        if at < cuts[-1]:  # closed together with the sentence before it
            continue
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth -= 1
        elif depth <= 0 and (found := SENTENCE_END.match(text, at, span.end)):
            cuts.append(found.end())
            depth = 0
    pieces = [trim(text, Span(a, b)) for a, b in zip(cuts, [*cuts[1:], span.end], strict=True)]
    return [piece for piece in pieces if piece.start < piece.end]


@lru_cache(maxsize=64)
def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """Clauses without their closing mark; marks inside quotation marks and brackets do not cut.

    Several rules ask for those of one sentence, one after the other: the last ones are kept.
    """
    made, start, depth = [], span.start, 0
    for mark in MARKS.finditer(text, span.start, span.end):
        sign = mark[0]
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth -= 1
        elif depth <= 0 and not (sign in ",，：:" and _in_number(text, mark.start())):
            if start < (at := mark.start()):
                made.append(Span(start, at))
            start = at + 1
    if start < span.end:
        made.append(Span(start, span.end))
    return tuple(made)


def _in_number(text: str, at: int) -> bool:
    """1,200, １，２００ and the ratio 1:16 are one; a full-width comma only among full-width digits."""
    if text[at] in "：:":
        return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    if text[at] == ",":
        return CLAUSE_END.match(text, at) is None
    return WIDE_THOUSANDS.match(text, max(at - 1, 0)) is not None
