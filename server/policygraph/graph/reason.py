"""OWL 2 RL closure by owlrl, trimmed to what a reader wants.

Runs as a process of its own (`python -m policygraph.graph.reason`): owlrl leaves rdflib's literal tables changed.
Trimmed: no `x sameAs x`, no literal subjects, no axiomatic triples, nothing about terms of other vocabularies and
nothing that was asserted.
"""

from __future__ import annotations

import subprocess
import sys

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ..errors import BuildError
from .bridge import written
from .namespaces import ID_BASE, OA, OWL, PG, PROV, RDF

_KEPT_OUT = {PG.text, PG.spaceAfter, PG.spaceBefore, PG.sourceDigest, PROV.wasQuotedFrom, OA.exact, OA.hasSelector,
             OA.hasSource, OA.start, OA.end, PG.leafKind, PG.leafOf, PG.evidenceFor}  # fmt: skip
"""Words and offsets: no rule of the ontology speaks of them, and they are two thirds of a document's graph."""
ERROR = "http://www.daml.org/2002/03/agents/agent-ont#error"


def closure(asserted: Graph, ontology: Graph) -> Graph:
    """What follows from both and stands in neither. Raises BuildError for an inconsistency, with its triples."""
    data = "\n".join(
        f"{written(s)} {written(p)} {written(o)} ."
        for graph in (asserted, ontology)
        for s, p, o in graph
        if _matters(s, p, o)
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "policygraph.graph.reason"],
        input=data.encode(),
        capture_output=True,
    )
    if ran.returncode:
        raise BuildError(f"reasoning failed:\n{ran.stderr.decode(errors='replace')[-2000:]}")
    inferred = Graph().parse(data=ran.stdout.decode(), format="nt")
    for triple in list(inferred):
        if triple in asserted or triple in ontology:
            inferred.remove(triple)
    return inferred


def _matters(s: Node, p: Node, o: Node) -> bool:
    return p not in _KEPT_OUT and not (p == RDF.type and str(o).startswith(str(OA)))


def _worth_saying(s: Node, p: Node, o: Node) -> bool:
    if not (isinstance(s, URIRef) and s.startswith(ID_BASE)) or p in (OWL.sameAs, OWL.differentFrom):
        return False
    if isinstance(o, Literal) or not isinstance(o, URIRef):
        return False
    return not (p == RDF.type and o in (OWL.Thing, OWL.NamedIndividual))


def main() -> int:
    """N-Triples on standard input, the closure's worthwhile triples on standard output."""
    import owlrl

    graph = Graph().parse(data=sys.stdin.buffer.read().decode(), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    errors = sorted(str(o) for s, p, o in graph if str(p) == ERROR or str(o).startswith("Violation"))
    if errors:
        sys.stderr.write("inconsistent:\n" + "\n".join(errors))
        return 1
    kept = sorted(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in graph if _worth_saying(s, p, o))
    sys.stdout.buffer.write(("\n".join(kept) + "\n").encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
