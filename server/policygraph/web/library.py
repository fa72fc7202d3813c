"""The question library as the pages offer it, read once."""

from __future__ import annotations

from functools import lru_cache

from ..questions import GROUPS, Question, choices, load_questions
from ..store import Store


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    return load_questions()


def question(name: str) -> Question | None:
    return next((each for each in questions() if each.id == name), None)


def by_group() -> list[tuple[str, list[Question]]]:
    grouped = [(group, [each for each in questions() if each.group == group]) for group in GROUPS]
    return [(group, members) for group, members in grouped if members]


def examples(most: int) -> list[Question]:
    """One question of each group, rather one that can be asked about something chosen."""
    found = [next((each for each in members if each.parameters), members[0]) for _, members in by_group()]
    return found[-most:]


_known: dict[tuple[str, str], list[tuple[str, str]]] = {}


def options(kind_of: Question, name: str, store: Store) -> list[tuple[str, str]]:
    """The choices of a parameter, kept for as long as the store stays the same."""
    parameter = next(each for each in kind_of.parameters if each.name == name)
    key = (store.digest, parameter.kind)
    if not store.digest or key not in _known:
        if any(digest != store.digest for digest, _ in _known):
            _known.clear()
        _known[key] = choices(parameter, store)
    return _known[key]
