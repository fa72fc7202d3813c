"""`id:graph/queries`: the question library in RDF, so that other tools find and run it.

In the form of the SIB's collection of SPARQL examples (github.com/sib-swiss/sparql-examples): a query is a
sh:SPARQLExecutable with its text, its question as rdfs:comment, keywords and the endpoint that it is meant for.
Theirs hangs the prefixes on a blank node; ours is an IRI, for files without blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef

from ..question_files import Question
from .bridge import new_graph
from .iri import EntityIri
from .namespaces import DCTERMS, ENDPOINT, ID_BASE, OWL, PREFIXES, RDF, RDFS, SCHEMA, SH, XSD

_PREFIXES = URIRef(f"{ID_BASE}graph/queries#prefixes")


def queries_graph(questions: Iterable[Question]) -> Graph:
    """One sh:SPARQLSelectExecutable a question; `sh:select` is the file without its header, runnable as it is."""
    graph = new_graph()
    used: set[str] = set()
    for question in questions:
        node = URIRef(str(EntityIri("query", name=question.id)))
        lines = question.query.splitlines(keepends=True)
        body = "".join(lines[next(i for i, line in enumerate(lines) if not line.startswith("#")) :]).strip() + "\n"
        used |= {prefix for prefix in PREFIXES if f"PREFIX {prefix}: " in body}
        for kind in (SH.SPARQLExecutable, SH.SPARQLSelectExecutable):
            graph.add((node, RDF.type, kind))
        for language, text in question.text.items():
            graph.add((node, RDFS.comment, Literal(text, lang=language)))
        for keyword in question.keywords:
            graph.add((node, SCHEMA.keywords, Literal(keyword)))
        graph.add((node, SH.prefixes, _PREFIXES))
        graph.add((node, SH.select, Literal(body)))
        graph.add((node, SCHEMA.target, URIRef(ENDPOINT)))
        graph.add((node, DCTERMS.identifier, Literal(question.id)))
        graph.add((node, DCTERMS.subject, Literal(question.group)))
    graph.add((_PREFIXES, RDF.type, OWL.Ontology))
    for prefix in sorted(used):
        declared = URIRef(f"{ID_BASE}graph/queries#prefix-{prefix}")
        graph.add((_PREFIXES, SH.declare, declared))
        graph.add((declared, SH.prefix, Literal(prefix)))
        graph.add((declared, SH.namespace, Literal(PREFIXES[prefix], datatype=XSD.anyURI)))
    return graph
