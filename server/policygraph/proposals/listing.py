"""What a store holds of a document's provisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError, IriError
from ..graph.iri import EntityIri, parse
from ..graph.prefixes import ID_BASE
from .shared import Clause, natural

if TYPE_CHECKING:
    from ..store import Store

BACKGROUND = 20
"""Other documents whose clauses tell what is common."""
_PREFIXES = """PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """A document's provisions in order. id: below doc/; digest: of its stored text, "" for an outline."""

    id: str
    title: str
    clauses: tuple[Clause, ...]
    digest: str = ""

    def clause(self, number: str) -> Clause:
        """Raises InputError for a number that it does not have."""
        for clause in self.clauses:
            if clause.number == number:
                return clause
        raise InputError(
            f"there is no provision {number}; there are {', '.join(c.number for c in self.clauses)}", self.id
        )

    @property
    def has_text(self) -> bool:
        return any(clause.text for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Known:
    """A document that has provisions. has_text: whether its text is in the store, or only an outline."""

    title: str
    has_text: bool


def documents(store: Store) -> dict[str, Known]:
    """Id → every document of the store that has provisions, sorted by id."""
    query = (
        _PREFIXES
        + """SELECT DISTINCT ?d ?title ?digest WHERE {
      ?d a pg:PolicyDocument . ?part eli:is_part_of ?d . OPTIONAL { ?d dcterms:title ?title }
      OPTIONAL { ?d pg:sourceDigest ?digest } }"""
    )
    found = {}
    for row in store.select(query):
        entity = _entity(row["d"].value)
        if entity and entity.kind == "document":
            title = row["title"].value if "title" in row else entity.document
            found[entity.document] = Known(title, "digest" in row)
    return dict(sorted(found.items()))


def listing(store: Store, document: str) -> Listing:
    """Raises InputError where the store has no such document with provisions."""
    known = documents(store)
    if document not in known:
        raise InputError(f"the store has no provisions of such a document; it has {_some(known)}", document)
    root = f"{ID_BASE}{EntityIri('document', document=document).path}"
    # A SELECT of its own: beside the last OPTIONAL, Virtuoso 7 lets the filters pass everything.
    query = (
        _PREFIXES
        + f"""SELECT ?p ?heading ?text ?level ?span ?digest WHERE {{
      {{ SELECT DISTINCT ?p WHERE {{ ?p eli:is_part_of+ <{root}> .
        FILTER NOT EXISTS {{ ?p a pg:Part }} FILTER NOT EXISTS {{ ?p a pg:Annex }} }} }}
      OPTIONAL {{ ?p rdfs:label ?heading }} OPTIONAL {{ ?p pg:text ?text }} OPTIONAL {{ ?p pg:verification ?level }}
      OPTIONAL {{ ?p prov:wasQuotedFrom ?span . ?span pg:sourceDigest ?digest }} }}"""
    )
    clauses: dict[str, Clause] = {}
    digest = ""
    for row in store.select(query):
        entity = _entity(row["p"].value)
        if entity is None or entity.kind not in ("part", "provision", "annex"):
            continue
        span = _entity(row["span"].value) if "span" in row else None
        digest = row["digest"].value if "digest" in row else digest
        clauses[entity.number] = Clause(
            entity.number,
            row["heading"].value if "heading" in row else "",
            row["text"].value if "text" in row else "",
            span.start if span else 0,
            row["level"].value.rpartition("#")[2] if "level" in row else "",
        )
    ordered = sorted(clauses.values(), key=lambda c: natural(c.number))
    return Listing(document, known[document].title, tuple(ordered), digest)


def _some(known: dict[str, Known]) -> str:
    shown = ", ".join(list(known)[:20])
    return f"{shown} and {len(known) - 20} more" if len(known) > 20 else shown or "none"


def _entity(iri: str) -> EntityIri | None:
    try:
        return parse(iri)
    except IriError:
        return None
