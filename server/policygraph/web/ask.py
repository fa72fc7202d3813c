"""/ask: a typed question, what was understood of it, the answer of the likeliest reading and its SPARQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from . import beside, context, library
from .answers import FORMATS, Shown, exported, shown
from .facts import shorten
from .i18n import language
from .labels import label
from .search import found as search_found
from .typed import Understood, readings_of
from .workbench import MOST_ROWS, Answer
from .workbench import ask as run

routes = Blueprint("ask", __name__)
LONGEST = 200
EXAMPLES = {
    "zh": (
        "省商务厅负责哪些任务",
        "2025年旅游收入目标",
        "养老托幼由谁负责",
        "哪些条款没有责任单位",
        "超过500亿元的目标",
    ),
    "en": (
        "which tasks does the Department of Commerce lead",
        "targets for 2025",
        "who is responsible for elderly care",
    ),
}


@routes.get("/ask")
def page() -> ResponseReturnValue:
    typed = context.typed(LONGEST)
    form = context.choice("format", ("html", *FORMATS))
    named = context.choice("as", [each.id for each in library.questions()])
    offered = readings_of(typed)
    chosen = next((each for each in offered if each.reading.question.id == named), None)
    if chosen is None and not named and offered and offered[0].reading.whole:
        chosen = offered[0]
    if chosen and chosen.reading.lacking:
        chosen = None  # the question cannot be put without that name: its form asks for it
    store, facts = context.store(), context.facts()
    query = library.on_page(chosen.query, store, language()) if chosen else ""
    if form in FORMATS:
        if not chosen:
            raise _unanswered(typed, offered)
        if _instead(chosen, run(store, query)):  # the page shows other rows and says so; a file could not
            address = f"{chosen.form}{'&' if '?' in chosen.form else '?'}format={form}"
            raise ProtocolError(404, "no-lead", value=typed, address=address)
        return exported(query, store, facts, language(), form, chosen.reading.question.id, brief=True)
    answer: Answer | None = run(store, query) if chosen else None
    unknown = _unknown(typed, offered) if typed and not chosen else ""
    words, about_bodies = beside.subject(typed) if typed and not chosen and not unknown else ("", False)
    sought = unknown or words or typed
    not_read = not offered or bool(offered[0].reading.missed)  # else a heading holds them, and is offered
    left = beside.unlisted(chosen, answer)
    table = shown(answer.table, facts, language(), MOST_ROWS, brief=True) if answer and answer.table else None
    instead = _instead(chosen, answer)
    return render_template(
        "ask.html",
        typed=typed,
        chosen=chosen,
        others=[each for each in offered if each is not chosen],
        answer=answer,
        instead=instead,  # what is shown then, with its own query
        table=table,
        query=instead.query if instead else query,
        most=MOST_ROWS,
        examples=EXAMPLES[language()],
        unknown=unknown,
        sought=sought,
        words=words,
        holding=beside.holding(words) if words and about_bodies and not_read else [],
        unlisted=left,
        through=beside.through_groups(chosen, answer, offered),
        groups=search_found(facts, sought, ["document", "clause", "body", "indicator", "term", "words"], 3)
        if typed and not chosen
        else [],
    )


def _unanswered(typed: str, offered: Sequence[Understood]) -> ProtocolError:
    """Why there is no file, with the readings that can be had as one."""
    whole = [each for each in offered if not each.reading.lacking]
    if not typed:
        return ProtocolError(400, "no-words")
    told = [f"{each.reading.question.text[language()]} (as={each.reading.question.id})" for each in whole]
    label = gettext("It can be asked as:") if told else ""
    return ProtocolError(400, "unread", value=typed, offered=f"{label} {' / '.join(told)}".strip())


@dataclass(frozen=True, slots=True)
class Instead:
    """What is true where the text names no lead: who is responsible. body: of whom it was asked, "" where of nobody;
    provisions: how many name it, first: in how many of them it is listed first."""

    answer: Answer
    table: Shown
    query: str
    body: str
    provisions: int
    first: int


def _instead(chosen: Understood | None, answer: Answer | None) -> Instead | None:
    """The rows without 牵头, where nobody leads by the words; no lead is inferred from the order of the list."""
    if not chosen or not chosen.wide or not answer or answer.table is None or answer.table.rows:
        return None
    store, facts = context.store(), context.facts()
    query = library.on_page(chosen.wide, store, language())
    wide = run(store, query)
    if not wide.table or not wide.table.rows:
        return None
    rows = list(wide.table)
    named = chosen.reading.values.get("actor", "") if {"provision", "position"} <= set(wide.table.variables) else ""
    listed = {row["provision"].value for row in rows if "provision" in row}
    first = {row["provision"].value for row in rows if "position" in row and row["position"].value == "1"}
    body = str(label(facts, shorten(named), language())) if named else ""
    table = shown(wide.table, facts, language(), MOST_ROWS, brief=True)
    return Instead(wide, table, query, body, len(listed), len(first))


def _unknown(typed: str, offered: Sequence[Understood]) -> str:
    """English words that no reading knows: they are told and searched for; a whole sentence would find nothing."""
    missed = offered[0].reading.missed if offered else [typed]
    return " ".join(words for words in missed if words.isascii() and any(c.isalpha() for c in words))
