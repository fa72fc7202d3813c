"""Facts of many documents, looked up in the store when a page asks for them.

What all documents share (registry, ontology, alignments) is read at the beginning and stays. What a document says is
looked up node by node; a document of which a page wants to know more is read whole. Both are forgotten when too much
else was asked, so a page of one of a thousand documents costs what that document costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..graph.namespaces import ID_BASE
from ..store.base import Term
from ..store.patterns import Patterns
from .facts import Facts, document_of, expand, grouped, natural, shorten, value_order
from .recent import Recent

DOCUMENTS = f"{ID_BASE}graph/doc/"
_DOCUMENT = "id:doc/"
_TYPE = expand("rdf:type")
_KEPT = 300_000  # triples of either kind, of 200 to 300 bytes each
_MORE = 200  # look-ups of single nodes after which a document is read whole, which takes as long
_OFTEN = 5000


class StoredFacts(Facts):
    """shared: the graphs to be read at the beginning; patterns: where the rest is looked up."""

    many = True

    def __init__(self, patterns: Patterns, shared: Iterable[str]) -> None:
        super().__init__(_shortened(patterns.in_graphs(shared)))
        self._patterns = patterns.within(DOCUMENTS)
        self._by_subject: Recent[dict[str, list[Term]]] = Recent(_KEPT)
        self._by_object: Recent[dict[str, list[str]]] = Recent(_KEPT)
        self._by_pair: Recent[list[str]] = Recent(_KEPT)
        self._whole: Recent[Facts] = Recent(2 * _KEPT)
        self._by_class: dict[str, frozenset[str]] = {}
        self._typed = 0
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
                asked.clear()  # once it is forgotten, one look-up alone does not read it again
        return known

    def _inside(self, node: str) -> Facts | None:
        """The document in which a node lies, if that is read whole. What is inside of it no other document tells."""
        if not node.startswith(_DOCUMENT):
            return None
        document = document_of(node)
        return self._document(document) if document != node else None

    def _about(self, node: str) -> dict[str, list[Term]]:
        known = self._by_subject.get(node)
        if known is None:
            whole = self._inside(node)
            if whole is not None and node not in self._told:
                return whole._about(node)
            found = _pairs(self._patterns.about(expand(node)))
            told = [*self._told.get(node, ()), *found]
            known = self._by_subject.put(node, grouped(told, value_order), len(told))
        return known

    def _referring(self, node: str) -> dict[str, list[str]]:
        known = self._by_object.get(node)
        if known is None:
            whole = self._inside(node)
            if whole is not None and node not in self._led:
                return whole._referring(node)
            found = self._patterns.referring(expand(node))
            led = [*self._led.get(node, ()), *((shorten(predicate), shorten(subject)) for predicate, subject in found)]
            known = self._by_object.put(node, grouped(led, natural), len(led))
        return known

    def into(self, node: str, predicate: str) -> list[str]:
        known = self._by_pair.get((node, predicate))
        if known is None:
            if self._inside(node) is not None or self._by_object.get(node) is not None:
                return self._referring(node).get(predicate, [])
            known = sorted(set(self._leading(node, predicate)), key=natural)
            self._by_pair.put((node, predicate), known, len(known))
        return known

    def is_a(self, node: str, *kinds: str) -> bool:
        """Of a node of which nothing else was asked its types alone are looked up; where that goes on and on, as when
        an index is made, the members of the classes are."""
        if not node.startswith(_DOCUMENT) or node in self._told or self._by_subject.get(node) is not None:
            return super().is_a(node, *kinds)
        if self._whole.get(document_of(node)) is not None:
            return super().is_a(node, *kinds)
        self._typed += 1
        if self._typed > _OFTEN:
            return any(node in self._members(kind) for kind in kinds)
        return any(shorten(kind) in kinds for kind in self._patterns.values(expand(node), _TYPE))

    def _members(self, kind: str) -> frozenset[str]:
        known = self._by_class.get(kind)
        if known is None:
            known = frozenset(map(shorten, self._patterns.subjects(_TYPE, expand(kind))))
            self._by_class[kind] = known
        return known

    def tally(self, *kinds: str) -> Counter[str]:
        found = super().tally(*kinds)
        for graph, count in self._patterns.tally([expand(kind) for kind in kinds]):
            found[_DOCUMENT + graph.removeprefix(DOCUMENTS)] += count
        return found

    def weights(self, predicate: str) -> Counter[str]:
        found = super().weights(predicate)
        for value, count in self._patterns.weights(expand(predicate)):
            found[shorten(value)] += count
        return found

    def count(self, node: str, predicate: str) -> int:
        shared = {subject for name, subject in self._led.get(node, ()) if name == predicate}
        return len(shared) + self._patterns.count(expand(predicate), expand(node))

    def _leading(self, node: str, predicate: str) -> Iterator[str]:
        yield from (subject for name, subject in self._led.get(node, ()) if name == predicate)
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
