"""Any SPARQL 1.1 endpoint as a store, through SPARQLWrapper.

Results travel as JSON and graphs as whatever RDF the endpoint prefers; both are written again here, so every
store gives every format, and the same bytes for the same answer. An answer that the endpoint cut short is an
error, however quietly it was cut.
"""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from email.message import Message
from typing import Any

import pyoxigraph as ox
from SPARQLWrapper import POST, URLENCODED, SPARQLWrapper

from ..errors import QuerySyntaxError, StoreError, UnionError
from .base import CSV, GRAPH_TYPES, JSON, NTRIPLES, RDFXML, TURTLE, Job, QueryForm, Term
from .credentials import Credentials, checked_url, opener
from .embedded import write_graph
from .engine import EngineStore, read_table
from .syntax import explain

_ACCEPT_RESULTS = f"{JSON}, application/json;q=0.5"
_ACCEPT_GRAPH = f"{NTRIPLES}, {TURTLE};q=0.9, {RDFXML};q=0.5"
# Virtuoso answers 200 with what it had when its timeout or row limit struck, and tells so in a header alone.
_PARTIAL = ("X-SQL-State", "X-SQL-Message", "X-SPARQL-MaxRows")
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_SAMPLE = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o FILTER(isIRI(?s) && isIRI(?o)) } } LIMIT 5"
_UNION = "union-default-graph"  # a parameter of Oxigraph's server; others pass over what they do not know
_PLAIN_IRI = re.compile(r'[^\x00-\x20<>"{}|^`\\]+')
_ASK = b"__ASK_RETVAL"
_TEN = "VALUES ?{} {{ 0 1 2 3 4 5 6 7 8 9 }}"


class RemoteStore(EngineStore):
    """The endpoint at a URL, with credentials where it asks for them (HTTP Basic or Digest).

    Its default graph must be the union of its named graphs, as in Virtuoso by default and in Fuseki by
    configuration; Oxigraph's server is asked to make it so. The first query looks whether it is.
    timeout: seconds that the endpoint may stay silent.

    Raises StoreError when it cannot be reached or answers in part, UnionError where the default graph lacks what
    the named graphs hold, QuerySyntaxError when it refuses a query (400).
    """

    def __init__(self, url: str, timeout: int = 60, credentials: Credentials | None = None) -> None:
        self.url = checked_url(url)
        self._timeout = timeout
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
        wants_graph = job.media_type in GRAPH_TYPES
        body, headers = self._fetch(job, _ACCEPT_GRAPH if wants_graph else _ACCEPT_RESULTS)
        try:
            return self._write_graph(body, headers, job) if wants_graph else self._write_results(body, job)
        except (SyntaxError, ValueError, OSError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"{self.url} sent an answer that cannot be read: {error}") from error

    def _write_graph(self, body: bytes, headers: Message, job: Job) -> bytes:
        content_type = headers.get_content_type()
        kind = ox.RdfFormat.from_media_type(content_type)
        if kind is None:
            raise StoreError(f"{self.url} answered a graph query with {content_type or 'no type'}")
        if "virtuoso" in headers.get("Server", "").lower():
            self._check_uncut(sum(1 for _ in ox.parse(body, format=kind, base_iri=self.url)))
        return write_graph(ox.parse(body, format=kind, base_iri=self.url), job.media_type)

    def _write_results(self, body: bytes, job: Job) -> bytes:
        if b'"bnode"' in body:
            body = _with_plain_labels(body)
        if job.form is QueryForm.ASK and _ASK in body:
            body = json.dumps({"head": {}, "boolean": _verdict(body)}).encode()
        answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QuerySolutions):
            read_table(body)  # Oxigraph would write the rows before a defect as if they were all.
        return answer.serialize(format=ox.QueryResultsFormat.from_media_type(job.media_type)) or b""

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
        return self._send(job, accept, () if job.has_dataset else self._union())

    def _union(self) -> tuple[str, ...]:
        """The parameters with which the default graph is the union of the named graphs.

        Kept once named graphs were seen: an empty store may still be filled. UnionError where nothing helps.
        """
        if self._extra is not None:
            return self._extra
        rows = read_table(self._send(Job(_SAMPLE, QueryForm.SELECT, JSON), _ACCEPT_RESULTS)[0]).rows
        triples = [" ".join(f"<{term}>" for term in row) for row in rows if all(map(_is_plain, row))]
        if not triples:
            return ()
        again = Job(f"SELECT (1 AS ?x) WHERE {{ {' . '.join(triples)} }} LIMIT 1", QueryForm.SELECT, JSON)
        for extra in ((), (_UNION,)):
            if read_table(self._send(again, _ACCEPT_RESULTS, extra)[0]).rows:
                self._extra = extra
                return extra
        raise UnionError(
            f"{self.url} keeps its named graphs out of the default graph, so a query without GRAPH would find "
            "nothing: start Oxigraph with --union-default-graph, set tdb2:unionDefaultGraph true in Fuseki"
        )

    def _send(self, job: Job, accept: str, extra: tuple[str, ...] = ()) -> tuple[bytes, Message]:
        try:
            with self._wrapper(job, accept, extra).query().response as response:
                headers: Message = response.headers
                body: bytes = response.read()
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(4000).decode("utf-8", "replace")
            if error.code == 400:
                raise _refused(job.query, said) from None
            words = " ".join(said.split())[:300]
            raise StoreError(f"{self.url} answered {error.code} {error.reason}: {words}") from None
        except urllib.error.URLError as error:
            raise StoreError(f"{self.url} cannot be reached: {error.reason}") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise StoreError(f"{self.url} broke off: {error or type(error).__name__}") from None
        for name in _PARTIAL:
            if headers.get(name):
                raise StoreError(f"{self.url} answered in part: {name}: {headers[name]}")
        return body, headers

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


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper with an opener of its own: its Digest would install one for the whole process."""

    def __init__(self, url: str, own: urllib.request.OpenerDirector) -> None:
        super().__init__(url)
        self._own = own

    def _query(self) -> tuple[Any, str]:
        return self._own.open(self._createRequest(), timeout=self.timeout), self.returnFormat


def _verdict(body: bytes) -> bool:
    """Virtuoso's yes or no where it answers ASK with a table (measured with 7.2.5): of one row 1, or of none."""
    rows = read_table(body).rows
    return any(term is not None and term.value == "1" for row in rows for term in row)


def _with_plain_labels(body: bytes) -> bytes:
    """The results with blank nodes named b0, b1, …: Virtuoso's nodeID://b10000 is a label in no RDF format."""
    answer = json.loads(body)
    labels: dict[str, str] = {}
    for row in answer["results"]["bindings"] if isinstance(answer, dict) else ():
        for cell in row.values():
            if cell["type"] == "bnode":
                cell["value"] = labels.setdefault(cell["value"], f"b{len(labels)}")
    return json.dumps(answer, ensure_ascii=False).encode()


def _refused(query: str, said: str) -> QuerySyntaxError:
    """What the endpoint said of the query, with the place where it told one."""
    try:  # a problem document (RFC 9457) with the place, as our own endpoint sends it
        problem = json.loads(said)
        return QuerySyntaxError(str(problem["detail"]), int(problem["line"]), int(problem["column"]))
    except (ValueError, TypeError, KeyError):
        return explain(query, said[:500])
