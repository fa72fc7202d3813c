"""/questions: the library by group, and each question as a form with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from ..asking.names import Names, plain
from ..errors import ParameterError
from ..questions import Parameter, Question, fill
from ..store import Store
from . import context, library
from .answers import FORMATS, exported, shown
from .facts import shorten
from .frozen_asked import start
from .i18n import language
from .typed import names_of
from .workbench import MOST_ROWS, ask

routes = Blueprint("questions", __name__)
LONGEST = 200
MOST_LISTED, MOST_SUGGESTED = 60, 2000


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter in a form. way: select, list (typed, with suggestions) or typed; options: (value, text); duties: how
    many of them, the first ones, some document makes responsible for something; 0 where that parts nothing."""

    parameter: Parameter
    way: str
    value: str
    options: list[tuple[str, str]]
    duties: int = 0


@routes.get("/questions")
def questions() -> ResponseReturnValue:
    context.choice("format", ("html", "text/html"))
    wanted = context.typed(LONGEST)
    groups = library.by_group()
    found = [(group, [each for each in members if _holds(each, wanted)], len(members)) for group, members in groups]
    return render_template(
        "questions.html",
        wanted=wanted,
        groups=[each for each in found if each[1]],
        shown=sum(len(members) for _, members, _ in found),
        total=sum(total for *_, total in found),
    )


def _holds(question: Question, wanted: str) -> bool:
    """Whether each word of the filter stands in the question, in either language, or among its keywords."""
    told = plain(" ".join((*question.text.values(), *question.keywords, question.id)))
    return all(plain(word) in told for word in wanted.split())


@routes.get("/questions/<name>")
def question(name: str) -> ResponseReturnValue:
    found = library.question(name)
    if found is None:
        abort(404)
    form = context.choice("format", ("html", "text/html", *FORMATS))
    store, facts = context.store(), context.facts()
    given = {each.name: _given(each, names_of(facts, store)) for each in found.parameters}
    problem, query = "", found.query
    try:
        query = fill(found, given, store, names_of(facts, store).of_kind)
    except ParameterError as error:
        problem = error.zh if language() == "zh" else error.message
    shown_query = library.on_page(query, store, language())
    if form in FORMATS and not problem:
        return exported(shown_query, store, facts, language(), form, found.id, brief=True)
    answer = None if problem else ask(store, shown_query)
    page = render_template(
        "question.html",
        question=found,
        fields=[_field(each, given[each.name], found, store) for each in found.parameters],
        problem=problem,
        query=shown_query,
        answer=answer,
        table=shown(answer.table, facts, language(), MOST_ROWS, brief=True) if answer and answer.table else None,
        most=MOST_ROWS,
        freeze="" if problem else start(found, given),
        download="?" + urlencode({key: value for key, value in given.items() if value}),
    )
    return page, 400 if problem else 200


def _given(parameter: Parameter, names: Names) -> str:
    """What the address says; else, where the usual document is not in this store, the first one that is."""
    value = request.args.get(parameter.name, "")
    return value if value or parameter.kind != "document" else names.usual(parameter.default)


def _field(parameter: Parameter, given: str, found: Question, store: Store) -> Field:
    """A short list is chosen from; a long one is typed into with suggestions, by name."""
    value = given or parameter.default
    if parameter.name == "notation":
        return Field(parameter, "list", value, _provisions(store))
    listed = library.options(found, parameter.name, store)
    duties = 0
    if parameter.kind == "actor":
        loads = names_of(context.facts(), store).loads
        listed = sorted(listed, key=lambda option: option[0] not in loads)
        duties = sum(option[0] in loads for option in listed) % len(listed) if listed else 0
    if not listed:
        return Field(parameter, "typed", value, [])
    chosen = next(((iri, text) for iri, text in listed if value in (iri, text, shorten(iri), shorten(iri)[3:])), None)
    if len(listed) <= MOST_LISTED:
        return Field(parameter, "select", chosen[0] if chosen else value, listed, duties)
    texts = [(text, "") for _, text in listed[:MOST_SUGGESTED]]
    return Field(parameter, "list", chosen[1] if chosen else value, texts)


def _provisions(store: Store) -> list[tuple[str, str]]:
    """(number, number and heading) of every provision that has a text; of many documents each number once."""
    found: dict[str, str] = {}
    for _, option in names_of(context.facts(), store).partial:
        if option.kind == "provision":
            found.setdefault(option.value, f"{option.value} {option.name}")
    order = sorted(found.items(), key=lambda pair: [int(part) if part.isdigit() else 0 for part in pair[0].split(".")])
    return order[:MOST_SUGGESTED]
