"""The SPARQL page: what it offers while a query is written, why a query found nothing, and what can be taken away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from policygraph import resources
from policygraph.endpoint.syntax_words import in_chinese
from policygraph.question_files import load_questions
from policygraph.settings import Settings, SettingsError
from policygraph.store import EmbeddedStore, QueryForm
from policygraph.web import create_app
from policygraph.web.patterns import Unreadable, conditions, read_query
from policygraph.web.why import Finding, why

PREFIXES = """PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
FRONTEND = Path(__file__).parents[1] / "frontend" / "src"
PAGE = {"Accept": "text/html"}
BUREAU = "https://w3id.org/policygraph/id/org/qinghaisheng-shangwuting"
TARGET = "https://w3id.org/policygraph/id/doc/qingzhengban-2020-62/3.10/t1"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return EmbeddedStore([resources.dataset()])


@pytest.fixture(scope="module")
def app(store: EmbeddedStore) -> Flask:
    made = create_app(Settings(), store)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


# ── the conditions of a query ──


def cut(body: str) -> list[tuple[str, str]]:
    return [(each.kind, " ".join(each.words.split())) for each in conditions(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("?x a pg:Task", [("triple", "?x a pg:Task")]),
        ("?x a pg:Task ; skos:notation ?n , ?m .", [
            ("triple", "?x a pg:Task"), ("triple", "?x skos:notation ?n"), ("triple", "?x skos:notation ?m"),
        ]),
        ("?x ^pg:a/(pg:b|!pg:c)* ?y .", [("triple", "?x ^pg:a/(pg:b|!pg:c)* ?y")]),
        ("?x pg:p +5 ; pg:q+ -1.5", [("triple", "?x pg:p +5"), ("triple", "?x pg:q+ -1.5")]),
        ('?x pg:p "a ; b . c"@zh, "1"^^xsd:int , true', [
            ("triple", '?x pg:p "a ; b . c"@zh'), ("triple", '?x pg:p "1"^^xsd:int'), ("triple", "?x pg:p true"),
        ]),
        ("[] a pg:Task ; rdfs:label ?l . ?y ?p ?z", [
            ("triple", "[] a pg:Task ; rdfs:label ?l"), ("triple", "?y ?p ?z"),
        ]),
        ("?x pg:p [ a pg:T ; pg:q ?z ] , (1 2)", [
            ("triple", "?x pg:p [ a pg:T ; pg:q ?z ]"), ("triple", "?x pg:p (1 2)"),
        ]),
        ("?x ?p ?o FILTER(?o > 1) OPTIONAL { ?x ?q ?r } FILTER NOT EXISTS { ?o a ?t } BIND(1 AS ?z)", [
            ("triple", "?x ?p ?o"), ("filter", "FILTER(?o > 1)"), ("optional", "OPTIONAL { ?x ?q ?r }"),
            ("filter", "FILTER NOT EXISTS { ?o a ?t }"), ("bind", "BIND(1 AS ?z)"),
        ]),
        ("FILTER regex(?a, '}') VALUES (?a ?b) { (1 2) } VALUES ?c { 3 } ?a ?b ?c", [
            ("filter", "FILTER regex(?a, '}')"), ("values", "VALUES (?a ?b) { (1 2) }"), ("values", "VALUES ?c { 3 }"),
            ("triple", "?a ?b ?c"),
        ]),
        ("{ ?a a ?b } UNION { ?c a ?d } { SELECT * { ?e a ?f } } GRAPH ?g { ?h a ?i } MINUS { ?a a 1 }", [
            ("union", "{ ?a a ?b } UNION { ?c a ?d }"), ("select", "{ SELECT * { ?e a ?f } }"),
            ("graph", "GRAPH ?g { ?h a ?i }"), ("minus", "MINUS { ?a a 1 }"),
        ]),
    ],
)  # fmt: skip
def test_a_group_is_cut_into_its_conditions(body: str, expected: list[tuple[str, str]]) -> None:
    assert cut(body) == expected


def test_the_library_is_read_without_a_change_of_meaning(store: EmbeddedStore) -> None:
    """Each question asked again from its conditions alone; and each condition stands where it is said to stand."""
    asked = 0
    for question in load_questions():
        read = read_query(question.query)
        parts = conditions(read.where, read.begin)
        for part in parts:
            assert question.query[part.start :].split()[0] in part.text
        if store.form(question.query) is QueryForm.SELECT:
            body = "\n".join(part.text for part in parts)
            both = [
                store.select(f"{read.prologue} SELECT (COUNT(*) AS ?n) {{ {where} }}").rows
                for where in (read.where, body)
            ]
            assert both[0] == both[1], question.id
            asked += 1
    assert asked > 20


@pytest.mark.parametrize("query", ["DESCRIBE <urn:a>", "SELECT * { << ?a ?b ?c >> ?d ?e }"])
def test_what_cannot_be_read_is_not_guessed_at(query: str) -> None:
    with pytest.raises(Unreadable):
        read = read_query(query)
        conditions(read.where, read.begin)


# ── why there is nothing ──


@pytest.mark.parametrize(
    ("query", "cause", "line", "words", "hint"),
    [
        ("SELECT * {\n ?t a pg:Task .\n ?t pg:nothing ?b }", "alone", 5, "?t pg:nothing ?b", "property"),
        ("SELECT * {\n ?t a pg:Tusk }", "alone", 4, "?t a pg:Tusk", "class"),
        ('SELECT * {\n ?a skos:prefLabel "青海省商务厅" }', "alone", 4, '?a skos:prefLabel "青海省商务厅"', "tag"),
        ('SELECT * {\n ?a skos:prefLabel "省商务厅"@zh }', "alone", 4, '?a skos:prefLabel "省商务厅"@zh', "name"),
        ("SELECT * {\n ?t a pg:Task ;\n a pg:Objective }", "together", 5, "?t a pg:Objective", ""),
        ('SELECT * { ?t a pg:Task ;\n skos:notation ?n .\nFILTER(?n = "3.99") }', "filter", 5,
         'FILTER(?n = "3.99")', ""),
        ("SELECT * { ?t a pg:Task } LIMIT 0", "matches", 0, "", ""),
        ("SELECT * { ?t a pg:Task\n GRAPH ?g {\n ?t pg:nothing ?x } }", "alone", 5, "?t pg:nothing ?x", "property"),
        ("SELECT * { { ?t a pg:A } UNION\n { ?t a pg:B } }", "alone", 3, "{ ?t a pg:A } UNION { ?t a pg:B }", ""),
        ("SELECT * { OPTIONAL { ?t a pg:A }\n ?t a pg:B }", "alone", 4, "?t a pg:B", "class"),
        ("SELECT ?t (COUNT(*) AS ?n) { ?t a pg:Task } GROUP BY ?t HAVING (COUNT(*) > 9)", "matches", 0, "", ""),
        ("CONSTRUCT { ?t a ?z } WHERE {\n ?t a/pg:nothing* pg:Nought }", "alone", 4, "?t a/pg:nothing* pg:Nought", ""),
        ("ASK { ?t a pg:Task . MINUS { ?t a pg:Task } }", "together", 3, "MINUS { ?t a pg:Task }", ""),
        ("DESCRIBE <urn:nothing>", "unread", 0, "", ""),
    ],
)  # fmt: skip
def test_why_a_query_finds_nothing(
    store: EmbeddedStore, query: str, cause: str, line: int, words: str, hint: str
) -> None:
    found = why(store, PREFIXES + query, 10)
    assert (found.cause, found.line, found.words, found.hint) == (cause, line, words, hint)


@pytest.mark.parametrize(
    ("condition", "literal"),
    [
        ("?t pg:targetYear 2025", '"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ('?t pg:targetYear "2025"', '"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ('?a skos:prefLabel "青海省商务厅"', '"青海省商务厅"@zh'),
        ('?a skos:notation "3.2"@zh', '"3.2"'),
    ],
)
def test_the_literal_is_told_as_the_graph_has_it(store: EmbeddedStore, condition: str, literal: str) -> None:
    found = why(store, PREFIXES + f"SELECT * {{ {condition} }}", 10)
    assert (found.cause, found.hint, found.other) == ("alone", "tag", literal)
    mended = condition[: condition.index("2025" if condition.endswith("2025") else '"')] + literal
    assert store.ask(f"{PREFIXES}ASK {{ {mended} }}")
    declared = why(store, f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n{PREFIXES}SELECT * {{ {condition} }}", 10)
    assert "<" not in declared.other


YEAR = "<http://www.w3.org/2001/XMLSchema#gYear>"


@pytest.mark.parametrize(
    ("condition", "written", "mended"),
    [
        ("?t pg:targetYear ?y", "FILTER(?y = 2025)", f'FILTER(?y = "2025"^^{YEAR})'),
        ("?t pg:targetYear ?y", 'filter ( "2025" = ?y )', f'FILTER("2025"^^{YEAR} = ?y)'),
        ("?t pg:targetYear ?y", "FILTER(2020 < ?y)", f'FILTER("2020"^^{YEAR} < ?y)'),
        ("?t pg:targetYear ?y", 'FILTER(?y = "2025"^^xsd:integer)', 'FILTER(?y = "2025"^^xsd:gYear)'),
        ("?d eli:date_document ?y", "FILTER(?y >= 2019)", "FILTER(YEAR(?y) >= 2019)"),
        ("?a skos:prefLabel ?y", 'FILTER(?y = "青海省商务厅")', 'FILTER(?y = "青海省商务厅"@zh)'),
        ("?p skos:notation ?y", "FILTER(?y = 3.2)", 'FILTER(?y = "3.2")'),
        ("?t pg:targetYear ?y", "FILTER(?y = 1900)", ""),  # no way of writing it finds anything
        ("?p skos:notation ?y", 'FILTER(?y = "3.99")', ""),
        ("?p skos:notation ?y", 'FILTER(?y = "0003")', ""),  # text with text: it is another text
        ("?t pg:targetYear ?y", "FILTER(?y = 2025 || ?y = 2030)", ""),
    ],
)
def test_a_comparison_with_another_datatype_is_told(
    store: EmbeddedStore, client: FlaskClient, condition: str, written: str, mended: str
) -> None:
    xsd = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" if "xsd:" in written else ""
    prologue = PREFIXES + "PREFIX eli: <http://data.europa.eu/eli/ontology#>\n" + xsd
    query = f"{prologue}SELECT * {{ {condition} .\n{written} }}"
    found = why(store, query, 10)
    assert (found.cause, found.hint, found.other) == ("filter", "compare" if mended else "", mended)
    if mended:
        assert store.ask(f"{prologue}ASK {{ {condition} {mended} }}")
        assert client.get("/workbench/why?" + urlencode({"query": query})).get_json()["hint"].endswith(mended)


def test_every_condition_without_a_match_is_named(store: EmbeddedStore, client: FlaskClient) -> None:
    query = PREFIXES + "SELECT * {\n ?t pg:targetYear 2025 .\n ?t a pg:Target .\n ?t pg:nothing ?b }"
    found = why(store, query, 10)
    assert (found.line, found.hint) == (4, "tag")
    assert [(each.line, each.words, each.hint) for each in found.also] == [(6, "?t pg:nothing ?b", "property")]
    page = client.get(
        "/sparql?" + urlencode({"query": query, "why": "1", "lang": "zh"}), headers={"Accept": "text/html"}
    )
    assert all(words in page.text for words in ("第 4 行", "第 6 行", "#gYear"))


def test_a_limit_is_told_and_no_condition_blamed(store: EmbeddedStore) -> None:
    found = why(store, PREFIXES + "SELECT * { ?t a pg:Tusk }", 0)
    assert found == Finding("limit", 3, 12, "?t a pg:Tusk")


def test_the_reason_is_told_in_the_language_of_the_page(client: FlaskClient) -> None:
    asked = urlencode({"query": PREFIXES + "SELECT * {\n ?t pg:nothing ?b }"})
    told = client.get(f"/workbench/why?{asked}&lang=zh").get_json()
    assert told["told"].startswith("第 4 行：") and "属性" in told["hint"]
    told = client.get(f"/workbench/why?{asked}&lang=en").get_json()
    assert told["told"].startswith("Line 4: nothing") and "property" in told["hint"]
    page = client.get(f"/sparql?{asked}&lang=en", headers=PAGE).text
    assert "Which condition has no match?" in page
    page = client.get(f"/sparql?{asked}&lang=en&why=1", headers=PAGE).text
    assert "Line 4: nothing" in page and "?t pg:nothing ?b</pre>" in page
    assert client.get("/workbench/why").status_code == 400
    assert client.get("/workbench/why?query=CLEAR+ALL").status_code == 403


# ── what the editor offers ──


def test_the_vocabulary_knows_what_a_class_has(client: FlaskClient) -> None:
    answer = client.get("/workbench/terms.json")
    again = client.get("/workbench/terms.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (answer.status_code, again.status_code, again.data) == (200, 304, b"")
    told = answer.get_json()
    assert told["classes"]["pg:Task"][:2] == ["重点任务", "task"]
    assert told["values"]["pg:Lead"][0] == "牵头" and told["values"]["pg:Lead"][4] == "pg:Role"
    task = {name: (must, many, kind) for name, must, many, kind in told["rules"]["pg:Task"]}
    assert task["skos:notation"] == (1, 0, "xsd:string")  # of pg:ProvisionShape: a task is a provision
    assert task["pg:hasTarget"] == (0, 1, "pg:Target")
    assert {name for name, must, *_ in told["rules"]["pg:Assignment"] if must} >= {"pg:actor", "pg:role", "pg:position"}
    assert told["ranges"]["pg:actor"] == ["pg:Actor"] and "pg:Provision" in told["above"]["pg:Task"]
    assert len(answer.data) < 100_000


def test_things_are_found_by_name_in_both_languages(client: FlaskClient) -> None:
    def nodes(**asked: str) -> list[str]:
        return [each["node"] for each in client.get("/workbench/individuals?" + urlencode(asked)).get_json()]

    for name in ("省商务厅", "商务厅", "Department of Commerce", "shangwuting"):
        assert "id:org/qinghaisheng-shangwuting" in nodes(q=name), name
    assert nodes(q="商务厅", **{"class": "pg:Place"}) == []
    places = nodes(**{"class": "pg:Place"})
    assert places and all(node.startswith("id:place/") for node in places)
    assert any(node.startswith("id:org/") for node in nodes(q="西宁", **{"class": "pg:Actor pg:Place"}))
    assert nodes() == []
    assert client.get("/workbench/individuals?q=" + "x" * 101).status_code == 400


def test_names_come_with_their_pages_and_words(client: FlaskClient) -> None:
    asked = [BUREAU, TARGET, "http://example.org/a", "javascript:alert(1)", "https://w3id.org/policygraph/id/nothing"]
    told = client.post("/workbench/names?lang=en", json=asked).get_json()
    assert told[BUREAU][:3] == [
        "Department of Commerce of Qinghai Province", "en", "/id/org/qinghaisheng-shangwuting",
    ]  # fmt: skip
    assert told[TARGET][3].startswith("/id/doc/qingzhengban-2020-62?show=3.10/t1#at-")
    assert told["http://example.org/a"][2] == "http://example.org/a"
    assert told["javascript:alert(1)"] == told["https://w3id.org/policygraph/id/nothing"] == [""] * 4
    assert client.post("/workbench/names?lang=zh", json=[BUREAU]).get_json()[BUREAU][0] == "青海省商务厅"
    for body in ("{}", "[1]", "no", json.dumps(["urn:a"] * 1001)):
        assert client.post("/workbench/names", data=body).status_code == 400


def test_the_classes_of_things(client: FlaskClient) -> None:
    asked = [TARGET, TARGET.removesuffix("/t1"), "http://example.org/a", "javascript:alert(1)"]
    told = client.post("/workbench/classes", json=asked).get_json()
    assert told[TARGET] == ["pg:Target"] and "pg:Task" in told[asked[1]]
    assert told[asked[2]] == told[asked[3]] == []
    for body in ("{}", "[1]", "no", json.dumps(["urn:a"] * 1001)):
        assert client.post("/workbench/classes", data=body).status_code == 400


def test_the_script_and_the_server_have_the_same_words(client: FlaskClient) -> None:
    page = client.get("/sparql?lang=en", headers=PAGE).text
    found = re.search(r'data-words="([^"]*)"', page)
    assert found
    words = set(json.loads(found[1].replace("&#34;", '"').replace("&amp;", "&")))
    code = "\n".join(path.read_text(encoding="utf-8") for path in FRONTEND.rglob("workbench*/*.js"))
    code += (FRONTEND / "workbench.js").read_text(encoding="utf-8")
    assert set(re.findall(r'\bsay\("(\w+)"', code)) <= words
    assert {word for word in words if f'"{word}"' not in code} == set()


# ── what can be taken away ──


def test_files_have_names_beside_their_iris(client: FlaskClient) -> None:
    asked = urlencode({"query": f"SELECT ?body ?n {{ VALUES (?body ?n) {{ (<{BUREAU}> 5) (<{BUREAU}> -1.5) }} }}"})
    answer = client.get(f"/workbench/result.csv?{asked}&lang=zh")
    assert answer.data.startswith(b"\xef\xbb\xbf") and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert rows == [["body", "body (名称)", "n"], [BUREAU, "青海省商务厅", "5"], [BUREAU, "青海省商务厅", "-1.5"]]
    sheet = load_workbook(io.BytesIO(client.get(f"/workbench/result.xlsx?{asked}&lang=en").data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == [BUREAU, "Department of Commerce of Qinghai Province", -1.5]
    assert client.get("/workbench/result.csv").status_code == 400
    assert client.get("/workbench/result.csv?query=ASK%7B%7D").status_code == 400


VALUES = "SELECT ?target ?value { ?target a pg:Target ; pg:value ?value } LIMIT 3"
CHOSEN = [
    {}, {"view": "chart", "kind": "line", "value": "value", "label": "#"}, {"sort": "-value", "filter": "53%"},
    {"hide": "target,value"}, {"view": "map", "size": "rows"}, {"view": "network", "from": "target", "to": ""},
]  # fmt: skip


@pytest.mark.parametrize("chosen", CHOSEN)
def test_the_address_of_a_view_is_read_without_scripts(client: FlaskClient, chosen: dict[str, str]) -> None:
    for path in ("/sparql", "/sparql/embed"):
        page = client.get(f"{path}?" + urlencode({"query": PREFIXES + VALUES, **chosen}), headers=PAGE)
        assert page.status_code == 200 and page.text.count("<tr>") == 4
    assert all(f"{name}=" in page.text for name, value in chosen.items() if value)  # leads on to the workbench
    assert client.get("/sparql?" + urlencode(chosen), headers=PAGE).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("view", "pie"), ("kind", "pie"), ("value", "other"), ("label", "##"), ("sort", "--value"), ("sort", "other"),
     ("hide", "value,"), ("filter", "x" * 201), ("date", "?value"), ("size", "target-")],
)  # fmt: skip
def test_the_address_of_no_view_is_refused(client: FlaskClient, name: str, value: str) -> None:
    for path in ("/sparql", "/sparql/embed"):
        page = client.get(f"{path}?" + urlencode({"query": PREFIXES + VALUES, name: value, "lang": "en"}), headers=PAGE)
        assert page.status_code == 400 and name in page.text
    program = client.get("/sparql?" + urlencode({"query": PREFIXES + VALUES, name: value}))
    assert program.status_code == 200  # the protocol knows nothing of views


def test_a_frame_is_allowed_by_the_operator_alone(store: EmbeddedStore, client: FlaskClient) -> None:
    address = "/sparql/embed?" + urlencode({"query": "SELECT * { ?s a <https://w3id.org/policygraph/ontology#Task> }"})
    answer = client.get(address)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY" and "<nav" not in answer.text
    other = create_app(Settings(embed="https://a.example https://*.b.example:8443"), store).test_client()
    answer = other.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://a.example https://*.b.example:8443")
    assert "X-Frame-Options" not in answer.headers
    assert other.get("/").headers["X-Frame-Options"] == "DENY"
    for wrong in ("*", "a.example", "https://a.example; script-src *", "javascript:", "https://a.example\nX: 1"):
        with pytest.raises(SettingsError):
            Settings(embed=wrong)


# ── the page ──


def test_only_this_page_has_a_nonce_and_a_new_one_each_time(client: FlaskClient) -> None:
    def nonces(address: str) -> list[str]:
        return re.findall(r"'nonce-([^']*)'", client.get(address, headers=PAGE).headers["Content-Security-Policy"])

    seen = [nonces("/sparql") for _ in range(3)]
    assert all(len(each) == 1 for each in seen) and len({each[0] for each in seen}) == 3
    assert nonces("/") == nonces("/questions") == nonces("/sparql/embed?query=ASK%7B%7D") == []
    page = client.get("/sparql", headers=PAGE)
    if "csp-nonce" in page.text:
        assert f'nonce="{nonces_of(page.headers["Content-Security-Policy"])}"' in page.text


def nonces_of(policy: str) -> str:
    return re.findall(r"'nonce-([^']*)'", policy)[0]


def test_a_question_of_the_library_opens_in_the_form(client: FlaskClient) -> None:
    page = client.get("/sparql?question=tasks-of-department&lang=en", headers=PAGE)
    assert page.status_code == 200 and "# param actor" in page.text
    page = client.get("/sparql?question=nothing&lang=en", headers=PAGE)
    assert page.status_code == 404 and "question=nothing" in page.text and page.mimetype == "text/html"


def test_the_form_answers_without_scripts(client: FlaskClient) -> None:
    query = PREFIXES + "SELECT ?b { ?b skos:prefLabel '青海省商务厅'@zh }"
    page = client.get("/sparql?lang=en&query=" + quote(query), headers=PAGE).text
    assert '<a href="/id/org/qinghaisheng-shangwuting">Department of Commerce of Qinghai Province</a>' in page
    claim = client.get(
        "/sparql?lang=en&query=" + quote(f"SELECT * {{ VALUES ?t {{ <{TARGET}> }} }}"), headers=PAGE
    ).text
    assert 'href="/id/doc/qingzhengban-2020-62?show=3.10/t1#at-' in claim  # its words
    assert "/workbench/result.xlsx?" in page and "/frozen/new?query=" in page


@pytest.mark.parametrize(
    ("query", "line", "zh", "en"),
    [
        ("SELECT * {\n ?s foo:bar ?o }", 2, "前缀 foo: 没有声明", "the prefix foo: is not declared"),
        ("SELECT * {\n ？s ?p ?o }", 2, "全角符号“？”", "full-width ？"),
        ("SELECT * {\n\n ?s ?p }", 3, "从“?s”起不合语法", "what begins with ?s does not parse"),
    ],
)
def test_faults_are_told_at_their_line_in_both_languages(
    client: FlaskClient, query: str, line: int, zh: str, en: str
) -> None:
    told = client.get("/sparql?" + urlencode({"query": query}), headers={"Accept": "application/json"}).get_json()
    assert told["line"] == line and zh in told["zh"]["detail"] and en in told["en"]["detail"]


def test_the_engines_own_words_stay() -> None:
    assert in_chinese("IRI parsing failed") == "IRI parsing failed"
    assert in_chinese("the prefix pg: is not declared; add PREFIX pg: <urn:a>").endswith("PREFIX pg: <urn:a>")
