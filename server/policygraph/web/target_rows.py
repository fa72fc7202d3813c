"""The targets of the graph as rows: a target and one of its indicators, read once a snapshot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from .facts import Facts, expand

CHANGES = frozenset({"pg:IncreaseBy", "pg:DecreaseBy"})
MOVES = CHANGES | {"pg:FallTo"}
NO_YEAR = "none"
_VERB = re.compile(
    r"(?:下降至|降至|压缩至|达到|达|超过|突破|不低于|不少于|不超过|低于|增加|增长|提高|下降|约|打造|培育形成|新增)$"
)
_EARLIER = re.compile(r"实现")
_BY = (
    r"(?:截至|力争到|到|至|于|在)?{year}年"
    r"(?:(?P<month>\d{{1,2}})月(?:\d{{1,2}}日)?[底末]?|年?(?P<end>[底末]))(?:之?前)?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """unit: a node, "" where the registry lacks it; unit_name: as printed; year: "2025" or ""; worded: the number with
    the words that qualify it; due: those that say by which day, "" where none do; words: the whole phrase, start to end
    of the stored text; classification: what puts its provision into `sector`, only where rows are listed by sector."""

    node: str
    document: str
    owner: str
    indicator: str
    comparators: tuple[str, ...]
    value: Decimal
    upper: Decimal | None
    unit: str
    unit_name: str
    year: str
    deadline: str
    baseline_year: str
    baseline_phrase: str
    baseline: Decimal | None
    scope: str
    worded: str
    words: str
    start: int
    end: int
    sectors: tuple[tuple[str, str], ...]
    bodies: tuple[str, ...]
    sector: str = ""
    classification: str = ""
    due: str = ""

    @property
    def qualified(self) -> tuple[str, ...]:
        """The comparators as one reads them: fall to, about (下降至13%左右)."""
        return tuple(sorted(self.comparators, key=lambda each: each not in MOVES))

    @property
    def change(self) -> bool:
        """Whether the number is a rise or fall against a baseline, which shares no axis with a level."""
        return bool(CHANGES & set(self.comparators))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for; "" for no matter. Values are slugs: see `slug`; unit may be a printed unit."""

    document: str = ""
    unit: str = ""
    sector: str = ""
    year: str = ""
    body: str = ""
    comparator: str = ""
    by: str = "unit"


MOST_DRAWN = 120
"""Rows beyond which nothing is drawn: the page asks for a document first."""
FILTERS = tuple(each.name for each in fields(Wish) if each.name != "by")


def slug(node: str) -> str:
    """The last piece of a node's name: what addresses call it."""
    return re.split(r"[/:]", node)[-1]


def values_of(row: Row, name: str) -> tuple[str, ...]:
    """What a row has under a filter."""
    match name:
        case "document":
            return (slug(row.document),)
        case "unit":
            return (slug(row.unit) if row.unit else row.unit_name,)
        case "sector":
            return (slug(row.sector),) if row.sector else tuple(slug(sector) for sector, _ in row.sectors)
        case "year":
            return (row.year or NO_YEAR,)
        case "body":
            return tuple(slug(body) for body in row.bodies)
    return tuple(slug(comparator) for comparator in row.comparators)


def all_rows(facts: Facts) -> tuple[Row, ...]:
    """Every target in the order of the documents and their texts."""
    known = facts.recall("target rows")
    if isinstance(known, tuple):
        return known
    found = [row for node in facts.of_type("pg:Target") for row in _rows(facts, node)]
    found.sort(key=lambda row: (row.document, row.start, row.node, row.indicator))
    return facts.remember("target rows", tuple(found))


def with_targets(facts: Facts) -> tuple[str, ...]:
    """The documents that set targets."""
    known = facts.recall("target documents")
    if isinstance(known, tuple):
        return known
    return facts.remember("target documents", tuple(dict.fromkeys(row.document for row in all_rows(facts))))


def chosen(facts: Facts, wish: Wish) -> list[Row]:
    """The rows that fit, in order; by sector, a row for each sector of its provision, those without one last."""
    listed = _listed(facts, wish.by)
    asked = [(name, value) for name in FILTERS if (value := getattr(wish, name))]
    if not asked:
        return list(listed[()])
    least = min((listed.get(each, ()) for each in asked), key=len)
    rest = [each for each in asked if listed.get(each) is not least]
    return [row for row in least if all(value in values_of(row, name) for name, value in rest)]


def _listed(facts: Facts, by: str) -> dict[tuple[str, ...], tuple[Row, ...]]:
    """All rows, and those of each (filter, value): what a page of a large collection looks up."""
    known = facts.recall(("target lists", by))
    if isinstance(known, dict):
        return known
    rows: Iterable[Row] = all_rows(facts)
    if by == "sector":
        split = [
            replace(row, sector=sector, classification=item)
            for row in rows
            for sector, item in row.sectors or (("", ""),)
        ]
        rows = sorted(split, key=lambda row: (not row.sector, row.sector))
    lists: dict[tuple[str, ...], list[Row]] = {(): list(rows)}
    for row in lists[()]:
        for name in FILTERS:
            for value in values_of(row, name):
                lists.setdefault((name, value), []).append(row)
    return facts.remember(("target lists", by), {key: tuple(members) for key, members in lists.items()})


def _rows(facts: Facts, node: str) -> list[Row]:
    owner = next(iter(facts.into(node, "pg:hasTarget")), "")  # a provision, a part without any, or the document
    spans, unit = facts.spans(node), facts.node(node, "pg:unit") or ""
    value = facts.text(node, "pg:value")
    if not value or not spans:
        return []  # a target without a number or without words is not in order; the shapes refuse it
    classified = [
        (sector, item)
        for item in facts.nodes(owner, "pg:hasClassification")
        for sector in facts.nodes(item, "pg:sector")
    ]
    return [
        Row(
            node=node,
            document=spans[0].document,
            owner=owner,
            indicator=indicator,
            comparators=tuple(sorted(facts.nodes(node, "pg:comparator"), key=expand)),
            value=Decimal(value),
            upper=_number(facts.text(node, "pg:upperValue")),
            unit=unit,
            unit_name=_chinese(facts, unit) or facts.text(node, "pg:printedUnit"),
            year=facts.text(node, "pg:targetYear"),
            deadline=facts.text(node, "pg:deadline"),
            baseline_year=facts.text(node, "pg:baselineYear"),
            baseline_phrase=facts.text(node, "pg:baselinePhrase"),
            baseline=_number(facts.text(node, "pg:baseline")),
            scope=facts.text(node, "pg:scope"),
            worded=worded(facts, node),
            words=spans[0].exact,
            start=spans[0].start,
            end=spans[0].end,
            due=due(facts, node),
            sectors=tuple(sorted(classified)),
            bodies=tuple(
                dict.fromkeys(
                    actor for item in facts.nodes(owner, "pg:hasAssignment") for actor in facts.nodes(item, "pg:actor")
                )
            ),
        )
        for indicator in facts.nodes(node, "pg:indicator")
    ]


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


def due(facts: Facts, node: str) -> str:
    """The words that state the deadline, verbatim, as its sentence has them: 到2025年底. The nearest before the number,
    else the first behind it; "" where the sentence does not state that very month, or end of the year, in figures."""
    deadline, spans = facts.text(node, "pg:deadline"), facts.spans(node)
    for sentence in facts.nodes(node, "pg:statedIn") if deadline and spans else ():
        for span in facts.spans(sentence):
            found = [
                each
                for each in re.finditer(_BY.format(year=deadline[:4]), span.exact)
                if (int(each["month"]) == int(deadline[5:7]) if each["month"] else deadline.endswith("-12-31"))
            ]
            before = [each for each in found if span.start + each.end() <= spans[0].end]
            if found:
                return (before[-1] if before else found[0])[0]
    return ""


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _chinese(facts: Facts, node: str) -> str:
    """The official name of a unit."""
    found = [value.value for value in facts.values(node, "skos:prefLabel") if value.lang == "zh"] if node else []
    return found[0] if found else ""
