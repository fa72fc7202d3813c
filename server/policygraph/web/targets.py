"""/targets: every number that the document sets, as worded, and as bars."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from . import context, svg
from .facts import Facts
from .passages import owner_of

routes = Blueprint("targets", __name__)
_PERCENT = "unit:PERCENT"
_MONEY = "CNY"


@dataclass(frozen=True, slots=True)
class Row:
    """A target as the page shows it."""

    node: str
    provision: str | None
    group: str
    value: float
    upper: float | None
    comparators: tuple[str, ...]
    worded: str = ""
    bar: svg.Bar | None = None


@routes.get("/targets")
def page() -> ResponseReturnValue:
    facts = context.facts()
    rows = all_rows(facts)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    titles = {
        "percent": gettext("Percentages"),
        "money": gettext("Money"),
        "people": gettext("Persons and visits"),
        "count": gettext("Counts"),
        "change": gettext("Changes against a baseline"),
    }
    drawn = [(titles[key], _drawn(groups[key], key in ("percent", "change"))) for key in titles if groups[key]]
    return render_template("targets.html", rows=rows, groups=drawn)


_VERB = re.compile(
    r"(?:下降至|降至|压缩至|达到|达|超过|突破|不低于|不少于|不超过|低于|增加|增长|提高|下降|约|打造|培育形成|新增)$"
)
_EARLIER = re.compile(r"实现")


def worded(facts: Facts, node: str) -> str:
    """The number with the words that qualify it, verbatim: 下降至13%左右; … stands for the words between."""
    spans = facts.spans(node)
    start = facts.text(node, "pg:valueStart")
    if not spans or not start:
        return facts.text(node, "pg:printedValue")
    before, rest = spans[0].exact[: int(start) - spans[0].start], spans[0].exact[int(start) - spans[0].start :]
    if verb := _VERB.search(before):
        return verb[0] + rest
    return ("实现…" if _EARLIER.search(before) else "") + rest


def all_rows(facts: Facts) -> list[Row]:
    rows = []
    for node in facts.of_type("pg:Target"):
        value = facts.text(node, "pg:normalizedValue") or facts.text(node, "pg:value")
        upper = facts.text(node, "pg:upperValue")
        factor = float(value) / float(facts.text(node, "pg:value") or 1) if float(value or 0) else 1.0
        comparators = tuple(facts.nodes(node, "pg:comparator"))
        rows.append(
            Row(
                node,
                owner_of(facts, node),
                _group(facts, node),
                float(value or 0),
                float(upper) * factor if upper else None,
                comparators,
                worded(facts, node),
            )
        )
    return sorted(rows, key=lambda row: [(span.document, span.start) for span in facts.spans(row.node)])


def _group(facts: Facts, node: str) -> str:
    unit = facts.node(node, "pg:unit") or ""
    base = facts.node(unit, "pg:baseUnit") or ""
    if any(c.endswith(("#IncreaseBy", "#DecreaseBy")) for c in facts.nodes(node, "pg:comparator")):
        return "change"  # a rate of change is no share and shares no axis with one
    if base == _PERCENT:
        return "percent"
    if _MONEY in base or "元" in facts.text(unit, "skos:prefLabel"):
        return "money"
    return "people" if "人" in facts.text(node, "pg:printedValue") else "count"


def _drawn(rows: list[Row], percent: bool) -> list[Row]:
    most = svg.axis([row.upper or row.value for row in rows], percent)
    return [
        Row(
            row.node, row.provision, row.group, row.value, row.upper, row.comparators, row.worded,
            svg.bar(row.value, row.upper, set(row.comparators), most),
        )
        for row in rows
    ]  # fmt: skip
