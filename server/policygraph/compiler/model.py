"""What `parse` makes of a text: plain values with spans, no RDF.

Spans count code points of the stored text, end exclusive (vocabulary contract).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of the lossless partition. owner: path below the document ("3.11/s2"; "" is the document);
    states: the property whose value these words are, as a local name of the vocabulary or ""."""

    kind: str
    span: Span
    owner: str = ""
    states: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader of the result must know. code: a stable kebab-case name."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A value and the words that state it."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """One responsible body; role is Lead, Support or Responsible; term: the deadline as printed; printed: the name
    as the text has it where the rules read it otherwise (traditional characters)."""

    name: str
    role: str
    position: int
    span: Span
    deadline: date | None = None
    term: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach. value and upper are in `unit` as printed; year and deadline come from the horizon."""

    span: Span
    phrase: str
    indicators: tuple[str, ...]
    comparators: tuple[str, ...]
    value: Decimal
    value_start: int
    printed: str
    unit: str
    upper: Decimal | None = None
    scope: str = ""
    year: int | None = None
    deadline: date | None = None
    baseline_phrase: str = ""
    baseline_year: int | None = None
    baseline: Decimal | None = None
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    """An aim without a number. verb: the governing verb where it stands before a list of aims."""

    span: Span
    text: str
    label: str
    verb: str = ""
    year: int | None = None
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    span: Span
    title: str
    number: str
    issuer: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. kind: term, place or actor; name: the registry's official name, or as printed."""

    kind: str
    name: str
    span: Span
    known: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    span: Span
    text: str
    measure: bool
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of a document: a part (一、, 第一章), a provision at any depth ((一), 1., 第一条), or an annex.

    number: "3.11"; printed: (十一); kind: Part, Annex or one of the five provision classes; span and text: the whole
    unit with all that stands below it; everything else is its own, without that of `provisions`.
    """

    number: str
    printed: str
    heading: str
    kind: str
    span: Span
    text: str
    sentences: tuple[Sentence, ...] = ()
    responsibility: tuple[Quote, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    targets: tuple[Target, ...] = ()
    goals: tuple[Goal, ...] = ()
    citations: tuple[Citation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    provisions: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """The unit and all below it, in reading order."""
        yield self
        for below in self.provisions:
            yield from below.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. facts: property's local name → values with their words, in order of appearance;
    citations, targets: of the text before the first unit."""

    text: str
    digest: str
    facts: dict[str, list[Quote]]
    parts: tuple[Provision, ...]
    citations: tuple[Citation, ...]
    leaves: tuple[Leaf, ...]
    findings: tuple[Finding, ...] = field(default=())
    targets: tuple[Target, ...] = ()

    def fact(self, name: str) -> str:
        """The first value of a fact, "" where the text has none."""
        found = self.facts.get(name)
        return found[0].value if found else ""

    @property
    def units(self) -> tuple[Provision, ...]:
        """Every unit in reading order, parts and annexes included."""
        return tuple(unit for part in self.parts for unit in part.walk())

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Units that are neither part nor annex."""
        return tuple(u for u in self.units if u.kind not in ("Part", "Annex"))
