"""The cache is exact: the same bytes for the same data, nothing from before a swap, no query for what is known."""

from __future__ import annotations

import http.client
import itertools
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from policygraph.collection.disk import Disk
from policygraph.endpoint.front import Front, rememberable
from policygraph.errors import StoreError
from policygraph.settings import Settings
from policygraph.store import GRAPH_TYPES, Limits, Live, PooledStore
from policygraph.store.cache import ByteCache
from policygraph.store.pool import pooled_store
from policygraph.web import create_app
from serving import RUNAWAY, Serving, alive, children, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers that can be killed need Linux")

ROWS = 300
ALL = "SELECT ?s ?v { ?s <http://x/version> ?v } ORDER BY ?s"
JSON, CSV = "application/sparql-results+json", "text/csv"
XML, TSV = "application/sparql-results+xml", "text/tab-separated-values"


def write(path: Path, version: int) -> None:
    """A snapshot in which every value is its version; put in place at once."""
    lines = (f'<http://x/{row}> <http://x/version> "{version}" <http://x/g> .\n' for row in range(ROWS))
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(lines), encoding="utf-8")
    fresh.rename(path)


def versions(body: bytes) -> set[str]:
    """The versions in an answer to ALL, which must be whole."""
    lines = body.decode().split("\r\n")[1:-1]
    assert len(lines) == ROWS
    return {line.partition(",")[2] for line in lines}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3000)), max_size=60))
def test_the_cache_keeps_within_its_bytes_and_forgets_the_oldest(steps: list[tuple[int, int]]) -> None:
    cache: ByteCache[int] = ByteCache(10_000)
    latest: dict[int, int] = {}
    for number, (key, weight) in enumerate(steps):
        cache.put(key, number, weight)
        if weight + 400 <= 1250:  # an eighth, an entry's own weight included
            latest[key] = number
            assert cache.get(key) == number
        assert cache.bytes <= 10_000
    for key, number in latest.items():
        assert cache.get(key) in (None, number)


def test_what_was_used_last_is_kept() -> None:
    cache: ByteCache[str] = ByteCache(10_000)
    for key in range(8):
        cache.put(key, "x", 800)
    assert cache.get(0) == "x"
    cache.put(8, "x", 800)
    assert (cache.get(1), cache.get(0), cache.get(8)) == (None, "x", "x")
    cache.clear()
    assert (cache.get(0), cache.bytes, len(cache)) == (None, 0, 0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.nq"
    write(path, 1)
    return path


@pytest.fixture
def client(data: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(store=str(data), workers=2))
    yield app.test_client()
    live_of(app.test_client()).close()


def live_of(client: FlaskClient) -> Live:
    live = client.application.extensions["policygraph"]["live"]
    assert isinstance(live, Live)
    return live


def get(client: FlaskClient, query: str, accept: str = CSV, **headers: str) -> tuple[int, str, bytes]:
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept, **names})
    return answer.status_code, answer.headers.get("ETag", ""), answer.data


def test_the_tag_is_strong_and_names_data_query_and_format(client: FlaskClient, data: Path) -> None:
    status, tag, body = get(client, ALL)
    assert status == 200 and tag.startswith('"') and tag.endswith('"')
    assert get(client, ALL) == (200, tag, body)
    assert get(client, ALL + " ")[1] != tag
    assert get(client, ALL, JSON)[1] != tag
    assert get(client, ALL, If_None_Match=tag) == (304, tag, b"")
    write(data, 2)
    assert live_of(client).reload()
    status, newer, body = get(client, ALL, If_None_Match=tag)
    assert (status, versions(body)) == (200, {"2"})
    assert newer != tag
    write(data, 1)
    assert live_of(client).reload()
    assert get(client, ALL)[1] == tag, "the same data again are the same again"


BLANK = {
    "SELECT * { ?s <http://x/version> ?b }": (False, (CSV, JSON, XML, TSV)),
    "SELECT * { ?s <http://x/blank> ?b }": (True, (CSV, JSON, XML, TSV)),
    "CONSTRUCT { [] <http://x/p> ?o } WHERE { ?s ?p ?o }": (True, GRAPH_TYPES),
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s <http://x/version> ?o . ?s ?p ?o }": (False, GRAPH_TYPES),
}


@pytest.mark.parametrize("query", BLANK)
def test_the_tag_of_an_answer_with_blank_nodes_is_weak(client: FlaskClient, data: Path, query: str) -> None:
    """Their labels change from load to load, so two answers under one tag need not be the same bytes."""
    with data.open("a", encoding="utf-8") as file:
        file.write("<http://x/0> <http://x/blank> _:b <http://x/g> .\n")
    assert live_of(client).reload()
    weak, media_types = BLANK[query]
    for media_type in media_types:
        for coding in ("identity", "gzip"):
            for more in ("", "&format=" + quote(media_type)):  # the short way answers what it has seen once
                url = "/sparql?query=" + quote(query) + more
                for _ in range(2):
                    answer = client.get(url, headers={"Accept": media_type, "Accept-Encoding": coding})
                    tag = answer.headers["ETag"]
                    assert (answer.status_code, tag.startswith("W/")) == (200, weak), (media_type, answer.text)
                for asked in (tag, f'"x", {tag}', "*"):
                    again = client.get(
                        url, headers={"Accept": media_type, "Accept-Encoding": coding, "If-None-Match": asked}
                    )
                    assert again.status_code == 304 and again.headers["ETag"].startswith("W/") is weak


def test_a_graph_with_blank_nodes_has_a_weak_tag(client: FlaskClient, data: Path) -> None:
    def fetched(**headers: str) -> tuple[int, str]:
        answer = client.get("/graphs?graph=http://x/g", headers={"Accept": "text/turtle", **headers})
        return answer.status_code, answer.headers["ETag"]

    assert not fetched()[1].startswith("W/")
    with data.open("a", encoding="utf-8") as file:
        file.write("<http://x/0> <http://x/blank> _:b <http://x/g> .\n")
    assert live_of(client).reload()
    status, tag = fetched()
    assert (status, tag[:2]) == (200, "W/")
    assert fetched(**{"If-None-Match": tag}) == (304, tag)


def test_neither_repeated_nor_conditional_requests_run_a_query(client: FlaskClient) -> None:
    store = live_of(client).store()
    assert isinstance(store, PooledStore)
    tag = get(client, ALL)[1]
    taken: list[str] = []
    store.lanes.enter = lambda *_: taken.append("place")  # type: ignore[method-assign,assignment]
    assert get(client, ALL)[0] == 200
    assert get(client, ALL, If_None_Match=tag)[0] == 304
    assert get(client, ALL, If_None_Match=f'W/"x", {tag}')[0] == 304
    assert taken == []


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_changes_by_itself_is_never_kept(client: FlaskClient, call: str) -> None:
    query = f"SELECT ?x {{ BIND({call} AS ?x) }}"
    answers = {get(client, query) for _ in range(3)}
    assert len(answers) == 3
    assert {tag for _, tag, _ in answers} == {""}


def test_errors_are_not_kept(data: Path) -> None:
    store = pooled_store([data], None, Limits(timeout=0.3, quick=0.05, workers=2), 1 << 20)
    try:
        for _ in range(2):
            with pytest.raises(StoreError):
                store.select(RUNAWAY.replace("}", "?m ?n ?o . ?p ?q ?r }"))
        assert len(store.cache) == 0
    finally:
        store.close()


def test_a_snapshot_that_cannot_be_loaded_leaves_the_old_one(client: FlaskClient, data: Path) -> None:
    before = get(client, ALL)
    data.write_text("<http://x/1> <http://x/version> broken", encoding="utf-8")
    assert not live_of(client).reload()
    assert get(client, ALL) == before
    assert live_of(client).failures == 1


def test_the_old_processes_end_with_their_last_request(client: FlaskClient, data: Path) -> None:
    live = live_of(client)
    old = live.store()
    assert isinstance(old, PooledStore)
    processes = [old.crew.zygote.pid, *children(old.crew.zygote.pid)]
    write(data, 2)
    assert live.reload()
    assert {row["v"].value for row in old.select(ALL)} == {"1"}, "a request keeps the snapshot that it began with"
    assert all(map(alive, processes))
    del old
    assert until(lambda: not any(map(alive, processes)), 5)


def test_a_collection_on_disk_is_swapped_in_the_same_way(tmp_path: Path) -> None:
    data, disk = tmp_path / "data.nq", Disk(tmp_path / "store")
    write(data, 1)
    disk.load([data])
    disk.publish("first")
    app = create_app(Settings(store=str(tmp_path), workers=2))
    client = app.test_client()
    try:
        first = get(client, ALL)
        assert first[0] == 200, first
        assert versions(first[2]) == {"1"}
        old = live_of(client).store()
        data.write_text('<http://x/0> <http://x/version> "2" <http://x/g> .\n', encoding="utf-8")
        disk.load([data])
        disk.publish("second")
        assert get(client, ALL + "  ")[2] == first[2], "not before it is asked for"
        assert live_of(client).reload()
        assert len(get(client, ALL)[2].splitlines()) == ROWS + 2
        assert len(old.select(ALL + "   ")) == ROWS
    finally:
        live_of(client).close()
        disk.close()


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (b"GET /sparql?query=x HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\nHost: x\r\nconnection:close\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, upgrade\r\n\r\n", False),
        (b"GET / HTTP/1.0\r\nHost: x\r\n\r\n", False),
        (b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: " + b"x" * 9000 + b"\r\n\r\n", False),
    ],
)
def test_only_whole_requests_are_remembered_by_their_bytes(request_: bytes, answer: bool) -> None:
    assert rememberable(request_) is answer


def test_an_answer_of_before_the_swap_is_not_remembered_after_it() -> None:
    front = Front(100_000, None)
    seen: list[object] = []
    keep: Callable[..., None] = front.keep
    headers = [("ETag", '"a"'), ("Cache-Control", "public, no-cache")]
    generation = front.generation
    keep(b"request", generation, "200 OK", headers, b"old", seen)
    front.suspend()
    keep(b"other", generation, "200 OK", headers, b"old", seen)
    assert (front.answer(b"request", ""), front.answer(b"other", "")) == (None, None)
    front.renew()
    keep(b"request", generation, "200 OK", headers, b"old", seen)
    assert front.answer(b"request", "") is None


class Asker(threading.Thread):
    """A client that asks without a pause; what it got, and what was wrong with that."""

    def __init__(self, port: int, ended: threading.Event, number: int) -> None:
        super().__init__()
        self.port, self.ended, self.number = port, ended, number
        self.seen: list[int] = []
        self.wrong: list[object] = []
        self.conditional = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        tags: dict[str, bytes] = {}
        tag = ""
        for turn in itertools.count():
            if self.ended.is_set():
                break
            query = ALL if turn % 2 else f"{ALL} # {self.number} {turn}"  # known, and never seen before
            headers = {"Accept": CSV, **({"If-None-Match": tag} if turn % 4 == 3 else {})}
            connection.request("GET", "/sparql?" + urlencode({"query": query}), headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status == 304:
                self.conditional += 1
                continue
            found = versions(body) if answer.status == 200 else set()
            if answer.status != 200 or len(found) != 1:
                self.wrong.append((answer.status, found, body[:200]))
                continue
            self.seen.append(int(found.pop()))
            if query == ALL:
                tag = answer.headers["ETag"]
                if tags.setdefault(tag, body) != body:
                    self.wrong.append(f"two answers under one tag {tag}")
        connection.close()


@pytest.mark.parametrize("options", [(), ("--watch", "0.1")], ids=["SIGHUP", "watch"])
def test_a_swap_under_load_loses_and_mixes_nothing(data: Path, options: tuple[str, ...]) -> None:
    ended = threading.Event()
    with Serving(data.parent, "--store", str(data), "--workers", "3", *options) as server:
        askers = [Asker(server.port, ended, number) for number in range(3)]
        for asker in askers:
            asker.start()
        for version in range(2, 6):
            time.sleep(0.3)
            write(data, version)
            if not options:
                server.process.send_signal(signal.SIGHUP)
            assert until(lambda version=version: versions(server.ask(ALL)[2]) == {str(version)})
        assert until(lambda: all(asker.seen and asker.seen[-1] == 5 for asker in askers))
        ended.set()
        for asker in askers:
            asker.join()
        assert until(lambda: len(children(server.process.pid)) == 1), "one zygote is left, that of the last snapshot"
    for asker in askers:
        assert asker.wrong == []
        assert asker.seen == sorted(asker.seen), "no answer is older than the one before"
        assert set(asker.seen) >= {1, 5}
        assert len(asker.seen) > 20
    assert sum(asker.conditional for asker in askers) > 0
