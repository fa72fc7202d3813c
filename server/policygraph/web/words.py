"""/id/doc/…/span/a-b: a permanent address for any words of a text, not only for those that a statement rests on."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from rdflib import Graph, Literal, URIRef

from ..endpoint import negotiate
from ..errors import IriError
from ..graph.iri import EntityIri, parse
from ..graph.namespaces import OA, PG, RDF, XSD
from ..store.base import JSONLD, NTRIPLES, RDFXML, TURTLE
from . import rdf
from .facts import Facts, Span, expand, shorten
from .marks import Mark, segments
from .passages import Reading, reading

_WRITERS = {TURTLE: "turtle", NTRIPLES: "nt", RDFXML: "xml", JSONLD: "json-ld"}


def span_of(facts: Facts, node: str) -> Span | None:
    """The words that such an address names; None for another one, and where the text has no such place."""
    try:
        found = parse(expand(node))
    except IriError:
        return None
    document = shorten(str(EntityIri("document", document=found.document)))
    text = reading(facts, document) if found.kind == "span" else None
    if text is None or not found.start < found.end <= len(text.text) or str(found) != expand(node):
        return None
    return Span(node, document, found.start, found.end, text.text[found.start : found.end])


def page(facts: Facts, span: Span) -> ResponseReturnValue:
    """The words in their paragraph, or as the Web Annotation selectors that the published spans have."""
    media_type = rdf.wanted()
    if media_type == negotiate.HTML:
        return render_template("words.html", node=span.node, span=span, passage=passage(facts, span))
    graph, node = Graph(), URIRef(expand(span.node))
    position, quote = URIRef(f"{node}#position"), URIRef(f"{node}#quote")
    graph.add((node, RDF.type, OA.SpecificResource))
    graph.add((node, OA.hasSource, URIRef(expand(span.document))))
    graph.add((node, PG.sourceDigest, Literal(facts.text(span.document, "pg:sourceDigest"))))
    for selector, kind in ((position, OA.TextPositionSelector), (quote, OA.TextQuoteSelector)):
        graph.add((node, OA.hasSelector, selector))
        graph.add((selector, RDF.type, kind))
    graph.add((position, OA.start, Literal(span.start, datatype=XSD.integer)))
    graph.add((position, OA.end, Literal(span.end, datatype=XSD.integer)))
    graph.add((quote, OA.exact, Literal(span.exact)))
    body = graph.serialize(format=_WRITERS[negotiate.canonical(media_type)], encoding="utf-8")
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = Response(body, content_type=media_type + charset)
    response.vary.add("Accept")
    return response


def passage(facts: Facts, span: Span) -> dict[str, object] | None:
    """The paragraphs around a span, cut into marked segments; the span itself is marked "shown"."""
    found = reading(facts, span.document)
    if found is None:
        return None
    shown = Mark(span.start, span.end, span.node, "shown")
    paragraphs = []
    for block in found.blocks:
        first, last = block.leaves[0], block.leaves[-1]
        if first.start < span.end and last.end > span.start:
            paragraphs.append((block, _cut(found, first.start, last.end, shown)))
    return {"span": span, "text": found.text, "paragraphs": paragraphs}


def _cut(found: Reading, start: int, end: int, shown: Mark) -> list[object]:
    return list(segments(start, end, [shown, *found.marks]))
