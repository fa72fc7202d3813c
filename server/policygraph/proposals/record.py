"""Writes a person's decision once the store confirms that what it speaks of exists."""

from __future__ import annotations

from ..errors import InputError
from .ledger import Ledger
from .listing import Listing
from .score import propose


def record(ledger: Ledger, one: Listing, provision: str, other: Listing, number: str, strength: str,
           quotes: tuple[str, ...] = (), source: str = "") -> None:  # fmt: skip
    """Raises InputError for clauses that do not exist, or quotes that do not stand in ours."""
    clause, goal = one.clause(provision), other.clause(number)
    for quote in quotes:
        if quote not in clause.text:
            raise InputError(f"the words {quote!r} do not stand in provision {provision}", one.id)
    if not quotes:
        made = propose([clause], [goal], (), 1, 0)
        quotes = made[0].passages if made else ()
    if not quotes:
        raise InputError("the two share no words: say with --quote which words of the provision it is about", one.id)
    pair = (one.id, provision, other.id, number)
    ledger.accept(pair, strength, quotes, goal.verification, source, goal.heading)
