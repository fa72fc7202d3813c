"""Where documents are compiled: processes of this machine, or the workers of a Dask cluster.

Both are a `concurrent.futures.Executor`, and `in_order` is all that the rest of the collection knows of them.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from importlib import import_module
from itertools import chain, islice
from typing import Any

from ..errors import PolicyGraphError, StoreError
from .work import Outcome, Task, Told, run, workshop

Start = Callable[[], Executor]
_FEW = 4  # documents for which no other process is worth starting
_AHEAD = 8  # tasks a worker: enough to keep it busy, few enough to keep memory flat


def processes(workers: int) -> Executor:
    """Local processes, each with its rules made before the first document."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=prepare)


def prepare() -> None:
    """The collector of garbage need not walk through the registry again for every document; Ctrl+C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    workshop()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def local(tasks: Iterable[Task], workers: int) -> Iterator[tuple[Task, Outcome]]:
    """`in_order` on this machine: in this very process where there are a few tasks."""
    rest = iter(tasks)
    few = list(islice(rest, _FEW))
    if len(few) < _FEW or workers < 2:
        return ((task, run(task)) for task in chain(few, rest))
    return in_order(chain(few, rest), lambda: processes(workers), workers)


def cluster(address: str, patience: float = 30) -> tuple[Start, int]:
    """A Dask cluster's executor and how many tasks it runs at a time. address: its scheduler's, tcp://host:8786.

    Raises StoreError where the cluster or the extra `policygraph[cluster]` is missing.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise StoreError("--cluster needs dask.distributed: pip install 'policygraph[cluster]'") from None
    try:
        # A result on a worker that has died is asked for until this time is over; only then is it made again.
        import_module("dask").config.set({"distributed.comm.timeouts.connect": "3s"})
        client = distributed.Client(address, timeout=patience, set_as_default=False)
        client.wait_for_workers(1, timeout=patience)
    except (OSError, ValueError, TimeoutError) as error:
        raise StoreError(f"--cluster {address}: {error}") from None
    threads = sum(client.nthreads().values())

    class ClusterExecutor(distributed.cfexecutor.ClientExecutor):  # type: ignore[misc]
        """Ends the client with itself."""

        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=wait)
            client.close()

    return lambda: ClusterExecutor(client, pure=False), threads


def in_order(tasks: Iterable[Task], start: Start, workers: int) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its outcome, in the order of the tasks, a few of them under way at a time.

    A worker that dies takes its pool with it (local) or its task moves on (cluster). Tasks of a broken pool run
    again; one that breaks a pool while it runs alone is told as a finding, and the rest goes on.
    """
    executor = start()
    waiting: deque[tuple[Task, Future[Outcome]]] = deque()

    def settle() -> tuple[Task, Outcome]:
        nonlocal executor
        task, future = waiting.popleft()
        try:
            return task, future.result()
        except BrokenExecutor:
            executor.shutdown(cancel_futures=True)
            executor = start()
            try:
                outcome = executor.submit(run, task).result()
            except BrokenExecutor:
                executor.shutdown(cancel_futures=True)
                executor = start()
                outcome = _killed()
            for place, (again, _) in enumerate(waiting):
                waiting[place] = again, executor.submit(run, again)
            return task, outcome
        except PolicyGraphError:
            raise
        except Exception as error:
            if type(error).__name__ == "KilledWorker":  # distributed's name for a task that killed several
                return task, _killed()
            why = " ".join(str(error).split())
            raise StoreError(f"the workers cannot run tasks: {type(error).__name__}: {why}") from error

    try:
        for task in tasks:
            waiting.append((task, executor.submit(run, task)))
            if len(waiting) >= workers * _AHEAD:
                yield settle()
        while waiting:
            yield settle()
    except KeyboardInterrupt:
        import multiprocessing

        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _killed() -> Outcome:
    return Outcome(findings=(Told("killed", "the process that compiled it was killed, twice"),))
