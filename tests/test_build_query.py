"""The builder: what the shapes say a class has, and the SPARQL that choices become."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from policygraph import resources
from policygraph.building import Built, Model, model
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore, QueryForm
from policygraph.web import create_app


@pytest.fixture(scope="module")
def known() -> Model:
    return model()


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return EmbeddedStore([resources.dataset()])


@pytest.fixture(scope="module")
def client(store: EmbeddedStore) -> Iterator[FlaskClient]:
    app = create_app(Settings(), store)
    app.testing = True
    with app.test_client() as client:
        yield client


def steps(known: Model, name: str, mandatory: bool) -> set[str]:
    return {one.step for one in known.properties(name) if one.mandatory is mandatory}


def test_the_shapes_say_what_is_mandatory(known: Model) -> None:
    """ontology/shapes.ttl, pg:AssignmentShape, pg:TargetShape and, for a task, pg:ProvisionShape."""
    assert steps(known, "Assignment", True) == {
        "actor", "role", "position", "printedName", "basis", "^hasAssignment",
    }  # fmt: skip
    assert steps(known, "Target", True) >= {"indicator", "comparator", "value"}
    assert steps(known, "Target", False) >= {"targetYear", "unit", "upperValue", "baseline"}
    assert steps(known, "Task", True) == {"eli:is_part_of", "position", "rdfs:label", "skos:notation"}
    assert steps(known, "Task", False) >= {"hasTarget", "hasAssignment", "text"}  # a national outline has no text
    assert known.property("Task", "hasTarget/indicator").target == "Indicator"
    assert known.property("Actor", "^actor").target == "Assignment"


def test_provisions_come_in_the_order_of_their_numbers(known: Model, store: EmbeddedStore) -> None:
    rows = store.select(Built("Task", ["skos:notation"]).query(known))
    told = [row["notation"].value for row in rows if "qingzhengban-2020-62" in row["task"].value]
    assert told == sorted(told, key=lambda number: [int(part) for part in number.split(".")])
    assert told.index("3.2") < told.index("3.10")


@pytest.mark.parametrize("path", ["nothing", "rdfs:label/x", "hasTarget/indicator/skos:prefLabel", "", "hasTarget/"])
def test_a_path_that_the_class_has_not_is_refused(known: Model, path: str) -> None:
    with pytest.raises(KeyError):
        Built("Task", [path]).query(known)


@pytest.mark.parametrize("name", model().classes)
def test_every_property_of_every_class_makes_a_query(known: Model, store: EmbeddedStore, name: str) -> None:
    properties = known.properties(name)
    assert store.form(Built(name, [one.step for one in properties]).query(known)) is QueryForm.SELECT
    for one in properties:
        for inner in known.properties(one.target) if one.target else ():
            query = Built(name, [f"{one.step}/{inner.step}"], most=2, proof=True).query(known)
            assert len(store.select(query)) <= 2


@pytest.mark.parametrize("name", model().classes)
def test_what_has_a_chinese_name_alone_is_found_in_english_too(known: Model, store: EmbeddedStore, name: str) -> None:
    named = [one.step for one in known.properties(name) if one.mandatory and one.tongues]
    found = {
        tongue: {row[0] for row in store.select(Built(name, named, most=100, language=tongue).query(known)).rows}
        for tongue in ("zh", "en")
    }
    assert found["zh"] == found["en"]


def test_mandatory_is_asked_for_outright_and_the_rest_as_optional(known: Model) -> None:
    query = Built("Task", ["skos:notation", "hasTarget"]).query(known)
    assert "  ?task skos:notation ?notation .\n" in query
    assert "OPTIONAL { ?task pg:hasTarget ?target . }" in query
    narrowed = Built("Task", ["hasTarget"], {"hasTarget/targetYear": ("is", "2025")}).query(known)
    assert "OPTIONAL" not in narrowed


def test_the_rows_are_those_of_the_document(known: Model, store: EmbeddedStore) -> None:
    """三、（八）: 8100万人次, 800亿元; 责任单位: 省文化和旅游厅 first of five."""
    only = {"skos:notation": ("is", "3.8"), "hasTarget/value": ("min", "0")}
    rows = store.select(Built("Task", ["hasTarget/printedValue"], only).query(known))
    assert {row["printedValue"].value for row in rows} == {"8100万人次", "800亿元"}
    only = {"skos:notation": ("is", "3.8"), "eli:is_part_of": ("has", "qingzhengban")}
    rows = store.select(Built("Task", ["hasAssignment/printedName", "hasAssignment/position"], only).query(known))
    found = {
        int(row["assignmentPosition" if "assignmentPosition" in row else "position"].value): row["printedName"].value
        for row in rows
    }
    assert found == {1: "省文化和旅游厅", 2: "省农业农村厅", 3: "省工业和信息化厅", 4: "省体育局", 5: "各市州人民政府"}
    years = store.select(Built("Target", ["printedValue"], {"targetYear": ("max", "2024")}).query(known))
    assert len(years) == 0


@pytest.mark.parametrize(
    ("path", "value"),
    [("hasTarget/value", "1 . ?s ?p ?o"), ("hasTarget/indicator", "x> . ?s ?p <y"), ("hasTarget/targetYear", "2025x"),
     ("position", "")],
)  # fmt: skip
def test_a_value_that_a_type_has_not_is_refused(known: Model, path: str, value: str) -> None:
    with pytest.raises(ValueError, match="^" if not value else "x|s"):
        Built("Task", [], {path: ("is", value)}).query(known)


@pytest.mark.parametrize("words", ['"', "\\", '") } #', "\\u0022", "a\nb", "{", "省"])
def test_words_stay_words(known: Model, store: EmbeddedStore, words: str) -> None:
    query = Built("Task", ["rdfs:label"], {"text": ("has", words)}).query(known)
    rows = {row["task"].value for row in store.select(query)}
    texts = store.select("SELECT ?s ?t { ?s a <https://w3id.org/policygraph/ontology#Task> ; "
                         "<https://w3id.org/policygraph/ontology#text> ?t }")  # fmt: skip
    assert rows == {row["s"].value for row in texts if words in row["t"].value}


def test_the_page_is_a_form_whose_states_are_addresses(client: FlaskClient) -> None:
    start = client.get("/build?lang=zh").text
    assert 'href="/build?class=Target"' in start and "目标值" in start
    page = client.get("/build?class=Target&lang=zh").text
    assert page.count('class="must"') >= 5 and 'name="c" value="indicator"' in page
    address = "/build?class=Task&set=1&c=rdfs:label&f=hasTarget&c=hasTarget/printedValue&v.hasTarget/targetYear=2025"
    page = client.get(f"{address}&lang=zh").text
    assert "600亿元" in page and 'name="c" value="hasTarget/printedValue" checked' in page
    assert "FILTER(STR(?targetYear) = &#34;2025&#34;)" in page and 'value="2025"' in page
    assert 'href="/id/doc/qingzhengban-2020-62?show=3.1/t1#at-' in page  # the target's words, though it is not shown
    unfollowed = client.get(address.replace("&f=hasTarget", "") + "&lang=zh").text
    assert "printedValue" not in unfollowed.partition('id="outcome"')[2].partition("</pre>")[0]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [("class=Nothing", "class"), ("class=Task&set=1&c=nothing", "c"), ("class=Task&v.nothing=1", "v"),
     ("class=Task&f=nothing", "f"), ("class=Task&v.position=x", "v.position"),
     ("class=Task&v.position=1&o.position=like", "o.position"), ("class=Task&format=pdf", "format")],
)  # fmt: skip
def test_what_an_address_cannot_have_is_refused_by_name(client: FlaskClient, address: str, parameter: str) -> None:
    answer = client.get(f"/build?{address}&lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 400 and f"The parameter {parameter} cannot be" in answer.text
