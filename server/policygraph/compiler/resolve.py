"""Third stage: names become IRIs. What the registry lacks becomes a new thing with a finding, never a guess."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from ..errors import IriError
from ..graph.iri import EntityIri, Minter, document_slug, pinyin, slug
from .model import Document, Finding, Span
from .numerals import to_date
from .registry import Registry


def document_id(document: Document, given: str = "") -> str:
    """`given` if there is one, else of the document number, else of issuer, date and a digest of the title."""
    if given:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", given):
            raise IriError(f"not a document id: {given!r}; expected ASCII words with hyphens: qingzhengban-2020-62")
        return given
    if number := document.fact("documentNumber"):
        return document_slug(number)
    issuer = pinyin(document.fact("passed_by")) or "unknown-issuer"
    dated = document.fact("issued") or document.fact("date_document")
    day = to_date(dated).isoformat() if dated else "undated"
    title = hashlib.sha256(document.fact("title").encode()).hexdigest()[:8]
    return f"{issuer}-{day}-{title}"


@dataclass
class Names:
    """IRIs of names for one document. new: things that the registry lacks, kind and name → IRI."""

    registry: Registry
    jurisdiction: str = ""
    minter: Minter = field(default_factory=Minter)
    findings: list[Finding] = field(default_factory=list)
    new: dict[tuple[str, str], str] = field(default_factory=dict)
    _made: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def iri(self, kind: str, name: str) -> str:
        """IRI of an official name. kind: actor, place, term, indicator, unit."""
        if (made := self._made.get((kind, name))) is None:
            places = self.registry.place_names if kind == "actor" else ()
            made = self.minter.mint(EntityIri(kind, name=slug(name, places)), f"{kind} {name}")
            self._made[kind, name] = made
        return made

    def actor(self, printed: str, span: Span | None = None) -> str:
        name = self.registry.actor(printed, self.jurisdiction)
        if name is None:
            home = self.jurisdiction
            local = printed[:1] in "省市县区" and home.endswith(printed[:1])
            name = home + printed[1:] if local else printed
            if self.registry.official("actors", name) is None:
                self._missing("actor", name, f"the body {printed} is not in the registry", span)
        return self.iri("actor", name)

    def indicator(self, printed: str, span: Span) -> str:
        name = self.registry.official("indicators", printed)
        if name is None:
            self._missing("indicator", printed, f"the indicator {printed} is not in the registry", span)
        return self.iri("indicator", name or printed)

    def unit(self, printed: str) -> str | None:
        name = self.registry.official("units", printed)
        return self.iri("unit", name) if name else None

    def cited(self, number: str) -> str | None:
        """IRI of a document by its number, None where the number has no known form."""
        try:
            return str(EntityIri("document", document=document_slug(number)))
        except IriError:
            return None

    def mention(self, kind: str, name: str) -> str:
        table = {"actor": "actors", "place": "places", "term": "terms"}[kind]
        if self.registry.official(table, name) is None:
            self._missing(kind, name, "", None)
        return self.iri(kind, name)

    def _missing(self, kind: str, name: str, message: str, span: Span | None) -> None:
        key = (kind, name)
        if key not in self.new:
            self.new[key] = self.iri(kind, name)
            if span is not None:
                self.findings.append(Finding(kind, message, span))
