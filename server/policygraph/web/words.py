"""/id/doc/…/span/a-b: a permanent address for any words of a text, not only for those that a statement rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from .marks import Mark, Segment, segments
from .passages import Block, reading

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
        return render_template("words.html", node=span.node, span=span, passage=passages(facts, [span])[0])
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


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs around spans, cut into marked segments; the spans themselves are marked "shown"."""

    spans: list[Span]
    text: str
    paragraphs: list[tuple[Block, list[Segment]]]


def passages(facts: Facts, spans: Sequence[Span]) -> list[Passage]:
    """Of each span whose document has its text here, in the order given; spans in the same paragraphs are one."""
    gathered: dict[tuple[str, tuple[Block, ...]], list[Span]] = {}
    for span in spans:
        found = reading(facts, span.document)
        around = (
            [b for b in found.blocks if b.leaves[0].start < span.end and b.leaves[-1].end > span.start] if found else []
        )
        if around:
            gathered.setdefault((span.document, tuple(around)), []).append(span)
    made = []
    for (document, blocks), held in gathered.items():
        found = reading(facts, document)
        assert found is not None
        shown = [Mark(span.start, span.end, span.node, "shown") for span in held]
        cut = [(b, segments(b.leaves[0].start, b.leaves[-1].end, [*shown, *found.marks])) for b in blocks]
        made.append(Passage(held, found.text, cut))
    return made
