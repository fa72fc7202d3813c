"""Start to first answer, and each page on loopback, in one run: medians in milliseconds.

python bench/start.py [ROUNDS]
"""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import time
from urllib.parse import quote

PAGES = {
    "start": "/",
    "document": "/id/doc/qingzhengban-2020-62",
    "provision": "/id/doc/qingzhengban-2020-62/3.2",
    "actor": "/id/org/qinghaisheng-shangwuting",
    "matrix": "/matrix",
    "targets": "/targets",
    "national": "/national",
    "sparql form": "/sparql",
    "sparql answer": "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"),
}


def get(port: int, path: str, accept: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    begun = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "policygraph.cli", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
        assert get(port, PAGES["sparql answer"], "application/sparql-results+json") == 200
        print(f"start to first answer  {(time.perf_counter() - begun) * 1000:8.0f} ms")
        for name, path in PAGES.items():
            accept = "application/sparql-results+json" if name == "sparql answer" else "text/html"
            times = []
            for _ in range(rounds):
                now = time.perf_counter()
                assert get(port, path, accept) == 200, path
                times.append((time.perf_counter() - now) * 1000)
            print(f"{name:22} first {times[0]:6.1f}  median {statistics.median(times[1:]):6.1f}  max {max(times):6.1f}")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
