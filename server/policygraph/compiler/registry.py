"""The curated names (`data/registry`): actors, places, terms, units, indicators, kinds; how a name finds one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ..graph.iri import pinyin, slug
from .bodies import Bodies
from .curated import Entry, read_list
from .indicators import Wordings
from .kinds import kinds_of
from .places import NATION, Division, Places, load_places

_COMMON = frozenset({"name", "en", "also", "source", "verification", "note"})
FIELDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "actors": (("name", "kind", "source", "verification"), _COMMON
               | {"kind", "jurisdiction", "parent", "members", "members-source", "members-verification",
                  "successor", "successor-date", "successor-source", "successor-verification"}),
    "places": (("name", "level", "source", "verification"), _COMMON | {"code", "guard", "level", "within"}),
    "terms": (("name", "kind"), _COMMON | {"kind", "phrases", "expansion", "start", "end"}),
    "units": (("name", "factor", "base"), _COMMON | {"factor", "base", "quantity"}),
    "indicators": (("name", "source", "verification"), _COMMON),
    "kinds": (("name", "en"), frozenset({"name", "en", "national", "base", "unit", "short", "ending", "class"})),
    "wordings": (("name", "source"), _COMMON),
}  # fmt: skip
"""File → (required fields, all fields)."""


@dataclass(frozen=True, repr=False)
class Registry:
    """All entries by kind of file, each list in the file's order; `by` finds them by official name.

    places, bodies, wordings: the tables by which names that have no entry of their own are read.
    """

    entries: dict[str, list[Entry]]
    by: dict[str, dict[str, Entry]]
    aliases: dict[str, dict[str, str]]
    places: Places
    bodies: Bodies
    wordings: Wordings
    _slugs: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        """Short: the whole of it is a quarter of a million characters."""
        return f"Registry({', '.join(f'{len(found)} {kind}' for kind, found in self.entries.items())})"

    def official(self, kind: str, printed: str) -> str | None:
        """The official name of a printed one, None where the registry has no such name."""
        return self.aliases[kind].get(printed)

    def actor(self, printed: str, jurisdiction: str) -> str | None:
        """The official name of a body as a document of this jurisdiction prints it.

        省商务厅 is another body in another province, so an abbreviation counts only at home; a full name and
        the names of central bodies count everywhere.
        """
        name = self.official("actors", printed)
        if name is None or printed == name:
            return name
        home = self.by["actors"][name].text("jurisdiction")
        local = re.match(r"[省市县区各全]|三大", printed) is not None
        return name if not local or home == jurisdiction else None

    def jurisdiction(self, issuer: str) -> str:
        """The name of the place that a body governs, "" for a body of the centre or one that tells no place."""
        home = self.home((issuer,), "", "")
        return home.name if home and home.code else ""

    def home(self, issuers: tuple[str, ...], title: str, number: str) -> Division | None:
        """The place for which a document speaks: by its issuer, else its title, else the sign that opens its number.

        NATION for a document of the centre, None where nothing tells.
        """
        lead = re.split(r"关于|印发|[、，\s]|等(?:\d|[一二三四五六七八九十]|部门|单位)", title, maxsplit=1)[0]
        for name in filter(None, (*issuers, lead)):
            official = self.official("actors", name)
            if official and (at := self.by["actors"][official].text("jurisdiction")):
                return self.places.find(at)
            if (place := self.bodies.read(name, None).place) is not None:
                return place
        place, _ = self.places.opening(title)
        if place is None and (number.startswith("国") or title.startswith(("国务院", "中共中央"))):
            return NATION
        return place or self.places.by_abbreviation(number[:1])

    @property
    def issuers(self) -> tuple[str, ...]:
        """Printed names that can stand before a cited title: the actors, bodies of the centre, governments' offices."""
        seats = ("省", "自治区", "市", "区", "县", "州")
        offices = ("政府", "人民政府", "政府办公厅", "人民政府办公厅", "政府办公室", "委", "委办公厅")
        national = (name for name in self.bodies.kinds.national if len(name) > 2)
        return (*self.aliases["actors"], *national, *(seat + office for seat in seats for office in offices))

    def indicator(self, printed: str) -> str | None:
        """The official name of an indicator in any of its wordings, None for one that has no entry."""
        return self.official("indicators", printed) or self.official("indicators", self.wordings.normal(printed))

    def slug(self, kind: str, name: str, place: Division | None = None) -> str:
        """The last piece of an IRI for an official name. place: which of the places of that name, where it is one.

        The place that opens a body's name is parted from the rest: qinghaisheng-shangwuting. Where a place's name
        alone would not tell it (山西, 陕西; districts), its code stands too.
        """
        key = (f"{kind} {place.code if place else ''}", name)
        if (made := self._slugs.get(key)) is None:
            made = self._slugs[key] = self._slug(kind, name, place)
            if len(self._slugs) > 200_000:
                self._slugs.clear()
        return made

    def _slug(self, kind: str, name: str, place: Division | None) -> str:
        if kind == "place" and name not in self.by["places"] and (found := place or self.places.find(name)):
            return self.places.slug(found)
        if kind != "actor":
            return slug(name)
        opening, at = self.places.opening(name, place)
        if opening is None or not pinyin(name[at:]):
            coded = place is not None and place.code and self.places.slug(place).endswith(place.code)
            return f"{slug(name)}-{place.code}" if place and coded else slug(name)
        return f"{self.places.slug(opening)}-{pinyin(name[at:])}"


def load_registry(folder: Path) -> Registry:
    """Read and cross-check the files. Raises RegistryError with file, line and column."""
    entries: dict[str, list[Entry]] = {}
    by: dict[str, dict[str, Entry]] = {}
    aliases: dict[str, dict[str, str]] = {}
    for kind, (required, known) in FIELDS.items():
        entries[kind] = read_list(folder / f"{kind}.yaml", required, known)
        by[kind], aliases[kind] = {}, {}
        for entry in entries[kind]:
            name = entry.text("name")
            for form in (name, *entry.texts("also")):
                if (other := aliases[kind].setdefault(form, name)) != name or (form == name and name in by[kind]):
                    raise entry.error(f"the name {form!r} already belongs to {other}")
            by[kind][name] = entry
    places = load_places(folder / "divisions.tsv")
    for kind, key, among in (("actors", "jurisdiction", "places"), ("actors", "parent", "actors"),
                             ("actors", "members", "actors"), ("actors", "successor", "actors"),
                             ("places", "within", "places")):  # fmt: skip
        for entry in entries[kind]:
            given = entry.texts(key) if key == "members" else tuple(filter(None, [entry.text(key)]))
            for name in given:
                if name not in by[among] and not (among == "places" and places.find(name)):
                    raise entry.error(f"{key}: no entry is named {name!r} in {among}.yaml")
    wordings = Wordings(entries["wordings"], places)
    for printed, name in list(aliases["indicators"].items()):
        aliases["indicators"].setdefault(wordings.normal(printed), name)
    return Registry(entries, by, aliases, places, Bodies(kinds_of(entries["kinds"]), places), wordings)
