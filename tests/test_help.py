"""The help with its primer of SPARQL, and the guided tour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import render_template
from flask.testing import FlaskClient

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app
from policygraph.web.app import POLICY
from policygraph.web.guide import COOKIE

DOCUMENT = "/id/doc/qingzhengban-2020-62"
BODY = "/id/org/qinghaisheng-fazhanhegaigeweiyuanhui"  # 省发展改革委, which nine provisions list


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    opened = EmbeddedStore([resources.dataset()])
    yield opened
    opened.close()


@pytest.fixture
def client(store: EmbeddedStore) -> FlaskClient:
    return create_app(Settings(), store).test_client()


def get(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, address
    return unescape(answer.text)


def runs(page: str) -> list[str]:
    return [parse_qs(urlsplit(href).query)["query"][0] for href in re.findall(r'class="run" href="([^"]*)"', page)]


# ── the primer ──


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_query_of_the_primer_is_shown_as_it_runs(language: str, client: FlaskClient) -> None:
    page = get(client, f"/help?lang={language}")
    found = runs(page)
    assert len(found) == 7
    for query in found:
        assert query in page


def test_the_primer_answers_what_the_document_says(client: FlaskClient, store: EmbeddedStore) -> None:
    """Counted in the document: 18 numbers to reach, one of them of two indicators; 7 percentages from 50 on; nine
    provisions that list 省发展改革委, more than any other body."""
    tables = [store.select(query) for query in runs(get(client, "/help"))]
    assert [len(table) for table in tables] == [18, 19, 7, 18, 19, 18, 10]
    values = [row["value"].value for row in tables[2]]
    assert [float(value) for value in values] == sorted(map(float, values), reverse=True)
    assert float(values[0]) == 100  # 覆盖率均达到100%
    assert [row["number"].value for row in tables[3]][:3] == ["1.2", "1.2", "3.1"]
    source = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
    for row in tables[5]:
        assert source[int(row["start"].value) :].startswith(row["words"].value)
    first = next(iter(tables[6]))
    assert (first["name"].value, first["provisions"].value) == ("青海省发展和改革委员会", "9")


def test_a_document_number_cannot_break_the_query() -> None:
    from policygraph.web.primer import queries

    assert 'pg:documentNumber "a\\"b\\\\" .' in queries('a"b\\')["path"]


# ── the help ──


def test_the_help_explains_what_the_pages_show(client: FlaskClient) -> None:
    page = get(client, "/help?lang=zh")
    for words in ("目标值", "责任单位", "核实程度", "77 项责任分工", "18 个目标值", "17 个目标"):
        assert words in page, words
    for kind in ("assignment", "target", "goal", "citation", "term", "place", "actor"):
        assert f'class="sample k-{kind} in-{kind}"' in page
    for level in ("VerifiedText", "VerifiedHeading", "VerifiedTheme", "Unverified"):
        assert f"v-{level}" in page
    for basis in ("Stated", "Curated", "Inferred"):
        assert f"/ontology#{basis}" in page
    assert 'href="/help"' in get(client, "/")


@pytest.mark.parametrize(
    "address",
    [
        "/help", "/tour", "/national?tour=4", f"{DOCUMENT}?mark=none&mark=place", f"{DOCUMENT}?show=span/1-9",
        "/frozen/new?query=%3Cscript%3E&title=%3Cscript%3Ealert(1)%3C/script%3E",
        "/frozen/new?query=ASK%20%7B%7D&title=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)  # fmt: skip
def test_pages_hold_no_script_or_style_of_their_own(address: str, client: FlaskClient) -> None:
    answer = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.headers["Content-Security-Policy"] == POLICY
    code = re.sub('<script type="application/ld[+]json">', "", answer.text)  # data, which no browser runs
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", code)


# ── the tour ──


def test_the_tour_leads_through_the_real_pages(client: FlaskClient) -> None:
    page = get(client, "/tour?lang=en")
    stops = re.findall(r'<h2><a href="([^"]*)">', page)
    assert [urlsplit(stop).path for stop in stops] == [
        BODY, DOCUMENT, f"{DOCUMENT}/1.2/t1", "/national", "/questions/tasks-of-department",
    ]  # fmt: skip
    for number, stop in enumerate(stops, 1):
        shown = get(client, stop.partition("#")[0] + "&lang=en")
        strip = shown.partition('<aside class="strip step"')[2].partition("</aside>")[0]
        assert f"step {number} of 5" in strip
        ways = re.findall(r'<a href="([^"]*)"', strip)
        around = [stops[at - 1] for at in (number - 1, number + 1) if 1 <= at <= 5]
        assert ways == [*around, "/tour?done=1"]
        assert "Guided" not in get(client, stop.partition("?")[0])  # nothing without tour=
    assert "步，共 5 步" in get(client, f"{stops[0]}&lang=zh")


def test_the_words_that_the_tour_shows_are_highlighted(client: FlaskClient) -> None:
    stop = re.findall(r'<h2><a href="([^"]*)">', get(client, "/tour"))[1]
    address, _, anchor = stop.partition("#")
    lit = re.search(r'<a id="([^"]*)"[^>]*aria-current="true">([^<]*)</a>', get(client, address))
    assert lit and (lit[1], lit[2]) == (anchor, "省发展改革委")


def test_the_offer_is_put_away_for_good(store: EmbeddedStore) -> None:
    app = create_app(Settings(), store)
    with app.test_request_context("/?lang=en"):
        assert 'href="/tour"' in render_template("_tour.html")
    client = app.test_client()
    answer = client.get("/tour?done=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={kept.value}"}):
        assert render_template("_tour.html").strip() == ""


def test_a_step_that_there_is_not_is_refused(client: FlaskClient) -> None:
    assert "参数 step 不能是“9”" in get(client, "/tour?step=9&lang=zh", 400)
    assert 'aria-current="step" id="step-3"' in get(client, "/tour?step=3")
    assert '<aside class="strip step"' not in get(client, "/about?tour=9")


def test_without_a_document_there_is_no_tour(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("none") / "d.nq"
    file.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n", encoding="utf-8")
    client = create_app(Settings(), EmbeddedStore([file])).test_client()
    assert "nothing to show" in get(client, "/tour?lang=en")
    assert len(runs(get(client, "/help"))) == 7
