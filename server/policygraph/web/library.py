"""The question library as the pages offer it, read once."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import lru_cache
from weakref import WeakKeyDictionary

from ..errors import StoreError
from ..questions import GROUPS, Question, choices, load_questions
from ..store import QueryForm, Store
from .answers import presented, with_proof
from .i18n import LANGUAGES


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    return load_questions()


def question(name: str) -> Question | None:
    return next((each for each in questions() if each.id == name), None)


def by_group() -> list[tuple[str, list[Question]]]:
    grouped = [(group, [each for each in questions() if each.group == group]) for group in GROUPS]
    return [(group, members) for group, members in grouped if members]


_known: WeakKeyDictionary[Store, dict[str, list[tuple[str, str]]]] = WeakKeyDictionary()


def options(kind_of: Question, name: str, store: Store) -> list[tuple[str, str]]:
    """The choices of a parameter, kept for as long as the store stays the same."""
    parameter = next(each for each in kind_of.parameters if each.name == name)
    if not store.digest:
        return choices(parameter, store)
    kept = _known.setdefault(store, {})
    if parameter.kind not in kept:
        kept[parameter.kind] = choices(parameter, store)
    return kept[parameter.kind]


def prepare(store: Store) -> None:
    """Ask every question of the library, and for the choices of its parameters, so that their answers are kept."""
    for each in questions():
        _ask(each, store)


def prepare_beside(store: Store) -> None:
    """The same while pages are already served: over many documents some questions take seconds, or reach a limit."""

    def ask() -> None:
        for each in questions():
            with suppress(StoreError):  # whoever asks it is told; or the snapshot was closed
                _ask(each, store)

    threading.Thread(target=ask, name="library", daemon=True).start()


def _ask(asked: Question, store: Store) -> None:
    for parameter in asked.parameters:
        options(asked, parameter.name, store)
    form = store.form(asked.query)
    for query in {on_page(asked.query, store, language) for language in LANGUAGES}:
        if form is QueryForm.SELECT:
            store.select(query)
        else:
            store.respond(query, form.media_types[0])


def on_page(query: str, store: Store, language: str) -> str:
    """The query as the page of a question asks and shows it."""
    return presented(with_proof(query) if store.form(query) is QueryForm.SELECT else query, language)
