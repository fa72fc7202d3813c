"""Any SPARQL 1.1 endpoint as a store, through SPARQLWrapper.

Results travel as JSON and graphs as whatever RDF the endpoint prefers; both are written again here, so every
store gives every format, and the same bytes for the same answer. An answer that the endpoint cut short is an
error, however quietly it was cut.
"""

from __future__ import annotations

import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import Message
from typing import Any

import pyoxigraph as ox
from SPARQLWrapper import POST, URLENCODED, SPARQLWrapper

from ..errors import DatasetError, LimitError, QuerySyntaxError, StoreError, UnionError
from . import calls
from .base import CSV, GRAPH_TYPES, JSON, NTRIPLES, RDFXML, TURTLE, Job, QueryForm, Term
from .credentials import Credentials, checked_url, opener
from .dialects import refused, verdict, with_plain_labels
from .embedded import write_graph
from .engine import EngineStore, letting_go, read_table
from .lanes import Lanes
from .limits import Limits
from .rows import count_rows

_ACCEPT_RESULTS = f"{JSON}, application/json;q=0.5"
_ACCEPT_GRAPH = f"{NTRIPLES}, {TURTLE};q=0.9, {RDFXML};q=0.5"
# Virtuoso answers 200 with what it had when its timeout or row limit struck, and tells so in a header alone.
_PARTIAL = ("X-SQL-State", "X-SQL-Message", "X-SPARQL-MaxRows")
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_SAMPLE = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o FILTER(isIRI(?s) && isIRI(?o)) } } LIMIT 5"
_NOWHERE = "urn:x-policygraph:no-such-graph"
_ANYTHING = "SELECT (1 AS ?x) WHERE {{ {} }} LIMIT 1"
_UNION = "union-default-graph"  # a parameter of Oxigraph's server; others pass over what they do not know
_PLAIN_IRI = re.compile(r'[^\x00-\x20<>"{}|^`\\]+')
_PIECE = 1 << 16
_LEAST = 1 << 20  # bytes that are read whatever the limit is: the store's own questions are answered too
_ASK = b"__ASK_RETVAL"
_FREE = Limits(timeout=60, rows=0, size=0, workers=0)
_RATIO = 8  # bytes of an endpoint's JSON or N-Triples for one of the same answer in CSV or Turtle, at most about
_TEN = "VALUES ?{} {{ 0 1 2 3 4 5 6 7 8 9 }}"


def _rewritten(body: bytes, media_type: str) -> bytes:
    """A SPARQL JSON answer in a type of RESULT_TYPES."""
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QuerySolutions):
        read_table(body)  # Oxigraph would write the rows before a defect as if they were all.
    return answer.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)) or b""


class RemoteStore(EngineStore):
    """The endpoint at a URL, with credentials where it asks for them (HTTP Basic or Digest).

    Its default graph must be the union of its named graphs, as in Virtuoso by default and in Fuseki by
    configuration; Oxigraph's server is asked to make it so. The first query looks whether it is.
    limits: what strangers' queries may use, `own` being the same endpoint for the pages; without them an answer may
    have any size, and take a minute.

    Raises StoreError when it cannot be reached or answers in part, UnionError where the default graph lacks what
    the named graphs hold, DatasetError where the graphs that a request names are passed over, LimitError and BusyError
    as the limits have it, QuerySyntaxError when it refuses a query (400).
    """

    def __init__(self, url: str, credentials: Credentials | None = None, limits: Limits | None = None) -> None:
        self.url = checked_url(url)
        self.limits = limits or _FREE
        self.lanes = Lanes(self.limits.workers, self.limits.queue, self.limits.timeout) if self.limits.workers else None
        free = not (self.lanes or self.limits.rows or self.limits.size)
        self.own = self if free else RemoteStore(url, credentials, replace(self.limits.for_pages(), workers=0))
        self._timeout = max(1, round(self.limits.timeout))
        self._heeds_datasets = False  # not known yet
        self._opener = opener(self.url, credentials)
        self._extra: tuple[str, ...] | None = None  # parameters that make the union; None: not known yet
        self._uncut = 0  # so many rows, at least, this endpoint is known to send

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
        call = calls.Call() if self.own is self else calls.current()  # a page's queries are not what its client asked
        if self.lanes:
            self.lanes.enter(call.gone)
        try:
            data, call.rows = self._run(job)
            return data
        except LimitError as error:
            call.limit = error.limit
            raise
        finally:
            if self.lanes:
                self.lanes.leave(False)

    def _run(self, job: Job) -> tuple[bytes, int]:
        """The answer, and its solutions or triples."""
        wants_graph = job.media_type in GRAPH_TYPES
        body, headers = self._fetch(job, _ACCEPT_GRAPH if wants_graph else _ACCEPT_RESULTS)
        try:
            data, rows = self._write_graph(body, headers, job) if wants_graph else self._write_results(body, job)
        except (SyntaxError, ValueError, OSError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"{self.url} sent an answer that cannot be read: {error}") from error
        if self.limits.size and len(data) > self.limits.size:
            raise LimitError("max_bytes", self.limits.size)
        return data, rows

    def _check_rows(self, rows: int) -> int:
        if self.limits.rows and rows > self.limits.rows:
            raise LimitError("max_rows", self.limits.rows)
        return rows

    def _write_graph(self, body: bytes, headers: Message, job: Job) -> tuple[bytes, int]:
        content_type = headers.get_content_type()
        kind = ox.RdfFormat.from_media_type(content_type)
        if kind is None:
            raise StoreError(f"{self.url} answered a graph query with {content_type or 'no type'}")
        if "virtuoso" in headers.get("Server", "").lower():
            self._check_uncut(sum(1 for _ in ox.parse(body, format=kind, base_iri=self.url)))
        rows = 0

        def counted() -> Iterator[ox.Triple]:
            nonlocal rows
            for quad in ox.parse(body, format=kind, base_iri=self.url):
                rows = self._check_rows(rows + 1)
                yield quad.triple

        return write_graph(counted(), job.media_type), rows

    def _write_results(self, body: bytes, job: Job) -> tuple[bytes, int]:
        if b'"bnode"' in body:
            body = with_plain_labels(body)
        if job.form is QueryForm.ASK and _ASK in body:
            body = json.dumps({"head": {}, "boolean": verdict(body)}).encode()
        with letting_go():
            data = _rewritten(body, job.media_type)
        return data, self._check_rows(0 if job.form is QueryForm.ASK else count_rows(data, job.media_type))

    def _check_uncut(self, triples: int) -> None:
        """StoreError where a graph of so many triples may be cut.

        Virtuoso cuts a CONSTRUCT at its ResultSetMaxRows and says so nowhere (measured with 7.2.5), but a SELECT
        that meets the limit is told: so it is asked for more rows than the graph has triples, out of thin air.
        """
        if triples < self._uncut:
            return
        digits = len(str(triples))  # 10 ** digits rows are more than so many triples
        rows = " ".join(_TEN.format(f"d{number}") for number in range(digits))
        query = f"SELECT (1 AS ?x) WHERE {{ {rows} }} LIMIT {triples + 1}"
        self._fetch(Job(query, QueryForm.SELECT, CSV), CSV)
        self._uncut = triples + 1

    def _fetch(self, job: Job, accept: str) -> tuple[bytes, Message]:
        """Body and headers of the endpoint's answer."""
        if job.has_dataset:
            self._check_dataset()
        return self._send(job, accept, () if job.has_dataset else self._union())

    def _check_dataset(self) -> None:
        """DatasetError where the endpoint finds something in a graph that is nowhere; kept once it holds anything."""
        if self._heeds_datasets:
            return
        nothing = Job(_ANYTHING.format("?s ?p ?o"), QueryForm.SELECT, JSON, True, (_NOWHERE,), ())
        try:
            found = read_table(self._send(nothing, _ACCEPT_RESULTS)[0]).rows
        except _AnsweredError as error:
            if error.code not in (403, 404):  # it knows its graphs, as policygraph's own endpoint does
                raise
            found = ()
        except QuerySyntaxError:  # the only strange thing was the graph
            found = ()
        if found:
            raise DatasetError(
                f"{self.url} ignores FROM and default-graph-uri, so its answer would be that of other graphs: start "
                "Oxigraph without --union-default-graph, policygraph then asks for the union in each request"
            )
        anything = Job(_ANYTHING.format("{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"), QueryForm.SELECT, JSON)
        self._heeds_datasets = bool(read_table(self._send(anything, _ACCEPT_RESULTS)[0]).rows)

    def _union(self) -> tuple[str, ...]:
        """The parameters with which the default graph is the union of the named graphs.

        Kept once named graphs were seen: an empty store may still be filled. UnionError where nothing helps.
        """
        if self._extra is not None:
            return self._extra
        body, headers = self._send(Job(_SAMPLE, QueryForm.SELECT, JSON), _ACCEPT_RESULTS)
        ways: tuple[tuple[str, ...], ...] = ((), (_UNION,))
        if "oxigraph" in headers.get("Server", "").lower():
            ways = ((_UNION,), ())  # it holds however that is started the next time
        rows = read_table(body).rows
        triples = [" ".join(f"<{term}>" for term in row) for row in rows if all(map(_is_plain, row))]
        if not triples:
            return ways[0]
        again = Job(_ANYTHING.format(" . ".join(triples)), QueryForm.SELECT, JSON)
        for extra in ways:
            if read_table(self._send(again, _ACCEPT_RESULTS, extra)[0]).rows:
                self._extra = extra
                return extra
        raise UnionError(
            f"{self.url} keeps its named graphs out of the default graph, so a query without GRAPH would find "
            "nothing: start Oxigraph with --union-default-graph, set tdb2:unionDefaultGraph true in Fuseki"
        )

    def _send(self, job: Job, accept: str, extra: tuple[str, ...] = ()) -> tuple[bytes, Message]:
        until = time.monotonic() + self._timeout
        try:
            with self._wrapper(job, accept, extra).query().response as response:
                headers: Message = response.headers
                body = b"".join(self._pieces(response, until))
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(4000).decode("utf-8", "replace")
            if error.code == 400:
                raise refused(job.query, said) from None
            words = " ".join(said.split())[:300]
            raise _AnsweredError(f"{self.url} answered {error.code} {error.reason}: {words}", error.code) from None
        except urllib.error.URLError as error:
            raise StoreError(f"{self.url} cannot be reached: {error.reason}") from None
        except TimeoutError:
            raise LimitError("timeout", self._timeout) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise StoreError(f"{self.url} broke off: {error or type(error).__name__}") from None
        for name in _PARTIAL:
            if headers.get(name):
                raise StoreError(f"{self.url} answered in part: {name}: {headers[name]}")
        return body, headers

    def _pieces(self, response: http.client.HTTPResponse, until: float) -> Iterable[bytes]:
        """The body as it comes; LimitError where it comes too slowly, or is far more than may be answered."""
        size = 0
        while piece := response.read1(_PIECE):
            yield piece
            size += len(piece)
            if self.limits.size and size > max(self.limits.size * _RATIO, _LEAST):
                raise LimitError("max_bytes", self.limits.size)
            if time.monotonic() > until:
                raise LimitError("timeout", self._timeout)

    def _wrapper(self, job: Job, accept: str, extra: tuple[str, ...]) -> Any:
        wrapper = _Wrapper(self.url, self._opener)
        # Not setQuery(): it guesses the form with a lax pattern, and sends what it takes for an update as
        # one.
        wrapper.queryString = job.query
        wrapper.queryType = str(job.form)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)  # Virtuoso hangs on a direct POST.
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setTimeout(self._timeout)
        for name in extra:
            wrapper.addParameter(name, "")
        for iri in job.default_graphs or ():
            wrapper.addParameter("default-graph-uri", iri)
        for iri in job.named_graphs or ():
            wrapper.addParameter("named-graph-uri", iri)
        return wrapper


def _is_plain(term: Term | None) -> bool:
    """Whether a term can be asked for again as it is."""
    return term is not None and term.kind == "iri" and _PLAIN_IRI.fullmatch(term.value) is not None


class _AnsweredError(StoreError):
    """The endpoint answered with a status that is none of success."""

    def __init__(self, message: str, code: int) -> None:
        self.code = code
        super().__init__(message)


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper with an opener of its own: its Digest would install one for the whole process."""

    def __init__(self, url: str, own: urllib.request.OpenerDirector) -> None:
        super().__init__(url)
        self._own = own

    def _query(self) -> tuple[Any, str]:
        return self._own.open(self._createRequest(), timeout=self.timeout), self.returnFormat
