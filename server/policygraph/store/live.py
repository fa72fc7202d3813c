"""The snapshot that is served now, and its replacement by the next one while requests run."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import PolicyGraphError
from ..snapshot import CURRENT, is_collection
from .base import Store
from .embedded import dataset_files
from .pool import PooledStore

_LOOK_SECONDS = 1.0
_log = logging.getLogger("policygraph")


class Live:
    """open_snapshot: makes a store from the data as they are now; prepare: what is to be ready before it is asked.

    A request takes the store once and keeps it to its end, so no answer mixes two snapshots; the old store ends
    with its last request. Raises what open_snapshot raises, where the first snapshot cannot be made; a later
    one that fails is logged, and the current one stays.
    """

    def __init__(
        self, open_snapshot: Callable[[], Store], prepare: Callable[[Store], None] = lambda store: None
    ) -> None:
        self._open = open_snapshot
        self._prepare = prepare
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._around: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self.reloads = 0
        self.failures = 0
        self._store = self._made()
        self.since = time.time()

    def store(self) -> Store:
        """The current snapshot."""
        return self._store

    def around_swap(self, before: Callable[[], None], after: Callable[[], None]) -> None:
        """Have something done before a new snapshot can be seen, and something when it can."""
        self._around.append((before, after))

    def alive(self) -> bool:
        """Whether the current snapshot can be asked."""
        store = self._store
        return not isinstance(store, PooledStore) or store.crew.zygote.alive()

    def reload(self) -> bool:
        """Make the next snapshot and put it in the place of the current one; whether that went well."""
        with self._lock:
            try:
                fresh = self._made()
            except PolicyGraphError as error:
                self.failures += 1
                _log.error("the data were not replaced: %s", error)
                return False
            for before, _ in self._around:
                before()
            self._store = fresh
            for _, after in self._around:
                after()
            self.since = time.time()
            self.reloads += 1
            _log.info("the data were replaced: %s", fresh.digest)
            return True

    def _made(self) -> Store:
        store = self._open()
        try:
            self._prepare(store)
        except BaseException:
            store.close()
            raise
        return store

    def watch(self, paths: Sequence[Path | str], seconds: float) -> threading.Thread:
        """From now on replace a snapshot whose zygote has died, and, each so many seconds, one whose files changed.

        paths: the files and folders of the data; seconds: 0 leaves the files alone.
        """
        thread = threading.Thread(target=self._watch, args=(paths, seconds), name="watch", daemon=True)
        thread.start()
        return thread

    def _watch(self, paths: Sequence[Path | str], seconds: float) -> None:
        seen = _state(paths)
        looked = time.monotonic()
        while not self._ended.wait(min(_LOOK_SECONDS, seconds or _LOOK_SECONDS)):
            if not self.alive():
                _log.error("the process that holds the data has ended; starting it again")
                self.reload()
            if seconds and time.monotonic() - looked >= seconds:
                looked = time.monotonic()
                now = _state(paths)
                if now != seen and now == _state(paths):
                    seen = now
                    self.reload()

    def close(self) -> None:
        """End the current snapshot and the watching."""
        self._ended.set()
        with self._lock:
            self._store.close()


def _state(paths: Sequence[Path | str]) -> object:
    """What changes when a file does, or a collection's snapshot: place, size, time and identity of each."""
    paths = [Path(path) / "store" / CURRENT if is_collection(Path(path)) else path for path in paths]
    try:
        files = [each for path in paths for each in ([path] if Path(path).is_file() else dataset_files([path]))]
        return [(str(path), s.st_size, s.st_mtime_ns, s.st_ino) for path in files for s in [Path(path).stat()]]
    except (OSError, PolicyGraphError):
        return None
