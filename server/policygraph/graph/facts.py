"""One document's triples, told and inferred, laid out for the checks of `shapes`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from .triples import OA, PG, RDF, Known, SpanRow, Triple, span_triples, text

_SPAN = re.compile(r"[!-~]+/span/[0-9]+-[0-9]+", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Facts:
    """told: the nodes that the document's own triples are about, in the order of the triples.

    spans: those that are kept as rows. Of each it is seen at a glance whether the shapes of spans and selectors
    hold, because its triples all come from one template; one that is not `sound` is laid out like other nodes.
    """

    def __init__(self, told: Iterable[Triple], inferred: Iterable[Triple], known: Known,
                 inverse: Set[str] = frozenset(), spans: Mapping[str, SpanRow] | None = None) -> None:  # fmt: skip
        own: dict[str, dict[str, list[str]]] = {}
        self._own = own
        self._subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._inverse = inverse
        self._known = known
        self.told: list[str] = []
        self.sound: dict[str, SpanRow] = {}
        self._lay(told)
        for span, row in (spans or {}).items():
            if self._is_sound(row) and own[span].keys().isdisjoint(_OF_SPANS):
                self.sound[span] = row
            else:
                self._lay(span_triples(row))
        self.told = list(own)
        self._lay(inferred)
        for node in own.keys() & known.about.keys():  # what both speak of has the properties of both
            for p, values in known.about[node].items():
                own[node][p] = list(dict.fromkeys([*own[node].get(p, ()), *values]))

    def _lay(self, triples: Iterable[Triple]) -> None:
        own, inverse, subjects = self._own, self._inverse, self._subjects
        for s, p, o in triples:
            if (about := own.get(s)) is None:
                own[s] = {p: [o]}
            elif (values := about.get(p)) is None:
                about[p] = [o]
            else:
                values.append(o)
            if p in inverse:
                subjects[p, o].append(s)

    def _is_sound(self, row: SpanRow) -> bool:
        node, document, start, end, words, digest = row
        of = self._own.get(f"<{document}>", {})
        return (
            0 <= start <= end
            and words != ""
            and of.get(PG.sourceDigest) == [text(digest)]
            and PG.PolicyDocument in of.get(RDF.type, ())
            and _SPAN.fullmatch(node) is not None
            and _DIGEST.fullmatch(digest) is not None
        )

    def properties(self, node: str) -> dict[str, list[str]]:
        return self._own.get(node) or self._known.about.get(node) or {}

    def values(self, node: str, predicate: str) -> list[str]:
        found = self.properties(node).get(predicate)
        if found is None:
            return self._of_span(node, predicate) if predicate in _OF_SPANS or "#" in node else []
        return found

    def _of_span(self, node: str, predicate: str) -> list[str]:
        """A value of a sound span or of its selectors."""
        row = self.sound.get(node) or self.sound.get(f"{node.partition('#')[0]}>")
        return [] if row is None else [o for s, p, o in span_triples(row) if s == node and p == predicate]

    def subjects(self, predicate: str, node: str) -> list[str]:
        """Who has this node as a value; only for the predicates that were named as inverse."""
        return [*self._subjects.get((predicate, node), ()), *self._known.subjects.get((predicate, node), ())]

    def kinds(self, node: str) -> list[str]:
        return self.values(node, RDF.type)


_OF_SPANS = frozenset({OA.hasSource, OA.hasSelector, OA.exact, OA.start, OA.end, PG.sourceDigest})
