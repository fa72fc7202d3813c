"""The start page and the page about this graph."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from . import context
from .catalogue import TEXT, catalogue, sums
from .facts import Facts
from .library import question
from .passages import documents, outlines, provisions

routes = Blueprint("pages", __name__)
NEWEST, DOCUMENTS, GRAPHS = 3, 20, 30
"""How many the pages show of what there may be thousands of."""
QUESTIONS = (
    "tasks-of-department",
    "targets-of-year",
    "partners-of-department",
    "national-counterparts-of-provision",
    "measures-naming-place",
)
"""What a newcomer asks first, each about something chosen."""


@routes.get("/")
def start() -> ResponseReturnValue:
    facts = context.facts()
    texts = [entry for entry in catalogue(facts) if entry.kind == TEXT]
    return render_template(
        "start.html",
        texts=texts[:NEWEST],
        held=len(catalogue(facts)),
        outlines=outlines(facts),
        sums=sums(facts),
        questions=[found for name in QUESTIONS if (found := question(name))],
    )


@routes.get("/about")
def about() -> ResponseReturnValue:
    facts = context.facts()
    texts = [entry.node for entry in catalogue(facts) if entry.kind == TEXT]
    graphs = context.store().named_graphs()
    return render_template(
        "about.html",
        documents=documents(facts)[:DOCUMENTS],
        held=len(documents(facts)),
        levels=[(level, _count(facts, level, "pg:verification")) for level in facts.of_type("pg:Verification")],
        bases=[(basis, _count(facts, basis, "pg:basis")) for basis in facts.of_type("pg:Basis")],
        graphs=graphs[:GRAPHS],
        graphs_in_all=len(graphs),
        digest=context.store().digest,
        root=request.url_root.rstrip("/"),
        sample=provisions(facts, texts[0])[-1] if texts else None,
    )


def prepare(facts: Facts) -> None:
    """What these pages count over all documents, counted before anybody asks."""
    sums(facts)
    for level in facts.of_type("pg:Verification"):
        _count(facts, level, "pg:verification")
    for basis in facts.of_type("pg:Basis"):
        _count(facts, basis, "pg:basis")


def _count(facts: Facts, node: str, predicate: str) -> int:
    key = f"count {predicate} {node}"
    known = facts.recall(key)
    return known if isinstance(known, int) else facts.remember(key, facts.count(node, predicate))


@routes.get("/static/favicon.ico")
@routes.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    return redirect("/static/mark.svg")
