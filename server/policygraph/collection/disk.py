"""The collection's store: one Oxigraph that is written, and hard-linked snapshots of it that readers open.

Nobody reads what is being written (the engine leaves that undefined), so a reader sees the collection before a
command or after it, never in between. `current.json` names the snapshot and is replaced in one step; the snapshot
before it is kept for readers that still have it open.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from ..errors import StoreError
from ..files import save
from ..snapshot import CURRENT, current


class Disk:
    """Raises StoreError where the store cannot be opened, for example because another command writes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._store = ox.Store(str(folder / "work"))
        except OSError as error:
            raise StoreError(f"{folder}: the store cannot be opened, or another command writes it: {error}") from None

    def close(self) -> None:
        del self._store  # lets go of its lock

    def remove(self, graphs: Iterable[str]) -> None:
        for graph in map(ox.NamedNode, graphs):
            if self._store.contains_named_graph(graph):
                self._store.remove_graph(graph)

    def load(self, files: Sequence[Path]) -> None:
        """Files of N-Quads that we wrote ourselves, so what they hold is not examined again (lenient).

        Killed in the middle, it is repeated: the same quads are there once.
        """
        source = io.BufferedReader(_Chain(files), 1 << 20)
        self._store.bulk_load(input=source, format=ox.RdfFormat.N_QUADS, lenient=True)
        self._store.flush()

    def set_right(self, wanted: Sequence[str], unwanted: Sequence[str]) -> None:
        """Lines of N-Quads that the store shall hold, and such that it shall not.

        Most of what it shall hold came with the file of a document; what did not is loaded, but another bulk load
        takes as long as that of a document.
        """
        for quad in ox.parse("".join(unwanted), format=ox.RdfFormat.N_QUADS):
            self._store.remove(quad)
        missing = [quad for quad in ox.parse("".join(wanted), format=ox.RdfFormat.N_QUADS) if quad not in self._store]
        if missing:
            self._store.bulk_extend(missing)

    def publish(self, digest: str) -> None:
        """Make what is loaded the snapshot that readers open. digest: changes whenever the data does."""
        before = current(self._folder)
        number = int(before[0].name.removeprefix("snapshot-")) + 1 if before else 1
        target = self._folder / f"snapshot-{number}"
        shutil.rmtree(target, ignore_errors=True)  # a killed command may have left one
        self._store.backup(str(target))
        save({self._folder / CURRENT: json.dumps({"snapshot": target.name, "digest": digest}).encode()})
        for old in self._folder.glob("snapshot-*"):
            if old != target and not (before and old == before[0]):
                shutil.rmtree(old, ignore_errors=True)


class _Chain(io.RawIOBase):
    """Files read one after the other as if they were one."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._pieces = self._read_all(files)
        self._rest = memoryview(b"")

    @staticmethod
    def _read_all(files: Sequence[Path]) -> Iterator[bytes]:
        for file in files:
            yield file.read_bytes()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
