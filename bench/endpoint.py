"""Ours against Oxigraph's own server and rdflib-endpoint: the same data, equal answers, one interleaved run.

    python bench/endpoint.py [--rounds N] [--data FILE.nq] [--seconds S]

Needs `pip install oxigraph rdflib-endpoint uvicorn`. Three tables: cold (each request a text never seen before),
and requests a second for repeated and for conditional requests. Ratios below 1 are ours ahead.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import time
from pathlib import Path

from peers import JSON, NTRIPLES, Client, Server, comparable, ours, oxigraph, rdflib

ROOT = Path(__file__).resolve().parents[1]
_SMALL = {
    "ask": "ASK { ?s ?p ?o }",
    "label": "SELECT ?o { <https://w3id.org/policygraph/id/org/qinghaisheng-shangwuting> "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?o }",
    "one-node": "SELECT * { <https://w3id.org/policygraph/id/doc/qingzhengban-2020-62/3.2> ?p ?o }",
}
_LARGE = {
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "group": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "contains": 'SELECT ?s ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), "服务业")) }',
    "all": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5000",
    "construct": "CONSTRUCT { ?s ?p ?o } { ?s a <https://w3id.org/policygraph/ontology#Assignment> ; ?p ?o }",
}


def queries() -> dict[str, str]:
    """The small ones, the library's questions, and some that take longer."""
    library = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").glob("*.rq"))}
    return {**_SMALL, **library, **_LARGE}


def accept_of(query: str) -> str:
    return NTRIPLES if query.startswith("CONSTRUCT") else JSON


def same_answers(servers: list[Server]) -> dict[str, list[str]]:
    """Which servers answer each query otherwise than the first one, ours."""
    different: dict[str, list[str]] = {}
    clients = [Client(server.port) for server in servers]
    for name, query in queries().items():
        answers = []
        for server, client in zip(servers, clients, strict=True):
            status, _, body = client.ask(server.request(query, accept_of(query)))
            answers.append(comparable(body, accept_of(query)) if status == 200 else status)
        odd = [s.name for s, answer in zip(servers, answers, strict=True) if answer != answers[0]]
        if odd:
            different[name] = odd
    for client in clients:
        client.close()
    return different


def cold(servers: list[Server], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds by query and server; each round asks every server every query, under a new text."""
    times: dict[str, dict[str, list[float]]] = {name: {s.name: [] for s in servers} for name in queries()}
    clients = [Client(server.port) for server in servers]
    for number in range(rounds):
        for name, query in queries().items():
            for server, client in zip(servers, clients, strict=True):
                if server.name == "rdflib-endpoint" and number % 10:
                    continue
                request = server.request(f"{query}\n# {number}", accept_of(query))
                begun = time.perf_counter()
                status, _, _ = client.ask(request)
                times[name][server.name].append((time.perf_counter() - begun) * 1000)
                assert status == 200, (server.name, name, status)
    return times


def _hammer(port: int, requests: list[bytes], seconds: float, wanted: int, counts: multiprocessing.Queue) -> None:
    client = Client(port)
    until, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < until:
        for request in requests:
            status, _, _ = client.ask(request)
            assert status == wanted, status
            done += 1
    counts.put(done)


def rate(server: Server, requests: list[bytes], seconds: float, wanted: int = 200, clients: int = 2) -> float:
    """Requests a second of so many clients at once."""
    counts: multiprocessing.Queue = multiprocessing.Queue()
    jobs = [
        multiprocessing.Process(target=_hammer, args=(server.port, requests, seconds, wanted, counts))
        for _ in range(clients)
    ]
    begun = time.perf_counter()
    for job in jobs:
        job.start()
    done = sum(counts.get() for _ in jobs)
    for job in jobs:
        job.join()
    return done / (time.perf_counter() - begun)


def p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rates-only", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "policygraph.nq")
    given = parser.parse_args()
    servers: list[Server] = []
    try:
        for start in (ours, oxigraph, rdflib):
            servers.append(start(given.data))
        different = same_answers(servers)
        for name, names in different.items():
            print(f"different answer: {name}: {', '.join(names)}")
        if alone := [name for name, names in different.items() if len(names) == len(servers) - 1]:
            sys.exit(f"nobody answers as ours does, nothing measured: {', '.join(alone)}")
        # Oxigraph counts a triple of two graphs twice: docs/engines.md
        print(f"every answer of ours is that of Oxigraph's server or of rdflib-endpoint: {len(queries())} queries\n")
        if not given.rates_only:
            cold(servers, 3)  # warm up
            _print_cold(cold(servers, given.rounds), servers)
        _print_rates(servers, given.seconds)
    finally:
        for server in servers:
            server.stop()


def _print_cold(times: dict[str, dict[str, list[float]]], servers: list[Server]) -> None:
    names = [server.name for server in servers]
    print(f"{'cold, ms (median/p99)':38}" + "".join(f"{name:>20}" for name in names) + f"{'ours/Oxigraph':>15}")
    ratios: dict[bool, list[float]] = {False: [], True: []}
    for query, by_server in times.items():
        medians = [statistics.median(by_server[name]) for name in names]
        cells = "".join(f"{m:>11.2f} /{p99(by_server[n]):>7.2f}" for m, n in zip(medians, names, strict=True))
        ratio = medians[0] / medians[1]
        ratios[medians[1] > 1].append(ratio)
        print(f"{query:38}{cells}{ratio:>15.2f}")
    for slow, values in ratios.items():
        if values:
            kind = "over" if slow else "up to"
            told = f"median ratio {statistics.median(values):.2f}, worst {max(values):.2f}"
            print(f"queries that take Oxigraph {kind} 1 ms: {len(values)}, {told}")


def _print_rates(servers: list[Server], seconds: float) -> None:
    mine, peer = servers[:2]
    sets = {
        "small queries": list(_SMALL.values()),
        "library questions": [q for n, q in queries().items() if n not in _SMALL and n not in _LARGE],
        "large queries": list(_LARGE.values()),
    }
    print(f"\n{'requests a second, 2 clients':38}{'ours':>12}{'Oxigraph':>12}{'ours/Oxigraph':>15}")
    for name, texts in sets.items():
        plain = {s.name: [s.request(q, accept_of(q)) for q in texts] for s in (mine, peer)}
        theirs = rate(peer, plain[peer.name], seconds)
        repeated = rate(mine, plain[mine.name], seconds)
        conditional = rate(mine, _conditional(mine, texts), seconds, 304)
        again = rate(peer, plain[peer.name], seconds)
        theirs = (theirs + again) / 2
        print(f"{'repeated: ' + name:38}{repeated:>12.0f}{theirs:>12.0f}{repeated / theirs:>15.2f}")
        print(f"{'conditional: ' + name:38}{conditional:>12.0f}{theirs:>12.0f}{conditional / theirs:>15.2f}")


def _conditional(server: Server, texts: list[str]) -> list[bytes]:
    client, requests = Client(server.port), []
    for query in texts:
        _, head, _ = client.ask(server.request(query, accept_of(query)))
        tag = next(line for line in head.decode().split("\r\n") if line.lower().startswith("etag:"))[5:].strip()
        requests.append(server.request(query, accept_of(query), f"If-None-Match: {tag}\r\n"))
    client.close()
    return requests


if __name__ == "__main__":
    main()
