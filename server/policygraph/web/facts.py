"""The published graph as the pages read it: one query a snapshot, then look-ups; of many documents, look-ups alone.

Nodes are written short (id:doc/…/3.11, pg:Stated), literals stay Terms. What was inferred is left out: every
page walks from a claim to its words, and inferred triples have none of their own.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from weakref import WeakKeyDictionary

from ..graph.namespaces import ID_BASE, PREFIXES
from ..store.base import Store, Term
from ..store.patterns import Patterns
from .recent import Recent

_INFERRED, _QUERIES = f"{ID_BASE}graph/inferred", f"{ID_BASE}graph/queries"
_QUERY = f"""SELECT ?s ?p ?o WHERE {{
  GRAPH ?g {{ ?s ?p ?o }}
  FILTER (!STRSTARTS(STR(?g), "{_INFERRED}") && ?g != <{_QUERIES}>)
}}"""
FEW = 12
"""Documents that are held whole; the facts of more are looked up where they lie."""
_NOTES = 200
T = TypeVar("T")
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
_REMOTE_SECONDS = 60  # how long a store without a digest is believed unchanged


@lru_cache(maxsize=1 << 16)
def shorten(iri: str) -> str:
    """The IRI with its prefix, or as it is where no prefix of ours fits."""
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """The IRI of a shortened name."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def document_of(node: str) -> str:
    """The document that a part, provision or claim belongs to, itself for a document; "" for anything else."""
    return "id:doc/" + node[7:].partition("/")[0] if node.startswith("id:doc/") else ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document: code points start to end (exclusive) of its stored text."""

    node: str
    document: str
    start: int
    end: int
    exact: str


class Facts:
    """Triples by subject and by object; both in the order of the nodes' names, which is made when a node is asked for:
    a page asks for some hundred of a collection's million."""

    many = False
    """Whether there are too many documents to go through for one request."""

    def __init__(self, triples: Iterable[tuple[str, str, Term]]) -> None:
        self._told: dict[str, list[tuple[str, Term]]] = defaultdict(list)
        self._led: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, value in triples:
            self._told[subject].append((predicate, value))
            if value.kind == "iri":
                self._led[value.value].append((predicate, subject))
        self._out: dict[str, dict[str, list[Term]]] = {}
        self._into: dict[str, dict[str, list[str]]] = {}
        self._notes: dict[object, object] = {}
        self._of_parts: Recent[object] = Recent(2 * _NOTES)

    def gather(self, document: str) -> None:
        """Makes ready all that a document says, where it is not."""

    def _about(self, node: str) -> dict[str, list[Term]]:
        if (known := self._out.get(node)) is None and node in self._told:
            known = self._out[node] = grouped(self._told[node], value_order)
        return known or {}

    def _referring(self, node: str) -> dict[str, list[str]]:
        if (known := self._into.get(node)) is None and node in self._led:
            known = self._into[node] = grouped(self._led[node], natural)
        return known or {}

    def literals(self, predicates: set[str]) -> Iterable[tuple[str, str, Term]]:
        """(node, predicate, value) of every literal of these predicates, in no order."""
        for node, told in self._told.items():
            for predicate, value in told:
                if predicate in predicates and value.kind == "literal":
                    yield node, predicate, value

    def pairs(self, predicate: str) -> Iterable[tuple[str, Term]]:
        """(node, value) of every triple of a predicate, in no order; of many documents, what two say comes twice."""
        return ((node, value) for node, told in self._told.items() for name, value in told if name == predicate)

    def tally(self, *kinds: str) -> Counter[str]:
        """How many nodes of these classes lie in each document."""
        held = {node for kind in kinds for name, node in self._led.get(kind, ()) if name == "rdf:type"}
        return Counter(document for node in held if (document := document_of(node)))

    def weights(self, predicate: str) -> Counter[str]:
        """How many nodes lead to each value of a predicate that is a node."""
        return Counter(value for _, value in {(n, v.value) for n, v in Facts.pairs(self, predicate) if v.kind == "iri"})

    def members(self) -> Counter[str]:
        """How many things each class has, counted once."""
        known = self.recall("members of classes")
        return known if isinstance(known, Counter) else self.remember("members of classes", self.weights("rdf:type"))

    def count(self, node: str, predicate: str) -> int:
        """How many nodes lead to a node by a predicate."""
        return len(self.into(node, predicate))

    def __contains__(self, node: str) -> bool:
        return node in self._told

    def about(self, node: str) -> dict[str, list[Term]]:
        """Every predicate of a node with its values."""
        return dict(self._about(node))

    def referring(self, node: str) -> dict[str, list[str]]:
        """Every predicate that leads to a node, with the subjects."""
        return dict(self._referring(node))

    def values(self, node: str, predicate: str) -> list[Term]:
        return self._about(node).get(predicate, [])

    def nodes(self, node: str, predicate: str) -> list[str]:
        return [value.value for value in self.values(node, predicate) if value.kind == "iri"]

    def node(self, node: str, predicate: str) -> str | None:
        found = self.nodes(node, predicate)
        return found[0] if found else None

    def texts(self, node: str, predicate: str) -> list[str]:
        return [value.value for value in self.values(node, predicate) if value.kind == "literal"]

    def text(self, node: str, predicate: str) -> str:
        found = self.texts(node, predicate)
        return found[0] if found else ""

    def integer(self, node: str, predicate: str) -> int:
        text = self.text(node, predicate)
        return int(text) if text else 0

    def into(self, node: str, predicate: str) -> list[str]:
        return self._referring(node).get(predicate, [])

    def of_type(self, *kinds: str) -> list[str]:
        return sorted({node for kind in kinds for node in self.into(kind, "rdf:type")})

    def is_a(self, node: str, *kinds: str) -> bool:
        return any(kind in kinds for kind in self.nodes(node, "rdf:type"))

    def span(self, node: str) -> Span | None:
        """A span node as a value; None for anything else."""
        start = end = None
        exact = ""
        for selector in self.nodes(node, "oa:hasSelector"):
            exact = exact or self.text(selector, "oa:exact")
            if self.values(selector, "oa:start"):
                start, end = self.integer(selector, "oa:start"), self.integer(selector, "oa:end")
        document = self.node(node, "oa:hasSource")
        if start is None or end is None or document is None:
            return None
        return Span(node, document, start, end, exact)

    def spans(self, node: str) -> list[Span]:
        """The words that a node was quoted from, in the order of the text; a span's own words."""
        found = [self.span(quoted) for quoted in self.nodes(node, "prov:wasQuotedFrom")]
        found = found or [self.span(node)]
        return sorted((span for span in found if span), key=lambda span: (span.start, span.end))

    def remember(self, key: object, value: T) -> T:
        """Keeps what a page derives from these facts; a new snapshot forgets it.

        A name is the key of what is derived once from all of them. A tuple, as ("reading", document), is the key of
        one of many: of these the latest are kept.
        """
        if isinstance(key, tuple):
            self._of_parts.put(key, value)
        else:
            self._notes[key] = value
        return value

    def recall(self, key: object) -> object | None:
        return self._of_parts.get(key) if isinstance(key, tuple) else self._notes.get(key)


def grouped(pairs: Iterable[tuple[str, T]], order: Callable[[T], object]) -> dict[str, list[T]]:
    """By the first of each pair, sorted, each group without repeats and in order."""
    groups: dict[str, dict[T, None]] = defaultdict(dict)
    for name, value in pairs:
        groups[name][value] = None
    return {
        name: sorted(groups[name], key=order) if len(groups[name]) > 1 else list(groups[name])  # type: ignore[arg-type]
        for name in sorted(groups)
    }


def value_order(value: Term) -> tuple[object, ...]:
    return natural(value.value), value.lang or ""


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that puts 3.2 before 3.11."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name))


class Snapshots:
    """The facts of each store that is in use, read again when its digest changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: WeakKeyDictionary[Store, tuple[object, Facts]] = WeakKeyDictionary()

    def of(self, store: Store) -> Facts:
        key = store.digest or int(time.monotonic() / _REMOTE_SECONDS)
        known = self._known.get(store)
        if known is None or known[0] != key:
            with self._lock:
                known = self._known.get(store)
                if known is None or known[0] != key:
                    known = self._known[store] = (key, facts_of(store))
        return known[1]


def facts_of(store: Store, few: int = FEW) -> Facts:
    """The facts of a store: held whole up to so many documents, else looked up, where the store lets itself be asked
    so (a collection on disk, or data in this very process)."""
    from .stored import DOCUMENTS, StoredFacts, shared_graphs  # which are made of what stands above

    ask = getattr(store, "patterns", None)
    if ask is not None and sum(name.startswith(DOCUMENTS) for name in store.named_graphs()) > few:
        patterns: Patterns | None = ask()
        if patterns is not None:
            return StoredFacts(patterns, shared_graphs(store.named_graphs(), (_INFERRED, _QUERIES)))
    return Facts(_triples(store))


def _triples(store: Store) -> Iterable[tuple[str, str, Term]]:
    for subject, predicate, value in store.select(_QUERY).rows:
        if subject and predicate and value:
            if value.kind == "iri":
                value = Term("iri", shorten(value.value))
            yield shorten(subject.value), shorten(predicate.value), value
