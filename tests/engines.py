"""Other people's engines, started on free loopback ports with folders and settings of their own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "loader", "p@ss: 密#1"
MOST_ROWS = 40_000  # above the whole policy graph, which the pages read in one query


@dataclass(frozen=True)
class Engine:
    """Where an engine answers queries, takes graphs and takes updates; user and password where it wants them."""

    name: str
    query: str
    graphs: str
    update: str
    environ: dict[str, str]


def missing(name: str) -> str:
    """Why an engine cannot be started here; "" where it can."""
    if name == "virtuoso":
        absent = [tool for tool in ("virtuoso-t", "isql-vt") if not shutil.which(tool)]
        return f"there is no {', '.join(absent)} (Debian: virtuoso-opensource-7-bin)" if absent else ""
    return "" if oxigraph().is_file() else "there is no oxigraph beside this Python (PyPI: oxigraph)"


def oxigraph() -> Path:
    return Path(sys.executable).with_name("oxigraph")


@contextmanager
def running(
    name: str, folder: Path, most_rows: int = MOST_ROWS, seconds: int = 60, union: bool = True
) -> Iterator[Engine]:
    """The engine, empty, until the block ends.

    most_rows: Virtuoso's limit; seconds: Oxigraph's timeout; union: whether its default graph is made of all.
    """
    process, engine = _virtuoso(folder, most_rows) if name == "virtuoso" else _oxigraph(folder, seconds, union)
    try:
        _wait(engine.query, process, folder / "output")
        if name == "virtuoso":
            _create_user(folder, engine)
        yield engine
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def _oxigraph(folder: Path, seconds: int, union: bool) -> tuple[subprocess.Popen[bytes], Engine]:
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    command = [oxigraph(), "serve", "--location", folder / "data", "--bind", f"127.0.0.1:{port}"]
    with (folder / "output").open("wb") as output:
        options = ["--union-default-graph"] * union + ["--timeout-s", str(seconds)]
        process = subprocess.Popen([*command, *options], stdout=output, stderr=output)
    return process, Engine("oxigraph", f"{root}/query", f"{root}/store", f"{root}/update", {})


def _virtuoso(folder: Path, most_rows: int) -> tuple[subprocess.Popen[bytes], Engine]:
    sql, port = free_port(), free_port()
    (folder / "sql").write_text(str(sql))
    (folder / "virtuoso.ini").write_text(
        f"""[Database]
DatabaseFile={folder}/virtuoso.db
ErrorLogFile={folder}/virtuoso.log
LockFile={folder}/virtuoso.lck
TransactionFile={folder}/virtuoso.trx
xa_persistent_file={folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile={folder}/temp.db
TransactionFile={folder}/temp.trx
[Parameters]
ServerPort=127.0.0.1:{sql}
NumberOfBuffers=10000
MaxDirtyBuffers=6000
DirsAllowed={folder}
[HTTPServer]
ServerPort=127.0.0.1:{port}
ServerRoot={folder}
[SPARQL]
ResultSetMaxRows={most_rows}
"""
    )
    with (folder / "output").open("wb") as output:
        command = ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")]
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    root = f"http://127.0.0.1:{port}"
    environ = {"POLICYGRAPH_STORE_USER": USER, "POLICYGRAPH_STORE_PASSWORD": PASSWORD}
    graphs, update = f"{root}/sparql-graph-crud-auth", f"{root}/sparql-auth"
    return process, Engine("virtuoso", f"{root}/sparql", graphs, update, environ)


def _create_user(folder: Path, engine: Engine) -> None:
    commands = f"USER_CREATE('{USER}', '{PASSWORD}');\nGRANT SPARQL_UPDATE TO \"{USER}\";\n"
    place = f"127.0.0.1:{(folder / 'sql').read_text()}"
    done = subprocess.run(
        ["isql-vt", place, "dba", "dba", "ERRORS=STDOUT"], input=commands.encode(), capture_output=True, timeout=60
    )
    assert b"Error" not in done.stdout, done.stdout.decode()


def _wait(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    """Until the engine answers; AssertionError with its last words where it does not within a minute."""
    for _ in range(600):
        assert process.poll() is None, output.read_text(errors="replace")[-2000:]
        try:
            with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(output.read_text(errors="replace")[-2000:])
