"""One document's triples, told and inferred, laid out for the checks of `shapes`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from .triples import RDF, Known, Triple


class Facts:
    """told: the nodes that the document's own triples are about, in the order of the triples."""

    def __init__(
        self, told: Iterable[Triple], inferred: Iterable[Triple], known: Known, inverse: Set[str] = frozenset()
    ) -> None:
        own: dict[str, dict[str, list[str]]] = {}
        self._subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._known = known
        self.told: list[str] = []
        for triples in (told, inferred):
            for s, p, o in triples:
                if (about := own.get(s)) is None:
                    own[s] = {p: [o]}
                elif (values := about.get(p)) is None:
                    about[p] = [o]
                else:
                    values.append(o)
                if p in inverse:
                    self._subjects[p, o].append(s)
            self.told = self.told or list(own)
        self._own = own
        for node in own.keys() & known.about.keys():  # what both speak of has the properties of both
            for p, values in known.about[node].items():
                own[node][p] = list(dict.fromkeys([*own[node].get(p, ()), *values]))

    def properties(self, node: str) -> dict[str, list[str]]:
        return self._own.get(node) or self._known.about.get(node) or {}

    def values(self, node: str, predicate: str) -> list[str]:
        return self.properties(node).get(predicate, [])

    def subjects(self, predicate: str, node: str) -> list[str]:
        """Who has this node as a value; only for the predicates that were named as inverse."""
        return [*self._subjects.get((predicate, node), ()), *self._known.subjects.get((predicate, node), ())]

    def kinds(self, node: str) -> list[str]:
        return self.values(node, RDF.type)
