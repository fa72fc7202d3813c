"""Finds the building lines of a document: what each line is, before anything inside it is read.

Header block → title → document number → addressees → preamble → parts and provisions → closing → signature →
date → distribution (GB/T 9704-2012, section 7). A line that fits nowhere is kept and reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import lexicon as lx
from .clauses import trim
from .model import Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. kind: header, title, number, addressees, preamble, part, provision, more,
    closing, signature, date, distribution."""

    kind: str
    span: Span


def lines(text: str, is_body: Callable[[str], bool]) -> list[Line]:
    """Classify every line that is not blank. is_body: whether a text names a body that can sign."""
    spans, at = [], 0
    for raw in text.split("\n"):
        span = trim(text, Span(at, at + len(raw)))
        if span.start < span.end:
            spans.append(span)
        at += len(raw) + 1
    made: list[Line] = []
    state = "header"
    for index, span in enumerate(spans):
        words = text[span.start : span.end]
        state, kind = _step(state, words, is_body, has_addressees_ahead=_addressees_ahead(text, spans, index))
        made.append(Line(kind, span))
    return made


def _addressees_ahead(text: str, spans: list[Span], index: int) -> bool:
    return any(_is_addressees(text[s.start : s.end]) for s in spans[index : index + 8])


def _is_addressees(words: str) -> bool:
    return lx.ADDRESSEES.fullmatch(words) is not None and lx.ADDRESSEE_END.search(words) is not None


def _step(state: str, words: str, is_body: Callable[[str], bool], has_addressees_ahead: bool) -> tuple[str, str]:
    """(next state, kind of this line)."""
    if state == "header":
        if lx.HEADER.match(words):
            return "header", "header"
        state = "title"
    if lx.PART_NUMBER.match(words) and len(words) < 60:
        return "body", "part"
    if lx.PROVISION_NUMBER.match(words) and state in ("body", "after"):
        return "body", "provision"
    if state == "title":
        if lx.NUMBER_LINE.fullmatch(words):
            return "title", "number"
        if _is_addressees(words):
            return "preamble", "addressees"
        if has_addressees_ahead or not words.endswith("。"):
            return "title", "title"
        state = "preamble"
    if state == "preamble":
        return "preamble", "preamble"
    if lx.DISTRIBUTION.fullmatch(words):
        return "after", "distribution"
    if lx.DATE_LINE.fullmatch(words):
        return "after", "date"
    if is_body(words):
        return "after", "signature"
    if lx.EFFECT.search(words) and len(words) < 80:
        return "after", "closing"
    return state, "more" if state == "body" else "unread"
