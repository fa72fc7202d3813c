"""Reading a query request (SPARQL 1.1 Protocol, section 2.1), free of any web framework."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from ..errors import PolicyGraphError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MAX_FIELDS = 200
_SPARE_BYTES = 20_000  # for the other parameters of a form


_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')


class ProtocolError(PolicyGraphError):
    """A request that breaks the protocol: HTTP status, and the key of its text in `problems`."""

    def __init__(self, status: int, key: str, **values: str) -> None:
        self.status = status
        self.key = key
        self.values = values
        super().__init__(f"{status} {key} {values or ''}".strip())


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """What a request asks: the query (or None), its dataset, and the names in format= and output=."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


def read_request(
    method: str,
    query_string: bytes,
    content_type: str | None,
    read_body: Callable[[int], bytes],
    max_query_bytes: int,
) -> QueryRequest:
    """The request of a GET, HEAD or POST. read_body(n) gives at most n bytes of the body.

    Percent-encoding is resolved once, so an IRI that holds %E4%B8%AD keeps it when the client encoded its
    percent signs. Raises ProtocolError: 400 for two queries, a POST without one, or bytes that are no UTF-8;
    403 for an update; 413 beyond max_query_bytes; 415 for another content type.
    """
    fields = _fields(query_string, max_query_bytes)
    if method == "POST":
        media_type, charset = _content_type(content_type)
        if media_type == UPDATE:
            raise ProtocolError(403, "update", word="UPDATE")
        if media_type not in (FORM, QUERY) or charset not in ("", "utf-8", "utf8"):
            raise ProtocolError(415, "content-type", found=content_type or "")
        if media_type == QUERY:
            body = _limited(read_body(max_query_bytes + 1), max_query_bytes)
            fields.append(("query", _text(body)))
        else:
            fields += _fields(read_body(3 * max_query_bytes + _SPARE_BYTES + 1), max_query_bytes)
    if any(name == "update" for name, _ in fields):
        raise ProtocolError(403, "update", word="UPDATE")
    queries = _values(fields, "query")
    if len(queries) > 1:
        raise ProtocolError(400, "many-queries")
    if method == "POST" and not queries:
        raise ProtocolError(400, "no-query")
    query = queries[0] if queries else None
    graphs = _values(fields, "default-graph-uri"), _values(fields, "named-graph-uri")
    if not all(is_absolute_iri(name) for name in (*graphs[0], *graphs[1])):
        raise ProtocolError(400, "graph-name")
    if query is not None:
        _limited(query.encode(), max_query_bytes)
    return QueryRequest(
        query,
        *graphs,
        _values(fields, "format") + _values(fields, "output"),
    )


def is_absolute_iri(text: str) -> bool:
    """Whether a text may be written as an IRI between angle brackets and needs no base (RFC 3987)."""
    return _IRI.fullmatch(text) is not None


def _fields(data: bytes, max_query_bytes: int) -> list[tuple[str, str]]:
    text = _text(_limited(data, 3 * max_query_bytes + _SPARE_BYTES, max_query_bytes))
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise ProtocolError(400, "encoding") from None
    except ValueError:
        raise ProtocolError(400, "many-fields", most=str(_MAX_FIELDS)) from None


def _values(fields: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ProtocolError(400, "encoding") from None


def _limited(data: bytes, most: int, told: int | None = None) -> bytes:
    if len(data) > most:
        raise ProtocolError(413, "too-large", most=str(told or most))
    return data


def _content_type(header: str | None) -> tuple[str, str]:
    message = Message()
    message["Content-Type"] = header or "none/none"
    return message.get_content_type(), str(message.get_param("charset", "")).lower()
