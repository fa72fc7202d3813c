"""/sparql/map: the places of an answer as a map of points, and the list of them beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from ..graph.namespaces import PREFIXES
from ..store.base import QueryForm, Table, Term
from . import context, exports, labels, map_drawing, svg
from .facts import Facts, expand, shorten
from .i18n import language
from .positions import Position, positions
from .views import called

routes = Blueprint("maps", __name__)
ROWS = "rows"
_PLACES = f"{PREFIXES['id']}place/"
_MOST = 500  # points of a drawing
_TOLD = 4  # things that are named beside a place
_FILES = {"csv": exports.CSV, "svg": svg.SVG}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the answer: amount, of rows or as its only row gives it; things: of another column, in its rows."""

    node: str
    name: str
    amount: Decimal
    position: Position | None
    things: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for. place, label: names of variables, label "" where there is no other; size: a variable
    of numbers, or ROWS. sizes, labels: what may be asked for."""

    query: str
    place: str
    size: str
    label: str
    places: tuple[str, ...]
    sizes: tuple[str, ...]
    labels: tuple[str, ...]

    def url(self, kind: str = "") -> str:
        asked = {"query": self.query, "place": self.place, "size": self.size, "label": self.label}
        return f"/sparql/map{kind}?" + urlencode({key: value for key, value in asked.items() if value})


@routes.get("/sparql/map")
def page() -> ResponseReturnValue:
    """The map of the answer to ?query=; place, size and label name columns."""
    query = _query()
    table = context.snapshot().select(query)
    wish = _wish(query, table)
    found = _found(context.facts(), table, wish) if wish else []
    points = _points(found)
    return render_template(
        "map.html",
        query=query,
        wish=wish,
        found=found,
        drawn=map_drawing.drawn(svg.Pen(), points) if points else None,
        drawn_places=len(points),
        told=_TOLD,
    )


@routes.get("/sparql/map.<any(csv, svg):kind>")
def file(kind: str) -> ResponseReturnValue:
    """The same as a file; 404 where the answer names no place that can be drawn."""
    query = _query()
    table = context.snapshot().select(query)
    wish = _wish(query, table)
    found = _found(context.facts(), table, wish) if wish else []
    points = _points(found, links=False)
    if not wish or (kind == "svg" and not points):
        raise ProtocolError(404, "no-places")
    body = _csv(found, wish) if kind == "csv" else _svg(points, wish)
    response = Response(body, content_type=_FILES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="map.{kind}"'
    return response


def names_places(table: Table | None) -> bool:
    """Whether an answer has something for the map, by the look of its IRIs."""
    return table is not None and any(
        term is not None and term.kind == "iri" and term.value.startswith(_PLACES) for row in table.rows for term in row
    )


def _query() -> str:
    query = request.args.get("query", "").replace("\r\n", "\n")
    if not query.strip():
        raise ProtocolError(400, "no-query")
    if context.snapshot().form(query) is not QueryForm.SELECT:
        raise ProtocolError(400, "parameter", name="query", value=query.strip()[:20] + "…", allowed="SELECT")
    return query


def _wish(query: str, table: Table) -> Wish | None:
    """None where no column names places."""
    columns = {name: [term for row in table.rows if (term := row[at])] for at, name in enumerate(table.variables)}
    places = tuple(name for name, terms in columns.items() if any(term.value.startswith(_PLACES) for term in terms))
    if not places:
        return None
    place = context.choice("place", places) or places[0]
    # A number belongs to a place only where each has a row of its own.
    single = len({term.value for term in columns[place]}) == len(table)
    numbers = {name for name, terms in columns.items() if terms and all(_number(term) is not None for term in terms)}
    sizes = (*(name for name in columns if single and name in numbers), ROWS)
    names = tuple(name for name in columns if name != place and name not in sizes)
    label = context.choice("label", names) or (names[0] if names else "")
    return Wish(query, place, context.choice("size", sizes) or sizes[0], label, places, sizes, names)


def _number(term: Term | None) -> Decimal | None:
    if term is None or not term.datatype or term.kind != "literal":
        return None
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _found(facts: Facts, table: Table, wish: Wish) -> list[Place]:
    """The places, those with the most first."""
    at = table.variables.index(wish.place)
    size = -1 if wish.size == ROWS else table.variables.index(wish.size)
    label = table.variables.index(wish.label) if wish.label else -1
    rows: dict[str, list[Sequence[Term | None]]] = defaultdict(list)
    for row in table.rows:
        term = row[at]
        if term is not None and term.kind == "iri" and term.value.startswith(_PLACES):
            rows[shorten(term.value)].append(row)
    found = []
    for node, own in rows.items():
        amount = Decimal(len(own)) if size < 0 else _number(own[0][size]) or Decimal(0)
        things = tuple(dict.fromkeys(term for row in own if label >= 0 and (term := row[label])))
        position = positions().get(facts.text(node, "pg:regionCode"))
        found.append(Place(node, called(facts, node), amount, position, things))
    return sorted(found, key=lambda place: (-place.amount, place.node))


def _points(found: Sequence[Place], links: bool = True) -> list[map_drawing.Point]:
    facts, tag = context.facts(), language()
    points: list[map_drawing.Point] = []
    for place in found:
        if place.position is None or len(points) == _MOST:
            continue
        name = labels.label(facts, place.node, tag).text
        told = gettext("%(place)s: %(amount)s", place=place.name, amount=svg.number(place.amount))
        province = facts.text(place.node, "pg:regionCode").endswith("0000")
        link = labels.url(place.node) if links else ""
        points.append(map_drawing.Point(name, told, place.position, float(place.amount), province, link))
    return points


def _csv(found: Sequence[Place], wish: Wish) -> bytes:
    columns = ["place", "name", wish.size, "longitude", "latitude", "source of the position"]
    rows = (
        [
            expand(place.node), place.name, place.amount,
            place.position and place.position.longitude, place.position and place.position.latitude,
            place.position and place.position.source,
        ]
        for place in found
    )  # fmt: skip
    return exports.csv_of(columns, rows)


def _svg(points: Sequence[map_drawing.Point], wish: Wish) -> bytes:
    pen = svg.Pen(map_drawing.PAINT)
    made = map_drawing.drawn(pen, points)
    title = gettext("Places of the answer: %(size)s", size=gettext("rows") if wish.size == ROWS else f"?{wish.size}")
    head = pen("text", "head", title, x=10, y=26)
    whole = head + pen("g", "", made.inner, transform="translate(0 40)")
    return svg.document(made.width, made.height + 40, title, whole)
