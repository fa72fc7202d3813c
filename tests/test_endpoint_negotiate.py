"""Accept, Accept-Language, and format names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.endpoint.negotiate import by_name, canonical, choose, language, offers
from policygraph.store.base import CSV, JSON, JSONLD, NTRIPLES, RDFXML, TSV, TURTLE, XML, QueryForm

SELECT = offers(QueryForm.SELECT)
GRAPH = offers(QueryForm.CONSTRUCT)


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        (None, SELECT, JSON),
        ("", SELECT, JSON),
        ("*/*", SELECT, JSON),
        ("*/*", GRAPH, TURTLE),
        ("application/json", SELECT, "application/json"),
        ("application/xml", SELECT, "application/xml"),
        ("text/*", SELECT, CSV),
        ("text/*", GRAPH, TURTLE),
        ("text/csv;q=0.5, text/tab-separated-values", SELECT, TSV),
        ("text/csv;q=0, text/*", SELECT, TSV),
        ("*/*;q=0.1, text/*;q=0.5, text/csv;q=0.2", SELECT, TSV),
        ("application/sparql-results+json;q=0, */*;q=0.1", SELECT, XML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", SELECT, "application/xml"),
        ("APPLICATION/RDF+XML", GRAPH, RDFXML),
        ("text/turtle;charset=UTF-8", GRAPH, TURTLE),
        ('text/turtle;version="1,2", application/n-triples;q=0.1', GRAPH, NTRIPLES),
        ("text/turtle;q=0", GRAPH, None),
        ("image/png", SELECT, None),
        ("text/turtle", SELECT, None),
        ("text/csv", offers(QueryForm.ASK), None),
        ("*/*;q=0", SELECT, None),
        ("text/csv;q=2", SELECT, None),
        (";;;,,", SELECT, None),
    ],
)
def test_choose(accept: str | None, offered: tuple[str, ...], chosen: str | None) -> None:
    assert choose(accept, offered) == chosen


def test_aliases_have_a_store_name() -> None:
    assert canonical("application/json") == JSON
    assert canonical("application/xml") == XML
    assert canonical(TURTLE) == TURTLE


@pytest.mark.parametrize(
    ("names", "form", "chosen"),
    [
        (["json"], QueryForm.SELECT, JSON),
        (["json"], QueryForm.DESCRIBE, JSONLD),
        (["xml"], QueryForm.ASK, XML),
        (["xml"], QueryForm.CONSTRUCT, RDFXML),
        (["tsv", "text/tab-separated-values"], QueryForm.SELECT, TSV),
        (["text/csv"], QueryForm.SELECT, CSV),
        (["ntriples"], QueryForm.CONSTRUCT, NTRIPLES),
        (["jsonld"], QueryForm.CONSTRUCT, JSONLD),
        (["csv"], QueryForm.ASK, None),
        (["nonsense"], QueryForm.SELECT, None),
    ],
)
def test_by_name(names: list[str], form: QueryForm, chosen: str | None) -> None:
    assert by_name(names, form) == chosen


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "zh"),
        ("en", "en"),
        ("zh-Hans-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr, en-GB;q=0.3", "en"),
        ("fr", "zh"),
        ("zh;q=0, en;q=0.1", "en"),
    ],
)
def test_language(header: str | None, expected: str) -> None:
    assert language(header, "zh") == expected


@given(st.text(max_size=80))
def test_no_header_breaks_it(header: str) -> None:
    assert choose(header, SELECT) in (*SELECT, None)
    assert language(header, "zh") in ("zh", "en")
