"""A query request on its way to an answer, free of any web framework: format, tag, execution."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from ..store import calls
from ..store.base import GRAPH_TYPES, QueryForm, Store
from ..store.guard import Inspection, inspect
from . import negotiate
from .protocol import ProtocolError, QueryRequest

KEEP = "public, no-cache"  # keep it, but ask each time: the data may have changed
_SHORT = 300
_BLANK = (b'"bnode"', b"<bnode>", b"_:", b"nodeID")
_EVERYTHING = (*negotiate.offers(QueryForm.SELECT), *GRAPH_TYPES, negotiate.HTML)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    tag: of its entity tag, "" where it may be another next time; weak: whether only its meaning is the same next time,
    not its bytes; body: None for 304.
    """

    content_type: str
    tag: str
    body: bytes | None
    weak: bool = False

    @property
    def etag(self) -> str:
        """The header's value."""
        return f'W/"{self.tag}"' if self.weak else f'"{self.tag}"'


def has_blank_nodes(body: bytes) -> bool:
    """Whether an answer of any format may hold blank nodes, whose labels change from load to load.

    Text that looks like one counts too: a weak tag is always allowed (RFC 9110, section 8.8.1).
    """
    return any(mark in body for mark in _BLANK)


def answer(
    store: Store, asked: QueryRequest, query: str, accept: str | None, if_none_match: str, tagged: bool
) -> Answer:
    """Answer a query in the format that suits; tagged: whether the method allows an entity tag.

    if_none_match: the header; a tag in it that is the answer's costs no query, * has it run: it may have no answer.
    Raises what the store raises, and ProtocolError (406) where no format suits.
    """
    calls.current().query = query
    inspection = inspect(query)
    media_type = _media_type(asked, inspection, accept)
    content_type = media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")
    tag = ""
    if store.digest and inspection.repeatable and tagged:
        tag = _tag(store.digest, asked, media_type)
        if if_none_match and _matches(if_none_match, tag):
            return Answer(content_type, tag, None, f'W/"{tag}"' in if_none_match)
    body = store.respond(
        query,
        negotiate.canonical(media_type),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    weak = bool(tag) and has_blank_nodes(body)
    if tag and if_none_match.strip() == "*":  # only now is it known that there is an answer
        return Answer(content_type, tag, None, weak)
    return Answer(content_type, tag, body, weak)


def wants_page(asked: QueryRequest, accept: str | None) -> bool:
    """Whether text/html is what the client likes best; */* alone is a program, not a browser."""
    if asked.formats:
        return asked.formats[0].lower() in ("html", negotiate.HTML)
    return _choose(accept, _EVERYTHING) == negotiate.HTML


def _choose(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """As negotiate.choose; most clients send the same few headers again and again."""
    return _known_choice(accept, offered) if len(accept or "") < _SHORT else negotiate.choose(accept, offered)


@lru_cache(maxsize=512)
def _known_choice(accept: str | None, offered: tuple[str, ...]) -> str | None:
    return negotiate.choose(accept, offered)


def _media_type(asked: QueryRequest, inspection: Inspection, accept: str | None) -> str:
    if asked.formats:
        chosen = negotiate.by_name(asked.formats, inspection.form)
    else:
        chosen = _choose(accept, negotiate.offers(inspection.form))
    if chosen is None:
        offered = ", ".join(inspection.form.media_types)
        raise ProtocolError(406, "not-acceptable", offered=offered)
    return chosen


def _tag(digest: str, asked: QueryRequest, media_type: str) -> str:
    parts = (digest, media_type, asked.query, asked.default_graphs, asked.named_graphs)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _matches(if_none_match: str, tag: str) -> bool:
    """Weak comparison (RFC 9110, section 13.1.2); our tags hold hexadecimal digits alone."""
    return f'"{tag}"' in if_none_match
