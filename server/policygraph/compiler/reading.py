"""One number in its clause: the words before it parted into thing measured, verb and qualifier, and those after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Span
from .quantity import Quantity
from .when import Horizon
from .words import targets as tx


@dataclass(frozen=True, slots=True)
class Reading:
    """One number in its clause. lead: words before it without horizon, verb and qualifier; rest: words after it."""

    quantity: Quantity
    lead: str
    words: tuple[str, ...]
    verb: str
    rest: str
    after_end: int
    start: int


def read_number(text: str, clause: Span, left: int, quantity: Quantity, now: Horizon | None) -> Reading:
    start = left
    while start < quantity.span.start and text[start] in " \u3000、和及与":
        start += 1
    lead = text[start : quantity.span.start]
    if now and start <= now.span.start < quantity.span.start:
        lead = text[start : now.span.start] + text[now.span.end : quantity.span.start]
        if now.span.start == start:
            start = now.span.end
    lead = tx.OF_YEAR.sub("", lead.rstrip())
    after, length = qualifier_after(text, quantity.span.end, clause.end)
    end = quantity.span.end + length
    qualifier, cut = verb_before(lead.rstrip())
    weak = tx.WEAK.search(lead.rstrip()) if not qualifier else None
    trimmed = lead.rstrip()
    if weak:
        qualifier, cut = verb_before(trimmed[: weak.start()])
        cut += len(weak[0]) if qualifier else 0
    verb = trimmed[len(trimmed) - cut :] if cut else ""
    words = [qualifier] if qualifier else []
    inner = trimmed[: len(trimmed) - cut]
    if qualifier in ("AtLeast", "AtMost", "MoreThan", "LessThan", "Approximately"):
        second, more = verb_before(tx.WEAK.sub("", inner))
        if second in ("FallTo", "Reach", "IncreaseBy", "DecreaseBy"):
            inner = tx.WEAK.sub("", inner)
            verb = inner[len(inner) - more :] + verb
            inner = inner[: len(inner) - more]
            words = [second, qualifier] if second in ("FallTo", "IncreaseBy", "DecreaseBy") else [qualifier]
    if after:
        words = [c for c in words if c in ("FallTo", "IncreaseBy", "DecreaseBy")] + [after]
    return Reading(quantity, inner, tuple(words), verb, text[end : clause.end].rstrip(), end, start)


def listed_with(text: str, found: list[Quantity], clause: Span) -> list[Quantity]:
    """Quantities parted by nothing but 、 or 和."""
    run = [found[0]]
    for quantity in found[1:]:
        between = text[run[-1].span.end : quantity.span.start]
        if not re.fullmatch(r"(?:左右|以上|以内|以下)?[、和及与]\s*", between):
            break
        run.append(quantity)
    return run


def verb_before(lead: str) -> tuple[str, int]:
    for pattern, name in tx.BEFORE_NUMBER:
        if found := pattern.search(lead):
            return name, len(found[0])
    return "", 0


def qualifier_after(text: str, start: int, end: int) -> tuple[str, int]:
    for pattern, name in tx.AFTER_NUMBER:
        if found := pattern.match(text, start, end):
            return name, len(found[0])
    return "", 0
