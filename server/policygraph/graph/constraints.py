"""SHACL Core constraint components as functions on written terms; section numbers are those of SHACL 1.0.

`VALUES`: rules that each value must meet. `SETS`: rules on all values of a node together, which tell how many
results there are. Each entry takes the values that the shapes graph gives its parameter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt
from typing import Any

from .facts import Facts
from .prefixes import PREFIXES
from .triples import SH, XSD, parts

Test = Callable[[str, Facts], bool]
SetTest = Callable[[str, list[str], Facts], int]
Path = Callable[[str, Facts], list[str]]

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


def _is_of(term: str, datatype: str) -> bool:
    """4.1.2: the datatype, and a lexical form that belongs to it."""
    if not term.startswith('"'):
        return False
    if datatype == XSD.string:
        return term.endswith('"') or term.endswith(f"^^{datatype}")
    if not term.endswith(f"^^{datatype}"):
        return False
    words = parts(term)[0]
    if datatype == XSD.date:
        try:
            date.fromisoformat(words)
        except ValueError:
            return False
        return True
    form = _FORMS.get(datatype)
    return form is None or form.fullmatch(words) is not None


def _number(term: str) -> Decimal | None:
    if not term.startswith('"'):
        return None
    words, _, datatype = parts(term)
    try:
        return Decimal(words) if datatype in _NUMBERS else None
    except InvalidOperation:
        return None


def _kind(given: list[str]) -> Test:
    mark = _KINDS[given[0]]
    return lambda v, _: v[0] == mark


def _class(given: list[str]) -> Test:
    wanted = given[0]
    return lambda v, facts: wanted in facts.kinds(v)


def _datatype(given: list[str]) -> Test:
    wanted = given[0]
    return lambda v, _: _is_of(v, wanted)


def _pattern(given: list[str]) -> Test:
    form = re.compile(_plain(given[0]))
    return lambda v, _: v[0] != "_" and form.search(_plain(v)) is not None


def _length(given: list[str]) -> Test:
    least = int(_plain(given[0]))
    return lambda v, _: v[0] != "_" and len(_plain(v)) >= least


def _in(given: list[str]) -> Test:
    allowed = frozenset(given)
    return lambda v, _: v in allowed


def _language(given: list[str]) -> Test:
    ranges = tuple(_plain(g).lower() for g in given)

    def test(v: str, _: Facts) -> bool:
        language = parts(v)[1].lower() if v.startswith('"') else ""
        return any(language == r or language.startswith(r + "-") for r in ranges)

    return test


def _bound(compare: Callable[[Any, Any], bool]) -> Callable[[list[str]], Test]:
    def make(given: list[str]) -> Test:
        bound = _number(given[0])

        def test(v: str, _: Facts) -> bool:
            number = _number(v)
            return number is not None and bound is not None and compare(number, bound)

        return test

    return make


def _least(given: list[str]) -> SetTest:
    least = int(_plain(given[0]))
    return lambda _, values, __: int(len(values) < least)


def _most(given: list[str]) -> SetTest:
    most = int(_plain(given[0]))
    return lambda _, values, __: int(len(values) > most)


def _has(given: list[str]) -> SetTest:
    wanted = given[0]
    return lambda _, values, __: int(wanted not in values)


def _unique(given: list[str]) -> SetTest:
    asked = _plain(given[0]) == "true"

    def count(_: str, values: list[str], __: Facts) -> int:
        if not asked or len(values) < 2:
            return 0
        languages = Counter(parts(v)[1].lower() for v in values if v.startswith('"'))
        return sum(1 for language, times in languages.items() if language and times > 1)

    return count


def _equal(given: list[str]) -> SetTest:
    return lambda node, values, facts: len(set(values) ^ set(facts.values(node, given[0])))


def _disjoint(given: list[str]) -> SetTest:
    return lambda node, values, facts: len(set(values) & set(facts.values(node, given[0])))


def _not_above(given: list[str]) -> SetTest:
    def count(node: str, values: list[str], facts: Facts) -> int:
        pairs = [(_number(v), _number(other)) for v in values for other in facts.values(node, given[0])]
        return sum(1 for a, b in pairs if a is None or b is None or a > b)

    return count


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
    SH.equals: _equal,  # 4.5.1
    SH.disjoint: _disjoint,  # 4.5.2
    SH.lessThanOrEquals: _not_above,  # 4.5.4
    SH.hasValue: _has,  # 4.8.2
}
