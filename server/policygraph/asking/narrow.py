"""The query of a reading: a question of the library filled in, and its rows narrowed by what else was named.

Each narrowing is one more triple pattern (or FILTER) at the end of the WHERE clause, so that the SPARQL shown is the
whole of what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..graph.namespaces import PG, XSD
from ..questions import Question
from .names import Option

_PATTERNS = {  # kind → (what the query must hold, what is added)
    "year": (r"\?target pg:", f'?target <{PG.targetYear}> "{{}}"^^<{XSD.gYear}> .'),
    "role": (r"\?assignment pg:actor", f"?assignment <{PG.role}> <{{}}> ."),
    "comparator": (r"\?target pg:", f"?target <{PG.comparator}> <{{}}> ."),
    "indicator": (r"\?target pg:", f"?target <{PG.indicator}> <{{}}> ."),
    "provision-class": (r"\?provision pg:", "?provision a <{}> ."),
    "actor": (r"\?assignment pg:actor \?actor|\?body pg:|\?actor org:", "FILTER(?actor = <{}>)"),
    "number": (r"\?value >= \?minimum", ""),
}
_MORE_IN_WORDS = f"FILTER(?value > {{}} || EXISTS {{{{ ?target <{PG.comparator}> <{PG.MoreThan}> }}}})"
"""The rows are at or above the number already: of those at it, “超过60%” is what 超过60% asks for as well."""
_END = re.compile(r"^\}$", re.MULTILINE)
_NAME_OF = {"number": "value"}


def can_narrow(question: Question, option: Option) -> bool:
    """Whether the rows of a question can be kept to those of this year, role, ...; no sum is ever narrowed."""
    wanted = _PATTERNS.get(option.kind)
    if wanted is None or (option.kind == "number" and option.name[0] not in ">="):
        return False
    where = question.query.partition("WHERE")[2]
    if re.search(r"GROUP BY|COUNT\(|NOT EXISTS|UNION", question.query) or len(_END.findall(question.query)) != 1:
        return False
    if option.kind == "actor" and any(each.name == "actor" for each in question.parameters):
        return False
    if option.kind == "actor" and "?actor" not in question.query.partition("SELECT")[2].partition("WHERE")[0]:
        return False
    return re.search(wanted[0], where) is not None


def name_of(option: Option) -> str:
    """What a narrowing is called in an address and in tests."""
    return _NAME_OF.get(option.kind, option.kind)


def narrowed(query: str, options: Sequence[Option]) -> str:
    """The filled query with a line for each narrowing; their values are IRIs of the store, years and numbers."""
    lines = "".join(f"  {_line(option)} # only {name_of(option)}\n" for option in options)
    return _END.sub(lambda _: lines + "}", query, count=1) if options else query


def _line(option: Option) -> str:
    if option.kind != "number":
        return _PATTERNS[option.kind][1].format(option.value)
    if option.name.startswith(">"):
        return _MORE_IN_WORDS.format(option.value)
    return f"FILTER(?value = {option.value})"
