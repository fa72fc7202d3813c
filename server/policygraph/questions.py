"""The question library: a file of `queries/` is one question, its parameters and the SPARQL that answers it.

A file starts with comment lines `# key: value` (id, group, question.zh, question.en, keywords) and, for each
parameter, `# param NAME: KIND = DEFAULT | zh label | en label`. The query below holds each as one line
`VALUES ?NAME { term } # param NAME`, so that the file runs as it is in any SPARQL 1.1 engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .errors import QuestionError
from .graph.namespaces import ID_BASE, PG, PREFIXES, XSD
from .resources import queries
from .store.base import Store

GROUPS = (  # in the order in which pages show them
    "document", "goals", "tasks", "responsibilities", "targets", "national", "places-terms", "provenance",
)  # fmt: skip

_NAMES = "skos:prefLabel|skos:altLabel"
_KINDS = {  # kind → graph pattern that binds ?value and ?name
    "actor": f"VALUES ?class {{ pg:Actor pg:CollectiveActor }} ?value a ?class ; {_NAMES} ?name",
    "body-kind": f"?value a pg:BodyKind ; {_NAMES} ?name",
    "place": f"?value a pg:Place ; {_NAMES} ?name",
    "term": f"?value a pg:Term ; {_NAMES} ?name",
    "document": "?value a pg:PolicyDocument ; dcterms:title|pg:documentNumber ?name",
    "national-clause": "?p a pg:Part ; pg:basis pg:Curated . ?value eli:is_part_of ?p ; rdfs:label ?name",
    "comparator": f"?value a pg:Comparator ; {_NAMES} ?name",
    "role": f"?value a pg:Role ; {_NAMES} ?name",
    "year": "?target pg:targetYear ?value . BIND(STR(?value) AS ?name)",
}
KINDS = (*_KINDS, "number", "text")
_FORMS = {"year": ("[0-9]{4}", "2025"), "number": (r"-?[0-9]{1,30}(\.[0-9]{1,30})?", "600 or 8.5")}
_KEYS = ("id", "group", "question.zh", "question.en", "keywords")
_HEADER = re.compile(r"# (?P<key>[a-z.]+): (?P<value>.*\S)")
_PARAM = re.compile(r"# param (\w+): ([\w-]+) = ([^|]*\S) \| ([^|]*\S) \| ([^|]*\S)")
_VALUES = re.compile(r"^(?P<head> *VALUES \?(\w+) \{ ).+(?P<tail> \} # param (\w+))$", re.MULTILINE)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True)
class Parameter:
    """kind: one of KINDS; default: the name or value that the file holds; label: language → text."""

    name: str
    kind: str
    default: str
    label: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """text: the question by language ("zh", "en"); query: the whole file, runnable as it is."""

    id: str
    group: str
    text: Mapping[str, str]
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    query: str
    path: Path


def read_question(path: Path) -> Question:
    """The question in one file. QuestionError with file and line says what was expected there."""

    def wrong(line: int, expected: str) -> QuestionError:
        return QuestionError(expected, str(path), line, 1, lines[line - 1] if 0 < line <= len(lines) else "")

    lines: list[str] = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise wrong(0, f"expected a readable UTF-8 file ({error})") from None
    lines = text.splitlines()
    header: dict[str, str] = {}
    parameters: dict[str, tuple[int, Parameter]] = {}
    for number, line in enumerate(lines or [""], 1):
        if not line.startswith("#"):
            break
        if line.startswith("# param"):
            if not (param := _PARAM.fullmatch(line)):
                raise wrong(number, "expected '# param NAME: KIND = DEFAULT | zh label | en label'")
            name, kind, default, zh, en = param.groups()
            if kind not in KINDS or name in parameters:
                raise wrong(number, f"expected {name} once, its kind of parameter one of {', '.join(KINDS)}")
            parameters[name] = number, Parameter(name, kind, default, {"zh": zh, "en": en})
            continue
        if not (match := _HEADER.fullmatch(line)) or match["key"] not in _KEYS:
            raise wrong(number, f"expected '# key: value' with one of the keys {', '.join(_KEYS)}")
        key, value = match["key"], match["value"]
        allowed = {"id": (path.stem,), "group": GROUPS}.get(key, (value,))
        if key in header or value not in allowed:
            raise wrong(number, f"expected {key} only once, as one of {', '.join(allowed)}")
        header[key] = value
    if missing := [key for key in _KEYS if key not in header]:
        raise wrong(number, f"expected a header line for {', '.join(missing)} above the query")
    marked: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or "# param" not in line:
            continue
        match = _VALUES.fullmatch(line)
        if not match or match[2] != match[4] or match[2] not in parameters or match[2] in marked:
            raise wrong(number, "expected one line 'VALUES ?NAME { term } # param NAME' for each parameter")
        marked.add(match[2])
    for name, (number, _) in parameters.items():
        if name not in marked:
            raise wrong(number, f"expected a line 'VALUES ?{name} {{ term }} # param {name}' in the query")
    words = {"zh": header["question.zh"], "en": header["question.en"]}
    keywords, found = header["keywords"].split(", "), (parameter for _, parameter in parameters.values())
    return Question(path.stem, header["group"], words, tuple(keywords), tuple(found), text, path)


def load_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """A folder's questions (by default the library's), by group and id; QuestionError for two of one id."""
    known: dict[str, Question] = {}
    for path in sorted((folder or queries()).rglob("*.rq")):
        question = read_question(path)
        if question.id in known:
            raise QuestionError(f"the id {question.id} is that of {known[question.id].path}", str(path), 1, 1)
        known[question.id] = question
    return tuple(sorted(known.values(), key=lambda each: (GROUPS.index(each.group), each.id)))


def fill(question: Question, values: Mapping[str, str], store: Store) -> str:
    """The query with the given parameters; those left out or blank keep their defaults.

    A value is a name in the store (any preferred or alternative label, exact), an IRI (full, prefixed, or the
    part after `id:`), a year, a number or words. QuestionError for an unknown parameter, and for a value that
    the store does not hold: it lists what comes near.
    """
    parameters = {parameter.name: parameter for parameter in question.parameters}
    terms: dict[str, str] = {}
    for name, value in values.items():
        if name not in parameters:
            raise QuestionError(f"no parameter {name!r}; possible: {', '.join(parameters)}", question.id)
        if value.strip():
            terms[name] = _term(parameters[name], value, store)

    def line_of(match: re.Match[str]) -> str:
        return f"{match['head']}{terms[match[2]]}{match['tail']}" if match[2] in terms else match[0]

    return _VALUES.sub(line_of, question.query)


def choices(parameter: Parameter, store: Store) -> list[tuple[str, str]]:
    """(IRI or year, label) for a form, by label; empty for numbers and words, which are typed."""
    return sorted(dict(reversed(_names(parameter, store))).items(), key=lambda choice: choice[::-1])


def _names(parameter: Parameter, store: Store) -> list[tuple[str, str]]:
    """(IRI or year, name) of everything of the parameter's kind, official Chinese names before any other."""
    if parameter.kind not in _KINDS:
        return []
    prefixes = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())
    # Not BIND(EXISTS …), which Virtuoso 7 does not compile.
    same = "FILTER(?official = ?name && LANG(?name) = 'zh')"
    rank = f"OPTIONAL {{ ?value skos:prefLabel|dcterms:title ?official {same} }}"
    order = "ORDER BY DESC(BOUND(?official)) STR(?value) STR(?name)"
    query = f"SELECT DISTINCT ?value ?name ?official {{ {_KINDS[parameter.kind]} {rank} }} {order}"
    return [(row["value"].value, row["name"].value) for row in store.select(f"{prefixes} {query}")]


def _term(parameter: Parameter, value: str, store: Store) -> str:
    """The value as one SPARQL term; only an IRI that the store holds is ever written as one."""
    if parameter.kind == "text":
        return _literal(parameter, value)
    value = value.strip()
    if parameter.kind in _FORMS:
        form, hint = _FORMS[parameter.kind]
        if not re.fullmatch(form, value):
            raise QuestionError(f"{parameter.name}: {value!r} is no {parameter.kind}, such as {hint}")
        return f'"{value}"^^<{XSD.gYear}>' if parameter.kind == "year" else value
    names = _names(parameter, store)
    prefix, colon, local = value.partition(":")
    iris = {value, f"{ID_BASE}{value}", f"{PG}{value}", PREFIXES.get(prefix, prefix + colon) + local}
    found = sorted({iri for iri, name in names if iri in iris or name == value})
    if len(found) == 1:
        return f"<{found[0]}>"
    if found:
        raise QuestionError(f"{parameter.name}: {value!r} names several: {', '.join(found)}")
    all_names = sorted({name for _, name in names})
    alike = get_close_matches(value, all_names, 5, 0.4) + [name for name in all_names if value in name]
    near = list(dict.fromkeys(alike))[:8] or all_names[:8]
    raise QuestionError(f"{parameter.name}: no {parameter.kind} is called {value!r}; near: {', '.join(near)}")


def _literal(parameter: Parameter, value: str) -> str:
    """A SPARQL string literal on one line.

    An engine may read a code point escape before the quotes (SPARQL 1.1 Query Language, section 19.2),
    so no typed backslash may end up in front of a plain u.
    """
    if any(ord(char) < 9 or 0xD800 <= ord(char) <= 0xDFFF for char in value):
        raise QuestionError(f"{parameter.name}: the words hold a character that is no text")
    escaped = "".join(_ESCAPES.get(char, char) for char in value)
    return '"' + re.sub(r"\\([uU])", lambda match: f"\\\\U{ord(match[1]):08X}", escaped) + '"'
