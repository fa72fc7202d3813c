"""What all engines share: judge the query, run it by one method, read values out of the answer."""

from __future__ import annotations

import json
import re
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from rdflib import Graph

from ..errors import QuerySyntaxError, StoreError
from .base import JSON, NTRIPLES, Job, QueryForm, Table, Term
from .guard import Inspection, Refusal, inspect


class EngineStore(ABC):
    """A Store made of one method, `execute`: bytes out of a Job.

    Every query of every caller passes it, so workers, limits and logs have one place to stand.
    """

    @property
    @abstractmethod
    def digest(self) -> str: ...

    @property
    @abstractmethod
    def union_default_graph(self) -> bool: ...

    @abstractmethod
    def named_graphs(self) -> tuple[str, ...]: ...

    @abstractmethod
    def execute(self, job: Job) -> bytes:
        """The serialised answer to an inspected query; StoreError where there is none."""

    def close(self) -> None:
        """Let go of what the store holds: nothing by default."""
        return

    def form(self, query: str) -> QueryForm:
        return inspect(query).form

    def select(self, query: str) -> Table:
        return read_table(self._answer(query, JSON, QueryForm.SELECT))

    def ask(self, query: str) -> bool:
        answer = _read_json(self._answer(query, JSON, QueryForm.ASK))
        if not isinstance(answer.get("boolean"), bool):
            raise StoreError("the store's answer to ASK is no boolean")
        return bool(answer["boolean"])

    def graph(self, query: str) -> Graph:
        data = self._answer(query, NTRIPLES, QueryForm.CONSTRUCT, QueryForm.DESCRIBE)
        return Graph().parse(data=data, format="nt")

    def respond(
        self,
        query: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> bytes:
        inspection = inspect(query)
        self._refuse_unloaded(inspection, (*default_graphs, *named_graphs))
        if media_type not in inspection.form.media_types:
            raise ValueError(f"{inspection.form} has no answer of type {media_type}")
        job = self._job(query, inspection, media_type)
        if default_graphs or named_graphs:
            # One kind given means that the other is empty: SPARQL 1.1 Protocol, section 2.1.4.
            job = replace(job, has_dataset=True, default_graphs=tuple(default_graphs), named_graphs=tuple(named_graphs))
        return self.execute(job)

    def _answer(self, query: str, media_type: str, *forms: QueryForm) -> bytes:
        inspection = inspect(query)
        self._refuse_unloaded(inspection, ())
        if inspection.form not in forms:
            raise QuerySyntaxError(f"expected {' or '.join(forms)}, found {inspection.form}")
        return self.execute(self._job(query, inspection, media_type))

    def _job(self, query: str, inspection: Inspection, media_type: str) -> Job:
        """A query's own dataset is left to the engine, but where it merges graphs: not every engine does that rightly.

        Of a remote engine it is always asked in the request too: Oxigraph's server with --union-default-graph passes
        over FROM, but not over the request's graphs.
        """
        job = Job(query, inspection.form, media_type, inspection.has_dataset, repeatable=inspection.repeatable)
        merged = [source.iri for source in inspection.sources if not source.named]
        named = [source.iri for source in inspection.sources if source.named]
        once = len(merged) < 2 and len(set(named)) == len(named)
        if not inspection.sources or (once and self.digest) or not all(merged + named):
            return job
        return replace(job, default_graphs=tuple(dict.fromkeys(merged)), named_graphs=tuple(dict.fromkeys(named)))

    def _refuse_unloaded(self, inspection: Inspection, asked: Sequence[str]) -> None:
        """Refuse a dataset with a graph that is not there, where what is there is known (not of a remote store).

        asked: the dataset of the protocol request, which takes the place of the query's own.
        """
        if not self.digest:
            return
        sources = [(iri, 0, 0) for iri in asked] or [source[:3] for source in inspection.sources]
        for iri, line, column in sources:
            if _ABSOLUTE.match(iri) and iri not in self.named_graphs():  # the engine tells what is no IRI
                raise Refusal("graph", iri, line, column)


@contextmanager
def letting_go() -> Iterator[None]:
    """An error keeps nothing of what is called here: Oxigraph's solutions must end in the thread that made them."""
    try:
        yield
    except Exception as error:
        traceback.clear_frames(error.__traceback__)
        raise


def read_table(data: bytes) -> Table:
    """The table in a SPARQL 1.1 Query Results JSON document; StoreError where it is none."""
    answer = _read_json(data)
    try:
        variables = tuple(answer["head"]["vars"])
        rows = tuple(
            tuple(_term(row[name]) if name in row else None for name in variables)
            for row in answer["results"]["bindings"]
        )
    except (KeyError, TypeError) as error:
        raise StoreError(f"the store's answer is no table of solutions: {error!r}") from error
    return Table(variables, rows)


def _read_json(data: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(data)
    except ValueError as error:
        raise StoreError(f"the store's answer is no JSON: {error}") from error
    if not isinstance(answer, dict):
        raise StoreError("the store's answer is no JSON object")
    return answer


def _term(cell: dict[str, Any]) -> Term:
    match cell["type"]:
        case "uri":
            return Term("iri", cell["value"])
        case "bnode":
            return Term("bnode", cell["value"])
        case "triple":
            parts = cell["value"]
            return Term("triple", f"<<( {' '.join(_written(parts[part]) for part in _PARTS)} )>>")
        case _:  # "literal", and "typed-literal" as Virtuoso still writes it
            return Term("literal", cell["value"], cell.get("datatype"), cell.get("xml:lang"))


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PARTS = ("subject", "predicate", "object")


def _written(cell: dict[str, Any]) -> str:
    term = _term(cell)
    match term.kind:
        case "iri":
            return f"<{term.value}>"
        case "bnode":
            return f"_:{term.value}"
        case "triple":
            return term.value
    text = json.dumps(term.value, ensure_ascii=False)
    return text + (f"@{term.lang}" if term.lang else f"^^<{term.datatype}>" if term.datatype else "")
