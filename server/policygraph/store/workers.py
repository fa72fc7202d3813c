"""The server's end of the zygote and of its workers."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..errors import BusyError, ClientGoneError, StoreError
from . import wire
from .limits import Limits

_SLICE = 0.05  # seconds between two looks at whether the client is still there
_CHUNK = 1 << 18
_END_SECONDS = 5
_ROOT = Path(__file__).resolve().parents[2]


class WorkerDiedError(Exception):
    """A worker ended without an answer; code: as in subprocess; words: what it wrote to standard error."""

    def __init__(self, code: int, words: str) -> None:
        self.code = code
        self.words = words
        super().__init__(f"a worker ended with {code}: {words}")


class Worker:
    """One worker process, for one query at a time."""

    def __init__(self, sock: socket.socket, pid: int, handle: int) -> None:
        self.pid = pid
        self._sock = sock
        self._handle = handle
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._received = bytearray()
        self.spent = False  # not to be used again

    def alive(self) -> bool:
        """Whether it still waits for a query; an idle worker has nothing to say but its end."""
        return not self._poll.poll(0)

    def send(self, order: Mapping[str, Any]) -> None:
        """Give it a query; BrokenPipeError where it has just died."""
        self._received.clear()
        wire.send(self._sock, order)

    def wait(self, until: float, gone: Callable[[], bool]) -> tuple[dict[str, Any], bytes] | None:
        """Its answer, or None when time.monotonic() has reached until.

        Raises ClientGoneError as soon as nobody waits for the answer, EOFError when the worker has died.
        """
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return None
            if not self._poll.poll(max(1, min(left, _SLICE) * 1000)):
                if gone():
                    raise ClientGoneError("the client has left")
                continue
            try:
                piece = self._sock.recv(_CHUNK)
            except ConnectionError:
                raise EOFError from None
            if not piece:
                raise EOFError
            self._received += piece
            if answer := wire.parse(self._received):
                self.spent = self.spent or "last" in answer[0]
                return answer

    def lower(self) -> None:
        """Let others run first: a query that turned out long. What is lowered cannot be raised again."""
        self.spent = True
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)
        except OSError:
            return  # it has just ended; its socket will tell

    def kill(self) -> None:
        """End it now, whatever it does. The handle names this process even when its number is used again."""
        try:
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        except ProcessLookupError:
            pass
        finally:
            os.close(self._handle)
            self._sock.close()


class Zygote:
    """The process that holds one snapshot of the data, and gives workers on it.

    sources: (file, graph or None) pairs, or the snapshot of a collection and its digest; union: as for EmbeddedStore.
    Raises StoreError where the data cannot be loaded.
    """

    def __init__(self, sources: Sequence[tuple[str, str | None]] | tuple[Path, str], union: bool = True) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "policygraph.store.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        try:
            match sources:
                case (Path() as snapshot, str(digest)):
                    wire.send(self._control, {"collection": [str(snapshot), digest]})
                case _:
                    wire.send(self._control, {"sources": sources, "union": union})
            found, _ = wire.receive(self._control)
        except (EOFError, OSError):
            self.close()
            raise StoreError(f"the process that loads the data ended with {self._process.returncode}") from None
        if "error" in found:
            self.close()
            raise StoreError(found["error"])
        self.digest: str = found["digest"]
        self.names: tuple[str, ...] = tuple(found["names"])
        self.quads: int = found["quads"]
        self.union = union

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        """Whether it can still give workers."""
        return self._process.poll() is None

    def fork(self, limits: Limits) -> Worker:
        """A new worker that holds itself to these limits; BusyError where the zygote is gone."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                wire.send(self._control, {"order": "fork", "limits": asdict(limits)}, (theirs.fileno(),))
                told, fds = wire.receive(self._control, 1)
        except (EOFError, OSError):
            ours.close()
            raise BusyError("the process that holds the data has ended", why="ended") from None
        return Worker(ours, told["pid"], fds[0])

    def reason(self, worker: Worker) -> WorkerDiedError:
        """Why a worker ended that was not killed from here."""
        try:
            with self._lock:
                wire.send(self._control, {"order": "reason", "pid": worker.pid})
                told, _ = wire.receive(self._control)
        except (EOFError, OSError):
            return WorkerDiedError(-signal.SIGKILL, "")
        return WorkerDiedError(told["code"], told["words"])

    def close(self) -> None:
        """End it and all its workers; again is no error."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # a thread may be waiting in it
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # its workers follow by themselves
            self._process.wait()
