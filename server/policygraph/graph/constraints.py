"""SHACL Core constraint components as functions on written terms; section numbers are those of SHACL 1.0.

A component looks at all nodes of a shape at once, as sets: most rules hold everywhere, and one operation on a set of
values then stands for hundreds of tests. `VALUES`: rules that each value must meet, which give the values that do
not. `SETS`: rules on all values of a node together, which give the nodes that break them, once for each result. Each
entry takes the values that the shapes graph gives its parameter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any

from .facts import Facts, Groups
from .prefixes import PREFIXES
from .triples import SH, XSD, parts

Test = Callable[[Set[str], Facts], Set[str]]
"""(values, facts) → the values that fail."""
SetTest = Callable[[Sequence[str], Groups, Facts], list[str]]
"""(nodes, the values of each, facts) → the nodes that fail, as often as there are results."""

_NUMBERS = {
    PREFIXES["xsd"] + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
}  # fmt: skip
_KINDS = {SH.IRI: "<", SH.Literal: '"', SH.BlankNode: "_"}
_FORMS = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    XSD.gYear: re.compile(r"-?[0-9]{4,}(?:Z|[+-]\d\d:\d\d)?"),
}


def _plain(term: str) -> str:
    """What sh:pattern and sh:minLength look at: SPARQL's str()."""
    return term[1:-1] if term.startswith("<") else parts(term)[0]


def _is_of(datatype: str) -> Callable[[str], bool]:
    """4.1.2: the datatype, and a lexical form that belongs to it."""
    end = f'"^^{datatype}'
    if datatype == XSD.string:
        return lambda term: term[0] == '"' and term.endswith(('"', end))
    if datatype == XSD.date:
        return lambda term: term[0] == '"' and term.endswith(end) and _is_day(term[1 : -len(end)])
    form = _FORMS.get(datatype) or re.compile("", re.DOTALL)
    match = form.fullmatch if datatype in _FORMS else form.match
    return lambda term: term[0] == '"' and term.endswith(end) and match(term, 1, len(term) - len(end)) is not None


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8192)
def _number(term: str) -> Decimal | None:
    if not term.startswith('"'):
        return None
    words, _, datatype = parts(term)
    try:
        return Decimal(words) if datatype in _NUMBERS else None
    except InvalidOperation:
        return None


def _each(holds: Callable[[str], bool]) -> Test:
    """A rule that looks at one value and nothing else."""
    return lambda values, _: {v for v in values if not holds(v)}


def _kind(given: list[str]) -> Test:
    mark = _KINDS[given[0]]
    return lambda values, _: {v for v in values if v[0] != mark}


def _class(given: list[str]) -> Test:
    wanted = given[0]

    def test(values: Set[str], facts: Facts) -> Set[str]:
        listed = list(values)
        return {v for v, kinds in zip(listed, facts.kinds(listed), strict=True) if wanted not in kinds}

    return test


def _datatype(given: list[str]) -> Test:
    return _each(_is_of(given[0]))


def _pattern(given: list[str]) -> Test:
    search = re.compile(_plain(given[0])).search
    return lambda values, _: {v for v in values if v[0] == "_" or search(_plain(v)) is None}


def _length(given: list[str]) -> Test:
    least = int(_plain(given[0]))
    return lambda values, _: {v for v in values if v[0] == "_" or len(_plain(v)) < least}


def _in(given: list[str]) -> Test:
    allowed = frozenset(given)
    return lambda values, _: values - allowed


def _language(given: list[str]) -> Test:
    ranges = tuple(_plain(g).lower() for g in given)

    def holds(v: str) -> bool:
        language = parts(v)[1].lower() if v.startswith('"') else ""
        return any(language == r or language.startswith(r + "-") for r in ranges)

    return _each(holds)


def _bound(compare: Callable[[Any, Any], bool]) -> Callable[[list[str]], Test]:
    def make(given: list[str]) -> Test:
        bound = _number(given[0])

        def holds(v: str) -> bool:
            number = _number(v)
            return number is not None and bound is not None and compare(number, bound)

        return _each(holds)

    return make


def _least(given: list[str]) -> SetTest:
    least = int(_plain(given[0]))
    return lambda nodes, groups, _: [n for n, values in zip(nodes, groups, strict=True) if len(values) < least]


def _most(given: list[str]) -> SetTest:
    most = int(_plain(given[0]))
    return lambda nodes, groups, _: [n for n, values in zip(nodes, groups, strict=True) if len(values) > most]


def _has(given: list[str]) -> SetTest:
    wanted = given[0]
    return lambda nodes, groups, _: [n for n, values in zip(nodes, groups, strict=True) if wanted not in values]


def _unique(given: list[str]) -> SetTest:
    if _plain(given[0]) != "true":
        return lambda nodes, groups, _: []

    def twice(values: Sequence[str]) -> int:
        languages = Counter(parts(v)[1].lower() for v in values if v.startswith('"'))
        return sum(1 for language, times in languages.items() if language and times > 1)

    return lambda nodes, groups, _: [
        n for n, values in zip(nodes, groups, strict=True) if len(values) > 1 for _ in range(twice(values))
    ]


def _compared(results: Callable[[Sequence[str], Sequence[str]], int]) -> Callable[[list[str]], SetTest]:
    """A rule on the values of the path and those of another property of the same node."""

    def make(given: list[str]) -> SetTest:
        def test(nodes: Sequence[str], groups: Groups, facts: Facts) -> list[str]:
            others = facts.values(nodes, given[0])
            return [n for n, own, other in zip(nodes, groups, others, strict=True) for _ in range(results(own, other))]

        return test

    return make


def _unlike(values: Sequence[str], others: Sequence[str]) -> int:
    return 0 if values == others else len(set(values) ^ set(others))


def _shared(values: Sequence[str], others: Sequence[str]) -> int:
    return len(set(values) & set(others))


def _above(values: Sequence[str], others: Sequence[str]) -> int:
    pairs = [(_number(v), _number(other)) for v in values for other in others]
    return sum(1 for a, b in pairs if a is None or b is None or a > b)


VALUES: dict[str, Callable[[list[str]], Test]] = {
    SH["class"]: _class,  # 4.1.1
    SH.datatype: _datatype,  # 4.1.2
    SH.nodeKind: _kind,  # 4.1.3
    SH.minExclusive: _bound(gt),  # 4.3
    SH.minInclusive: _bound(ge),
    SH.maxExclusive: _bound(lt),
    SH.maxInclusive: _bound(le),
    SH.minLength: _length,  # 4.4.1
    SH.pattern: _pattern,  # 4.4.3
    SH.languageIn: _language,  # 4.4.4
    SH["in"]: _in,  # 4.8.3
}
SETS: dict[str, Callable[[list[str]], SetTest]] = {
    SH.minCount: _least,  # 4.2.1
    SH.maxCount: _most,  # 4.2.2
    SH.uniqueLang: _unique,  # 4.4.5
    SH.equals: _compared(_unlike),  # 4.5.1
    SH.disjoint: _compared(_shared),  # 4.5.2
    SH.lessThanOrEquals: _compared(_above),  # 4.5.4
    SH.hasValue: _has,  # 4.8.2
}
