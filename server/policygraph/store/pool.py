"""One snapshot of the data behind workers that can be killed: no query can hurt another, or outlive its time.

Who asks is one of two: strangers, who share `Limits.workers` places (`lanes`), and the pages and the library's
questions, which have a worker of their own. Answers are kept for as long as the snapshot.
"""

from __future__ import annotations

import hashlib
import signal
import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import BusyError, LimitError, QuerySyntaxError, StoreError
from ..snapshot import current
from . import calls, wire
from .base import Job
from .cache import ByteCache
from .embedded import GraphOf, dataset_files
from .engine import EngineStore
from .lanes import Lanes
from .limits import Limits
from .patterns import Patterns
from .workers import Worker, WorkerDiedError, Zygote

_KNOWN_LONG = 1000
_TEXT_OVERHEAD = 90
_PAGES_CACHE = 64 << 20


class Crew:
    """Workers for one kind of asker, as many as limits.workers, on the data of one zygote.

    The crews of a zygote end with `close`, or when nothing refers to one any more: the snapshot before a swap
    lives until its last request is answered.
    """

    def __init__(self, process: Zygote, limits: Limits) -> None:
        self.zygote = process
        self.limits = limits
        self.replaced = 0
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._finalizer = weakref.finalize(self, _end, process, self._idle)
        for _ in range(limits.workers):
            self.put(process.fork(limits))

    @property
    def idle(self) -> int:
        """Workers that wait for a query."""
        return len(self._idle)

    def take(self) -> Worker:
        """A worker that waits for a query; BusyError where the zygote is gone."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return self.zygote.fork(self.limits)
            if worker.alive():
                return worker
            worker.kill()

    def put(self, worker: Worker) -> None:
        """Give a worker back; one that is spent is replaced at once."""
        if worker.spent:
            self.replace(worker)
            return
        with self._lock:
            self._idle.append(worker)

    def replace(self, worker: Worker) -> None:
        """Kill a worker and put a new one in its place."""
        worker.kill()
        self.replaced += 1
        with suppress(BusyError):  # the next one to ask will hear of it
            fresh = self.zygote.fork(self.limits)
            with self._lock:
                self._idle.append(fresh)

    def close(self) -> None:
        """End all processes; again is no error."""
        self._finalizer()


def _end(process: Zygote, idle: list[Worker]) -> None:
    process.close()
    while idle:
        idle.pop().kill()


class PooledStore(EngineStore):
    """A crew as a store, for one kind of asker; `own` is the same data for the pages.

    snapshot: the folder of the data, where they are on disk.
    """

    def __init__(
        self, crew: Crew, cache: ByteCache[tuple[bytes, int]], own: PooledStore | None = None,
        snapshot: Path | None = None,
    ) -> None:  # fmt: skip
        self.crew = crew
        self._snapshot = snapshot
        self.lanes = Lanes(crew.limits.workers, crew.limits.queue, crew.limits.timeout)
        self.cache = cache
        self.own = self if own is None else own  # a store without quads is false
        self._known_long: dict[bytes, None] = {}  # by digest: a thousand texts could weigh 100 MB

    @property
    def digest(self) -> str:
        return self.crew.zygote.digest

    @property
    def union_default_graph(self) -> bool:
        return self.crew.zygote.union

    def __len__(self) -> int:
        """Quads loaded; 0 for a collection on disk, which counts only by reading everything."""
        return self.crew.zygote.quads

    def named_graphs(self) -> tuple[str, ...]:
        return self.crew.zygote.names

    def patterns(self) -> Patterns | None:
        """Look-ups of single nodes in a handle of this process's own; None where the data are in the zygote alone."""
        return Patterns.on_disk(self._snapshot) if self._snapshot else None

    def close(self) -> None:
        self.own.crew.close()
        self.crew.close()

    def execute(self, job: Job) -> bytes:
        call = calls.current()
        if self.own is self:
            call = calls.Call(gone=call.gone)  # a page's own queries are not what its client asked
        call.query = job.query
        found = None
        if job.repeatable:
            found = self.cache.get(job) or (self.own.cache.get(job) if self.own is not self else None)
        if found is not None:
            call.source = call.source or "cache"  # a request may ask twice, the first time in vain
            data, call.rows = found
            return data
        call.source = "run"
        if self.own is not self:
            call.admit()
        try:
            data, call.rows = self._run(job, call)
        except LimitError as error:
            call.limit = error.limit
            raise
        if job.repeatable:
            self.cache.put(job, (data, call.rows), len(data) + _weight(job))
        return data

    def _run(self, job: Job, call: calls.Call) -> tuple[bytes, int]:
        """The answer of a worker: at first as a short query, unless it is known to be a long one."""
        head = None
        key = hashlib.sha256(job.query.encode()).digest()
        if key not in self._known_long:
            head = self._attempt(job, call, long=False)
        if head is None:
            self._known_long[key] = None
            while len(self._known_long) > _KNOWN_LONG:
                self._known_long.pop(next(iter(self._known_long)), None)
            before = call.engine_seconds
            head = self._attempt(job, call, long=True)
            if call.engine_seconds - before < self.crew.limits.quick:
                self._known_long.pop(key, None)  # it was slow only because the machine was busy
        assert head is not None  # a long query ends with an answer or an error
        return self._read(*head)

    def _attempt(self, job: Job, call: calls.Call, long: bool) -> tuple[dict[str, Any], bytes] | None:
        """A worker's message; None where a short query's time is over and there is no room to go on."""
        limits = self.crew.limits
        self.lanes.enter(call.gone, long)
        begun = time.monotonic()
        answer = worker = None
        try:
            worker = self.crew.take()
            if long:
                worker.lower()
            worker.send(wire.write_job(job))
            if not long:
                answer = worker.wait(begun + limits.quick, call.gone)
                if answer is None and self.lanes.promote():
                    long = True
                    worker.lower()
            if long:
                answer = worker.wait(begun + limits.timeout, call.gone)
                if answer is None:
                    raise LimitError("timeout", limits.timeout)
        except (EOFError, BrokenPipeError):
            assert worker is not None
            raise self._explain(self.crew.zygote.reason(worker)) from None
        finally:
            call.engine_seconds += time.monotonic() - begun
            if worker is not None:
                (self.crew.put if answer else self.crew.replace)(worker)
            self.lanes.leave(long)  # after that, so that a free place has a worker
        return answer

    def _read(self, head: dict[str, Any], data: bytes) -> tuple[bytes, int]:
        """What a worker's message says: the answer, or the error to raise."""
        limits = self.crew.limits
        match head:
            case {"rows": rows}:
                return data, rows
            case {"limit": limit}:
                most = {"max_rows": limits.rows, "max_bytes": limits.size, "max_memory": limits.memory}
                raise LimitError(limit, most[limit])
            case {"syntax": message, "line": line, "column": column}:
                raise QuerySyntaxError(message, line, column)
        raise StoreError(head["error"])

    def _explain(self, end: WorkerDiedError) -> StoreError:
        """Why a worker ended that nobody killed. Rust aborts when it gets no memory, and when its stack ends."""
        if "overflowed its stack" in end.words or end.code == -signal.SIGSEGV:
            return LimitError("complexity", 0)
        if "memory" in end.words.lower() or end.code == -signal.SIGKILL:
            return LimitError("max_memory", self.crew.limits.memory)
        return StoreError(str(end))


def _weight(job: Job) -> int:
    """Bytes that a job takes as a key, at most: four a character, and what Python adds to each text."""
    texts = (job.query, *(job.default_graphs or ()), *(job.named_graphs or ()))
    return sum(4 * len(text) + _TEXT_OVERHEAD for text in texts)


def pooled_store(
    paths: Sequence[Path | str], graph_of: GraphOf | None, limits: Limits, cache_bytes: int, union: bool = True
) -> PooledStore:
    """The data of these files for strangers, and as its `own` for the pages; StoreError where they cannot be loaded.

    cache_bytes: what the answers kept for strangers may weigh; union: as for EmbeddedStore.
    """
    sources = [(str(path), graph_of(path) if graph_of else None) for path in dataset_files(paths)]
    return _pooled(Zygote(sources, union), limits, cache_bytes)


def pooled_collection(folder: Path, limits: Limits, cache_bytes: int) -> PooledStore:
    """The same for the snapshot that a collection published last."""
    found = current(folder / "store")
    if found is None:
        raise StoreError(f"{folder}: no collection, or one to which nothing was added yet")
    return _pooled(Zygote(found), limits, cache_bytes, found[0])


def _pooled(process: Zygote, limits: Limits, cache_bytes: int, snapshot: Path | None = None) -> PooledStore:
    own = PooledStore(Crew(process, limits.for_pages()), ByteCache(_PAGES_CACHE), snapshot=snapshot)
    return PooledStore(Crew(process, limits), ByteCache(cache_bytes), own, snapshot)
