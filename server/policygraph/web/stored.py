"""Facts of many documents, looked up in the store when a page asks for them.

What all documents share (registry, ontology, alignments) is read at the beginning and stays. What a document says is
looked up node by node; a document of which a page wants to know more is read whole. Both are forgotten when too much
else was asked, so a page of one of a thousand documents costs what that document costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..graph.namespaces import ID_BASE
from ..store.base import Term
from ..store.patterns import Patterns
from .facts import Facts, expand, grouped, natural, shorten, value_order
from .recent import Recent

DOCUMENTS = f"{ID_BASE}graph/doc/"
_DOCUMENT = "id:doc/"
_KEPT = 300_000  # triples of either kind, of 200 to 300 bytes each
_MORE = 12  # look-ups of single nodes after which a document is read whole


class StoredFacts(Facts):
    """shared: the graphs to be read at the beginning; patterns: where the rest is looked up."""

    def __init__(self, patterns: Patterns, shared: Iterable[str]) -> None:
        super().__init__(_shortened(patterns.in_graphs(shared)))
        self._patterns = patterns.within(DOCUMENTS)
        self._by_subject: Recent[dict[str, list[Term]]] = Recent(_KEPT)
        self._by_object: Recent[dict[str, list[str]]] = Recent(_KEPT)
        self._by_pair: Recent[list[str]] = Recent(_KEPT)
        self._whole: Recent[Facts] = Recent(2 * _KEPT)
        self._asked: Recent[list[None]] = Recent(1000)

    def gather(self, document: str) -> None:
        self._document(document, at_once=True)

    def _document(self, document: str, at_once: bool = False) -> Facts | None:
        """The facts of a document's own graph, where it has one and enough was asked of it."""
        known = self._whole.get(document)
        if known is None:
            asked = self._asked.get(document)
            if asked is None:
                asked = self._asked.put(document, [])
            asked.append(None)
            if at_once or len(asked) > _MORE:
                name = DOCUMENTS + document.removeprefix(_DOCUMENT)
                triples = list(_shortened(self._patterns.in_graphs([name])))
                known = self._whole.put(document, Facts(triples), len(triples))
        return known

    def _inside(self, node: str) -> Facts | None:
        """The document in which a node lies, if that is read whole. What is inside of it no other document tells."""
        if not node.startswith(_DOCUMENT):
            return None
        document, slash, _ = node[len(_DOCUMENT) :].partition("/")
        return self._document(_DOCUMENT + document) if slash else None

    def _about(self, node: str) -> dict[str, list[Term]]:
        whole = self._inside(node)
        if whole is not None and node not in self._told:
            return whole._about(node)
        known = self._by_subject.get(node)
        if known is None:
            found = _pairs(self._patterns.about(expand(node)))
            told = [*self._told.get(node, ()), *found]
            known = self._by_subject.put(node, grouped(told, value_order), len(told))
        return known

    def _referring(self, node: str) -> dict[str, list[str]]:
        whole = self._inside(node)
        if whole is not None and node not in self._led:
            return whole._referring(node)
        known = self._by_object.get(node)
        if known is None:
            found = self._patterns.referring(expand(node))
            led = [*self._led.get(node, ()), *((shorten(predicate), shorten(subject)) for predicate, subject in found)]
            known = self._by_object.put(node, grouped(led, natural), len(led))
        return known

    def into(self, node: str, predicate: str) -> list[str]:
        whole = self._inside(node)
        if whole is not None:
            return self._referring(node).get(predicate, [])
        if (referring := self._by_object.get(node)) is not None:
            return referring.get(predicate, [])
        known = self._by_pair.get((node, predicate))
        if known is None:
            known = sorted(set(self._leading(node, predicate)), key=natural)
            self._by_pair.put((node, predicate), known, len(known))
        return known

    def count(self, node: str, predicate: str) -> int:
        return len(set(self._leading(node, predicate)))

    def _leading(self, node: str, predicate: str) -> Iterator[str]:
        yield from super().into(node, predicate) if node in self._led else ()
        yield from map(shorten, self._patterns.subjects(expand(predicate), expand(node)))

    def pairs(self, predicate: str) -> Iterable[tuple[str, Term]]:
        yield from super().pairs(predicate)
        yield from _pairs(self._patterns.pairs(expand(predicate)))

    def literals(self, predicates: set[str]) -> Iterable[tuple[str, str, Term]]:
        for predicate in sorted(predicates):
            seen = set()
            for node, value in self.pairs(predicate):
                if value.kind == "literal" and (node, value) not in seen:
                    seen.add((node, value))
                    yield node, predicate, value

    def __contains__(self, node: str) -> bool:
        return bool(self._about(node))


def shared_graphs(names: Sequence[str], left_out: Iterable[str]) -> list[str]:
    """The graphs that belong to no document. left_out: beginnings of the names of graphs that no page reads."""
    return [name for name in names if not name.startswith((DOCUMENTS, *left_out))]


def _pairs(found: Iterable[tuple[str, Term]]) -> Iterator[tuple[str, Term]]:
    return ((shorten(name), _short(value)) for name, value in found)


def _shortened(triples: Iterable[tuple[str, str, Term]]) -> Iterator[tuple[str, str, Term]]:
    return ((shorten(subject), shorten(predicate), _short(value)) for subject, predicate, value in triples)


def _short(value: Term) -> Term:
    return Term("iri", shorten(value.value)) if value.kind == "iri" else value
