"""What an operator relies on: health, metrics, log, limits of clients, settings, signals."""

from __future__ import annotations

import hashlib
import json
import os
import re
import runpy
import signal
import socket
import sys
import threading
import time
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from policygraph import resources
from policygraph.cli import main
from policygraph.endpoint.rate import Rate
from policygraph.errors import RateError
from policygraph.settings import Settings, SettingsError, env_name, option_name, table
from policygraph.web import create_app
from serving import RUNAWAY, SECONDS, Serving, alive, problem, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers that can be killed need Linux")

DOCS = resources.root() / "docs"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a ?f }"  # some 5·10⁷ pairs: a second or two


def client_of(**given: object) -> FlaskClient:
    return create_app(Settings(workers=0, **given)).test_client()  # type: ignore[arg-type]


def samples(page: bytes) -> dict[str, float]:
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


def test_health_and_readiness_are_not_cached_and_need_no_page() -> None:
    client = client_of()
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.content_type) == (200, "application/json")
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/readyz").get_json()["snapshot"] in client.get("/about").text


def test_what_answers_before_the_pages_is_as_guarded_as_they_are() -> None:
    client = client_of()
    guarded = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
    page = client.get("/")
    for path in ("/healthz", "/readyz", "/metrics"):
        for answer in (client.get(path), client.post(path)):
            for name in guarded:
                assert answer.headers[name] == page.headers[name], (path, name)


def test_readiness_ends_with_the_data_and_comes_back(tmp_path: Path) -> None:
    with Serving(tmp_path) as server:
        assert server.get("/readyz")[0] == 200
        zygote = server.processes()[0]
        os.kill(zygote, signal.SIGKILL)
        assert until(lambda: server.get("/readyz")[0] == 503, 2)
        assert server.get("/healthz")[0] == 200
        assert until(lambda: server.get("/readyz")[0] == 200)
        assert server.ask("SELECT * {}")[0] == 200


def test_metrics_count_what_happened(tmp_path: Path) -> None:
    with Serving(tmp_path, "--timeout", "0.3", "--short", "0.05") as server:
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 7")[0] == 200
        for _ in range(3):
            assert server.ask("SELECT * { ?s ?p ?o } LIMIT 7")[0] == 200
        assert server.ask(RUNAWAY)[0] == 422
        assert server.ask("SELECT")[0] == 400
        assert server.ask("LOAD <http://x/>")[0] == 403
        found = samples(server.get("/metrics")[2])
        assert found["policygraph_queries_total[run]"] == 1
        assert found["policygraph_queries_total[timeout]"] == 1
        assert found["policygraph_queries_total[invalid]"] == 1
        assert found["policygraph_queries_total[refused]"] == 1
        again = found["policygraph_repeated_requests_total[200]"]
        assert again + found.get("policygraph_queries_total[cache]", 0) == 3
        assert found["policygraph_rows_total"] >= 7
        assert found["policygraph_quads"] == resources.dataset().read_bytes().count(b"\n")
        assert found["policygraph_workers_idle"] == Settings().workers
        assert found["policygraph_queries_running"] == found["policygraph_queries_waiting"] == 0


def entries(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("with_queries", [False, True])
def test_the_access_log_tells_all_but_the_query(tmp_path: Path, with_queries: bool) -> None:
    log = tmp_path / "access.log"
    client = client_of(access_log=str(log), log_queries=with_queries)
    query = 'SELECT * { ?s ?p "秘密" }'
    assert client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"}).status_code == 200
    assert client.get("/about").status_code == 200
    client.application.extensions["policygraph"]["operations"].log.close()
    first, second = entries(log)
    assert first["query"] == hashlib.sha256(query.encode()).hexdigest()[:16]
    assert (first["rows"], first["status"], first["path"], first["method"]) == (0, 200, "/sparql", "GET")
    assert first["client"] == "127.0.0.1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(first["time"]))
    assert "query" not in second
    assert (first.get("text") == query) is with_queries
    assert ("秘密" in log.read_text(encoding="utf-8")) is with_queries


def test_the_log_names_the_outcome_of_each_request(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    options = ("--timeout", "0.3", "--short", "0.05", "--access-log", str(log))
    with Serving(tmp_path, *options) as server:
        for query in (
            "SELECT * {} LIMIT 1",
            "SELECT * {} LIMIT 1",
            "SELECT * {} LIMIT 1",
            RUNAWAY,
            "SELECT",
            "CLEAR ALL",
        ):
            server.ask(query)
        log.rename(tmp_path / "rotated.log")
        server.ask("SELECT * {}")
    outcomes = [entry["outcome"] for entry in entries(tmp_path / "rotated.log")]
    assert outcomes == ["run", "cache", "cache", "timeout", "invalid", "refused"]
    assert len(entries(log)) == 1, "after a rotation the log goes on in a new file"


def test_the_log_names_who_sent_the_same_bytes(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    clients = ["127.0.0.7", "127.0.0.8", "127.0.0.9"]
    with Serving(tmp_path, "--access-log", str(log)) as server:
        for client in clients:
            with socket.create_connection(("127.0.0.1", server.port), SECONDS, source_address=(client, 0)) as sock:
                sock.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n")
                assert sock.recv(9999).startswith(b"HTTP/1.1 200")
        assert until(lambda: [each["client"] for each in entries(log)] == clients), entries(log)


def test_a_body_far_over_the_limit_is_refused_before_it_is_received(tmp_path: Path) -> None:
    with Serving(tmp_path) as server, socket.create_connection(("127.0.0.1", server.port), SECONDS) as sock:
        sock.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 900000000\r\n\r\nASK"
        )
        assert sock.recv(9999).startswith(b"HTTP/1.1 413")


def test_idle_connections_shut_nobody_out(tmp_path: Path) -> None:
    """More of them than the server takes at all."""
    with Serving(tmp_path) as server:
        held = []
        try:
            for number in range(1100):
                held.append(socket.create_connection(("127.0.0.1", server.port), SECONDS))
                held[-1].sendall(b"GET / HT" if number % 2 else b"")
            begun = time.monotonic()
            assert server.ask("ASK {}")[0] == 200
            assert time.monotonic() - begun < 5
        finally:
            for sock in held:
                sock.close()


def test_signals_to_load_again_are_merged(tmp_path: Path) -> None:
    with Serving(tmp_path) as server:
        for _ in range(20):
            server.process.send_signal(signal.SIGHUP)
            time.sleep(0.02)
        assert until(lambda: server.errors.count("the data were replaced") >= 1), server.errors
        time.sleep(3)
        assert 1 <= server.errors.count("the data were replaced") < 10  # how many depends on how busy the machine is
        assert server.ask("ASK {}")[0] == 200


def test_a_signal_right_after_the_start_does_not_end_the_server(tmp_path: Path) -> None:
    """Seen before the signals were heeded ahead of the line that tells the address."""
    for _ in range(3):
        with Serving(tmp_path) as server:
            server.process.send_signal(signal.SIGHUP)
            assert until(lambda: "the data were replaced" in server.errors), server.errors


def test_the_rate_is_a_bucket_that_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    rate = Rate(6)
    for _ in range(6):
        rate.admit("a")
    with pytest.raises(RateError) as caught:
        rate.admit("a")
    assert caught.value.seconds == 10
    rate.admit("b")
    now[0] = 10.0
    rate.admit("a")
    with pytest.raises(RateError):
        rate.admit("a")
    for _ in range(1000):
        Rate(0).admit("a")


def test_a_client_over_its_rate_is_told_when_to_come_back(tmp_path: Path) -> None:
    options = ("--rate-limit", "3", "--trusted-proxy", "127.0.0.1")
    with Serving(tmp_path, *options) as server:
        answers = [server.ask(f"SELECT * {{}} # {number}", X_Forwarded_For="192.0.2.1") for number in range(5)]
        assert [status for status, _, _ in answers] == [200, 200, 200, 429, 429]
        assert problem(answers[-1][2]) == "rate"
        assert 1 <= int(answers[-1][1]["retry-after"]) <= 20
        assert server.ask("SELECT * {} # 0", X_Forwarded_For="192.0.2.1")[0] == 200, "a kept answer costs nothing"
        assert server.ask("SELECT * {} # 9", X_Forwarded_For="192.0.2.2")[0] == 200
    with Serving(tmp_path, "--rate-limit", "3") as server:
        answers = [server.ask(f"SELECT * {{}} # {n}", X_Forwarded_For=f"192.0.2.{n}") for n in range(4)]
        assert [status for status, _, _ in answers] == [200, 200, 200, 429], "who is no proxy is not believed"


def test_sigterm_lets_what_runs_finish_and_leaves_nothing(tmp_path: Path) -> None:
    with Serving(tmp_path, "--timeout", "8", "--short", "0.05") as server:
        answers: list[tuple[int, dict[str, str], bytes]] = []
        thread = threading.Thread(target=lambda: answers.append(server.ask(LONG)))
        thread.start()
        assert until(lambda: samples(server.get("/metrics")[2])["policygraph_queries_running"] == 1)
        processes = server.processes()
        kept = server.connect()
        kept.request("GET", "/readyz")
        assert kept.getresponse().read()
        server.process.send_signal(signal.SIGTERM)

        def refused() -> bool:
            try:
                server.get("/healthz")
            except OSError:
                return True
            return False

        assert until(refused), "no new connection is taken"
        kept.request("GET", "/readyz")
        assert kept.getresponse().status == 503, "an open one hears that the server ends"
        thread.join(SECONDS)
        (status, _, body), *_ = answers
        assert (status, body.split()[0]) in ((200, b"n"), (422, b'{"type":'))
        kept.close()
        assert server.process.wait(SECONDS) == 0
        assert not any(map(alive, processes))
        assert "Traceback" not in server.errors


@pytest.mark.parametrize("signals", [1, 2], ids=["grace over", "second signal"])
def test_what_does_not_finish_is_ended(tmp_path: Path, signals: int) -> None:
    grace = "0.3" if signals == 1 else "60"
    with Serving(tmp_path, "--timeout", "60", "--grace", grace) as server:
        sock = server.connect()
        sock.request("GET", "/sparql?query=" + RUNAWAY.replace(" ", "+"))
        assert until(lambda: samples(server.get("/metrics")[2])["policygraph_queries_running"] == 1)
        processes = server.processes()
        for _ in range(signals):
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        assert server.process.wait(10) == 0
        assert until(lambda: not any(map(alive, processes)), 5)
        sock.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_settings_are_documented(language: str) -> None:
    """docs/settings.md holds the tables that settings.py makes."""
    assert table(language) in (DOCS / "settings.md").read_text(encoding="utf-8")


def test_each_setting_is_an_option_and_a_variable() -> None:
    shown = CliRunner().invoke(main, ["serve", "--help"]).output
    for entry in fields(Settings):
        assert f"--{option_name(entry.name)} " in shown
        assert env_name(entry.name) in table("en")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timeout", "soon"),
        ("timeout", "0"),
        ("workers", "1"),
        ("workers", "-1"),
        ("max_rows", "1e6"),
        ("rate_limit", "x"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=env_name(name)):
        Settings.from_env(environ={env_name(name): value})


def test_the_environment_sets_what_the_options_do(tmp_path: Path) -> None:
    with Serving(tmp_path, POLICYGRAPH_TIMEOUT="0.3", POLICYGRAPH_SHORT="0.05") as server:
        status, _, body = server.ask(RUNAWAY)
        assert (status, problem(body)) == (422, "timeout")
        assert json.loads(body)["most"] == 0.3


def test_the_unit_and_the_proxy_example_name_what_exists() -> None:
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    names = set(re.findall(r"POLICYGRAPH_[A-Z_]+", text))
    assert {"POLICYGRAPH_TRUSTED_PROXY", "POLICYGRAPH_STORE", "POLICYGRAPH_ACCESS_LOG"} <= names
    assert names <= {env_name(entry.name) for entry in fields(Settings)}
    metrics = set(re.findall(r"`(policygraph_[a-z_]+)`", text))
    page = client_of().get("/metrics").data.decode()
    pooled = {"policygraph_queries_running", "policygraph_queries_waiting", "policygraph_workers_replaced"}
    assert metrics and all(name in page or name in pooled for name in metrics)
    for path in ("/healthz", "/readyz", "/metrics"):
        assert path in text


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], ["serve"]),
        (["--port", "8001"], ["serve", "--port", "8001"]),
        (["query", "documents-known"], ["query", "documents-known"]),
        (["--help"], ["--help"]),
        (["test"], ["test"]),
    ],
)
def test_options_alone_are_those_of_serving(words: list[str], command: list[str]) -> None:
    assert runpy.run_path(str(Path(__file__).parents[1] / "run.py"))["command"](words) == command
