"""Compression: what is chosen, that it comes back whole, and that tags and Vary stay true."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from policygraph.endpoint.encoding import Encoded, choose

LONG = "青海省服务业高质量发展 " * 200
READ: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
}


def client_of(body: str = LONG, content_type: str = "text/turtle", tag: str = "abc", status: int = 200) -> Client:
    @Request.application
    def app(request: Request) -> Response:
        response = Response(body, status, content_type=content_type)
        response.vary.add("Accept")
        if tag:
            response.set_etag(tag)
        return response.make_conditional(request)

    return Client(Encoded(app))


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("*", "gzip"),
        ("*;q=0", ""),
        ("gzip;q=0, *", ""),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.1, gzip;q=0.5", "gzip"),
        ("br", ""),
        ("gzip;q=2", ""),
    ],
)
def test_choose(accept: str, chosen: str) -> None:
    assert choose(accept) == chosen


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    assert choose(header) in ("", "gzip", "zstd")


@pytest.mark.parametrize("coding", READ)
def test_a_compressed_answer_is_the_answer(coding: str) -> None:
    answer = client_of().get("/", headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(LONG.encode())
    assert READ[coding](answer.data).decode() == LONG
    assert {name.strip() for name in answer.headers["Vary"].split(",")} == {"Accept", "Accept-Encoding"}
    assert client_of().get("/", headers={"Accept-Encoding": coding}).data == answer.data


def test_representations_have_tags_of_their_own() -> None:
    client = client_of()
    tags = {coding: client.get("/", headers={"Accept-Encoding": coding}).headers["ETag"] for coding in ("", *READ)}
    assert tags == {"": '"abc"', "gzip": '"abc-gzip"', "zstd": '"abc-zstd"'}
    for coding, tag in tags.items():
        for other in tags:
            answer = client.get("/", headers={"Accept-Encoding": other, "If-None-Match": f'"x", {tag}'})
            if other == coding or not coding:  # the plain tag proves the plain answer to be current for all
                assert (answer.status_code, answer.data) == (304, b"")
                assert answer.headers["ETag"] == tag
                assert "Accept-Encoding" in answer.headers["Vary"]
            else:
                assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type"), [("short", "text/turtle"), (LONG, "image/png"), (LONG, "application/octet-stream")]
)
def test_what_would_not_shrink_travels_as_it_is(body: str, content_type: str) -> None:
    answer = client_of(body, content_type).get("/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.text == body and answer.headers["ETag"] == '"abc"'


def test_head_says_what_get_would() -> None:
    for coding in ("", *READ):
        got = client_of().get("/", headers={"Accept-Encoding": coding})
        head = client_of().head("/", headers={"Accept-Encoding": coding})
        assert head.data == b""
        for name in ("Content-Encoding", "ETag", "Vary", "Content-Type", "Content-Length"):
            assert head.headers.get(name) == got.headers.get(name)


def test_errors_shrink_too_and_weak_tags_stay() -> None:
    assert client_of(status=404, tag="").get("/", headers={"Accept-Encoding": "zstd"}).status_code == 404
    assert client_of(content_type="application/sparql-results+json").get(
        "/", headers={"Accept-Encoding": "gzip"}
    ).headers["Content-Encoding"] == "gzip"  # fmt: skip
