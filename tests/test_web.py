"""The pages, through Flask's client, on the published dataset."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask
from flask.testing import FlaskClient

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app, labels
from policygraph.web.app import POLICY
from policygraph.web.facts import Facts, Snapshots, expand, shorten
from policygraph.web.governed import governed_by
from policygraph.web.i18n import CATALOGUES, chinese
from policygraph.web.marks import Mark, segments
from policygraph.web.passages import documents, reading

ROOT = Path(__file__).parents[1]
DATASET = ROOT / "data" / "policygraph.nq"
DOCUMENT = "/id/doc/qingzhengban-2020-62"
PAGES = (
    "/", DOCUMENT, f"{DOCUMENT}/3", f"{DOCUMENT}/3.2", f"{DOCUMENT}/3.2/a9", f"{DOCUMENT}/3.10/t1",
    f"{DOCUMENT}/1.2/g1", f"{DOCUMENT}/c1", f"{DOCUMENT}/3.11/s2", "/id/org/qinghaisheng-shangwuting",
    "/id/doc/fagaichanye-2019-1602", "/departments", "/matrix", "/matrix?sort=order", "/targets",
    "/national", "/national?strength=Exact", "/sparql", "/questions", "/questions/tasks-of-department",
    "/ontology", "/about", "/coverage", "/ontology/0.1.0", "/propose", "/propose?other=fagaichanye-2019-1762",
    "/search", "/search?q=数字", "/search?q=数字&kind=words", "/ask", "/ask?q=2025年旅游收入目标", "/build",
    "/build?class=Target",
)  # fmt: skip
MOST_LINKS = 1200


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    if not DATASET.exists():
        pytest.skip(f"{DATASET.relative_to(ROOT)} is not built")
    return EmbeddedStore([DATASET])


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> Facts:
    return Snapshots().of(store)


@pytest.fixture(scope="module")
def app(store: EmbeddedStore) -> Flask:
    made = create_app(Settings(), store)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def get(client: FlaskClient, address: str, accept: str = "text/html", **headers: str) -> tuple[int, str]:
    response = client.get(address, headers={"Accept": accept, **headers})
    return response.status_code, response.text


# ── marks ──


def cases() -> Iterator[tuple[str, list[Mark]]]:
    """Texts with marks that nest, overlap, touch, are empty or reach beyond the end."""
    chance = random.Random(62)
    for _ in range(400):
        text = "".join(chance.choices("甲乙丙，。", k=chance.randrange(40)))
        marks = []
        for index in range(chance.randrange(12)):
            start, end = sorted(chance.choices(range(len(text) + 5), k=2))
            marks.append(Mark(start, end, str(index), "term"))
        yield text, marks


def test_segments_are_the_text() -> None:
    for text, marks in cases():
        found = segments(0, len(text), marks)
        assert "".join(text[each.start : each.end] for each in found) == text
        for each in found:
            for place in range(each.start, each.end):
                covering = {mark.node for mark in marks if mark.start <= place < mark.end}
                assert covering == {mark.node for mark in each.marks}


def test_marks_of_a_segment_go_from_long_to_short() -> None:
    for text, marks in cases():
        for each in segments(0, len(text), marks):
            lengths = [mark.end - mark.start for mark in each.marks]
            assert lengths == sorted(lengths, reverse=True)
            assert each.inner is (each.marks[-1] if each.marks else None)


# ── names ──


def test_short_names_go_back() -> None:
    for iri in (expand("pg:Target"), expand("id:doc/x-2020-1/3.1"), "https://example.org/x"):
        assert expand(shorten(iri)) == iri


# ── languages ──


def test_every_message_has_its_chinese() -> None:
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(CATALOGUES.parent, methods, keywords=keywords)
    used = {message[0] if isinstance(message, tuple) else message for _, _, message, *_ in found}
    said = {
        message.id[0] if isinstance(message.id, tuple) else message.id: message for message in chinese() if message.id
    }
    assert len(used) > 100
    assert used == set(said), "in the pages and in translations/zh"
    for message in said.values():
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(words) and not message.fuzzy, message.id


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_in_both_languages(client: FlaskClient, address: str) -> None:
    join = "&" if "?" in address else "?"
    status, chinese = get(client, f"{address}{join}lang=zh")
    assert (status, '<html lang="zh-CN">' in chinese) == (200, True)
    status, english = get(client, f"{address}{join}lang=en")
    assert (status, '<html lang="en">' in english) == (200, True)
    for message in ("Skip to the content", "Vocabulary", "Responsible bodies", "Every claim here"):
        assert message in english and message not in chinese


def test_language_is_remembered_and_negotiated(client: FlaskClient) -> None:
    language = {"Accept-Language": "en-GB,en;q=0.9"}
    assert 'lang="zh-CN"' in client.get("/").text[:60]
    assert 'lang="en"' in client.get("/", headers=language).text[:60]
    client.get("/?lang=zh", headers=language)
    assert 'lang="zh-CN"' in client.get("/", headers=language).text[:60]


# ── /id and its formats ──


@pytest.mark.parametrize(
    ("accept", "media_type", "sign"),
    [
        ("text/turtle", "text/turtle", "pg:Task"),
        ("application/n-triples", "application/n-triples", "<https://w3id.org/policygraph/id/doc/"),
        ("application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
        ("application/ld+json", "application/ld+json", "@id"),
        ("text/html", "text/html", "<!doctype html>"),
        ("*/*", "text/html", "<!doctype html>"),
    ],
)
@pytest.mark.usefixtures("store")
def test_things_come_in_the_format_asked_for(client: FlaskClient, accept: str, media_type: str, sign: str) -> None:
    response = client.get(f"{DOCUMENT}/3.2", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert sign in response.text
    assert "Accept" in response.headers["Vary"]


def test_format_parameter_wins(client: FlaskClient) -> None:
    assert client.get(f"{DOCUMENT}/3.2?format=turtle", headers={"Accept": "text/html"}).mimetype == "text/turtle"
    assert client.get("/ontology", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"


def test_description_holds_the_words(client: FlaskClient) -> None:
    text = client.get(f"{DOCUMENT}/3.2/a9", headers={"Accept": "text/turtle"}).text
    assert 'oa:exact "中国铁路青藏公司"' in text


@pytest.mark.parametrize("path", ["nothing", "doc/nothing-2020-1", "org/青海", "doc/x'><script>"])
def test_unknown_things_are_404(client: FlaskClient, path: str) -> None:
    status, text = get(client, f"/id/{path}?lang=en")
    assert status == 404
    assert "/departments" in text and "<script>" not in text


def test_other_formats_are_406(client: FlaskClient) -> None:
    assert get(client, f"{DOCUMENT}/3.2", "image/png")[0] == 406
    assert get(client, f"{DOCUMENT}/3.2?format=docx")[0] == 406


@pytest.mark.parametrize("address", [*PAGES, "/id/nothing", "/nothing"])
def test_pages_are_guarded(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "text/html"})
    policy = response.headers["Content-Security-Policy"]
    assert (policy == POLICY) is not address.startswith("/sparql")
    assert re.sub(r" 'nonce-[\w-]{24}'", "", policy) == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    code = re.sub('<script type="application/ld[+]json">', "", response.text)  # data, which no browser runs
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", code)


# ── links and evidence ──


def links(address: str, text: str) -> list[str]:
    found = [unescape(href) for href in re.findall(r'(?:href|src)="([^"]*)"', text)]
    return [urljoin(address, href).partition("#")[0] for href in found if not href.startswith("http")]


def test_every_internal_link_answers(client: FlaskClient) -> None:
    waiting, seen = list(PAGES), set()
    while waiting and len(seen) < MOST_LINKS:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address, headers={"Accept": "text/html,*/*;q=0.1"})
        assert response.status_code < 400, address
        if response.mimetype == "text/html":
            waiting += [link for link in links(address, response.text) if link not in seen]
        response.close()
    assert len(seen) > len(PAGES)


def test_reader_holds_the_text_to_the_character(client: FlaskClient, facts: Facts) -> None:
    source = (ROOT / "data/sources/qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
    shown = client.get(DOCUMENT, headers={"Accept": "text/html"}).text
    article = shown.partition("<article")[2].partition(">")[2].partition("</article>")[0]
    found = reading(facts, documents(facts)[0])
    assert found is not None and found.text == source
    assert unescape(re.sub(r"<[^>]*>", "", article)) == source


def test_evidence_leads_to_the_exact_words(client: FlaskClient, facts: Facts) -> None:
    found = reading(facts, documents(facts)[0])
    assert found is not None
    assert {mark.kind for mark in found.marks} >= {
        "assignment",
        "target",
        "goal",
        "citation",
        "term",
        "place",
    }
    for mark in found.marks[:: max(1, len(found.marks) // 40)]:
        page = client.get("/" + mark.node.replace(":", "/", 1), headers={"Accept": "text/html"}).text
        target = re.search(rf'class="ev" href="({DOCUMENT}\?show=[^"]*)"', page)
        assert target, mark.node
        address = unescape(target[1])
        shown = client.get(address.partition("#")[0], headers={"Accept": "text/html"}).text
        anchor = address.partition("#")[2]
        assert f'id="{anchor}"' in shown
        pieces = re.findall(r'<a id="at-(\d+)"[^>]*aria-current="true">([^<]*)</a>', shown)
        assert "".join(unescape(words) for _, words in pieces) == found.text[mark.start : mark.end]
        assert int(pieces[0][0]) == mark.start == int(anchor[3:])


def test_first_is_never_called_lead(client: FlaskClient) -> None:
    for address in ("/matrix", f"{DOCUMENT}/3.2", "/id/org/qinghaisheng-shangwuting"):
        text = get(client, f"{address}?lang=zh")[1].replace("?lang=zh", "")
        assert "列首位" in text
    assert "原文没有写明牵头单位" in get(client, "/matrix?lang=zh")[1]


# ── the workbench ──


def test_answers_name_what_they_link(client: FlaskClient) -> None:
    query = "SELECT ?t WHERE { ?t a <https://w3id.org/policygraph/ontology#Target> } LIMIT 3"
    text = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text
    assert text.count(f'href="{DOCUMENT}/') >= 3
    assert "/workbench/result.csv?" in text and "format=tsv" in text


def test_faults_are_shown_at_their_line(client: FlaskClient) -> None:
    query = "SELECT *\nWHERE { ?s ?p }"
    response = client.get("/sparql", query_string={"query": query, "lang": "en"}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "line 2" in response.text and "^" in response.text


@pytest.mark.parametrize("query", ["SELECT ?x WHERE { ?x a <urn:none> }", "ASK { ?s ?p ?o }", "DESCRIBE <urn:none>"])
def test_every_form_of_query_has_its_page(client: FlaskClient, query: str) -> None:
    assert get(client, f"/sparql?query={query.replace('?', '%3F')}")[0] == 200


def test_library_questions_run_with_their_parameters(client: FlaskClient) -> None:
    address = "/questions/tasks-of-department"
    assert '<option value="https://w3id.org/policygraph/id/org/' in get(client, address)[1]
    assert get(client, f"{address}?actor=省科技厅")[0] == 200
    assert 'role="alert"' in get(client, f"{address}?actor=nobody")[1]
    assert get(client, "/questions/none")[0] == 404


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        ("tasks-of-department?actor=nonsense", "没有名为“nonsense”的项", "no actor is called"),
        ("targets-at-least?minimum=abc", "不是数", "is no number"),
        ("targets-of-year?year=x", "不是年份", "is no year"),
        ("claims-at-position?position=2309.5", "从 0 起的整数", "whole number from 0"),
        ("claims-at-position?position=-1", "从 0 起的整数", "whole number from 0"),
    ],
)
def test_a_value_that_a_parameter_cannot_have_is_refused(client: FlaskClient, address: str, zh: str, en: str) -> None:
    for language, words, other in (("zh", zh, en), ("en", en, zh)):
        status, text = get(client, f"/questions/{address}&lang={language}")
        told = text.partition('role="alert">')[2].partition("</p>")[0]
        assert status == 400
        assert words in told and other not in told
        assert f'value="{address.partition("=")[2]}"' in text  # the form keeps what was asked


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/matrix?part=nowhere/9", "part"), ("/matrix?sort=colour", "sort"), ("/national?strength=Odd", "strength"),
        ("/national?document=none", "document"), ("/about?format=zzz", "format"),
        ("/questions?format=turtle", "format"),
    ],
)  # fmt: skip
def test_a_value_that_an_address_cannot_have_is_refused_by_name(
    client: FlaskClient, address: str, parameter: str
) -> None:
    value = address.partition("=")[2]
    status, text = get(client, f"{address}&lang=zh")
    assert status == 400 and f"参数 {parameter} 不能是“{value}”" in text
    status, text = get(client, f"{address}&lang=en")
    assert status == 400 and f"The parameter {parameter} cannot be" in text


@pytest.mark.parametrize(
    "address", ["/", "/matrix", "/sparql", "/id/graph/registry", "/id/org/qinghaisheng-shangwuting", "/suggest?q=a"]
)
def test_a_language_that_no_page_has_is_refused(client: FlaskClient, address: str) -> None:
    status, text = get(client, f"{address}{'&' if '?' in address else '?'}lang=fr", **{"Accept-Language": "en"})
    assert status == 400
    assert "The parameter lang cannot be &#39;fr&#39;; it can be: zh, en." in text
    assert client.get_cookie("policygraph-lang") is None or client.get_cookie("policygraph-lang").value != "fr"  # type: ignore[union-attr]


def test_the_protocols_know_no_language(client: FlaskClient) -> None:
    """A parameter that the SPARQL protocol does not name is passed over; a page that is not there is not there."""
    asked = "/sparql?query=ASK%7B%7D&lang=fr"
    assert get(client, asked, "application/sparql-results+json")[0] == 200
    assert get(client, "/id/graph/registry?lang=fr", "text/turtle")[0] == 200
    assert get(client, "/nowhere?lang=fr")[0] == 404
    assert get(client, "/?lang=")[0] == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [("SELECT * {", 400), ("INSERT DATA { <a:a> <a:b> <a:c> }", 403), ("SELECT * { SERVICE <a:b> { ?s ?p ?o } }", 403),
     ("ASK {}", 200)],
)  # fmt: skip
def test_what_is_embedded_has_the_status_of_the_endpoint(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get("/sparql/embed", query_string={"query": query, "lang": "en"}, headers={"Accept": "text/html"})
    program = client.get("/sparql", query_string={"query": query}, headers={"Accept": "*/*"})
    assert (answer.status_code, program.status_code) == (status, status)
    assert answer.mimetype == "text/html" and ('class="problem"' in answer.text) is (status != 200)


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("青政办〔2020〕62号 (printed name)", True),
        ("policygraph: reading of 青政办〔2020〕62号 against the two classifications", True),
        ("http://cndc.net.cn/class/33540/2016122696339.shtm (2015 edition)", True),
        ("https://tjj.nantong.gov.cn/ntstj/tjsj/content/1243fb3e.html", False),
        ("data/registry/kinds.yaml", False), ("青政办〔2020〕62号", False), ("国务院办公厅印发的app管理办法", False),
        ("发改产业〔2019〕1762号", False), ("GDP", False),
    ],
)  # fmt: skip
def test_curators_write_in_english(words: str, english: bool) -> None:
    assert labels.in_english(words) is english


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/id/doc/fagaichanye-2019-1602", "issued: no date"),  # its notes
        ("/id/org/qinghaisheng-gehangyezhuguanbumen", "open set; no members fixed by the text"),
        ("/questions/source-of-body?actor=青海省各行业主管部门", "open set; no members fixed by the text"),
    ],
)
def test_what_curators_wrote_in_english_is_said_to_be_english(client: FlaskClient, address: str, words: str) -> None:
    page = get(client, f"{address}{'&' if '?' in address else '?'}lang=zh")[1]
    told = re.findall(r'<small>整理者注（英文）：</small> <span lang="en"[^>]*>([^<]*)</span>', page)
    assert any(words in each for each in told)
    page = get(client, f"{address}{'&' if '?' in address else '?'}lang=en")[1]
    assert words in page and "curator&#39;s note" not in page
    assert not re.search(rf'<span lang="zh-CN"[^>]*>[^<]*{words}', page)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("主体", "条款", "次序")), ("en", ("Body", "Provision", "Position"))]
)
def test_columns_of_the_library_have_names(client: FlaskClient, language: str, words: tuple[str, ...]) -> None:
    head = get(client, f"/questions/tasks-of-department?lang={language}")[1].partition("<thead>")[2]
    head = head.partition("</thead>")[0]
    assert all(f">{word}<" in head for word in words)
    assert "?provision" in head  # what the query calls it
    assert "?heading" not in head  # it stands in the link beside its number


def test_the_description_for_programs_is_linked_and_names_every_address(client: FlaskClient) -> None:
    for page in ("/about", "/sparql"):
        assert 'href="/openapi.json"' in get(client, page)[1]
    paths = client.get("/openapi.json").json["paths"]
    for path in ("/sparql", "/graphs", "/ontology", "/healthz", "/readyz", "/metrics"):
        assert path in paths
        answer = client.get(path, headers={"Accept": "*/*;q=0.1, text/turtle"})
        assert path == "/graphs" or answer.mimetype in {
            media.partition(";")[0] for media in paths[path]["get"]["responses"]["200"]["content"]
        }


@pytest.mark.parametrize(("language", "words"), [("zh", "0 行"), ("en", "0 rows")])
def test_an_answer_without_rows_says_so(client: FlaskClient, language: str, words: str) -> None:
    for address in ("/questions/claims-at-position?position=99999", "/sparql?query=SELECT * { ?x a <urn:none> }"):
        status, text = get(client, f"{address}&lang={language}")
        answer = text.partition('id="answer"')[2].partition("</section>")[0]
        assert status == 200
        assert words in answer and 'class="empty"' in answer and "<pre" not in answer


def test_app_opens_the_dataset_that_is_packed() -> None:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    assert create_app(Settings()).test_client().get("/").status_code == 200


def test_the_ontology_has_its_version_and_void_its_place(client: FlaskClient) -> None:
    data = client.get("/ontology/0.1.0", headers={"Accept": "text/turtle"})
    assert data.mimetype == "text/turtle"
    assert data.data == client.get("/ontology?format=turtle").data
    assert client.get("/ontology/9.9.9").status_code == 404
    told = client.get("/ontology/context.jsonld")
    assert told.mimetype == "application/ld+json"
    assert told.json["@context"]["pg:actor"] == {"@id": "pg:actor", "@type": "@id"}
    found = client.get("/.well-known/void")
    assert (found.status_code, found.headers["Location"]) == (303, "/id/dataset")
    told = client.get("/id/dataset?format=turtle").text
    assert "void#classPartition" in told or "void:classPartition" in told


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("落实", "自定义", "责任主体")), ("en", ("carries out", "our own"))]
)
def test_the_ontology_page_draws_and_maps_in_both_languages(
    lang: str, words: tuple[str, ...], client: FlaskClient
) -> None:
    page = client.get(f"/ontology?lang={lang}").text
    assert page.count('<svg class="diagram"') > 10
    assert all(word in page for word in words)
    drawn = set(re.findall(r'<text x="\d+" y="\d+">([^<]+)</text>', page))
    assert {"条款", "举措"} <= drawn or {"provision", "measure"} <= drawn


def test_a_provision_shows_its_sectors_and_the_verbs_and_instruments_of_its_measures(client: FlaskClient) -> None:
    page = get(client, f"{DOCUMENT}/4.3?lang=zh")[1]
    assert all(words in page for words in ("行动动词与政策工具", "推动落实", "税收与价格", "同价政策"))
    assert "金融服务" in get(client, f"{DOCUMENT}/3.3?lang=zh")[1]
    assert "instrument.tax-price" in get(client, f"{DOCUMENT}/4.3/s1")[1]


def test_the_coverage_page_tells_what_the_command_tells(client: FlaskClient) -> None:
    page = get(client, "/coverage?lang=en")[1]
    assert page.count('<svg class="meter" width="100%"') == 23  # the document and its provisions
    assert ">6345<" in page and "1645" in page


@pytest.mark.parametrize(
    ("slug", "printed"),
    [
        ("gongxiaolianshe", "省供销联社"),
        ("zhengfushengaiban", "省政府审改办"),
        ("sandagongyeyuanquguanweihui", "三大工业园区管委会"),
    ],
)
def test_a_body_known_by_its_printed_words_is_not_called_by_an_official_name(
    client: FlaskClient, slug: str, printed: str
) -> None:
    page = client.get(f"/id/org/qinghaisheng-{slug}?lang=zh").text
    assert f"原文写作“{printed}”" in page and "未经核实" in page
    assert "不作猜测" not in page and "正式名称" not in page
    kind = next(line for line in page.splitlines() if "主体类别" in line)
    assert "照字面登记，未核实" in kind
    assert "正式名称" in client.get("/id/org/qinghaisheng-shangwuting?lang=zh").text


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("关于推动青海省服务业高质量发展的实施意见", ("dcterms:title", "青海省")),
        ("关于推动青海服务业高质量发展的实施意见", ("dcterms:title", "青海")),
        ("关于推动服务业高质量发展的实施意见", ("pg:documentNumber", "")),
    ],
)
def test_what_the_place_of_a_document_follows_from(tmp_path: Path, title: str, told: tuple[str, str]) -> None:
    """Without a place of the issuer the title tells it, else 青 in 青政办〔2020〕62号."""
    lines = resources.dataset().read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not ("renminzhengfubangongting>" in line and "#jurisdiction>" in line)]
    assert len(kept) < len(lines)
    text = "\n".join(kept).replace('"关于推动青海省服务业高质量发展的实施意见"', f'"{title}"')
    (tmp_path / "changed.nq").write_text(text, encoding="utf-8")
    facts = Snapshots().of(EmbeddedStore([tmp_path / "changed.nq"]))
    with create_app(Settings(workers=0), EmbeddedStore([tmp_path / "changed.nq"])).test_request_context("/?lang=zh"):
        assert governed_by(facts, "id:doc/qingzhengban-2020-62")[:2] == told


def test_what_a_document_is_said_to_be_stands_beside_its_words(client: FlaskClient) -> None:
    """The title page prints 成文日期 and no 发布日期; the preamble says 经省政府同意."""
    page = client.get("/id/doc/qingzhengban-2020-62?lang=zh", headers={"Accept": "text/html"}).text
    rows = {row.partition("</th>")[0].rpartition("<span")[2]: row for row in page.split("<tr>")}
    issued = next(row for name, row in rows.items() if "印发日期" in name)
    assert "2020-08-13</q>" in issued and "文中未印发布日期，以成文日期为准" in issued
    approved = next(row for name, row in rows.items() if "批准机关" in name)
    assert "经省政府同意</q>" in approved and "show=span/206-351" in approved
    place = next(row for name, row in rows.items() if "适用地域" in name)
    assert "青海省人民政府办公厅</q>" in place and "按发文机关所属地域推定" in place and "show=span/99-109" in place
    outline = client.get("/id/doc/fagaichanye-2019-1762?lang=zh", headers={"Accept": "text/html"}).text
    assert outline.count("人工录入，来源见下") == 4  # title, number, issuers, year that it looks to
