"""Turn an engine's complaint about a query into one that helps: the place, and a missing PREFIX."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import QuerySyntaxError
from ..graph.namespaces import PREFIXES
from .tokens import Lexer, Token, place

_PLACE = re.compile(r"(?:error at (\d+):(\d+)|[Ll]ine (\d+),? column (\d+))(?:: *)?")
_KEYWORD = re.compile(r"\b[A-Z_]{2,}\b")
# What remains of a list of expectations that is worth telling: sentences such as "IRI parsing failed".
_SENTENCE = re.compile(r'(?:^|, )([A-Za-z\\]\w* [^,\["|]*[a-z][^,\["|]*)')
_FULL_WIDTH = "？，。；：（）｛｝［］“”‘’＜＞＝！｜＆＊／＋－＃＠　、"


def explain(query: str, message: str, prefixes: Mapping[str, str] = PREFIXES) -> QuerySyntaxError:
    """The error to raise for a query that an engine refused with this message.

    An undeclared prefix and full-width punctuation are found here, because Oxigraph names neither: it tells
    the furthest place that it reached and what would have let it go on.
    """
    tokens = _tokens(query)
    undeclared = _undeclared(query, tokens)
    if undeclared is not None:
        prefix = undeclared.text.partition(":")[0]
        known = prefixes.get(prefix)
        hint = f"; add PREFIX {prefix}: <{known}>" if known else ""
        return QuerySyntaxError(f"the prefix {prefix}: is not declared{hint}", *place(query, undeclared.start))
    for token in tokens:
        if token.kind == "junk" and token.text in _FULL_WIDTH:
            return QuerySyntaxError(f"full-width {token.text} in the query", *place(query, token.start))
    found = _PLACE.search(message)
    if found is None:
        return QuerySyntaxError(message.strip() or "the query does not parse")
    line, column = (int(number) for number in found.groups() if number)
    return _located(query, tokens, line, column, message[found.end() :])


def _located(query: str, tokens: list[Token], line: int, column: int, rest: str) -> QuerySyntaxError:
    """The error at an engine's place, made truer where Oxigraph is known to be off.

    Oxigraph compares a keyword with as many characters as it has, and counts those as reached: where it
    expects keywords alone, its place lies behind the fault by the keyword's length, or at the text's end.
    """
    if not rest.startswith("expected"):
        return QuerySyntaxError(" ".join(rest.split()) or "the query does not parse", line, column)
    expected = rest.removeprefix("expected ").removeprefix("one of ")
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(expected)]
    if sentences:
        return QuerySyntaxError("; ".join(sentences), line, column)
    offset = sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1
    widths = {len(word) for word in _KEYWORD.findall(expected)}
    if len(widths) == 1 and not re.search(r"[\"']", expected):
        offset -= widths.pop()
    token = next((token for token in tokens if token.end > offset), tokens[-1] if tokens else None)
    if token is None:
        return QuerySyntaxError("the query is empty", line, column)
    if offset >= token.end:
        return QuerySyntaxError("the query ends too early, or breaks a rule", *place(query, token.start))
    return QuerySyntaxError(f"what begins with {token.text[:40]} does not parse", *place(query, token.start))


def _tokens(query: str) -> list[Token]:
    try:
        return list(Lexer(query))
    except QuerySyntaxError:
        return []


def _undeclared(query: str, tokens: list[Token]) -> Token | None:
    declared: set[str] = set()
    before: Token | None = None
    for token in tokens:
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if before is not None and before.is_word("PREFIX"):
                declared.add(prefix)
            elif prefix not in declared and not query.startswith("//", token.end):
                return token  # http:// is the beginning of a broken IRI, and no name
        before = token
    return None
