"""Facts that are looked up node by node are the facts that are held whole; what is kept of them has a bound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from policygraph.collection.update import Collection
from policygraph.settings import Settings
from policygraph.store import CollectionStore, EmbeddedStore, Limits, open_store
from policygraph.web import create_app, facts
from policygraph.web.facts import Facts, facts_of
from policygraph.web.passages import documents, reading
from policygraph.web.recent import Recent
from policygraph.web.stored import StoredFacts

MANY = facts.FEW + 2
DOCUMENT = "id:doc/qingzhengban-2020-62"
SHORT = """关于发展服务业的意见
{code}政办〔2021〕{n}号
一、重点任务
(一)发展服务业。推进服务业，到2025年，服务业增加值达到{n}亿元。(责任单位：省商务厅、省供销联社)
"""


@pytest.fixture(scope="module")
def whole(store: EmbeddedStore) -> Facts:
    return facts_of(store)


@pytest.fixture
def stored(store: EmbeddedStore) -> Facts:
    return facts_of(store, few=0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of documents of two provinces, too many to be held whole."""
    place = tmp_path_factory.mktemp("many")
    texts = place / "texts"
    texts.mkdir()
    for n in range(1, MANY + 1):
        (texts / f"{n}.txt").write_text(SHORT.format(code="青甘"[n % 2], n=n), encoding="utf-8")
    with Collection(place / "collection") as collection:
        assert collection.add([texts]).added == MANY
    return place / "collection"


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(), CollectionStore(folder)).test_client()


def nodes(whole: Facts) -> list[str]:
    spoken_of = {subject for subject, _ in whole.pairs("rdf:type")}
    return sorted(spoken_of | {value.value for _, value in whole.pairs("rdf:type")})


def test_few_documents_are_held_whole_and_many_are_not(whole: Facts, stored: Facts, folder: Path) -> None:
    assert not isinstance(whole, StoredFacts) and isinstance(stored, StoredFacts)
    assert isinstance(facts_of(CollectionStore(folder)), StoredFacts)


@pytest.mark.parametrize("gathered", [False, True])
def test_every_node_says_the_same(whole: Facts, stored: Facts, gathered: bool) -> None:
    if gathered:
        stored.gather(DOCUMENT)
    asked = nodes(whole)
    assert len(asked) > 4000
    for node in asked:
        assert stored.about(node) == whole.about(node), node
        assert stored.referring(node) == whole.referring(node), node
        assert (node in stored) == (node in whole)


def test_look_ups_by_property_say_the_same(whole: Facts, stored: Facts) -> None:
    for kind in ("pg:Target", "pg:Assignment", "pg:Task", "pg:PolicyDocument", "owl:Class", "pg:Nothing"):
        assert stored.of_type(kind) == whole.of_type(kind)
        assert stored.count(kind, "rdf:type") == whole.count(kind, "rdf:type") == len(whole.of_type(kind))
        assert stored.tally(kind) == whole.tally(kind)
        assert stored.is_a(f"{DOCUMENT}/3.2", kind) == whole.is_a(f"{DOCUMENT}/3.2", kind) == (kind == "pg:Task")
    assert stored.weights("pg:actor") == whole.weights("pg:actor") and whole.weights("pg:actor").total() == 77
    assert stored.tally("pg:Task", "pg:Provision") == whole.tally("pg:Task", "pg:Provision")
    assert set(stored.pairs("pg:actor")) == set(whole.pairs("pg:actor"))
    names = {"pg:text", "skos:prefLabel"}
    assert sorted(map(repr, stored.literals(names))) == sorted(map(repr, whole.literals(names)))
    assert "id:doc/qingzhengban-2020-62/9.9" not in stored and "no node" not in stored
    assert reading(stored, DOCUMENT) == reading(whole, DOCUMENT) is not None


def test_types_asked_again_and_again_are_the_same(whole: Facts, stored: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygraph.web.stored._OFTEN", 10)
    for node in nodes(whole):
        for kinds in (("pg:Sentence", "pg:Measure"), ("pg:Target",), ("pg:Task", "pg:Safeguard"), ("pg:Nothing",)):
            assert stored.is_a(node, *kinds) == whole.is_a(node, *kinds), (node, kinds)


def test_inferred_triples_are_left_out(folder: Path) -> None:
    found = facts_of(CollectionStore(folder))
    body = "id:org/qinghaisheng-shangwuting"
    assert found.into(body, "pg:actor") and not found.nodes(body, "pg:responsibleFor")


def test_a_body_is_led_to_from_every_document(folder: Path) -> None:
    found = facts_of(CollectionStore(folder))
    provinces = ("qinghaisheng-shangwuting", "gansusheng-shangwuting")
    led = [found.into(f"id:org/{each}", "pg:actor") for each in provinces]
    assert [len(each) for each in led] == [MANY // 2, MANY - MANY // 2]
    assert {node.split("/")[1] for each in led for node in each} == {
        node.split("/")[1] for node in documents(found) if node.startswith("id:doc/")
    }


def test_workers_beside_it_look_up_the_same(folder: Path) -> None:
    store = open_store(str(folder), limits=Limits(workers=2))
    try:
        found = facts_of(store)
        assert isinstance(found, StoredFacts)
        assert documents(found) == documents(facts_of(CollectionStore(folder)))
    finally:
        store.close()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", f"全部 {MANY} 份文件"), ("/documents", "甘政办〔2021〕1号"), ("/about", "青政办〔2021〕2号"),
        ("/coverage", "甘政办〔2021〕1号"), ("/coverage?document=qingzhengban-2021-2", "发展服务业"),
        ("/id/doc/qingzhengban-2021-2", "省供销联社"), ("/id/org/qinghaisheng-shangwuting", "青海省商务厅"),
        ("/search?q=商务厅", "青海省商务厅"), ("/build", f"{2 * MANY} 责任"), ("/build?class=Target", "亿元"),
        ("/questions/document-outline", "发展服务业"),  # of a document that is there
    ],
)  # fmt: skip
def test_pages_of_many_documents(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200 and words in re.sub("<[^>]*>", "", answer.text)


def test_what_is_kept_has_a_bound() -> None:
    kept: Recent[str] = Recent(40)
    for number in range(1000):
        kept.put(number, str(number), 1)
        kept.get(0)
    assert len(kept) <= 20 and kept.get(999) == "999"
    assert kept.get(0) == "0"  # which was asked for all the time
    assert kept.get(500) is None
    assert kept.put("heavy", "too heavy", 1000) == "too heavy" and kept.get("heavy") is None


def test_derived_things_of_single_documents_are_forgotten_names_are_not() -> None:
    found = Facts(())
    found.remember("one", 1)
    for number in range(5000):
        found.remember(("many", number), number)
    assert found.recall("one") == 1
    assert found.recall(("many", 4999)) == 4999 and found.recall(("many", 0)) is None


def test_a_document_that_was_forgotten_is_not_read_whole_for_one_look_up(
    stored: Facts, whole: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that list things of many documents ask a little of each: each whole again and again would take seconds."""
    assert isinstance(stored, StoredFacts)
    inside = [node for node in nodes(whole) if node.startswith(f"{DOCUMENT}/")]
    for node in inside[:300]:
        stored.about(node)
    assert stored._whole.get(DOCUMENT)
    stored._whole, stored._by_subject = Recent(10), Recent(10)
    read: list[object] = []
    monkeypatch.setattr(stored._patterns, "in_graphs", lambda names: read.append(names) or iter(()))
    assert stored.about(inside[400]) == whole.about(inside[400])
    assert read == []
