"""/matrix: which body is responsible for which provision of a document."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from . import context, duty_queries, views
from . import scope as scopes
from .facts import Facts
from .matrix_picture import picture
from .matrix_rows import rows

routes = Blueprint("matrix", __name__)
_SHORT = 20  # characters of a provision's heading at the top of its column


@routes.get("/matrix")
def page() -> ResponseReturnValue:
    """Rows are bodies, columns provisions; a cell holds the duties of a body under a provision."""
    facts = context.facts()
    scope = scopes.asked(facts)
    if scope is None:
        return views.choose("/matrix")
    found = scopes.held(facts, scope)
    columns = [
        (duty.part, duty.provision, short(facts, duty.provision))
        for duty in {duty.provision: duty for duty in found}.values()
    ]
    listed = rows(found, scope.sort)
    title = gettext("Bodies and provisions")
    view = views.View(
        "/matrix",
        title,
        scope,
        views.duty_columns(scope),
        [views.duty_row(facts, scope, duty) for duty in found],
        duty_queries.of_duties(scope),
        picture=lambda: picture(facts, f"{views.title_of(facts, scope)} · {title}", columns, listed),
    )
    return views.reply(
        view,
        "matrix.html",
        columns=columns,
        rows=listed,
        ranks={duty.rank for duty in found},
        total=len({(duty.assignment, duty.actor) for duty in found if not duty.membership}),
        spread=sum(bool(duty.membership) for duty in found),
    )


def short(facts: Facts, provision: str) -> str:
    """The heading of a provision, cut where it would not fit above its column."""
    heading = facts.text(provision, "rdfs:label")
    return heading if len(heading) <= _SHORT else heading[: _SHORT - 1] + "…"
