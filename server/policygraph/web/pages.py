"""The start page and the page about this graph."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from . import context
from .facts import Facts
from .library import examples
from .passages import documents, outlines, provisions, reading

routes = Blueprint("pages", __name__)


@routes.get("/")
def start() -> ResponseReturnValue:
    facts = context.facts()
    return render_template(
        "start.html",
        documents=[node for node in documents(facts) if reading(facts, node)],
        outlines=outlines(facts),
        counts=_counts(facts),
        questions=examples(6),
    )


@routes.get("/about")
def about() -> ResponseReturnValue:
    facts = context.facts()
    texts = [node for node in documents(facts) if reading(facts, node)]
    return render_template(
        "about.html",
        documents=documents(facts),
        levels=[(level, len(facts.into(level, "pg:verification"))) for level in facts.of_type("pg:Verification")],
        bases=[(basis, len(facts.into(basis, "pg:basis"))) for basis in facts.of_type("pg:Basis")],
        graphs=context.store().named_graphs(),
        digest=context.store().digest,
        root=request.url_root.rstrip("/"),
        sample=provisions(facts, texts[0])[-1] if texts else None,
    )


@routes.get("/static/favicon.ico")
@routes.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    return redirect("/static/mark.svg")


def _counts(facts: Facts) -> dict[str, int]:
    return {
        "provisions": sum(len(provisions(facts, node)) for node in documents(facts) if reading(facts, node)),
        "bodies": len({actor for node in facts.of_type("pg:Assignment") for actor in facts.nodes(node, "pg:actor")}),
        "assignments": len(facts.of_type("pg:Assignment")),
        "targets": len(facts.of_type("pg:Target")),
        "alignments": len(facts.of_type("pg:Alignment")),
    }
