"""A number in an answer leads to the rows that were counted."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore, Term
from policygraph.web import create_app
from policygraph.web.counted import counted

P = "PREFIX pg: <https://w3id.org/policygraph/ontology#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
BODIES = "{ ?task a pg:Task ; pg:responsibleActor ?body } GROUP BY ?body"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return EmbeddedStore([resources.dataset()])


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?body (COUNT(DISTINCT ?task) AS ?n) {BODIES}",
        f"SELECT ?body (count(?task) AS ?n) WHERE {BODIES} ORDER BY DESC(?n) LIMIT 3",
        f"SELECT ?body (COUNT(*) AS ?n) {BODIES}",
        f"SELECT (COUNT(DISTINCT *) AS ?n) ?body {BODIES}",
        f"SELECT ?body (COUNT(DISTINCT ?body) AS ?n) {BODIES}",
        "SELECT (COUNT(DISTINCT ?body) AS ?n) { ?task a pg:Task ; pg:responsibleActor ?body # all of them\n}",
        "SELECT ?name ?year (COUNT(?t) AS ?n) { ?t pg:targetYear ?year ; pg:indicator/skos:prefLabel ?name } "
        "GROUP BY ?name ?year",  # literals of a language and a datatype
        "SELECT ?t (COUNT(?v) AS ?n) { ?t a pg:Target OPTIONAL { ?t pg:upperValue ?v } } GROUP BY ?t",
        "SELECT ?b (COUNT(?m) AS ?n) { ?m a pg:Measure OPTIONAL { ?m pg:mentions ?b } } GROUP BY ?b",  # some have none
        "SELECT ?y (SUM(?t) AS ?s) (COUNT(*) AS ?n) { ?t a pg:Target OPTIONAL { ?t pg:targetYear ?y } } GROUP BY ?y",
        "SELECT ?v (COUNT(*) AS ?n) { ?t pg:value ?w BIND(?w AS ?v) } GROUP BY ?v",
        "SELECT ?k (COUNT(*) AS ?n) { OPTIONAL { ?t pg:targetYear ?k } } GROUP BY ?k",
    ],
)
def test_the_rows_are_as_many_as_were_counted(store: EmbeddedStore, query: str) -> None:
    found, told = counted(P + query), list(store.select(P + query))
    assert told
    for row in told[:40]:
        asked = found.query("n", row)
        if not set(found.keys) <= set(row):  # the group of those that have no key
            assert asked == ""
            continue
        assert asked and len(store.select(asked)) == int(row["n"].value), asked


def test_the_numbers_of_a_sum_are_its_rows(store: EmbeddedStore) -> None:
    made = "(SUM(?v) AS ?sum) (MAX(?v) AS ?most)"
    query = f"{P}SELECT ?year {made} {{ ?t pg:targetYear ?year ; pg:value ?v }} GROUP BY ?year"
    for row in store.select(query):
        values = [float(each["v"].value) for each in store.select(counted(query).query("sum", row))]
        assert sum(values) == pytest.approx(float(row["sum"].value)) and max(values) == float(row["most"].value)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?body (COUNT(*) AS ?n) {BODIES} HAVING (COUNT(*) > 2)",
        f"SELECT ?body (COUNT(*) AS ?n) {BODIES} VALUES ?body {{ <urn:a> }}",
        f"SELECT (COUNT(*) AS ?n) {BODIES}",  # of which body is not to be seen
        f"SELECT ?body (COUNT(*) + 1 AS ?n) {BODIES}",
        f"SELECT ?body (COUNT(?task / 2) AS ?n) {BODIES}",
        f"SELECT ?body (SAMPLE(?task) AS ?n) {BODIES}",
        "SELECT ?s (COUNT(*) AS ?n) { { SELECT ?s { ?s a pg:Task } } } GROUP BY ?s",
        "SELECT ?y (COUNT(*) AS ?n) { ?t pg:value ?v } GROUP BY (ABS(?v) AS ?y)",
        "SELECT ?n { ?t pg:value ?n }",
        "ASK { ?s ?p ?o }",
        "SELECT",
    ],
)
def test_what_is_not_plain_leads_nowhere(query: str) -> None:
    assert counted(P + query).query("n", {"n": Term("literal", "1"), "body": Term("iri", "urn:a")}) == ""


def test_a_key_that_cannot_be_asked_for_leads_nowhere() -> None:
    found = counted(f"{P}SELECT ?body (COUNT(*) AS ?n) {BODIES}")
    number = Term("literal", "1")
    assert found.query("n", {"n": number}) == found.query("n", {"n": number, "body": Term("bnode", "b")}) == ""
    quoted = found.query("n", {"n": number, "body": Term("literal", 'a"b\\', lang="zh")})
    assert quoted.endswith('FILTER(sameTerm(?body, "a\\"b\\\\"@zh))\n}')


def test_the_page_leads_there_without_scripts(store: EmbeddedStore) -> None:
    client = create_app(Settings(), store).test_client()
    query = f"{P}SELECT ?body (COUNT(DISTINCT ?task) AS ?n) {BODIES} ORDER BY DESC(?n) ?body LIMIT 1"
    page = client.get("/sparql?" + urlencode({"query": query, "lang": "en"}), headers={"Accept": "text/html"}).text
    link = re.search(r'<a class="counted" href="([^"]*)"[^>]*>(\d+)</a>', page)
    assert link
    asked = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)["query"][0]
    assert len(store.select(asked)) == int(link[2]) > 1
    told = client.get("/workbench/counted?" + urlencode({"query": query})).get_json()
    assert told["keys"] == ["body"] and asked.startswith(told["queries"]["n"][:-1] + "FILTER(sameTerm(?body, <")
    assert client.get("/workbench/counted").status_code == 400
