"""Data full of markup in a real Chromium: labels, texts, literals and IRIs are shown, and nothing of them runs.

The policy graph itself is made hostile: every name gets markup behind it, and in every text 服务业 becomes <s>, which
is as long, so that all offsets still fit. It is served as `policygraph serve --data FILE` serves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser

from loopback import Site, serving
from policygraph import resources
from policygraph.graph.namespaces import ID_BASE, PG

MARKUP = (
    """"'><img src=x onerror="pwned=1"><script>pwned=1</script><svg/onload=pwned=1>&lt;{{7*7}}</textarea></title>"""
)
NAMES = {
    *(f"http://www.w3.org/2004/02/skos/core#{name}" for name in ("prefLabel", "altLabel", "note", "definition")),
    *(f"http://www.w3.org/2000/01/rdf-schema#{name}" for name in ("label", "comment")),
    "http://purl.org/dc/terms/title",
    *(str(PG[name]) for name in ("documentNumber", "addressee", "distribution", "evidence", "citedTitle")),
}
SCRIPT = ox.NamedNode("javascript:pwned=1")
DOCUMENT = "/id/doc/qingzhengban-2020-62"
ACTOR = "/id/org/qinghaisheng-shangwuting"
ALL = "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'onerror') || CONTAINS(STR(?o), 'javascript:')) } LIMIT 400"
PAGES = (
    "/", DOCUMENT, f"{DOCUMENT}?show=3.10/t1", f"{DOCUMENT}/3", f"{DOCUMENT}/3.2", f"{DOCUMENT}/3.10/t1", ACTOR,
    "/departments", "/departments/tasks", "/departments/drawing", "/departments/network?least=1", "/matrix",
    "/matrix?expand=1", "/targets", "/national", "/questions", "/questions/tasks-of-department", "/ontology",
    "/about", f"/search?q={quote('服务')}", f"/search?q={quote(MARKUP[:150])}",
    "/sparql", f"/sparql?query={quote(ALL)}", f"/sparql?query={quote('DESCRIBE <javascript:pwned=1>')}",
    f"/sparql?query={quote(MARKUP)}", f"/questions/tasks-of-department?actor={quote(MARKUP)}",
    f"/id/{quote(MARKUP)}", f"/nowhere/{quote(MARKUP)}", f"/matrix?sort={quote(MARKUP)}",
)  # fmt: skip


def hostile(quad: ox.Quad) -> ox.Quad:
    value = quad.object
    if isinstance(value, ox.Literal) and value.datatype.value.endswith(("#string", "#langString")):
        text = value.value.replace("服务业", "<s>") + (MARKUP if quad.predicate.value in NAMES else "")
        value = ox.Literal(text, language=value.language) if value.language else ox.Literal(text)
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    quads = [hostile(quad) for quad in ox.parse(path=resources.dataset())]
    graph = ox.NamedNode(f"{ID_BASE}graph/registry")
    for name in ("org/qinghaisheng-shangwuting", "doc/qingzhengban-2020-62"):
        node = ox.NamedNode(ID_BASE + name)
        for predicate in ("http://www.w3.org/2000/01/rdf-schema#seeAlso", str(PG.mentions), "javascript:pwned=2"):
            quads.append(ox.Quad(node, ox.NamedNode(predicate), SCRIPT, graph))
        quads.append(ox.Quad(SCRIPT, ox.NamedNode(str(PG.mentions)), node, graph))
    file = tmp_path_factory.mktemp("markup") / "d.nq"
    ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
    with Site(serving(data=str(file))) as site:
        yield site


def test_markup_in_the_data_is_harmless(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    faults: list[str] = []
    hosts: set[str] = set()
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: hosts.add(re.sub(r"^(\w+://[^/]*).*", r"\1", request.url)))
    shown = 0
    for path in PAGES:
        answer = page.goto(site.url + path)
        assert answer is not None and answer.status in (200, 400, 404), path
        page.wait_for_load_state("networkidle")
        found = page.evaluate(
            """() => ({
                ran: typeof pwned !== "undefined",
                elements: document.querySelectorAll(
                        "s, img[src=x], svg[onload], script:not([src]):not([type='application/ld+json'])").length,
                handlers: [...document.querySelectorAll("*")].filter(
                    each => [...each.attributes].some(held => held.name.startsWith("on"))).length,
                links: [...document.querySelectorAll("a, form")].filter(
                    each => /^javascript:/i.test(each.href || each.action || "")).length,
                text: document.body.innerText,
            })"""
        )
        assert (found["ran"], found["elements"], found["handlers"], found["links"]) == (False, 0, 0, 0), path
        shown += "<svg/onload=pwned=1>&lt;{{7*7}}" in found["text"]  # neither unescaped nor run as a template
    # Chromium itself tells the status of a page
    faults = [text for text in faults if not re.search("status of 40[04]", text)]
    assert (faults, hosts) == ([], {site.url})
    assert shown > len(PAGES) / 2  # the markup was there, as words
    page.goto(site.url + DOCUMENT)
    assert "<s>" in page.locator("article").inner_text()
    page.close()


@pytest.mark.parametrize(
    "path", ["/static/page.css", "/openapi.json", "/sparql?query=ASK%20%7B%7D", "/id/nothing", *PAGES]
)
def test_every_answer_carries_the_policy(path: str, site: Site) -> None:
    answer = site.ask("GET", path, {"Accept": "text/html"})
    policy = {part.split()[0]: part.split()[1:] for part in answer.headers["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    own = [source for source in policy["style-src"] if not source.startswith("'nonce-")]
    assert own == ["'self'"]
    assert (policy["style-src"] == own) is not path.startswith("/sparql")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] and answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
