"""/propose: which clauses of two documents share telling words, for a person to accept or reject.

The page writes only where the server was started for it (`policygraph serve --curate`); elsewhere it shows the
commands. What is accepted is in the graph after the next `policygraph build`.
"""

from __future__ import annotations

import hmac
import secrets
import shlex
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from .. import resources
from ..errors import InputError
from ..proposals import Clause, Decision, Ledger, Listing, Proposal, documents, listing, propose, record
from ..proposals.ledger import STRENGTHS
from . import context

routes = Blueprint("proposals", __name__)
_TOKEN = secrets.token_urlsafe(24)
"""A form that this process did not write is not obeyed (cross-site request forgery)."""
_KEPT = 8
_found: dict[tuple[str, str, str], list[Proposal]] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the page shows it. decision: what a person said of it, or None; commands: (accept, reject)."""

    proposal: Proposal
    decision: Decision | None
    commands: tuple[str, str]


@routes.get("/propose")
def page() -> ResponseReturnValue:
    return _page()


@routes.post("/propose")
def decide() -> ResponseReturnValue:
    if not context.settings().curate:
        abort(403)
    form = request.form
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)
    if not hmac.compare_digest(form.get("token", "").encode(), _TOKEN.encode()):
        abort(403)
    ours, theirs, provision, number = (form.get(name, "") for name in ("document", "other", "provision", "number"))
    store, ledger = context.store(), Ledger(resources.data())
    try:
        one, other = listing(store, ours), listing(store, theirs)
        if form.get("decision") == "reject":
            one.clause(provision)
            other.clause(number)
            ledger.reject((one.id, provision, other.id, number))
        else:
            record(ledger, one, provision, other, number, form.get("decision", ""))
    except InputError as error:
        return _page(str(error)), 409
    return redirect(url_for("proposals.page", document=ours, other=theirs, _anchor=f"c{number}"), 303)


def _page(problem: str = "") -> str:
    store = context.store()
    known = documents(store)
    listings = {name: listing(store, name) for name in known}
    texts = [name for name in known if listings[name].has_text]
    ours = request.values.get("document", "")
    one = listings.get(ours if ours in texts else texts[0] if texts else "")
    others = [name for name in known if one and name != one.id]
    theirs = request.values.get("other", "")
    other = listings.get(theirs if theirs in others else others[0] if others else "")
    groups: list[tuple[Clause, list[Row]]] = []
    decided = 0
    if one and other:
        ledger = Ledger(resources.data()).decisions()
        rest = [c.whole for name, item in listings.items() if name not in (one.id, other.id) for c in item.clauses]
        for proposal in _proposals(store.digest, one, other, rest):
            pair = (one.id, proposal.ours.number, other.id, proposal.theirs.number)
            row = Row(proposal, ledger.get(pair), _commands(*pair))
            decided += row.decision is not None
            if not groups or groups[-1][0] is not proposal.theirs:
                groups.append((proposal.theirs, []))
            groups[-1][1].append(row)
    return render_template(
        "propose.html", titles=known, texts=texts, one=one, other=other, others=others, groups=groups, decided=decided,
        curate=context.settings().curate, token=_TOKEN, problem=problem, strengths=STRENGTHS, words=_words(),
    )  # fmt: skip


def _proposals(digest: str, one: Listing, other: Listing, rest: list[str]) -> list[Proposal]:
    """Computed once for each state of the data; a store that cannot tell its state is asked anew."""
    key = (digest, one.id, other.id)
    if digest and key in _found:
        return _found[key]
    made = propose(one.clauses, other.clauses, rest)
    if digest:
        while len(_found) >= _KEPT:
            _found.pop(next(iter(_found)), None)
        _found[key] = made
    return made


def _commands(ours: str, provision: str, theirs: str, number: str) -> tuple[str, str]:
    words = shlex.join((ours, provision, theirs, number))
    return f"policygraph accept {words} --strength exact", f"policygraph reject {words}"


def _words() -> dict[str, str]:
    return {
        "exact": gettext("exact"),
        "close": gettext("close"),
        "related": gettext("related"),
        "rejected": gettext("rejected"),
    }
