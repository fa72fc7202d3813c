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


def read(text: str, sentence: Span, known: Known) -> list[Assignment]:
    """Assignments of one sentence, in order; none from a clause that leaves a doubt."""
    made: list[Assignment] = []
    if text.find("牵头", sentence.start, sentence.end) < 0:
        return made
    for clause in clauses(text, sentence):
        found = (dx.OTHER if made else dx.LEADER).match(text, clause.start, clause.end)
        if not found and made:
            found = dx.LEADER.match(text, clause.start, clause.end)
        if not found or not dx.NO_THING.match(text, found.start("rest"), clause.end):
            continue
        verbs = ((p.match(text, found.start("rest"), clause.end), r) for p, r in ((dx.LEADS, "Lead"), *dx.OTHERS))
        verb, role = next((m, r) for m, r in verbs if m)
        who = _bodies(text, Span(*found.span("who")), known)
        if not who:
            continue
        made += _assign(text, who, role, f"word {verb[0]}", len(made))
        if partner := dx.WITH.match(text, verb.end(), clause.end):
            others = _bodies(text, Span(*partner.span("who")), known)
            made += _assign(text, others, "Support", f"word {partner[0][:2]}", len(made))
    return made


def _bodies(text: str, span: Span, known: Known) -> list[Span]:
    """The bodies of a list; none at all where one of them is doubtful."""
    whole = text[span.start : span.end]
    if fields := dx.FIELDS.fullmatch(whole):
        return [span] if known(fields["first"] + "部门") else []
    found = names(text, span, known)
    return found if all(_sure(text[n.start : n.end], known) for n in found) else []


def _sure(name: str, known: Known) -> bool:
    if known(name):
        return True
    if dx.VAGUE.fullmatch(name) or rx.NO_BODY.fullmatch(name):
        return False
    return dx.LEVELLED.fullmatch(name) is not None


def _assign(text: str, who: list[Span], role: str, rule: str, count: int) -> list[Assignment]:
    made = []
    for position, name in enumerate(who, count + 1):
        printed = text[name.start : name.end]
        words = re.sub(r"\s+", "", printed)
        made.append(Assignment(words, role, position, name, None, "", printed if printed != words else "", rule))
    return made
