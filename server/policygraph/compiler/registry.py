"""The curated names: actors, places, terms, units, indicators (`data/registry`), and how a printed name finds one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .curated import Entry, read_list

_COMMON = frozenset({"name", "en", "also", "source", "verification", "note"})
FIELDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "actors": (("name", "kind", "source", "verification"), _COMMON
               | {"kind", "jurisdiction", "parent", "members", "members-source", "members-verification",
                  "successor", "successor-date", "successor-source", "successor-verification"}),
    "places": (("name", "level", "source", "verification"), _COMMON | {"code", "guard", "level", "within"}),
    "terms": (("name", "kind"), _COMMON | {"kind", "phrases", "expansion", "start", "end"}),
    "units": (("name", "factor", "base"), _COMMON | {"factor", "base", "quantity"}),
    "indicators": (("name",), _COMMON),
}  # fmt: skip
"""File → (required fields, all fields)."""


@dataclass(frozen=True)
class Registry:
    """All entries by kind of file, each list in the file's order; `by` finds them by official name."""

    entries: dict[str, list[Entry]]
    by: dict[str, dict[str, Entry]]
    aliases: dict[str, dict[str, str]]

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

    @property
    def place_names(self) -> tuple[str, ...]:
        return tuple(self.by["places"])

    def jurisdiction(self, issuer: str) -> str:
        """The place that a body governs: from its entry, else the place its name begins with, else ""."""
        name = self.official("actors", issuer)
        if name and (home := self.by["actors"][name].text("jurisdiction")):
            return home
        return max((p for p in self.place_names if issuer.startswith(p)), key=len, default="")


def load_registry(folder: Path) -> Registry:
    """Read and cross-check the five files. Raises RegistryError with file, line and column."""
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
    for kind, key, among in (("actors", "jurisdiction", "places"), ("actors", "parent", "actors"),
                             ("actors", "members", "actors"), ("actors", "successor", "actors"),
                             ("places", "within", "places")):  # fmt: skip
        for entry in entries[kind]:
            given = entry.texts(key) if key == "members" else tuple(filter(None, [entry.text(key)]))
            for name in given:
                if name not in by[among]:
                    raise entry.error(f"{key}: no entry is named {name!r} in {among}.yaml")
    return Registry(entries, by, aliases)
