"""The command line: build, compile, query, load, serve, and the commands of collections."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__, resources
from .errors import InputError, PolicyGraphError
from .settings import Settings, option_name

if TYPE_CHECKING:
    from .store import Live


ELSEWHERE = {
    "compile": "cli_compile:compile_",
    "extract": "cli_compile:extract",
    "explain": "cli_compile:explain",
    "propose": "cli_propose:propose_",
    "accept": "cli_propose:accept",
    "reject": "cli_propose:reject",
    "add": "collection.commands:add",
    "remove": "collection.commands:remove",
    "findings": "collection.commands:findings",
}
"""Commands of other modules, imported when they are asked for: `add` waits for nothing that only `propose` needs."""


class _Command(click.Group):
    """Turns every expected error into one message and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in ELSEWHERE:
            return super().get_command(ctx, name)
        module, attribute = ELSEWHERE[name].split(":")
        found: click.Command = getattr(import_module(f".{module}", __package__), attribute)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PolicyGraphError as error:
            click.echo(f"policygraph: {error}", err=True)
            ctx.exit(2)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Read government policy as a graph. 以图谱阅读政策文件。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


@main.command()
@click.option("--check", is_flag=True, help="write nothing; exit 1 and say why when a committed file is stale")
def build(check: bool) -> None:
    """Compile data/sources, reason, validate, and write data/."""
    from rich.console import Console
    from rich.table import Table as RichTable

    from .cli_compile import report
    from .graph import build as builder

    console = Console(stderr=True)
    with console.status("read") as status:
        result = builder.build(lambda stage: status.update(stage))
    for one in result.compiled:
        report(one)
    for line in result.reports:
        click.echo(line, err=True)
    if check:
        if found := builder.stale(result):
            for line in found:
                click.echo(line, err=True)
            click.echo("run `policygraph build` and commit what it writes", err=True)
            raise SystemExit(1)
        click.echo("all generated files are current")
        return
    builder.write(result)
    table = RichTable("", "", box=None, show_header=False)
    for name, count in result.counts.items():
        table.add_row(name, f"{count:,}")
    for path, data in result.files.items():
        table.add_row(str(path), f"{len(data):,} bytes")
    console.print(table)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
def coverage(files: tuple[Path, ...], form: str) -> None:
    """How much of a text the graph captures, by provision and in all (default: data/sources)."""
    from rich.console import Console
    from rich.table import Column as RichColumn
    from rich.table import Table as RichTable

    from .compiler.coverage import coverage as measure
    from .compiler.read import read_path
    from .compiler.registry import load_registry
    from .graph.compiled import compile_source
    from .shares import per_cent

    registry = load_registry(resources.data() / "registry")
    head = ("document", "provision", "characters", "structure", "statements", "nothing")
    if form == "csv":
        click.echo(",".join(head))
    for path in files or sorted((resources.data() / "sources").glob("*.txt")):
        one = compile_source(read_path(path), registry)
        table = RichTable(head[1], *(RichColumn(name, justify="right") for name in head[2:]), title=one.name)
        for number, found in measure(one.document).items():
            parts = (found.structure, found.statements, found.nothing)
            if form == "csv":
                click.echo(",".join(map(str, (one.name, number or "all", found.total, *parts))))
            shares = (f"{part:,} ({share:.0f}%)" for part, share in zip(parts, per_cent(parts), strict=True))
            table.add_row(number or "all", f"{found.total:,}", *shares)
        if form == "table":
            Console().print(table)


@main.command()
@click.argument("file")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="fills a question's parameter")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--store", help="files or the URL of a SPARQL endpoint (default: the package's data)")
def query(file: str, params: tuple[str, ...], form: str, store: str | None) -> None:
    """Ask FILE.rq, - for standard input, or the id of a question of the library."""
    from .questions import fill, load_questions, near_names, read_question
    from .store import open_store
    from .store.base import CSV, JSON, TURTLE, QueryForm

    values = dict(_pair(item) for item in params)
    engine = open_store(store, default_paths=lambda: [resources.dataset()])
    path = Path(file)
    own = not path.exists() and path.suffix != ".rq" and file != "-"
    if own:
        path = resources.queries() / f"{file}.rq"
        if not path.is_file():
            near = near_names(file, [each.id for each in load_questions()])
            told = f"; near: {', '.join(near)}" if near else ""
            raise InputError(f"there is no such file and no such question of the library{told}", file)
    if file == "-":
        text = sys.stdin.read()
    elif values or own:
        question = read_question(path)
        text = fill(question, values, engine)
        for each in question.parameters:
            if not values.get(each.name, "").strip():
                click.echo(f"--param {each.name}={each.default} (default)", err=True)
    else:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", file) from None
    if file == "-" and values:
        raise InputError("--param needs a question file with a header, not standard input", file)
    kind = engine.form(text)
    if kind not in (QueryForm.SELECT, QueryForm.ASK):
        click.echo(engine.respond(text, TURTLE), nl=False)
    elif kind is QueryForm.ASK and form != "json":
        click.echo("true" if engine.ask(text) else "false")
    elif form == "table":
        _table(engine.select(text))
    else:
        click.echo(engine.respond(text, JSON if form == "json" else CSV), nl=form == "json")


def _pair(item: str) -> tuple[str, str]:
    name, sign, value = item.partition("=")
    if not sign:
        raise InputError(f"--param {item}: expected NAME=VALUE")
    return name, value


def _table(answer: Any) -> None:
    from rich.console import Console
    from rich.table import Column as RichColumn
    from rich.table import Table as RichTable

    from .graph.prefixes import ID_BASE, PREFIXES

    # Folded, not cut: what is cut at the width of the terminal can be neither read nor copied.
    table = RichTable(*(RichColumn(name, overflow="fold") for name in answer.variables))
    for row in answer.rows:
        texts = ["" if t is None else t.value for t in row]
        table.add_row(*[t.replace(ID_BASE, "id:").replace(PREFIXES["pg"], "pg:") for t in texts])
    Console().print(table)
    click.echo(f"{len(answer)} rows", err=True)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--store", required=True, metavar="URL", help="the address that takes uploads")
@click.option(
    "--by",
    "way",
    type=click.Choice(["graph-store", "update"]),
    default="graph-store",
    show_default=True,
    help="the protocol of that address",
)
@click.option("--graph", "into", default="", metavar="IRI", help="graph for triples that stand in none")
@click.option("--batch", "most", type=click.IntRange(1), default=2000, show_default=True, help="triples in a request")
@click.option(
    "--journal",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("policygraph-load.journal"),
    show_default=True,
    help="where an upload that broke off is remembered",
)
def load(files: tuple[Path, ...], store: str, way: str, into: str, most: int, journal: Path) -> None:
    """Send FILES (default: the package's data) to another SPARQL engine, each graph replacing the one it has.

    User and password come from POLICYGRAPH_STORE_USER and POLICYGRAPH_STORE_PASSWORD, or from the file that
    POLICYGRAPH_STORE_CREDENTIALS names (two lines, readable by its owner alone).
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from .store.batches import plan
    from .store.credentials import credentials
    from .store.upload import upload

    known = credentials()
    planned = plan(files or [resources.dataset()], into, most)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("triples", total=planned.total)
        sent = upload(planned, store, way, journal, known, lambda done: progress.update(task, completed=done))
    click.echo(f"{sent} triples sent to {len(planned.sizes)} graphs", err=True)


def _settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """One option a setting, so that the table in settings.py is the only one; `data` may be given several times."""
    for entry in reversed(fields(Settings)):
        name, text = f"--{option_name(entry.name)}", entry.metadata["en"]
        if isinstance(entry.default, bool):
            command = click.option(name, entry.name, is_flag=True, default=None, help=text)(command)
            continue
        kind = type(entry.default) if entry.default is not None else str
        shown = "" if entry.default in (None, "") else f" [{entry.default}]"
        several = entry.name == "data"
        command = click.option(name, entry.name, type=kind, help=text + shown, multiple=several)(command)
    return command


@main.command()
@_settings_options
@click.option("--collection", help="the folder of a collection that `policygraph add` filled: as --store")
def serve(**given: Any) -> None:
    """Serve the pages and the SPARQL endpoint.

    Each option can also stand in the environment, as POLICYGRAPH_ and its name in capitals. SIGHUP loads the data
    again while requests run; SIGTERM ends the server after those that run.
    """
    import logging

    from .endpoint.server import Server
    from .web import create_app

    if collection := given.pop("collection"):
        given["store"] = collection
    settings = Settings.from_env({**given, "data": os.pathsep.join(given["data"]) or None})
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    app = create_app(settings)
    live: Live = app.extensions["policygraph"]["live"]
    server = Server(app, app.extensions["policygraph"]["operations"], live, settings)
    if not settings.is_remote:
        live.watch(settings.paths or [settings.store or resources.dataset()], settings.watch)
    server.run(lambda: click.echo(f"policygraph: {server.url}  (Ctrl+C ends it)"))


if __name__ == "__main__":
    main()
