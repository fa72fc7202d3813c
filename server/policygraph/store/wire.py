"""Messages between the server, the zygote and the workers: frames over a Unix socket.

A frame is four bytes of length and a body of JSON; an answer follows its frame as plain bytes.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import fields
from typing import Any

from .base import Job, QueryForm

_LENGTH = struct.Struct(">I")
_JOB = tuple(entry.name for entry in fields(Job))


def send(sock: socket.socket, message: Any, fds: tuple[int, ...] = (), payload: bytes = b"") -> None:
    """Send a message, file descriptors beside it and bytes behind it; OSError where the other end is gone."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    frame = _LENGTH.pack(len(body)) + body
    if fds:
        socket.send_fds(sock, [frame[:1]], fds)
        frame = frame[1:]
    if len(payload) < 65536:
        sock.sendall(frame + payload)
    else:
        sock.sendall(frame)
        sock.sendall(payload)


def receive(sock: socket.socket, fds: int = 0) -> tuple[Any, list[int]]:
    """The next message, and the file descriptors that came with it; EOFError where there is none."""
    given: list[int] = []
    if fds:
        first, given, _, _ = socket.recv_fds(sock, 1, fds)
        if not first:
            raise EOFError
        length = first + read(sock, _LENGTH.size - 1)
    else:
        length = read(sock, _LENGTH.size)
    return json.loads(read(sock, _LENGTH.unpack(length)[0])), given


def read(sock: socket.socket, size: int) -> bytes:
    """Exactly so many bytes; EOFError where the other end goes away before."""
    data = sock.recv(size, socket.MSG_WAITALL) if size else b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def parse(data: bytearray) -> tuple[dict[str, Any], bytes] | None:
    """The message at the beginning of data and the `size` bytes behind it; None while they are incomplete."""
    if len(data) < _LENGTH.size:
        return None
    start = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    if len(data) < start:
        return None
    head = json.loads(data[_LENGTH.size : start])
    end = start + head["size"]
    return (head, bytes(data[start:end])) if len(data) >= end else None


def write_job(job: Job) -> dict[str, Any]:
    """A job as a message."""
    return {name: getattr(job, name) for name in _JOB}


def read_job(message: dict[str, Any]) -> Job:
    """The job in a message."""
    for name in ("default_graphs", "named_graphs"):
        if message[name] is not None:
            message[name] = tuple(message[name])
    return Job(**{**message, "form": QueryForm(message["form"])})
