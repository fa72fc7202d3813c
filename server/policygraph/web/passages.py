"""A document's text out of its leaves, and the marks on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .facts import Facts
from .marks import Mark, Segment, segments

KINDS = ("assignment", "target", "goal", "citation", "term", "place", "actor")
"""What is marked in a text, in the order of the legend."""

_OWNERS = (
    "pg:hasAssignment",
    "pg:hasTarget",
    "pg:hasGoal",
    "pg:hasCitation",
    "pg:hasMention",
    "pg:hasMeasure",
    "pg:hasAction",
    "pg:hasInstrumentUse",
    "pg:hasClassification",
)
_STATED = {"pg:Assignment": "assignment", "pg:Target": "target", "pg:Goal": "goal", "pg:Citation": "citation"}
_PROVISIONS = ("pg:GuidingPrinciple", "pg:Objective", "pg:Path", "pg:Task", "pg:Safeguard", "pg:Provision")
PROVISION_KINDS = _PROVISIONS
"""The classes of provisions, the general one among them."""
_BLOCKS = {
    "HeaderLabel": "header", "HeaderValue": "header", "TitleLeaf": "title", "NumberLeaf": "number",
    "AddresseeLeaf": "addressee", "PreambleLeaf": "preamble", "PartNumber": "part", "PartHeading": "part",
    "ProvisionNumber": "provision", "ProvisionHeading": "provision", "SentenceLeaf": "provision",
    "ResponsibilityLeaf": "provision", "ClosingLeaf": "closing", "SignatureLeaf": "signature",
    "DateLeaf": "date", "DistributionLeaf": "distribution", "NoteLeaf": "note", "UnreadLeaf": "unread",
}  # fmt: skip
_UNITS = ("pg:Part", "pg:Annex", *_PROVISIONS)
_LEVELS = (
    (1, re.compile(r"第?[一二三四五六七八九十百零〇]+[、，章.．]")),
    (2, re.compile(r"[（(][一二三四五六七八九十百零〇]+[)）]|第[一二三四五六七八九十百零〇]+[节条]")),
    (3, re.compile(r"\d+[.．、]")),
    (4, re.compile(r"[（(]\d+[)）]")),
    (5, re.compile(r"[①-⑳]")),
)
"""How 层次序数 are printed (GB/T 9704-2012, 7.3.3: 一、（一） 1. （1）), each in a typeface of its own."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece of the lossless partition, with the white space that follows it."""

    node: str
    owner: str
    kind: str
    start: int
    end: int
    text: str
    space: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: kind, the part or provision it belongs to, whether it opens that unit, its leaves; level: of the
    number that it opens with, 1 for 一、, 0 where it opens with none."""

    kind: str
    owner: str
    opens: bool
    leaves: tuple[Leaf, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it is read: every character in its place."""

    document: str
    lead: str
    blocks: tuple[Block, ...]
    text: str
    marks: tuple[Mark, ...]
    """In the order of their starts."""
    longest: int = 0
    """Code points of the longest mark."""

    def cut(self, leaf: Leaf, extra: Sequence[Mark] = (), kinds: Sequence[str] = KINDS) -> list[Segment]:
        """A leaf as segments under the marks of these kinds."""
        near = self.near(leaf.start, leaf.end)
        return segments(leaf.start, leaf.end, [*extra, *(mark for mark in near if mark.kind in kinds)])

    def near(self, start: int, end: int) -> tuple[Mark, ...]:
        """The marks that may touch these code points: a text of a thousand marks is not searched for each word."""
        first = bisect_left(self.marks, start - self.longest, key=lambda mark: mark.start)
        return self.marks[first : bisect_left(self.marks, end, key=lambda mark: mark.start)]

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks that cover any of these code points."""
        return [mark for mark in self.near(start, end) if mark.end > start]

    def block_of(self, start: int) -> Block | None:
        """The paragraph in which a position lies."""
        for block in self.blocks:
            if block.leaves[0].start <= start < block.leaves[-1].end:
                return block
        return None


def reading(facts: Facts, document: str) -> Reading | None:
    """The text of a document; None where the graph holds only its outline."""
    known = facts.recall(("reading", document))
    if isinstance(known, Reading):
        return known
    if not has_text(facts, document):
        return None
    facts.gather(document)
    leaves = _leaves(facts, document)
    if not leaves:
        return None
    lead = facts.text(leaves[0].node, "pg:spaceBefore")
    text = lead + "".join(leaf.text + leaf.space for leaf in leaves)
    marks = tuple(_marks(facts, document))
    longest = max((mark.end - mark.start for mark in marks), default=0)
    made = Reading(document, lead, tuple(_blocks(facts, leaves)), text, marks, longest)
    return facts.remember(("reading", document), made)


def owner_of(facts: Facts, node: str) -> str | None:
    """The provision (or document) that a stated thing or a sentence belongs to."""
    if facts.is_a(node, *_PROVISIONS, "pg:PolicyDocument"):
        return node
    for predicate in _OWNERS:
        for owner in facts.into(node, predicate):
            return owner_of(facts, owner)
    parent = facts.node(node, "eli:is_part_of") or facts.node(node, "pg:leafOf")
    return owner_of(facts, parent) if parent and facts.is_a(node, "pg:Sentence", "pg:Measure", "pg:Leaf") else parent


def is_provision(facts: Facts, node: str) -> bool:
    return facts.is_a(node, *_PROVISIONS)


def provisions(facts: Facts, document: str) -> list[str]:
    """The provisions of a document in their order."""
    return [node for part in parts(facts, document) for node in _children(facts, part)]


def parts(facts: Facts, document: str) -> list[str]:
    return _children(facts, document)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part, an annex or a provision with what stands below it."""

    node: str
    below: tuple[Unit, ...]


def units(facts: Facts, node: str) -> tuple[Unit, ...]:
    """The numbered units below a document or a unit, to any depth."""
    found = [child for child in _children(facts, node) if facts.is_a(child, *_UNITS)]
    return tuple(Unit(child, units(facts, child)) for child in found)


def every(tree: Iterable[Unit]) -> list[str]:
    """The nodes of a tree in the order of the text."""
    return [node for unit in tree for node in (unit.node, *every(unit.below))]


def _children(facts: Facts, node: str) -> list[str]:
    return sorted(facts.into(node, "eli:is_part_of"), key=lambda child: facts.integer(child, "pg:position"))


def has_text(facts: Facts, document: str) -> bool:
    """Whether the graph holds the whole text of a document."""
    return bool(facts.text(document, "pg:sourceDigest"))


def documents(facts: Facts) -> list[str]:
    """Documents whose text is in the graph come first."""
    known = facts.recall("documents")
    if not isinstance(known, list):
        found = facts.of_type("pg:PolicyDocument")
        known = facts.remember("documents", sorted(found, key=lambda node: (not has_text(facts, node), node)))
    return list(known)


def outlines(facts: Facts) -> list[str]:
    """Documents of which the graph holds a curated outline."""
    known = facts.recall("outlines")
    if not isinstance(known, list):
        bare = [node for node in documents(facts) if not has_text(facts, node)]
        known = facts.remember("outlines", [node for node in bare if facts.into(node, "eli:is_part_of")])
    return list(known)


def _leaves(facts: Facts, document: str) -> list[Leaf]:
    found = []
    for node in facts.into(document, "oa:hasSource"):
        kind = facts.node(node, "pg:leafKind")
        span = facts.span(node)
        if kind and span:
            owner = facts.node(node, "pg:leafOf") or document
            space = facts.text(node, "pg:spaceAfter")
            name = kind.partition(":")[2]
            found.append(Leaf(node, owner, name, span.start, span.end, span.exact, space))
    return sorted(found, key=lambda leaf: leaf.start)


def _blocks(facts: Facts, leaves: Sequence[Leaf]) -> list[Block]:
    blocks: list[Block] = []
    run: list[Leaf] = []
    seen: set[str] = set()
    for index, leaf in enumerate(leaves):
        run.append(leaf)
        key = _block_key(facts, leaf)
        last = index + 1 == len(leaves)
        ends = "\n" in leaf.space and key[0] != "title"  # the lines of a title are one title
        if last or ends or _block_key(facts, leaves[index + 1]) != key:
            blocks.append(Block(*key, key[1] not in seen, tuple(run), _level(run[0])))
            seen.add(key[1])
            run = []
    return blocks


def _level(leaf: Leaf) -> int:
    if leaf.kind not in ("PartNumber", "ProvisionNumber"):
        return 0
    return next((level for level, form in _LEVELS if form.match(leaf.text)), 0)


def _block_key(facts: Facts, leaf: Leaf) -> tuple[str, str]:
    kind = _BLOCKS.get(leaf.kind, "unread")
    owner = leaf.owner
    if kind == "part" and facts.is_a(owner, "pg:Annex"):
        kind = "annex" if leaf.kind == "PartNumber" else "annextitle"
    if facts.is_a(owner, "pg:Sentence", "pg:Measure"):
        owner = facts.node(owner, "eli:is_part_of") or owner
    return kind, owner


def _marks(facts: Facts, document: str) -> list[Mark]:
    found = []
    for span_node in facts.into(document, "oa:hasSource"):
        span = facts.span(span_node)
        for node in facts.into(span_node, "prov:wasQuotedFrom"):
            kind = mark_kind(facts, node)
            if span and kind:
                found.append(Mark(span.start, span.end, node, kind))
    return sorted(found, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def mark_kind(facts: Facts, node: str) -> str:
    """Under which of KINDS a node is marked in the text; "" where it is not."""
    for kind in facts.nodes(node, "rdf:type"):
        if kind in _STATED:
            return _STATED[kind]
        if kind == "pg:Mention":
            named = facts.node(node, "pg:mentioned") or ""
            if facts.is_a(named, "pg:Place"):
                return "place"
            return "actor" if facts.is_a(named, "pg:Actor", "pg:CollectiveActor") else "term"
    return ""
