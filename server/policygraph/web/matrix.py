"""/matrix: which body is responsible for which provision."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from . import context
from .passages import documents, parts, provisions
from .tables import assignments

routes = Blueprint("matrix", __name__)


@routes.get("/matrix")
def page() -> ResponseReturnValue:
    """Rows are bodies; a cell holds (assignment, position)."""
    facts = context.facts()
    order = context.choice("sort", ("order", "count")) or "count"
    columns = []
    choices = []
    for document in documents(facts):
        owned = [node for node in provisions(facts, document) if facts.nodes(node, "pg:hasAssignment")]
        if owned:
            used = {facts.node(node, "eli:is_part_of") for node in owned}
            choices += [part for part in parts(facts, document) if part in used]
            columns += owned
    if chosen := context.choice("part", dict.fromkeys(_slug(part) for part in choices)):
        columns = [node for node in columns if _slug(facts.node(node, "eli:is_part_of") or "") == chosen]
    rows: dict[str, dict[str, tuple[str, int]]] = {}
    for column in columns:
        for item in assignments(facts, column):
            for actor in facts.nodes(item, "pg:actor"):
                rows.setdefault(actor, {})[column] = (item, facts.integer(item, "pg:position"))
    listed = list(rows.items())
    if order == "count":
        listed.sort(key=lambda row: -len(row[1]))
    return render_template(
        "matrix.html",
        columns=columns,
        rows=listed,
        order=order,
        chosen=chosen,
        choices=[(_slug(part), part) for part in choices],
        total=sum(len(cells) for _, cells in listed),
    )


def _slug(part: str) -> str:
    return part.partition(":doc/")[2]
