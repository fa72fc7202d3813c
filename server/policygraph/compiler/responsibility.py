"""Responsibility phrases: who must do it, in which role, by when.

(责任单位:省商务厅、省发展改革委) · （X牵头，Y参与） · （X会同Y负责落实，完成时限：2021年10月） · a line 牵头单位：X
of its own · a bracketed list of bodies without any word. Running prose (由企业负责) makes no assignment.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from .clauses import sentences
from .model import Assignment, Span
from .names import is_org, names
from .words import responsibility as rx

Known = Callable[[str], bool]


@dataclass
class Standing:
    """What one phrase says for all after it. first_leads: the first body listed leads, the others support."""

    first_leads: bool = False


@dataclass
class Phrase:
    """A responsibility phrase. span: brackets included; term: the printed deadline or ""."""

    span: Span
    inner: Span
    assignments: list[Assignment] = field(default_factory=list)
    term: str = ""
    deadline: date | None = None
    standing: Span | None = None


@dataclass
class Statement:
    """Names and the role that a word gives them; rule: that word."""

    names: list[Span]
    role: str
    rule: str = "a list of bodies without any word"


def brackets(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Outermost brackets of a stretch, as (opening, after closing); an unclosed one is skipped."""
    depth, start = 0, 0
    for mark in rx.BRACKET.finditer(text, span.start, span.end):
        at, char = mark.start(), mark[0]
        if char in rx.OPEN:
            start, depth = (at, 1) if depth == 0 else (start, depth + 1)
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1


def find(text: str, span: Span, known: Known, standing: Standing) -> list[Phrase]:
    """All phrases of a paragraph, in order. standing: read and, where a phrase says 下同, changed."""
    made: list[Phrase] = []
    for start, end in brackets(text, span):
        phrase = _read(text, Span(start, end), Span(start + 1, end - 1), known, standing, bracket=True)
        if phrase and _stands_well(text, span, phrase):
            made.append(phrase)
    covered = max([span.start, *(p.span.end for p in made)])
    for label in rx.LABEL.finditer(text, covered, span.end) if rx.LABEL_END.search(text, covered, span.end) else ():
        start = _opened(text, Span(max(covered, span.start), label.start()))
        before = text[span.start : start].rstrip()
        if label.start() < covered or (before and before[-1] not in "。；！？）)】"):
            continue
        stop = text.find("。", label.end(), span.end)
        end = stop if stop >= 0 else span.end
        whole = Span(start, min(end + 1, span.end))
        if phrase := _read(text, whole, Span(label.start(), end), known, standing, bracket=False):
            made.append(phrase)
            covered = whole.end
    made += _sentences(text, span, known, standing, made)
    return sorted(made, key=lambda phrase: phrase.span)


def _opened(text: str, before: Span) -> int:
    """Where the sentence of a label begins: 该项任务责任单位：… bears words before it."""
    stop = max(text.rfind(mark, before.start, before.end) for mark in "。；！？）)】") + 1
    at = max(stop, before.start)
    return at if rx.LABEL_LEAD_IN.fullmatch(text, at, before.end) else before.end


def _sentences(text: str, span: Span, known: Known, standing: Standing, found: list[Phrase]) -> Iterator[Phrase]:
    """民政部牵头，财政部参与。 as a sentence of its own: nothing but bodies, and what each has to do."""
    for sentence in sentences(text, span) if rx.SAYS_DUTY.search(text, span.start, span.end) else ():
        words = text[sentence.start : sentence.end]
        if any(p.span.start < sentence.end and sentence.start < p.span.end for p in found):
            continue
        lead = rx.LEAD_IN.match(words)
        start = sentence.start + (lead.end() if lead else 0)
        if not rx.SAYS_WHO.fullmatch(text, start, sentence.end) or rx.PROSE.search(_named(text, start, sentence.end)):
            continue
        phrase = _read(text, sentence, Span(start, sentence.end - 1), known, standing, bracket=False)
        if phrase and all(known(a.name) or rx.STRONG.fullmatch(a.name) for a in phrase.assignments):
            yield phrase


def _named(text: str, start: int, end: int) -> str:
    """The words of a sentence without the verbs and terms that end its clauses: what must be names of bodies."""
    return "，".join(
        text[body.start : body.end]
        for piece in _segments(text, Span(start, end - 1))
        if not rx.TERM.match(text[piece.start : piece.end].strip())
        for body in (_verb(text, piece)[0],)
    )


def _stands_well(text: str, span: Span, phrase: Phrase) -> bool:
    """A phrase closes a sentence, a clause or the paragraph; a bracket amid words explains them."""
    if text[phrase.span.start - 1 : phrase.span.start] in "。；！？”" and phrase.span.start > span.start:
        return True
    after = text[phrase.span.end : span.end].lstrip()
    return not after or after[0] in "。；;，,、（(【！" or after[0].isdigit() or phrase.span.start == span.start


def _read(text: str, whole: Span, inner: Span, known: Known, standing: Standing, bracket: bool) -> Phrase | None:
    words = text[inner.start : inner.end]
    if not words.strip() or len(words) > 600:
        return None
    labelled = any(_at_head(words, m.start()) for m in rx.LABEL.finditer(words))
    first = re.split(r"[、，；]", words.strip())[0]
    if rx.NEVER.match(words.lstrip()):
        return None
    if not labelled and rx.NOT_BODIES.match(first) and not known(first) and not rx.STRONG.match(first):
        return None
    phrase = Phrase(whole, inner)
    statements, told = _statements(text, inner, phrase, known, labelled)
    if not told and not (bracket and _bare(text, statements) and not _own_office(text, whole, statements)):
        return None
    if not labelled and not all(is_body(text, n, known) for s in statements for n in s.names):
        return None
    leads = standing.first_leads
    if found := rx.FIRST_LEADS.search(words):
        leads = True
        standing.first_leads = standing.first_leads or rx.BELOW.search(words, found.end()) is not None
    assign(text, phrase, statements, leads)
    return phrase if phrase.assignments else None


def _at_head(words: str, start: int) -> bool:
    before = words[:start].rstrip()
    return not before or before[-1] in "，,；;。、）)】]" or words[start - 1].isspace()


def _statements(text: str, inner: Span, phrase: Phrase, known: Known, labelled: bool) -> tuple[list[Statement], bool]:
    """(names with their roles, whether any word gave a role)."""
    made: list[Statement] = []
    pending: list[Span] = []
    role, rule, told = "", "a list of bodies without any word", labelled
    for piece in _segments(text, inner):
        if label := rx.LABEL.match(text, piece.start, piece.end):
            made += [Statement(pending, role or "Responsible", rule)] if pending else []
            pending, role, rule = [], label.lastgroup or "", f"label {label[0].strip()}"
            piece = Span(label.end(), piece.end)
        words = text[piece.start : piece.end].strip()
        if not words or rx.OTHER_LABEL.match(words) or rx.TERM.match(words):
            set_term(phrase, words)
            continue
        if rx.FIRST_LEADS.search(rx.LAST_BRACKET.sub("", words)) or rx.BELOW.fullmatch(words):
            continue
        if rx.STANDING.search(words):
            phrase.standing = piece
            continue
        if rx.WATCH.search(words):
            phrase.standing = piece
            continue
        body, verb = _verb(text, piece)
        jointly = rx.JOINTLY.search(text, body.start, body.end)
        if (
            jointly
            and not verb
            and jointly.start() == body.start
            and (done := rx.TASKS.search(text, body.start, body.end))
        ):
            body = Span(body.start, done.start())
        if jointly and (verb or jointly.start() == body.start or is_org(text[body.start : jointly.start()])):
            pending += names(text, Span(body.start, jointly.start()), known)
            word = f"word {text[body.end : piece.end].strip()}" if verb else rule
            made += [Statement(pending, verb or role or "Responsible", word)] if pending else []
            made.append(Statement(names(text, Span(jointly.end(), body.end), known), "Support", f"word {jointly[0]}"))
            pending, told = [], True
            continue
        pending += names(text, body, known)
        if verb:
            made.append(Statement(pending, verb, f"word {text[body.end : piece.end].strip()}"))
            pending, told = [], True
    if pending:
        last = made[-1].role if made and told and not role else "Responsible"
        made.append(Statement(pending, role or last, rule))
    return [s for s in made if s.names], told


def _segments(text: str, inner: Span) -> list[Span]:
    """Cut at ，；。 outside nested brackets, and before each label."""
    cuts, depth = [inner.start], 0
    labels = {m.start() for m in rx.LABEL.finditer(text, inner.start, inner.end)
              if _at_head(text[inner.start : inner.end], m.start() - inner.start)}  # fmt: skip
    labels |= {m.start() for m in rx.OTHER_LABEL.finditer(text, inner.start, inner.end)}
    labels |= {m.end() for m in rx.AFTER_VERB.finditer(text, inner.start, inner.end)}
    marks = {m.start() for m in rx.PARTS_OR_NESTS.finditer(text, inner.start, inner.end)}
    for at in sorted(labels | marks):
        if at == inner.end:
            break
        depth += (text[at] in rx.OPEN) - (text[at] in rx.CLOSE)
        if at in labels:
            cuts.append(at)
        elif depth <= 0 and text[at] in "，,；;。":
            cuts.append(at + 1)
    pieces = [Span(a, b) for a, b in zip(cuts, [*cuts[1:], inner.end], strict=True) if a < b]
    return [Span(p.start, p.end - 1) if text[p.end - 1] in "，,；;。、" else p for p in pieces]


def _verb(text: str, piece: Span) -> tuple[Span, str]:
    """(the segment without the verb that ends it, the role which that gives or "")."""
    end = piece.end
    while end > piece.start and text[end - 1].isspace():
        end -= 1
    best: tuple[int, str] | None = None
    for pattern, role in rx.VERBS:
        found = pattern.search(text, piece.start, end)
        if found and found.end() == end and (best is None or found.start() < best[0]):
            best = (found.start(), role)
    return (Span(piece.start, best[0]), best[1]) if best else (Span(piece.start, end), "")


def set_term(phrase: Phrase, words: str) -> None:
    """Keeps a printed deadline, and its date where it names one."""
    label = rx.OTHER_LABEL.match(words)
    words = words[label.end() :].strip() if label else words.strip()
    if not words or phrase.term or (label and rx.PERSON.search(label[0])):
        return
    phrase.term = words
    found = rx.TERM.match(words)
    if found and found["year"]:
        year, month = int(found["year"]), int(found["month"] or 12)
        if 1 <= month <= 12 and (found["month"] or found["end"]):
            last = calendar.monthrange(year, month)[1]
            phrase.deadline = date(year, month, min(int(found["day"]), last) if found["day"] else last)


def is_body(text: str, name: Span, known: Known) -> bool:
    """Whether words are registered as a body, or end as the names of bodies do."""
    words = re.sub(r"\s+", "", text[name.start : name.end])
    if known(words):
        return True
    return len(words) <= 40 and is_org(words) and rx.NO_BODY.fullmatch(words) is None


def _bare(text: str, statements: list[Statement]) -> bool:
    """A list of nothing but bodies, each of whose names leaves no doubt."""
    found = [n for s in statements for n in s.names]
    return bool(found) and all(rx.STRONG.fullmatch(text, n.start, n.end) for n in found)


def _own_office(text: str, whole: Span, statements: list[Statement]) -> bool:
    """One name in brackets straight after a body's: an office of that body, named and not charged."""
    one = sum(len(s.names) for s in statements) == 1
    return one and rx.OWN_OFFICE.search(text, max(whole.start - 3, 0), whole.start) is not None


def assign(text: str, phrase: Phrase, statements: list[Statement], first_leads: bool) -> None:
    """Adds to a phrase the assignments of its statements, in order."""
    plain = all(s.role == "Responsible" for s in statements)
    marked = plain and any(rx.LEADS_HERE.match(text, n.end + 1) for s in statements for n in s.names
                           if text[n.end : n.end + 1] in ("（", "("))  # fmt: skip
    for statement in statements:
        for name in statement.names:
            position = len(phrase.assignments) + 1
            role, rule = statement.role, statement.rule
            if text[name.end : name.end + 1] in rx.OPEN and rx.LEADS_HERE.match(text, name.end + 1):
                role, rule = "Lead", "the bracket after the name"
            elif marked:
                role, rule = "Support", "another name bears the bracket 牵头"
            if first_leads and plain:
                role, rule = ("Lead" if position == 1 else "Support"), "the first listed leads"
            printed = text[name.start : name.end]
            words = re.sub(r"\s+", "", printed)
            printed = printed if printed != words else ""
            phrase.assignments.append(
                Assignment(words, role, position, name, phrase.deadline, phrase.term, printed, rule)
            )
