"""Fourth stage: a parsed document becomes RDF (vocabulary contract, sections IRIs, Classes and Properties)."""

from __future__ import annotations

from decimal import Decimal

from ..graph.iri import EntityIri, path
from ..graph.triples import DCTERMS, ELI, PG, RDF, RDFS, SKOS, Triples, day, decimal, integer, iri, text, year, zh
from .measure_facts import measured
from .model import Assignment, Citation, Document, Finding, Goal, Mention, Provision, Sentence, Span, Target
from .numerals import DATE, to_date
from .resolve import Names
from .spans import Spans
from .when import horizon


def emit(document: Document, name: str, names: Names) -> Triples:
    """name: the document's id below doc/. Returns its asserted triples. Raises IriError where two things collide."""
    return _Emitter(document, name, names).run()


def object_of(form: str, value: str) -> str:
    """The written object of a statement of `Names`. form: iri, zh or text."""
    return iri(value) if form == "iri" else zh(value) if form == "zh" else text(value)


class _Emitter:
    """Nodes are written terms (`<https://...>`), as everywhere behind `Triples`."""

    def __init__(self, document: Document, name: str, names: Names) -> None:
        self.document = document
        self.name = name
        self.names = names
        self.triples = Triples()
        self.add = self.triples.add
        self.root = iri(names.minter.mint(EntityIri("document", document=name), "the document"))
        self.spans = Spans(self.triples, document, name)

    def run(self) -> Triples:
        self._facts()
        for position, part in enumerate(self.document.parts, 1):
            self._unit(part, self.root, position)
        self._citations(self.root, self.document.citations)
        for index, target in enumerate(self.document.targets, 1):
            self._target("", self.root, target, index)
        self._things()
        self.spans.leaves(self._owner)
        return self.triples

    def _mint(self, of: str, kind: str, index: int, what: str) -> str:
        """The node of a thing that stands in another, `of`."""
        return iri(self.names.minter.mint_step(of[1:-1], kind, index, what))

    def _tell(self, node: str, **values: str | None) -> None:
        """Properties of our own vocabulary; None: nothing is known."""
        for key, value in values.items():
            if value is not None:
                self.add(node, PG[key], value)

    def _owner(self, place: str) -> str:
        return f"{self.root[:-1]}/{place}>" if place else self.root

    def _stated(self, node: str, span: Span) -> None:
        self.add(node, PG.basis, PG.Stated)
        self.spans.quote(node, span)

    def _facts(self) -> None:
        add, root, facts = self.add, self.root, self.document.facts
        add(root, RDF.type, PG.PolicyDocument)
        if title := self.document.fact("title"):
            add(root, DCTERMS.title, zh(title))
        add(root, PG.sourceDigest, text(self.document.digest))
        for key in ("documentNumber", "indexNumber", "subjectCategory", "validity", "distribution"):
            self._tell(root, **{key: _words(self.document.fact(key))})
        for quote in facts.get("addressee", []):
            self._tell(root, addressee=_words(quote.value))
        for key, prop in (
            ("passed_by", ELI.passed_by),
            ("publisher", DCTERMS.publisher),
            ("approvedBy", PG.approvedBy),
        ):
            for quote in facts.get(key, []):
                add(root, prop, iri(self.names.actor(quote.value, quote.span)))
        issued = self.document.fact("issued") or self.document.fact("date_document")
        dated = self.document.fact("date_document") or issued
        in_force = _in_force(self.document.fact("first_date_entry_in_force"), dated)
        for prop, printed in (
            (DCTERMS.issued, issued),  # issued on the day that it bears, where no 发布日期 is printed
            (ELI.date_document, dated),
            (ELI.first_date_entry_in_force, in_force),
        ):
            if printed:
                add(root, prop, day(to_date(printed)))
        if self.names.jurisdiction:
            add(root, ELI.jurisdiction, iri(self.names.iri("place", self.names.jurisdiction)))
        leaves = self.document.leaves
        self.spans.quote(root, Span(leaves[0].span.start, leaves[-1].span.end))

    def _unit(self, item: Provision, of: str, position: int) -> None:
        """A part, annex or provision with all that stands in it, to any depth."""
        add = self.add
        kind = item.kind.lower() if item.kind in ("Part", "Annex") else "provision"
        place = path(kind, document=self.name, number=item.number)
        node = iri(self.names.minter.mint_path(place, f"{item.printed}{item.heading}"))
        add(node, RDF.type, PG[item.kind])
        add(node, SKOS.notation, text(item.number))
        add(node, RDFS.label, zh(item.heading or item.printed))
        add(node, ELI.is_part_of, of)
        self._tell(node, text=_words(item.text), position=integer(position), printedNumber=_words(item.printed))
        self.spans.quote(node, item.span)
        self._content(item, node)
        for order, below in enumerate(item.provisions, 1):
            self._unit(below, node, order)

    def _content(self, item: Provision, node: str) -> None:
        """What a unit says itself."""
        for phrase in item.responsibility:
            self._tell(node, responsibilityPhrase=_words(phrase.value))
        for index, sentence in enumerate(item.sentences, 1):
            self._sentence(item, node, sentence, index)
        self._mentions(node, node, item.mentions)
        for one in item.assignments:
            self._assignment(item, node, one)
        for index, target in enumerate(item.targets, 1):
            self._target(item.number, node, target, index)
        for index, goal in enumerate(item.goals, 1):
            self._goal(item, node, goal, index)
        self._citations(node, item.citations)

    def _sentence(self, item: Provision, of: str, sentence: Sentence, index: int) -> None:
        add, node = self.add, self._mint(of, "sentence", index, sentence.text)
        add(node, RDF.type, PG.Measure if sentence.measure else PG.Sentence)
        add(node, SKOS.notation, text(f"{item.number}/s{index}"))
        add(node, RDFS.label, zh(_opening(sentence.text)))
        add(node, ELI.is_part_of, of)
        add(node, PG.text, text(sentence.text))
        add(node, PG.position, integer(index))
        if sentence.measure:
            add(of, PG.hasMeasure, node)
        self.spans.quote(node, sentence.span)
        self._mentions(node, of, sentence.mentions)
        measured(self.triples, self.spans, node, sentence, self._mint)

    def _mentions(self, node: str, provision: str, mentions: tuple[Mention, ...]) -> None:
        add = self.add
        for index, mention in enumerate(mentions, 1):
            made = self._mint(node, "mention", index, f"{mention.name} at {mention.span.start}")
            thing = iri(self.names.mention(mention.kind, mention.name))
            add(made, RDF.type, PG.Mention)
            add(made, PG.mentioned, thing)
            self._stated(made, mention.span)
            add(node, PG.hasMention, made)
            add(node, PG.mentions, thing)
            add(provision, PG.mentions, thing)

    def _assignment(self, item: Provision, provision: str, one: Assignment) -> None:
        node = self._mint(provision, "assignment", one.position, f"{item.number} {one.name}")
        self.add(provision, PG.hasAssignment, node)
        self.add(node, RDF.type, PG.Assignment)
        self.add(node, PG.actor, iri(self.names.actor(one.name, one.span)))
        self.add(node, PG.role, PG[one.role])
        self.add(node, PG.position, integer(one.position))
        self.add(node, PG.printedName, text(one.printed or one.name))
        self._tell(node, deadlinePhrase=_words(one.term), deadline=day(one.deadline) if one.deadline else None)
        self._stated(node, one.span)

    def _target(self, number: str, provision: str, target: Target, index: int) -> None:
        node = self._mint(provision, "target", index, target.phrase)
        self.add(provision, PG.hasTarget, node)
        self.add(node, RDF.type, PG.Target)
        self.add(node, RDFS.label, zh(target.phrase))
        for name in target.indicators:
            self.add(node, PG.indicator, iri(self.names.indicator(name, target.span)))
        for name in target.comparators:
            self.add(node, PG.comparator, PG[name])
        unit = self.names.unit(target.unit)
        if unit:
            entry = self.names.registry.by["units"][self.names.registry.aliases["units"][target.unit]]
            self._tell(node, unit=iri(unit), normalizedValue=decimal(target.value * Decimal(entry.text("factor"))))
        else:
            self._tell(node, printedUnit=_words(target.unit))
            message = f"the unit {target.unit} is not in the registry; kept as printed"
            self.names.findings.append(Finding("unit", message, target.span))
        self._tell(node, value=decimal(target.value), upperValue=decimal(target.upper) if target.upper else None,
                   printedValue=_words(target.printed), valueStart=integer(target.value_start),
                   scope=_words(target.scope), targetYear=_year(target.year),
                   deadline=day(target.deadline) if target.deadline else None,
                   baselineYear=_year(target.baseline_year), baselinePhrase=_words(target.baseline_phrase),
                   baseline=decimal(target.baseline) if target.baseline is not None else None,
                   statedIn=self._owner(f"{number}/s{target.sentence}" if number else ""))  # fmt: skip
        self._stated(node, target.span)

    def _goal(self, item: Provision, provision: str, goal: Goal, index: int) -> None:
        node = self._mint(provision, "goal", index, goal.label)
        self.add(provision, PG.hasGoal, node)
        self.add(node, RDF.type, PG.Goal)
        self.add(node, RDFS.label, zh(goal.label))
        self._tell(node, text=_words(goal.text), governingVerb=_words(goal.verb), targetYear=_year(goal.year),
                   statedIn=self._owner(f"{item.number}/s{goal.sentence}"))  # fmt: skip
        self._stated(node, goal.span)

    def _citations(self, node: str, cited: tuple[Citation, ...]) -> None:
        for index, citation in enumerate(cited, 1):
            made = self._mint(node, "citation", index, citation.title)
            self.add(node, PG.hasCitation, made)
            self.add(made, RDF.type, PG.Citation)
            self.add(made, PG.citedDocument, iri(self.names.cited(citation)))
            self._tell(made, citedTitle=_words(citation.title), citedNumber=_words(citation.number),
                       citedIssuer=_words(citation.issuer), citationPhrase=_words(citation.phrase))  # fmt: skip
            self._stated(made, citation.span)

    def _things(self) -> None:
        """Actors, places, terms, indicators and cited documents that the registry has no entry for."""
        for node, prop, form, value in self.names.statements():
            self.add(iri(node), iri(prop), object_of(form, value))


def _in_force(printed: str, dated: str) -> str:
    """自2024年7月1日起施行 names the day; 自印发之日起 means the day that the document bears."""
    return printed if DATE.fullmatch(printed) else dated if printed else ""


def _opening(words: str) -> str:
    """What a sentence is called: its first clause, with the next one where that only says by when (到2025年，……)."""
    first, comma, rest = words.partition("，")
    now = horizon(first, Span(0, len(first))) if comma else None
    if now and now.span.end == len(first):
        first += comma + rest.partition("，")[0]
    return first.rstrip("。")


def _words(value: str) -> str | None:
    """A string as printed, None where the text has none."""
    return text(value) if value else None


def _year(value: int | None) -> str | None:
    return None if value is None else year(value)
