"""Four clients, one query in twenty malicious: every answer compared, waits, memory and processes watched.

    python bench/soak.py [--minutes 30] [--data FILE.nq]

First the same load without malice, for what is quiet; then with it. Exits with 1 when an answer is wrong, when the
honest queries' p99 is 5 times its quiet value or more, when memory grows, or when a process is left over.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import random
import socket
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from peers import JSON, Client, Server, comparable, ours

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 4
TIMEOUT = 3
WORKERS, PAGES_WORKERS = 4, 2
MALICIOUS_SHARE = 1 / 20
FACTOR = 5
_PAGES = ("/", "/matrix", "/questions/tasks-of-department", "/targets")
_RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {0}",
    "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?c ?f # {0}",
    "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} # {0}",
    "SELECT ?a (GROUP_CONCAT(?f) AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} GROUP BY ?a # {0}",
    "SELECT (COUNT(*) AS ?n) {{ ?a (!<x:{0}>)* ?b . ?c (!<x:x>)* ?d }}",
    'SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(.*{0}){{20}}$")) }}',
    "SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ " + "1 " * 300 + "}} VALUES ?b {{ " + "1 " * 300 + "}} VALUES ?c {{ "
    + "1 " * 300 + "}} VALUES ?d {{ " + "1 " * 300 + "}} }} # {0}",
    "CONSTRUCT {{ ?a ?b ?f }} {{ ?a ?b ?c . ?d ?e ?f }} # {0}",
)  # fmt: skip
_REFUSALS = {"timeout", "max_rows", "max_bytes", "max_memory", "busy"}


@dataclass
class Report:
    """What one client saw. waits: seconds of honest requests; outcomes: of the malicious ones."""

    waits: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def known_answers(data: Path) -> dict[str, object]:
    """The honest queries with what an engine in this process answers, no server involved."""
    from policygraph.store import EmbeddedStore

    store = EmbeddedStore([data])
    queries = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").glob("*.rq"))]
    queries += ["ASK { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"]
    values = " ".join(f'"{number}"' for number in range(2000))
    queries.append(f"SELECT (COUNT(?v) AS ?n) {{ VALUES ?v {{ {values} }} }}")
    return {query: comparable(store.respond(query, JSON), JSON) for query in queries}


class Visitor:
    """One client: honest requests, one after the other, and now and then a malicious one."""

    def __init__(self, server: Server, answers: dict[str, object], seed: int, malice: float) -> None:
        self.server = server
        self.answers = answers
        self.chance = random.Random(seed)
        self.seed = seed
        self.malice = malice
        self.report = Report()
        self.client = Client(server.port)

    def run(self, seconds: float) -> Report:
        until = time.monotonic() + seconds
        queries = list(self.answers)
        for number in itertools.count():
            if time.monotonic() > until:
                break
            if self.chance.random() < self.malice:
                self.be_malicious(number)
            elif self.chance.random() < 0.05:
                self.page(self.chance.choice(_PAGES))
            else:
                self.honest(self.chance.choice(queries), number)
        self.client.close()
        return self.report

    def honest(self, query: str, number: int) -> None:
        text = query if self.chance.random() < 0.5 else f"{query}\n# {self.seed} {number} {self.malice}"
        begun = time.perf_counter()
        status, _, body = self.client.ask(self.server.request(text))
        self.report.waits.append(time.perf_counter() - begun)
        if status != 200 or comparable(body, JSON) != self.answers[query]:
            self.report.wrong.append(f"{status} {body[:200]!r} to {query[:200]!r}")

    def page(self, path: str) -> None:
        begun = time.perf_counter()
        status, _, body = self.client.ask(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n".encode())
        self.report.waits.append(time.perf_counter() - begun)
        if status != 200 or b"</html>" not in body:
            self.report.wrong.append(f"{status} {body[:200]!r} to {path}")

    def be_malicious(self, number: int) -> None:
        kind = self.chance.randrange(len(_RUNAWAYS) + 2)
        if kind == len(_RUNAWAYS):
            self.half_sent()
        elif kind > len(_RUNAWAYS):
            self.dropped(number)
        else:
            self.runaway(kind, number)

    def runaway(self, kind: int, number: int) -> None:
        text = _RUNAWAYS[kind].format(self.seed * 1_000_000 + number)
        accept = "*/*" if text.startswith("CONSTRUCT") else JSON
        status, _, body = self.client.ask(self.server.request(text, accept))
        try:
            name = json.loads(body)["type"].partition("#")[2]
        except (ValueError, KeyError):
            name = ""
        self.report.outcomes[name or str(status)] += 1
        if status not in (422, 503) or name not in _REFUSALS:
            self.report.wrong.append(f"{status} {body[:200]!r} to {text[:200]!r}")

    def half_sent(self) -> None:
        sock = socket.create_connection(("127.0.0.1", self.server.port))
        sock.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n")
        sock.sendall(b"Content-Length: 90000\r\n\r\nSELECT * {")
        time.sleep(self.chance.random() / 5)
        sock.close()
        self.report.outcomes["half sent"] += 1

    def dropped(self, number: int) -> None:
        sock = socket.create_connection(("127.0.0.1", self.server.port))
        sock.sendall(self.server.request(_RUNAWAYS[0].format(f"d{self.seed} {number}")))
        time.sleep(self.chance.random() / 2)
        sock.close()
        self.report.outcomes["dropped"] += 1


def _visit(server: Server, answers: dict[str, object], seed: int, malice: float, seconds: float, told) -> None:  # type: ignore[no-untyped-def]
    try:
        told.put(Visitor(server, answers, seed, malice).run(seconds))
    except Exception as error:
        told.put(Report(wrong=[f"client {seed}: {error!r}"]))


def visit(server: Server, answers: dict[str, object], malice: float, seconds: float) -> tuple[Report, list[int]]:
    """What all clients saw together, and the memory of the server's processes meanwhile, in MB."""
    told: multiprocessing.Queue[Report] = multiprocessing.Queue()
    jobs = [
        multiprocessing.Process(target=_visit, args=(server, answers, seed, malice, seconds, told))
        for seed in range(CLIENTS)
    ]
    for job in jobs:
        job.start()
    memory: list[int] = []
    reports: list[Report] = []
    while len(reports) < len(jobs):
        try:
            reports.append(told.get(timeout=max(0.5, seconds / 60)))
        except Exception:  # queue.Empty, under the name that multiprocessing gives it
            memory.append(megabytes(server.process.pid))
    for job in jobs:
        job.join()
    total = Report()
    for report in reports:
        total.waits += report.waits
        total.outcomes += report.outcomes
        total.wrong += report.wrong
    return total, memory


def megabytes(pid: int) -> int:
    """Memory of the server's own process and of the one that holds the data; workers come and go."""
    pages = 0
    for each in (pid, *children(pid)):
        pages += int((Path("/proc") / str(each) / "statm").read_text().split()[1])
    return pages * 4096 >> 20


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def _told(name: str, report: Report) -> None:
    waits = [1000 * wait for wait in report.waits]
    print(
        f"{name}: {len(waits):,} honest requests, median {statistics.median(waits):.1f} ms, p99 {p99(waits):.1f} ms, "
        f"longest {max(waits):.0f} ms; wrong: {len(report.wrong)}",
        flush=True,
    )


def failures(quiet: Report, loud: Report, memory: list[int], server: Server) -> list[str]:
    """What did not hold."""
    found = [f"wrong answer: {each}" for each in (quiet.wrong + loud.wrong)[:5]]
    if p99(loud.waits) >= FACTOR * p99(quiet.waits):
        found.append(f"the honest queries' p99 is {p99(loud.waits) / p99(quiet.waits):.1f} times its quiet value")
    part = max(1, len(memory) // 4)
    first, last = statistics.median(memory[part : 2 * part] or memory), statistics.median(memory[-part:])
    print(f"memory of server and zygote: {first:.0f} MB in the second quarter, {last:.0f} MB in the last")
    if last > first * 1.1 + 16:
        found.append("memory grows")
    time.sleep(TIMEOUT + 1)
    zygotes = children(server.process.pid)
    workers = [pid for zygote in zygotes for pid in children(zygote)]
    print(f"processes at rest: {len(zygotes)} zygote, {len(workers)} workers")
    if len(zygotes) != 1 or len(workers) != WORKERS + PAGES_WORKERS:
        found.append("workers were leaked or lost")
    server.stop()
    if left := [pid for pid in zygotes + workers if (Path("/proc") / str(pid)).exists()]:
        found.append(f"processes outlive the server: {left}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "policygraph.nq")
    given = parser.parse_args()
    seconds = given.minutes * 60
    answers = known_answers(given.data)
    server = ours(given.data, "--timeout", str(TIMEOUT), "--workers", str(WORKERS), "--max-memory", "400")
    try:
        visit(server, answers, 0, min(5, seconds / 10))  # warm up
        quiet, _ = visit(server, answers, 0, min(60, seconds / 4))
        _told("quiet", quiet)
        loud, memory = visit(server, answers, MALICIOUS_SHARE, seconds * 0.7)
        _told("with malice", loud)
        print("malicious:", ", ".join(f"{name} {count}" for name, count in loud.outcomes.most_common()))
        print(f"p99 against quiet: {p99(loud.waits) / p99(quiet.waits):.2f}")
        found = failures(quiet, loud, memory, server)
    finally:
        server.stop()
    for each in found:
        print(f"FAILED: {each}", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
