"""The process that holds the data and bears the workers: `python -m policygraph.store.zygote FD`.

It has one thread, because a fork copies no other. It loads the files, tells what they are, and from then on forks
a worker whenever the server asks. A worker shares the data with it until one of them writes, so a new one costs a
millisecond. Whoever loses its other end dies: the zygote ends with the server's socket and takes its workers
with it, and a worker is killed by the kernel when the zygote dies.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ..errors import LimitError, PolicyGraphError, QuerySyntaxError, StoreError
from . import limits as rules
from . import wire
from .disk import CollectionStore
from .embedded import EmbeddedStore

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_REAP_SECONDS = 0.5
_TOLD_BYTES = 400
_REMEMBERED = 256  # of the dead; the server asks within moments


def main(fd: int) -> None:
    """Serve the socket with this number until its other end is closed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # meant for the server, which closes the socket when it ends
    control = socket.socket(fileno=fd)
    order, _ = wire.receive(control)
    try:
        if "collection" in order:
            snapshot, digest = order["collection"]
            opener: Callable[[], EmbeddedStore] = partial(CollectionStore, Path(), (Path(snapshot), digest))
            found = _in_a_child(opener)  # a handle of RocksDB does not survive a fork: each worker opens its own
        else:
            graphs = dict(order["sources"])
            store = EmbeddedStore(list(graphs), lambda path: graphs[str(path)], union=order["union"])
            opener, found = (lambda: store), _about(store)
    except PolicyGraphError as error:
        wire.send(control, {"error": str(error)})
        return
    wire.send(control, found)
    gc.collect()
    gc.freeze()  # or the collector's marks would copy every page in every worker
    _Nursery(control, opener).run()


def _about(store: EmbeddedStore) -> dict[str, Any]:
    on_disk = isinstance(store, CollectionStore)  # where counting would read everything
    return {"digest": store.digest, "names": store.named_graphs(), "quads": 0 if on_disk else len(store)}


def _in_a_child(opener: Callable[[], EmbeddedStore]) -> dict[str, Any]:
    """What a store is, found out in a process that ends with it; StoreError where it cannot be opened."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            wire.send(theirs, _about(opener()))
        except PolicyGraphError as error:
            wire.send(theirs, {"error": str(error)})
        finally:
            os._exit(0)
    theirs.close()
    with ours:
        found: dict[str, Any] = wire.receive(ours)[0]
    os.waitpid(pid, 0)
    if "error" in found:
        raise StoreError(found["error"])
    return found


class _Nursery:
    def __init__(self, control: socket.socket, opener: Callable[[], EmbeddedStore]) -> None:
        self._control = control
        self._opener = opener
        self._last_words: dict[int, int] = {}  # worker → the file that its standard error goes to
        self._buried: dict[int, dict[str, Any]] = {}  # the last ones that ended, and how: the server may ask yet

    def run(self) -> None:
        try:
            while True:
                if not select.select([self._control], [], [], _REAP_SECONDS)[0]:
                    self._reap()
                    continue
                order, fds = wire.receive(self._control, 1)
                if order["order"] == "fork":
                    self._fork(fds[0], rules.Limits(**order["limits"]))
                else:
                    wire.send(self._control, self._reason(order["pid"]))
        except (EOFError, OSError):
            pass
        finally:
            for pid in self._last_words:
                os.kill(pid, signal.SIGKILL)
            for pid in self._last_words:
                os.waitpid(pid, 0)

    def _fork(self, fd: int, allowed: rules.Limits) -> None:
        words = os.memfd_create("policygraph-worker")
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become_worker(fd, words, parent, allowed)
        os.close(fd)
        self._buried.pop(pid, None)  # the number is used again
        self._last_words[pid] = words
        handle = os.pidfd_open(pid)
        wire.send(self._control, {"pid": pid}, (handle,))
        os.close(handle)
        self._reap()

    def _become_worker(self, fd: int, words: int, parent: int, allowed: rules.Limits) -> None:
        try:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(0)  # the zygote was gone before the line above
            self._control.close()
            for other in self._last_words.values():
                os.close(other)
            os.dup2(words, 2)
            os.close(words)
            work(socket.socket(fileno=fd), self._opener(), allowed)
        except (EOFError, OSError):
            os._exit(0)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)

    def _reap(self) -> None:
        """Bury those that have ended."""
        for pid in list(self._last_words):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self._bury(pid, status)

    def _bury(self, pid: int, status: int) -> None:
        words = self._last_words.pop(pid)
        text = os.pread(words, _TOLD_BYTES, 0).decode(errors="replace")
        os.close(words)
        self._buried[pid] = {"code": os.waitstatus_to_exitcode(status), "words": text}
        if len(self._buried) > _REMEMBERED:
            self._buried.pop(next(iter(self._buried)))

    def _reason(self, pid: int) -> dict[str, Any]:
        """How a worker ended: its wait status as subprocess counts it, and its last words."""
        if pid in self._last_words:
            self._bury(pid, os.waitpid(pid, 0)[1])
        return self._buried.pop(pid, {"code": 0, "words": ""})


def work(sock: socket.socket, store: EmbeddedStore, allowed: rules.Limits) -> None:
    """Answer one query after the other until the socket is closed.

    A worker that has grown by a quarter of what a query may take ends after its answer: the next query shall
    find all of it.
    """
    store.limits = allowed
    statm = os.open("/proc/self/statm", os.O_RDONLY)
    begun = rules.address_space()
    rules.confine(allowed.memory, files=isinstance(store, CollectionStore))
    page = os.sysconf("SC_PAGE_SIZE")
    while True:
        order, _ = wire.receive(sock)
        head, data = _answer(store, order)
        grown = int(os.pread(statm, 64, 0).split()[0]) * page - begun
        if allowed.memory and grown > allowed.memory // 4:
            head["last"] = True
        wire.send(sock, {**head, "size": len(data)}, payload=data)
        if "last" in head:
            return


def _answer(store: EmbeddedStore, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        data, rows = store.run(wire.read_job(order))
        return {"rows": rows}, data
    except LimitError as error:
        return {"limit": error.limit}, b""
    except MemoryError:
        return {"limit": "max_memory", "last": True}, b""
    except QuerySyntaxError as error:
        return {"syntax": error.message, "line": error.line, "column": error.column}, b""
    except PolicyGraphError as error:
        return {"error": str(error)}, b""


if __name__ == "__main__":
    main(int(sys.argv[1]))
