"""Reads one provision: number, heading, sentences, responsibility phrase, and what the sentences state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import citations, goals, responsibility
from . import lexicon as lx
from .clauses import clauses, sentences, trim
from .mentions import Finder
from .model import Citation, Finding, Goal, Leaf, Mention, Provision, Quote, Sentence, Span, Target
from .registry import Registry
from .targets import Reader, horizon


@dataclass(frozen=True)
class Readers:
    """What the rules need to know of names; jurisdiction: the place that the document governs, or ""."""

    registry: Registry
    finder: Finder
    targets: Reader
    bodies: tuple[str, ...]
    jurisdiction: str = ""

    def knows(self, name: str) -> bool:
        return self.registry.official("actors", name) is not None


def kind_of(part: str, heading: str) -> str | None:
    """One of the five classes by the headings of part and provision; None where the table has no row."""
    for in_part, in_heading, kind in lx.PROVISION_KINDS:
        if re.search(in_part, part) and re.search(in_heading, heading):
            return kind
    return None


def read(text: str, lines: list[Span], number: str, part: str, readers: Readers, leaves: list[Leaf],
         findings: list[Finding]) -> Provision:  # fmt: skip
    """lines: the provision's own lines, the first with its number. Appends leaves and findings."""
    first, whole = lines[0], Span(lines[0].start, lines[-1].end)
    found = lx.PROVISION_NUMBER.match(text, first.start, first.end)
    assert found is not None  # the layout gave this line as a provision
    stop = text.find("。", found.end(), first.end)
    heading = Span(found.end(), stop if stop >= 0 else first.end)
    body = trim(text, Span(stop + 1 if stop >= 0 else first.end, whole.end))
    words = text[heading.start : heading.end]
    kind = kind_of(part, words)
    if kind is None:
        kind = "Task"
        findings.append(Finding("provision-kind", f"{number}: no rule for part {part}; taken for a task", heading))
    leaves.append(Leaf("ProvisionNumber", Span(found.start("printed"), found.end("printed")), number))
    leaves.append(Leaf("ProvisionHeading", Span(heading.start, heading.end + (stop >= 0)), number))
    phrase = responsibility.find(text, body)
    made_sentences: list[Sentence] = []
    targets: list[Target] = []
    aims: list[Goal] = []
    rest = Span(body.start, phrase.start if phrase else body.end)
    for index, span in enumerate(sentences(text, rest), 1):
        leaves.append(Leaf("SentenceLeaf", span, f"{number}/s{index}"))
        numbers = readers.targets.read(text, span, index)
        wishes = goals.read(text, span, index, kind == "Objective", numbers)
        targets += numbers
        aims += wishes
        findings += unread_numbers(text, span, number, kind, numbers)
        measure = is_measure(text, span, kind)
        if not (measure or numbers or wishes):
            findings.append(Finding("sentence", f"{number}: neither measure nor goal nor target was read", span))
        made_sentences.append(
            Sentence(span, text[span.start : span.end], measure, _mentions(text, span, readers, findings))
        )
    assignments = responsibility.read(text, phrase, readers.knows) if phrase else []
    if phrase:
        leaves.append(Leaf("ResponsibilityLeaf", phrase, number))
        if not assignments:
            findings.append(Finding("responsibility", f"{number}: no body was read", phrase))
    return Provision(
        number=number, printed=found["printed"], heading=words, kind=kind, span=whole,
        text=text[whole.start : whole.end], sentences=tuple(made_sentences),
        responsibility=Quote(text[phrase.start : phrase.end], phrase) if phrase else None,
        assignments=tuple(assignments), targets=tuple(targets), goals=tuple(aims),
        citations=tuple(_citations(text, rest, readers)), mentions=_mentions(text, heading, readers, findings),
    )  # fmt: skip


def unread_numbers(text: str, span: Span, number: str, kind: str, read: list[Target]) -> list[Finding]:
    """Numbers where goals are set (an objective, or after a horizon) that no target holds: told, never dropped."""
    made, wanted = [], kind == "Objective"
    for clause in clauses(text, span):
        now = horizon(text, clause)
        wanted = wanted or now is not None
        start = now.span.end if now else clause.start
        held = any(t.span.start < clause.end and clause.start < t.span.end for t in read)
        if wanted and not held and lx.NUMERIC.search(text, start, clause.end):
            made.append(Finding("number", f"{number}: a number that no rule reads as a target", clause))
    return made


def is_measure(text: str, span: Span, kind: str) -> bool:
    """A sentence that orders or encourages an action; one that only sets goals or targets is none.

    Objectives and sentences that open with a horizon set goals (vocabulary contract, pg:Measure).
    """
    pieces = clauses(text, span)
    if kind == "Objective" or not pieces or horizon(text, pieces[0]):
        return False
    return any(lx.ACTION_CLAUSE.match(text, piece.start, piece.end) for piece in pieces)


def _citations(text: str, span: Span, readers: Readers) -> list[Citation]:
    return citations.read(text, span, readers.bodies)


def _mentions(text: str, span: Span, readers: Readers, findings: list[Finding]) -> tuple[Mention, ...]:
    made = readers.finder.find(text, span, readers.jurisdiction)
    for mention in made:
        if not mention.known:
            findings.append(Finding("term", f"“{mention.name}” is not in the registry", mention.span))
    return tuple(made)
