"""What the address of a frozen result asks: a query in full, or a question of the library with its parameters.

A question's address is short enough for a list of references. As its file may change, the address also holds the
digest of the query that was asked, and the page tells where it is another one now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from ..endpoint.protocol import ProtocolError
from ..errors import ParameterError
from ..question_files import VALUES_LINE
from ..questions import Question, fill
from ..store import Store
from . import context, library
from .facts import Facts, shorten
from .i18n import language
from .labels import label
from .typed import names_of

RESERVED = ("query", "question", "title", "asked", "digest", "date", "rows", "result", "format", "lang")
"""Parameters of the address itself: no parameter of a question may be called so."""
_MOST_TITLE = 200
_DIGITS = 16  # of the query's digest: enough to notice a change, which nobody gains by hiding


@dataclass(frozen=True, slots=True)
class Asked:
    """query: in full; title: "" where it has none; named: the parameters of the address that stand for both; code: the
    digest of the query where the address names a question, else ""."""

    query: str
    title: str
    named: Mapping[str, str]
    code: str = ""

    @property
    def again(self) -> str:
        """The address that freezes the result of today."""
        return "/frozen/new?" + _written(self.named)

    def address(self, stated: Mapping[str, object]) -> str:
        """The permalink; stated: what the result was."""
        code = {"asked": self.code} if self.code else {}
        return "/frozen?" + _written({**self.named, **code, **stated})


def asked() -> Asked:
    """ProtocolError (400) for no query, two, or a question that cannot be asked here; 413 for one that is too large."""
    name = request.args.get("question", "")
    if name and "query" in request.args:
        raise ProtocolError(400, "many-queries")
    if name:
        return _question(name, context.facts(), context.store())
    query = request.args.get("query", "").replace("\r\n", "\n")
    if not query.strip():
        raise ProtocolError(400, "no-query")
    most = context.settings().max_query_bytes
    if len(query.encode()) > most:
        raise ProtocolError(413, "too-large", most=str(most))
    title = " ".join(request.args.get("title", "").split())[:_MOST_TITLE]
    return Asked(query, title, {"query": query, **({"title": title} if title else {})})


def start(question: Question, given: Mapping[str, str]) -> str:
    """The address that freezes a question with these values."""
    return "/frozen/new?" + _written({"question": question.id, **{name: each for name, each in given.items() if each}})


def code_of(query: str) -> str:
    """The digest of a query without the lines of comment, which ask nothing and are in one language."""
    kept = [line.rstrip() for line in query.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:_DIGITS]


def _question(name: str, facts: Facts, store: Store) -> Asked:
    found = library.question(name)
    if found is None:
        raise ProtocolError(400, "parameter", name="question", value=name[:100], allowed="/questions")
    names = names_of(facts, store)
    given: dict[str, str] = {}
    for each in found.parameters:
        usual = names.usual(each.default) if each.kind == "document" else each.default
        value = request.args.get(each.name, "").strip() or usual
        try:
            fill(found, {each.name: value}, store, names.of_kind)
            given[each.name] = value
        except ParameterError as error:
            if value != usual:
                raise ProtocolError(400, "value", chinese=error.zh, english=error.message) from None
            given[each.name] = ""  # the store does not hold the file's own: the line stays as it is
    filled = fill(found, given, store, names.of_kind)
    terms = {match[4]: match[0][len(match["head"]) : -len(match["tail"])] for match in VALUES_LINE.finditer(filled)}
    values, told_as = {}, []
    for each in found.parameters:
        value, term = given[each.name] or each.default, terms.get(each.name, "")
        if term.startswith("<"):
            value = shorten(term.strip("<>"))
            told_as.append(label(facts, value, language()).text)
        else:
            told_as.append(value)
        values[each.name] = value
    query = library.on_page(filled, store, language())
    told = f"（{'，'.join(told_as)}）" if language() == "zh" else f" ({', '.join(told_as)})"
    title = found.text[language()] + (told if told_as else "")
    return Asked(query, title, {"question": found.id, **values}, code_of(query))


def _written(values: Mapping[str, object]) -> str:
    return urlencode(values, safe=":/")
