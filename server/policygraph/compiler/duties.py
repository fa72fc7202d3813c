"""Who leads, said amid a running sentence: 由省教育厅牵头，省公安厅配合，于9月底前……; 省财政厅牵头会同省教育厅…….

A clause must open with bodies, each beyond doubt, and 牵头 must follow at once; then what the sentence's other clauses
say of other bodies is read too. 由X牵头的联席会议 describes a thing. X要……, X负责…… alone tell a body's business and
charge nobody (unread.py tells of them).
"""

from __future__ import annotations

import re

from .clauses import clauses
from .model import Assignment, Span
from .names import names
from .responsibility import Known
from .words import duties as dx
from .words import responsibility as rx

LONGEST = 160
"""Characters that a list of bodies may have."""


def read(text: str, sentence: Span, known: Known) -> list[Assignment]:
    """Assignments of one sentence, in order; none from a clause that leaves a doubt."""
    made: list[Assignment] = []
    if text.find("牵头", sentence.start, sentence.end) < 0:
        return made
    for clause in clauses(text, sentence):
        head = dx.LEAD_IN.match(text, clause.start, clause.end)
        start = head.end() if head else clause.start
        verbs = ((dx.LEADS, "Lead"), *(dx.OTHERS if made else ()))
        found = [(m, role) for p, role in verbs if (m := p.search(text, start, min(clause.end, start + LONGEST)))]
        if not found:
            continue
        verb, role = min(found, key=lambda one: one[0].start())
        if not dx.NO_THING.match(text, verb.end(), clause.end):
            continue
        if not (who := _bodies(text, Span(start, verb.start()), known)):
            continue
        made += _assign(text, who, role, f"word {verb[0]}", len(made))
        if partner := dx.WITH.match(text, verb.end(), clause.end):
            made += _assign(
                text, _partners(text, partner.end(), clause.end, known), "Support", f"word {partner[0]}", len(made)
            )
    return made


def _partners(text: str, start: int, end: int, known: Known) -> list[Span]:
    """Names from `start` up to the first place where an action follows and all before it are bodies."""
    for stop in dx.NAME_END.finditer(text, start, min(end, start + LONGEST)):
        if found := _bodies(text, Span(start, stop.end()), known):
            return found
    return []


def _bodies(text: str, span: Span, known: Known) -> list[Span]:
    """The bodies of a list; none at all where one of them is doubtful."""
    whole = text[span.start : span.end]
    if fields := dx.FIELDS.fullmatch(whole):
        return [span] if known(fields["first"] + "部门") else []
    found = names(text, span, known) if whole.strip() else []
    return found if all(_sure(text[n.start : n.end], known) for n in found) else []


def _sure(name: str, known: Known) -> bool:
    if known(name):
        return True
    if len(name) > 24 or dx.NOT_IN_NAME.search(name) or dx.VAGUE.fullmatch(name) or rx.NO_BODY.fullmatch(name):
        return False
    return dx.LEVELLED.fullmatch(name) is not None


def _assign(text: str, who: list[Span], role: str, rule: str, count: int) -> list[Assignment]:
    made = []
    for position, name in enumerate(who, count + 1):
        printed = text[name.start : name.end]
        words = re.sub(r"\s+", "", printed)
        made.append(Assignment(words, role, position, name, None, "", printed if printed != words else "", rule))
    return made
