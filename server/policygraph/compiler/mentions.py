"""Names in the text: quoted and registered terms, places, actors. The longest name at a place wins.

Of the divisions that places.yaml has no entry for, provinces and prefectures count by their full names (广州市) and
provinces by their short ones (四川). A short name that ends in a point of the compass (河南, 江西) also is a direction
(黄河南岸), so it counts beside 、 only; names of counties and short names of cities (长治 in 长治久安) do not.
"""

from __future__ import annotations

import re

from .model import Mention, Span
from .registry import Registry
from .words.sentences import QUOTED
from .words.targets import PERIODS

_NEIGHBOURS = "、—"
_COMPASS = "东南西北"


class Finder:
    """Finds mentions in any stretch of text; built once a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._forms: dict[str, list[tuple[str, str, bool]]] = {}
        for entry in registry.entries["terms"]:
            for form in (entry.text("name"), *entry.texts("also"), *entry.texts("phrases")):
                self._add(form, "term", entry.text("name"))
        for entry in registry.entries["places"]:
            self._add(entry.text("name"), "place", entry.text("name"))
            for form in entry.texts("also"):
                self._add(form, "place", entry.text("name"), bool(entry.text("guard")))
        for entry in registry.entries["actors"]:
            for form in (entry.text("name"), *entry.texts("also")):
                self._add(form, "actor", entry.text("name"))
        for place in registry.places.upper():
            if place.name in registry.by["places"] or place.short in self._forms:
                continue
            self._add(place.name, "place", place.name)
            if place.level == "province":
                self._add(place.short, "place", place.name, place.short[-1] in _COMPASS)
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[:2], set()).add(len(form))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}
        first, second = ("".join({re.escape(head[at]) for head in lengths if len(head) > 1}) for at in (0, 1))
        self._heads = re.compile(f"[{first}](?=[{second}])")

    def _add(self, form: str, kind: str, name: str, guarded: bool = False) -> None:
        self._forms.setdefault(form, []).append((kind, name, guarded))

    def find(self, text: str, span: Span, jurisdiction: str) -> list[Mention]:
        """Mentions in reading order; two terms may share one phrase."""
        quoted = {Span(m.start("name"), m.end("name")): m["name"] for m in QUOTED.finditer(text, span.start, span.end)
                  if any(c.isalnum() for c in m["name"]) and m["name"] not in PERIODS}  # fmt: skip
        made: list[Mention] = []
        taken: list[Span] = []
        for place, name in quoted.items():
            taken.append(place)
            official = self._registry.official("terms", name)
            made.append(Mention("term", official or name, place, known=official is not None))
        at = span.start
        while here := self._next(text, at, span.end):
            over = next((q for q in taken if q.start < here.end and here.start < q.end), None)
            if over and not (here.start < over.start and here.end > over.end):
                at = max(over.end, at + 1) if here.start >= over.start else here.start + 1
                continue
            kept = self._read(text, here, jurisdiction)
            names = {m.name for m in kept}
            made = [m for m in made if not (m.name in names and here.start <= m.span.start < here.end)] + kept
            inside = Span(here.start + 1, here.end)  # 西宁—海东都市圈 names two places, a phrase may name its body
            if any(m.kind == "term" for m in kept):
                made += self._nested(text, inside, jurisdiction)
            at = here.end if kept else here.start + 1
        return sorted(made, key=lambda m: (m.span, m.kind, m.name))

    def _next(self, text: str, at: int, stop: int) -> Span | None:
        """The longest form at the first place from `at` on where one stands whole before `stop`."""
        for found in self._heads.finditer(text, at, stop):
            start = found.start()
            for length in self._lengths.get(text[start : start + 2], ()):
                end = start + length
                if end <= stop and text[start:end] in self._forms and text[end - 1 : end + 1] != "市场":
                    return Span(start, end)
        return None

    def _nested(self, text: str, span: Span, jurisdiction: str) -> list[Mention]:
        """Places and bodies inside the words of a term, the term's own start included."""
        made: list[Mention] = []
        at = span.start - 1
        while at < span.end:
            end = next(
                (
                    e
                    for e in range(span.end, at, -1)
                    if text[at:e] in self._forms and (at, e) != (span.start - 1, span.end)
                ),
                0,
            )
            found = [m for m in self._read(text, Span(at, end), jurisdiction) if m.kind != "term"] if end else []
            made += found
            at = end if found else at + 1
        return made

    def _read(self, text: str, here: Span, jurisdiction: str) -> list[Mention]:
        made = []
        form = text[here.start : here.end]
        for kind, name, guarded in self._forms[form]:
            if guarded and not {text[here.start - 1], text[here.end : here.end + 1]} & set(_NEIGHBOURS):
                continue
            if kind == "actor" and self._registry.actor(form, jurisdiction) is None:
                continue
            made.append(Mention(kind, name, here))
        return made
