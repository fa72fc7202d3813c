"""Why a query found nothing: the first condition that leaves nothing is looked for by asking growing parts of it.

Each part is asked as ASK, under the limits that every stranger's query has. The conditions of a group are joined, so
the first part without a match names the condition that ended it. OPTIONAL ends nothing; a FILTER holds for the whole
group, so filters are tried last.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from ..errors import LimitError, QuerySyntaxError
from ..store import Store
from ..store.tokens import place
from .compared import mended
from .facts import expand, shorten
from .patterns import Condition, Unreadable, conditions, read_query

Cause = Literal["alone", "together", "filter", "matches", "optional", "limit", "unread"]
Hint = Literal["", "tag", "name", "property", "class", "compare"]
_MOST = 40
_NAMES = ("skos:prefLabel", "skos:altLabel", "rdfs:label", "dcterms:title")
_MOST_ALSO = 5
_STRING = re.compile(
    r"""^(?P<head>.*\s)(?:(?P<string>"[^"\\]*"|'[^'\\]*')(?:@[A-Za-z-]+|\^\^\S+)?"""
    r"""|(?P<bare>[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?|true|false)) \.$""",
    re.DOTALL,
)
"""A triple whose object is a literal: in quotes, or a number or truth value without them."""
_TYPE = re.compile(r"\S+\s+(?:a|rdf:type)\s+(\S+) \.$")
_NAME = re.compile(r"[^\s?$]+:[^\s/|^*+?!()]*$")


@dataclass(frozen=True, slots=True)
class Finding:
    """cause: alone, no match for this condition by itself; together, none with those before it; filter, a FILTER
    leaves nothing; matches, all conditions have matches, so that what follows the WHERE (HAVING, LIMIT, OFFSET) or the
    template leaves nothing; limit, a limit was met at this condition; unread, the query is not of a form that can be
    taken apart. hint: tag, the words are there with another language or datatype (other: as they are written); name,
    they are there under another property of names (other); property or class, nothing in the graph has it; compare, a
    filter compares with another datatype (other: one that finds something). line and column count from 1, 0 for none.
    also: further conditions that nothing matches by themselves."""

    cause: Cause
    line: int = 0
    column: int = 0
    words: str = ""
    hint: Hint = ""
    other: str = ""
    also: tuple[Finding, ...] = ()


def why(store: Store, query: str, seconds: float) -> Finding:
    """What leaves nothing of a query that found nothing. Raises StoreError as for the query itself, but a limit is
    told as a finding. seconds: for all the asking together."""
    store.form(query)
    try:
        read = read_query(query)
        parts = conditions(read.where, read.begin)
    except (Unreadable, QuerySyntaxError, IndexError):
        return Finding("unread")
    if not parts or len(parts) > _MOST:
        return Finding("unread")
    end = time.monotonic() + seconds

    def ask(body: str) -> bool:
        if time.monotonic() > end:
            raise LimitError("timeout", seconds)
        return store.ask(f"{read.prologue}\nASK {read.dataset} {{ {body}\n}}")

    def written(body: str) -> list[str]:
        """How the literals ?nearValue are written: their datatypes and languages, a few."""
        if time.monotonic() > end:
            raise LimitError("timeout", seconds)
        told = "(DATATYPE(?nearValue) AS ?type) (LANG(?nearValue) AS ?tag)"
        rows = store.select(f"{read.prologue}\nSELECT DISTINCT {told} {read.dataset} {{ {body}\n}} LIMIT 3")
        return sorted(
            _suffix(row["type"].value, row["tag"].value, read.prologue) for row in rows if {"type", "tag"} <= set(row)
        )

    def told(found: Finding, condition: Condition) -> Finding:
        line, column = place(query, condition.start)
        hint: Hint = ""
        other = ""
        if found.cause == "alone" and condition.kind == "triple":
            hint, other = _hint(ask, written, condition)
        elif found.cause == "filter" and condition in parts:
            other = compared(condition)
            hint = "compare" if other else ""
        words = " ".join(condition.words.split())[:200]
        return replace(found, line=line, column=column, words=words, hint=hint, other=other)

    def compared(condition: Condition) -> str:
        """The filter as it would find something, with the filters before it."""
        before = [part for part in parts if part.kind == "filter" and part.start < condition.start]
        body = "\n".join(part.text for part in [*(part for part in parts if part.kind != "filter"), *before])
        try:
            return mended(condition.text, body, read.prologue, ask, written)
        except (LimitError, QuerySyntaxError):
            return ""

    found = _search(ask, parts)
    if not found.words:
        return found
    condition = next(part for part in _all(parts) if part.start == int(found.words))
    also = _others(ask, parts, condition) if found.cause == "alone" else []
    return replace(told(found, condition), also=tuple(told(Finding("alone"), part) for part in also))


def _others(ask: Callable[[str], bool], parts: list[Condition], first: Condition) -> list[Condition]:
    """The triples after the first finding that have no match either: mended one by one, each would need a run."""
    found: list[Condition] = []
    try:
        for part in parts:
            if part.kind == "triple" and part.start > first.start and len(found) < _MOST_ALSO and not ask(part.text):
                found.append(part)
    except LimitError:
        pass
    return found


def _suffix(datatype: str, tag: str, prologue: str) -> str:
    """What follows the quotes of a literal, by the prefixes of the query."""
    if tag:
        return f"@{tag}"
    short = shorten(datatype)
    return (
        ""
        if short == "xsd:string"
        else f"^^{short}"
        if f" {short.partition(':')[0]}:" in prologue
        else f"^^<{datatype}>"
    )


def _search(ask: Callable[[str], bool], parts: list[Condition]) -> Finding:
    """A finding whose words are the place of its condition."""
    joined = [part for part in parts if part.kind != "filter"]
    body = ""
    part = parts[0]
    try:
        for part in joined:
            body += "\n" + part.text
            if part.kind in ("optional", "bind") or ask(body):
                continue
            if part is not joined[0] and part.kind in ("minus", "values"):
                return Finding("together", words=str(part.start))
            if part is not joined[0] and ask(part.text):
                return Finding("together", words=str(part.start))
            return _within(ask, part) or Finding("alone", words=str(part.start))
        for part in parts:
            if part.kind == "filter":
                body += "\n" + part.text
                if not ask(body):
                    return Finding("filter", words=str(part.start))
    except LimitError:
        return Finding("limit", words=str(part.start))
    return Finding("matches")


def _within(ask: Callable[[str], bool], part: Condition) -> Finding | None:
    """Inside of a lone group or GRAPH that matches nothing by itself."""
    if part.inner is None:
        return None
    try:
        inner = conditions(*part.inner)
    except (Unreadable, QuerySyntaxError, IndexError):
        return None
    found = _search(lambda body: ask(f"{part.before} {{ {body} }}"), inner) if inner else None
    return found if found and found.words else None


def _all(parts: list[Condition]) -> list[Condition]:
    found = []
    for part in parts:
        found.append(part)
        if part.inner is not None:
            try:
                found += _all(conditions(*part.inner))
            except (Unreadable, QuerySyntaxError, IndexError):
                continue
    return found


def _hint(ask: Callable[[str], bool], written: Callable[[str], list[str]], part: Condition) -> tuple[Hint, str]:
    """What more can be said of a triple that nothing matches, with the other property, or the literal as it is written,
    where there is one."""
    try:
        if string := _STRING.match(part.text):
            words = string["string"] or f'"{string["bare"]}"'
            near = f"?nearValue . FILTER(STR(?nearValue) = {words})"
            if forms := written(f"{string['head']} {near}"):
                return "tag", ", ".join(f"{words}{form}" for form in forms)
            for name in _NAMES if string["string"] else ():
                if ask(f"?anySubject <{expand(name)}> {near}"):
                    return "name", name
        if (kind := _TYPE.match(part.text)) and _NAME.match(kind[1]):
            return ("", "") if ask(f"?anySubject a {kind[1]}") else ("class", "")
        verb = part.text.split()[1]
        if _NAME.match(verb) and not ask(f"?anySubject {verb} ?anyValue"):
            return "property", ""
    except (LimitError, QuerySyntaxError):
        pass
    return "", ""
