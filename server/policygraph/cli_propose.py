"""The commands for alignments: propose, accept, reject."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import click

from . import __version__, resources
from .errors import InputError
from .proposals import Ledger, Listing, documents, listing, propose, record
from .proposals.ledger import STRENGTHS
from .proposals.listing import BACKGROUND
from .proposals.score import LEAST, TOP

_STORE = click.option("--store", help="files or the URL of a SPARQL endpoint (default: the package's data)")
_DATA = click.option(
    "--data", type=click.Path(path_type=Path), help="folder of alignment.yaml (default: the package's)"
)
COLUMNS = ("score", "rank", "provision", "heading", "number", "other heading", "shared", "passage", "decision")


class _Documents:
    """Finds documents: files are compiled (an outline's .yaml is read), other names are ids in the store."""

    def __init__(self, store: str | None) -> None:
        self._path = store
        self._opened: Any = None

    @property
    def store(self) -> Any:
        from .store import open_store

        if self._opened is None:
            self._opened = open_store(self._path, default_paths=lambda: [resources.dataset()])
        return self._opened

    def find(self, name: str) -> Listing:
        path = Path(name)
        if not path.is_file():
            return listing(self.store, name)
        from .compiler.read import read_path
        from .compiler.registry import load_registry
        from .graph.compiled import compile_source
        from .graph.proposed import listing_of, listing_of_outline

        if path.suffix in (".yaml", ".yml"):
            return listing_of_outline(path)
        return listing_of(compile_source(read_path(path), load_registry(resources.data() / "registry")))

    def published(self, document: str) -> None:
        """Raises InputError for a document that `policygraph build` does not know: it could not carry the pair."""
        if document not in documents(self.store):
            raise InputError("not among the published documents: save its text in data/sources/ and run "
                             "`policygraph build` first", document)  # fmt: skip

    def background(self, *but: Listing) -> list[str]:
        """Clauses of the store's other documents."""
        others = [name for name in documents(self.store) if name not in {one.id for one in but}][:BACKGROUND]
        return [clause.whole for name in others for clause in listing(self.store, name).clauses]


@click.command(name="propose")
@click.argument("ours")
@click.argument("theirs")
@click.option("--format", "form", default="table", show_default=True,
              type=click.Choice(["table", "csv", "json", "turtle", "nquads"]))  # fmt: skip
@click.option("--top", default=TOP, show_default=True, type=click.IntRange(1, 100), help="proposals for each clause")
@click.option("--least", default=LEAST, show_default=True, type=click.FloatRange(0, 1), help="lowest score shown")
@click.option("--all", "whole", is_flag=True, help="also what is decided already")
@_STORE
@_DATA
def propose_(ours: str, theirs: str, form: str, top: int, least: float, whole: bool, store: str | None,
             data: Path | None) -> None:  # fmt: skip
    """Propose which provisions of OURS carry out which of THEIRS: files, or ids of documents in the store.

    Pairs come with a score from 0 to 1 and the words that both share. turtle and nquads give alignments with
    `pg:basis pg:Inferred` in the graph `graph/proposals`; curated pairs are never among those.
    """
    found = _Documents(store)
    one, other = found.find(ours), found.find(theirs)
    decided = Ledger(data or resources.data()).decisions()
    made = propose(one.clauses, other.clauses, found.background(one, other), top, least)
    rows = [(p, decided.get((one.id, p.ours.number, other.id, p.theirs.number))) for p in made]
    if form in ("turtle", "nquads"):
        from .graph import proposed
        from .graph.write import nquads, turtle

        graph = proposed.proposals_graph(
            one, other, [p for p, known in rows if not known], f"policygraph {__version__}"
        )
        sys.stdout.buffer.write(turtle(graph) if form == "turtle" else nquads({proposed.GRAPH: graph}))
        return
    shown = [
        (f"{p.score:.3f}", p.rank, p.ours.number, p.ours.heading, p.theirs.number, p.theirs.heading,
         [phrase.text for phrase in p.phrases], list(p.passages), known.verdict if known else "")
        for p, known in rows if whole or not known
    ]  # fmt: skip
    if form == "json":
        records = [dict(zip(COLUMNS, row, strict=True)) | {"score": float(row[0])} for row in shown]
        text = json.dumps({"ours": one.id, "theirs": other.id, "proposals": records}, ensure_ascii=False, indent=1)
        click.echo(text)
        return
    cells = [[str(c) if not isinstance(c, list) else " · ".join(c) for c in row] for row in shown]
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([COLUMNS, *cells])
        click.echo(out.getvalue(), nl=False)
        return
    from rich.console import Console
    from rich.table import Table as RichTable

    table = RichTable(*COLUMNS)
    for row in cells:
        table.add_row(*row)
    Console().print(table)
    click.echo(f"{len(cells)} proposals, {len(rows) - len(shown)} decided ones left out", err=True)


@click.command()
@click.argument("ours")
@click.argument("provision")
@click.argument("theirs")
@click.argument("number")
@click.option("--strength", required=True, type=click.Choice(STRENGTHS), help="how close the two are: your reading")
@click.option("--quote", "quotes", multiple=True, help="words of the provision that say so (default: as proposed)")
@click.option("--source", default="", help="whose reading it is (default: that of the file)")
@_STORE
@_DATA
def accept(ours: str, provision: str, theirs: str, number: str, strength: str, quotes: tuple[str, ...], source: str,
           store: str | None, data: Path | None) -> None:  # fmt: skip
    """Curate that PROVISION of OURS carries out NUMBER of THEIRS: written to alignment.yaml, comments kept."""
    found = _Documents(store)
    one, other = found.find(ours), found.find(theirs)
    ledger = Ledger(data or resources.data())
    if data is None and store is None:
        found.published(one.id)
        found.published(other.id)
    record(ledger, one, provision, other, number, strength, quotes, source)
    click.echo(f"{one.id} {provision} {strength} {other.id} {number}: written to {ledger.accepted}; "
               "run `policygraph build`", err=True)  # fmt: skip


@click.command()
@click.argument("ours")
@click.argument("provision")
@click.argument("theirs")
@click.argument("number")
@click.option("--reason", default="", help="why, for whoever reads the file")
@_STORE
@_DATA
def reject(
    ours: str, provision: str, theirs: str, number: str, reason: str, store: str | None, data: Path | None
) -> None:
    """Remember that PROVISION of OURS does not carry out NUMBER of THEIRS: it is not proposed again."""
    found = _Documents(store)
    one, other = found.find(ours), found.find(theirs)
    one.clause(provision), other.clause(number)
    ledger = Ledger(data or resources.data())
    ledger.reject((one.id, provision, other.id, number), reason)
    click.echo(f"{one.id} {provision} and {other.id} {number}: written to {ledger.rejected}", err=True)
