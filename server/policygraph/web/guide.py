"""For who comes for the first time: /help with a primer of SPARQL on this graph, and a tour of five steps.

The tour is a strip above the real pages, which ?tour=N asks for; every step is a link, so it needs no script. Who has
taken it or wants none is not asked again: a cookie says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from . import context, primer
from .facts import Facts, expand
from .i18n import language
from .labels import label, show_url, url
from .passages import KINDS, documents, provisions, reading

routes = Blueprint("guide", __name__)
COOKIE = "policygraph-tour"
_YEAR = 365 * 24 * 3600
_FAVOURITE = "id:doc/qingzhengban-2020-62"


@dataclass(frozen=True, slots=True)
class Stop:
    """A view that the tour leads to: the path of the page, its parameters, its place; subject: what it is about."""

    name: str
    path: str
    subject: str = ""
    values: tuple[tuple[str, str], ...] = ()
    anchor: str = ""

    def address(self, step: int) -> str:
        return f"{self.path}?{urlencode([*self.values, ('tour', str(step))], safe='/:')}{self.anchor}"


@dataclass(frozen=True, slots=True)
class Step:
    """A stop as it is told: its number from 1 of so many, words, and the addresses around it."""

    number: int
    total: int
    heading: str
    look: str
    here: str
    before: str
    after: str


@routes.get("/help")
def help_page() -> ResponseReturnValue:
    facts = context.facts()
    document = subject(facts)
    return render_template(
        "help.html",
        document=document,
        kinds=_kinds(facts, document),
        levels=[(level, len(facts.into(level, "pg:verification"))) for level in facts.of_type("pg:Verification")],
        bases=[(basis, len(facts.into(basis, "pg:basis"))) for basis in facts.of_type("pg:Basis")],
        counts={name: facts.members()[f"pg:{name}"] for name in ("Target", "Goal", "Assignment", "Alignment")},
        primer=primer.queries(facts.text(document, "pg:documentNumber") if document else ""),
    )


@routes.get("/tour")
def tour() -> ResponseReturnValue:
    """The steps on one page; ?done=1 has the offer put away."""
    if context.choice("done", ("1",)):
        response = redirect("/", 303)
        response.set_cookie(COOKIE, "done", max_age=_YEAR, samesite="Lax", httponly=True)
        return response
    steps = told(context.facts())
    current = int(context.choice("step", (str(step.number) for step in steps)) or 1)
    return render_template("tour.html", steps=steps, current=current)


def offered() -> bool:
    """Whether to offer the tour: there is something to show, and nobody has put the offer away here."""
    return not request.cookies.get(COOKIE) and bool(stops(context.facts()))


def strip() -> Step | None:
    """The step that this request's ?tour= names."""
    wish = request.args.get("tour", "")
    return next((step for step in told(context.facts()) if str(step.number) == wish), None) if wish else None


def told(facts: Facts) -> list[Step]:
    """The steps in the language of the request."""
    found = stops(facts)
    return [
        Step(
            number,
            len(found),
            *_words(stop, label(facts, stop.subject, language()).text if stop.subject else ""),
            stop.address(number),
            found[number - 2].address(number - 1) if number > 1 else "",
            found[number].address(number + 1) if number < len(found) else "",
        )
        for number, stop in enumerate(found, 1)
    ]


def subject(facts: Facts) -> str | None:
    """The document that tour and primer speak of: the one that comes with the package, else the first with a text."""
    texts = [_FAVOURITE] if _FAVOURITE in facts else documents(facts)[:1]
    return texts[0] if texts and facts.text(texts[0], "pg:sourceDigest") else None


def stops(facts: Facts) -> tuple[Stop, ...]:
    """The views of the tour; what the graph does not hold is left out."""
    known = facts.recall("tour")
    return known if isinstance(known, tuple) else facts.remember("tour", tuple(_stops(facts)))


def _stops(facts: Facts) -> Iterator[Stop]:
    document = subject(facts)
    if document is None:
        return
    listed = provisions(facts, document)
    assigned = [item for node in listed for item in facts.nodes(node, "pg:hasAssignment")]
    bodies = Counter(body for item in assigned for body in facts.nodes(item, "pg:actor"))
    body = bodies.most_common(1)[0][0] if bodies else ""
    if body:
        yield Stop("tasks", url(body), body)
        first = next(item for item in assigned if body in facts.nodes(item, "pg:actor"))
        yield _shown("words", facts, first, body)
    targets = [item for node in listed for item in facts.nodes(node, "pg:hasTarget")]
    if targets:
        yield Stop("target", url(targets[0]), targets[0])
    if facts.of_type("pg:Alignment"):
        yield Stop("national", "/national")
    if body:
        yield Stop("question", "/questions/tasks-of-department", body, (("actor", expand(body)),))


def _shown(name: str, facts: Facts, node: str, about: str) -> Stop:
    address, _, anchor = show_url(facts, node).partition("#")
    path, _, values = address.partition("?show=")
    return Stop(name, path, about, (("show", values),), f"#{anchor}")


def _words(stop: Stop, name: str) -> tuple[str, str]:
    """The heading of a stop and what to look at there."""
    match stop.name:
        case "tasks":
            return gettext("Find a body’s tasks"), gettext(
                "This is the page of %(body)s. Its tasks are listed with the number of the provision and the body’s "
                "place in the list; “listed first” is no more than that, and does not make a lead (牵头).",
                body=name,
            )
        case "words":
            return gettext("See the words"), gettext(
                "Here %(body)s stands in the official text, on a yellow ground. Beside the text: what these words "
                "state, what it rests on, how to cite it. Every claim on these pages leads to its words like this.",
                body=name,
            )
        case "target":
            return gettext("Look at a target"), gettext(
                "“%(target)s”: number, unit, year and the qualifier as worded. No tolerance is invented, and it is "
                "what the document asks for, not a measured value.",
                target=name,
            )
        case "national":
            return gettext("Find the national clause"), gettext(
                "National clauses beside the provisions that carry them out. The pairs are a person’s reading: look "
                "at the badges that say how close a pair is and how far the national words were verified."
            )
    return gettext("Ask a question"), gettext(
        "The same tasks as an answer to a ready question. Choose another body in the form, or open the query below "
        "and change it on the SPARQL page."
    )


def _kinds(facts: Facts, document: str | None) -> list[tuple[str, int, str]]:
    """(kind, how many the document has, the address of the first) of each kind of mark."""
    found = reading(facts, document) if document else None
    rows = []
    for kind in KINDS:
        nodes = list(dict.fromkeys(mark.node for mark in found.marks if mark.kind == kind)) if found else []
        rows.append((kind, len(nodes), show_url(facts, nodes[0]) if nodes else ""))
    return rows
