"""A server in a process of its own, as a user starts it, for the tests that need one."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SECONDS = 20


class Serving:
    """`policygraph serve` with these options; a context manager that ends it. errors: its standard error so far."""

    def __init__(self, folder: Path, *options: str, **environ: str) -> None:
        self._errors = folder / "stderr.txt"
        with self._errors.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "policygraph.cli", "serve", "--port", "0", *options],
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                env={**os.environ, **environ},
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://" in line, self.errors
        self.port = int(line.split("127.0.0.1:")[1].split("/")[0])

    @property
    def errors(self) -> str:
        return self._errors.read_text(encoding="utf-8")

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = self.connect()
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def ask(self, query: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.get("/sparql?" + urlencode({"query": query}), Accept="text/csv, */*;q=0.1", **headers)

    def processes(self) -> list[int]:
        """The zygotes of this server and their workers."""
        zygotes = children(self.process.pid)
        return zygotes + [pid for zygote in zygotes for pid in children(zygote)]


def children(parent: int) -> list[int]:
    """The processes that a process has started, the dead that nobody buried included."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (OSError, UnicodeDecodeError):
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(condition: Any, seconds: float = SECONDS) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def problem(body: bytes) -> str:
    """The kind of a problem document, which holds a title and a detail in both languages."""
    told = json.loads(body)
    for tag in ("zh", "en"):
        assert told[tag]["title"] and told[tag]["detail"]
    assert "Traceback" not in body.decode()
    return str(told["type"]).rpartition("#")[2]
