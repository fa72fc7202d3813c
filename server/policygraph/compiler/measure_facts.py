"""What the measure rules read, as triples: actions (stated: the words are the text's), instruments (inferred)."""

from __future__ import annotations

from collections.abc import Callable

from ..graph.triples import PG, RDF, Triples, integer, text
from .measures import actions, instruments
from .model import Sentence
from .spans import Spans

Mint = Callable[[str, str, int, str], str]
"""(node in which the thing stands, kind, index, what it is) → its node."""


def measured(triples: Triples, spans: Spans, node: str, sentence: Sentence, mint: Mint) -> None:
    """Adds the actions and instruments of one sentence to its document's triples."""
    add = triples.add
    for index, action in enumerate(actions(sentence), 1):
        made = mint(node, "action", index, f"{action.verb} at {action.span.start}")
        add(node, PG.hasAction, made)
        add(made, RDF.type, PG.Action)
        add(made, PG.actionVerb, text(action.verb))
        add(made, PG.position, integer(index))
        add(made, PG.rule, text(action.rule))
        add(made, PG.basis, PG.Stated)
        spans.quote(made, action.span)
    for index, use in enumerate(instruments(sentence), 1):
        made = mint(node, "instrument-use", index, f"{use.instrument} in {node}")
        add(node, PG.hasInstrumentUse, made)
        add(made, RDF.type, PG.InstrumentUse)
        add(made, PG.instrument, PG[use.instrument])
        add(made, PG.rule, text(use.rule))
        add(made, PG.basis, PG.Inferred)
        for span in use.spans:
            spans.quote(made, span)
