"""/coverage: how much of each text the graph accounts for, by provision and in all."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ..shares import per_cent
from . import context
from .facts import Facts
from .passages import documents, provisions

routes = Blueprint("coverage", __name__)
KINDS = ("Structure", "Statements", "Nothing")


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
    facts = context.facts()
    measured = [node for node in documents(facts) if facts.values(node, "pg:characters")]
    rows = [(row_of(facts, node), [row_of(facts, each) for each in provisions(facts, node)]) for node in measured]
    return render_template("coverage.html", documents=rows)


def row_of(facts: Facts, node: str) -> Row:
    counts = tuple(facts.integer(node, f"pg:charactersIn{kind}") for kind in KINDS)
    return Row(node, facts.integer(node, "pg:characters"), counts)
