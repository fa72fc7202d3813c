"""Kinds of body (`data/registry/kinds.yaml`): what bodies of one task are called, at every level and in every place."""

from __future__ import annotations

from dataclasses import dataclass, field

from .curated import Entry

_SHORTENED = {"委员会": ("委员会", "委"), "办公室": ("办公室", "办")}
_LOOSE = ("国家", "国务院", "中华全国", "中国", "全国", "中央")
"""What a document of the centre leaves out: 医保局 is 国家医保局 there."""


@dataclass(frozen=True, slots=True)
class Kind:
    """sort: the keyword of actors.yaml's `kind` that its bodies have, "department" where the file gives none."""

    name: str
    sort: str


@dataclass(frozen=True, slots=True)
class Form:
    """What an ending of a printed name means. official: the official ending, {} and {short} stand for the place."""

    kind: Kind
    official: str


@dataclass
class Kinds:
    """All tables of look-up, built once.

    local: ending of a local body's name → form; national: name of a national body → form; loose: the same without
    国家, for documents of the centre; endings: last characters → kind; tasks: 发展改革 → kind, for 发展改革主管部门.
    """

    local: dict[str, Form] = field(default_factory=dict)
    national: dict[str, Form] = field(default_factory=dict)
    loose: dict[str, Form] = field(default_factory=dict)
    endings: dict[str, Kind] = field(default_factory=dict)
    tasks: dict[str, Kind] = field(default_factory=dict)


def kinds_of(entries: list[Entry]) -> Kinds:
    """Raises RegistryError where one name would mean two bodies."""
    made = Kinds()
    for entry in entries:
        kind = Kind(entry.text("name"), entry.text("class") or "department")
        for line in entry.texts("national"):
            official, *others = line.split("/")
            for name in (official, *others):
                _put(made.national, name, Form(kind, official), entry)
        bases = entry.texts("base")
        for base in bases:
            made.tasks.setdefault(base, kind)
            for unit in entry.texts("unit"):
                for printed in _SHORTENED.get(unit, (unit,)):
                    _put(made.local, base + printed, Form(kind, bases[0] + unit), entry)
        made.tasks.setdefault(kind.name.removesuffix("部门"), kind)
        for line in entry.texts("short"):
            printed, equals, official = line.partition("=")
            if not equals or not printed or not official:
                raise entry.error(f"short: {line!r} is not of the form 简称=正式名称")
            for name in {printed, official} if "{" not in official else {printed}:
                _put(made.local, name, Form(kind, official), entry)
        for ending in entry.texts("ending"):
            made.endings[ending] = kind
    for name, form in made.national.items():
        for lead in _LOOSE:
            if name.startswith(lead) and len(name) > len(lead) + 1:
                made.loose.setdefault(name[len(lead) :], form)
    return made


def _put(table: dict[str, Form], name: str, form: Form, entry: Entry) -> None:
    if (other := table.setdefault(name, form)) != form:
        raise entry.error(f"the name {name!r} already belongs to {other.kind.name} ({other.official})")
