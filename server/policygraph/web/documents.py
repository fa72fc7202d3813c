"""/documents: the list of all documents, filtered, sorted, by pages, and as a table to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from ..textindex import fold
from . import context, exports, labels
from .catalogue import KINDS, Entry, catalogue
from .facts import Facts, expand
from .i18n import language

routes = Blueprint("documents", __name__)
PAGE = 50
SORTS = ("date", "provisions", "assignments", "targets")
FORMATS = ("html", "csv", "xlsx")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the form: its parameter, and (value, node or text, documents that it leaves) of each option."""

    name: str
    chosen: str
    options: tuple[tuple[str, str, int], ...]


@routes.get("/documents")
def page() -> ResponseReturnValue:
    facts = context.facts()
    entries = catalogue(facts)
    filters = [
        _filter("kind", entries, lambda entry: (entry.kind,), KINDS),
        _filter("place", entries, lambda entry: entry.places),
        _filter("issuer", entries, lambda entry: entry.issuers),
        _filter("year", entries, lambda entry: (entry.year,) if entry.year else (), reverse=True),
    ]
    words, order = context.typed(_LONGEST), context.choice("sort", SORTS) or SORTS[0]
    found = _ordered(_named(_kept(entries, filters), words), order)
    form = context.choice("format", FORMATS)
    if form in ("csv", "xlsx"):
        return _file(facts, found, form)
    number = context.page(len(found), PAGE)
    return render_template(
        "documents.html",
        entries=found[(number - 1) * PAGE : number * PAGE],
        filters=[each for each in filters if len(each.options) > 1],
        words=words,
        order=order,
        sorts=SORTS,
        total=len(found),
        all=len(entries),
        number=number,
        pages=context.pages(len(found), PAGE),
        first=(number - 1) * PAGE + 1,
        address=_address,
        chinese=lambda node: labels.label(facts, node, "zh").text,
    )


def _filter(
    name: str, entries: Sequence[Entry], values: Callable[[Entry], Iterable[str]], order: Sequence[str] = (),
    reverse: bool = False,
) -> Filter:  # fmt: skip
    """One filter of the form. order: of its values; without it the commonest come first, reverse: the last."""
    counts = Counter(value for entry in entries for value in set(values(entry)))
    if order:
        listed = [value for value in order if counts[value]]
    elif reverse:
        listed = sorted(counts, reverse=True)
    else:
        listed = sorted(counts, key=lambda value: (-counts[value], value))
    options = tuple((_slug(value), value, counts[value]) for value in listed)
    chosen = request.args.get(name, "")
    if chosen and chosen not in {slug for slug, _, _ in options}:
        allowed = ", ".join(slug for slug, _, _ in options[:12]) + (", …" if len(options) > 12 else "")
        raise ProtocolError(400, "parameter", name=name, value=chosen[:_LONGEST], allowed=allowed)
    return Filter(name, chosen, options)


def _kept(entries: Sequence[Entry], filters: Sequence[Filter]) -> list[Entry]:
    kind, place, issuer, year = (each.chosen for each in filters)
    return [
        entry
        for entry in entries
        if (not kind or entry.kind == kind)
        and (not place or place in map(_slug, entry.places))
        and (not issuer or issuer in map(_slug, entry.issuers))
        and (not year or entry.year == year)
    ]


def _named(entries: list[Entry], words: str) -> list[Entry]:
    """Those whose title or number holds every one of these words, in any brackets and width."""
    asked = [folded for word in words.split() if (folded := fold(word))]
    if not asked:
        return entries
    return [entry for entry in entries if all(word in fold(entry.title + " " + entry.number) for word in asked)]


def _ordered(entries: list[Entry], order: str) -> list[Entry]:
    if order == "date":
        return entries
    return sorted(entries, key=lambda entry: -int(getattr(entry, order)))


def _address(**changed: object) -> str:
    """This list with some parameters changed, from its first page unless that is one of them."""
    values = {name: value for name, value in request.args.items() if name not in ("page", "format", "lang")} | changed
    asked = urlencode({name: value for name, value in values.items() if value})
    return "/documents" + ("?" + asked if asked else "")


def _file(facts: Facts, entries: Sequence[Entry], form: str) -> Response:
    columns = (
        gettext("Title"),
        gettext("Document number"),
        gettext("Date of document"),
        gettext("Year"),
        gettext("Issuer"),
        gettext("Place"),
        gettext("Held as"),
        gettext("Provisions"),
        gettext("Assignments"),
        gettext("Targets"),
        "IRI",
    )
    rows = [
        (
            entry.title, entry.number, entry.day, entry.year, _names(facts, entry.issuers, "、") + entry.more,
            _names(facts, entry.places, "、"), kind_name(entry.kind), entry.provisions, entry.assignments,
            entry.targets, expand(entry.node),
        )
        for entry in entries
    ]  # fmt: skip
    if form == "csv":
        response = Response(exports.csv_of(columns, rows), content_type=exports.CSV)
    else:
        response = Response(exports.xlsx_of(columns, rows, gettext("Documents")), content_type=exports.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="documents.{form}"'
    return response


def kind_name(kind: str) -> str:
    """How a document is held here."""
    names = {"text": gettext("full text"), "outline": gettext("outline"), "cited": gettext("only cited")}
    return str(names[kind])


def _names(facts: Facts, nodes: Iterable[str], between: str) -> str:
    return between.join(labels.label(facts, node, language()).text for node in nodes)


def _slug(value: str) -> str:
    """What a value is in an address: a node without its room, anything else as it is."""
    return value.partition("/")[2] if value.startswith("id:") else value
