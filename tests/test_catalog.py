"""VoID and DCAT: every count of the description is recounted by queries over the published file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from policygraph import resources
from policygraph.graph.namespaces import ID_BASE
from policygraph.store import EmbeddedStore

PREFIX = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
DATASET = f"<{ID_BASE}dataset>"
ALL = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{ID_BASE}graph/catalog>)"
Pairs = dict[str, int]


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore([resources.dataset()])
    yield opened
    opened.close()


def pairs(store: EmbeddedStore, query: str) -> Pairs:
    rows = store.select(PREFIX + query).rows
    return {key.value: int(number.value) for key, number in rows if key and number}


def one(store: EmbeddedStore, query: str) -> int:
    ((number,),) = store.select(PREFIX + query).rows
    return int(number.value) if number else -1


def test_the_whole(store: EmbeddedStore) -> None:
    distinct = f"SELECT DISTINCT ?s ?p ?o WHERE {{ {ALL} }}"
    for told, counted in {
        "triples": "COUNT(*)", "distinctSubjects": "COUNT(DISTINCT ?s)", "distinctObjects": "COUNT(DISTINCT ?o)",
        "properties": "COUNT(DISTINCT ?p)",
    }.items():  # fmt: skip
        number = one(store, f"SELECT ?n WHERE {{ {DATASET} void:{told} ?n }}")
        assert number == one(store, f"SELECT ({counted} AS ?n) WHERE {{ {{ {distinct} }} }}") > 0, told


def test_the_partitions(store: EmbeddedStore) -> None:
    classes = pairs(
        store, f"SELECT ?c ?n WHERE {{ {DATASET} void:classPartition [ void:class ?c ; void:entities ?n ] }}"
    )
    assert classes == pairs(
        store, f"SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {ALL.replace('?p', 'a')} }} GROUP BY ?o"
    )
    assert classes["https://w3id.org/policygraph/ontology#Target"] == 18
    properties = pairs(
        store, f"SELECT ?p ?n WHERE {{ {DATASET} void:propertyPartition [ void:property ?p ; void:triples ?n ] }}"
    )
    counted = f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ {{ SELECT DISTINCT ?s ?p ?o WHERE {{ {ALL} }} }} }} GROUP BY ?p"
    assert properties == pairs(store, counted)


def test_the_named_graphs(store: EmbeddedStore) -> None:
    told = pairs(store, f"SELECT ?g ?n WHERE {{ {DATASET} void:subset ?g . ?g void:triples ?n }}")
    assert told == pairs(store, f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {ALL} }} GROUP BY ?g")


def test_the_distributions_are_files_that_the_build_writes(store: EmbeddedStore) -> None:
    path = "dcat:distribution/<http://purl.org/dc/terms/title>"
    query = f"{PREFIX} SELECT ?t WHERE {{ {DATASET} {path} ?t }}"
    names = {row[0].value for row in store.select(query).rows if row[0]}
    assert names
    assert all((resources.root() / name).is_file() for name in names)
