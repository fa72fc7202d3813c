"""The curated files in RDF: registry, national outlines, alignment. Every fact bears basis, source, verification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from ..compiler.curated import Entry, read_mapping
from ..compiler.model import Document, Span
from ..compiler.registry import Registry
from ..compiler.resolve import Names
from ..compiler.spans import Spans
from ..errors import BuildError
from .bridge import new_graph
from .iri import EntityIri
from .namespaces import DCTERMS, ELI, PG, RDF, RDFS, SKOS, XSD
from .reattach import Fit, fits
from .registered import VERIFICATION, registered
from .triples import Triples, iri

PROVISION_KINDS = {"part": "Part", "guiding-principle": "GuidingPrinciple", "objective": "Objective", "path": "Path",
                   "task": "Task", "safeguard": "Safeguard"}  # fmt: skip
NOT_QUOTED = (
    "the words {!r} do not stand in provision {} of the text; where the text was changed, correct or remove these "
    "quotes (and the entry, if nothing is left of it), then build again"
)
STRENGTHS = {"exact": "Exact", "close": "Close", "related": "Related"}


def zh(text: str) -> Literal:
    return Literal(text, lang="zh")


def curated(graph: Graph, node: URIRef, verification: str, source: str, note: str = "") -> None:
    graph.add((node, PG.basis, PG.Curated))
    if verification:
        graph.add((node, PG.verification, PG[verification]))
    if source:
        graph.add((node, DCTERMS.source, Literal(source)))
    if note:
        graph.add((node, SKOS.note, Literal(note)))


def named(graph: Graph, node: URIRef, entry: Entry) -> None:
    graph.add((node, SKOS.prefLabel, zh(entry.text("name"))))
    if entry.text("en"):
        graph.add((node, SKOS.prefLabel, Literal(entry.text("en"), lang="en")))
    for form in entry.texts("also"):
        graph.add((node, SKOS.altLabel, zh(form)))


def registry_graph(registry: Registry, names: Names) -> Graph:
    """`registered` as an rdflib Graph. Raises RegistryError for an unknown keyword."""
    return registered(registry, names).graph()


def outline_graph(path: Path, names: Names) -> tuple[str, Graph]:
    """A national document of which only number, title, issuers and headings are established.

    Returns its id below doc/ and its graph. Raises RegistryError.
    """
    entry = read_mapping(path, ("id", "title", "documentNumber", "issuers", "outline"))
    graph, name = new_graph(), entry.text("id")
    root = URIRef(names.minter.mint(EntityIri("document", document=name), f"document {name}"))
    graph.add((root, RDF.type, PG.PolicyDocument))
    graph.add((root, DCTERMS.title, zh(entry.text("title"))))
    graph.add((root, PG.documentNumber, Literal(entry.text("documentNumber"))))
    for issuer in entry.texts("issuers"):
        graph.add((root, ELI.passed_by, URIRef(names.actor(issuer))))
    sources = entry.values.get("sources") or {}
    for key, prop, type_ in (("issued", ELI.date_document, XSD.date), ("published", DCTERMS.issued, XSD.date),
                             ("horizon", PG.horizon, XSD.gYear)):  # fmt: skip
        if entry.text(key):
            if not sources.get(key):
                raise entry.error(f"{key}: a fact that the preamble does not print needs its source under sources")
            graph.add((root, prop, Literal(entry.text(key), datatype=type_)))
            graph.add((root, DCTERMS.source, Literal(f"{key}: {sources[key]}")))
    notes = entry.values.get("notes") or {}
    for key, note in notes.items():
        graph.add((root, SKOS.note, Literal(f"{key}: {note}")))
    curated(graph, root, "VerifiedText", "青政办〔2020〕62号 (title, number and issuers as its preamble prints them)",
             entry.text("note"))  # fmt: skip
    order: dict[str, int] = {}
    for item in entry.values["outline"]:
        _clause(graph, root, name, item, names, order)
    names.bears(entry.text("title"), entry.texts("issuers")[0], name)
    _things(graph, names)
    return name, graph


def _things(graph: Graph, names: Names) -> None:
    """What the names needed and no file of the registry has an entry for: issuers, titles."""
    for subject, predicate, form, value in names.statements():
        literal = Literal(value, lang="zh" if form == "zh" else None)
        graph.add((URIRef(subject), URIRef(predicate), URIRef(value) if form == "iri" else literal))


def _clause(graph: Graph, root: URIRef, name: str, item: Entry, names: Names, order: dict[str, int]) -> None:
    number = item.text("number")
    above = number.rpartition(".")[0]
    kind = "provision" if above else "part"
    node = URIRef(names.minter.mint(EntityIri(kind, document=name, number=number), item.text("heading")))
    order[above] = order.get(above, 0) + 1
    graph.add((node, RDF.type, PG[item.one_of("kind", PROVISION_KINDS)]))
    graph.add((node, SKOS.notation, Literal(number)))
    graph.add((node, RDFS.label, zh(item.text("heading"))))
    graph.add((node, PG.position, Literal(order[above])))
    graph.add((node, ELI.is_part_of, URIRef(f"{root}/{above}") if above else root))
    curated(graph, node, item.one_of("verification", VERIFICATION), item.text("source"))


def outline_fits(path: Path, document: Document) -> tuple[dict[str, Fit], list[str]]:
    """The entries of an outline file in the full text that takes its place, and what a curator must know of it, as
    file:line:column: code: message. Raises RegistryError."""
    entry = read_mapping(path, ("id", "outline"))
    rows = {item.text("number"): item for item in entry.values["outline"]}
    found = fits({number: item.text("heading") for number, item in rows.items()}, document)
    told = [(rows[number], fit.told(number, rows[number].text("heading"))) for number, fit in found.items()]
    return found, [item.report("outline", message) for item, message in told if message]


def keep_issuers(path: Path, outline: Graph, full: Graph) -> list[str]:
    """Where a full text names no issuer that the rules can read, those that the outline established stand."""
    if next(full.triples((None, ELI.passed_by, None)), None):
        return []
    for triple in outline.triples((None, ELI.passed_by, None)):
        full.add(triple)
    return [read_mapping(path, ()).report("outline", "the full text names no issuer; the outline's stand")]


def alignment_graph(path: Path, documents: dict[str, Document], known: Iterable[URIRef], names: Names,
                    replaced: Mapping[str, Mapping[str, Fit]] | None = None,
                    reports: list[str] | None = None) -> Graph:  # fmt: skip
    """`id:graph/alignment`: which national clause a provision carries out, with the words that both share.

    documents: id → compiled document; known: every provision there is; replaced: id of an outline whose full text is
    there → its entries in the text, to which the pairs are attached; reports: takes what is left out for that, as
    file:line:column: code: message. Raises RegistryError for a quote that its provision does not hold or a clause
    that does not exist.
    """
    head = read_mapping(path, ("source", "provincial", "alignments"))
    graph, quoted, there = new_graph(), Triples(), set(known)
    all_spans: dict[str, Spans] = {}
    reports = [] if reports is None else reports
    for row in head.values["alignments"]:
        name = row.text("document") or head.text("provincial")
        if name not in documents:
            raise row.error(f"no compiled document is named {name!r}")
        document, root = documents[name], URIRef(str(EntityIri("document", document=name)))
        spans = all_spans.setdefault(name, Spans(quoted, document, name))
        provisions = {p.number: p for p in document.provisions}
        number, other, clause = row.text("provision"), row.text("national"), row.text("number")
        fit = (replaced or {}).get(other, {}).get(clause)
        if row.text("heading") and other in documents:  # the row's own heading tells more than the outline's number
            fit = fits({clause: row.text("heading")}, documents[other])[clause]
            if fit.how == "moved":
                reports.append(row.report("alignment", f"{other}: {fit.told(clause, row.text('heading'))}"))
        if fit:
            if not fit.number:
                reports.append(
                    row.report("alignment", f"left out: {other} {clause} fits no provision of the full text")
                )
                continue
            clause = fit.number
        goal = URIRef(str(EntityIri("provision", document=other, number=clause)))
        if number not in provisions or goal not in there:
            raise row.error(f"no such provision: {number if number not in provisions else f'{other} {clause}'}")
        entity = EntityIri("alignment", document=name, number=number, other=other, name=clause)
        node = URIRef(names.minter.mint(entity, f"alignment at line {row.line}"))
        graph.add((node, RDF.type, PG.Alignment))
        graph.add((node, PG.fromProvision, URIRef(f"{root}/{number}")))
        graph.add((node, PG.toProvision, goal))
        graph.add((node, PG.strength, PG[row.one_of("strength", STRENGTHS)]))
        for quote in row.texts("quotes"):
            at = provisions[number].text.find(quote)
            if at < 0:
                raise row.error(NOT_QUOTED.format(quote, number))
            start = provisions[number].span.start + at
            graph.add((node, PG.evidence, Literal(quote)))
            spans.quote(iri(node), Span(start, start + len(quote)))
        source = row.text("source") or head.text("source")
        curated(graph, node, row.one_of("verification", VERIFICATION), source)
    if not len(graph) and not reports:
        raise BuildError(f"{path}: no alignment was read")
    graph += quoted.graph()
    return graph
