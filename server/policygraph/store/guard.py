"""What may reach an engine: one of the four query forms, no update, no SERVICE, no parser-breaking depth.

No engine here can be told not to fetch, so the text is judged first, and every way in which an engine might
read it is judged (measured with pyoxigraph 0.5.13, each is a test):

* ``<`` starts an IRI or compares. ``FILTER(1<2)SERVICE#>`` holds an IRI for a tokenizer and none for
  Oxigraph.
* Oxigraph's keywords end anywhere: ``service:x {}`` and ``SERVICEex:x {}`` are calls, whatever is declared.
* A prefixed name that makes no valid IRI is read again as its prefix alone, and its local part as what
  follows.
* ``\\u0053`` is ``S`` before anything is parsed (SPARQL 1.1 Query Language, section 19.2), but not for
  Oxigraph.

Oxigraph overflows its stack, and so ends the process, at about 1,000 nested brackets or 4,000 groups in a
row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..errors import QuerySyntaxError, RefusedError
from ..graph.namespaces import ID_BASE
from .base import QueryForm
from .relative import resolved
from .tokens import Lexer, Token, place, unescaped

MAX_NESTING = 100
MAX_GROUPS = 1500
"""Opening brackets and operators in one query: about a third of what Oxigraph survives."""

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_PROLOGUE = ("BASE", "PREFIX", "VERSION")
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_OPERATORS = frozenset(("+", "-", "*", "/", "!", "|", "^", "&&", "||"))
_AMBIGUOUS = re.compile("['#]")
_CHANCE = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*[(#]", re.IGNORECASE)
"""A call that may answer differently each time, wherever it stands: what one reading takes for the inside of an
IRI, ``0<RAND()&&1>0``, is code for another. A # may begin a comment before the bracket."""
_REMARK = re.compile(r"^[ \t]*#[^\n\r]*", re.MULTILINE)
"""A line that begins with # is no code in any reading: no IRI goes over a line, and the rest of a string is none."""
_PLAIN_NAME = re.compile(r"[\w.:-]+", re.ASCII)
_CLOSED_NAMESPACE = re.compile(r"<https?://[^/?#]+/(?:.*[/#])?>", re.IGNORECASE)

_MESSAGES = {
    "update": "this endpoint is read-only: {word} is an update",
    "service": "this endpoint calls no other: SERVICE is refused",
    "pragma": "{word} is an engine's own extension and is refused",
    "complexity": "the query is too deep or too long: at most {word}",
    "graph": "the graph {word} is not loaded, and nothing is ever fetched",
}


class Refusal(RefusedError):
    """A refused query: key for a translator (update, service, pragma, complexity, graph), the word, its place."""

    def __init__(self, key: str, word: str, line: int, column: int) -> None:
        self.key = key
        self.word = word
        self.line = line
        self.column = column
        super().__init__(_MESSAGES[key].format(word=word))


class Source(NamedTuple):
    """A graph that a query names in FROM or, named, in FROM NAMED; line and column of its IRI, "" where it has none."""

    iri: str
    line: int
    column: int
    named: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the guard learnt of a query.

    has_dataset: whether it names its dataset (FROM, FROM NAMED); sources: the graphs that it names there; repeatable:
    whether the same data always give the same answer, which a text that may hold a call of NOW, RAND, UUID, STRUUID or
    BNODE is not sure to do.
    """

    form: QueryForm
    has_dataset: bool = False
    sources: tuple[Source, ...] = ()
    repeatable: bool = True


@lru_cache(maxsize=64)  # one request asks several times
def inspect(query: str) -> Inspection:
    """Judge a query; RefusedError for what is never done, QuerySyntaxError for what is no query at all."""
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise QuerySyntaxError("half of a surrogate pair", *place(query, error.start)) from None
    # The text as it stands must be sound: it is what the engine gets. The other readings may only add
    # refusals, and a form where that is written with escapes.
    tokens = _judge(query)
    others = []
    for careful in (True, False) if "\\" in query else ():
        with suppress(QuerySyntaxError):
            others.append(_judge(unescaped(query, careful)))
    try:
        return _inspection(query, tokens)
    except QuerySyntaxError:
        for other in others:
            with suppress(QuerySyntaxError):
                return _inspection(query, other)
        raise


def form(query: str) -> QueryForm:
    """The form of a query, judged as by `inspect`."""
    return inspect(query).form


def _judge(text: str) -> list[Token]:
    """The tokens of one reading; RefusedError, or QuerySyntaxError where it breaks off."""
    lexer = Lexer(text)
    tokens: list[Token] = []
    failure: QuerySyntaxError | None = None
    try:
        tokens.extend(lexer)
    except QuerySyntaxError as error:
        failure = error  # Told only after the words before it were judged: a refusal says more.
    _refuse_updates(text, tokens)
    if "SERVICE" in text.upper():  # no token of any reading can hold what the text does not
        _refuse_services(lexer, tokens)
    if failure:
        raise failure
    _refuse_complexity(text, tokens)
    return tokens


def _inspection(text: str, tokens: list[Token]) -> Inspection:
    outside = _outside(tokens)
    return Inspection(
        _form(text, tokens),
        has_dataset=any(token.is_word("FROM") for token in outside),
        sources=tuple(_dataset(text, outside)),
        repeatable=not any(
            _CHANCE.search(_REMARK.sub("", each)) for each in {text, unescaped(text, True), unescaped(text, False)}
        ),
    )


def _form(text: str, tokens: list[Token]) -> QueryForm:
    for token in tokens:
        if token.kind == "word" and not token.is_word(*_PROLOGUE):
            if token.text.upper() in QueryForm.__members__:
                return QueryForm(token.text.upper())
            break
    else:
        token = Token("punct", "", 0, 0)
    raise QuerySyntaxError("expected SELECT, ASK, CONSTRUCT or DESCRIBE", *place(text, token.start))


def _outside(tokens: list[Token]) -> list[Token]:
    """The tokens outside all braces, where alone dataset clauses and update operations stand."""
    depth, outside = 0, []
    for token in tokens:
        if token.kind == "punct" and token.text in "{}":
            depth = max(0, depth + (1 if token.text == "{" else -1))
        elif depth == 0:
            outside.append(token)
    return outside


def _dataset(text: str, outside: list[Token]) -> Iterator[Source]:
    """Each graph in FROM and FROM NAMED; a name that cannot be resolved is left to the engine."""
    base, prefixes = ID_BASE, dict[str, str]()
    for first, second, third in zip(outside, outside[1:], [*outside[2:], *outside[:1]], strict=False):
        if first.is_word("BASE") and second.kind == "iri":
            base = resolved(base, second.text[1:-1]) or base
        elif first.is_word("PREFIX") and third.kind == "iri":
            prefixes[second.text] = resolved(base, third.text[1:-1]) or ""
        elif first.is_word("FROM"):
            named = second.is_word("NAMED")
            name = third if named else second
            prefix, colon, local = name.text.partition(":")
            iri = resolved(base, name.text[1:-1]) if name.kind == "iri" else None
            if name.kind == "pname" and prefixes.get(prefix + colon):
                iri = prefixes[prefix + colon] + re.sub(r"\\(.)", r"\1", local)
            yield Source(iri or "", *place(text, name.start), named)


def _refuse_updates(text: str, tokens: list[Token]) -> None:
    for token in _outside(tokens):
        # None of these words stands in a query, so their place need not be known more exactly.
        if token.is_word(*_UPDATES):
            raise Refusal("update", token.text.upper(), *place(text, token.start))
        if token.is_word("DEFINE"):  # Virtuoso's pragmas can make it fetch: define get:soft "replace"
            raise Refusal("pragma", token.text.upper(), *place(text, token.start))


def _refuse_complexity(text: str, tokens: list[Token]) -> None:
    depth = groups = 0
    for token in tokens:
        if token.kind != "punct":
            continue
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        groups += token.text in _OPENING or token.text in _OPERATORS
        if depth > MAX_NESTING:
            raise Refusal("complexity", f"{MAX_NESTING} nested brackets", *place(text, token.start))
        if groups > MAX_GROUPS:
            raise Refusal("complexity", f"{MAX_GROUPS} brackets and operators", *place(text, token.start))


def _refuse_services(lexer: Lexer, tokens: list[Token]) -> None:
    """Follow every reading of the text: from its start, and from behind each ``<`` that may be an operator.

    Readings that meet go on as one, so the work grows with the length of the text alone.
    """
    open_namespaces = _open_namespaces(tokens)
    reached: set[int] = set()
    starts = [0]
    while starts:
        position = starts.pop()
        first, before = position == 0, None
        while True:
            try:
                token = lexer.at(position)
            except QuerySyntaxError:
                break  # Such a reading fails in every engine; the plain reading's failure is told elsewhere.
            if token is None:
                break
            _refuse_service(lexer, token, before, open_namespaces)
            # Two slashes in a row are in no grammar: behind the < of <http://…> there is no other reading.
            slashes = token.text == "/" and lexer.text.startswith("//", token.start)
            if token.start in reached or (slashes and not first):
                break
            reached.add(token.start)
            if token.kind == "iri" and _AMBIGUOUS.search(token.text):
                starts.append(token.start + 1)
            position, before = token.end, token


def _refuse_service(lexer: Lexer, token: Token, before: Token | None, open_namespaces: set[str]) -> None:
    if token.kind not in ("word", "pname") or "SERVICE" not in token.text.upper():
        return
    if token.kind == "pname":
        prefix, _, local = token.text.partition(":")
        if before is None or before.is_word("GRAPH", "FROM", "NAMED", "PREFIX", "DESCRIBE"):
            return
        called = _brace_follows(lexer, token)
        if "SERVICE" not in prefix.upper():
            called = called or _call_follows(lexer, token)
            called = called and (prefix in open_namespaces or not _PLAIN_NAME.fullmatch(local))
        if not called:
            return
    raise Refusal("service", "SERVICE", *place(lexer.text, token.start))


def _open_namespaces(tokens: list[Token]) -> set[str]:
    """Prefixes whose IRI may become invalid when a plain name is put behind it, such as ``<http://host:80>``."""
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    declared = [(name.text, iri.text) for word, name, iri in triples if word.is_word("PREFIX")]
    closed = {name for name, iri in declared if _CLOSED_NAMESPACE.fullmatch(iri)}
    opened = {name for name, iri in declared if not _CLOSED_NAMESPACE.fullmatch(iri)}
    used = {token.text.partition(":")[0] + ":" for token in tokens if token.kind == "pname"}
    return {name.removesuffix(":") for name in opened | (used - closed)}


def _brace_follows(lexer: Lexer, token: Token) -> bool:
    following = _next(lexer, token)
    return following is not None and following.text == "{"


def _call_follows(lexer: Lexer, token: Token) -> bool:
    """Whether [SILENT] VarOrIri { comes next, as after the keyword SERVICE (grammar rule [59])."""
    following = _next(lexer, token)
    if following is not None and following.is_word("SILENT"):
        following = _next(lexer, following)
    return following is not None and following.kind in ("iri", "var", "pname") and _brace_follows(lexer, following)


def _next(lexer: Lexer, token: Token) -> Token | None:
    try:
        return lexer.at(token.end)
    except QuerySyntaxError:
        return None
