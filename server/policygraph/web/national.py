"""/national: national clauses beside the provisions of one document that carry them out, drawn, listed and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from ..endpoint.protocol import ProtocolError
from . import context, exports, pair_query, svg
from . import pairs as reading_of
from .facts import Facts, expand
from .flow import BROAD, NARROW, PAINT_STRANDS, Node, Shape, flow, level
from .i18n import language
from .labels import label, notation, url
from .pairs import FILTERS, LEVELS, STRENGTHS, Pair, Passage, Wish, clauses, implementing, nationals
from .passages import has_text, reading
from .svg import PAINT, Pen

routes = Blueprint("national", __name__)
PAGE = 100
MOST_OFFERED = 300
_FORMATS = ("csv", "xlsx", "svg")


@dataclass(frozen=True, slots=True)
class Clause:
    """A national clause with what carries it out. heading: cut where it shares words; words: sentences that do, None
    where the graph has the heading only; pairs: (pair, sentences of its provision, whether what it quotes stands in the
    clause as well)."""

    node: str
    heading: Passage
    words: list[Passage] | None
    pairs: list[tuple[Pair, list[Passage], bool]]


@routes.get("/national")
def page() -> ResponseReturnValue:
    facts = context.facts()
    wish = _wish(facts)
    documents = implementing(facts)
    if f"id:doc/{wish.document}" not in documents:
        return _ask(facts, documents, wish.document)
    node = f"id:doc/{wish.document}"
    wanted = [name for name in nationals(facts, node) if wish.national in ("", name.removeprefix("id:doc/"))]
    shown = reading_of.chosen(facts, wish)
    alone, without = reading_of.gaps(facts, node, wanted)
    return render_template(
        "national.html",
        wish=wish,
        document=node,
        filters=_filters(facts, wish),
        pairs=shown,
        total=len(reading_of.pairs(facts, node)),
        blocks=[(name, bool(reading(facts, name)), _clauses(facts, name, shown)) for name in wanted],
        alone=[(name, _general_apart(facts, members)) for name, members in alone.items()],
        without=_general_apart(facts, without),
        bare={name: _hollow(facts, name) for name in wanted if not has_text(facts, name)},
        drawings=[(shape, *_flow(facts, wish, shown, wanted, shape)) for shape in (BROAD, NARROW)] if shown else [],
        strands=[(name, Pen()("path", f"strand st-{name}", d="M2 9 H38")) for name in STRENGTHS],
        levels=[(name, level(Pen(), name, 9, 9, 5)) for name in _levels(shown)],
        anchor=_anchor,
        pair_anchor=_pair_anchor,
        rows=len(pair_query.table(facts, shown)),
        files=[(name.upper(), _address(f"/national.{name}", wish)) for name in _FORMATS],
        query_page="/sparql?" + urlencode({"query": pair_query.query(wish)}),
        gap_pages=[f"/questions/{name}?{urlencode({'document': expand(node)})}" for name in (
            "national-clauses-not-carried-out", "provisions-without-national-counterpart"
        )],
        address=lambda **changes: _address("/national", replace(wish, **changes)),
    )  # fmt: skip


@routes.get("/national.<any(csv,xlsx,svg):form>")
def download(form: str) -> ResponseReturnValue:
    """The pairs of the page with the same parameters; 400 where a document is to be chosen first."""
    facts = context.facts()
    wish = _wish(facts)
    if not wish.document:
        names = [name.removeprefix("id:doc/") for name in implementing(facts)]
        raise ProtocolError(400, "parameter", name="document", value="", allowed=", ".join(names[:20]))
    shown = reading_of.chosen(facts, wish)
    if form == "svg":
        return _file(_drawing(facts, wish, shown), svg.SVG, "national.svg")
    columns, table = pair_query.columns(), pair_query.table(facts, shown)
    if form == "csv":
        return _file(exports.csv_of(columns, table), exports.CSV, "national.csv")
    return _file(exports.xlsx_of(columns, table, gettext("National clauses")), exports.XLSX, "national.xlsx")


def _ask(facts: Facts, documents: dict[str, int], without: str) -> str:
    """Which document? Several carry out others, and they are never mixed. without: one that was asked for and has no
    alignment: what it leaves aside of the national documents is then not known either."""
    pages = max(1, -(-len(documents) // PAGE))
    at = int(context.choice("page", [str(number) for number in range(1, pages + 1)]) or 1)
    listed = list(documents.items())[(at - 1) * PAGE : at * PAGE]
    return render_template(
        "national_ask.html", documents=listed, total=len(documents), page=at, pages=pages, without=without
    )


def _wish(facts: Facts) -> Wish:
    """The parameters of the address; where only one document carries out others, it is meant. Any document of the graph
    may be asked for, with or without alignments."""
    documents = [name.removeprefix("id:doc/") for name in implementing(facts)]
    given = request.args.get("document", "")
    if given and facts.is_a(f"id:doc/{given}", "pg:PolicyDocument"):
        documents.append(given)
    document = context.choice("document", documents) or (documents[0] if len(documents) == 1 else "")
    of = nationals(facts, f"id:doc/{document}") if document else []
    return Wish(
        document,
        context.choice("national", [name.removeprefix("id:doc/") for name in of]),
        context.choice("strength", STRENGTHS),
        context.choice("verification", LEVELS),
        context.choice("clause", LEVELS),
        context.choice("basis", ("Stated", "Curated", "Inferred")),
    )


def _filters(facts: Facts, wish: Wish) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """(name, title, chosen, options): each option a value, its words and their language; values that occur."""
    node = f"id:doc/{wish.document}"
    held = reading_of.pairs(facts, node)
    documents = list(implementing(facts))
    titles = {
        "document": gettext("Document"), "national": gettext("National document"), "strength": gettext("Strength"),
        "verification": gettext("Verification of the pair"), "clause": gettext("Verification of the national clause"),
        "basis": gettext("Basis"),
    }  # fmt: skip
    values = {
        "document": documents if 1 < len(documents) <= MOST_OFFERED else [],
        "national": nationals(facts, node),
        "strength": [f"pg:{name}" for name in STRENGTHS if any(pair.strength == name for pair in held)],
        "verification": [f"pg:{name}" for name in LEVELS if any(pair.level == name for pair in held)],
        "clause": [f"pg:{name}" for name in LEVELS if any(pair.clause_level == name for pair in held)],
        "basis": [f"pg:{name}" for name in ("Stated", "Curated", "Inferred") if any(p.basis == name for p in held)],
    }
    return [
        (name, titles[name], getattr(wish, name), [_option(facts, each) for each in values[name]]) for name in FILTERS
    ]


def _levels(shown: Sequence[Pair]) -> list[str]:
    """Every level that a badge of the page may show: of the pairs, and of the clauses themselves."""
    return [name for name in LEVELS if any(name in (pair.level, pair.clause_level) for pair in shown)]


def _option(facts: Facts, node: str) -> tuple[str, str, str]:
    if node.startswith("id:doc/"):
        return node.removeprefix("id:doc/"), facts.text(node, "pg:documentNumber") or node, "zh"
    found = label(facts, node, language())
    return node.partition(":")[2], found.text, found.lang


def _clauses(facts: Facts, national: str, shown: Sequence[Pair]) -> list[tuple[str, list[Clause]]]:
    """By part, the clauses that something shown carries out; a part may itself be one."""
    held: dict[str, list[Pair]] = {}
    for pair in sorted(shown, key=lambda each: STRENGTHS.index(each.strength) if each.strength in STRENGTHS else 9):
        if pair.national == national:
            held.setdefault(pair.clause, []).append(pair)
    found = []
    for part, members in clauses(facts, national):
        rows = [_clause(facts, node, held[node]) for node in (part, *members) if node in held]
        if rows:
            found.append((part, rows))
    return found


def _general_apart(facts: Facts, members: Sequence[str]) -> tuple[list[str], list[str]]:
    """(tasks, safeguards and the like; guiding principles and objectives, which frame a whole document)."""
    general = [node for node in members if facts.is_a(node, "pg:GuidingPrinciple", "pg:Objective")]
    return [node for node in members if node not in general], general


def _hollow(facts: Facts, national: str) -> list[str]:
    """The parts of an outline of which nothing but the heading is held."""
    return [part for part, members in clauses(facts, national) if not members]


def _clause(facts: Facts, node: str, held: list[Pair]) -> Clause:
    return Clause(
        node,
        reading_of.heading_words(facts, node, held),
        reading_of.national_words(facts, node, held),
        [(pair, reading_of.provincial(facts, pair), reading_of.on_both_sides(facts, pair)) for pair in held],
    )


def _flow(
    facts: Facts, wish: Wish, shown: Sequence[Pair], wanted: Sequence[str], shape: Shape, pen: Pen | None = None
) -> tuple[Markup, int]:
    """The drawing; in a file, links are the permanent addresses of things."""
    listed = {pair.clause for pair in shown}
    reaching = {pair.provision for pair in shown}
    filed = pen is not None

    def place(node: str) -> str:
        return expand(node) if filed else f"#{_anchor(node)}" if node in listed else url(node)

    left = [each for name in wanted for each in _side(facts, name, listed, place)]
    right = _side(facts, f"id:doc/{wish.document}", reaching, lambda node: expand(node) if filed else url(node))
    href: Callable[[Pair], str] = lambda pair: expand(pair.node) if filed else f"#{_pair_anchor(pair)}"  # noqa: E731
    return flow(pen or Pen(), left, right, shown, shape, href, lambda pair: _said(facts, pair))


def _side(facts: Facts, document: str, linked: set[str], href: Callable[[str], str]) -> list[Node]:
    number = facts.text(document, "pg:documentNumber")
    nodes = [Node(document, "document", number, number, "")]
    for part, members in clauses(facts, document):
        kind = "clause" if part in linked else "part"
        nodes.append(Node(part, kind, notation(facts, part), facts.text(part, "rdfs:label"), href(part)))
        nodes += [
            Node(each, "clause", notation(facts, each), facts.text(each, "rdfs:label"), href(each), each not in linked)
            for each in members
        ]
    return nodes


def _said(facts: Facts, pair: Pair) -> str:
    names = [label(facts, f"pg:{name}", language()).text for name in (pair.strength, pair.level) if name]
    number = facts.text(pair.national, "pg:documentNumber")
    return f"{number} {notation(facts, pair.clause)} ↔ {notation(facts, pair.provision)}: {', '.join(names)}"


def _kept(facts: Facts, wish: Wish) -> str:
    """What a drawing in a file is kept to, as the form of the page names it; "" for all pairs."""
    told = [
        f"{title} {next((words for key, words, _ in options if key == value), value)}"
        for name, title, value, options in _filters(facts, wish)
        if value and name != "document"
    ]
    comma = "；" if language() == "zh" else "; "
    return str(gettext("Only these pairs: %(filters)s", filters=comma.join(told))) if told else ""


def _drawing(facts: Facts, wish: Wish, shown: Sequence[Pair]) -> bytes:
    node = f"id:doc/{wish.document}"
    wanted = [name for name in nationals(facts, node) if wish.national in ("", name.removeprefix("id:doc/"))]
    pen = Pen({**PAINT, **PAINT_STRANDS})
    inner, height = _flow(facts, wish, shown, wanted, BROAD, pen)
    title = gettext("National clauses and %(document)s", document=facts.text(node, "pg:documentNumber"))
    parts, top = [pen("text", "head", title, x=20, y=32)], 48
    if kept := _kept(facts, wish):
        parts.append(pen("text", "soft", kept, x=20, y=top + 6))
        top += 24
    parts.append(pen("svg", "", inner, x=20, y=top, width=BROAD.width, height=height))
    x, y = 20, height + top + 24
    for name in STRENGTHS:
        parts.append(pen("path", f"strand st-{name}", d=f"M{x} {y} h36"))
        parts.append(pen("text", "soft", label(facts, f"pg:{name}", language()).text, x=x + 44, y=y + 4))
        x += 130
    for name in _levels(shown):
        parts.append(level(pen, name, x, y, 5))
        parts.append(pen("text", "soft", label(facts, f"pg:{name}", language()).text, x=x + 12, y=y + 4))
        x += 140
    return svg.document(BROAD.width + 40, y + 30, title, Markup("").join(parts))


def _anchor(node: str) -> str:
    return node.removeprefix("id:doc/").replace("/", "_")


def _pair_anchor(pair: Pair) -> str:
    return f"{_anchor(pair.provision)}_{_anchor(pair.clause)}"


def _address(path: str, wish: Wish) -> str:
    told = {name: value for name, value in asdict(wish).items() if value}
    return path + ("?" + urlencode(told) if told else "")


def _file(data: bytes, media_type: str, name: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
