"""Tables printed as text: a head whose cells name the columns, and rows of as many cells.

A column 牵头单位 gives the role of the bodies in it; a column 2025年 gives what its row's indicator is to reach. A row
whose number opens a unit belongs to that unit. What does not fit its head is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .clauses import trim
from .model import Span, Target
from .names import names
from .numerals import DIGITS
from .responsibility import Known, Phrase, Statement, assign, is_body, set_term
from .words import responsibility as rx
from .words import tables as tx


@dataclass(frozen=True, slots=True)
class Columns:
    """The head of a table. size: how many cells; roles: column → role; years: column → year; name, unit and term:
    columns, or None."""

    size: int
    roles: dict[int, str]
    labels: dict[int, str]
    years: dict[int, int]
    name: int | None = None
    unit: int | None = None
    term: int | None = None


def cells(text: str, line: Span) -> list[Span]:
    """The cells of a line, empty ones between two tabs included."""
    made, start = [], line.start
    for gap in tx.SEPARATED.finditer(text, line.start, line.end):
        made.append(trim(text, Span(start, gap.start())))
        start = gap.end()
    return [*made, trim(text, Span(start, line.end))]


def columns(text: str, line: Span) -> Columns | None:
    """The columns that a line names, where it is the head of a table of duties or of indicators."""
    if not tx.SEPARATED.search(text, line.start, line.end) or line.end - line.start > 200:
        return None
    words = [re.sub(r"\s+", "", text[c.start : c.end]) for c in cells(text, line)]
    if len(words) < tx.LEAST_CELLS:
        return None
    labels = {i: found for i, word in enumerate(words) if word and (found := rx.LABEL.fullmatch(word + "："))}
    roles = {i: found.lastgroup or "" for i, found in labels.items()}
    years = {i: int(found["year"]) for i, word in enumerate(words) if (found := tx.YEAR.fullmatch(word))}

    def first(pattern: re.Pattern[str]) -> int | None:
        return next((i for i, word in enumerate(words) if pattern.fullmatch(word)), None)

    name = first(tx.NAME)
    if not roles and (name is None or not years):
        return None
    said = {i: words[i] for i in roles}
    return Columns(len(words), roles, said, years, name, first(tx.UNIT), first(tx.TERM))


def row(text: str, line: Span, head: Columns) -> list[Span] | None:
    """The cells of the row that a line ends, or None where they are not as many as the head's."""
    start = text.rfind("\n", 0, line.start) + 1
    found = cells(text, trim(text, Span(start, line.end)))
    while len(found) > head.size and found[-1].start >= found[-1].end:
        found.pop()
    short = range(len(found), head.size)
    if short and "\t" in text[start : line.end] and all(i not in head.roles and i not in head.years for i in short):
        found += [Span(line.end, line.end)] * len(short)  # the last cells are empty, and their tabs were lost
    return found if len(found) == head.size else None


def duties(text: str, found: list[Span], head: Columns, known: Known) -> Phrase | None:
    """Who must do what a row names: from the first column that has a role to the last, or to that of the term."""
    charged = [i for i in head.roles if found[i].start < found[i].end]
    if not charged:
        return None
    held = [*charged, *([head.term] if head.term is not None and found[head.term].start < found[head.term].end else [])]
    whole = Span(min(found[i].start for i in held), max(found[i].end for i in held))
    phrase = Phrase(whole, whole)
    statements = []
    for i in charged:
        bodies = names(text, found[i], known)
        if not all(is_body(text, body, known) for body in bodies):
            return None
        statements.append(Statement(bodies, head.roles[i], f"column {head.labels[i]}"))
    if head.term is not None:
        set_term(phrase, text[found[head.term].start : found[head.term].end])
    assign(text, phrase, statements, False)
    return phrase if phrase.assignments else None


def targets(text: str, found: list[Span], head: Columns, written: int | None, index: int) -> list[Target]:
    """What a row sets for the years that were to come; the earliest of several years is the one compared with."""
    if head.name is None:
        return []
    name = text[found[head.name].start : found[head.name].end].strip("*＊ 　")
    unit = text[found[head.unit].start : found[head.unit].end] if head.unit is not None else ""
    if inside := tx.UNIT_IN_NAME.search(name):
        unit, name = unit or inside["unit"], name[: inside.start()].strip()
    past = written - 1 if written else min(head.years.values()) if len(head.years) > 1 else 0
    made = []
    for i, year in head.years.items():
        value = tx.VALUE.fullmatch(text, found[i].start, found[i].end)
        if year <= past or not value or not name:
            continue
        if value["unit"] and unit and value["unit"].translate(DIGITS) != unit.translate(DIGITS):
            continue
        kind = tx.SIGNS.get(value["sign"]) or tx.AFTER.get(value["after"] or "") or "Reach"
        number = value["number"].translate(DIGITS).replace(",", "").replace("，", "")
        made.append(Target(
            span=Span(found[head.name].start, found[i].end), phrase=text[found[head.name].start : found[i].end],
            indicators=(name,), comparators=(kind,), value=Decimal(number), value_start=value.start("number"),
            printed=text[value.start("number") : value.end("unit")], unit=value["unit"] or unit, year=year,
            sentence=index, rule="a row of a table",
        ))  # fmt: skip
    return made
