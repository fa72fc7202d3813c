"""Typed questions over the data of a request: the readings as pages and the search box show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from flask_babel import gettext

from ..asking import Library, Names, Option, Reading, narrowed, readings
from ..errors import ParameterError
from ..graph.namespaces import PG
from ..questions import fill
from ..store import Store
from . import context, library
from .facts import Facts
from .i18n import language

_MOST_OTHERS = 8
_LEAD = str(PG.Lead)
_NUMBER = re.compile(
    r"(?:[一-鿿]{2,8}\s*[〔［（(\[【]?\s*(?:19|20)\d\d\s*[〕］）)\]】]?\s*第?\s*\d{1,4}\s*号?|\d{1,5}\s*号)(?:\s*文件?)?"
)
"""The number of a document in any brackets or none: 青政办（2020）62, 发改产业2019 1762, 62号文. It asks nothing."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A reading as a page shows it. parts: (words typed, what they were taken for, as what, further things that they
    may name, each with the address of the question put about it; what led from the words to that, if not themselves);
    assumed: what was not named; url: of the answer by this reading; form: of the question with these values, to be
    changed; wide: the query without the narrowing to who leads (牵头), where there is one."""

    reading: Reading
    parts: list[tuple[str, str, str, list[tuple[str, str]], str]]
    assumed: list[tuple[str, str]]
    url: str
    form: str
    query: str
    wide: str = ""

    @property
    def lead(self) -> str:
        """The words that were taken for who leads (牵头)."""
        return next((words for words, _, option in self.reading.understood if option.kind == "role"), "")


@lru_cache(maxsize=1)
def _library() -> Library:
    return Library(library.questions())


def names_of(facts: Facts, store: Store) -> Names:
    """The names of a snapshot, gathered once."""
    known = facts.recall("typed names")
    return known if isinstance(known, Names) else facts.remember("typed names", Names(store))


def readings_of(typed: str) -> list[Understood]:
    """The likeliest readings of what was typed, over the data of this request."""
    if not typed or _NUMBER.fullmatch(typed.strip()):
        return []
    store = context.store()
    found = readings(typed, _library(), names_of(context.facts(), store))
    return [understood for each in found if (understood := _understood(typed, each, store))]


def _understood(typed: str, reading: Reading, store: Store) -> Understood | None:
    question, known = reading.question, names_of(context.facts(), store)
    try:
        filled = fill(question, reading.values, store, known.of_kind)
        query = narrowed(filled, reading.only)
    except ParameterError:
        return None  # a name that the store no longer holds, or that two things bear
    wider = [option for option in reading.only if option.value != _LEAD]
    called = {each.name: each.label[language()] for each in question.parameters}
    parts = [
        (
            words,
            _shown(option),
            _compared(option) or called.get(parameter) or _kept(option),
            _others(reading, words, parameter, known),
            option.by,
        )
        for words, parameter, option in reading.understood
    ]
    given = {parameter for _, parameter, _ in reading.understood} | set(reading.lacking)
    assumed = [
        (
            each.label[language()],
            known.title(reading.values[each.name]) if each.name in reading.values else each.default,
        )
        for each in question.parameters
        if each.name not in given
    ]
    return Understood(
        reading,
        parts,
        assumed,
        "/ask?" + urlencode({"q": typed, "as": question.id}),
        f"/questions/{question.id}" + ("?" + urlencode(reading.values) if reading.values else ""),
        query,
        narrowed(filled, wider) if len(wider) < len(reading.only) else "",
    )


def _others(reading: Reading, words: str, parameter: str, known: Names) -> list[tuple[str, str]]:
    """(name, address of the form) of the other things that the words may name; a provision with its document."""
    found = []
    for option in reading.others.get(words, [])[:_MOST_OTHERS]:
        values = reading.values | {parameter: option.value}
        if option.document and "document" in values:
            values["document"] = option.document
        title = f" · {known.title(option.document)}" if option.document and len(known.texts) > 1 else ""
        found.append((_shown(option) + title, f"/questions/{reading.question.id}?" + urlencode(values)))
    return found


def _shown(option: Option) -> str:
    return f"{option.value} {option.name}" if option.kind == "provision" else option.name


def _compared(option: Option) -> str:
    """What is listed for a value, as it was worded."""
    if option.kind == "number" and option.name.startswith(">"):
        return str(gettext("values above it, and those of which the text says “more than” (超过) it"))
    return str(gettext("exactly this value")) if option.kind == "number" and option.name.startswith("=") else ""


def _kept(option: Option) -> str:
    """What a name that is no parameter does to the answer."""
    if option.kind == "place":
        return str(gettext("the document of this place"))
    return str(gettext("only such rows"))
