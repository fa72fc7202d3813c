"""Whose value a cell of an answer is: what proves the thing proves its value.

`?target pg:value ?value` with ?target in the same row: the words of the target say the number. Only what the query says
plainly counts: the value is the object of one triple with a plain property, and is made nowhere else. Where the query
is not read for certain (a path, a subquery, an expression), no cell is given another's proof.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..errors import QuerySyntaxError
from ..store.tokens import Lexer
from .patterns import Condition, Unreadable, conditions, read_query


def variables(query: str) -> list[str]:
    """The names of the variables of a query, in the order of their first place; none where it is no SPARQL."""
    try:
        return list(dict.fromkeys(token.text[1:] for token in Lexer(query) if token.kind == "var"))
    except (Unreadable, QuerySyntaxError):
        return []


def owners(query: str, variables: Sequence[str]) -> Mapping[int, int]:
    """Column of a value → column of its thing, both as indexes of variables."""
    at = {name: index for index, name in enumerate(variables)}
    try:
        read = read_query(query)
        said = list(_said(conditions(read.where, read.begin)))
        seen = _bound(conditions(read.where, read.begin))
    except (Unreadable, QuerySyntaxError):
        return {}
    tokens = list(Lexer(query))
    made = {after.text[1:] for before, after in pairwise(tokens) if before.is_word("AS")}
    return {
        at[value]: at[thing]
        for thing, value in said
        if thing in at and value in at and thing != value and seen[value] == 1 and not {thing, value} & made
    }


def _said(found: Sequence[Condition]) -> Iterator[tuple[str, str]]:
    """(subject, object) of the triples of two variables and a plain property, those of OPTIONAL too."""
    for condition in found:
        if condition.kind == "optional":
            yield from _said(_inside(condition))
        if condition.kind == "triple":
            tokens = list(Lexer(condition.text))
            kinds = [token.kind for token in tokens]
            if len(tokens) == 4 and kinds[0] == kinds[2] == "var" and kinds[1] in ("iri", "pname"):
                yield tokens[0].text[1:], tokens[2].text[1:]


def _inside(condition: Condition) -> list[Condition]:
    text = condition.text
    return conditions(text[text.index("{") + 1 : text.rindex("}")])


def _bound(found: Sequence[Condition]) -> Counter[str]:
    """How often each variable stands in what is no filter, as an object or in something that is not read."""
    told: Counter[str] = Counter()
    for condition in found:
        if condition.kind == "optional":
            told += _bound(_inside(condition))
        elif condition.kind != "filter":
            tokens = list(Lexer(condition.text))
            told.update(token.text[1:] for token in tokens[condition.kind == "triple" :] if token.kind == "var")
    return told
