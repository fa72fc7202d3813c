"""The ontology's rules run over one document's triples: what owlrl infers in seconds, in a millisecond or two.

`Rules` reads the axioms of the ontology once. `Rules.infer` is a semi-naive evaluation in rounds: all new triples of a
predicate are looked at together, and what they imply, alone or with those seen before, is new in the next round. The
axioms, under their names in
OWL 2 Profiles, section 4.3: rdfs:subClassOf and owl:equivalentClass (cax-sco, cax-eqc), rdfs:subPropertyOf and
owl:equivalentProperty (prp-spo1, prp-eqp), owl:inverseOf (prp-inv), owl:SymmetricProperty (prp-symp),
owl:TransitiveProperty (prp-trp), chains of two properties (prp-spo2), rdfs:domain and rdfs:range (prp-dom, prp-rng),
owl:disjointWith and owl:AllDisjointClasses (cax-dw, cax-adc). An ontology that uses any other axiom is refused, so
that nothing is silently left out; a test holds the results against owlrl's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain

from ..errors import BuildError
from .prefixes import ID_BASE, PREFIXES
from .triples import OWL, RDF, RDFS, Known, Triple

Pair = tuple[str, str]
_SAID = {
    OWL.inverseOf, OWL.propertyChainAxiom, OWL.equivalentClass, OWL.equivalentProperty, OWL.disjointWith, OWL.members,
}  # fmt: skip
_SILENT = {OWL.versionIRI, OWL.versionInfo, OWL.imports, OWL.priorVersion, OWL.deprecated}
_KINDS = {
    OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual,
    OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.AllDisjointClasses,
}  # fmt: skip
_OURS = f"<{ID_BASE}"
_OWL = f"<{PREFIXES['owl']}"
_UNSAID = {OWL.Thing, OWL.NamedIndividual}


class Rules:
    """The axioms of an ontology, ready to run. Raises BuildError for an axiom that is none of the above."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        ontology = Known(triples)
        _refuse_others(ontology)
        self.classes = _above(_pairs(ontology, RDFS.subClassOf, OWL.equivalentClass))
        self.properties = _implied(ontology)
        self.domains = _pairs(ontology, RDFS.domain)
        self.ranges = _pairs(ontology, RDFS.range)
        self.before: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.after: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for first, second, made in _chains(ontology):
            self.before[first].append((second, made))
            self.after[second].append((first, made))
        self.disjoint = _disjoint(ontology)
        self._relevant = {RDF.type, *self.properties, *self.domains, *self.ranges, *self.before, *self.after}

    def infer(self, told: Set[Triple], known: Known | None = None) -> list[Triple]:
        """What follows from the triples told and known and stands in neither, sorted.

        Trimmed as `reason.closure` is: about our own things only, and nothing that says no more than that a thing
        is a thing. Raises BuildError where a thing belongs to two disjoint classes.
        """
        known = known or Known()
        made: set[Triple] = set()
        kinds: list[Pair] = []
        seen = _Seen(known)
        new = _by_predicate(t for t in told if t[1] in self._relevant)
        while new:
            kinds += new.get(RDF.type, ())
            said = {t for t in self._implied(new, seen) if t not in told and t not in made and t not in known.triples}
            said = {t for t in said if t[0][0] != '"'}
            made |= said
            new = _by_predicate(said)
        self._check(kinds, known)
        return sorted(t for t in made if t[0].startswith(_OURS) and t[2][0] == "<" and t[2] not in _UNSAID)

    def _implied(self, new: Mapping[str, list[Pair]], seen: _Seen) -> Iterator[Triple]:
        """What new triples, by predicate, say by one rule, alone or with each other and those seen before."""
        a = RDF.type
        for p, pairs in new.items():
            if p in self.before or p in self.after:
                seen.add(p, pairs)
        for p, pairs in new.items():
            if p == a:
                yield from ((s, a, above) for s, o in pairs for above in self.classes.get(o, ()))
            for implied, turned in self.properties.get(p, ()):
                yield from ((o, implied, s) if turned else (s, implied, o) for s, o in pairs)
            for kind in self.domains.get(p, ()):
                yield from ((s, a, kind) for s, _ in pairs)
            for kind in self.ranges.get(p, ()):
                yield from ((o, a, kind) for _, o in pairs)
            for second, whole in self.before.get(p, ()):
                yield from ((s, whole, end) for s, o in pairs for end in seen.objects(o, second))
            for first, whole in self.after.get(p, ()):
                yield from ((start, whole, o) for s, o in pairs for start in seen.subjects(first, s))

    def _check(self, pairs: Iterable[Pair], known: Known) -> None:
        """pairs: things and their classes."""
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        for s, kind in pairs:
            if kind in self.disjoint:
                kinds[s].add(kind)
        for node, own in sorted((n, k) for n, k in kinds.items() if len(k) > 1 or n in known.about):
            everything = own.union(known.about.get(node, {}).get(RDF.type, ()))
            for kind in sorted(own):
                if clash := sorted(self.disjoint[kind] & everything):
                    raise BuildError(f"inconsistent: {node} is a {kind} and a {clash[0]}, and these are disjoint")


class _Seen:
    """The triples of the chains' predicates by subject and by object, those that stand behind the document included."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._objects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, predicate: str, pairs: Iterable[Pair]) -> None:
        for s, o in pairs:
            self._objects[s, predicate].append(o)
            self._subjects[predicate, o].append(s)

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        return chain(self._objects.get((subject, predicate), ()), self._known.about.get(subject, {}).get(predicate, ()))

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        return chain(self._subjects.get((predicate, object_), ()), self._known.subjects.get((predicate, object_), ()))


def _by_predicate(triples: Iterable[Triple]) -> dict[str, list[Pair]]:
    made: defaultdict[str, list[Pair]] = defaultdict(list)
    for s, p, o in triples:
        made[p].append((s, o))
    return made


def _refuse_others(ontology: Known) -> None:
    said = {p for _, p, _ in ontology.triples if p.startswith(_OWL)} - _SAID - _SILENT
    kinds = {o for _, p, o in ontology.triples if p == RDF.type and o.startswith(_OWL)} - _KINDS
    if unknown := sorted(said | kinds):
        raise BuildError(f"graph/rules.py has no rule for {', '.join(unknown)}, which the ontology uses")


def _pairs(ontology: Known, *predicates: str) -> dict[str, list[str]]:
    """Subject → objects; an owl:equivalent… counts in both directions."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    for predicate in predicates:
        for subject, about in ontology.about.items():
            for value in about.get(predicate, ()):
                made[subject].append(value)
                if predicate in (OWL.equivalentClass, OWL.equivalentProperty):
                    made[value].append(subject)
    return dict(made)


def _above(pairs: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Each class with all classes above it, itself left out."""
    found: dict[str, tuple[str, ...]] = {}
    for start in pairs:
        seen, agenda = {start}, [start]
        while agenda:
            new = set(pairs.get(agenda.pop(), ())) - seen
            seen |= new
            agenda += new
        found[start] = tuple(sorted(seen - {start}))
    return found


def _implied(ontology: Known) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Property → (property that it implies directly, whether subject and object change places)."""
    made: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    for below, aboves in _pairs(ontology, RDFS.subPropertyOf, OWL.equivalentProperty).items():
        made[below].update((above, False) for above in aboves)
    for one, others in _pairs(ontology, OWL.inverseOf).items():
        for other in others:
            made[one].add((other, True))
            made[other].add((one, True))
    for symmetric in ontology.subjects.get((RDF.type, OWL.SymmetricProperty), ()):
        made[symmetric].add((symmetric, True))
    return {key: tuple(sorted(values)) for key, values in made.items()}


def _chains(ontology: Known) -> list[tuple[str, str, str]]:
    """(first, second, what both imply). Raises BuildError for a chain that is longer."""
    made = [(p, p, p) for p in ontology.subjects.get((RDF.type, OWL.TransitiveProperty), ())]
    for whole, heads in _pairs(ontology, OWL.propertyChainAxiom).items():
        for links in map(ontology.members, heads):
            if len(links) != 2:
                raise BuildError(f"graph/rules.py has no rule for a chain of {len(links)} properties: {whole}")
            made.append((links[0], links[1], whole))
    return made


def _disjoint(ontology: Known) -> dict[str, set[str]]:
    """Class → the classes that share nothing with it."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    groups = [[s, o] for s, others in _pairs(ontology, OWL.disjointWith).items() for o in others]
    for axiom in ontology.subjects.get((RDF.type, OWL.AllDisjointClasses), ()):
        groups += map(ontology.members, ontology.about[axiom].get(OWL.members, ()))
    for names in map(set, groups):
        for name in names:
            made[name] |= names - {name}
    return dict(made)
