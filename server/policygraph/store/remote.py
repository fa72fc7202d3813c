"""Any SPARQL 1.1 endpoint as a store, through SPARQLWrapper.

Results travel as JSON and graphs as whatever RDF the endpoint prefers; both are written again here, so every
store gives every format, and the same bytes for the same answer.
"""

from __future__ import annotations

import ast
import http.client
import json
import urllib.error
from email.message import Message
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import pyoxigraph as ox
from SPARQLWrapper import POST, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from ..errors import QuerySyntaxError, StoreError
from .base import GRAPH_TYPES, JSON, NTRIPLES, RDFXML, TURTLE, Job
from .embedded import write_graph
from .engine import EngineStore, read_table
from .syntax import explain

_ACCEPT_RESULTS = f"{JSON}, application/json;q=0.5"
_ACCEPT_GRAPH = f"{NTRIPLES}, {TURTLE};q=0.9, {RDFXML};q=0.5"
# Virtuoso answers 200 with what it had when its timeout or row limit struck, and tells so in a header alone.
_PARTIAL = ("X-SQL-State", "X-SQL-Message", "X-SPARQL-MaxRows")
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


class RemoteStore(EngineStore):
    """The endpoint at a URL, which may carry a user and password (HTTP Basic).

    Its default graph must be the union of its named graphs, as in Virtuoso by default and in Fuseki by
    configuration.
    timeout: seconds that the endpoint may stay silent.

    Raises StoreError when it cannot be reached or answers in part, QuerySyntaxError when it refuses a query
    (400).
    """

    def __init__(self, url: str, timeout: int = 60) -> None:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise StoreError("the store's URL is malformed") from None  # not shown: it may hold a password
        if parts.scheme not in ("http", "https") or not host:
            raise StoreError("the store's URL needs http: or https: and a host")
        host = f"[{host}]" if ":" in host else host
        place = host if port is None else f"{host}:{port}"
        self.url = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._timeout = timeout

    @property
    def digest(self) -> str:
        return ""

    @property
    def union_default_graph(self) -> bool:
        return False

    def named_graphs(self) -> tuple[str, ...]:
        rows = self.select(_GRAPHS).rows
        return tuple(sorted(term.value for (term,) in rows if term is not None and term.kind == "iri"))

    def execute(self, job: Job) -> bytes:
        wants_graph = job.media_type in GRAPH_TYPES
        body, content_type = self._fetch(job, _ACCEPT_GRAPH if wants_graph else _ACCEPT_RESULTS)
        try:
            if wants_graph:
                kind = ox.RdfFormat.from_media_type(content_type)
                if kind is None:
                    raise StoreError(f"{self.url} answered a graph query with {content_type or 'no type'}")
                return write_graph(ox.parse(body, format=kind, base_iri=self.url), job.media_type)
            return self._write_results(body, job)
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError(f"{self.url} sent an answer that cannot be read: {error}") from error

    def _write_results(self, body: bytes, job: Job) -> bytes:
        answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QuerySolutions):
            read_table(body)  # Oxigraph would write the rows before a defect as if they were all.
        return answer.serialize(format=ox.QueryResultsFormat.from_media_type(job.media_type)) or b""

    def _fetch(self, job: Job, accept: str) -> tuple[bytes, str]:
        """Body and media type of the endpoint's answer."""
        wrapper = self._wrapper(job, accept)
        try:
            with wrapper.query().response as response:
                headers: Message = response.headers
                body: bytes = response.read()
        except QueryBadFormed as error:
            raise _refused(job.query, error) from None
        except SPARQLWrapperException as error:
            raise StoreError(f"{self.url}: {type(error).__name__}: {error.msg}") from None
        except urllib.error.HTTPError as error:
            error.close()
            raise StoreError(f"{self.url} answered {error.code} {error.reason}") from None
        except urllib.error.URLError as error:
            raise StoreError(f"{self.url} cannot be reached: {error.reason}") from None
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"{self.url} broke off: {error or type(error).__name__}") from None
        for name in _PARTIAL:
            if headers.get(name):
                raise StoreError(f"{self.url} answered in part: {name}: {headers[name]}")
        return body, headers.get_content_type()

    def _wrapper(self, job: Job, accept: str) -> Any:
        wrapper = SPARQLWrapper(self.url)
        # Not setQuery(): it guesses the form with a lax pattern, and sends what it takes for an update as
        # one.
        wrapper.queryString = job.query
        wrapper.queryType = str(job.form)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)  # Virtuoso hangs on a direct POST.
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setTimeout(self._timeout)
        if self._user:
            wrapper.setCredentials(self._user, self._password)
        for iri in job.default_graphs or ():
            wrapper.addParameter("default-graph-uri", iri)
        for iri in job.named_graphs or ():
            wrapper.addParameter("named-graph-uri", iri)
        return wrapper


def _refused(query: str, error: SPARQLWrapperException) -> QuerySyntaxError:
    """What the endpoint said of the query: SPARQLWrapper hides it as the repr of bytes in its message."""
    try:
        said = ast.literal_eval(str(error).partition("Response:\n")[2]).decode("utf-8", "replace")
    except (ValueError, SyntaxError):
        said = ""
    try:  # a problem document (RFC 9457) with the place, as our own endpoint sends it
        problem = json.loads(said)
        return QuerySyntaxError(str(problem["detail"]), int(problem["line"]), int(problem["column"]))
    except (ValueError, TypeError, KeyError):
        return explain(query, said[:500])
