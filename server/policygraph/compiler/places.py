"""Administrative divisions (GB/T 2260): what a printed place name means, and what lies in what.

The table is `data/registry/divisions.tsv`, which names its sources. A name alone may belong to several divisions
(朝阳区 is a district of Beijing and of Changchun): then only the place where the document is at home decides.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..errors import RegistryError
from ..graph.iri import pinyin

LEVELS = ("national", "province", "prefecture", "county")
_GENERIC = re.compile(
    r"(?:维吾尔|壮族|回族)?(?:自治区|特别行政区)$|[省市]$|地区$|"
    r"(?:(?:蒙古|藏|羌|彝|回|苗|侗|布依|傣|景颇|傈僳|白|哈尼|壮|土家|朝鲜|柯尔克孜|哈萨克|蒙古族藏|藏族羌|土家族苗|"
    r"布依族苗|苗族侗|哈尼族彝|傣族景颇)族?)*(?:族)?自治州$"
)


@dataclass(frozen=True, slots=True)
class Division:
    """code: six digits, "" for the state as a whole; edition: both, or the only one (a year) that has it."""

    code: str
    name: str
    edition: str = "both"

    @property
    def level(self) -> str:
        return LEVELS[0 if not self.code else 1 if self.code[2:] == "0000" else 2 if self.code[4:] == "00" else 3]

    @property
    def short(self) -> str:
        """青海 of 青海省, 广西 of 广西壮族自治区; the whole name where nothing is left."""
        return _GENERIC.sub("", self.name) or self.name


NATION = Division("", "中华人民共和国")


class Places:
    """The table of divisions with its look-ups, each a step or a few in the length of the name."""

    def __init__(self, divisions: list[Division], abbreviations: dict[str, Division]) -> None:
        self._by_code: dict[str, Division] = {}
        self._named: dict[str, list[Division]] = {}
        for one in divisions:
            self._by_code.setdefault(one.code, one)
            self._named.setdefault(one.name, []).append(one)
        self._shorts: dict[str, Division] = {}
        for one in divisions:
            if one.level in LEVELS[1:3] and one.short != one.name:
                self._shorts.setdefault(one.short, one)
        self._abbreviations = abbreviations
        self._longest = max(map(len, self._named), default=0)
        self._upper = upper = [d for d in divisions if d.level in LEVELS[1:3]]
        self._homophones = {s for s, n in Counter(pinyin(name) for name in {d.name for d in upper}).items() if n > 1}

    def upper(self) -> list[Division]:
        """Provinces and prefectures, in the order of their codes."""
        return self._upper

    def above(self, place: Division) -> tuple[Division, ...]:
        """The division itself, then what it lies in, the province last. Empty for the state."""
        if not place.code:
            return ()
        codes = (place.code[:4] + "00", place.code[:2] + "0000")
        return (place, *(self._by_code[c] for c in dict.fromkeys(codes) if c != place.code and c in self._by_code))

    def find(self, name: str, home: Division | None = None) -> Division | None:
        """The division of that full name: the only one, or the only one of the home's prefecture or province."""
        found = self._named.get(name, [])
        if len(found) > 1 and home is not None and home.code:
            near = [d for d in found if d == home]
            for digits in (4, 2):
                near = near or [d for d in found if d.code[:digits] == home.code[:digits]]
            found = near
        if len(found) == 2 and {d.edition for d in found} == {"2014", "2026"}:
            found = [d for d in found if d.edition == "2026"]  # renumbered between the editions: 儋州市
        return found[0] if len(found) == 1 else None

    def by_short(self, name: str) -> Division | None:
        """A province or prefecture by its name without 省, 市, 自治区: 青海, 广州."""
        return self._shorts.get(name)

    def by_abbreviation(self, sign: str) -> Division | None:
        """By the sign that opens document numbers: 京, 粤, 穗."""
        return self._abbreviations.get(sign)

    def opening(self, text: str, home: Division | None = None) -> tuple[Division | None, int]:
        """The chain of full names that opens a text (广东省广州市…): its last division, and where the rest begins."""
        place, at = home, 0
        found: Division | None = None
        while at < len(text):
            for end in range(min(len(text), at + self._longest), at + 1, -1):
                one = self.find(text[at:end], place) if text[at:end] in self._named else None
                if one and (found is None or (found.level != "county" and found in self.above(one)[1:])):
                    found, place, at = one, one, end
                    break
            else:
                break
        return found, at

    def opening_short(self, text: str) -> tuple[Division | None, int]:
        """The same for a name without 省, 市: 青海 of 青海证监局."""
        for end in range(min(len(text), 6), 1, -1):
            if one := self._shorts.get(text[:end]):
                return one, end
        return None, 0

    def slug(self, place: Division) -> str:
        """Pinyin; the code too where it would not be unique (山西省, 陕西省) and for all counties and districts."""
        made = pinyin(place.name)
        return f"{made}-{place.code}" if place.level == "county" or made in self._homophones else made


def load_places(path: Path) -> Places:
    """Read divisions.tsv. Raises RegistryError with file and line."""
    divisions: list[Division] = []
    abbreviations: dict[str, Division] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RegistryError(f"cannot be read: {error.strerror}", str(path)) from None
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 4 or not re.fullmatch(r"[1-9]\d{5}", fields[0]):
            raise RegistryError(
                "expected code, name, abbreviations, edition, parted by tabs", str(path), number, 1, line
            )
        code, name, signs, edition = fields
        one = Division(code, name, edition)
        divisions.append(one)
        for sign in signs.split("/") if signs != "-" else ():
            abbreviations[sign] = one
    return Places(divisions, abbreviations)
