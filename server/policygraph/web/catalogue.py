"""What there is: every document with its number, date, issuers and place, and how much each states.

Made once a snapshot: the lists, the start page and the choice of a scope stand on it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .facts import Facts
from .issuers import issuers
from .passages import PROVISION_KINDS, documents, has_text

TEXT, OUTLINE, CITED = KINDS = ("text", "outline", "cited")
"""The full text, a curated list of headings, or nothing but that another document names it."""
_YEAR = re.compile(r"[〔\[（(【](\d{4})[〕\]）)】]")


@dataclass(frozen=True, slots=True)
class Entry:
    """day: ISO 8601, "" where none is known; year: of the day, else of the document number, as it was given there.

    provisions: of an outline its headings; more: 等15部门 where a citation says so, and that citation.
    """

    node: str
    kind: str
    title: str
    number: str
    day: str
    year: str
    issuers: tuple[str, ...]
    places: tuple[str, ...]
    provisions: int
    assignments: int
    targets: int
    more: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of all documents; bodies: that at least one document makes responsible; provisions: of full texts."""

    texts: int
    provisions: int
    bodies: int
    assignments: int
    targets: int
    alignments: int
    busiest: str


def catalogue(facts: Facts) -> tuple[Entry, ...]:
    """The newest first, those without a date last."""
    known = facts.recall("catalogue")
    if not isinstance(known, tuple):
        known = facts.remember("catalogue", _made(facts))
    return known


def sums(facts: Facts) -> Sums:
    known = facts.recall("sums")
    if isinstance(known, Sums):
        return known
    entries = catalogue(facts)
    texts = [entry for entry in entries if entry.kind == TEXT]
    bodies = facts.weights("pg:actor")
    return facts.remember(
        "sums",
        Sums(
            len(texts),
            sum(entry.provisions for entry in texts),
            len(bodies),
            sum(entry.assignments for entry in entries),
            sum(entry.targets for entry in entries),
            len(facts.of_type("pg:Alignment")),
            min(bodies, key=lambda body: (-bodies[body], body), default=""),
        ),
    )


def _made(facts: Facts) -> tuple[Entry, ...]:
    counted = (PROVISION_KINDS, ("pg:Assignment",), ("pg:Target",))
    counts = [facts.tally(*kinds) for kinds in counted]
    held = documents(facts)
    named = dict.fromkeys(held)
    cited = [node for node in facts.of_type("pg:CitedDocument") if node not in named and not _is_held(facts, node)]
    entries = [_entry(facts, node, counts) for node in (*held, *cited)]
    entries.sort(key=lambda entry: entry.node)
    return tuple(sorted(entries, key=lambda entry: entry.day or entry.year, reverse=True))


def _is_held(facts: Facts, cited: str) -> bool:
    """Whether this is but the title under which a document cites one that is here."""
    return bool(facts.nodes(cited, "pg:fullText"))


def _entry(facts: Facts, node: str, counts: list[Counter[str]]) -> Entry:
    provisions, assignments, targets = (count[node] for count in counts)
    kind = TEXT if has_text(facts, node) else OUTLINE if provisions else CITED
    number = facts.text(node, "pg:documentNumber") or facts.text(node, "pg:citedNumber")
    day = facts.text(node, "eli:date_document") or facts.text(node, "dcterms:issued")
    named = issuers(facts, node)
    printed = _YEAR.search(number)
    return Entry(
        node,
        kind,
        facts.text(node, "dcterms:title") or facts.text(node, "pg:citedTitle"),
        number,
        day,
        day[:4] or (printed[1] if printed else ""),
        named.nodes,
        tuple(facts.nodes(node, "eli:jurisdiction")),
        provisions,
        assignments,
        targets,
        named.more,
        named.citation,
    )
