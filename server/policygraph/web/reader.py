"""The reader: a document's whole text with every statement marked in it."""

from __future__ import annotations

import re

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from ..endpoint.protocol import ProtocolError
from . import context, tables, words
from .article import View, article
from .citing import citing, json_ld
from .facts import Facts, Span
from .panel import panel
from .passages import KINDS, Reading, owner_of, parts, provisions, reading, units

COOKIE = "policygraph-marks"
"""Which kinds of marks a reader wants, joined by dots; none where all are put away."""
_YEAR = 365 * 24 * 3600
_PLACES = re.compile("[0-9]{1,9}-[0-9]{1,9}")


def page(facts: Facts, document: str) -> ResponseReturnValue:
    found = reading(facts, document)
    path = _path(len(found.text) if found else 0)
    if found is None:
        return _outline(facts, document)
    kinds, asked = _kinds()
    shown, span = _shown(facts, found, path)
    missing = path if path and span is None else ""
    view = View(shown, span, kinds, asked)
    counts = {kind: len({mark.node for mark in found.marks if mark.kind == kind}) for kind in KINDS}
    response = make_response(
        render_template(
            "reader.html",
            node=document,
            data=json_ld(facts, document),
            citing=citing(facts, document),
            article=article(facts, found, view),
            contents=units(facts, document),
            here=_here(facts, found, view),
            counts=[(kind, count) for kind, count in counts.items() if count],
            kinds=kinds,
            shown=shown,
            span=span,
            missing=missing,
            panel=panel(facts, found, view),
            closed=view.address(),
            sections=[tables.facts_of(facts, document)],
            citations=facts.nodes(document, "pg:hasCitation"),
            snapshot=context.store().digest,
        ),
        404 if missing else 200,
    )
    if asked:
        response.set_cookie(COOKIE, ".".join(kinds) or "none", max_age=_YEAR, samesite="Lax", httponly=True)
    return response


def _outline(facts: Facts, document: str) -> str:
    """The page of a document of which the graph holds the headings alone."""
    return render_template(
        "outline.html",
        node=document,
        data=json_ld(facts, document),
        citing=citing(facts, document),
        contents=[(part, provisions_of(facts, part)) for part in parts(facts, document)],
        sections=[tables.facts_of(facts, document)],
        carried={
            clause: [facts.node(item, "pg:fromProvision") for item in facts.into(clause, "pg:toProvision")]
            for clause in provisions(facts, document)
        },
    )


def provisions_of(facts: Facts, part: str) -> list[str]:
    return sorted(facts.into(part, "eli:is_part_of"), key=lambda node: facts.integer(node, "pg:position"))


def _kinds() -> tuple[tuple[str, ...], bool]:
    """The kinds that are marked, and whether the address names them. ?mark=none&mark=target is targets alone."""
    if "mark" in request.args:
        wished = [value for value in request.args.getlist("mark") if value]
        for value in wished:
            if value not in (*KINDS, "none", "all"):
                raise ProtocolError(
                    400, "parameter", name="mark", value=value, allowed=", ".join((*KINDS, "all", "none"))
                )
        chosen = KINDS if "all" in wished else tuple(kind for kind in KINDS if kind in wished)
        return chosen, True
    kept = request.cookies.get(COOKIE, "")
    return (tuple(kind for kind in KINDS if kind in kept.split(".")) if kept else KINDS), False


def _path(length: int) -> str:
    """What is to be shown: ?show= names it, or ?chars=678-690 the places of its first character and behind its last."""
    chars, show = request.args.get("chars", ""), request.args.get("show", "")
    places = [int(place) for place in chars.split("-")] if _PLACES.fullmatch(chars) else [0, 0]
    if chars and (show or not places[0] < places[1] <= length):
        allowed = f"a-b (0 ≤ a < b ≤ {length})" if length and not show else "–"
        raise ProtocolError(400, "parameter", name="chars", value=chars[:40], allowed=allowed)
    return f"span/{places[0]}-{places[1]}" if chars else show


def _shown(facts: Facts, found: Reading, path: str) -> tuple[str, Span | None]:
    """The node of that path and its words, be it a statement or any span of the text."""
    node = f"{found.document}/{path}"
    if not path:
        return "", None
    for span in facts.spans(node) if node in facts else ():
        if span.document == found.document:
            return node, span
    anywhere = words.span_of(facts, node)
    return (node, anywhere) if anywhere and anywhere.document == found.document else ("", None)


def _here(facts: Facts, found: Reading, view: View) -> str:
    """The unit in which the shown words stand: its line in the contents is the current one."""
    if view.span is None:
        return ""
    if view.shown in facts and (owner := owner_of(facts, view.shown)) and owner != found.document:
        return owner
    block = found.block_of(view.span.start)
    return block.owner if block else ""
