"""Asking a question of the library: its parameters filled in from names, and the choices that a form offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from .errors import ParameterError
from .graph.namespaces import ID_BASE, PG, PREFIXES, XSD
from .question_files import (
    GROUPS,
    KINDS,
    NAMED_KINDS,
    VALUES_LINE,
    Parameter,
    Question,
    load_questions,
    read_question,
)
from .store.base import Store

__all__ = [
    "GROUPS",
    "KINDS",
    "Parameter",
    "Question",
    "choices",
    "fill",
    "load_questions",
    "names_of",
    "near_names",
    "read_question",
]

_FORMS = {  # kind → form, English and Chinese words for it
    "year": ("[0-9]{4}", "no year, such as 2025", "不是年份（如 2025）"),
    "number": (r"-?[0-9]{1,30}(\.[0-9]{1,30})?", "no number, such as 600 or 8.5", "不是数（如 600 或 8.5）"),
    "position": ("[0-9]{1,30}", "no position: a whole number from 0", "不是位置：应为从 0 起的整数"),
}
_NEAR = 0.5  # the least likeness, by difflib, of a name that is offered instead
_MOST_NEAR = 8
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


NamesOf = Callable[[str], Sequence[tuple[str, str]]]
"""Kind of parameter → (IRI or year, name) of everything of that kind."""


def fill(question: Question, values: Mapping[str, str], store: Store, known: NamesOf | None = None) -> str:
    """The query with the given parameters; those left out or blank keep their defaults.

    A value is a name in the store (any preferred or alternative label, exact), an IRI (full, prefixed, or the
    part after `id:`), a year, a number or words. ParameterError for an unknown parameter, and for a value that
    the store does not hold: it lists what comes near. known: the names, where they were gathered before.
    """
    of_kind = known or (lambda kind: names_of(kind, store))
    parameters = {parameter.name: parameter for parameter in question.parameters}
    terms: dict[str, str] = {}
    for name, value in values.items():
        if name not in parameters:
            possible = ", ".join(parameters)
            raise ParameterError(
                f"no parameter {name!r}; possible: {possible}", f"没有参数“{name}”；可用的参数：{possible}", question.id
            )
        if value.strip():
            try:
                terms[name] = _term(parameters[name], value, of_kind)
            except ParameterError as error:
                if value == parameters[name].default:
                    _place(error, question, name)
                raise

    def line_of(match: re.Match[str]) -> str:
        return f"{match['head']}{terms[match[2]]}{match['tail']}" if match[2] in terms else match[0]

    return VALUES_LINE.sub(line_of, question.query)


def _place(error: ParameterError, question: Question, name: str) -> None:
    """A default that the store does not hold is the file's own: told with its file and line."""
    lines = question.query.splitlines()
    error.source, error.column = str(question.path), 1
    error.line = next(number for number, line in enumerate(lines, 1) if line.startswith(f"# param {name}:"))
    error.excerpt = lines[error.line - 1]


def choices(parameter: Parameter, store: Store) -> list[tuple[str, str]]:
    """(IRI or year, label) for a form, by label; empty for numbers and words, which are typed."""
    return sorted(dict(reversed(names_of(parameter.kind, store))).items(), key=lambda choice: choice[::-1])


def names_of(kind: str, store: Store) -> list[tuple[str, str]]:
    """(IRI or year, name) of everything of a kind of parameter, official Chinese names before any other."""
    if kind not in NAMED_KINDS:
        return []
    prefixes = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())
    listed = store.select(f"{prefixes} SELECT DISTINCT ?value ?name {{ {NAMED_KINDS[kind]} }}")
    things = f"{{ SELECT DISTINCT ?value {{ {NAMED_KINDS[kind]} }} }}"
    chinese = f"{things} ?value skos:prefLabel|dcterms:title|rdfs:label ?name FILTER(LANG(?name) = 'zh')"
    official = store.select(f"{prefixes} SELECT DISTINCT ?value ?name {{ {chinese} }}")
    first = {(row["value"].value, row["name"].value) for row in official}
    pairs = dict.fromkeys((row["value"].value, row["name"].value) for row in listed)
    return sorted(pairs, key=lambda pair: (pair not in first, pair))


def _term(parameter: Parameter, value: str, of_kind: NamesOf) -> str:
    """The value as one SPARQL term; only an IRI that the store holds is ever written as one."""
    if parameter.kind == "text":
        return _literal(parameter, value)
    value = value.strip()
    label = parameter.label["zh"]
    # Places in a text are counted: a parameter of that name takes no fraction.
    if form := _FORMS.get("position" if parameter.name == "position" else parameter.kind):
        pattern, english, chinese = form
        if not re.fullmatch(pattern, value):
            raise ParameterError(f"{parameter.name}: {value!r} is {english}", f"{label}：“{value}”{chinese}")
        return f'"{value}"^^<{XSD.gYear}>' if parameter.kind == "year" else value
    names = of_kind(parameter.kind)
    prefix, colon, local = value.partition(":")
    iris = {value, f"{ID_BASE}{value}", f"{PG}{value}", PREFIXES.get(prefix, prefix + colon) + local}
    found = sorted({iri for iri, name in names if iri in iris or name == value})
    if len(found) == 1:
        return f"<{found[0]}>"
    if found:
        several = ", ".join(found)
        raise ParameterError(
            f"{parameter.name}: {value!r} names several: {several}", f"{label}：“{value}”不止一个：{several}"
        )
    near = near_names(value, {name for _, name in names}, parameter.default)
    raise ParameterError(
        f"{parameter.name}: no {parameter.kind} is called {value!r}" + (f"; near: {', '.join(near)}" if near else ""),
        f"{label}：没有名为“{value}”的项" + (f"；相近的有：{'、'.join(near)}" if near else ""),
    )


def near_names(value: str, names: Iterable[str], beside: str = "") -> list[str]:
    """The names most like a value, those that hold it first; of equals, those that begin as `beside` does."""
    ranked = []
    for name in names:
        likeness = 1.0 if value in name else SequenceMatcher(None, value, name).ratio()
        if likeness >= _NEAR:
            alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, beside, strict=False)))
            ranked.append((-round(likeness, 2), -alike, name))
    return [name for *_, name in sorted(ranked)[:_MOST_NEAR]]


def _literal(parameter: Parameter, value: str) -> str:
    """A SPARQL string literal on one line.

    An engine may read a code point escape before the quotes (SPARQL 1.1 Query Language, section 19.2),
    so no typed backslash may end up in front of a plain u.
    """
    if any(ord(char) < 9 or 0xD800 <= ord(char) <= 0xDFFF for char in value):
        raise ParameterError(
            f"{parameter.name}: the words hold a character that is no text",
            f"{parameter.label['zh']}：其中有不是文字的字符",
        )
    escaped = "".join(_ESCAPES.get(char, char) for char in value)
    return '"' + re.sub(r"\\([uU])", lambda match: f"\\\\U{ord(match[1]):08X}", escaped) + '"'
