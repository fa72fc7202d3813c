"""Which national clauses a document carries out: the alignments of one implementing document, read once a snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from ..proposals.shared import Weights, shared_phrases
from .facts import Facts, natural
from .marks import Mark, Segment, segments
from .passages import Leaf, Reading, is_provision, parts, reading

STRENGTHS = ("Exact", "Close", "Related")
LEVELS = ("VerifiedText", "VerifiedHeading", "VerifiedTheme", "PartlyVerified", "Unverified", "Unresolved")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """An alignment. national: the document of its clause; strength, level, basis: local names; clause_level: how far
    the clause itself was verified; evidence: the words of the provision that a person named, in the order of the text.
    """

    node: str
    provision: str
    clause: str
    national: str
    strength: str
    level: str
    basis: str
    clause_level: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for; "" for no matter."""

    document: str = ""
    national: str = ""
    strength: str = ""
    verification: str = ""
    clause: str = ""
    basis: str = ""


FILTERS = tuple(each.name for each in fields(Wish))


def document_of(node: str) -> str:
    """id:doc/x of id:doc/x/3.2."""
    return "/".join(node.split("/")[:2])


def _by_document(facts: Facts) -> dict[str, list[str]]:
    """Every alignment, found once a snapshot, by the document that carries out."""
    known = facts.recall("alignments")
    if isinstance(known, dict):
        return known
    found: dict[str, list[str]] = defaultdict(list)
    for item in facts.of_type("pg:Alignment"):
        ends = facts.node(item, "pg:fromProvision") or "", facts.node(item, "pg:toProvision") or ""
        if ends[0] in facts and ends[1] in facts:
            found[document_of(ends[0])].append(item)
    return facts.remember("alignments", {name: found[name] for name in sorted(found)})


def implementing(facts: Facts) -> dict[str, int]:
    """The documents that carry out others, with the number of their alignments."""
    return {name: len(held) for name, held in _by_document(facts).items()}


def pairs(facts: Facts, document: str) -> tuple[Pair, ...]:
    """Of one document, in the order of its provisions, then of the clauses."""
    known = facts.recall(("pairs", document))
    if isinstance(known, tuple):
        return known
    found = [_pair(facts, item) for item in _by_document(facts).get(document, ())]
    found.sort(key=lambda pair: (natural(pair.provision), natural(pair.clause)))
    return facts.remember(("pairs", document), tuple(found))


def chosen(facts: Facts, wish: Wish) -> list[Pair]:
    return [
        pair
        for pair in pairs(facts, f"id:doc/{wish.document}")
        if wish.national in ("", pair.national.removeprefix("id:doc/"))
        and wish.strength in ("", pair.strength)
        and wish.verification in ("", pair.level)
        and wish.clause in ("", pair.clause_level)
        and wish.basis in ("", pair.basis)
    ]


def nationals(facts: Facts, document: str) -> list[str]:
    """The documents that one carries out: those it is aligned with, and those it cites whose clauses are known."""
    named = dict.fromkeys(pair.national for pair in pairs(facts, document))
    for item in facts.nodes(document, "pg:hasCitation"):
        for cited in facts.nodes(item, "pg:citedDocument"):
            if facts.is_a(cited, "pg:PolicyDocument") and parts(facts, cited):
                named.setdefault(cited)
    return sorted(named)


def clauses(facts: Facts, document: str) -> list[tuple[str, list[str]]]:
    """Each part of a document with its provisions, those within provisions after them."""
    known = facts.recall(("clauses", document))
    if isinstance(known, list):
        return known
    return facts.remember(("clauses", document), [(part, _below(facts, part)) for part in parts(facts, document)])


def _below(facts: Facts, node: str) -> list[str]:
    found = []
    for each in sorted(facts.into(node, "eli:is_part_of"), key=lambda child: facts.integer(child, "pg:position")):
        if is_provision(facts, each):
            found += [each, *_below(facts, each)]
        elif facts.is_a(each, "pg:Part"):  # a section of a chapter
            found += _below(facts, each)
    return found


def gaps(facts: Facts, document: str, wanted: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """(by national document the clauses that no provision of the document carries out, the provisions that carry out
    no clause of these national documents), whatever the strength."""
    held = [pair for pair in pairs(facts, document) if pair.national in wanted]
    reached, reaching = {pair.clause for pair in held}, {pair.provision for pair in held}
    alone = {
        national: [node for _, members in clauses(facts, national) for node in members if node not in reached]
        for national in wanted
    }
    rest = [node for _, members in clauses(facts, document) for node in members if node not in reaching]
    return alone, rest


Passage = tuple[str, tuple[Segment, ...]]


def provincial(facts: Facts, pair: Pair) -> list[Passage]:
    """The sentences of the provision that hold the named words, these marked."""
    spans = [span for span in facts.spans(pair.node) if span.document == document_of(pair.provision)]
    found = reading(facts, spans[0].document) if spans else None
    if found is None:
        return []
    marks = [Mark(span.start, span.end, span.node, "shared") for span in spans]
    return _marked(found, [leaf for block in found.blocks for leaf in block.leaves], marks)


def national_words(facts: Facts, clause: str, held: list[Pair]) -> list[Passage] | None:
    """The sentences of a clause that hold words of what carries it out, these marked; None where the graph holds its
    heading only."""
    found = reading(facts, document_of(clause))
    if found is None:
        return None
    words = "\n".join(text for pair in held for text in pair.evidence)
    leaves = _leaves(found, clause)
    marks = [
        Mark(leaf.start + start, leaf.start + end, clause, "shared")
        for leaf in leaves
        for start, end in shared(leaf.text, words)
    ]
    return _marked(found, leaves, marks)


def on_both_sides(facts: Facts, pair: Pair) -> bool:
    """Whether all that a pair quotes from its provision stands in the text of the clause as well; never where the graph
    holds the headings of a national document only."""
    found = reading(facts, pair.national)
    text = "".join(leaf.text for leaf in _leaves(found, pair.clause)) if found else ""
    return bool(pair.evidence) and all(words in text for words in pair.evidence)


def heading_words(facts: Facts, clause: str, held: list[Pair]) -> Passage:
    """The heading of a clause, marked where the same words stand in what the pairs quote."""
    heading = facts.text(clause, "rdfs:label")
    words = "\n".join(text for pair in held for text in pair.evidence)
    marks = [Mark(start, end, clause, "shared") for start, end in shared(heading, words)]
    return heading, tuple(segments(0, len(heading), marks))


def shared(text: str, words: str) -> list[tuple[int, int]]:
    """Where in a text stands what also stands in other words, three characters or more: two prove little (服务)."""
    found = []
    for phrase in shared_phrases(text, words, Weights(())):
        at = text.find(phrase.text) if len(phrase.text) >= _LEAST else -1
        while at >= 0:
            found.append((at, at + len(phrase.text)))
            at = text.find(phrase.text, at + 1)
    return sorted(found)


def _pair(facts: Facts, item: str) -> Pair:
    def local(predicate: str) -> str:
        return (facts.node(item, predicate) or "").partition(":")[2]

    clause, provision = facts.node(item, "pg:toProvision") or "", facts.node(item, "pg:fromProvision") or ""
    quoted = [span.exact for span in facts.spans(item) if span.document == document_of(provision)]
    evidence = tuple(dict.fromkeys(quoted + facts.texts(item, "pg:evidence")))
    levels = (
        local("pg:verification"),
        local("pg:basis"),
        (facts.node(clause, "pg:verification") or "").partition(":")[2],
    )
    return Pair(item, provision, clause, document_of(clause), local("pg:strength"), *levels, evidence)


def _leaves(found: Reading, owner: str) -> list[Leaf]:
    return [leaf for block in found.blocks if block.owner == owner for leaf in block.leaves]


def _marked(found: Reading, leaves: Iterable[Leaf], marks: list[Mark]) -> list[Passage]:
    """Those of the leaves that hold marks, cut at them."""
    return [
        (found.text, tuple(segments(leaf.start, leaf.end, marks)))
        for leaf in leaves
        if any(mark.start < leaf.end and mark.end > leaf.start for mark in marks)
    ]
