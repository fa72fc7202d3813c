"""Which rule read a place of a text: for a reader who doubts, and for whoever mends a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Document, Finding, Provision, Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """what: the thing read, with its place below the document; rule: what in words/ or the registry read it so."""

    what: str
    rule: str
    span: Span


def explain(document: Document, findings: tuple[Finding, ...], at: Span) -> list[Explanation]:
    """Everything that was read from words that overlap `at`, widest first."""
    found = [*_leaves(document), *_facts(document), *_own(document, "")]
    for unit in document.units:
        found += _unit(unit)
    found += [Explanation(f"finding {f.code}", f.message, f.span) for f in findings]
    here = [e for e in found if e.span.start < at.end and at.start < e.span.end]
    return sorted(here, key=lambda e: (e.span.start - e.span.end, e.span.start, e.what))


def _leaves(document: Document) -> Iterator[Explanation]:
    for leaf in document.leaves:
        owner = f" of {leaf.owner}" if leaf.owner else ""
        yield Explanation(f"{leaf.kind}{owner}", "layout, words/layout.py and words/numbering.py", leaf.span)


def _facts(document: Document) -> Iterator[Explanation]:
    for name, quotes in document.facts.items():
        for quote in quotes:
            yield Explanation(f"{name}: {quote.value}", "header and signature, words/layout.py", quote.span)


def _unit(unit: Provision) -> Iterator[Explanation]:
    what = f"{unit.kind} {unit.number} {unit.heading}"
    rule = f"number {unit.printed}, words/numbering.py; class by the headings above, words/sentences.py PROVISION_KINDS"
    yield Explanation(what, rule, unit.span)
    for one in unit.assignments:
        rule = f"{one.rule}, words/responsibility.py"
        yield Explanation(f"assignment {unit.number}/a{one.position} {one.name}: {one.role}", rule, one.span)
    for index, sentence in enumerate(unit.sentences, 1):
        kind = "measure" if sentence.measure else "sentence"
        rule = "a clause opens with a word of ACTIONS" if sentence.measure else "no clause opens with a word of ACTIONS"
        yield Explanation(f"{kind} {unit.number}/s{index}", f"{rule}, words/sentences.py", sentence.span)
        for mention in sentence.mentions:
            yield Explanation(f"{mention.kind} {mention.name}", "quotation marks or data/registry", mention.span)
    for index, goal in enumerate(unit.goals, 1):
        yield Explanation(
            f"goal {unit.number}/g{index} {goal.label}", "a clause of an objective without a number", goal.span
        )
    yield from _own(unit, unit.number)


def _own(of: Document | Provision, number: str) -> Iterator[Explanation]:
    below = f"{number}/" if number else ""
    for index, target in enumerate(of.targets, 1):
        what = f"target {below}t{index} {'、'.join(target.indicators)} {'+'.join(target.comparators)} {target.printed}"
        yield Explanation(what, f"form “{target.rule}”, targets.py and words/targets.py", target.span)
    for index, citation in enumerate(of.citations, 1):
        yield Explanation(
            f"citation {below}c{index} {citation.title}", "《》, words/sentences.py CITED_TITLE", citation.span
        )
