"""Fourth stage: a parsed document becomes RDF (vocabulary contract, sections IRIs, Classes and Properties)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from rdflib import Graph, Literal, URIRef

from ..graph.iri import EntityIri
from ..graph.namespaces import DCTERMS, ELI, PG, PREFIXES, RDF, RDFS, SKOS, XSD
from .measure_facts import measured
from .model import Citation, Document, Finding, Mention, Part, Provision, Sentence, Span, Target
from .numerals import to_date
from .resolve import Names
from .spans import Spans


def zh(text: str) -> Literal:
    return Literal(text, lang="zh")


def decimal(value: Decimal) -> Literal:
    """Canonical xsd:decimal: 53 rather than 53.0, so that every engine keeps the bytes."""
    plain = format(value, "f")
    return Literal(plain.rstrip("0").rstrip(".") if "." in plain else plain, datatype=XSD.decimal)


def new_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def emit(document: Document, name: str, names: Names) -> Graph:
    """name: the document's id below doc/. Returns its asserted graph. Raises IriError where two things collide."""
    return _Emitter(document, name, names).run()


class _Emitter:
    def __init__(self, document: Document, name: str, names: Names) -> None:
        self.document = document
        self.name = name
        self.names = names
        self.graph = new_graph()
        self.root = URIRef(names.minter.mint(EntityIri("document", document=name), "the document"))
        self.spans = Spans(self.graph, document, name, self.root)

    def run(self) -> Graph:
        self._facts()
        for position, part in enumerate(self.document.parts, 1):
            self._part(part, position)
        self._citations(self.root, "", self.document.citations)
        for (kind, label), iri in sorted(self.names.new.items()):
            self._new(kind, label, URIRef(iri))
        self.spans.leaves(self._owner)
        return self.graph

    def _mint(self, kind: str, what: str, number: str = "", index: int = 0, sentence: int = 0) -> URIRef:
        entity = EntityIri(kind, document=self.name, number=number, index=index, sentence=sentence)
        return URIRef(self.names.minter.mint(entity, what))

    def _add(self, node: URIRef, **values: object) -> None:
        for key, value in values.items():
            if value is not None and value != "":
                self.graph.add((node, PG[key], value if isinstance(value, URIRef | Literal) else Literal(value)))

    def _owner(self, path: str) -> URIRef:
        return URIRef(f"{self.root}/{path}") if path else self.root

    def _stated(self, node: URIRef, span: Span) -> None:
        self._add(node, basis=PG.Stated)
        self.spans.quote(node, span)

    def _facts(self) -> None:
        add, root, facts = self.graph.add, self.root, self.document.facts
        add((root, RDF.type, PG.PolicyDocument))
        add((root, DCTERMS.title, zh(self.document.fact("title"))))
        self._add(root, sourceDigest=self.document.digest)
        for key in ("documentNumber", "indexNumber", "subjectCategory", "validity", "distribution"):
            self._add(root, **{key: self.document.fact(key)})
        for quote in facts.get("addressee", []):
            self._add(root, addressee=quote.value)
        for key, prop in (
            ("passed_by", ELI.passed_by),
            ("publisher", DCTERMS.publisher),
            ("approvedBy", PG.approvedBy),
        ):
            for quote in facts.get(key, []):
                add((root, prop, URIRef(self.names.actor(quote.value, quote.span))))
        issued = self.document.fact("issued") or self.document.fact("date_document")
        dated = self.document.fact("date_document") or issued
        in_force = issued if "first_date_entry_in_force" in facts else ""
        for prop, text in (
            (DCTERMS.issued, issued),
            (ELI.date_document, dated),
            (ELI.first_date_entry_in_force, in_force),
        ):
            if text:
                add((root, prop, Literal(to_date(text).isoformat(), datatype=XSD.date)))
        if self.names.jurisdiction:
            add((root, ELI.jurisdiction, URIRef(self.names.iri("place", self.names.jurisdiction))))
        leaves = self.document.leaves
        self.spans.quote(root, Span(leaves[0].span.start, leaves[-1].span.end))

    def _unit(self, node: URIRef, of: URIRef, kind: str, item: Part | Provision, position: int) -> None:
        add = self.graph.add
        add((node, RDF.type, PG[kind]))
        add((node, SKOS.notation, Literal(item.number)))
        add((node, RDFS.label, zh(item.heading or item.printed)))
        add((node, ELI.is_part_of, of))
        self._add(node, text=item.text, position=position, printedNumber=item.printed)
        self.spans.quote(node, item.span)

    def _part(self, part: Part, position: int) -> None:
        node = self._mint("part", f"{part.printed}{part.heading}", part.number)
        self._unit(node, self.root, "Part", part, position)
        for order, item in enumerate(part.provisions, 1):
            self._provision(item, node, order)

    def _provision(self, item: Provision, part: URIRef, position: int) -> None:
        node = self._mint("provision", f"{item.printed}{item.heading}", item.number)
        self._unit(node, part, item.kind, item, position)
        if item.responsibility:
            self._add(node, responsibilityPhrase=item.responsibility.value)
        for index, sentence in enumerate(item.sentences, 1):
            self._sentence(item, node, sentence, index)
        self._mentions(node, node, item.number, 0, item.mentions)
        for one in item.assignments:
            made = self._mint("assignment", f"{item.number} {one.name}", item.number, one.position)
            self._add(node, hasAssignment=made)
            self.graph.add((made, RDF.type, PG.Assignment))
            self._add(made, actor=URIRef(self.names.actor(one.name, one.span)), role=PG[one.role],
                      position=one.position, printedName=one.name)  # fmt: skip
            self._stated(made, one.span)
        for index, target in enumerate(item.targets, 1):
            self._target(item, node, target, index)
        for index, goal in enumerate(item.goals, 1):
            made = self._mint("goal", goal.label, item.number, index)
            self._add(node, hasGoal=made)
            self.graph.add((made, RDF.type, PG.Goal))
            self.graph.add((made, RDFS.label, zh(goal.label)))
            self._add(made, text=goal.text, governingVerb=goal.verb, targetYear=_year(goal.year),
                      statedIn=self._owner(f"{item.number}/s{goal.sentence}"))  # fmt: skip
            self._stated(made, goal.span)
        self._citations(node, item.number, item.citations)

    def _sentence(self, item: Provision, of: URIRef, sentence: Sentence, index: int) -> None:
        node = self._mint("sentence", sentence.text, item.number, index)
        add = self.graph.add
        add((node, RDF.type, PG.Measure if sentence.measure else PG.Sentence))
        add((node, SKOS.notation, Literal(f"{item.number}/s{index}")))
        add((node, RDFS.label, zh(sentence.text.split("，")[0].rstrip("。"))))
        add((node, ELI.is_part_of, of))
        self._add(node, text=sentence.text, position=index)
        if sentence.measure:
            self._add(of, hasMeasure=node)
        self.spans.quote(node, sentence.span)
        self._mentions(node, of, item.number, index, sentence.mentions)
        measured(self.graph, self.spans, node, sentence, partial(self._mint, number=item.number, sentence=index))

    def _mentions(self, node: URIRef, provision: URIRef, number: str, sentence: int,
                  mentions: tuple[Mention, ...]) -> None:  # fmt: skip
        for index, mention in enumerate(mentions, 1):
            made = self._mint("mention", f"{mention.name} at {mention.span.start}", number, index, sentence)
            thing = URIRef(self.names.mention(mention.kind, mention.name))
            self.graph.add((made, RDF.type, PG.Mention))
            self._add(made, mentioned=thing)
            self._stated(made, mention.span)
            self._add(node, hasMention=made, mentions=thing)
            self._add(provision, mentions=thing)

    def _target(self, item: Provision, provision: URIRef, target: Target, index: int) -> None:
        node = self._mint("target", target.phrase, item.number, index)
        self._add(provision, hasTarget=node)
        self.graph.add((node, RDF.type, PG.Target))
        self.graph.add((node, RDFS.label, zh(target.phrase)))
        for name in target.indicators:
            self._add(node, indicator=URIRef(self.names.indicator(name, target.span)))
        for name in target.comparators:
            self._add(node, comparator=PG[name])
        unit = self.names.unit(target.unit)
        if unit:
            entry = self.names.registry.by["units"][self.names.registry.aliases["units"][target.unit]]
            self._add(node, unit=URIRef(unit), normalizedValue=decimal(target.value * Decimal(entry.text("factor"))))
        else:
            self._add(node, printedUnit=target.unit)
            message = f"the unit {target.unit} is not in the registry; kept as printed"
            self.names.findings.append(Finding("unit", message, target.span))
        self._add(node, value=decimal(target.value), upperValue=decimal(target.upper) if target.upper else None,
                  printedValue=target.printed, valueStart=target.value_start, scope=target.scope,
                  targetYear=_year(target.year),
                  deadline=Literal(target.deadline.isoformat(), datatype=XSD.date) if target.deadline else None,
                  baselineYear=_year(target.baseline_year), baselinePhrase=target.baseline_phrase,
                  baseline=decimal(target.baseline) if target.baseline is not None else None,
                  statedIn=self._owner(f"{item.number}/s{target.sentence}"))  # fmt: skip
        self._stated(node, target.span)

    def _citations(self, node: URIRef, number: str, cited: tuple[Citation, ...]) -> None:
        for index, citation in enumerate(cited, 1):
            made = self._mint("citation", citation.title, number, index)
            self._add(node, hasCitation=made)
            self.graph.add((made, RDF.type, PG.Citation))
            if citation.number:
                from_number = self.names.cited(citation.number)
                self._add(made, citedDocument=URIRef(from_number) if from_number else None)
            self._add(made, citedTitle=citation.title, citedNumber=citation.number, citedIssuer=citation.issuer,
                      citationPhrase=citation.phrase)  # fmt: skip
            self._stated(made, citation.span)

    def _new(self, kind: str, label: str, node: URIRef) -> None:
        """A thing that the registry lacks: its printed name is all that is known."""
        kinds = {"actor": "Actor", "term": "Term", "indicator": "Indicator", "place": "Place"}
        self.graph.add((node, RDF.type, PG[kinds[kind]]))
        self.graph.add((node, SKOS.prefLabel, zh(label)))
        self._add(node, basis=PG.Inferred)


def _year(year: int | None) -> Literal | None:
    return None if year is None else Literal(f"{year:04d}", datatype=XSD.gYear)
