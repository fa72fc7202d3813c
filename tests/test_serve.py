"""`policygraph serve --data FILE...`, as a process: any RDF, asked over HTTP, ended by a signal."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

FILES = {
    "a.ttl": "<http://x/a> <http://x/p> '甲'@zh .",
    "b.trig": "<http://x/g> { <http://x/b> <http://x/p> '乙' }",
    "c.nq": '<http://x/c> <http://x/p> "丙" <http://x/g> .\n',
}


@contextmanager
def serve(*words: str, folder: Path, **environ: str) -> Iterator[str]:
    command = [sys.executable, "-m", "policygraph.cli", "serve", "--port", "0", *words]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1", **environ}
    with subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+(?=/)", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def values(url: str, query: str) -> set[str]:
    with urllib.request.urlopen(f"{url}/sparql?{urlencode({'query': query})}", timeout=20) as answer:
        return {row["o"]["value"] for row in json.load(answer)["results"]["bindings"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_of_every_kind_are_served(folder: Path) -> None:
    words = [word for name in FILES for word in ("--data", name)]
    with serve(*words, folder=folder) as url:
        assert values(url, "SELECT ?o { ?s <http://x/p> ?o }") == {"甲", "乙", "丙"}
        assert values(url, "SELECT ?o { GRAPH <http://x/g> { ?s <http://x/p> ?o } }") == {"乙", "丙"}
        with urllib.request.urlopen(f"{url}/", timeout=20) as page:
            assert page.headers.get_content_type() == "text/html"


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D", "/healthz"])
def test_head_tells_the_length_that_get_has(path: str, coding: str, folder: Path) -> None:
    with serve("--data", "a.ttl", folder=folder) as url:
        lengths = []
        for method in ("GET", "HEAD", "GET"):
            asked = urllib.request.Request(url + path, headers={"Accept-Encoding": coding}, method=method)
            with urllib.request.urlopen(asked, timeout=20) as answer:
                lengths.append((answer.headers["Content-Length"], answer.headers["Content-Encoding"]))
                body = answer.read()
            assert len(body) == (0 if method == "HEAD" else int(lengths[-1][0]))
        assert len(set(lengths)) == 1 and lengths[0][0] != "0"


def test_a_folder_by_the_environment_and_a_plain_default_graph(folder: Path) -> None:
    with serve("--default-graph", "plain", folder=folder, POLICYGRAPH_DATA=str(folder)) as url:
        assert values(url, "SELECT ?o { ?s <http://x/p> ?o }") == {"甲"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--data", "none.ttl"], "none.ttl"),
        (["--data", "bad.ttl"], "bad.ttl:1:"),
        (["--data", "notes.csv"], ".ttl"),
        (["--data", "a.ttl", "--store", "http://127.0.0.1:9/"], "exclude each other"),
    ],
)
def test_what_cannot_be_served_is_told(folder: Path, words: list[str], told: str) -> None:
    (folder / "bad.ttl").write_text("<http://x/a> nonsense")
    (folder / "notes.csv").write_text("a,b")
    command = [sys.executable, "-m", "policygraph.cli", "serve", "--port", "0", *words]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert told in done.stderr and "Traceback" not in done.stderr
