"""The command line of collections: add, remove, findings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from .update import Progress, Report
    from .work import Told

_SHOWN = 20  # documents whose findings are shown as they are added; `policygraph findings` shows all
_FEW = 4  # documents that are compiled before a bar is drawn
_folder = click.option(
    "--collection", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("collection"),
    envvar="POLICYGRAPH_COLLECTION", show_default=True, help="the collection's folder",
)  # fmt: skip


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_folder
@click.option("--workers", type=click.IntRange(1, 1024), help="processes that compile [one a core]")
@click.option("--cluster", metavar="ADDRESS", help="compile on this Dask cluster: tcp://host:8786")
@click.option("--strict", is_flag=True, help="a document with warnings is not added")
@click.option("--report", "written", type=click.Path(path_type=Path, dir_okay=False), help="write findings as TSV")
def add(paths: tuple[Path, ...], folder: Path, workers: int | None, cluster: str | None, strict: bool,
        written: Path | None) -> None:  # fmt: skip
    """Add files, and folders of them, to a collection: compile what changed, replace what was there.

    Exit code 2 where a file could not be used; the rest is added all the same.
    """
    from ..compiler.model import NOTES
    from . import executors
    from .update import Collection

    with Collection(folder) as collection, _bar() as shown:
        if cluster:
            start, threads = executors.cluster(cluster)
            report = collection.add(
                paths, lambda tasks: executors.in_order(tasks, start, threads), strict=strict, progress=shown
            )
        else:
            many = workers or executors.cores()
            report = collection.add(paths, lambda tasks: executors.local(tasks, many), strict=strict, progress=shown)
        held = len(collection.catalog)
    if written:
        _write(written, report)
    for file in report.failed:
        _tell(file, report.told[file])
    if len(report.told) <= _SHOWN:
        for file in sorted(report.told.keys() - set(report.failed)):
            _tell(file, [told for told in report.told[file] if told.code not in NOTES])
    found = sum(len(findings) for findings in report.told.values())
    click.echo(
        f"{report.added} added, {report.replaced} replaced, {report.unchanged} unchanged, {len(report.failed)} failed, "
        f"{found} findings; {held} documents in {folder}"
    )
    if report.failed:
        raise SystemExit(2)


@click.command()
@click.argument("names", nargs=-1, required=True)
@_folder
def remove(names: tuple[str, ...], folder: Path) -> None:
    """Remove documents from a collection: by id, or by the file or folder that they came from."""
    from .update import Collection

    _must_be_there(folder)
    with Collection(folder) as collection:
        report = collection.remove(names)
        click.echo(f"{report.removed} removed; {len(collection.catalog)} documents in {folder}")


@click.command()
@_folder
def findings(folder: Path) -> None:
    """What the compiler told about the documents of a collection, as file:line:column: code: message."""
    from .catalog import Catalog

    _must_be_there(folder)
    catalog = Catalog(folder / "catalog.sqlite")
    for path, _, told in catalog.findings():
        _tell(path, told, err=False)
    catalog.close()


def _must_be_there(folder: Path) -> None:
    from ..errors import InputError

    if not (folder / "catalog.sqlite").is_file():
        raise InputError("no collection; `policygraph add` makes one", str(folder))


def _tell(file: str, findings: Any, err: bool = True) -> None:
    for one in findings:
        click.echo(f"{_place(file, one)}: {one.code}: {one.message}", err=err)


def _place(file: str, told: Told) -> str:
    return f"{file}:{told.line}:{told.column}" if told.line else file


def _write(path: Path, report: Report) -> None:
    from ..errors import InputError
    from ..files import save

    rows = ["file\tline\tcolumn\tcode\tmessage"]
    for file, told in sorted(report.told.items()):
        rows += ["\t".join((file, str(t.line), str(t.column), t.code, " ".join(t.message.split()))) for t in told]
    try:
        save({path: ("\n".join(rows) + "\n").encode()})
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(path)) from None


@contextmanager
def _bar() -> Iterator[Progress]:
    """Seen at a terminal only, and where there is something to wait for: importing rich takes longer than a file."""
    with ExitStack() as open_:
        bar: Any = None
        lines: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            nonlocal bar
            if bar is None and (total < _FEW or not sys.stderr.isatty()):
                return
            bar = bar or open_.enter_context(_progress())
            if what not in lines:
                lines[what] = bar.add_task(what)
            bar.update(lines[what], completed=done, total=total)

        yield show


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)
