"""Reads one unit of the outline: number, heading, sentences, responsibility phrases, and what the sentences state."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from . import citations, duties, goals, responsibility, tables, unread
from .clauses import clauses, sentences, trim
from .mentions import Finder
from .model import Assignment, Citation, Finding, Goal, Leaf, Mention, Provision, Quote, Sentence, Span, Target
from .outline import Unit
from .registry import Registry
from .targets import Reader, Setting
from .when import Horizon, horizon
from .words import duties as dx
from .words import sentences as sx
from .words import targets as tx
from .words.tables import SEPARATED


@dataclass(frozen=True)
class Readers:
    """What the rules need to know of names; jurisdiction: the place that the document governs, or ""."""

    registry: Registry
    finder: Finder
    targets: Reader
    bodies: citations.Issuers
    jurisdiction: str = ""

    def knows(self, name: str) -> bool:
        return self.registry.official("actors", name) is not None

    def names_body(self, name: str) -> bool:
        """Whether a name is registered, opens with a place (西宁市水务局), or is of a known task (教育部门)."""
        task = dx.CLASS.fullmatch(name)
        registry = self.registry
        known = task is not None and task["task"] in registry.bodies.kinds.tasks
        return known or self.knows(name) or registry.places.opening(name)[0] is not None


@dataclass
class Context:
    """One document being read. written: its year; strict: it lays down rules (第X条); table: the head of the
    table that is being read; leaves and findings grow."""

    text: str
    readers: Readers
    written: int | None = None
    strict: bool = False
    table: tables.Columns | None = None
    standing: responsibility.Standing = field(default_factory=responsibility.Standing)
    leaves: list[Leaf] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]


@dataclass
class Content:
    """What the paragraphs of one unit say."""

    sentences: list[Sentence] = field(default_factory=list)
    responsibility: list[Quote] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)


def kind_of(above: list[str], heading: str) -> str | None:
    """One of the five classes by the headings above (outermost first) and its own; None where no row fits."""
    part = above[0] if above else ""
    for in_part, in_heading, kind in sx.PROVISION_KINDS:
        if re.search(in_part, part) and re.search(in_heading, "".join([*above[1:], heading])):
            return kind
    return None


def read(context: Context, unit: Unit, above: list[str]) -> Provision:
    """A unit with all below it. above: headings of the units around it, outermost first."""
    text, number = context.text, unit.number
    heading = context.words(unit.heading)
    kind = unit.kind
    if kind == "Provision":
        found = kind_of(above, heading)
        if found is None and above:
            told = f"{number}: no rule for part {above[0]}; taken for a task"
            context.findings.append(Finding("provision-kind", told, unit.heading))
        kind = found or "Task"
    says = _is_sentence(unit, heading)
    _number_leaves(context, unit, heading, says)
    lines = [Span(unit.heading.start, unit.stop), *unit.paragraphs] if says else unit.paragraphs
    state = any(tx.STATE_HEADING.search(h) and not sx.ACTION_CLAUSE.match(h) for h in [*above, heading]) and not says
    own = read_lines(
        context, lines, number, Setting(context.written, heading, context.strict, state), kind == "Objective"
    )
    below = tuple(read(context, u, [*above, heading]) for u in unit.units)
    whole = Span(unit.printed.start, unit.end)
    return Provision(
        number=number, printed=context.words(unit.printed), heading=heading, kind=kind, span=whole,
        text=text[whole.start : whole.end], sentences=tuple(own.sentences), responsibility=tuple(own.responsibility),
        assignments=tuple(own.assignments), targets=tuple(own.targets), goals=tuple(own.goals),
        citations=tuple(own.citations), mentions=() if says else _mentions(context, unit.heading), provisions=below,
    )  # fmt: skip


def _is_sentence(unit: Unit, heading: str) -> bool:
    """An item without a heading of its own: its first sentence gives the heading, and is a sentence all the same."""
    if unit.kind != "Provision" or not heading:
        return False
    sentence = unit.stop > unit.heading.end or "，" in heading
    return sentence and (
        len(heading) > 30 or (not unit.paragraphs and not unit.units) or tx.NUMERIC.search(heading) is not None
    )


def _number_leaves(context: Context, unit: Unit, heading: str, says: bool) -> None:
    name = {"Part": "Part", "Annex": "Part"}.get(unit.kind, "Provision")
    context.leaves.append(Leaf(f"{name}Number", unit.printed, unit.number))
    if heading and not says:
        span = trim(context.text, Span(unit.heading.start, unit.stop))
        context.leaves.append(Leaf(f"{name}Heading", span, unit.number))


def read_lines(context: Context, lines: list[Span], owner: str, setting: Setting, objective: bool) -> Content:
    """The paragraphs of a unit, or of the document before its first unit (owner "")."""
    own = Content()
    aims: Horizon | None = None
    for line in lines:
        item = tx.DASHED.match(context.text, line.start, line.end) is not None
        above = aims if item and "目标" in setting.heading else None
        last = _paragraph(context, line, owner, replace(setting, before=above), objective, own, above)
        aims = aims if item else last
    return own


def _paragraph(context: Context, line: Span, owner: str, setting: Setting, objective: bool, own: Content,
               above: Horizon | None = None) -> Horizon | None:  # fmt: skip
    """Reads a paragraph; returns the horizon that its last sentence stands under. above: that of the paragraph
    which a dashed item belongs to (到2025年，……：——基础设施……)."""
    text = context.text
    if SEPARATED.search(text, line.start, line.end) and _table(context, line, owner, own):
        return None
    context.table = None
    phrases = responsibility.find(text, line, context.readers.knows, context.standing)
    for span in unread.brackets(text, line, phrases):
        told = f"{owner}: a bracket that speaks of duties, and no rule reads it"
        context.findings.append(Finding("responsibility", told, span))
    before = above
    at = line.start
    for phrase in [*phrases, None]:
        stop = phrase.span.start if phrase else line.end
        for span in sentences(text, trim(text, Span(at, stop))) if at < stop else []:
            if not text[span.start : span.end].strip("。；;，, "):
                context.leaves.append(
                    Leaf("SentenceLeaf", span, f"{owner}/s{len(own.sentences)}" if own.sentences and owner else owner)
                )
                continue
            if now := context.readers.targets.horizon(text, span):
                before = now if len(context.readers.targets.horizons(text, span)) < 2 else None
            if before is not setting.before:
                setting = replace(setting, before=before)
            _sentence(context, span, owner, setting, objective, own)
        if phrase:
            at = phrase.span.end
            context.leaves.append(Leaf("ResponsibilityLeaf", phrase.span, owner))
            own.responsibility.append(Quote(context.words(phrase.span), phrase.span))
            count = len(own.assignments)
            own.assignments += [_placed(a, count) for a in phrase.assignments] if count else phrase.assignments
            if phrase.standing:
                told = f"{owner}: a standing duty for all that follows is not spread over it"
                context.findings.append(Finding("standing-duty", told, phrase.standing))
    return before


def _table(context: Context, line: Span, owner: str, own: Content) -> bool:
    """Whether a line is the head of a table, or a row of the one that is open; a row is read."""
    text = context.text
    if head := tables.columns(text, line):
        context.table = head
        _plain(context, line, owner, own)
        return True
    if not (head := context.table):
        return False
    found = tables.row(text, line, head)
    phrase = tables.duties(text, found, head, context.readers.knows) if found else None
    rest = Span(line.start, max(line.start, phrase.span.start)) if phrase else line
    index = len(own.sentences) + 1
    numbers = tables.targets(text, found, head, context.written, index if owner else 0) if found else []
    own.targets += numbers
    missed = head.roles and any(found[i].start < found[i].end for i in head.roles) if found else True
    if (missed and not phrase) or (head.years and not numbers):
        told = f"{owner}: a row of a table that the rules do not read by its head"
        context.findings.append(Finding("table", told, line))
    for part in (trim(text, rest), phrase, trim(text, Span(phrase.span.end, line.end)) if phrase else None):
        if isinstance(part, responsibility.Phrase):
            context.leaves.append(Leaf("ResponsibilityLeaf", part.span, owner))
            own.responsibility.append(Quote(context.words(part.span), part.span))
            own.assignments += [_placed(a, len(own.assignments)) for a in part.assignments]
        elif part and part.start < part.end:
            _plain(context, part, owner, own)
    return True


def _plain(context: Context, span: Span, owner: str, own: Content) -> None:
    """Words that are kept as a sentence of the unit and read no further: the cells of a table."""
    index = len(own.sentences) + 1
    context.leaves.append(Leaf("SentenceLeaf" if owner else "PreambleLeaf", span, f"{owner}/s{index}" if owner else ""))
    if owner:
        own.sentences.append(Sentence(span, context.words(span), False, _mentions(context, span)))


def _placed(one: Assignment, count: int) -> Assignment:
    return replace(one, position=one.position + count)


def _sentence(context: Context, span: Span, owner: str, setting: Setting, objective: bool, own: Content) -> None:
    text = context.text
    index = len(own.sentences) + 1
    context.leaves.append(Leaf("SentenceLeaf" if owner else "PreambleLeaf", span, f"{owner}/s{index}" if owner else ""))
    numbers = context.readers.targets.read(text, span, index if owner else 0, setting)
    own.targets += numbers
    own.citations += citations.read(text, span, context.readers.bodies)
    if not owner:
        return
    wishes = goals.read(text, span, index, objective, numbers)
    own.goals += wishes
    told_of_aims = not (setting.state or setting.strict)
    context.findings += unread.numbers(text, span, owner, objective, numbers, told_of_aims, setting.written)
    charged = duties.read(text, span, context.readers.names_body)
    own.assignments += [_placed(a, len(own.assignments)) for a in charged]
    if (duty := unread.duty(text, span)) and not any(duty.start <= a.span.start < duty.end for a in charged):
        told = f"{owner}: a sentence tells who leads, works with whom or is in charge, and no rule reads it"
        context.findings.append(Finding("responsibility", told, duty))
    measure = is_measure(text, span, objective)
    if not (measure or numbers or wishes):
        context.findings.append(Finding("sentence", f"{owner}: neither measure nor goal nor target was read", span))
    own.sentences.append(Sentence(span, text[span.start : span.end], measure, _mentions(context, span)))


def is_measure(text: str, span: Span, objective: bool) -> bool:
    """A sentence that orders or encourages an action; one that only sets goals or targets is none.

    Objectives and sentences that open with a horizon set goals (vocabulary contract, pg:Measure).
    """
    pieces = clauses(text, span)
    if objective or not pieces or horizon(text, pieces[0]):
        return False
    return any(sx.ACTION_CLAUSE.match(text, piece.start, piece.end) for piece in pieces)


def _mentions(context: Context, span: Span) -> tuple[Mention, ...]:
    made = context.readers.finder.find(context.text, span, context.readers.jurisdiction)
    for mention in made:
        if not mention.known:
            context.findings.append(Finding("term", f"“{mention.name}” is not in the registry", mention.span))
    return tuple(made)
