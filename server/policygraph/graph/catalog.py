"""`id:graph/catalog`: what the published dataset holds, in VoID and DCAT, counted by the build.

Counts are of the distinct triples of all graphs but this one, as a query without FROM sees them (void:triples), and
of each named graph by itself (its void:subset). Nothing is estimated and no date is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from .. import __version__
from .bridge import new_graph
from .iri import EntityIri
from .namespaces import DCAT, DCTERMS, ENDPOINT, ID_BASE, OWL, PREFIXES, RDF, VOID, XSD

DATASET = URIRef(str(EntityIri("dataset")))
_LICENSE = URIRef("https://www.apache.org/licenses/LICENSE-2.0")
_VOCABULARIES = ("pg", "eli", "org", "skos", "prov", "oa", "dcterms", "qudt", "schema", "sh", "void", "dcat")
_ABOUT_ZH = (
    "由官方政策文件编译而成的图，每项陈述指回原文；附登记表、对应关系、行业归类与问题库。void:triples 为除本描述"
    "（id:graph/catalog）外各命名图合并后的不同三元组数；端点还计入本描述，且同一三元组在几个命名图中可各计一次。"
)
_ABOUT_EN = (
    "A graph compiled from official policy documents, every claim pointing back at its words; with registry, "
    "alignments, sectors and the question library. void:triples counts the distinct triples of all named graphs but "
    "this description (id:graph/catalog); an endpoint counts the description too, and may count a triple once for "
    "each named graph that holds it."
)
_FILES = {"policygraph.nq": "application/n-quads", "policy.ttl": "text/turtle"}


def _count(number: int) -> Literal:
    return Literal(number, datatype=XSD.integer)


def _local(iri: str) -> str:
    """A fragment for a partition: the prefix and the name, pg-Task."""
    prefix, namespace = max(
        ((p, n) for p, n in PREFIXES.items() if iri.startswith(n)), key=lambda item: len(item[1]), default=("", "")
    )
    return f"{prefix}-{iri.removeprefix(namespace)}" if prefix else iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def catalog_graph(graphs: Mapping[str, Graph]) -> Graph:
    """graphs: name → graph, all that the dataset publishes besides this description."""
    made = new_graph()
    add = made.add
    union = {triple for graph in graphs.values() for triple in graph}
    add((DATASET, RDF.type, VOID.Dataset))
    add((DATASET, RDF.type, DCAT.Dataset))
    add((DATASET, DCTERMS.title, Literal("政策图谱数据集", lang="zh")))
    add((DATASET, DCTERMS.title, Literal("The policygraph dataset", lang="en")))
    add((DATASET, DCTERMS.description, Literal(_ABOUT_ZH, lang="zh")))
    add((DATASET, DCTERMS.description, Literal(_ABOUT_EN, lang="en")))
    add((DATASET, DCTERMS.license, _LICENSE))
    add((DATASET, OWL.versionInfo, Literal(__version__)))
    add((DATASET, VOID.uriSpace, Literal(ID_BASE)))
    add((DATASET, VOID.sparqlEndpoint, URIRef(ENDPOINT)))
    add((DATASET, VOID.exampleResource, URIRef(f"{ID_BASE}doc/qingzhengban-2020-62")))
    for prefix in _VOCABULARIES:
        add((DATASET, VOID.vocabulary, URIRef(PREFIXES[prefix])))
    for name, media_type in _FILES.items():
        node = URIRef(f"{DATASET}#{name}")
        add((DATASET, DCAT.distribution, node))
        add((node, RDF.type, DCAT.Distribution))
        add((node, DCTERMS.title, Literal(f"data/{name}")))
        add((node, DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{media_type}")))
    _counts(made, DATASET, union)
    for kind, entities in sorted(Counter(o for _, p, o in union if p == RDF.type).items()):
        node = URIRef(f"{DATASET}#class-{_local(str(kind))}")
        add((DATASET, VOID.classPartition, node))
        add((node, VOID["class"], kind))
        add((node, VOID.entities, _count(entities)))
    for predicate, triples in sorted(Counter(p for _, p, _ in union).items()):
        node = URIRef(f"{DATASET}#property-{_local(str(predicate))}")
        add((DATASET, VOID.propertyPartition, node))
        add((node, VOID.property, predicate))
        add((node, VOID.triples, _count(triples)))
    for name, graph in sorted(graphs.items()):
        node = URIRef(name)
        add((DATASET, VOID.subset, node))
        add((node, RDF.type, VOID.Dataset))
        _counts(made, node, set(graph))
    return made


def _counts(made: Graph, node: URIRef, triples: set[tuple[Node, Node, Node]]) -> None:
    made.add((node, VOID.triples, _count(len(triples))))
    made.add((node, VOID.distinctSubjects, _count(len({s for s, _, _ in triples}))))
    made.add((node, VOID.distinctObjects, _count(len({o for _, _, o in triples}))))
    made.add((node, VOID.properties, _count(len({p for _, p, _ in triples}))))
