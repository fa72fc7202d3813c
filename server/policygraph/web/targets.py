"""/targets: every number that a document sets, as worded: bars by unit, along time, as a table, and as files."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from . import bars, context, exports, svg, target_chart, target_query
from .facts import Facts
from .i18n import language
from .labels import label
from .target_rows import FILTERS, MOST_DRAWN, NO_YEAR, Wish, chosen, slug, values_of, with_targets
from .timeline import drawn as drawn_timeline

routes = Blueprint("targets", __name__)
MOST_OFFERED = 300
PAGE = 100
_FORMATS = ("csv", "xlsx", "svg")


class Filter(NamedTuple):
    """A choice of the form. options: (value, words, language of the words); none where there are too many to offer."""

    name: str
    title: str
    chosen: str
    options: list[tuple[str, str, str]]


@routes.get("/targets")
def page() -> ResponseReturnValue:
    facts = context.facts()
    wish = _wish(facts)
    rows = chosen(facts, wish)
    draws = 0 < len(rows) <= MOST_DRAWN
    pages = max(1, -(-len(rows) // PAGE))
    at = int(context.choice("page", [str(number) for number in range(1, pages + 1)]) or 1)
    line = target_chart.timeline(facts, rows) if draws else None
    return render_template(
        "targets.html",
        wish=wish,
        filters=_filters(facts, wish),
        asks=not wish.document and len(with_targets(facts)) > 1,
        several=len({row.document for row in rows}) > 1,
        rows=rows if draws else rows[(at - 1) * PAGE : at * PAGE],
        total=len(rows),
        targets=len({row.node for row in rows}),
        page=at,
        pages=1 if draws else pages,
        groups=target_chart.groups(rows) if draws else [],
        line=line,
        along=drawn_timeline(svg.Pen(), line) if line else "",
        scale=lambda group: svg.scale(svg.Pen(), group.axis.ticks),
        bar=lambda row, group: target_chart.bar(facts, row, group),
        heading=lambda group: target_chart.heading(facts, group),
        signs=[(name, target_chart.sample(name), target_chart.legend(name)) for name in target_chart.signs(rows)],
        height=bars.HEIGHT,
        known_as=lambda node: _known_as(facts, node),
        chips_told=target_chart.chips_told(),
        address=lambda **changes: _address("/targets", replace(wish, **changes)),
        paged=lambda number: _address("/targets", wish, page=str(number)),
        files=[(name.upper(), _address(f"/targets.{name}", wish)) for name in _FORMATS[: 3 if draws else 2]],
        line_file=_address("/targets.svg", wish, drawing="timeline"),
        template_file=_address("/targets/observations.csv", wish),
        query_page="/sparql?" + urlencode({"query": _query(facts, wish)}),
    )


@routes.get("/targets.<any(csv,xlsx,svg):form>")
def download(form: str) -> ResponseReturnValue:
    """The rows of the page with the same parameters; drawing=timeline for the other drawing."""
    facts = context.facts()
    wish = _wish(facts)
    rows = chosen(facts, wish)
    drawing = context.choice("drawing", ("chart", "timeline")) or "chart"
    if form == "svg":
        if len(rows) > MOST_DRAWN:
            raise ProtocolError(400, "parameter", name="document", value="", allowed=", ".join(_some(facts)))
        return _file(target_chart.file(facts, rows, _title(facts, wish), drawing), svg.SVG, f"{drawing}.svg")
    columns, table = target_query.columns(wish.by), target_query.table(facts, rows, wish.by)
    if form == "csv":
        return _file(exports.csv_of(columns, table), exports.CSV, "targets.csv")
    return _file(exports.xlsx_of(columns, table, gettext("Targets")), exports.XLSX, "targets.xlsx")


@routes.get("/targets/observations.csv")
def template() -> ResponseReturnValue:
    """What to fill in to see observations drawn: a line for each indicator and unit of the page."""
    facts = context.facts()
    rows = chosen(facts, _wish(facts))
    lines = dict.fromkeys((label(facts, row.indicator, "zh").text, "", "", row.unit_name, "") for row in rows)
    columns = ("指标", "年份", "数值", "单位", "来源") if language() == "zh" else (
        "indicator", "year", "value", "unit", "source"
    )  # fmt: skip
    return _file(exports.csv_of(columns, lines), exports.CSV, "observations.csv")


def _wish(facts: Facts) -> Wish:
    """The parameters of the address; where only one document sets targets, it is meant."""
    known = _values(facts)
    asked = {name: context.choice(name, known[name]) for name in FILTERS}
    documents = with_targets(facts)
    if not asked["document"] and len(documents) == 1:
        asked["document"] = slug(documents[0])
    return Wish(**asked, by=context.choice("by", ("unit", "sector")) or "unit")


def _values(facts: Facts, document: str = "") -> dict[str, dict[str, int]]:
    """Under each filter the values that occur, with the number of rows; of one document or of all."""
    known = facts.recall(("target values", document))
    if isinstance(known, dict):
        return known
    counts: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for row in chosen(facts, Wish(document=document)):
        for name in FILTERS:
            for value in values_of(row, name):
                counts[name][value] = counts[name].get(value, 0) + 1
    return facts.remember(("target values", document), counts)


def _filters(facts: Facts, wish: Wish) -> list[Filter]:
    titles = {
        "document": gettext("Document"), "unit": gettext("Unit"), "sector": gettext("Sector"), "year": gettext("Year"),
        "body": gettext("Responsible body"), "comparator": gettext("Comparator"),
    }  # fmt: skip
    found = []
    for name in FILTERS:
        counts = _values(facts, "" if name == "document" else wish.document)[name]
        offered = dict(counts) if len(counts) <= MOST_OFFERED else {}
        if value := getattr(wish, name):
            offered.setdefault(value, 0)
        order = (
            sorted(offered) if name in ("sector", "year", "document") else sorted(offered, key=lambda v: -offered[v])
        )
        found.append(Filter(name, titles[name], getattr(wish, name), [(v, *_words(facts, name, v)) for v in order]))
    return found


_NODES = {"unit": "id:unit/", "sector": "id:sector/", "body": "id:org/", "comparator": "pg:", "document": "id:doc/"}


def _words(facts: Facts, name: str, value: str) -> tuple[str, str]:
    """What an option says, and in which language."""
    if name == "year":
        return (gettext("none stated"), language()) if value == NO_YEAR else (value, language())
    node = _NODES[name] + value
    if name == "document":
        return facts.text(node, "pg:documentNumber") or value, "zh"
    found = label(facts, node, language())
    return (found.text, found.lang) if node in facts else (value, "zh")


def _known_as(facts: Facts, node: str) -> list[str]:
    """All names of an indicator or unit: an uploaded observation may use any of them."""
    names = [value for name in ("skos:prefLabel", "skos:altLabel", "qudt:symbol") for value in facts.texts(node, name)]
    return list(dict.fromkeys(names))


def _query(facts: Facts, wish: Wish) -> str:
    unit = f"id:unit/{wish.unit}"
    return target_query.query(wish, unit if wish.unit and unit in facts else "")


def _title(facts: Facts, wish: Wish) -> str:
    node = f"id:doc/{wish.document}"
    name = f"{facts.text(node, 'dcterms:title')} {facts.text(node, 'pg:documentNumber')}" if wish.document else ""
    return str(gettext("Targets: %(document)s", document=name) if name else gettext("Targets"))


def _some(facts: Facts) -> list[str]:
    names = [slug(node) for node in with_targets(facts)]
    return names if len(names) <= 20 else [*names[:20], "…"]


def _address(path: str, wish: Wish, **more: str) -> str:
    asked = {each.name: getattr(wish, each.name) for each in fields(wish)}
    if asked["by"] == "unit":
        del asked["by"]
    told = {name: value for name, value in {**asked, **more}.items() if value}
    return path + ("?" + urlencode(told) if told else "")


def _file(data: bytes, media_type: str, name: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
