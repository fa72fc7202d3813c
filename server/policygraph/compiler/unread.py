"""What the rules leave unread where something is said to be done or reached: told with its place, never dropped."""

from __future__ import annotations

from . import responsibility
from .clauses import clauses
from .model import Finding, Span, Target
from .when import WHEN, horizon
from .words import duties as dx
from .words import responsibility as rx
from .words import targets as tx


def brackets(text: str, span: Span, phrases: list[responsibility.Phrase]) -> list[Span]:
    """Brackets that close a sentence, speak of a duty and name a body, and yet gave no assignment."""
    taken = [p.span for p in phrases]
    found = (Span(a, b) for a, b in responsibility.brackets(text, span))
    return [s for s in found if rx.DUTY.search(text, s.start, s.end) and not any(
        t.start <= s.start < t.end for t in taken) and not rx.NEVER.match(text, s.start + 1)]  # fmt: skip


def duty(text: str, span: Span) -> Span | None:
    """Where a sentence says in running words who leads, works with whom or is in charge; none is assigned."""
    found = (
        rx.UNREAD_DUTY.search(text, span.start, span.end) if rx.SAYS_DUTY.search(text, span.start, span.end) else None
    )
    if found is None and dx.UNREAD_HINT.search(text, span.start, span.end):
        found = dx.UNREAD.search(text, span.start, span.end)
    return Span(found.start(), found.end()) if found else None


def numbers(text: str, span: Span, number: str, objective: bool, read: list[Target],
                   aims: bool = False, written: int | None = None) -> list[Finding]:  # fmt: skip
    """Numbers where goals are set (an objective, or after a horizon) that no target holds: told, never dropped.

    aims: whether a share after a verb that sets goals is told without a horizon too.
    """
    made, wanted = [], objective
    for clause in clauses(text, span):
        now = horizon(text, clause)
        wanted = wanted or now is not None
        start = now.span.end if now else clause.start
        held = any(t.span.start < clause.end and clause.start < t.span.end for t in read)
        form = tx.UNREAD_FORM.search(text, start, clause.end) is not None
        after_one = any(t.span.end <= clause.start for t in read) and tx.UNREAD_LISTED.match(text, start, clause.end)
        aim = tx.UNREAD_AIM.search(text, start, clause.end) or tx.UNREAD_SET.search(text, start, clause.end)
        aim = aim or (tx.RATIO.search(text, start, clause.end) and tx.RATIO_SET.search(text, start, clause.end))
        if aims and not form and (aim or after_one):
            form = not _no_aim(text, span, clause, written)
        if not held and (form or (wanted and tx.NUMERIC.search(text, start, clause.end))):
            made.append(Finding("number", f"{number}: a number that no rule reads as a target", clause))
    return made


def _no_aim(text: str, span: Span, clause: Span, written: int | None) -> bool:
    """What is told of the past, of benefits or of conditions sets no goal."""
    words = text[clause.start : clause.end]
    named = list(WHEN.finditer(text, span.start, clause.end))
    if named and written:
        year = int(named[-1]["year"]) if named[-1]["year"] else tx.PERIODS.get(named[-1]["period"], written)
        if year < written:
            return True
    return bool(tx.PAST.search(words) or tx.DONE.search(words) or tx.FORECAST.search(words) or tx.FORMULA.search(words)
                or tx.CONDITION.match(words) or tx.SPENT.search(words) or tx.BENEFIT.search(text, span.start, span.end)
                or tx.SINCE.search(text, span.start, clause.start))  # fmt: skip
