"""What the measure rules read, as triples: actions (stated: the words are the text's), instruments (inferred)."""

from __future__ import annotations

from typing import Protocol

from ..graph.triples import PG, RDF, Triples, integer, text
from .measures import actions, instruments
from .model import Sentence
from .spans import Spans


class Mint(Protocol):
    def __call__(self, kind: str, what: str, *, index: int) -> str: ...


def measured(triples: Triples, spans: Spans, node: str, sentence: Sentence, mint: Mint) -> None:
    """Adds the actions and instruments of one sentence to its document's triples."""
    add = triples.add
    for index, action in enumerate(actions(sentence), 1):
        made = mint("action", f"{action.verb} at {action.span.start}", index=index)
        add(node, PG.hasAction, made)
        add(made, RDF.type, PG.Action)
        add(made, PG.actionVerb, text(action.verb))
        add(made, PG.position, integer(index))
        add(made, PG.rule, text(action.rule))
        add(made, PG.basis, PG.Stated)
        spans.quote(made, action.span)
    for index, use in enumerate(instruments(sentence), 1):
        made = mint("instrument-use", f"{use.instrument} in {node}", index=index)
        add(node, PG.hasInstrumentUse, made)
        add(made, RDF.type, PG.InstrumentUse)
        add(made, PG.instrument, PG[use.instrument])
        add(made, PG.rule, text(use.rule))
        add(made, PG.basis, PG.Inferred)
        for span in use.spans:
            spans.quote(made, span)
