"""Proposed alignments: which clauses of two documents share telling words, and what a person decided about them.

    listing (what a store holds of a document) ─▶ score (pairs with evidence) ─▶ ledger (accepted, rejected)

A proposal is inferred and says nothing before a person has read it: it is never part of the published graph.
"""

from __future__ import annotations

from .ledger import Decision, Ledger
from .listing import Listing, documents, listing
from .record import record
from .score import Proposal, propose
from .shared import Clause

__all__ = ["Clause", "Decision", "Ledger", "Listing", "Proposal", "documents", "listing", "propose", "record"]
