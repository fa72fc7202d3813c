"""Question files: a file of `queries/` is one question, its parameters and the SPARQL that answers it.

A file starts with comment lines `# key: value` (id, group, question.zh, question.en, keywords) and, for each
parameter, `# param NAME: KIND = DEFAULT | zh label | en label`. The query below holds each as one line
`VALUES ?NAME { term } # param NAME`, again where a subquery needs it, so that the file runs as it is in any SPARQL 1.1
engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import QuestionError
from .resources import queries

GROUPS = (  # in the order in which pages show them
    "document", "goals", "tasks", "responsibilities", "targets", "national", "places-terms", "provenance", "quality",
)  # fmt: skip

_NAMES = "skos:prefLabel|skos:altLabel"
_OF_SCHEME = "{{ SELECT DISTINCT ?value {{ ?value a pg:{0} }} }} ?value " + _NAMES + " ?name"  # the few things first
NAMED_KINDS = {  # kind → graph pattern that binds ?value and ?name
    "actor": "{ SELECT DISTINCT ?value { VALUES ?class { pg:Actor pg:CollectiveActor } ?value a ?class } } "
    f"?value {_NAMES} ?name",
    "collective": _OF_SCHEME.format("CollectiveActor"),
    "member": "{ SELECT DISTINCT ?value { ?collective org:hasMember ?value } } " + f"?value {_NAMES} ?name",
    "body-kind": _OF_SCHEME.format("BodyKind"),
    "place": _OF_SCHEME.format("Place"),
    "term": _OF_SCHEME.format("Term"),
    "document": "?value a pg:PolicyDocument ; dcterms:title|pg:documentNumber ?name",
    "national-clause": "?p a pg:Part ; pg:basis pg:Curated . ?value eli:is_part_of ?p ; rdfs:label ?name",
    "provision-class": "?value rdfs:subClassOf pg:Provision ; a owl:Class ; rdfs:label ?name",
    "comparator": _OF_SCHEME.format("Comparator"),
    "role": _OF_SCHEME.format("Role"),
    "actor-kind": _OF_SCHEME.format("ActorKind"),
    "term-kind": _OF_SCHEME.format("TermKind"),
    "strength": _OF_SCHEME.format("Strength"),
    "instrument": _OF_SCHEME.format("Instrument"),
    "sector": _OF_SCHEME.format("Sector"),
    "unit": _OF_SCHEME.format("Unit"),
    "indicator": _OF_SCHEME.format("Indicator"),
    "year": "?target pg:targetYear ?value . BIND(STR(?value) AS ?name)",
}
KINDS = (*NAMED_KINDS, "number", "text")
_KEYS = ("id", "group", "question.zh", "question.en", "keywords")
_HEADER = re.compile(r"# (?P<key>[a-z.]+): (?P<value>.*\S)")
_PARAM = re.compile(r"# param (\w+): ([\w-]+) = ([^|]*\S) \| ([^|]*\S) \| ([^|]*\S)")
VALUES_LINE = re.compile(r"^(?P<head> *VALUES \?(\w+) \{ ).+(?P<tail> \} # param (\w+))$", re.MULTILINE)


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
    marked: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or "# param" not in line:
            continue
        match = VALUES_LINE.fullmatch(line)
        if not match or match[2] != match[4] or match[2] not in parameters:
            raise wrong(number, "expected a line 'VALUES ?NAME { term } # param NAME' for each parameter")
        if marked.setdefault(match[2], line.strip()) != line.strip():
            raise wrong(number, f"expected the same line again: {marked[match[2]]}")
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
