"""What the views of bodies and tasks have in common: the choice of a document, tables as files, drawings as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.negotiate import HTML
from ..endpoint.protocol import ProtocolError
from . import context, duties, exports, labels, scope
from .duties import Duty
from .facts import Facts, expand
from .i18n import language
from .scope import Scope

SVG = "image/svg+xml; charset=utf-8"
_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class View:
    """A view of a scope: its path, its table, the query that gives the same rows. drawn: whether it is a drawing too;
    picture: makes the SVG file of one that is drawn in files alone.

    more: parameters of the address beside those of the scope.
    """

    path: str
    title: str
    scope: Scope
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    query: str
    drawn: bool = False
    more: dict[str, str] = field(default_factory=dict)
    picture: Callable[[], bytes] | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        return ("csv", "xlsx", "svg") if self.drawn or self.picture else ("csv", "xlsx")

    def url(self, **changed: object) -> str:
        """The address of this view with some parameters changed."""
        return f"{self.path}?{self.scope.query(**self.more, **changed)}".rstrip("?")

    @property
    def query_url(self) -> str:
        return "/sparql?" + urlencode({"query": self.query})


def reply(view: View, template: str, **values: object) -> ResponseReturnValue:
    """The view as the page of a template, or as the file that format= names."""
    form = context.choice("format", ("html", HTML, *view.formats))
    facts = context.facts()
    if form == "csv":
        return _file(view, exports.csv_of(view.columns, view.rows), exports.CSV, "csv")
    if form == "xlsx":
        return _file(view, exports.xlsx_of(view.columns, view.rows, view.title), exports.XLSX, "xlsx")
    root = request.url_root.rstrip("/")
    common = {"view": view, "scope": view.scope, "heading": title_of(facts, view.scope), "root": root}
    if form == "svg" and view.picture:
        return _file(view, view.picture(), SVG, "svg")
    if form == "svg":
        drawn = render_template("_standalone.html", **common, **values)
        return _file(view, drawn.encode(), SVG, "svg")
    found = duties.of_document(facts, view.scope.document) if view.scope.document else ()
    return render_template(template, **common, may=scope.choices(found), texts=len(scope.texts(facts)), **values)


def choose(path: str) -> ResponseReturnValue:
    """The page that asks for a document, by pages and by words of the title or the number."""
    context.choice("format", ("html", HTML))
    facts, find = context.facts(), request.args.get("find", "").strip()
    found = [node for node, words in _titles(facts) if find.casefold() in words]
    last = max(1, -(-len(found) // _A_PAGE))
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= last):
        raise ProtocolError(400, "parameter", name="page", value=number[:100], allowed=f"1–{last}")
    page = int(number)
    kept = {name: value for name, value in request.args.items() if name not in ("find", "page", "lang", "format")}
    return render_template(
        "choose.html",
        path=path,
        find=find,
        found=found[(page - 1) * _A_PAGE : page * _A_PAGE],
        total=len(found),
        page=page,
        last=last,
        kept=kept,
        query=lambda **changed: urlencode({**kept, **({"find": find} if find else {}), **changed}),
    )


def duty_columns(scope: Scope) -> list[str]:
    """The names of what duty_row gives."""
    columns = [
        gettext("Document"), gettext("Number"), gettext("Provision"), gettext("Body"), gettext("Official name"),
        gettext("Printed name"), gettext("Kind"), gettext("Role"), gettext("Position"),
    ]  # fmt: skip
    if scope.expand:
        columns += [gettext("Through the group"), gettext("Verification of the membership")]
    return [*columns, gettext("Words"), "provision", "assignment", "actor"]


def duty_row(facts: Facts, scope: Scope, duty: Duty) -> list[object]:
    """A duty as a row of a file: names in the language of the page, the address of its words, IRIs."""
    row: list[object] = [
        document_name(facts, duty.document), facts.text(duty.provision, "skos:notation"),
        facts.text(duty.provision, "rdfs:label"), called(facts, duty.actor), called(facts, duty.actor, "zh"),
        facts.text(duty.assignment, "pg:printedName"), called(facts, duty.kind) if duty.kind else "",
        called(facts, duty.role), duty.position,
    ]  # fmt: skip
    if scope.expand:
        level = facts.node(duty.membership, "pg:verification") if duty.membership else None
        row += [called(facts, duty.through) if duty.through else "", called(facts, level) if level else ""]
    words = request.url_root.rstrip("/") + labels.show_url(facts, duty.assignment)
    return [*row, words, *map(expand, (duty.provision, duty.assignment, duty.actor))]


def called(facts: Facts, node: str, tongue: str = "") -> str:
    """The name of a node in a language, in that of the page where none is given."""
    return labels.label(facts, node, tongue or language()).text


def document_name(facts: Facts, document: str) -> str:
    return facts.text(document, "pg:documentNumber") or called(facts, document, "zh")


def title_of(facts: Facts, scope: Scope) -> str:
    """What a drawing and its page say they are of: the document's title and number."""
    if not scope.document:
        return called(facts, scope.body)
    number, title = facts.text(scope.document, "pg:documentNumber"), called(facts, scope.document, "zh")
    title = " ".join(title.split())
    return f"{title}（{number}）" if number else title


def _titles(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Each document with the words by which it is found; made once of a snapshot."""
    known = facts.recall("titles to choose from")
    if not isinstance(known, tuple):
        found = [
            (node, f"{facts.text(node, 'dcterms:title')} {facts.text(node, 'pg:documentNumber')}".casefold())
            for node in scope.texts(facts)
        ]
        known = facts.remember("titles to choose from", tuple(found))
    return known


def _file(view: View, data: bytes, media_type: str, ending: str) -> Response:
    """A download whose name says the view and the document, in ASCII as their addresses are."""
    parts = [
        "policygraph",
        *view.path.strip("/").split("/"),
        (view.scope.document or view.scope.body).rpartition("/")[2],
    ]
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.{ending}"'
    return response
