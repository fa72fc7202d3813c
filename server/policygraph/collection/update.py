"""The verbs of a collection: add files and folders, remove documents. Both can be killed and run again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..compiler.model import NOTES
from ..errors import InputError
from ..files import save
from ..graph.prefixes import ID_BASE
from ..settings import Settings
from .catalog import Catalog, Row
from .disk import Disk
from .loading import Loading
from .work import Outcome, Task, Told, graphs_of, rules_digest, run

SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".pdf"})
"""What is taken from a folder; a file that is named itself is taken whatever its name."""
BASE = tuple(f"{ID_BASE}graph/{name}" for name in ("registry", "ontology", "inferred"))
"""The graphs of base.nq."""


@dataclass
class Report:
    """What a command did. told: file → what its reader must know; failed: files of which nothing was added."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    quads: int = 0
    told: dict[str, tuple[Told, ...]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


Compiling = Callable[[Iterable[Task]], Iterator[tuple[Task, Outcome]]]
"""Runs tasks and gives each with its outcome, in their order."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def here(tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
    """In this very process."""
    return ((task, run(task)) for task in tasks)


class Collection:
    """A folder as `policygraph.collection` describes it, made if missing; one command at a time may hold it."""

    def __init__(self, folder: Path) -> None:
        try:
            (folder / "documents").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot be made: {error.strerror}", str(folder)) from None
        self.folder = folder
        self._disk = Disk(folder / "store")
        self.catalog = Catalog(folder / "catalog.sqlite")

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.catalog.close()
        self._disk.close()

    def file(self, document: str) -> Path:
        return self.folder / "documents" / f"{document}.nq"

    def add(self, paths: Sequence[Path], compiled: Compiling = here, *, strict: bool = False,
            progress: Progress = lambda what, done, total: None) -> Report:  # fmt: skip
        """Compile what changed and put it into the store.

        compiled: runs the tasks (module `executors`). strict: a document with warnings is not added. A file that
        cannot be used is told in the report, and its earlier document stays.
        """
        report = Report()
        self._base()
        files = _files(paths, report)
        changed = self._changed(files, report, progress)
        with self._loading() as loading:
            for done, (task, outcome) in enumerate(compiled(changed), 1):
                if self._take(task, outcome, strict, report):
                    loading.put(outcome.document)
                if done % 64 == 0:
                    self.catalog.commit()
            self.catalog.commit()
            progress("load", 0, 1)
            loading.finish()
        self._settle(progress)
        return report

    def _loading(self) -> Loading:
        return Loading(self._disk, self.file, lambda batch: self.catalog.mark(batch, "loaded"))

    def remove(self, names: Sequence[str]) -> Report:
        """names: ids of documents, or the files and folders that they came from. Raises InputError for another."""
        report = Report()
        leaving: dict[str, Row] = {}
        for name in names:
            path = str(Path(name).resolve())
            one = self.catalog.by_id(name) or self.catalog.by_path(path)
            found = [one] if one else self.catalog.under(path)
            if not found:
                raise InputError("no document of this collection has this id or came from this file", name)
            leaving |= {row.id: row for row in found}
        self.catalog.mark(leaving, "leaving")
        self.catalog.commit()
        self._settle(lambda what, done, total: None)
        report.removed = len(leaving)
        return report

    def _changed(self, files: Sequence[Path], report: Report, progress: Progress) -> Iterator[Task]:
        """A task for each file whose bytes or whose rules are not those that its document was made of."""
        most = Settings.from_env().max_file_megabytes
        for done, file in enumerate(files):
            progress("compile", done, len(files))
            try:
                if file.stat().st_size > most << 20:
                    raise InputError(f"larger than {most} MB (setting max_file_megabytes)")
                data = file.read_bytes()
            except (OSError, InputError) as error:
                why = error.message if isinstance(error, InputError) else f"cannot be read: {error.strerror}"
                _fail(report, str(file), (Told("unreadable", why),))
                continue
            row = self.catalog.by_path(str(file))
            if row and (row.content, row.rules) == (hashlib.sha256(data).hexdigest(), rules_digest()) and (
                row.state != "leaving" and self.file(row.id).is_file()
            ):  # fmt: skip
                report.unchanged += 1
                continue
            yield Task(str(file), data, rules_digest())

    def _take(self, task: Task, outcome: Outcome, strict: bool, report: Report) -> bool:
        """Put an outcome in the place of what the file stood for before; whether there is something to load."""
        earlier = self.catalog.by_path(task.name)
        other = self.catalog.by_id(outcome.document) if outcome.document else None
        if not outcome.document or (strict and any(told.code not in NOTES for told in outcome.findings)):
            return _fail(report, task.name, outcome.findings)
        if other and other.path != task.name and other.state != "leaving" and Path(other.path).is_file():
            message = f"its document {outcome.document} is already there, from {other.path}"
            return _fail(report, task.name, (Told("duplicate", message),))
        if clash := self.catalog.clash(outcome):
            message = f"two things would get one IRI {clash[0]}: {clash[1]} and {clash[2]}"
            return _fail(report, task.name, (Told("refused", message),))
        if earlier and earlier.id != outcome.document:  # the file now holds another document
            self.catalog.move(earlier.id, f"{task.name}#left:{earlier.id}")
            self.catalog.mark([earlier.id], "leaving")
        save({self.file(outcome.document): outcome.quads})
        self.catalog.put(task.name, hashlib.sha256(task.data).hexdigest(), task.rules, outcome)
        report.told[task.name] = outcome.findings
        report.quads += outcome.count
        if earlier or other:
            report.replaced += 1
        else:
            report.added += 1
        return True

    def _base(self) -> None:
        """Registry and ontology, where they are not those that are there."""
        if self.catalog.get("base") == rules_digest():
            return
        from .base import base  # rdflib, which is not needed for a document

        data, names = base(*BASE)
        save({self.folder / "base.nq": data})
        self.catalog.forget("")
        self.catalog.put_names("", names)
        self.catalog.set("base", rules_digest())
        self.catalog.set("base-loaded", "")
        self.catalog.commit()

    def _settle(self, progress: Progress) -> None:
        """Bring the store to what the catalog says, and publish it. Everything here may be done twice."""
        leaving = [row.id for row in self.catalog.in_state("leaving")]
        written = [row.id for row in self.catalog.in_state("written")]
        base = self.catalog.get("base-loaded") != self.catalog.get("base")
        for document in leaving:
            self._disk.remove(graphs_of(document))
        if base:
            self._disk.remove(BASE)
            self._disk.load([self.folder / "base.nq"])
        with self._loading() as loading:
            for done, document in enumerate(written):  # of a command that was killed
                progress("load", done, len(written))
                loading.put(document)
            loading.finish()
        self._disk.set_right(*self.catalog.doubtful())
        digest = self.catalog.digest()
        if not (leaving or base) and digest == self.catalog.get("published"):
            self.catalog.settled()
            return
        self._disk.publish(digest)
        for document in leaving:
            self.file(document).unlink(missing_ok=True)
            self.catalog.forget(document)
        self.catalog.settled()
        self.catalog.set("base-loaded", self.catalog.get("base"))
        self.catalog.set("published", digest)
        self.catalog.commit()


def _fail(report: Report, file: str, findings: tuple[Told, ...]) -> bool:
    report.failed.append(file)
    report.told[file] = findings
    return False


def _files(paths: Iterable[Path], report: Report) -> list[Path]:
    """The files to look at, folders opened, each once and in the order of their names."""
    found: dict[Path, None] = {}
    for given in paths:
        path = given.resolve()
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            found.update(dict.fromkeys(below))
            if not below:
                kinds = ", ".join(sorted(SUFFIXES))
                _fail(report, str(path), (Told("unreadable", f"no file of these kinds in the folder: {kinds}"),))
        else:
            found[path] = None
    return list(found)
