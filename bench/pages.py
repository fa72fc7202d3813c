"""Every kind of page on a store of many documents and on the published data: time, size, memory, first paint.

python bench/pages.py [--documents 1000] [--folder FOLDER] [--visits 9] [--only many|published] [--pages KINDS]
    [--paint]

FOLDER keeps the synthetic texts (synthetic.py) and their collection for the next run; without it they are made anew.
Times are milliseconds of the whole answer over one kept connection on loopback, gzipped as a browser asks for it.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from synthetic import document, length

PG = "https://w3id.org/policygraph/ontology#"
_FIND = {
    "document": "SELECT ?x (COUNT(*) AS ?n) {{ ?x a <{pg}PolicyDocument> . ?s <{source}> ?x }} GROUP BY ?x",
    "provision": "SELECT ?x (COUNT(*) AS ?n) {{ ?x <{pg}hasAssignment> ?a }} GROUP BY ?x",
    "target": "SELECT ?x (1 AS ?n) {{ ?x a <{pg}Target> }} LIMIT 1",
    "body": "SELECT ?x (COUNT(*) AS ?n) {{ ?a <{pg}actor> ?x }} GROUP BY ?x",
    "place": "SELECT ?x (COUNT(*) AS ?n) {{ ?s <{jurisdiction}> ?x }} GROUP BY ?x",
    "term": "SELECT ?x (COUNT(*) AS ?n) {{ ?x a <{pg}Term> . ?m <{pg}mentioned> ?x }} GROUP BY ?x",
}
"""The heaviest thing of each kind."""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def build(folder: Path, count: int, workers: int) -> Path:
    """The collection of so many synthetic documents; made where it is not."""
    texts, collection = folder / f"texts-{count}", folder / f"collection-{count}"
    if not (collection / "store" / "current.json").exists():
        texts.mkdir(parents=True, exist_ok=True)
        for seed in range(count):
            (texts / f"{seed:06}.txt").write_text(document(seed, length(seed)), encoding="utf-8")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "policygraph.cli", "add", str(texts), "--collection", str(collection)]
        told = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True)
        assert told.returncode in (0, 2) and (collection / "store" / "current.json").exists(), told.stderr
        print(f"{count:,} documents compiled in {time.perf_counter() - begun:.0f} s", flush=True)
    return collection


class Server:
    """`policygraph serve` with these options, until the block ends. ready: seconds until it answered."""

    def __init__(self, *options: str) -> None:
        begun = time.perf_counter()
        command = [sys.executable, "-m", "policygraph.cli", "serve", "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        self.get("/about")
        self.ready = time.perf_counter() - begun

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def get(self, path: str, accept: str = "text/html", zipped: bool = True) -> tuple[int, bytes]:
        headers = {"Accept": accept, "Accept-Language": "zh"} | ({"Accept-Encoding": "gzip"} if zipped else {})
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def heaviest(self, query: str) -> str:
        """The path of the thing that a query of _FIND counts most of; "" where there is none."""
        asked = query.format(
            pg=PG,
            source="http://www.w3.org/ns/oa#hasSource",
            jurisdiction="http://data.europa.eu/eli/ontology#jurisdiction",
        )
        if "LIMIT" not in asked:
            asked += " ORDER BY DESC(?n) ?x LIMIT 1"
        status, body = self.get("/sparql?" + urlencode({"query": asked}), "application/sparql-results+json", False)
        assert status == 200, body[:400]
        rows = json.loads(body)["results"]["bindings"]
        return "/id/" + rows[0]["x"]["value"].partition("/id/")[2] if rows else ""

    def memory(self) -> tuple[int, int]:
        """MiB resident: of the server alone, and of its zygote and workers."""
        below = [child for pid in _children(self.process.pid) for child in (pid, *_children(pid))]
        return _resident(self.process.pid), sum(map(_resident, below))


def pages(server: Server) -> dict[str, str]:
    """Kind of page → path, of the heaviest thing there is."""
    found = {kind: server.heaviest(query) for kind, query in _FIND.items()}
    values = f"SELECT ?target ?value {{ ?target a <{PG}Target> ; <{PG}value> ?value }} LIMIT 100"
    scope = found["document"].removeprefix("/id/doc/")
    made = {"start": "/", "documents": "/documents", **found}
    made["document, words shown"] = found["target"].replace(f"{scope}/", f"{scope}?show=") if scope else ""
    made |= {
        "departments": "/departments",
        "departments of one": f"/departments?document={scope}",
        "network of one": f"/departments/network?document={scope}",
        "matrix": "/matrix",
        "matrix of one": f"/matrix?document={scope}",
        "targets": "/targets",
        "targets of one": f"/targets?document={scope}",
        "national": "/national",
        "national of one": f"/national?document={scope}",
        "coverage": "/coverage",
        "coverage of one": f"/coverage?document={scope}",
        "search form": "/search",
        "search": "/search?q=" + quote("数字经济"),
        "search in pinyin": "/search?q=shangwuting",
        "ask": "/ask?q=" + quote("省商务厅负责哪些任务"),
        "questions": "/questions",
        "builder": "/build",
        "builder of targets": "/build?class=Target",
        "help": "/help",
        "a question of one": "/questions/document-outline",
        "a question": "/questions/tasks-of-department",
        "a question of year": "/questions/targets-of-year",
        "sparql": "/sparql",
        "sparql answer": "/sparql?" + urlencode({"query": values}),
        "ontology": "/ontology",
        "about": "/about",
        "propose": "/propose",
        "not there": "/id/nothing",
    }  # fmt: skip
    return {kind: path for kind, path in made.items() if path}


def measure(server: Server, visits: int, paint: bool, only: str = "") -> None:
    """only: the kinds of page that are visited, parted by commas; "" for all."""
    alone, others = server.memory()
    print(f"ready after {server.ready:.1f} s; memory {alone} MiB, its processes {others} MiB")
    head = f"{'page':24}{'status':>7}{'first':>9}{'median':>8}{'p90':>8}{'KB':>8}{'gzip KB':>9}"
    print(head + (f"{'paint':>8}" if paint else ""), flush=True)
    asked = {kind: path for kind, path in pages(server).items() if not only or kind in only.split(",")}
    paints = _paints(server, asked) if paint else {}
    slow = []
    for kind, path in asked.items():
        times: list[float] = []
        for _ in range(visits + 1):
            begun = time.perf_counter()
            status, body = server.get(path)
            times.append((time.perf_counter() - begun) * 1000)
            if len(times) > 2 and min(times) > 2000:
                break  # it will not become quick
        with suppress(gzip.BadGzipFile):
            plain = len(gzip.decompress(body))
        later = sorted(times[1:])
        median, most = statistics.median(later), later[min(len(later) - 1, round(0.9 * len(later)))]
        line = (
            f"{kind:24}{status:>7}{times[0]:>9.1f}{median:>8.1f}{most:>8.1f}{plain / 1e3:>8.1f}{len(body) / 1e3:>9.1f}"
        )
        painted = paints.get(kind)
        print(line + (f"{painted:>8.0f}" if painted else ""), flush=True)
        if status < 400 and (median > 200 or (painted or 0) > 300):
            slow.append(kind)
    alone, others = server.memory()
    print(f"memory afterwards {alone} MiB, its processes {others} MiB; over the limits: {', '.join(slow) or 'none'}")


def _paints(server: Server, paths: dict[str, str]) -> dict[str, float | None]:
    """First contentful paint in Chromium, milliseconds, the median of three visits after one."""
    from playwright.sync_api import sync_playwright

    made: dict[str, float | None] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        for kind, path in paths.items():
            times = []
            for _ in range(4):
                page.goto(f"http://127.0.0.1:{server.port}{path}")
                while (painted := page.evaluate(_PAINT)) is None:  # the pages' policy forbids to wait by an expression
                    page.wait_for_timeout(20)
                times.append(painted)
            made[kind] = statistics.median(times[1:])
        browser.close()
    return made


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(word) for word in task.read_text().split()]
    return found


def _resident(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() >> 20
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--visits", type=int, default=9)
    parser.add_argument("--only", choices=("many", "published"))
    parser.add_argument("--pages", default="", help="kinds of page, parted by commas")
    parser.add_argument("--paint", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if given.only != "published":
            collection = build(given.folder or Path(place), given.documents, os.cpu_count() or 1)
            print(f"\n{given.documents:,} documents")
            with Server("--collection", str(collection)) as server:
                measure(server, given.visits, given.paint, given.pages)
        if given.only != "many":
            print("\nthe published data")
            with Server() as server:
                measure(server, given.visits, given.paint, given.pages)


if __name__ == "__main__":
    main()
