"""What the measure rules read, in RDF: actions (stated: the words are the text's), instruments (inferred)."""

from __future__ import annotations

from typing import Protocol

from rdflib import Graph, Literal, URIRef

from ..graph.namespaces import PG, RDF
from .measures import actions, instruments
from .model import Sentence
from .spans import Spans


class Mint(Protocol):
    def __call__(self, kind: str, what: str, *, index: int) -> URIRef: ...


def measured(graph: Graph, spans: Spans, node: URIRef, sentence: Sentence, mint: Mint) -> None:
    """Adds the actions and instruments of one sentence to its document's graph."""
    for index, action in enumerate(actions(sentence), 1):
        made = mint("action", f"{action.verb} at {action.span.start}", index=index)
        graph.add((node, PG.hasAction, made))
        graph.add((made, RDF.type, PG.Action))
        graph.add((made, PG.actionVerb, Literal(action.verb)))
        graph.add((made, PG.position, Literal(index)))
        graph.add((made, PG.rule, Literal(action.rule)))
        graph.add((made, PG.basis, PG.Stated))
        spans.quote(made, action.span)
    for index, use in enumerate(instruments(sentence), 1):
        made = mint("instrument-use", f"{use.instrument} in {node}", index=index)
        graph.add((node, PG.hasInstrumentUse, made))
        graph.add((made, RDF.type, PG.InstrumentUse))
        graph.add((made, PG.instrument, PG[use.instrument]))
        graph.add((made, PG.rule, Literal(use.rule)))
        graph.add((made, PG.basis, PG.Inferred))
        for span in use.spans:
            spans.quote(made, span)
