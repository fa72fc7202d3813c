"""/coverage: how much of each text the graph accounts for, by provision and in all.

Where nobody has stored these numbers (a collection's documents have none) they are counted here, as the compiler's
meter counts them: characters that are no white space, each once, a statement before structure before nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ..endpoint.protocol import ProtocolError
from ..shares import per_cent
from . import context
from .catalogue import TEXT, Entry, catalogue
from .facts import Facts
from .passages import Reading, provisions, reading

routes = Blueprint("coverage", __name__)
KINDS = ("Structure", "Statements", "Nothing")
PAGE = 50
_PROSE = frozenset({"SentenceLeaf", "PreambleLeaf", "UnreadLeaf"})
_SPACE, *_CODES = range(len(KINDS) + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """node: a document or provision; counts: characters by KINDS; shares: per cent; starts: where each bar begins."""

    node: str
    total: int
    counts: tuple[int, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        return per_cent(self.counts, 1)

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """(kind, start, width) in per cent of the drawing."""
        ends = [sum(self.shares[: at + 1]) for at in range(len(KINDS))]
        return [(kind, round(end - share, 1), share) for kind, end, share in zip(KINDS, ends, self.shares, strict=True)]


@routes.get("/coverage")
def page() -> ResponseReturnValue:
    """One document: the only one, or the one that is asked for; of several the list."""
    facts = context.facts()
    texts = [entry for entry in catalogue(facts) if entry.kind == TEXT]
    chosen = _chosen(texts)
    number = context.page(len(texts), PAGE) if chosen is None else 1
    return render_template(
        "coverage.html",
        rows=rows_of(facts, chosen) if chosen else [],
        document=chosen,
        texts=texts[(number - 1) * PAGE : number * PAGE],
        many=len(texts) > 1,
        number=number,
        pages=context.pages(len(texts), PAGE),
    )


def _chosen(texts: Sequence[Entry]) -> str | None:
    given = request.args.get("document", "")
    if not given:
        return texts[0].node if len(texts) == 1 else None
    node = f"id:doc/{given}"
    if node not in {entry.node for entry in texts}:
        allowed = [entry.node.removeprefix("id:doc/") for entry in texts[:12]] + ["…"] * (len(texts) > 12)
        raise ProtocolError(400, "parameter", name="document", value=given[:100], allowed=", ".join(allowed))
    return node


def rows_of(facts: Facts, document: str) -> list[Row]:
    """The whole document, then its provisions."""
    nodes = [document, *provisions(facts, document)]
    if facts.values(document, "pg:characters"):
        return [_stored(facts, node) for node in nodes]
    found = reading(facts, document)
    if found is None:
        return []
    kinds = _kinds(found)
    rows = []
    for node in nodes:
        span = None if node == document else next(iter(facts.spans(node)), None)
        piece = kinds[span.start : span.end] if span else kinds if node == document else b""
        counts = tuple(piece.count(code) for code in _CODES)
        rows.append(Row(node, sum(counts), counts))
    return rows


def _stored(facts: Facts, node: str) -> Row:
    counts = tuple(facts.integer(node, f"pg:charactersIn{kind}") for kind in KINDS)
    return Row(node, facts.integer(node, "pg:characters"), counts)


def _kinds(found: Reading) -> bytes:
    """Of each character of a text: under which of KINDS it falls, or that it is white space."""
    structure, statement, nothing = _CODES
    kinds = bytearray([nothing]) * len(found.text)
    for block in found.blocks:
        for leaf in block.leaves:
            if leaf.kind not in _PROSE:
                kinds[leaf.start : leaf.end] = bytes([structure]) * (leaf.end - leaf.start)
    for mark in found.marks:
        kinds[mark.start : mark.end] = bytes([statement]) * (mark.end - mark.start)
    for at, character in enumerate(found.text):
        if character.isspace():
            kinds[at] = _SPACE
    return bytes(kinds)
