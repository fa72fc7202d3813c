"""No query hurts another: runaways of every kind end, alone, and whoever asks little is answered meanwhile."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import resources
from policygraph.endpoint.problems import problem_of
from policygraph.errors import BusyError, ClientGoneError, LimitError, StoreError
from policygraph.settings import Settings
from policygraph.store import Limits, Live, PooledStore, calls
from policygraph.store.base import CSV, JSON, RESULT_TYPES, TURTLE, Job, QueryForm
from policygraph.store.embedded import EmbeddedStore
from policygraph.store.lanes import Lanes
from policygraph.store.pool import pooled_store
from policygraph.store.rows import count_rows
from policygraph.web import create_app
from serving import RUNAWAY, Serving, alive, children, problem, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="workers that can be killed need Linux"),
    pytest.mark.alone,
]

LIMITS = Limits(timeout=0.7, quick=0.05, rows=2000, size=1 << 20, memory=200 << 20, workers=3, queue=8)
SMALL = "SELECT ?n { <https://w3id.org/policygraph/id/org/qinghaisheng-shangwuting> skos:prefLabel ?n }"
SMALL = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> " + SMALL + " ORDER BY ?n"


@pytest.fixture(scope="module")
def store() -> Iterator[PooledStore]:
    store = pooled_store([resources.dataset()], None, LIMITS, 1 << 20)
    yield store
    store.close()


@pytest.fixture(scope="module")
def expected() -> bytes:
    return EmbeddedStore([resources.dataset()]).respond(SMALL, CSV)


def fresh(query: str, counter: list[int] = [0]) -> str:  # noqa: B006 (the counter of this module)
    """The query as it was never asked before, so that no cache answers."""
    counter[0] += 1
    return f"{query} # {counter[0]}"


def runaway(store: PooledStore, ended: list[StoreError], query: str = "") -> threading.Thread:
    """A thread that asks for too much; the error that it gets is put into ended."""

    def ask() -> None:
        try:
            store.respond(query or fresh(RUNAWAY), CSV)
        except StoreError as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


MALICIOUS = {
    "cross product": (RUNAWAY, {"timeout"}),
    "deep path": ("SELECT (COUNT(*) AS ?n) { ?a (!<x:x>)* ?b . ?c (!<x:y>)* ?d }", {"timeout", "max_memory"}),
    "sorted cross product": ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", {"max_memory", "timeout"}),
    "grouped cross product": (
        "SELECT ?a ?d (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d",
        {"max_memory", "timeout"},
    ),
    "long text": (
        'SELECT ?z { BIND("0123456789" AS ?a) '
        + " ".join(
            f"BIND(CONCAT({', '.join([f'?{x}'] * 30)}) AS ?{y})" for x, y in zip("abcdef", "bcdefz", strict=True)
        )
        + " }",
        {"max_memory", "max_bytes", "timeout"},
    ),
    "many rows": ("SELECT * { ?a ?b ?c } LIMIT 2001", {"max_rows"}),
    "many triples": ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c } LIMIT 4000", {"max_rows"}),
    "many bytes": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", {"max_bytes"}),
    "regular expression": (
        'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(.*a){25}(.*b){25}$"))}',
        {"timeout", "max_memory"},
    ),
    "values": (
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{i} {{ {'1 ' * 300} }}" for i in range(6)) + " }",
        {"timeout", "max_memory"},
    ),
}


@pytest.mark.parametrize("name", MALICIOUS)
def test_every_runaway_ends_at_a_limit_and_leaves_nothing(store: PooledStore, expected: bytes, name: str) -> None:
    query, limits = MALICIOUS[name]
    form = store.form(query)
    begun = time.monotonic()
    with pytest.raises(LimitError) as caught:
        store.respond(fresh(query), TURTLE if form is QueryForm.CONSTRUCT else CSV)
    assert caught.value.limit in limits
    assert time.monotonic() - begun < LIMITS.timeout + 10  # what a busy machine adds
    assert store.respond(fresh(SMALL), CSV) == expected
    assert (store.lanes.running, store.lanes.waiting) == (0, 0)
    zygote = store.crew.zygote.pid
    assert until(lambda: len(children(zygote)) == store.crew.idle + store.own.crew.idle), "left over, or unburied"


def test_large_queries_that_are_no_harm_are_answered(store: PooledStore) -> None:
    values = " ".join(f'"{number}"' for number in range(1500))
    assert len(store.select(f"SELECT ?v {{ VALUES ?v {{ {values} }} }}")) == 1500
    huge = "|".join(f"word{number}" for number in range(3000))
    assert len(store.select(f'SELECT ?s {{ ?s ?p "没有" FILTER(REGEX(STR(?s), "{huge}")) }}')) == 0


def test_short_queries_pass_while_runaways_fill_every_place(expected: bytes) -> None:
    limits = replace(LIMITS, quick=0.5, timeout=3)
    store = pooled_store([resources.dataset()], None, limits, 1 << 20)
    ended: list[StoreError] = []
    threads = [runaway(store, ended) for _ in range(2 * LIMITS.workers)]
    waits = []
    while any(thread.is_alive() for thread in threads):
        begun = time.monotonic()
        assert store.respond(fresh(SMALL), CSV) == expected
        waits.append(time.monotonic() - begun)
    assert {type(error) for error in ended} <= {LimitError, BusyError}  # the last ones waited in vain
    assert len(ended) == len(threads)
    assert len(waits) > 20
    assert sorted(waits)[len(waits) // 2] < limits.quick
    assert max(waits) < limits.timeout
    store.close()


def test_a_query_known_to_be_long_takes_no_place_from_short_ones(store: PooledStore) -> None:
    query = fresh(RUNAWAY)
    for _ in range(2):
        with pytest.raises(LimitError):
            store.respond(query, CSV)
    ended: list[StoreError] = []
    threads = [runaway(store, ended, query) for _ in range(5)]
    assert until(lambda: store.lanes.running == LIMITS.workers - 1)
    seen = {store.lanes.running for _ in range(200) if not time.sleep(0.001)}
    assert seen == {LIMITS.workers - 1}
    for thread in threads:
        thread.join()


def test_the_queue_is_bounded(expected: bytes) -> None:
    limits = Limits(timeout=0.6, quick=0.05, workers=2, queue=2)
    store = pooled_store([resources.dataset()], None, limits, 0)
    try:
        with ThreadPoolExecutor(12) as threads:
            jobs = [threads.submit(store.respond, fresh(RUNAWAY), CSV) for _ in range(12)]
            errors = [job.exception() for job in jobs]
        assert {type(error) for error in errors} == {LimitError, BusyError}
        assert store.respond(SMALL, CSV) == expected
    finally:
        store.close()


def test_places_are_given_in_the_order_of_asking() -> None:
    lanes = Lanes(2, 10, 5)
    order: list[int] = []
    for _ in range(2):
        lanes.enter(lambda: False)
    assert lanes.promote()
    assert not lanes.promote(), "one place is kept"

    def wait(number: int) -> None:
        lanes.enter(lambda: False)
        order.append(number)

    threads = []
    for number in range(4):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        assert until(lambda number=number: lanes.waiting == number + 1)
    for number in range(4):
        lanes.leave(long=False)
        assert until(lambda number=number: len(order) == number + 1)
    assert order == [0, 1, 2, 3]


def test_who_waited_in_vain_is_not_told_of_a_full_queue() -> None:
    """A queue of ten with one that waits is almost empty."""
    lanes = Lanes(2, 10, 0.2)
    for _ in range(2):
        lanes.enter(lambda: False)
    with pytest.raises(BusyError) as caught:
        lanes.enter(lambda: False)
    told = problem_of(caught.value)
    assert (told.status, told.key) == (503, "waited")
    assert "0.2" in told.words("zh")["detail"] and "0.2 seconds" in told.words("en")["detail"]
    full = Lanes(2, 0, 5)
    for _ in range(2):
        full.enter(lambda: False)
    with pytest.raises(BusyError) as caught:
        full.enter(lambda: False)
    assert problem_of(caught.value).key == "busy"


def test_long_queries_that_wait_keep_no_short_one_out() -> None:
    lanes = Lanes(3, 1, 5)
    for _ in range(2):
        lanes.enter(lambda: False, long=True)
    waiting = threading.Thread(target=lanes.enter, args=(lambda: False, True))
    waiting.start()
    assert until(lambda: lanes.waiting == 1)
    with pytest.raises(BusyError):
        lanes.enter(lambda: False, long=True)
    lanes.enter(lambda: False)  # the place that is kept
    short = threading.Thread(target=lanes.enter, args=(lambda: False,))
    short.start()
    assert until(lambda: lanes.waiting == 2), "the queue of the long ones is not its own"
    lanes.leave(long=False)
    short.join(2)
    assert not short.is_alive()
    lanes.leave(long=True)
    waiting.join(2)
    assert not waiting.is_alive()


def test_the_cache_weighs_what_it_is_asked_by(store: PooledStore) -> None:
    """190 names of graphs weigh far more than ASK {}."""
    names = list(store.named_graphs()) * 30
    store.cache.clear()
    store.respond(fresh("ASK {}"), JSON, default_graphs=names)
    assert store.cache.bytes > sum(map(len, names))


def test_whoever_leaves_has_the_query_ended(store: PooledStore) -> None:
    begun = time.monotonic()
    calls.begin(calls.Call(gone=lambda: time.monotonic() > begun + 0.2))
    try:
        with pytest.raises(ClientGoneError):
            store.respond(fresh(RUNAWAY), CSV)
    finally:
        calls.begin(calls.Call())
    assert store.lanes.running == 0


def test_a_death_is_explained_after_the_burial(store: PooledStore) -> None:
    """The zygote buries the dead whenever it bears a worker, so perhaps before the server asks how one died."""
    zygote = store.crew.zygote
    worker = zygote.fork(LIMITS)
    os.kill(worker.pid, signal.SIGABRT)
    assert until(lambda: not alive(worker.pid))
    other = zygote.fork(LIMITS)
    try:
        assert until(lambda: worker.pid not in children(zygote.pid))
        assert zygote.reason(worker).code == -signal.SIGABRT
    finally:
        other.kill()
        worker.kill()


def test_pages_do_not_wait_behind_strangers() -> None:
    """Every worker is taken and the queue is full, for as long as the test lasts: the pages answer all the same."""
    store = pooled_store([resources.dataset()], None, replace(LIMITS, timeout=300), 1 << 20)
    left, outcomes = threading.Event(), []

    def stranger() -> None:
        calls.begin(calls.Call(gone=left.is_set))
        try:
            store.respond(fresh(RUNAWAY), CSV)
        except StoreError as error:
            outcomes.append((left.is_set(), type(error)))

    threads = [threading.Thread(target=stranger) for _ in range(LIMITS.workers + LIMITS.queue)]
    try:
        client = create_app(Settings(), store).test_client()
        for thread in threads:
            thread.start()
        assert until(lambda: store.lanes.running and store.lanes.waiting)
        for path in ("/", "/questions/tasks-of-department", "/questions/targets-of-year?year=2022", "/matrix"):
            assert client.get(path, headers={"Accept": "text/html"}).status_code == 200
        assert store.lanes.running and store.lanes.waiting
    finally:
        left.set()
        for thread in threads:
            thread.join()
        store.close()
    assert [kind for gone, kind in outcomes if not gone and kind is not BusyError] == []
    assert (True, ClientGoneError) in outcomes


def test_library_questions_are_answered_before_anybody_asks(store: PooledStore) -> None:
    client = create_app(Settings(), store).test_client()
    client.get("/questions/tasks-of-department")  # the app's own first request
    misses = store.own.cache.misses
    for path in sorted(resources.queries().glob("*.rq")):
        answer = client.get(f"/questions/{path.stem}", headers={"Accept": "text/html"})
        assert answer.status_code == 200
    assert store.own.cache.misses == misses


def test_a_worker_killed_from_outside_costs_one_query_at_most(store: PooledStore, expected: bytes) -> None:
    idle = children(store.crew.zygote.pid)
    for pid in idle:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: not any(map(alive, idle)))
    assert [store.respond(fresh(SMALL), CSV) for _ in range(5)] == [expected] * 5
    ended: list[StoreError] = []
    running = runaway(store, ended)
    assert until(lambda: store.lanes.running == 1)
    time.sleep(0.2)
    for pid in children(store.crew.zygote.pid):
        os.kill(pid, signal.SIGKILL)
    running.join()
    assert [type(error) for error in ended] == [LimitError]
    assert store.respond(fresh(SMALL), CSV) == expected


def test_a_worker_opens_no_socket_and_no_file(store: PooledStore) -> None:
    """Even past the guard: an engine that would fetch cannot."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        with pytest.raises(StoreError):
            store.execute(Job(query, QueryForm.SELECT, CSV))
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_dead_zygote_is_replaced(expected: bytes) -> None:
    live = Live(lambda: pooled_store([resources.dataset()], None, LIMITS, 0))
    try:
        first = live.store()
        assert isinstance(first, PooledStore)
        live.watch([resources.dataset()], 0)
        workers = children(first.crew.zygote.pid)
        os.kill(first.crew.zygote.pid, signal.SIGKILL)
        with pytest.raises(StoreError):
            while True:
                first.respond(fresh(SMALL), CSV)
        assert until(lambda: live.store() is not first)
        assert live.store().respond(SMALL, CSV) == expected
        assert until(lambda: not any(map(alive, workers)))
    finally:
        live.close()


ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
TERMS = st.one_of(
    st.none(),
    st.integers(0, 9).map(str),
    st.text(alphabet='{}[],"\\:\n\r<>中 a', max_size=8).map(
        lambda text: (
            '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
        )
    ),
    st.just('<<( <x:a> <x:b> "z,{" )>>'),
)


@given(st.lists(st.tuples(TERMS, TERMS), max_size=6), st.sampled_from(RESULT_TYPES))
def test_rows_are_counted_as_a_parser_counts_them(rows: list[tuple[str | None, str | None]], media_type: str) -> None:
    values = " ".join(f"({' '.join(term or 'UNDEF' for term in row)})" for row in rows)
    kind = ox.QueryResultsFormat.from_media_type(media_type)
    data = ox.Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}").serialize(format=kind)
    assert data is not None
    assert count_rows(data, media_type) == len(rows)


def test_limits_are_told_in_both_languages(store: PooledStore) -> None:
    client = create_app(Settings(), store).test_client()
    numbers = {"timeout": "0.7", "max_rows": "2,000", "max_bytes": "1,048,576"}
    for name in ("cross product", "many rows", "many bytes"):
        query, (limit,) = MALICIOUS[name][0], MALICIOUS[name][1]
        answer = client.post("/sparql", data={"query": fresh(query)}, headers={"Accept": JSON, "Accept-Language": "zh"})
        assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
        assert problem(answer.data) == limit
        told = answer.get_json(force=True)
        assert told["limit"] == limit
        assert numbers[limit] in told["zh"]["detail"] and numbers[limit] in told["en"]["detail"]
        assert told["detail"] == told["zh"]["detail"]
    page = client.get("/sparql", query_string={"query": fresh(RUNAWAY), "lang": "en"}, headers={"Accept": "text/html"})
    assert "The query took too long" in page.text


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("server")
    options = ("--timeout", "0.7", "--short", "0.05", "--workers", "2", "--queue", "2", "--max-memory", "200")
    with Serving(folder, *options) as server:
        yield server


def test_a_dropped_connection_ends_its_query(tmp_path: Path, expected: bytes) -> None:
    """Long before its time is up."""

    def running() -> bool:
        return b"policygraph_queries_running 0.0" not in server.get("/metrics")[2]

    with Serving(tmp_path, "--timeout", "300", "--workers", "2") as server:
        sock = socket.create_connection(("127.0.0.1", server.port))
        sock.sendall(f"GET /sparql?query={RUNAWAY.replace(' ', '+')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert until(running)
        sock.close()
        assert until(lambda: not running())
        assert server.ask(fresh(SMALL))[2] == expected


def test_half_sent_requests_hold_nobody_up(server: Serving, expected: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 900\r\n\r\n"
    socks = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(80)]
    try:
        for number, sock in enumerate(socks):
            sock.sendall(head + b"SELECT * {" if number % 2 else head[:30])
        for _ in range(5):
            assert server.ask(fresh(SMALL))[::2] == (200, expected)
    finally:
        for sock in socks:
            sock.close()


def test_a_full_queue_is_503_with_a_time_to_come_back(server: Serving, expected: bytes) -> None:
    with ThreadPoolExecutor(16) as threads:
        jobs = [threads.submit(server.ask, fresh(RUNAWAY)) for _ in range(16)]
        page = server.get("/", Accept="text/html")
        answers = [job.result() for job in jobs]
    assert page[0] == 200
    assert {status for status, _, _ in answers} == {422, 503}
    for status, headers, body in answers:
        assert headers["content-type"] == "application/problem+json"
        assert problem(body) in {422: ("timeout",), 503: ("busy", "waited")}[status]
        assert status != 503 or int(headers["retry-after"]) >= 1
    assert server.ask(fresh(SMALL))[::2] == (200, expected)


def test_nothing_is_left_when_the_server_is_killed(tmp_path: Path) -> None:
    server = Serving(tmp_path, "--timeout", "60")
    try:
        sock = socket.create_connection(("127.0.0.1", server.port))
        sock.sendall(f"GET /sparql?query={RUNAWAY.replace(' ', '+')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
        processes = server.processes()
        assert len(processes) > 4
        server.process.kill()
        server.process.wait()
        assert until(lambda: not any(map(alive, processes)), 5)
        sock.close()
    finally:
        assert server.process.stdout is not None
        server.process.stdout.close()
