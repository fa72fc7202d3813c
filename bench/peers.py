"""Servers to measure against, on loopback with the same data, and a client that costs little."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"
_RDFLIB = """
import sys
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
import uvicorn
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nquads")
app = SparqlEndpoint(graph=data)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", timeout_keep_alive=600)
"""


class Server:
    """A running server. path: of its SPARQL endpoint; stop() ends it."""

    def __init__(self, name: str, command: list[str], port: int, path: str, seconds: float = 60) -> None:
        self.name = name
        self.port = port
        self.path = path
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        until = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    self.stop()
                    assert self.process.stderr is not None
                    sys.exit(f"{name} does not start: {self.process.stderr.read().decode()[-500:]}")
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def request(self, query: str, accept: str = JSON, headers: str = "") -> bytes:
        """The bytes of a GET."""
        head = f"GET {self.path}?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {accept}\r\n"
        return (head + headers + "\r\n").encode()


class Client:
    """One connection that is kept open."""

    def __init__(self, port: int, seconds: float = 120) -> None:
        self._sock = socket.create_connection(("127.0.0.1", port), seconds)
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        self._sock.sendall(request)
        data = self._sock.recv(1 << 18)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end].lower(), data[end + 4 :]
        status = int(head[9:12])
        if (at := head.find(b"content-length:")) >= 0:
            size = int(head[at + 15 : head.find(b"\r", at) if head.find(b"\r", at) > 0 else None])
            while len(body) < size:
                body += self._more()
        elif b"transfer-encoding: chunked" in head:
            while not body.endswith(b"\r\n0\r\n\r\n") and body != b"0\r\n\r\n":
                body += self._more()
            body = _dechunked(body)
        return status, data[:end], body

    def _more(self) -> bytes:
        piece = self._sock.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece

    def idle(self) -> bool:
        return not select.select([self._sock], [], [], 0)[0]

    def close(self) -> None:
        self._sock.close()


def _dechunked(data: bytes) -> bytes:
    parts, at = [], 0
    while True:
        end = data.index(b"\r\n", at)
        size = int(data[at:end].split(b";")[0], 16)
        if not size:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + size])
        at = end + 4 + size


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def ours(data: Path, *options: str) -> Server:
    port = free_port()
    command = [sys.executable, "-m", "policygraph.cli", "serve", "--port", str(port), "--store", str(data), *options]
    return Server("policygraph", command, port, "/sparql")


def oxigraph(data: Path) -> Server:
    """Oxigraph's own server, in memory, its default graph the union as ours."""
    program = shutil.which("oxigraph", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if program is None:
        sys.exit("pip install oxigraph rdflib-endpoint uvicorn")
    port = free_port()
    server = Server(
        "Oxigraph", [program, "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"], port, "/query"
    )
    body = data.read_bytes()
    head = (
        f"POST /store?no_transaction HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/n-quads\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    client = Client(port)
    status, _, told = client.ask(head.encode() + body)
    client.close()
    if status >= 300:
        server.stop()
        sys.exit(f"Oxigraph did not load the data: {status} {told!r}")
    return server


def rdflib(data: Path) -> Server:
    port = free_port()
    folder = tempfile.mkdtemp()
    script = Path(folder) / "serve.py"
    script.write_text(_RDFLIB)
    return Server("rdflib-endpoint", [sys.executable, str(script), str(data), str(port)], port, "/")


def comparable(body: bytes, accept: str) -> object:
    """An answer without what may differ: order, names of blank nodes, ways to write the same literal."""
    if accept == NTRIPLES:
        return Counter(re.sub(rb"_:\S+", b"_:b", line).strip() for line in body.splitlines() if line.strip())
    answer = json.loads(body)
    if "boolean" in answer:
        return answer["boolean"]
    return Counter(
        tuple(sorted((name, _cell(cell)) for name, cell in row.items())) for row in answer["results"]["bindings"]
    )


def _cell(cell: dict[str, str]) -> tuple[str, ...]:
    if cell["type"] == "bnode":
        return ("bnode",)
    datatype = cell.get("datatype", "").rpartition("#")[2]
    value = cell["value"]
    if datatype in ("integer", "decimal", "double"):
        value = f"{float(value):.9g}"
        datatype = "number"
    return (cell["type"], value, "" if datatype == "string" else datatype, cell.get("xml:lang", "").lower())
