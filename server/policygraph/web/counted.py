"""What an aggregate was made of: the query of the rows behind a number, for the group in which the number stands.

`SELECT ?body (COUNT(DISTINCT ?task) AS ?tasks) { … } GROUP BY ?body` counts the rows of `SELECT DISTINCT ?body ?task
{ … }` in which ?body is the one of the number's row. The group's key is a FILTER of the whole pattern, for which it
does not matter where it stands (SPARQL 1.1 Query Language, section 18.2.2.2); VALUES would also join the rows in which
an optional key is unbound, which are another group. Only what a query says plainly is read: no subquery, no HAVING, a
group by variables that are all columns, one aggregate of one variable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..canonical import term
from ..errors import QuerySyntaxError
from ..store.base import Term
from ..store.tokens import Lexer, Token
from .patterns import Unreadable, read_query

_AGGREGATES = ("COUNT", "SUM", "AVG", "MIN", "MAX")


@dataclass(frozen=True, slots=True)
class Counted:
    """keys: the variables of the group. queries: column of an aggregate → the query of its rows, of all groups yet."""

    keys: tuple[str, ...] = ()
    queries: dict[str, str] = field(default_factory=dict)

    def query(self, column: str, row: Mapping[str, Term]) -> str:
        """The query of the rows behind a cell; "" where there is none. row: without what is unbound."""
        own = [row.get(key) for key in self.keys]
        if column not in self.queries or column not in row:
            return ""
        if any(each is None or each.kind not in ("iri", "literal") for each in own):
            return ""  # neither an unbound key nor a blank node can be asked for
        same = [f"FILTER(sameTerm(?{key}, {term(each)}))\n" for key, each in zip(self.keys, own, strict=True) if each]
        return self.queries[column].removesuffix("}") + "".join(same) + "}"

    def of(self, variables: Sequence[str], row: Sequence[Term | None]) -> dict[str, str]:
        """The queries behind the cells of a row of a table."""
        if not self.queries:
            return {}
        bound = {name: each for name, each in zip(variables, row, strict=True) if each is not None}
        return {name: asked for name in self.queries if (asked := self.query(name, bound))}


def counted(query: str) -> Counted:
    """What the columns of a query are made of; nothing where that is not plain."""
    try:
        read = read_query(query)
        head = list(Lexer(query[len(read.prologue) : read.begin - 1]))
        where, tail = list(Lexer(read.where)), list(Lexer(query[read.begin + len(read.where) + 1 :]))
    except (Unreadable, QuerySyntaxError):
        return Counted()
    if read.form != "SELECT" or any(token.is_word("SELECT") for token in where):
        return Counted()
    keys = _keys(tail)
    plain, made = _columns(head)
    if keys is None or not made or not set(keys) <= set(plain):
        return Counted()
    queries = {}
    for name, (distinct, of) in made.items():
        columns = " ".join(f"?{each}" for each in dict.fromkeys((*keys, of))) if distinct and of != "*" else "*"
        bound = "" if of == "*" else f"FILTER(BOUND(?{of}))\n"
        form = f"SELECT {'DISTINCT ' if distinct else ''}{columns} {read.dataset}".strip()
        queries[name] = f"{read.prologue}{form} WHERE {{{read.where}\n{bound}}}"
    return Counted(keys, queries)


def _keys(tail: Sequence[Token]) -> tuple[str, ...] | None:
    """The variables of GROUP BY, none where there is no such clause; None where the end of the query is not plain."""
    if any(token.is_word("HAVING", "VALUES") for token in tail):
        return None
    if not tail or not tail[0].is_word("GROUP"):
        return ()
    keys = []
    for token in tail[2:]:
        if token.is_word("ORDER", "LIMIT", "OFFSET"):
            break
        if token.kind != "var":
            return None
        keys.append(token.text[1:])
    return tuple(dict.fromkeys(keys))


def _columns(head: Sequence[Token]) -> tuple[list[str], dict[str, tuple[bool, str]]]:
    """The plain variables of a SELECT, and of its aggregates name → (whether DISTINCT, of which variable or *)."""
    plain: list[str] = []
    made: dict[str, tuple[bool, str]] = {}
    depth, item = 0, list[Token]()
    for token in head[1:]:
        if depth == 0 and token.is_word("FROM", "WHERE"):
            break
        if depth == 0 and token.kind == "var":
            plain.append(token.text[1:])
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "punct" else 0
        item = [*item, token] if depth or item else []
        if item and depth == 0:
            made |= _aggregate(item)
            item = []
    return plain, made


def _aggregate(item: Sequence[Token]) -> dict[str, tuple[bool, str]]:
    """(COUNT(DISTINCT ?x) AS ?n) as {n: (True, x)}."""
    words = [token.text for token in item]
    distinct = len(item) > 3 and item[3].is_word("DISTINCT")
    inside = item[4 if distinct else 3 :]
    if not (item[1].is_word(*_AGGREGATES) and words[0] == words[2] == "(" and len(inside) == 5):
        return {}
    of, close, word, name, _ = inside
    if close.text != ")" or not word.is_word("AS") or name.kind != "var":
        return {}
    if of.kind != "var" and not (of.text == "*" and item[1].is_word("COUNT")):
        return {}
    return {name.text[1:]: (distinct, of.text.lstrip("?$"))}
