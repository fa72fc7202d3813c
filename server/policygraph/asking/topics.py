"""What an English topic leads to: headings and most names of the documents are in Chinese alone.

A topic of the table of notions is looked up by its Chinese word, as if that had been typed. Otherwise the English names
in the graph decide: of indicators, terms and sectors that hold the words, the provisions in which these stand. Such
provisions are likely and no more, so they are offered and never answered unasked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..graph.namespaces import PREFIXES
from ..store.base import Store
from .concepts import notions, stem

if TYPE_CHECKING:
    from .names import Option

STANDING = ("indicator", "sector", "term")
"""Kinds of things of which a provision may tell: it sets a target for it, is classified by it, or prints it."""
_STAND = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + (
    """SELECT DISTINCT ?thing ?provision {
  { ?target pg:indicator ?thing . ?provision pg:hasTarget ?target }
  UNION { ?classification pg:sector ?thing . ?provision pg:hasClassification ?classification }
  UNION { ?thing a pg:Term . ?provision pg:mentions ?thing ; pg:printedNumber ?number }
}"""
)


def stems(words: str) -> list[str]:
    """The words of a topic that mean something, without plural; elderly-care is two."""
    parts = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", words.lower())
    return [stem(part.removesuffix("'s")) for part in parts if not notions().says_nothing(part)]


class Topics:
    """The English names of things that stand in provisions, and where they do."""

    def __init__(
        self, store: Store, listed: Mapping[str, Iterable[tuple[str, str]]], provisions: Mapping[str, Option]
    ) -> None:
        self._things = [
            (frozenset(stems(name)), value, name)
            for kind in STANDING
            for value, name in listed.get(kind, ())
            if name.isascii() and re.search("[A-Za-z]{2}", name)
        ]
        known = {value for _, value, _ in self._things}
        self._where: dict[str, list[Option]] = defaultdict(list)
        for row in store.select(_STAND) if known else ():
            option = provisions.get(row["provision"].value)
            if option and row["thing"].value in known:
                self._where[row["thing"].value].append(option)

    def standing(self, things: Collection[tuple[str, str]]) -> list[Option]:
        """The provisions in which things, given as (IRI, name), stand: where most of them do first."""
        count: dict[Option, list[str]] = defaultdict(list)
        for value, name in things:
            for option in self._where.get(value, ()):
                count[option].append(name)
        order = sorted(count, key=lambda option: (-len(count[option]), option.document, _number(option.value)))
        shortest = {option: min(called, key=lambda name: (len(name), name)) for option, called in count.items()}
        return [replace(option, by=shortest[option], near=True) for option in order]

    def about(self, words: str, holding: Callable[[str], list[Option]]) -> list[Option]:
        """What an English topic may be: by the table, else by the names that hold all its words. holding: what has
        Chinese words in its name."""
        wanted = stems(words)
        if not wanted:
            return []
        chinese = notions().topics.get(tuple(wanted), "")
        if chinese and (held := holding(chinese)):
            return [replace(option, by=chinese) for option in held]
        return self.standing([(value, name) for held, value, name in self._things if held >= set(wanted)])


def _number(notation: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in notation.split(".")]
