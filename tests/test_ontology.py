"""The ontology obeys its own style, keeps the names of the contract, and says no more than it means."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from policygraph.graph.namespaces import (
    DCTERMS,
    ELI,
    OA,
    ORG,
    OWL,
    PG,
    PREFIXES,
    PROV,
    QB,
    QUDT,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    XSD,
)

FOLDER = Path(__file__).parent.parent / "ontology"
FILES = sorted(FOLDER.glob("*.ttl"))
EX = Namespace("https://example.org/")

# Typed from the vocabulary contract, not read from the ontology: a renamed term must fail here.
TERMS = {
    OWL.Class: """
        PolicyDocument Part Provision GuidingPrinciple Objective Path Task Safeguard Sentence Measure
        Goal Indicator Target Actor CollectiveActor Assignment Citation Alignment Term Place
        Mention Leaf Unit Role Comparator Basis Verification Strength ActorKind TermKind LeafKind
        BodyKind Level CitedDocument
        """,
    OWL.ObjectProperty: """
        hasAssignment actor role responsibleActor responsibleFor hasTarget indicator comparator unit
        hasGoal hasMeasure mentions cites hasCitation citedDocument carriesOut carriedOutBy fromProvision
        toProvision strength basis verification
        approvedBy hasMention mentioned statedIn leafKind leafOf evidenceFor alignedBy actorKind
        jurisdiction termKind baseUnit level fullText
        """,
    OWL.DatatypeProperty: """
        documentNumber indexNumber subjectCategory validity addressee distribution text position
        printedName value upperValue normalizedValue targetYear deadline baselineYear baseline valueStart
        citedTitle citationPhrase evidence score sourceDigest
        horizon printedNumber responsibilityPhrase printedValue printedUnit baselinePhrase scope symbol
        governingVerb citedNumber citedIssuer spaceAfter spaceBefore regionCode expansion periodStart
        periodEnd
        """,
}
INDIVIDUALS = {
    "Role": "Lead Support Responsible",
    "Comparator": """Approximately Reach AtLeast MoreThan AtMost LessThan FallTo IncreaseBy DecreaseBy
        Between Exactly""",
    "Strength": "Exact Close Related",
    "Basis": "Stated Curated Inferred",
    "Verification": """VerifiedText VerifiedHeading VerifiedTheme PartlyVerified Unverified
        Unresolved""",
    "ActorKind": """Government GovernmentOffice ProvincialDepartment CentralBody CentralBranch
        Enterprise Committee Collective""",
    "Level": "NationalLevel ProvincialLevel PrefecturalLevel CountyLevel",
    "TermKind": "Strategy Plan Project Brand Platform Event Area Standard Expression",
    "LeafKind": """HeaderLabel HeaderValue TitleLeaf NumberLeaf AddresseeLeaf PreambleLeaf PartNumber
        PartHeading ProvisionNumber ProvisionHeading SentenceLeaf ResponsibilityLeaf ClosingLeaf
        SignatureLeaf DateLeaf DistributionLeaf UnreadLeaf""",
}
WORDINGS = {
    "Approximately": "左右/约",
    "Reach": "达/达到/实现",
    "AtLeast": "以上/不低于",
    "MoreThan": "超过/突破",
    "AtMost": "不超过/以内",
    "LessThan": "低于",
    "FallTo": "下降至/压缩至",
    "IncreaseBy": "增加/增长",
    "DecreaseBy": "下降",
    "Between": "1—2",
    "Exactly": "7个",
}
SYMBOLS = {
    "Approximately": "≈",
    "Reach": "=",
    "AtLeast": "≥",
    "MoreThan": ">",
    "AtMost": "≤",
    "LessThan": "<",
    "FallTo": "↓",
    "IncreaseBy": "+",
    "DecreaseBy": "−",
    "Between": "–",
    "Exactly": "=",
}
# Terms of namespaces that rdflib does not close, as their publishers list them.
OPEN_NAMESPACES = {
    str(ELI): """LegalResource LegalResourceSubdivision cites has_part is_part_of passed_by jurisdiction
        date_document first_date_entry_in_force in_force applies""",
    str(OA): """SpecificResource TextPositionSelector TextQuoteSelector hasSource hasSelector start end
        exact""",
    str(QUDT): "Unit symbol conversionMultiplier",
    str(SCHEMA): "Place containedInPlace domainIncludes rangeIncludes mentions position text",
    str(XSD): "string integer decimal date gYear boolean",
}


@pytest.fixture(autouse=True)
def literals_as_written() -> Iterator[None]:
    """pySHACL switches rdflib's literal normalization off and, after a bad shapes graph, leaves it off."""
    before = rdflib.NORMALIZE_LITERALS
    yield
    rdflib.NORMALIZE_LITERALS = before


@pytest.fixture
def ontology() -> Graph:
    return Graph().parse(FOLDER / "policygraph.ttl")


def own(graph: Graph) -> Graph:
    """The triples about terms of pg: alone."""
    result = Graph()
    for triple in graph:
        if str(triple[0]).startswith(PG):
            result.add(triple)
    return result


def style_faults(graph: Graph) -> set[str]:
    _, report, _ = pyshacl.validate(own(graph), shacl_graph=Graph().parse(FOLDER / "style.ttl"))
    assert isinstance(report, Graph)
    return {
        f"{report.value(r, SH.focusNode)} {str(report.value(r, SH.sourceShape)).removeprefix(PG)}"
        for r in report.objects(None, SH.result)
    }


def test_the_ontology_has_style(ontology: Graph) -> None:
    assert style_faults(ontology) == set()


@pytest.mark.parametrize(
    ("rule", "turtle"),
    [
        ("TermStyle", "pg:Größe a owl:NamedIndividual ; {ok} ."),
        ("TermStyle-label", "pg:Thing a owl:Class ; rdfs:comment '说明。'@zh , 'A thing.'@en ; {by} ."),
        ("TermStyle-label", "pg:Task rdfs:label '另一标签'@zh ."),
        ("TermStyle-comment", "pg:Thing a owl:Class ; rdfs:label '物'@zh , 'thing'@en ; "
         "rdfs:comment '物。'@zh ; {by} ."),
        ("TermStyle-sentence", "pg:Thing a owl:Class ; rdfs:label '物'@zh , 'thing'@en ; "
         "rdfs:comment '物。'@zh , 'no full stop'@en ; {by} ."),
        ("TermStyle-isDefinedBy", "pg:Task rdfs:isDefinedBy <https://example.org/> ."),
        ("ClassStyle", "pg:thing a owl:Class ; {ok} ."),
        ("PropertyStyle", "pg:HasThing a owl:ObjectProperty ; schema:domainIncludes pg:Task ; "
         "schema:rangeIncludes pg:Task ; {ok} ."),
        ("PropertyStyle-domainIncludes", "pg:has a owl:ObjectProperty ; "
         "schema:rangeIncludes pg:Task ; {ok} ."),
        ("PropertyStyle-rangeIncludes", "pg:has a owl:ObjectProperty ; "
         "schema:domainIncludes pg:Task ; {ok} ."),
        ("PropertyStyle-domain", "pg:actor rdfs:domain pg:Assignment ."),
        ("PropertyStyle-range", "pg:actor rdfs:range pg:Actor ."),
        ("DatatypePropertyStyle-rangeIncludes", "pg:value schema:rangeIncludes pg:Unit ."),
        ("IndividualStyle", "pg:lead a owl:NamedIndividual ; skos:prefLabel '物'@zh , 'thing'@en ; {ok} ."),
        ("IndividualStyle-prefLabel", "pg:Lead skos:prefLabel '主办'@zh ."),
        ("ConceptStyle-inScheme", "pg:Second a pg:Role , skos:Concept ."),
    ],
)  # fmt: skip
def test_each_style_rule_finds_its_fault(ontology: Graph, rule: str, turtle: str) -> None:
    by = "rdfs:isDefinedBy <https://w3id.org/policygraph/ontology>"
    ok = f"rdfs:label '物'@zh , 'thing'@en ; rdfs:comment '物。'@zh , 'A thing.'@en ; {by}"
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    ontology.parse(data=prefixes + turtle.replace("{by}", by).replace("{ok}", ok), format="turtle")
    assert rule in {fault.split()[1] for fault in style_faults(ontology)}


def test_the_header(ontology: Graph) -> None:
    header = URIRef("https://w3id.org/policygraph/ontology")
    assert (header, RDF.type, OWL.Ontology) in ontology
    assert ontology.value(header, OWL.versionInfo) == Literal("0.1.0")
    assert ontology.value(header, OWL.versionIRI) == URIRef("https://w3id.org/policygraph/ontology/0.1.0")
    assert ontology.value(header, DCTERMS.license) is not None
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert {word.language for word in ontology.objects(header, predicate)} == {"zh", "en"}


@pytest.mark.parametrize(("kind", "names"), TERMS.items())
def test_the_terms_are_those_of_the_contract(ontology: Graph, kind: URIRef, names: str) -> None:
    assert set(own(ontology).subjects(RDF.type, kind)) == {PG[name] for name in names.split()}


@pytest.mark.parametrize(("kind", "names"), INDIVIDUALS.items())
def test_the_individuals_are_those_of_the_contract(ontology: Graph, kind: str, names: str) -> None:
    members = set(ontology.subjects(RDF.type, PG[kind]))
    assert members == {PG[name] for name in names.split()}
    assert all((member, RDF.type, SKOS.Concept) in ontology for member in members)
    assert len({ontology.value(member, SKOS.inScheme) for member in members}) == 1


@pytest.mark.parametrize("name", WORDINGS)
def test_a_comparator_quotes_the_wording_of_the_contract(ontology: Graph, name: str) -> None:
    for comment in ontology.objects(PG[name], RDFS.comment):
        assert re.search(rf"(?<!\w){re.escape(WORDINGS[name])}(?![\w/])", str(comment)), comment
    assert ontology.value(PG[name], PG.symbol) == Literal(SYMBOLS[name])


def test_every_own_subject_is_a_defined_term(ontology: Graph) -> None:
    """Nothing in the pg: namespace escapes the style rules for want of a type."""
    terms = " ".join([*TERMS.values(), *INDIVIDUALS.values()]).split()
    schemes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(own(ontology).subjects()) == {PG[name] for name in terms} | schemes
    used = {node for triple in ontology for node in triple if str(node).startswith(PG)}
    assert used <= set(own(ontology).subjects())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_iris_are_ascii_and_words_are_not_empty(file: Path) -> None:
    graph = Graph().parse(file)
    assert len(graph)
    for node in {node for triple in graph for node in triple}:
        assert not isinstance(node, URIRef) or str(node).isascii(), node
        assert not isinstance(node, Literal) or str(node).strip(), "an empty literal"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_borrowed_terms_exist(file: Path) -> None:
    """As far as can be checked offline: rdflib's closed namespaces, and a typed list for the open ones."""
    closed = (DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SH, SKOS)
    elsewhere = (str(PG), "https://w3id.org/policygraph/ontology", "https://www.apache.org/licenses/")
    for node in {node for triple in Graph().parse(file) for node in triple if isinstance(node, URIRef)}:
        home = next((namespace for namespace in closed if node.startswith(str(namespace))), None)
        if home is not None:
            assert node in home, node
        elif not str(node).startswith(elsewhere):  # a URIRef takes no tuple
            namespace = next((iri for iri in OPEN_NAMESPACES if node.startswith(iri)), None)
            assert namespace is not None, f"an undeclared namespace: {node}"
            assert node.removeprefix(namespace) in OPEN_NAMESPACES[namespace].split(), node


def test_blank_nodes_are_those_that_owl_needs(ontology: Graph) -> None:
    allowed: set[Node] = set(ontology.subjects(RDF.type, OWL.AllDisjointClasses))
    for _, head in ontology.subject_objects(OWL.members):
        allowed.update(ontology.transitive_objects(head, RDF.rest))
    for _, head in ontology.subject_objects(OWL.propertyChainAxiom):
        allowed.update(ontology.transitive_objects(head, RDF.rest))
    assert {node for triple in ontology for node in triple if isinstance(node, BNode)} <= allowed


def test_disjoint_classes(ontology: Graph) -> None:
    groups = [
        {str(c).removeprefix(PG) for c in Collection(ontology, head)}
        for _, head in ontology.subject_objects(OWL.members)
    ]
    assert {"PolicyDocument", "Part", "Provision", "Sentence"} in groups
    assert {"GuidingPrinciple", "Objective", "Path", "Task", "Safeguard"} in groups


# What OWL 2 RL makes of a few triples.

ENTAILED = [
    (":p pg:hasAssignment :a . :a pg:actor :o .", ":p pg:responsibleActor :o . :o pg:responsibleFor :p ."),
    (":d pg:hasCitation :c . :c pg:citedDocument :e .", ":d pg:cites :e ; eli:cites :e ."),
    (":a pg:fromProvision :p ; pg:toProvision :q .", ":p pg:carriesOut :q . :q pg:carriedOutBy :p ."),
    (":s pg:hasMention :m . :m pg:mentioned :t .", ":s pg:mentions :t ."),
    (":p eli:is_part_of :d .", ":d eli:has_part :p ."),
    (":p pg:hasMeasure :s .", ":s eli:is_part_of :p ."),
    (":g org:hasMember :o .", ":o org:memberOf :g ."),
    (":t a pg:Task .", ":t a pg:Provision , eli:LegalResourceSubdivision ."),
    (":m a pg:Measure .", ":m a pg:Sentence , eli:LegalResourceSubdivision ."),
    (":g a pg:CollectiveActor .", ":g a pg:Actor , org:Organization ."),
    (":u a pg:Unit .", ":u a qudt:Unit ."),
    (":l a pg:Leaf .", ":l a oa:SpecificResource ."),
    (":d pg:documentNumber '青政办〔2020〕62号' .", ":d dcterms:identifier '青政办〔2020〕62号' ."),
]
INCONSISTENT = [":x a pg:Task , pg:Path .", ":x a pg:PolicyDocument , pg:Measure ."]
UNTYPED = ":wrong pg:actor :what ; pg:hasTarget :number ."
CLOSE = """
import sys, owlrl, rdflib
graph = rdflib.Graph().parse(data=sys.stdin.buffer.read(), format="turtle")
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
for triple in list(graph):
    if isinstance(triple[0], rdflib.Literal):  # owlrl reasons over them; RDF has no place for them
        graph.remove(triple)
sys.stdout.buffer.write(graph.serialize(format="nt", encoding="utf-8"))
"""


def turtle(case: str, body: str) -> str:
    """The body with all prefixes, its own names in a namespace of the case."""
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    return f"{prefixes}@prefix : <{EX[case]}/> .\n{body}\n"


@pytest.fixture(scope="module")
def closure() -> Graph:
    """All cases closed at once, in another process: owlrl changes rdflib's literal tables for good."""
    cases = [turtle(f"entailed{n}", asserted) for n, (asserted, _) in enumerate(ENTAILED)]
    cases += [turtle(f"inconsistent{n}", body) for n, body in enumerate(INCONSISTENT)]
    cases.append(turtle("untyped", UNTYPED))
    source = (FOLDER / "policygraph.ttl").read_text(encoding="utf-8") + "\n".join(cases)
    result = subprocess.run([sys.executable, "-c", CLOSE], input=source.encode(), capture_output=True, check=True)
    return Graph().parse(data=result.stdout, format="nt")


@pytest.mark.parametrize("case", range(len(ENTAILED)), ids=[asserted for asserted, _ in ENTAILED])
def test_what_the_build_infers(closure: Graph, case: int) -> None:
    expected = Graph().parse(data=turtle(f"entailed{case}", ENTAILED[case][1]), format="turtle")
    assert len(expected)
    assert set(expected) <= set(closure)


def errors(closure: Graph) -> list[str]:
    return [str(message) for _, predicate, message in closure if predicate.endswith("agent-ont#error")]


@pytest.mark.parametrize("case", range(len(INCONSISTENT)), ids=INCONSISTENT)
def test_two_natures_are_inconsistent(closure: Graph, case: int) -> None:
    assert any("Disjoint" in error and EX[f"inconsistent{case}/x"] in error for error in errors(closure))


def test_nothing_else_is_inconsistent(closure: Graph) -> None:
    assert all(EX["inconsistent"] in error for error in errors(closure))


def test_a_property_infers_no_type(closure: Graph) -> None:
    """Domains and ranges are documentation: a wrong triple stays an error that SHACL can see."""
    for name in ("wrong", "what", "number"):
        assert set(closure.objects(EX[f"untyped/{name}"], RDF.type)) <= {OWL.Thing, RDFS.Resource}


# ── context.jsonld ──


@pytest.fixture(scope="module")
def context() -> dict[str, object]:
    text = (FOLDER / "context.jsonld").read_text(encoding="utf-8")
    result: dict[str, object] = json.loads(text)["@context"]
    return result


def test_the_context_has_the_prefixes(context: dict[str, object]) -> None:
    assert {p: iri for p, iri in context.items() if isinstance(iri, str)} == PREFIXES
    assert context["@version"] == 1.1


def test_the_context_covers_the_properties(ontology: Graph, context: dict[str, object]) -> None:
    """Each property by its prefixed name, coerced to what the ontology says its values are. A string needs no
    coercion: it then keeps its language where it has one."""
    expected: dict[str, object] = {}
    for term in own(ontology).subjects(RDF.type, OWL.ObjectProperty):
        name = f"pg:{str(term).removeprefix(PG)}"
        expected[name] = {"@id": name, "@type": "@id"}
    for term in own(ontology).subjects(RDF.type, OWL.DatatypeProperty):
        name = f"pg:{str(term).removeprefix(PG)}"
        kind = str(ontology.value(term, SCHEMA.rangeIncludes)).removeprefix(str(XSD))
        expected[name] = {"@id": name} if kind == "string" else {"@id": name, "@type": f"xsd:{kind}"}
    assert {name: entry for name, entry in context.items() if name.startswith("pg:")} == expected


# rdflib's own JSON-LD parser still makes a ConjunctiveGraph, which rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_context_expands(context: dict[str, object]) -> None:
    document = {
        "@context": context,
        "@id": "id:doc/qingzhengban-2020-62/3.10/t1",
        "@type": "pg:Target",
        "rdfs:label": {"@value": "床位运营比例超过60%", "@language": "zh"},
        "pg:comparator": "pg:MoreThan",
        "pg:value": "60",
        "pg:unit": "id:unit/baifenzhi",
        "pg:printedValue": "60%",
        "pg:targetYear": "2025",
        "pg:valueStart": "4321",
        "prov:wasQuotedFrom": "id:doc/qingzhengban-2020-62/span/10-20",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    target = URIRef(PREFIXES["id"] + "doc/qingzhengban-2020-62/3.10/t1")
    assert set(graph.predicate_objects(target)) == {
        (RDF.type, PG.Target),
        (RDFS.label, Literal("床位运营比例超过60%", lang="zh")),
        (PG.comparator, PG.MoreThan),
        (PG.value, Literal("60", datatype=XSD.decimal)),
        (PG.unit, URIRef(PREFIXES["id"] + "unit/baifenzhi")),
        (PG.printedValue, Literal("60%")),
        (PG.targetYear, Literal("2025", datatype=XSD.gYear)),
        (PG.valueStart, Literal("4321", datatype=XSD.integer)),
        (PROV.wasQuotedFrom, URIRef(PREFIXES["id"] + "doc/qingzhengban-2020-62/span/10-20")),
    }
