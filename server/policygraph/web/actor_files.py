"""What the tables of a body's page are taken away as: each is a view of its own, with files, a drawing and a query.

Nothing is drawn twice: the partners are the network of the body, its tasks the drawing of bodies and provisions, the
numbers its provisions are to reach the chart of targets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from flask_babel import gettext

from . import actor_queries, duty_queries, target_query
from .facts import Facts
from .scope import Scope
from .tables import Files
from .target_rows import MOST_DRAWN, Wish, chosen, slug
from .views import document_name


def of_tasks(actor: str, document: str, part: str) -> Files:
    """The list of its tasks in a part of a document; drawn beside the provisions."""
    scope = Scope(document, actor, part)
    asked = scope.query()
    return _files(
        "",
        lambda form: f"/departments/{'drawing' if form == 'svg' else 'tasks'}?{asked}&format={form}",
        f"/departments/drawing?{asked}",
        duty_queries.of_duties(scope),
    )


def of_partners(facts: Facts, actor: str, documents: Iterable[str]) -> list[Files]:
    """The network around the body, of each document."""
    listed = list(documents)
    made = []
    for document in listed:
        scope = Scope(document, actor, least=1)
        asked = scope.query()
        made.append(
            _files(
                _of(facts, document, listed),
                lambda form, asked=asked: f"/departments/network?{asked}&format={form}",  # type: ignore[misc]
                f"/departments/network?{asked}",
                duty_queries.of_pairs(scope, 1),
            )
        )
    return made


def of_targets(facts: Facts, actor: str, documents: Iterable[str]) -> list[Files]:
    """What the provisions of the body are to reach, of each document that sets them any number."""
    wishes = {document: Wish(document=slug(document), body=slug(actor)) for document in documents}
    rows = {document: len(chosen(facts, wish)) for document, wish in wishes.items()}
    listed = [document for document in wishes if rows[document]]
    made = []
    for document in listed:
        asked = urlencode({"document": slug(document), "body": slug(actor)})
        made.append(
            _files(
                _of(facts, document, listed),
                lambda form, asked=asked: f"/targets.{form}?{asked}",  # type: ignore[misc]
                f"/targets?{asked}",
                target_query.query(wishes[document], ""),
                rows[document] <= MOST_DRAWN,
            )
        )
    return made


def of_body(actor: str, table: str) -> Files:
    """A table that stands on the page of the body alone: its files hold the answer of its query."""
    address = "/departments/body.{0}?" + urlencode({"body": slug(actor), "table": table})
    return _files("", lambda form: address.format(form), "", actor_queries.query(table, actor), draws=False)


def _files(of: str, address: Callable[[str], str], drawn: str, query: str, draws: bool = True) -> Files:
    forms = ("csv", "xlsx", "svg") if draws else ("csv", "xlsx")
    links = [(form.upper(), address(form)) for form in forms]
    if draws:
        links.append((gettext("drawn"), drawn))
    return Files(of, (*links, (gettext("the query that gives these rows"), "/sparql?" + urlencode({"query": query}))))


def _of(facts: Facts, document: str, listed: list[str]) -> str:
    return document_name(facts, document) if len(listed) > 1 else ""
