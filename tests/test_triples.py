"""Triples as text: every engine reads back what was told, whatever characters the words hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from policygraph.compiler.emit import emit
from policygraph.compiler.model import Provision, Span
from policygraph.compiler.registry import Registry
from policygraph.compiler.resolve import Names
from policygraph.graph.build import Compiled
from policygraph.graph.namespaces import ELI, PG, RDF, SKOS, XSD
from policygraph.graph.triples import Triples, day, decimal, integer, iri, text, year, zh
from policygraph.graph.write import nquads

A, P, G = "https://example.org/a", "https://example.org/p", "https://example.org/g"
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)  # line separators, quotation marks, controls among them


@given(words=WORDS)
def test_any_words_come_back_from_every_reader(words: str) -> None:
    triples = Triples()
    triples.add(iri(A), iri(P), text(words))
    triples.add(iri(A), iri(P), zh(words))
    triples.add_span((f"{A}/span/0-1", A, 0, 1, words, "0" * 64))
    data = triples.nquads(G)
    quads = list(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    read = [q.object.value for q in quads if q.predicate.value in (P, "http://www.w3.org/ns/oa#exact")]
    assert read == [words] * 3
    assert {q.graph_name.value for q in quads} == {G}
    assert len(quads) == len(triples) == 12
    plain = Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")
    assert isomorphic(plain, triples.graph())
    assert triples.sorted_nquads(G) == nquads({G: triples.graph()})


@pytest.mark.parametrize(
    ("written", "lexical", "datatype"),
    [
        (integer(0), "0", XSD.integer),
        (decimal(Decimal("53.0")), "53", XSD.decimal),
        (decimal(Decimal("100")), "100", XSD.decimal),
        (decimal(Decimal("6E+10")), "60000000000", XSD.decimal),
        (decimal(Decimal("0.50")), "0.5", XSD.decimal),
        (day(date(2020, 8, 13)), "2020-08-13", XSD.date),
        (year(987), "0987", XSD.gYear),
    ],
)
def test_values_are_written_in_their_canonical_form(written: str, lexical: str, datatype: URIRef) -> None:
    """XML Schema 1.1 part 2: the canonical mappings of integer, decimal, date and gYear."""
    triples = Triples()
    triples.add(iri(A), iri(P), written)
    (value,) = triples.graph().objects()
    assert isinstance(value, Literal)
    assert (str(value), value.datatype) == (lexical, datatype)


def test_a_triple_told_twice_stands_once_and_first() -> None:
    triples = Triples()
    for object_ in ("1", "2", "1"):
        triples.add(iri(A), iri(P), text(object_))
    assert [o for _, _, o in triples] == ['"1"', '"2"']


def test_the_document_read_back_is_the_document(qinghai: Compiled) -> None:
    graph = Graph()
    data = "".join(f"{s} {p} {o} .\n" for s, p, o in qinghai.triples)
    assert isomorphic(graph.parse(data=data, format="nt"), qinghai.graph)
    assert len(graph) == len(qinghai.triples)


def test_provisions_nest_to_any_depth(qinghai: Compiled, registry: Registry) -> None:
    """1, (一) and (1) below 一、: each stands in the one above it, and counts from 1 there."""
    part = qinghai.document.parts[0]
    here = Span(part.span.start, part.span.start + 5)

    def nested(number: str, *below: Provision) -> Provision:
        return Provision(number, "1.", "标题", "Task", here, "文字", provisions=below)

    tree = nested("1.9", nested("1.9.1", nested("1.9.1.1"), nested("1.9.1.2")), nested("1.9.2"))
    document = replace(qinghai.document, parts=(replace(part, provisions=(tree,)),))
    graph = emit(document, "x-2020-1", Names(registry)).graph()
    root = "https://w3id.org/policygraph/id/doc/x-2020-1/"
    above = {str(s).removeprefix(root): str(o).removeprefix(root) for s, o in graph.subject_objects(ELI.is_part_of)}
    assert {n: above[n] for n in above if n.startswith("1.9")} == {
        "1.9": "1", "1.9.1": "1.9", "1.9.1.1": "1.9.1", "1.9.1.2": "1.9.1", "1.9.2": "1.9",
    }  # fmt: skip
    for number, position in (("1.9.1", 1), ("1.9.1.2", 2), ("1.9.2", 2)):
        node = URIRef(root + number)
        assert graph.value(node, SKOS.notation) == Literal(number)
        assert graph.value(node, PG.position) == Literal(position)
        assert (node, RDF.type, PG.Task) in graph
