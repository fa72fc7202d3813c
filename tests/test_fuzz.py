"""Fuzzing over HTTP: what schemathesis makes of /openapi.json, and requests that hypothesis builds below it.

No answer is a 500, none shows a traceback, every failure is a problem document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from loopback import Answer, Site, pooled
from policygraph import resources
from policygraph.endpoint.openapi import describe
from policygraph.settings import Settings

pytestmark = pytest.mark.skipif(not resources.dataset().is_file(), reason="data/policygraph.nq is not built")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(describe(Settings())).get_all_operations()]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with pooled() as app, Site(app) as site:
        yield site


def test_the_description_is_served(site: Site) -> None:
    answer = site.ask("GET", "/openapi.json")
    assert (answer.status, answer.media_type) == (200, "application/json")
    assert json.loads(answer.body) == describe(Settings())
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(OPERATIONS) == 11


@pytest.mark.parametrize(
    ("operation", "mode"),
    [
        pytest.param(operation, mode, id=f"{operation.label}-{mode.value}")
        for operation in OPERATIONS
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        if mode is GenerationMode.POSITIVE or operation.query or operation.path_parameters or operation.body
    ],  # what takes nothing cannot be asked wrongly
)
def test_the_description_holds(operation: schemathesis.APIOperation, mode: GenerationMode, site: Site) -> None:
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case: schemathesis.Case) -> None:
        response = case.call(base_url=site.url)
        assert "Traceback" not in response.text
        case.validate_response(response, checks=CHECKS)

    hold()


# ── below the description: bytes, headers, broken grammar ──

_WORDS = r"""
    SELECT ASK CONSTRUCT DESCRIBE WHERE * ?s ?p ?o $x { } ( ) [ ] . ; , a <http://x/a> <doc/x> <b pg:text :x _:b '' "中"
    '''x\n''' "a"@zh 1 1.5 -2e3 true FILTER OPTIONAL UNION MINUS GRAPH SERVICE VALUES UNDEF BIND AS ORDER BY LIMIT
    OFFSET GROUP HAVING COUNT SUM EXISTS NOT IN REGEX STR IRI BNODE NOW RAND UUID | / ^ + ? ! && || = != < > <= >=
    PREFIX BASE FROM NAMED DISTINCT REDUCED INSERT DELETE DATA LOAD CLEAR DROP WITH \u0053 \ # % ？ 中
"""
WORDS = st.sampled_from([*_WORDS.split(), "\u202e", "\0"])
QUERIES = st.one_of(
    st.lists(WORDS, max_size=30).map(" ".join),
    st.lists(WORDS, max_size=12).map(lambda words: f"SELECT * {{ ?s ?p ?o . {' '.join(words)} }} LIMIT 3"),
    st.text(max_size=80),
)
NAMES = st.sampled_from(
    ["query", "update", "format", "output", "default-graph-uri", "named-graph-uri", "lang", "show", "x"]
)
VALUES = st.one_of(QUERIES, st.sampled_from(["", "json", "html", "http://x/g", "graph", "\ud7ff", "%", "%ff", "../.."]))
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)
RANGES = st.sampled_from(["*/*", "text/*", "text/html", "text/csv", "text/turtle", "application/json", "a/b", "*", "/"])
QUALITIES = st.sampled_from(["", ";q=0", ";q=1", ";q=0.5", ";q=x", ";q=-1", ";q=1.0000", ';v="a,b"', ";charset=utf-8"])
ACCEPTS = st.one_of(HEADER, st.lists(st.tuples(RANGES, QUALITIES).map("".join), max_size=5).map(",".join))
KNOWN = [
    "/sparql", "/sparql/", "/graphs", "/id/graph/registry", "/id/doc/qingzhengban-2020-62", "/ontology", "/about",
    "/openapi.json", "/questions/tasks-of-department", "/targets", "/national", "/matrix",
]  # fmt: skip
PATHS = st.one_of(
    st.sampled_from(KNOWN),
    st.text(max_size=20).map(lambda text: "/id/" + quote(text)),
    st.text(max_size=20).map(lambda text: "/" + quote(text)),
)
METHODS = st.sampled_from(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
TYPES = st.sampled_from(
    ["application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "a", "",
     "application/sparql-query; charset=utf-16", "multipart/form-data; boundary=x"]
)  # fmt: skip
PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=30)


def check(answer: Answer) -> None:
    assert answer.status not in (500, 502)
    assert b"Traceback" not in answer.body
    if answer.status >= 400 and answer.media_type != "text/html" and answer.body:
        assert answer.media_type == "application/problem+json"
        told = json.loads(answer.body)
        assert told["status"] == answer.status and told["zh"]["title"] and told["en"]["detail"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"]


@FUZZ
@given(query=QUERIES, accept=ACCEPTS)
def test_queries(site: Site, query: str, accept: str) -> None:
    body = urlencode({"query": query}, errors="replace").encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
    check(site.ask("POST", "/sparql", headers, body))


@FUZZ
@given(
    method=METHODS,
    path=PATHS,
    fields=st.lists(st.tuples(NAMES, VALUES), max_size=4),
    accept=ACCEPTS,
    language=HEADER,
    encoding=st.one_of(HEADER, st.sampled_from(["gzip", "zstd", "gzip;q=0, *", "identity;q=0"])),
    match=st.one_of(HEADER, st.sampled_from(["*", '"x"', 'W/"x-gzip"', '"a-zstd'])),
)
def test_addresses(
    site: Site,
    method: str,
    path: str,
    fields: list[tuple[str, str]],
    accept: str,
    language: str,
    encoding: str,
    match: str,
) -> None:
    headers = {"Accept": accept, "Accept-Language": language, "Accept-Encoding": encoding, "If-None-Match": match}
    target = path + ("?" + urlencode(fields, errors="replace") if fields else "")
    answer = site.ask(method, target, headers)
    if answer.headers.get("Content-Encoding"):
        assert answer.status not in (500, 502)
    else:
        check(answer)


@FUZZ
@given(
    kind=st.one_of(HEADER, TYPES),
    body=st.one_of(st.binary(max_size=60), QUERIES.map(lambda text: text.encode("utf-8", "replace"))),
    raw=PRINTABLE,
)
def test_bodies(site: Site, kind: str, body: bytes, raw: str) -> None:
    check(site.ask("POST", f"/sparql?{raw}", {"Content-Type": kind, "Accept": "*/*"}, body))
