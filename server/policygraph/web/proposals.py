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
from ..endpoint.protocol import ProtocolError
from ..errors import InputError
from ..proposals import Clause, Decision, Ledger, Listing, Proposal, documents, listing, propose, record
from ..proposals.ledger import STRENGTHS
from ..proposals.listing import BACKGROUND
from . import context

routes = Blueprint("proposals", __name__)
_TOKEN = secrets.token_urlsafe(24)
"""A form that this process did not write is not obeyed (cross-site request forgery)."""
_KEPT, _MOST_TOLD = 8, 20
MANY = 300
"""Documents up to which the page offers them all in a list; beyond, an id is typed."""
_found: dict[tuple[str, str, str], list[Proposal]] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the page shows it. decision: what a person said of it, or None; commands: (accept, reject)."""

    proposal: Proposal
    decision: Decision | None
    commands: tuple[str, str]


@routes.get("/propose")
def page() -> ResponseReturnValue:
    known = documents(context.store())
    _named("document", [name for name, item in known.items() if item.has_text])
    _named("other", list(known))
    return _page()


def _named(parameter: str, known: list[str]) -> None:
    """ProtocolError (400) for a document that cannot stand there; some of those that can are told."""
    value = request.args.get(parameter, "")
    if value and value not in known:
        allowed = ", ".join([*known[:_MOST_TOLD], *(["…"] if len(known) > _MOST_TOLD else [])])
        raise ProtocolError(400, "parameter", name=parameter, value=value[:100], allowed=allowed)


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
    texts = [name for name, item in known.items() if item.has_text]
    ours = request.values.get("document", "")
    ours = ours if ours in texts else texts[0] if texts else ""
    others = [name for name in known if ours and name != ours]
    theirs = request.values.get("other", "")
    theirs = theirs if theirs in others else others[0] if others else ""
    one, other = (listing(store, name) if name else None for name in (ours, theirs))
    groups: list[tuple[Clause, list[Row]]] = []
    decided = 0
    if one and other:
        ledger = Ledger(resources.data()).decisions()
        for proposal in _proposals(one, other, [name for name in others if name != theirs][:BACKGROUND]):
            pair = (one.id, proposal.ours.number, other.id, proposal.theirs.number)
            row = Row(proposal, ledger.get(pair), _commands(*pair))
            decided += row.decision is not None
            if not groups or groups[-1][0] is not proposal.theirs:
                groups.append((proposal.theirs, []))
            groups[-1][1].append(row)
    return render_template(
        "propose.html", titles={name: item.title for name, item in known.items()}, texts=texts, many=MANY,
        one=one, other=other, others=others, groups=groups, decided=decided,
        curate=context.settings().curate, token=_TOKEN, problem=problem, strengths=STRENGTHS, words=_words(),
    )  # fmt: skip


def _proposals(one: Listing, other: Listing, beside: list[str]) -> list[Proposal]:
    """Computed once for each state of the data; a store that cannot tell its state is asked anew."""
    store = context.store()
    digest = store.digest
    key = (digest, one.id, other.id)
    if digest and key in _found:
        return _found[key]
    rest = [clause.whole for name in beside for clause in listing(store, name).clauses]
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
