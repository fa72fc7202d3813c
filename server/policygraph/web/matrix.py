"""/matrix: which body is responsible for which provision of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from . import context, duty_queries, views
from . import scope as scopes
from .duties import Duty
from .facts import Facts

routes = Blueprint("matrix", __name__)
_SHORT = 20  # characters of a provision's heading at the top of its column


@dataclass(slots=True)
class Row:
    """A body with its duties by provision; stated: how many provisions the text itself gives it."""

    actor: str
    cells: dict[str, list[Duty]] = field(default_factory=lambda: defaultdict(list))

    @property
    def stated(self) -> int:
        return sum(any(not duty.membership for duty in duties) for duties in self.cells.values())

    @property
    def spread(self) -> int:
        return sum(all(duty.membership for duty in duties) for duties in self.cells.values())


@routes.get("/matrix")
def page() -> ResponseReturnValue:
    """Rows are bodies, columns provisions; a cell holds the duties of a body under a provision."""
    facts = context.facts()
    scope = scopes.asked(facts)
    if scope is None:
        return views.choose("/matrix")
    found = scopes.held(facts, scope)
    view = views.View(
        "/matrix",
        gettext("Bodies and provisions"),
        scope,
        views.duty_columns(scope),
        [views.duty_row(facts, scope, duty) for duty in found],
        duty_queries.of_duties(scope),
    )
    columns = list({duty.provision: duty for duty in found}.values())
    return views.reply(
        view,
        "matrix.html",
        columns=[(duty.part, duty.provision, short(facts, duty.provision)) for duty in columns],
        rows=rows(found, scope.sort),
        ranks={duty.rank for duty in found},
        total=len({(duty.assignment, duty.actor) for duty in found if not duty.membership}),
        spread=sum(bool(duty.membership) for duty in found),
    )


def rows(found: Sequence[Duty], sort: str) -> list[Row]:
    """The bodies in the order in which the text first names them, or those with most provisions first.

    Bodies that are there as members alone stand below their group.
    """
    made: dict[str, Row] = {}
    for duty in sorted(found, key=lambda duty: bool(duty.membership)):
        made.setdefault(duty.actor, Row(duty.actor)).cells[duty.provision].append(duty)
    listed = list(made.values())
    if sort == "count":
        listed.sort(key=lambda row: (-row.stated, -row.spread))
    groups = {row.actor for row in listed}
    below: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        through = next(iter(row.cells.values()))[0].through
        below["" if row.stated or through not in groups else through].append(row)
    return [each for row in below[""] for each in (row, *below[row.actor])]


def short(facts: Facts, provision: str) -> str:
    """The heading of a provision, cut where it would not fit above its column."""
    heading = facts.text(provision, "rdfs:label")
    return heading if len(heading) <= _SHORT else heading[: _SHORT - 1] + "…"
