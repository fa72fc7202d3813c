"""What stands beside the answer to a typed question, or in its stead: the words of the text that hold its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ..asking.names import short_place
from ..asking.recognise import recognise
from . import context, labels
from .facts import Facts, document_of, expand, shorten
from .passages import is_provision
from .search import Hit, found, index_of
from .typed import Understood, names_of
from .workbench import Answer
from .workbench import ask as run

_MOST = 200
_AS_MEMBER = "provisions-through-membership"
_CHINESE = re.compile("[一-鿿]{2,}")
_ABOUT_BODIES = {"who", "responsible", "lead"}


@dataclass(frozen=True, slots=True)
class Holding:
    """A provision whose text holds the words, with its responsible bodies as printed; url: of the question about it."""

    node: str
    bodies: tuple[str, ...]
    url: str


def subject(typed: str) -> tuple[str, bool]:
    """(the Chinese words that are neither a question's nor known for sure, and stand in the text; whether who is
    responsible is asked); "" where there are none."""
    facts = context.facts()
    items = recognise(typed, names_of(facts, context.store())).items
    loose = [o.value for item in items for o in item.options if o.kind == "text" and _CHINESE.search(o.value)]
    known = [words for words in loose if index_of(facts).find(words, "words", 1)[0]]
    return (known[0] if known else "", any(item.notion in _ABOUT_BODIES for item in items))


def holding(words: str) -> list[Holding]:
    """The provisions with responsible bodies whose text holds the words, in the order of the text."""
    facts = context.facts()
    entries, _ = index_of(facts).find(words, "words", _MOST)
    nodes = dict.fromkeys(node for entry in entries for node in _above(facts, entry.node))
    made = []
    for node in nodes:
        document = document_of(node)
        assigned = facts.nodes(node, "pg:hasAssignment")
        order = sorted(assigned, key=lambda each: int(facts.text(each, "pg:position") or 0))
        if order and document:
            asked = {"notation": facts.text(node, "skos:notation"), "document": expand(document)}
            bodies = dict.fromkeys(facts.text(each, "pg:printedName") for each in order)
            made.append(Holding(node, tuple(bodies), "/questions/bodies-of-provision?" + urlencode(asked)))
    return made


def through_groups(chosen: Understood | None, answer: Answer | None, offered: Sequence[Understood]
                   ) -> tuple[str, str, int]:  # fmt: skip
    """(the groups, the address of the answer, how many provisions) where no text names a body that was asked about,
    but groups of which a curated membership makes it a member; ("", "", 0) else."""
    asked = next((each for each in offered if each.reading.question.id == _AS_MEMBER), None)
    empty = answer is not None and answer.table is not None and not answer.table.rows
    if not chosen or not empty or not asked or "actor" not in chosen.reading.values:
        return "", "", 0
    table = run(context.store(), asked.query).table
    rows = list(table) if table else []
    facts = context.facts()
    groups = dict.fromkeys(labels.label(facts, shorten(row["collective"].value), "zh").text for row in rows)
    return "、".join(groups), asked.url, len({row["provision"].value for row in rows})


def unlisted(chosen: Understood | None, answer: Answer | None) -> tuple[str, list[Hit]]:
    """(the words of a place, sentences that hold them and that an answer about the place leaves out): 西宁 stands in
    “夏都西宁”, which is a name of its own and no mention of the city by the rules."""
    place = chosen.reading.values.get("place", "") if chosen else ""
    if not place or not answer or not answer.table or "measure" not in answer.table.variables:
        return "", []
    facts = context.facts()
    name = labels.label(facts, shorten(place), "zh").text
    short = short_place(name)
    words = short if len(short) > 1 else name
    listed = [facts.text(shorten(row["measure"].value), "pg:text") for row in answer.table if "measure" in row]
    groups = found(facts, words, ["words"], _MOST)
    hits = [hit for group in groups for hit in group.hits]
    left = [hit for hit in hits if not any(text in hit.words or hit.words in text for text in listed)]
    whole = [hit for hit in left if not any(hit is not other and _within(hit, other) for other in left)]
    return words, whole


def _within(hit: Hit, other: Hit) -> bool:
    """Whether the one is a piece of the other: a measure of a sentence."""
    return hit.words in other.words and (hit.words != other.words or hit.node > other.node)


def _above(facts: Facts, node: str) -> Iterator[str]:
    while "/" in node:
        node = node.rpartition("/")[0]
        if is_provision(facts, node):
            yield node
            return
