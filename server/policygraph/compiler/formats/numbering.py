"""The numbers that Word shows before paragraphs and stores nowhere: rebuilt from numbering.xml.

ECMA-376 part 1, 17.9: a paragraph names a list (numId) and a level; the list names an abstract one, whose levels
give format, first number and pattern ("（%2）"). Lists of one abstract definition count on together, unless a list
overrides its start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .ordinals import ordinal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff\u00b7\uf0b7]")
MAX_LEVELS = 9


def _value(node: Any, name: str, default: str = "") -> str:
    found = node.find(f"{W}{name}") if node is not None else None
    return default if found is None else str(found.get(f"{W}val", default))


def _int(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


@dataclass(slots=True)
class _Level:
    form: str
    start: int
    pattern: str
    suffix: str
    legal: bool
    restart: int


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document; paragraphs must be given in their order."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, numbering: Any, styles: Any) -> Numbering:
        """numbering, styles: root elements of numbering.xml and styles.xml, or None."""
        made = cls()
        for node in numbering.iterfind(f"{W}abstractNum") if numbering is not None else ():
            for level in node.iterfind(f"{W}lvl"):
                at = _int(level.get(f"{W}ilvl", "0"), 0)
                made.levels[node.get(f"{W}abstractNumId", ""), at] = _level(level, at)
        for node in numbering.iterfind(f"{W}num") if numbering is not None else ():
            name = node.get(f"{W}numId", "")
            made.abstract[name] = _value(node, "abstractNumId")
            for change in node.iterfind(f"{W}lvlOverride"):
                at = _int(change.get(f"{W}ilvl", "0"), 0)
                if start := _value(change, "startOverride"):
                    made.overrides[name, at] = _int(start, 1)
                if (level := change.find(f"{W}lvl")) is not None:
                    made.levels[f"num {name}", at] = _level(level, at)
        for node in styles.iterfind(f"{W}style") if styles is not None else ():
            found = node.find(f"{W}pPr/{W}numPr")
            made.styles[node.get(f"{W}styleId", "")] = (_value(node, "basedOn"), _value(found, "numId"),
                                                        _value(found, "ilvl"))  # fmt: skip
        return made

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph, with what parts it from the words; "" for none."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = _value(paragraph.find(f"{W}pPr"), "pStyle")
        name, level = _value(found, "numId"), _value(found, "ilvl")
        for _ in range(20):  # styles may be based on each other in a circle
            if (name and level) or style not in self.styles:
                break
            style, number, depth = self.styles[style]
            name, level = name or number, level or depth
        at = min(max(_int(level, 0), 0), MAX_LEVELS - 1)
        if name in ("", "0") or name not in self.abstract:
            return ""
        return self._next(name, at)

    def _find(self, name: str, at: int) -> _Level | None:
        return self.levels.get((f"num {name}", at)) or self.levels.get((self.abstract[name], at))

    def _next(self, name: str, at: int) -> str:
        level = self._find(name, at)
        if level is None:
            return ""
        counts = self.counters.setdefault(self.abstract[name], [None] * MAX_LEVELS)
        if (name, at) in self.overrides and (name, at) not in self.seen:
            counts[at] = self.overrides[name, at] - 1
        self.seen.add((name, at))
        counts[at] = level.start if counts[at] is None else (counts[at] or 0) + 1
        for below in range(at + 1, MAX_LEVELS):
            deeper = self._find(name, below)
            if deeper is None or deeper.restart != 0:
                counts[below] = None
        if level.form == "bullet":
            return "" if _PRIVATE.search(level.pattern) else level.pattern

        def shown(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            other = self._find(name, index)
            if other is None:
                return ""
            count = counts[index]
            return ordinal(other.start if count is None else count, "decimal" if level.legal else other.form)

        made = _PLACE.sub(shown, level.pattern)
        return made + (" " if made and level.suffix != "nothing" and made[-1].isascii() else "")


def _level(node: Any, at: int) -> _Level:
    return _Level(_value(node, "numFmt", "decimal"), _int(_value(node, "start", "0"), 0), _value(node, "lvlText"),
                  _value(node, "suff", "tab"), node.find(f"{W}isLgl") is not None,
                  _int(_value(node, "lvlRestart", str(at)), at))  # fmt: skip
