"""/search: one box over everything, by kind. The index is made with the snapshot and never scans the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..asking.concepts import notions
from ..asking.figures import numbered
from ..asking.names import plain
from ..asking.spelling import turned
from ..asking.topics import stems
from ..textindex import Entry, TextIndex, fold
from . import context, labels
from .facts import Facts, expand, natural, shorten
from .passages import is_provision
from .typed import names_of, readings_of

routes = Blueprint("search", __name__)
KINDS = ("document", "clause", "body", "target", "indicator", "place", "term", "sector", "words")
_FEW, _MANY, _LONGEST = 8, 200, 200
_OF_DOCUMENT = re.compile(r"(\d{1,5})\s*号(?:\s*文件?)?")
_PAPER = re.compile(r"(?<=号)\s*文件?\s*$")
_NAMES = {
    "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "rdfs:label", "dcterms:title", "pg:documentNumber",
    "pg:citedTitle", "pg:printedName",
}  # fmt: skip
_ROOMS = {"org": "body", "indicator": "indicator", "place": "place", "term": "term", "sector": "sector",
          "kind": "body"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """node; words: the name or sentence that held what was asked, cut into (text, whether it was asked)."""

    node: str
    words: str
    cuts: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Group:
    kind: str
    hits: list[Hit]
    total: int


@routes.get("/search")
def page() -> ResponseReturnValue:
    asked = context.typed(_LONGEST)
    kind, for_program = context.choice("kind", KINDS), context.as_json()
    kinds, limit = [kind] if kind else list(KINDS), _MANY if kind else _FEW
    groups = found(context.facts(), asked, kinds, limit)
    chinese = looked_up_as(context.facts(), asked)
    others = found(context.facts(), chinese, kinds, limit) if chinese else []
    if for_program:
        alone: dict[str, str] = {}
        held = [(group, alone) for group in groups] + [(group, {"lookedUpAs": chinese}) for group in others]
        return jsonify([{"kind": g.kind, "total": g.total, "hits": _told(g), **more} for g, more in held])
    read = readings_of(asked) if not kind else []
    return render_template(
        "search.html", asked=asked, kind=kind, readings=read, titles=titles(), chinese=chinese,
        found=[(asked, groups), (chinese, others)] if others else [(asked, groups)],
    )  # fmt: skip


def looked_up_as(facts: Facts, asked: str) -> str:
    """The Chinese word of an English topic of the table of notions, by which texts and headings are searched as well;
    for Chinese words that nothing holds, their halves the other way about (养老托幼 for 托幼养老); "" for all else."""
    if asked.isascii():
        return notions().topics.get(tuple(stems(asked)), "")
    index, words = index_of(facts), fold(asked)
    if any(index.find(words, kind, 1)[0] for kind in KINDS):
        return ""
    return next((each for each in turned(words) if any(index.find(each, kind, 1)[0] for kind in KINDS)), "")


def titles() -> dict[str, str]:
    """What each kind of hit is headed by."""
    return {
        "document": gettext("Documents"),
        "clause": gettext("Parts and provisions"),
        "body": gettext("Bodies"),
        "target": gettext("Targets"),
        "indicator": gettext("Indicators"),
        "place": gettext("Places"),
        "term": gettext("Terms"),
        "sector": gettext("Sectors"),
        "words": gettext("Words of the text"),
    }


def found(facts: Facts, asked: str, kinds: list[str], limit: int) -> list[Group]:
    """The groups that hold something, in the order of KINDS."""
    index = index_of(facts)
    number = _OF_DOCUMENT.fullmatch(asked.strip())
    asked = _PAPER.sub("", asked)
    groups = []
    for kind in kinds:
        entries, total = index.find(asked, kind, limit)
        hits = [Hit(entry.node, entry.words, _cuts(entry.words, asked)) for entry in entries]
        if kind == "document" and number:  # 62号 is not 1762号
            known = numbered(number[1], names_of(facts, context.store()))
            told = [(node, facts.text(node, "pg:documentNumber")) for node in (shorten(each.value) for each in known)]
            hits = [Hit(node, words, _cuts(words, f"{number[1]}号")) for node, words in told][:limit]
            total = len(known)
        if kind == "body":
            short = [hit for hit in _abbreviated(facts, asked) if hit.node not in {each.node for each in hits}]
            hits, total = (hits + short)[:limit], total + len(short)
        if hits:
            groups.append(Group(kind, hits, total))
    return groups


def _abbreviated(facts: Facts, asked: str) -> list[Hit]:
    """Bodies by a form that no text prints: 发改委, 省文旅厅, 国税, 市州政府, fgw, NDRC, in whatever case where nothing
    else is typed. The characters of a Chinese one are marked."""
    short, names = fold(asked), names_of(facts, context.store())
    hits = []
    called = [option for option in names.exact.get(plain(asked), ()) if option.kind == "actor"]
    more = [*names.abbreviated(short), *names.clipped(short), *names.spelt(short)]
    for option in dict.fromkeys((*called, *names.acronyms.get(asked.strip().upper(), ()), *more)):
        left, cuts = list(short), list[tuple[str, bool]]()
        for character in reversed(option.name):
            mark = bool(left) and character == left[-1]
            if mark:
                left.pop()
            cuts.insert(0, (character, mark))
        hits.append(Hit(shorten(option.value), option.name, cuts))
    return hits


def index_of(facts: Facts) -> TextIndex:
    """The index of a snapshot, made once."""
    known = facts.recall("text index")
    if isinstance(known, TextIndex):
        return known
    return facts.remember("text index", TextIndex(sorted(_entries(facts), key=_order), KINDS))


def _order(entry: Entry) -> tuple[object, ...]:
    """Bodies before kinds of body. Names: the shortest first, so that what is asked whole stands before what only holds
    it. Words: by place."""
    length = 0 if entry.kind == "words" else len(fold(entry.words))
    return (entry.node.startswith("id:kind/"), length, natural(entry.node), entry.words)


def _entries(facts: Facts) -> Iterator[Entry]:
    for node, predicate, value in facts.literals(_NAMES | {"pg:text"}):
        kind = (
            _kind(facts, node)
            if predicate != "pg:text"
            else "words"
            if facts.is_a(node, "pg:Sentence", "pg:Measure")
            else ""
        )
        if kind:
            yield Entry(node, kind, value.value, spoken=kind != "words" and not value.value.isascii())


def _kind(facts: Facts, node: str) -> str:
    if not node.startswith("id:"):
        return ""
    room, _, local = node[3:].partition("/")
    if room == "doc":
        if "/" not in local:
            return "document"
        if facts.is_a(node, "pg:Target"):
            return "target"
        return "clause" if is_provision(facts, node) or facts.is_a(node, "pg:Part", "pg:Annex") else ""
    return _ROOMS.get(room, "")


def _cuts(words: str, asked: str) -> list[tuple[str, bool]]:
    """The words, with each stretch that was asked for apart; whole where it was found by its pinyin."""
    plain = [(fold(c), at) for at, c in enumerate(words)]
    letters = "".join(c for c, _ in plain)
    places = [at for c, at in plain for _ in c]
    marked = [False] * len(words)
    for word in filter(None, map(fold, asked.split())):
        start = letters.find(word)
        while start >= 0:
            first, last = places[start], places[start + len(word) - 1]
            marked[first : last + 1] = [True] * (last + 1 - first)
            start = letters.find(word, start + len(word))
    cuts: list[tuple[str, bool]] = []
    for c, mark in zip(words, marked, strict=True):
        if cuts and cuts[-1][1] == mark:
            cuts[-1] = (cuts[-1][0] + c, mark)
        else:
            cuts.append((c, mark))
    return cuts


def _told(group: Group) -> list[dict[str, str]]:
    return [{"iri": expand(hit.node), "page": labels.url(hit.node), "words": hit.words} for hit in group.hits]
