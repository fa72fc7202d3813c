"""What `parse` makes of a text: plain values with spans, no RDF.

Spans count code points of the stored text, end exclusive (vocabulary contract).
"""

from __future__ import annotations

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
    """One responsible body as printed; role is Lead, Support or Responsible."""

    name: str
    role: str
    position: int
    span: Span


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
    """number: "3.11"; printed: (十一); kind: one of the five provision classes; provisions: those within it."""

    number: str
    printed: str
    heading: str
    kind: str
    span: Span
    text: str
    sentences: tuple[Sentence, ...] = ()
    responsibility: Quote | None = None
    assignments: tuple[Assignment, ...] = ()
    targets: tuple[Target, ...] = ()
    goals: tuple[Goal, ...] = ()
    citations: tuple[Citation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    number: str
    printed: str
    heading: str
    span: Span
    text: str
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. facts: property's local name → values with their words, in order of appearance."""

    text: str
    digest: str
    facts: dict[str, list[Quote]]
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    leaves: tuple[Leaf, ...]
    findings: tuple[Finding, ...] = field(default=())

    def fact(self, name: str) -> str:
        """The first value of a fact, "" where the text has none."""
        found = self.facts.get(name)
        return found[0].value if found else ""

    @property
    def provisions(self) -> tuple[Provision, ...]:
        return tuple(p for part in self.parts for p in part.provisions)
