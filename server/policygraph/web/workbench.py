"""The SPARQL page and the question library: ask, and see the answer with names and links."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.problems import problem_of
from ..errors import StoreError
from ..graph.namespaces import PREFIXES
from ..store import QueryForm, Store, Table, Term
from ..store.base import TURTLE
from . import context, library, viewed
from .editing import explained
from .facts import shorten
from .i18n import language
from .workbench_words import words

routes = Blueprint("workbench", __name__)
MOST_ROWS = 500
_MOST_TEXT = 60_000
_OFFERED = ("pg", "eli", "skos", "rdfs")
_STARTER = """
SELECT ?provision ?number ?heading WHERE {
  ?document pg:documentNumber "青政办〔2020〕62号" .
  ?provision eli:is_part_of/eli:is_part_of ?document ; a pg:Task ;
    skos:notation ?number ; rdfs:label ?heading ; pg:position ?order .
} ORDER BY ?order
"""
_FORMATS = {
    QueryForm.SELECT: (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml")),
    QueryForm.ASK: (("JSON", "json"), ("XML", "xml")),
}
_GRAPH_FORMATS = (
    ("Turtle", "turtle"),
    ("N-Triples", "ntriples"),
    ("RDF/XML", "rdfxml"),
    ("JSON-LD", "jsonld"),
)


@dataclass(slots=True)
class Answer:
    """What came of a query: a table, a yes or no, RDF as text, or a problem with its place; status: the endpoint's."""

    form: str = ""
    table: Table | None = None
    verdict: bool | None = None
    rdf: str = ""
    cut: bool = False
    milliseconds: float = 0.0
    downloads: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    line: int = 0
    column: int = 0
    status: int = 200

    @property
    def columns(self) -> tuple[str, ...] | None:
        """The columns that a view of it has; None where it has none to show."""
        if self.table is not None:
            return tuple(self.table.variables)
        return ("subject", "predicate", "object") if self.rdf else None


def sparql_page() -> ResponseReturnValue:
    """The page of the endpoint's own address: ?query= is asked, ?question= puts one of the library into the form."""
    if refused := context.refused_language():
        return refused
    query = (request.args.get("query") or "").replace("\r\n", "\n")
    name = request.args.get("question", "")
    offered = library.question(name) if name else None
    if name and offered is None:
        title = gettext("There is no such thing here")
        return render_template("error.html", code=404, title=title, path=request.full_path, detail=""), 404
    answer = ask(context.snapshot(), query) if query.strip() else None
    if refused := context.refused(lambda: viewed.check(answer.columns if answer else None)):
        return refused
    g.style_nonce = secrets.token_urlsafe(18)  # the editor makes its own styles
    return render_template(
        "sparql.html",
        query=query or (offered.query if offered else starter()),
        prologue=prologue(),
        answer=answer,
        why=_why(query, answer),
        groups=library.by_group(),
        most=MOST_ROWS,
        words=words(),
        prefixes=PREFIXES,
        nonce=g.style_nonce,
    )


def _why(query: str, answer: Answer | None) -> dict[str, Any] | None:
    """Why there is nothing, for those who read without scripts: `?why=1`."""
    nothing = answer and (answer.verdict is False or (answer.table is not None and not answer.table.rows))
    if not nothing or request.args.get("why") != "1":
        return None
    try:
        return explained(query)
    except StoreError:
        return None


def prologue() -> str:
    """The usual prefixes and an empty query."""
    return _prefix_lines(("pg", "id", "rdfs")) + "\n\nSELECT * WHERE {\n  \n}\nLIMIT 100\n"


def starter() -> str:
    """What the empty page offers: the usual prefixes and a first query."""
    return _prefix_lines(_OFFERED) + "\n" + _STARTER


def _prefix_lines(names: Iterable[str]) -> str:
    return "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in names)


def ask(store: Store, query: str) -> Answer:
    """Runs a query and tells what came of it; a failure is an answer too."""
    answer = Answer()
    started = time.perf_counter()
    try:
        form = store.form(query)
        answer.form = form.value
        answer.downloads = tuple(
            (name, "/sparql?" + urlencode({"query": query, "format": short}))
            for name, short in _FORMATS.get(form, _GRAPH_FORMATS)
        )
        if form is QueryForm.SELECT:
            answer.table = store.select(query)
        elif form is QueryForm.ASK:
            answer.verdict = store.ask(query)
        else:
            text = store.respond(query, TURTLE).decode()
            answer.rdf, answer.cut = text[:_MOST_TEXT], len(text) > _MOST_TEXT
    except StoreError as error:
        problem = problem_of(error)
        told, answer.status = problem.body(language()), problem.status
        answer.problem, answer.line, answer.column = _read_problem(told, error)
    answer.milliseconds = (time.perf_counter() - started) * 1000
    return answer


def _read_problem(body: bytes, error: StoreError) -> tuple[str, int, int]:
    told = json.loads(body)
    return (
        gettext("%(what)s: %(why)s", what=told["title"], why=told["detail"]),
        getattr(error, "line", 0),
        getattr(error, "column", 0),
    )


def cell(term: Term) -> tuple[str, str]:
    """How a value is shown: (short node, "") for an IRI, ("", text) for the rest."""
    return (shorten(term.value), "") if term.kind == "iri" else ("", term.value)


def group_name(group: str) -> str:
    """The name of a group of questions."""
    names = {
        "document": gettext("The document"),
        "goals": gettext("Goals"),
        "tasks": gettext("Tasks and measures"),
        "responsibilities": gettext("Responsibility"),
        "targets": gettext("Targets"),
        "national": gettext("National documents"),
        "places-terms": gettext("Places and terms"),
        "provenance": gettext("Provenance"),
        "quality": gettext("Data quality"),
    }
    return str(names.get(group, group))
