"""Which cells of an answer are proved by the thing of their row."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app
from policygraph.web.claims import owners

P = "PREFIX pg: <https://w3id.org/policygraph/ontology#> "


@pytest.mark.parametrize(
    ("query", "columns", "expected"),
    [
        ("SELECT ?t ?v { ?t a pg:Target ; pg:value ?v }", "t v", {"v": "t"}),
        ("SELECT ?v ?t ?y { ?t pg:value ?v ; pg:targetYear ?y }", "v t y", {"v": "t", "y": "t"}),
        ("SELECT ?t ?v { ?t <urn:p> ?v FILTER(?v > 5) }", "t v", {"v": "t"}),
        ("SELECT ?t ?v { ?t a pg:Target OPTIONAL { ?t pg:value ?v } }", "t v", {"v": "t"}),
        ("SELECT * { ?d pg:a ?t . ?t pg:value ?v }", "d t v", {"t": "d", "v": "t"}),
        # the thing is not in the row
        ("SELECT ?v { ?t pg:value ?v }", "v", {}),
        # a path says something of another node
        ("SELECT ?t ?v { ?t pg:a/pg:b ?v }", "t v", {}),
        ("SELECT ?t ?v { ?t ^pg:a ?v }", "t v", {}),
        # the same variable in two places: which of them was it?
        ("SELECT ?t ?u ?v { ?t pg:value ?v . ?u pg:value ?v }", "t u v", {}),
        ("SELECT ?t ?u ?v { { ?t pg:value ?v } UNION { ?u pg:value ?v } }", "t u v", {}),
        ("SELECT ?t ?v { ?t pg:a 1 BIND(5 AS ?v) }", "t v", {}),
        ("SELECT ?t (SUM(?x) AS ?v) { ?t pg:value ?x } GROUP BY ?t", "t v", {}),
        ("SELECT (SAMPLE(?s) AS ?t) ?v { ?s pg:value ?v } GROUP BY ?v", "t v", {}),
        ("SELECT ?t ?v { ?t a pg:X { SELECT ?v { ?t pg:value ?v } } }", "t v", {}),
        ("SELECT ?t ?v { ?t a pg:X . GRAPH ?g { ?t pg:value ?v } }", "t v", {}),
        ("SELECT ?t ?p ?v { ?t ?p ?v }", "t p v", {}),
        ("ASK { ?t pg:value ?v }", "", {}),
        ("SELECT", "", {}),
    ],
)
def test_owners(query: str, columns: str, expected: dict[str, str]) -> None:
    names = columns.split()
    found = {names[value]: names[thing] for value, thing in owners(P + query, names).items()}
    assert found == expected


def test_a_number_leads_to_the_words_of_its_target() -> None:
    """第三产业增加值占地区生产总值比重 … : each value and year stands in the words to which its cell leads."""
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    client = create_app(Settings(), EmbeddedStore([resources.dataset()])).test_client()
    query = P + "SELECT ?value ?target { ?target a pg:Target ; pg:printedValue ?value }"
    told = client.get("/workbench/claims", query_string={"query": query}).get_json()
    assert told == {"value": "target"}
    page = client.get(f"/sparql?query={quote(query)}", headers={"Accept": "text/html"}).text
    cells = re.findall(r"<td><span[^>]*>([^<]+)</span>&nbsp;<a class=\"ev\" href=\"([^\"]+)#at-(\d+)\"", page)
    rows = re.findall(r"<tr><td>", page)
    assert len(cells) == len(rows) > 10
    text = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")
    for printed, _, start in cells:
        assert printed in text[int(start) : int(start) + 120]
