"""A full text takes the place of a curated outline: which of its provisions each outline entry becomes.

The document keeps its IRI, and a provision that keeps its number keeps its own. What was curated about an entry is
attached by number and heading together; where the text contradicts the outline, that is told, and what has no
provision at all is left out rather than hung on a provision that says something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ..compiler.model import Document, Provision

_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
SAME_NUMBER = 60
"""Likeness of headings, 0 to 100, from which an entry and the provision of its number are one, reworded."""
OTHER_NUMBER = 85
"""Likeness from which an entry is a provision of another number: a number that agrees is worth some words."""
OPENING = 60
"""Characters of a provision without a heading of its own in which the heading is looked for."""


@dataclass(frozen=True, slots=True)
class Fit:
    """number: of the provision in the full text, "" where none fits; how: same, reworded, moved or gone; heading: as
    the text prints it."""

    number: str
    how: str
    heading: str = ""

    def told(self, number: str, heading: str) -> str:
        """What a curator must know, "" where all is as it was. number, heading: as the outline has them."""
        entry = f"{number} {heading}"
        if self.how == "gone":
            return f"the outline's {entry} fits no provision of the full text"
        if self.how == "moved":
            return f"the outline's {entry} is {self.number} {self.heading} in the full text"
        if self.how == "reworded":
            return f"the outline's {entry} reads {self.heading} in the full text"
        return ""


def fits(outline: Mapping[str, str], document: Document) -> dict[str, Fit]:
    """Each entry of an outline (number → heading) in the full text. Two entries never become one provision."""
    found: dict[str, Fit] = {}
    open_ = {unit.number: unit for unit in document.units}
    for test in (_equal_at_number, _equal_elsewhere, _like_at_number, _like_elsewhere):
        for number, heading in outline.items():
            if number not in found and (unit := test(number, heading, open_)):
                same, equal = unit.number == number, _bare(heading) == _bare(_heading(unit))
                how = "moved" if not same else "same" if equal or _opens(heading, unit) else "reworded"
                found[number] = Fit(unit.number, how, _heading(unit))
                del open_[unit.number]
    return {number: found.get(number, Fit("", "gone")) for number in outline}


def _equal_at_number(number: str, heading: str, units: Mapping[str, Provision]) -> Provision | None:
    unit = units.get(number)
    return unit if unit and (_bare(heading) == _bare(_heading(unit)) or _opens(heading, unit)) else None


def _equal_elsewhere(number: str, heading: str, units: Mapping[str, Provision]) -> Provision | None:
    return _only(
        [u for u in units.values() if _depth(u.number) == _depth(number) and _bare(_heading(u)) == _bare(heading)]
    )


def _like_at_number(number: str, heading: str, units: Mapping[str, Provision]) -> Provision | None:
    unit = units.get(number)
    return unit if unit and _likeness(heading, unit) >= SAME_NUMBER else None


def _like_elsewhere(number: str, heading: str, units: Mapping[str, Provision]) -> Provision | None:
    level = [u for u in units.values() if _depth(u.number) == _depth(number)]
    return _only([u for u in level if _likeness(heading, u) >= OTHER_NUMBER])


def _only(units: Sequence[Provision]) -> Provision | None:
    return units[0] if len(units) == 1 else None


def _depth(number: str) -> int:
    return number.count(".")


def _heading(unit: Provision) -> str:
    return unit.heading or unit.text[:OPENING].split("。")[0]


def _opens(heading: str, unit: Provision) -> bool:
    return bool(_bare(heading)) and not unit.heading and _bare(heading) in _bare(unit.text[:OPENING])


def _likeness(heading: str, unit: Provision) -> float:
    return float(fuzz.ratio(_bare(heading), _bare(_heading(unit))))


def _bare(text: str) -> str:
    return "".join(_WORDS.findall(text))
