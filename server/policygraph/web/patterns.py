"""The outermost WHERE of a query cut into its conditions, each with its place in the text.

An algebra has forgotten where in the text a pattern stood, and here the place is what is asked for; so the tokens are
read. Source of the rules: SPARQL 1.1 Query Language, section 19.8, productions [17] to [29] and [53] to [111]. What is
not read for certain is not guessed at: Unreadable is raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..store.tokens import Lexer, Token

Kind = Literal["triple", "filter", "bind", "values", "optional", "minus", "graph", "group", "union", "select"]
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WORDS = ("FILTER", "BIND", "VALUES", "OPTIONAL", "MINUS", "GRAPH", "SERVICE", "LATERAL")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class Unreadable(Exception):
    """The query has a form that is not read here."""


@dataclass(frozen=True, slots=True)
class Condition:
    """text: what stands for it in a group. words: as written, start its code point. inner: the text between the braces
    of a lone group, and where that begins."""

    kind: Kind
    text: str
    words: str
    start: int
    inner: tuple[str, int] | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """prologue: all before the form. dataset: the FROM clauses. where: the outermost group, begin its code point."""

    prologue: str
    form: str
    dataset: str
    where: str
    begin: int


def read_query(text: str) -> Query:
    """The parts of a query that the engine accepts; Unreadable where there is no WHERE."""
    tokens = list(Lexer(text))
    first = next((n for n, t in enumerate(tokens) if t.is_word(*_FORMS) and not _declared(tokens, n)), None)
    if first is None:
        raise Unreadable
    form, at, told, dataset = tokens[first].text.upper(), first + 1, False, []
    while at < len(tokens):
        token = tokens[at]
        if token.text in ("(", "["):
            at = _close(tokens, at) + 1
            continue
        told = told or token.is_word("WHERE")
        if token.is_word("FROM"):
            end = at + (2 if tokens[at + 1].is_word("NAMED") else 1)
            dataset.append(text[token.start : tokens[end].end])
            at = end
        if token.text == "{" and token.kind == "punct":
            end = _close(tokens, at)
            if form != "CONSTRUCT" or told:
                inner = text[token.end : tokens[end].start]
                return Query(text[: tokens[first].start], form, " ".join(dataset), inner, token.end)
            at = end
        at += 1
    raise Unreadable


def conditions(text: str, begin: int = 0) -> list[Condition]:
    """The conditions of a group, in the order of the text. text: what stands between its braces; begin: where."""
    return _Group(text, begin).read()


def _declared(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].is_word("PREFIX", "BASE")


def _close(tokens: Sequence[Token], at: int) -> int:
    """The index of the bracket that closes the one at this index."""
    open_brackets: list[str] = []
    for index in range(at, len(tokens)):
        token = tokens[index]
        if token.kind != "punct":
            continue
        if token.text in _PAIRS:
            open_brackets.append(_PAIRS[token.text])
        elif token.text in _PAIRS.values():
            if not open_brackets or open_brackets.pop() != token.text:
                raise Unreadable
            if not open_brackets:
                return index
    raise Unreadable


class _Group:
    """One group: `at` is the next token that is not read yet."""

    def __init__(self, text: str, begin: int) -> None:
        self.text, self.begin, self.at = text, begin, 0
        self.tokens = list(Lexer(text))

    def read(self) -> list[Condition]:
        found: list[Condition] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.text == "." and token.kind == "punct":
                self.at += 1
            elif token.is_word(*_WORDS):
                found.append(self._worded(token))
            elif token.is_word("SELECT") and not found:
                raise Unreadable  # a subquery is one condition; its inside is read by its own rules
            elif token.text == "{" and token.kind == "punct":
                found.append(self._groups())
            else:
                found += self._triples()
        return found

    def _worded(self, token: Token) -> Condition:
        first, word = self.at, token.text.upper()
        self.at += 1
        match word:
            case "FILTER":
                while not self._is("(", "{"):
                    self._next()
                self.at = _close(self.tokens, self.at) + 1
                return self._made("filter", first)
            case "BIND":
                self.at = _close(self.tokens, self.at) + 1
                return self._made("bind", first)
            case "VALUES":
                if self._is("("):
                    self.at = _close(self.tokens, self.at)
                self.at += 1
                self.at = _close(self.tokens, self.at) + 1
                return self._made("values", first)
            case "OPTIONAL" | "MINUS":
                self.at = _close(self.tokens, self.at) + 1
                return self._made("optional" if word == "OPTIONAL" else "minus", first)
            case "GRAPH":
                self.at += 1
                return self._braced("graph", first)
        raise Unreadable

    def _groups(self) -> Condition:
        first = self.at
        made = self._braced("group", first)
        alternatives = 1
        while self.at < len(self.tokens) and self.tokens[self.at].is_word("UNION"):
            self.at += 1
            self.at = _close(self.tokens, self.at) + 1
            alternatives += 1
        if alternatives > 1:
            return self._made("union", first)
        if self.tokens[first + 1].is_word("SELECT"):
            return self._made("select", first)
        return made

    def _braced(self, kind: Kind, first: int) -> Condition:
        opening = self.tokens[self.at]
        close = _close(self.tokens, self.at)
        self.at = close + 1
        inner = self.text[opening.end : self.tokens[close].start], self.begin + opening.end
        start = self.tokens[first].start
        words = self.text[start : self.tokens[close].end]
        return Condition(kind, words, words, self.begin + start, inner, self.text[start : opening.start])

    def _triples(self) -> list[Condition]:
        """Triples of one subject, each a condition of its own; with brackets for a subject they stay one, for cut
        apart they would speak of several."""
        first = self.at
        subject = self._term()
        parted = not subject.startswith(("[", "("))
        found: list[Condition] = []
        start = self.tokens[first].start
        while self.at < len(self.tokens) and not self._ends():
            begin = self.at
            verb = self._verb()
            while True:
                value = self._term()
                shown = self.tokens[begin].start if found else start
                found.append(Condition("triple", f"{subject} {verb} {value} .", "", self.begin + shown))
                if not self._is(","):
                    break
                self.at += 1
                begin = self.at
            while self._is(";"):
                self.at += 1
        if not parted or not found:
            made = self._made("triple", first)
            return [Condition("triple", made.text.rstrip("; \n") + " .", made.words, made.start)]
        return [Condition(c.kind, c.text, " ".join(c.text[:-2].split()), c.start) for c in found]

    def _ends(self) -> bool:
        token = self.tokens[self.at]
        return (token.kind == "punct" and token.text in ".{}") or token.is_word(*_WORDS)

    def _verb(self) -> str:
        """A variable, a name, or a whole property path."""
        first = self.at
        token = self.tokens[first]
        if token.kind == "var":
            self.at += 1
            return token.text
        while True:
            while self._is("^", "!"):
                self.at += 1
            if self._is("("):
                self.at = _close(self.tokens, self.at)
            elif self.tokens[self.at].kind not in ("iri", "pname") and self.tokens[self.at].text != "a":
                raise Unreadable
            self.at += 1
            if self._is("?", "*") or (self._is("+") and not self._signs(self.at)):
                self.at += 1
            if not self._is("/", "|"):
                return self.text[self.tokens[first].start : self.tokens[self.at - 1].end]
            self.at += 1

    def _signs(self, at: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return after is not None and after.kind == "number" and after.start == self.tokens[at].end

    def _term(self) -> str:
        first = self.at
        token = self._next()
        match token.kind:
            case "var" | "iri" | "pname" | "bnode" | "number":
                pass
            case "string":
                if self.at < len(self.tokens) and self.tokens[self.at].kind == "lang":
                    self.at += 1
                elif self._is("^^"):
                    self.at += 2
            case "word" if token.text.lower() in ("true", "false"):
                pass
            case "punct" if token.text in "([":
                self.at = _close(self.tokens, first) + 1
            case "punct" if token.text in "+-" and self._signs(first):
                self.at += 1
            case _:
                raise Unreadable
        if self.at > len(self.tokens):
            raise Unreadable
        return self.text[token.start : self.tokens[self.at - 1].end]

    def _next(self) -> Token:
        if self.at >= len(self.tokens):
            raise Unreadable
        self.at += 1
        return self.tokens[self.at - 1]

    def _is(self, *texts: str) -> bool:
        if self.at >= len(self.tokens):
            return False
        token = self.tokens[self.at]
        return token.kind == "punct" and token.text in texts

    def _made(self, kind: Kind, first: int) -> Condition:
        start, end = self.tokens[first].start, self.tokens[self.at - 1].end
        text = self.text[start:end]
        return Condition(kind, text, text, self.begin + start)
