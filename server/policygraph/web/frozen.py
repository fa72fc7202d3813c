"""/frozen: a result that can be cited. Its address holds what was asked and what came of it; the page asks again.

Nothing is kept here: the address states the data's digest, the time, the number of rows and the hash of the result in
its canonical form (`canonical`), and anybody can make the hash again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from .. import canonical
from ..endpoint.problems import problem_of
from ..endpoint.protocol import ProtocolError
from ..errors import StoreError
from ..store import QueryForm, Store, Table
from ..store.base import NTRIPLES
from ..store.guard import inspect
from . import context
from .answers import shown
from .frozen_asked import Asked, asked
from .frozen_citing import entries, sources
from .i18n import language

routes = Blueprint("frozen", __name__)
MOST_ROWS = 200
_CLOCKS_DIFFER = timedelta(days=1)
_CODE = re.compile(r"[0-9a-f]{16}")
_RESULT = re.compile(r"sha256:[0-9a-f]{64}")
_DIGEST = re.compile(r"[\w.:-]{0,200}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DOWNLOADS = {
    QueryForm.SELECT: (("CSV", "csv"), ("JSON", "json"), ("TSV", "tsv")),
    QueryForm.ASK: (("JSON", "json"),),
}
_GRAPH_DOWNLOADS = (("N-Triples", "ntriples"), ("Turtle", "turtle"), ("JSON-LD", "jsonld"))


@dataclass(frozen=True, slots=True)
class State:
    """What a query gave at one time. date: UTC, to the second; digest: of the data, "" where unknown; rows: solutions,
    triples, or 1 for a yes or no; result: sha256:… of the canonical form."""

    date: str
    digest: str
    rows: int
    result: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer as it is shown, and its state."""

    form: QueryForm
    state: State
    table: Table | None = None
    verdict: bool | None = None
    triples: str = ""
    steady: bool = True
    unnamed: bool = False


@routes.get("/frozen/new")
def new() -> ResponseReturnValue:
    """Asks, and leads to the permalink of what came; a query that fails is shown with its fault."""
    what = asked()
    try:
        made = run(context.snapshot(), what.query)
    except StoreError as error:
        return _failed(what, None, error)
    return redirect(what.address(_told(made.state)), 303)


@routes.get("/frozen")
def frozen() -> ResponseReturnValue:
    """Asks again, and tells whether the result is the one that the address states."""
    for_program = context.as_json()
    what, then = asked(), _stated()
    code = _shaped("asked", _CODE, "16 × [0-9a-f]") if what.code else ""
    try:
        made = run(context.snapshot(), what.query)
    except StoreError as error:
        if for_program:
            raise
        return _failed(what, then, error)
    same_data = bool(then.digest) and then.digest == made.state.digest
    if for_program:
        return jsonify(
            query=what.query,
            title=what.title,
            sameQuery=code == what.code,
            agrees=(then.result, then.rows) == (made.state.result, made.state.rows),
            sameData=same_data if then.digest and made.state.digest else None,
            then=_told(then),
            now=_told(made.state),
        )
    service = request.url_root.rstrip("/")
    here, facts = service + replace(what, code=code).address(_told(then)), context.facts()
    return render_template(
        "frozen.html",
        what=what,
        then=then,
        now=made.state,
        same_query=code == what.code,
        outcome=made,
        agrees=(then.result, then.rows) == (made.state.result, made.state.rows),
        same_data=same_data,
        known=bool(then.digest and made.state.digest),
        most=MOST_ROWS,
        permalink=here,
        table=shown(made.table, facts, language(), MOST_ROWS, brief=True) if made.table is not None else None,
        citing=entries(facts, what.title, then, sources(facts, what.query, made.table), here),
        downloads=_downloads(what.query, made.form),
    )


def run(store: Store, query: str) -> Outcome:
    """Asks a query within the limits of the endpoint. Raises what the store raises."""
    kind = inspect(query)
    date, digest = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", store.digest
    if kind.form is QueryForm.SELECT:
        table = store.select(query)
        state = State(date, digest, len(table), canonical.digest(canonical.lines_of_table(table)))
        unnamed = any(term is not None and term.kind == "bnode" for row in table.rows for term in row)
        return Outcome(kind.form, state, table=table, steady=kind.repeatable, unnamed=unnamed)
    if kind.form is QueryForm.ASK:
        verdict = store.ask(query)
        state = State(date, digest, 1, canonical.digest(canonical.lines_of_verdict(verdict)))
        return Outcome(kind.form, state, verdict=verdict, steady=kind.repeatable)
    lines = canonical.lines_of_graph(store.respond(query, NTRIPLES))
    state = State(date, digest, len(lines), canonical.digest(lines))
    unnamed = any(line.startswith("_: ") or line.endswith(" _: .") for line in lines)
    return Outcome(kind.form, state, triples="\n".join(lines), steady=kind.repeatable, unnamed=unnamed)


def _stated() -> State:
    """What the address says was found; ProtocolError (400) that names the parameter which is none."""
    date = _shaped("date", _DATE, "YYYY-MM-DDThh:mm:ssZ")
    try:
        ahead = datetime.fromisoformat(date) - datetime.now(UTC)
    except ValueError:
        raise ProtocolError(400, "parameter", name="date", value=date, allowed="YYYY-MM-DDThh:mm:ssZ") from None
    if ahead > _CLOCKS_DIFFER:
        raise ProtocolError(400, "parameter", name="date", value=date, allowed=f"≤ {datetime.now(UTC):%Y-%m-%d}")
    rows = _shaped("rows", re.compile(r"\d{1,12}", re.ASCII), "0, 1, 2, …")
    result = _shaped("result", _RESULT, "sha256: + 64 × [0-9a-f]", ends=".")
    return State(date, _shaped("digest", _DIGEST, "[0-9a-f]…"), int(rows), result)


def _shaped(name: str, form: re.Pattern[str], allowed: str, ends: str = "") -> str:
    """ends: the mark that an entry in a list of references sets behind the address, copied along with it."""
    value = request.args.get(name, "").removesuffix(ends)
    if not form.fullmatch(value):
        raise ProtocolError(400, "parameter", name=name, value=value[:100], allowed=allowed)
    return value


def _failed(what: Asked, then: State | None, error: StoreError) -> ResponseReturnValue:
    problem = problem_of(error)
    told = problem.words(language())
    page = render_template(
        "frozen.html",
        what=what,
        then=then,
        problem=gettext("%(what)s: %(why)s", what=told["title"], why=told["detail"]),
        line=problem.members.get("line", 0),
        column=problem.members.get("column", 0),
    )
    headers = {"Retry-After": str(problem.members["retryAfter"])} if "retryAfter" in problem.members else {}
    return page, problem.status, headers


def _told(state: State) -> dict[str, object]:
    return {"digest": state.digest, "date": state.date, "rows": state.rows, "result": state.result}


def _downloads(query: str, form: QueryForm) -> list[tuple[str, str]]:
    names = _DOWNLOADS.get(form, _GRAPH_DOWNLOADS)
    found = [(name, "/sparql?" + urlencode({"query": query, "format": short})) for name, short in names]
    if form is QueryForm.SELECT:  # beside CSV: the same sheet that the workbench gives
        found.insert(1, ("XLSX", "/workbench/result.xlsx?" + urlencode({"query": query})))
    return found
