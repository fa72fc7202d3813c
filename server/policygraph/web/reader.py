"""The reader: a document's whole text with every statement marked in it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from . import tables
from .article import article
from .citing import citing, json_ld
from .facts import Facts, Span
from .passages import KINDS, Reading, is_provision, owner_of, parts, provisions, reading

routes = Blueprint("reader", __name__)


def page(facts: Facts, document: str) -> ResponseReturnValue:
    found = reading(facts, document)
    contents = [(part, provisions_of(facts, part)) for part in parts(facts, document)]
    if found is None:
        return render_template(
            "outline.html",
            node=document,
            data=json_ld(facts, document),
            citing=citing(facts, document),
            contents=contents,
            sections=[tables.facts_of(facts, document)],
            carried={
                clause: [facts.node(item, "pg:fromProvision") for item in facts.into(clause, "pg:toProvision")]
                for clause in provisions(facts, document)
            },
        )
    shown, span = _shown(facts, document)
    return render_template(
        "reader.html",
        node=document,
        data=json_ld(facts, document),
        citing=citing(facts, document),
        article=article(facts, found, shown, span),
        contents=contents,
        counts=[(kind, sum(mark.kind == kind for mark in found.marks)) for kind in KINDS],
        shown=shown,
        span=span,
        panel=_panel(facts, found, shown, span) if shown and span else None,
        sections=[tables.facts_of(facts, document)],
        citations=facts.nodes(document, "pg:hasCitation"),
    )


def provisions_of(facts: Facts, part: str) -> list[str]:
    return sorted(facts.into(part, "eli:is_part_of"), key=lambda node: facts.integer(node, "pg:position"))


def _shown(facts: Facts, document: str) -> tuple[str, Span | None]:
    """The node that ?show= names and its words; an unknown one is nothing."""
    path = request.args.get("show", "")
    node = f"{document}/{path}"
    if not path or node not in facts:
        return "", None
    spans = facts.spans(node)
    return (node, spans[0]) if spans else ("", None)


def _panel(facts: Facts, found: Reading, shown: str, span: Span) -> dict[str, object]:
    """What is said of the shown words, and which other statements rest on the same ones."""
    owner = owner_of(facts, shown)
    around = [
        mark.node for mark in found.marks if mark.node != shown and mark.start < span.end and mark.end > span.start
    ]
    if is_provision(facts, shown):
        around = []
    subject = facts.node(shown, "pg:mentioned") or facts.node(shown, "pg:actor") or ""
    return {
        "section": tables.facts_of(facts, shown),
        "kinds": tables.kinds(facts, shown),
        "owner": owner if owner != shown else None,
        "around": around,
        "subject": subject,
    }
