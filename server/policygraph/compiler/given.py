"""Numbers that set nothing: benefits, their caps and the discounts offered; terms, ages, ranks, parts of names."""

from __future__ import annotations

import re

from .model import Span
from .reading import Reading
from .when import Horizon
from .words import targets as tx

_SHARES = ("%", "倍")


def away(text: str, reading: Reading, clause: Span, before: Span | None, sentence: Span, own: Horizon | None) -> bool:
    """Whether a number says what somebody is given or offered. own: the horizon that the sentence itself names.

    With a horizon of its own a sum is believed to be a goal (到2025年，累计发放补贴3亿元), but no cap or discount is.
    """
    unit = reading.quantity.unit
    if not (unit.endswith(_SHARES) or "元" in unit):
        return False
    lead = text[clause.start : reading.quantity.span.start]
    if tx.CAP.search(lead) or tx.GIVEN.search(text, clause.start, clause.end):
        return True
    if "AtMost" in reading.words and tx.GIVEN.search(text, sentence.start, sentence.end):
        return True
    if unit == "%" and (
        tx.OFFERED.search(text, clause.start, reading.after_end)
        or (own is None and tx.DISCOUNT.search(text, clause.start, reading.after_end))
    ):
        return True
    near = before.start if before else clause.start
    return own is None and (
        tx.SPENT.search(text, clause.start, clause.end) is not None
        or tx.BENEFIT.search(text, near, clause.end) is not None
    )


def kept(text: str, reading: Reading, clause: Span, written: int | None) -> bool:
    """Whether a number is a frequency, a term, an age, a rank, part of a name, or told of a year before `written`."""
    quantity = reading.quantity
    often = quantity.unit in ("次", "场", "期") and "每" in reading.lead
    if often or tx.NAME_AFTER.match(reading.rest) or (tx.FREQUENCY.search(reading.lead) and not reading.words):
        return True
    since = re.search(r"(20\d{2})年(?:底|末)?的?$", text[clause.start : quantity.span.start])
    if since and written and int(since[1]) < written:
        return True
    if quantity.unit in ("倍", "%", "％") and tx.BENEFIT_FLOOR.search(text, clause.start, reading.after_end):
        return True
    if quantity.unit in tx.TIMES and tx.ALLOWED.search(reading.lead + reading.verb):
        return True
    lives = quantity.unit == "岁" and "寿命" in reading.lead
    shortened = quantity.unit in tx.TIMES and (
        "FallTo" in reading.words
        or tx.TIME_SET.search(reading.lead + reading.verb) is not None
        or tx.RAISED.fullmatch(reading.lead.strip()) is not None
    )  # a time is a goal only where something is shortened to it; a limit that must be kept is a rule
    return quantity.unit in tx.NOT_A_TARGET_UNIT and not (lives or shortened)
