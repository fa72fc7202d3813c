"""/departments…: the bodies of a document, their tasks, the drawing of both, and who works with whom."""

from __future__ import annotations

from collections import Counter, defaultdict

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from . import actor_queries, context, drawings, duty_queries, views
from . import scope as scopes
from .answers import exported
from .facts import expand
from .i18n import language
from .scope import Scope

routes = Blueprint("departments", __name__)


@routes.get("/departments")
def bodies() -> ResponseReturnValue:
    """Each body with the number of provisions that name it, and how often it is listed first."""
    facts = context.facts()
    scope = scopes.asked(facts)
    if scope is None:
        return views.choose("/departments")
    named: dict[str, set[str]] = defaultdict(set)
    first: Counter[str] = Counter()
    kinds = {}
    for duty in scopes.held(facts, scope):
        first[duty.actor] += duty.first and duty.provision not in named[duty.actor]
        named[duty.actor].add(duty.provision)
        kinds[duty.actor] = duty.kind
    listed = sorted(named, key=lambda actor: (-len(named[actor]), -first[actor], actor))
    rows = [
        [
            views.called(facts, actor), views.called(facts, actor, "zh"),
            views.called(facts, kinds[actor]) if kinds[actor] else "", len(named[actor]), first[actor], expand(actor),
        ]
        for actor in listed
    ]  # fmt: skip
    columns = [
        gettext("Body"), gettext("Official name"), gettext("Kind"), gettext("Provisions"), gettext("Listed first"),
        "actor",
    ]  # fmt: skip
    view = views.View(
        "/departments", gettext("Responsible bodies"), scope, columns, rows, duty_queries.of_bodies(scope)
    )
    shown = [(actor, kinds[actor], len(named[actor]), first[actor]) for actor in listed]
    return views.reply(view, "departments.html", rows=shown)


@routes.get("/departments/tasks")
def tasks() -> ResponseReturnValue:
    """A row for each assignment, in the order of the text."""
    facts = context.facts()
    scope = scopes.asked(facts)
    if scope is None:
        return views.choose("/departments/tasks")
    found = scopes.held(facts, scope)
    rows = [views.duty_row(facts, scope, duty) for duty in found]
    view = views.View(
        "/departments/tasks", gettext("Who is responsible for what"), scope, views.duty_columns(scope), rows,
        duty_queries.of_duties(scope),
    )  # fmt: skip
    return views.reply(view, "tasks.html", found=found)


@routes.get("/departments/drawing")
def drawing() -> ResponseReturnValue:
    """Bodies at the left, provisions at the right, a line for each assignment."""
    facts = context.facts()
    scope = scopes.asked(facts)
    if scope is None or not scope.document:
        return views.choose("/departments/drawing")
    found = scopes.held(facts, scope)
    rows = [views.duty_row(facts, scope, duty) for duty in found]
    view = views.View(
        "/departments/drawing", gettext("Bodies and their provisions, drawn"), scope, views.duty_columns(scope), rows,
        duty_queries.of_duties(scope), drawn=True,
    )  # fmt: skip
    return views.reply(
        view,
        "drawing.html",
        found=found,
        drawn=drawings.bipartite(found, drawings.SIZES[language()]),
        ranks={d.rank for d in found},
    )


@routes.get("/departments/network")
def network() -> ResponseReturnValue:
    """Bodies, and an arc between two that a provision names together."""
    facts = context.facts()
    scope = scopes.asked(facts)
    if scope is None or not scope.document:
        return views.choose("/departments/network")
    every = scopes.pairs(facts, scope)
    least = scope.least or drawings.fitting(every)
    found = [pair for pair in every if len(pair.provisions) >= least]
    columns = [
        gettext("Body"), gettext("Official name"), gettext("With"),
        gettext("Official name of the other"), gettext("Shared provisions"), gettext("Provisions"), "first", "second",
    ]  # fmt: skip
    rows = [
        [
            views.called(facts, pair.first), views.called(facts, pair.first, "zh"), views.called(facts, pair.second),
            views.called(facts, pair.second, "zh"), len(pair.provisions),
            "、".join(facts.text(provision, "skos:notation") for provision in pair.provisions), expand(pair.first),
            expand(pair.second),
        ]
        for pair in found
    ]  # fmt: skip
    view = views.View(
        "/departments/network", gettext("Who works with whom"), scope, columns, rows,
        duty_queries.of_pairs(scope, least), drawn=True,
    )  # fmt: skip
    kinds = {duty.actor: duty.kind for duty in scopes.held(facts, Scope(scope.document))}
    weights = [len(pair.provisions) for pair in every]
    return views.reply(
        view,
        "network.html",
        found=found,
        arcs=True,
        ranks=(),
        least=least,
        weights=[(n, sum(weight >= n for weight in weights)) for n in range(1, max(weights, default=0) + 1)],
        drawn=drawings.arcs(found, kinds, drawings.SIZES[language()]),
    )


@routes.get("/departments/shared")
def shared() -> ResponseReturnValue:
    """The provisions that two bodies share."""
    facts = context.facts()
    first, second = scopes.node(facts, "first", "org"), scopes.node(facts, "second", "org")
    scope = scopes.asked(facts)
    if not (first and second):
        name = "second" if first else "first"
        raise ProtocolError(400, "parameter", name=name, value="", allowed="qinghaisheng-shangwuting, …")
    if scope is None:
        return views.choose("/departments/shared")
    of_each = [
        {duty.provision: duty for duty in scopes.held(facts, Scope(scope.document, actor, scope.part, scope.role))}
        for actor in (first, second)
    ]
    both = [(duty, of_each[1][provision]) for provision, duty in of_each[0].items() if provision in of_each[1]]
    columns = [
        gettext("Number"), gettext("Provision"), gettext("Position of the first"), gettext("Position of the second"),
        "provision",
    ]  # fmt: skip
    rows = [
        [
            facts.text(one.provision, "skos:notation"), facts.text(one.provision, "rdfs:label"), one.position,
            other.position, expand(one.provision),
        ]
        for one, other in both
    ]  # fmt: skip
    kept = Scope(scope.document, "" if scope.document else first, scope.part, scope.role)
    view = views.View(
        "/departments/shared", gettext("Provisions that two bodies share"), kept,
        columns, rows, duty_queries.of_shared(kept, first, second),
        more={"first": first.removeprefix("id:org/"), "second": second.removeprefix("id:org/")},
    )  # fmt: skip
    return views.reply(view, "shared.html", first=first, second=second, both=both)


@routes.get("/departments/body.<any(csv,xlsx):form>")
def body_table(form: str) -> ResponseReturnValue:
    """A table of the page of a body that no view gives, as a file: the answer of its query."""
    facts = context.facts()
    actor = scopes.node(facts, "body", "org")
    if not actor:
        raise ProtocolError(400, "parameter", name="body", value="", allowed="qinghaisheng-shangwuting, …")
    table = context.choice("table", actor_queries.TABLES) or actor_queries.TABLES[0]
    query = actor_queries.query(table, actor)
    return exported(query, context.store(), facts, language(), form, f"{actor.removeprefix('id:org/')}-{table}")
