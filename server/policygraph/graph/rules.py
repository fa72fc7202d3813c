"""The ontology's rules run over one document's triples: what owlrl infers in seconds, in a millisecond or two.

`Rules` reads the axioms of the ontology once. `Rules.infer` is a semi-naive evaluation: every triple is looked at
once, and what it implies, alone or with those seen before it, is looked at in turn. The axioms, under their names in
OWL 2 Profiles, section 4.3: rdfs:subClassOf and owl:equivalentClass (cax-sco, cax-eqc), rdfs:subPropertyOf and
owl:equivalentProperty (prp-spo1, prp-eqp), owl:inverseOf (prp-inv), owl:SymmetricProperty (prp-symp),
owl:TransitiveProperty (prp-trp), chains of two properties (prp-spo2), rdfs:domain and rdfs:range (prp-dom, prp-rng),
owl:disjointWith and owl:AllDisjointClasses (cax-dw, cax-adc). An ontology that uses any other axiom is refused, so
that nothing is silently left out; a test holds the results against owlrl's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from ..errors import BuildError
from .prefixes import ID_BASE, PREFIXES
from .triples import OWL, RDF, RDFS, Known, Triple

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
        made: dict[Triple, None] = {}
        agenda = [t for t in told if t[1] in self._relevant]
        objects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

        def say(s: str, p: str, o: str) -> None:
            triple = (s, p, o)
            if triple not in told and triple not in made and triple not in known.triples and s[0] != '"':
                made[triple] = None
                agenda.append(triple)

        while agenda:
            s, p, o = agenda.pop()
            if p == RDF.type:
                for above in self.classes.get(o, ()):
                    say(s, p, above)
            for implied, turned in self.properties.get(p, ()):
                say(*((o, implied, s) if turned else (s, implied, o)))
            for kind in self.domains.get(p, ()):
                say(s, RDF.type, kind)
            for kind in self.ranges.get(p, ()):
                say(o, RDF.type, kind)
            if p in self.before or p in self.after:
                objects[s, p].append(o)
                subjects[p, o].append(s)
                for second, whole in self.before.get(p, ()):
                    for end in [*objects.get((o, second), ()), *known.about.get(o, {}).get(second, ())]:
                        say(s, whole, end)
                for first, whole in self.after.get(p, ()):
                    for start in [*subjects.get((first, s), ()), *known.subjects.get((first, s), ())]:
                        say(start, whole, o)
        self._check(told, made, known)
        return sorted(t for t in made if t[0].startswith(_OURS) and t[2][0] == "<" and t[2] not in _UNSAID)

    def _check(self, told: Iterable[Triple], made: Iterable[Triple], known: Known) -> None:
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        for triples in (told, made):
            for s, p, o in triples:
                if p == RDF.type and o in self.disjoint:
                    kinds[s].add(o)
        for node, own in sorted(kinds.items()):
            everything = own | {k for k in known.about.get(node, {}).get(RDF.type, ()) if k in self.disjoint}
            for kind in sorted(own):
                if clash := sorted(self.disjoint[kind] & everything):
                    raise BuildError(f"inconsistent: {node} is a {kind} and a {clash[0]}, and these are disjoint")


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
