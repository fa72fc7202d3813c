"""The SPARQL Protocol, without any web framework."""

from __future__ import annotations

import pytest

from policygraph.endpoint.protocol import FORM, QUERY, UPDATE, ProtocolError, QueryRequest, read_request


def read(method: str, url: str | bytes = b"", content_type: str | None = None, body: str | bytes = b"") -> QueryRequest:
    data = body.encode() if isinstance(body, str) else body
    query_string = url.encode() if isinstance(url, str) else url
    return read_request(method, query_string, content_type, lambda most: data[:most], 200)


def test_get() -> None:
    asked = read("GET", "query=ASK%7B%7D&default-graph-uri=a%3Ab&default-graph-uri=a%3Ac&named-graph-uri=a%3Ad")
    assert asked == QueryRequest("ASK{}", ("a:b", "a:c"), ("a:d",))
    assert read("GET", "format=csv&output=tsv").formats == ("csv", "tsv")
    assert read("GET").query is None
    assert read("HEAD", "query=").query == ""


def test_posts() -> None:
    assert read("POST", "", FORM, "query=ASK+%7B%7D&named-graph-uri=a%3Ad") == QueryRequest("ASK {}", (), ("a:d",))
    assert read("POST", "", FORM + "; charset=UTF-8", "query=ASK+%7B%7D").query == "ASK {}"
    direct = read("POST", "default-graph-uri=a%3Ab", QUERY, "ASK { ?s ?p '青海' }")
    assert direct == QueryRequest("ASK { ?s ?p '青海' }", ("a:b",))


def test_percent_encoding_is_resolved_once() -> None:
    assert read("GET", "query=%3Chttp://x/%25E4%25B8%25AD%3E").query == "<http://x/%E4%B8%AD>"
    assert read("GET", "query=%3Chttp://x/%E4%B8%AD%3E").query == "<http://x/中>"
    assert read("GET", "query=<http://x/中>").query == "<http://x/中>"
    assert read("POST", "", QUERY, "<http://x/%E4%B8%AD>").query == "<http://x/%E4%B8%AD>"
    assert read("GET", "query=a%2Bb%252B+c").query == "a+b%2B c"


@pytest.mark.parametrize(
    ("status", "key", "request_"),
    [
        (400, "many-queries", ("GET", "query=a&query=b")),
        (400, "many-queries", ("POST", "query=a", QUERY, "b")),
        (400, "no-query", ("POST", "", FORM, "format=json")),
        (400, "encoding", ("GET", "query=%FF")),
        (400, "encoding", ("GET", b"query=\xff")),
        (400, "encoding", ("POST", "", QUERY, b"\xff")),
        (400, "encoding", ("POST", "", FORM, "query=%ED%A0%80")),
        (400, "many-fields", ("GET", "&".join(f"a={n}" for n in range(300)))),
        (403, "update", ("POST", "", UPDATE, "DROP ALL")),
        (403, "update", ("POST", "", FORM, "update=DROP+ALL")),
        (403, "update", ("GET", "update=DROP+ALL")),
        (413, "too-large", ("GET", "query=" + "a" * 201)),
        (413, "too-large", ("GET", "query=" + "%E4%B8%AD" * 67)),
        (413, "too-large", ("POST", "", QUERY, "a" * 201)),
        (413, "too-large", ("POST", "", FORM, "query=" + "a" * 90_000)),
        (415, "content-type", ("POST", "", "text/plain", "ASK {}")),
        (415, "content-type", ("POST", "", None, "ASK {}")),
        (415, "content-type", ("POST", "", QUERY + "; charset=gbk", "ASK {}")),
        (415, "content-type", ("POST", "", "multipart/form-data; boundary=x", "--x--")),
    ],
)
def test_errors(status: int, key: str, request_: tuple[str, ...]) -> None:
    with pytest.raises(ProtocolError) as caught:
        read(*request_)
    assert (caught.value.status, caught.value.key) == (status, key)


def test_the_limit_itself_is_allowed() -> None:
    assert read("GET", "query=" + "%E4%B8%AD" * 66 + "aa").query == "中" * 66 + "aa"
