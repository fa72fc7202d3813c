"""Frozen results: the canonical form and its hash, the permalink, what is said when data or result have changed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from policygraph import canonical
from policygraph.questions import load_questions
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.store.base import NTRIPLES
from policygraph.web import create_app, frozen
from policygraph.web.answers import with_proof
from policygraph.web.frozen_asked import RESERVED

PROGRAM = Path(frozen.__file__).parent / "static" / "recompute.py"
DATA = r"""
<urn:b> <urn:p> "tab\t quote\" back\\slash line\nfeed" <urn:g> .
<urn:a> <urn:p> "服务业"@zh-Hans <urn:g> .
<urn:a> <urn:q> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .
<urn:c> <urn:p> "\u0001\u007F\u2028" <urn:g> .
<urn:c> <urn:r> _:x <urn:g> .
"""
QUERIES = (
    "SELECT ?s ?o ?q WHERE { ?s <urn:p> ?o OPTIONAL { ?s <urn:q> ?q } }",
    "SELECT * WHERE { ?s ?p ?o }",
    "SELECT ?none WHERE { ?none a <urn:none> }",
    "SELECT (TRIPLE(<urn:a>, <urn:b>, 'x'@en) AS ?t) WHERE {}",
    "ASK { ?s ?p ?o }",
    "ASK { <urn:none> ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT { [] <urn:says> ?o } WHERE { ?s <urn:p> ?o }",
    "DESCRIBE <urn:a>",
)


def served(tmp_path: Path, data: str, **settings: Any) -> FlaskClient:
    file = tmp_path / "d.nq"
    file.write_text(data, encoding="utf-8")
    return create_app(Settings(**settings), EmbeddedStore([file])).test_client()


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return served(tmp_path, DATA)


def freeze(client: FlaskClient, query: str, **more: str) -> str:
    answer = client.get("/frozen/new", query_string={"query": query, **more}, headers={"Accept": "text/html"})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def told(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def stated(address: str, **changed: str) -> str:
    place = urlsplit(address)
    values = {name: found[0] for name, found in parse_qs(place.query, keep_blank_values=True).items()}
    return f"{place.path}?{urlencode({**values, **changed})}"


# ── the canonical form ──


def test_the_canonical_form_of_a_table_is_as_documented(tmp_path: Path) -> None:
    """Written by hand from docs/frozen.md."""
    file = tmp_path / "d.nq"
    file.write_text(DATA, encoding="utf-8")
    lines = canonical.lines_of_table(EmbeddedStore([file]).select(QUERIES[0]))
    assert lines == [
        "?s\t?o\t?q",
        '<urn:a>\t"服务业"@zh-hans\t"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '<urn:b>\t"tab\\t quote\\" back\\\\slash line\\nfeed"\t',
        '<urn:c>\t"\\u0001\\u007F\u2028"\t',
    ]
    whole = "".join(f"{line}\n" for line in lines).encode()
    assert canonical.digest(lines) == f"sha256:{hashlib.sha256(whole).hexdigest()}"


def test_order_and_names_of_blank_nodes_do_not_count() -> None:
    one = canonical.lines_of_graph(b'_:b1 <urn:p> "x" .\n<urn:a> <urn:p> _:b1 .\n')
    other = canonical.lines_of_graph(b'<urn:a> <urn:p> _:zz .\n_:zz <urn:p> "x" .\n')
    assert one == other == ["<urn:a> <urn:p> _: .", '_: <urn:p> "x" .']
    assert canonical.lines_of_graph(b'<urn:a> <urn:p> "_:b ." .\n') == ['<urn:a> <urn:p> "_:b ." .']


@pytest.fixture
def running(tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "d.nq"
    file.write_text(DATA, encoding="utf-8")
    server = make_server("127.0.0.1", 0, create_app(Settings(), EmbeddedStore([file])))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_program_makes_the_same_hash_without_the_package(running: str, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("recompute", PROGRAM)
    assert spec is not None and spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    client = served(tmp_path, DATA)
    for query in QUERIES:
        address = freeze(client, query)
        was, now = program.recomputed(running + address)
        assert was == now == parse_qs(urlsplit(address).query)["result"][0], query
    command = [sys.executable, "-I", str(PROGRAM), running + freeze(client, QUERIES[0])]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    command[-1] = running + stated(freeze(client, QUERIES[0]), result="sha256:" + "0" * 64)
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_the_program_imports_nothing_but_python() -> None:
    modules = re.findall(r"^(?:from|import) ([\w.]+)", PROGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    assert modules and {name.partition(".")[0] for name in modules} <= set(sys.stdlib_module_names)


# ── the permalink ──


@pytest.mark.parametrize("query", QUERIES)
def test_a_permalink_confirms_itself(query: str, client: FlaskClient) -> None:
    address = freeze(client, query)
    values = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
    assert set(values) == {"query", "digest", "date", "rows", "result"}
    assert values["query"] == query
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", values["date"])
    page = told(client, address + "&lang=en")
    assert "Confirmed." in page and "The data are the same as then" in page
    assert "一致。" in told(client, address + "&lang=zh")
    program = client.get(address + "&format=json").json
    assert client.get(address, headers={"Accept": "application/json"}).json == program
    assert (program["agrees"], program["sameData"]) == (True, True)
    assert program["then"]["result"] == program["now"]["result"] == values["result"]


def test_rows_are_counted(client: FlaskClient) -> None:
    for query, rows in zip(QUERIES, (3, 5, 0, 1, 1, 1, 5, 3, 2), strict=True):
        assert f"&rows={rows}&" in freeze(client, query), query


def test_changed_data_are_told_with_what_differs(tmp_path: Path) -> None:
    query = "SELECT ?s WHERE { ?s <urn:p> ?o }"
    address = freeze(served(tmp_path, DATA), query)
    more = served(tmp_path, DATA + '<urn:new> <urn:p> "x" <urn:g> .\n')
    page = told(more, address + "&lang=en")
    assert "The result is another one now." in page and "The data have changed since." in page
    assert "Rows then: 3, now: 4." in page and "urn:new" in page
    assert "当时 3 行，现在 4 行。" in told(more, address + "&lang=zh")
    other = served(tmp_path, DATA.replace("<urn:c> <urn:p>", "<urn:d> <urn:p>"))
    assert "There are 3 rows, as many as then" in told(other, address + "&lang=en")
    beside = served(tmp_path, DATA + '<urn:new> <urn:beside> "x" <urn:g> .\n')
    page = told(beside, address + "&lang=en")
    assert "Confirmed." in page and "The data have changed since, but" in page


def test_an_altered_address_is_not_confirmed(client: FlaskClient) -> None:
    address = stated(freeze(client, QUERIES[0]), result="sha256:" + "0" * 64)
    page = told(client, address + "&lang=en")
    assert "Not confirmed." in page and "Confirmed." not in page.replace("Not confirmed.", "")
    rows = told(client, stated(freeze(client, QUERIES[0]), rows="999") + "&lang=en")
    assert "Not confirmed." in rows and "Rows then: 999, now:" in rows
    unknown = stated(address, digest="")
    assert "Whether the data have changed is not known" in told(client, unknown + "&lang=en")


def test_a_query_of_chance_says_so(client: FlaskClient) -> None:
    assert "NOW, RAND, UUID" in told(client, freeze(client, "SELECT (RAND() AS ?x) WHERE {}") + "&lang=en")
    assert "NOW, RAND, UUID" not in told(client, freeze(client, QUERIES[0]) + "&lang=en")
    assert "nodes without a name" in told(client, freeze(client, QUERIES[7]) + "&lang=en")


def test_its_citation_in_both_forms(client: FlaskClient) -> None:
    address = freeze(client, QUERIES[0], title="责任单位 {一览}")
    values = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
    page = told(client, address)
    day, short = values["date"][:10], values["result"].removeprefix("sha256:")[:12]
    assert re.search(
        rf"政策图谱\. 责任单位 \{{一览\}}: 3 行, 数据摘要 {values['digest'][:12]}, 结果 sha256 {short}\[DS/OL\]\. "
        rf"\({day}\)\[\d{{4}}-\d\d-\d\d\]\. {re.escape('http://localhost' + address)}\.<",
        page,
    )
    bibtex = re.search(r"@misc\{(.*?)\n\}", page, re.DOTALL)
    assert bibtex and f"policygraph-{short}," in bibtex[1] and "title = {{责任单位 一览}}" in bibtex[1]
    assert f"date = {{{day}}}" in bibtex[1] and values["result"] in bibtex[1] and values["digest"] in bibtex[1]
    assert f"url = {{http://localhost{address}}}" in bibtex[1]
    assert f'value="http://localhost{address}"' in page
    assert "一致。" in told(client, address + ".&lang=zh")  # the full stop of the entry, copied along with the address


def test_a_citation_names_the_document_that_the_result_rests_on() -> None:
    """Title, number and date are those of the title page of 青政办〔2020〕62号."""
    client = create_app(Settings()).test_client()
    for question in ("targets-of-year", "target-of-indicator"):
        query = with_proof(next(each.query for each in load_questions() if each.id == question))
        page = told(client, freeze(client, query, title="目标值") + "&lang=zh")
        entry = page.partition("<dl>")[2].partition("</dd>")[0]
        assert "据《关于推动青海省服务业高质量发展的实施意见》(青政办〔2020〕62号, 2020-08-13), " in entry
        assert re.search(r"\[\d{4}-\d\d-\d\d\]\. http://localhost/frozen\?query=.*result=sha256:\w{64}\.$", entry)
        assert "青海省人民政府办公厅. 关于推动青海省服务业高质量发展的实施意见: 青政办〔2020〕62号[EB/OL]." in page
    page = told(client, freeze(client, "ASK { ?s ?p ?o }") + "&lang=zh")
    assert "据《" not in page  # nothing tells what it rests on, and none is guessed


# ── a question of the library ──


@pytest.fixture(scope="module")
def library_client() -> FlaskClient:
    return create_app(Settings()).test_client()


def frozen_question(client: FlaskClient, path: str) -> str:
    """The page of a question, its link, and the permalink that this leads to."""
    link = re.search(r'href="(/frozen/new\?[^"]*)"', told(client, path))
    assert link
    answer = client.get(link[1], headers={"Accept": "text/html"})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_question_has_a_short_address_that_its_citation_ends_with(library_client: FlaskClient) -> None:
    address = frozen_question(library_client, "/questions/targets-of-year?lang=zh")
    values = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
    assert set(values) == {"question", "year", "asked", "digest", "date", "rows", "result"}
    assert (values["question"], values["year"]) == ("targets-of-year", "2025") and len(address) < 320
    page = told(library_client, address + "&lang=zh")
    assert "一致。" in page and "某一年要达到哪些目标值？（2025）" in page
    english = told(library_client, stated(address, lang="en"))
    assert "Which numbers are to be reached by a given year, in the order of the text? (2025)" in english
    assert re.search(rf"\[DS/OL\]\..* {re.escape('http://localhost' + address)}\.</dd>", page)
    assert f"url = {{http://localhost{address}}}" in page
    for found in re.findall(r"http://localhost/frozen\?[^\s<}]+?(?=\.<|\},)", page):  # of both entries
        assert "Confirmed." in told(library_client, found.removeprefix("http://localhost") + "&lang=en")
    said = library_client.get(address + "&format=json").json
    assert said and said["agrees"] and said["sameQuery"] and "VALUES ?year" in said["query"]


def test_every_question_of_the_library_confirms_itself_at_its_short_address(library_client: FlaskClient) -> None:
    for question in load_questions():
        assert not {each.name for each in question.parameters} & set(RESERVED), question.id
        address = freeze_question(library_client, question.id)
        assert "query=" not in address and len(address) < 500, question.id
        said = library_client.get(address + "&format=json").json
        assert said and said["agrees"] and said["sameQuery"], question.id


def freeze_question(client: FlaskClient, name: str, **values: str) -> str:
    asked = {"question": name, **values}
    answer = client.get("/frozen/new", query_string=asked, headers={"Accept": "text/html"})
    assert answer.status_code == 303, (name, answer.text)
    return answer.headers["Location"]


def test_names_become_identifiers_and_other_values_are_asked(library_client: FlaskClient) -> None:
    address = frozen_question(library_client, "/questions/tasks-of-department?actor=省商务厅&lang=zh")
    assert "actor=id:org/qinghaisheng-shangwuting&" in address
    assert "青海省商务厅" in told(library_client, address + "&lang=zh")
    other = freeze_question(library_client, "tasks-of-department", actor="省发展改革委")
    assert parse_qs(urlsplit(other).query)["result"] != parse_qs(urlsplit(address).query)["result"]


def test_a_changed_question_is_noticed_and_told(library_client: FlaskClient) -> None:
    address = freeze_question(library_client, "targets-of-year", year="2025")
    changed = stated(address, asked="0" * 16)
    page = told(library_client, changed + "&lang=en")
    assert "The query of this question is another one" in page and "Confirmed." in page  # it still gives the same
    assert "这个问题的查询语句有改动" in told(library_client, changed + "&lang=zh")
    altered = told(library_client, stated(address, year="2022") + "&lang=en")
    assert "The query of this question is another one" in altered
    assert "The result is another one now." in altered and "Another query is asked now." in altered
    assert not library_client.get(changed + "&format=json").json["sameQuery"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"question": "none"}, "question"), ({"asked": "x"}, "asked"), ({"year": "soon"}, "目标年"),
        ({"query": "ASK {}"}, "query"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_is_refused(changed: dict[str, str], words: str, library_client: FlaskClient) -> None:
    address = freeze_question(library_client, "targets-of-year")
    assert words in told(library_client, stated(address, **changed) + "&lang=zh", 400)


def test_the_program_takes_the_query_of_a_question_from_the_service(tmp_path: Path) -> None:
    server = make_server("127.0.0.1", 0, create_app(Settings()), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = freeze_question(server.app.test_client(), "targets-of-year")  # type: ignore[attr-defined]
        command = [sys.executable, "-I", str(PROGRAM), f"http://127.0.0.1:{server.server_port}{address}"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        command[-1] += "."  # copied with the full stop of the entry
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_columns_have_names_and_words_stand_once() -> None:
    client = create_app(Settings()).test_client()
    query = next(each.query for each in load_questions() if each.id == "targets-of-year")
    page = told(client, freeze(client, query) + "&lang=zh")
    table = page.partition('<table class="grid answer">')[2].partition("</table>")[0]
    assert ">原文写法</th>" in table and ">indicatorName</th>" not in table
    assert table.count("下降至13%左右") == 1 and "左右" in page


def test_the_answer_downloads(client: FlaskClient) -> None:
    page = told(client, freeze(client, QUERIES[0]))
    links = dict(re.findall(r'<a href="(/sparql\?query=[^"]*&format=(\w+))"', page))
    assert set(links.values()) >= {"csv", "json"}
    sheet = re.search(r'href="(/workbench/result\.xlsx\?[^"]*)"', page)
    assert sheet and client.get(sheet[1]).data[:2] == b"PK"
    for address in links:
        assert client.get(address).status_code == 200


# ── what is refused ──


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("result", "sha256:abc"), ("result", ""), ("result", "md5:" + "0" * 64), ("date", "yesterday"),
        ("date", "2026-02-30T00:00:00Z"), ("date", "2999-01-01T00:00:00Z"),
        ("rows", "-1"), ("rows", "many"), ("digest", "<b>"), ("format", "xml"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_is_named(name: str, value: str, client: FlaskClient) -> None:
    address = stated(freeze(client, QUERIES[0]), **{name: value})
    assert f"参数 {name} 不能是“{value}”" in told(client, address + "&lang=zh", 400)
    assert f"The parameter {name} cannot be" in told(client, address + "&lang=en", 400)


@pytest.mark.parametrize("address", ["/frozen", "/frozen/new", "/frozen/new?query=%20"])
def test_no_query_is_told(address: str, client: FlaskClient) -> None:
    told(client, address, 400)


def test_a_faulty_query_is_shown_with_its_fault(client: FlaskClient) -> None:
    query = "SELECT *\nWHERE { ?s ?p }"
    page = told(client, f"/frozen/new?{urlencode({'query': query, 'lang': 'en'})}", 400)
    assert 'role="alert"' in page and "line 2" in page and "?s ?p }" in page and "Confirmed" not in page
    told(client, f"/frozen/new?{urlencode({'query': 'INSERT DATA { <urn:a> <urn:b> 1 }'})}", 403)
    good = freeze(client, QUERIES[0])
    page = told(client, stated(good, query=query) + "&lang=en", 400)
    assert "cannot be compared now" in page
    answer = client.get(stated(good, query=query, format="json"), headers={"Accept": "application/json"})
    assert (answer.status_code, json.loads(answer.data)["status"]) == (400, 400)


def test_limits_are_those_of_the_endpoint(tmp_path: Path) -> None:
    client = served(tmp_path, DATA, max_query_bytes=100)
    told(client, f"/frozen/new?{urlencode({'query': QUERIES[0] + ' ' * 100})}", 413)


def test_the_engine_writes_triples_as_the_form_asks(tmp_path: Path) -> None:
    """The lines of N-Triples are hashed as the engine writes them: its escapes are those of the canonical form."""
    file = tmp_path / "d.nq"
    file.write_text(DATA, encoding="utf-8")
    store = EmbeddedStore([file])
    lines = canonical.lines_of_graph(store.respond("CONSTRUCT WHERE { ?s <urn:p> ?o }", NTRIPLES))
    table = store.select("SELECT ?s ?o WHERE { ?s <urn:p> ?o }")
    cells = [[canonical.term(term) for term in row] for row in table.rows]
    assert [line.lower() for line in lines] == sorted(f"{s} <urn:p> {o} .".lower() for s, o in cells)
