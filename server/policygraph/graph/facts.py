"""One document's triples, told and inferred, laid out for the checks of `shapes`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from .triples import OA, PG, RDF, Known, SpanRow, Triple, integer, iri, span_triples, text

Groups = Sequence[Sequence[str]]
"""The values of each of several nodes, in the order of the nodes."""
_SPAN = re.compile(r"[!-~]+/span/[0-9]+-[0-9]+", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Facts:
    """Columns, one a predicate, of subjects with their objects. told: the nodes that the document's own triples are
    about.

    spans: those that are kept as rows. Of each it is seen at a glance whether the shapes of spans and selectors
    hold, because its triples all come from one template; one that is not `sound` is laid out like other nodes.
    """

    def __init__(self, told: Iterable[Triple], inferred: Iterable[Triple], known: Known,
                 spans: Mapping[str, SpanRow] | None = None) -> None:  # fmt: skip
        self._columns: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        self._inverse: dict[str, dict[str, list[str]]] = {}
        self._known = known
        self._lay(told)
        self._sound = self._judged(spans or {})
        self.told = self._nodes()
        self._lay(inferred)
        for node in self._nodes() & known.about.keys():  # what both speak of has the properties of both
            for p, values in known.about[node].items():
                column = self._columns[p]
                column[node] = list(dict.fromkeys([*column.get(node, ()), *values]))
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        for node, kinds in self._columns[RDF.type].items():
            for kind in kinds if node in self.told else ():
                self._members[kind].add(node)
        self._members[OA.SpecificResource] -= self._sound.keys()

    def _lay(self, triples: Iterable[Triple]) -> None:
        columns = self._columns
        for s, p, o in triples:
            column = columns[p]
            if (values := column.get(s)) is None:
                column[s] = [o]
            else:
                values.append(o)

    def _nodes(self) -> set[str]:
        return set().union(*self._columns.values())

    def _judged(self, spans: Mapping[str, SpanRow]) -> dict[str, SpanRow]:
        """The sound spans; all others are laid out at once."""
        sound, others = {}, list[SpanRow]()
        odd = set[str]().union(*(self._columns.get(p, ()) for p in _OF_SPANS))
        sources = {(row[1], row[5]) for row in spans.values()}
        good = {source for source in sources if self._is_source(*source)}
        for span, row in spans.items():
            node, document, start, end, words, digest = row
            if (
                0 <= start <= end
                and words != ""
                and (document, digest) in good
                and span not in odd
                and _SPAN.fullmatch(node) is not None
            ):
                sound[span] = row
            else:
                others.append(row)
        for row in others:
            self._lay(span_triples(row))
        return sound

    def _is_source(self, document: str, digest: str) -> bool:
        """A document with this digest of its text, and no other."""
        root, columns = f"<{document}>", self._columns
        return (
            columns[PG.sourceDigest].get(root) == [text(digest)]
            and PG.PolicyDocument in columns[RDF.type].get(root, ())
            and _DIGEST.fullmatch(digest) is not None
        )

    def of_class(self, kind: str) -> set[str]:
        """The nodes told that are of a class; sound spans are left out of theirs."""
        return self._members.get(kind, set())

    def with_property(self, predicate: str) -> set[str]:
        return self._columns[predicate].keys() & self.told

    def values(self, nodes: Sequence[str], predicate: str) -> Groups:
        column, about = self._columns[predicate], self._known.about
        if predicate in _OF_ROWS:
            return [column[n] if n in column else self._of_row(n, predicate) for n in nodes]
        return [column[n] if n in column else about[n].get(predicate, ()) if n in about else () for n in nodes]

    def _of_row(self, node: str, predicate: str) -> Sequence[str]:
        """What the row of a sound span says of it or of one of its selectors."""
        span, _, selector = node.partition("#")
        row = self._sound.get(f"{span}>" if selector else node)
        said = _OF_ROWS[predicate].get(selector)
        return said(row) if row and said else self._known.about.get(node, {}).get(predicate, ())

    def subjects(self, nodes: Sequence[str], predicate: str) -> Groups:
        """Who has these nodes as a value."""
        if (inverse := self._inverse.get(predicate)) is None:
            inverse = self._inverse[predicate] = {}
            for s, objects in self._columns[predicate].items():
                for o in objects:
                    inverse.setdefault(o, []).append(s)
        behind = self._known.subjects
        return [
            list(dict.fromkeys([*inverse.get(n, ()), *behind[predicate, n]]))
            if (predicate, n) in behind
            else inverse.get(n, ())
            for n in nodes
        ]

    def kinds(self, nodes: Sequence[str]) -> Groups:
        return self.values(nodes, RDF.type)


_OF_SPANS = frozenset({OA.hasSource, OA.hasSelector, OA.exact, OA.start, OA.end, PG.sourceDigest})
_OF_ROWS: dict[str, dict[str, Callable[[SpanRow], list[str]]]] = {
    OA.hasSource: {"": lambda row: [iri(row[1])]},
    OA.hasSelector: {"": lambda row: [iri(f"{row[0]}#position"), iri(f"{row[0]}#quote")]},
    PG.sourceDigest: {"": lambda row: [text(row[5])]},
    OA.start: {"position>": lambda row: [integer(row[2])]},
    OA.end: {"position>": lambda row: [integer(row[3])]},
    OA.exact: {"quote>": lambda row: [text(row[4])]},
    RDF.type: {"position>": lambda _: [OA.TextPositionSelector], "quote>": lambda _: [OA.TextQuoteSelector]},
}
"""Predicate → the span itself or a selector of it → its values; `span_triples` says the same."""
