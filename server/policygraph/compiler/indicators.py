"""One name for one indicator: 全省服务业增加值占GDP的比重 and 服务业增加值占地区生产总值比重 are the same."""

from __future__ import annotations

import re
import unicodedata

from .curated import Entry
from .places import Places

_SCOPE = (
    "全省|我省|本省|全市|我市|本市|全区|我区|本区|全县|我县|本县|全州|我州|本州|全自治区|自治区|省内|市内|区内|辖区内?"
)
_LEAD = re.compile(rf"(?:(?:到|至)?\d{{4}}年(?:底|末)?前?|力争|确保|实现|使|其中|{_SCOPE})+(?:[，,、的])*")
_INNER = re.compile(rf"(?<=占)(?:{_SCOPE})")
_SHARE = re.compile(r"(?P<of>占.+?)的?(?:比重|比例|占比|份额)$")


class Wordings:
    """Puts the names of indicators into one form. words: entries with a name and the words that mean the same."""

    def __init__(self, words: list[Entry], places: Places) -> None:
        self._to = {form: e.text("name") for e in words for form in (e.text("name"), *e.texts("also"))}
        self._any = (
            re.compile("|".join(map(re.escape, sorted(self._to, key=lambda w: (-len(w), w))))) if words else None
        )
        self._places = places
        self._made: dict[str, str] = {}

    def normal(self, printed: str) -> str:
        """The printed name without the place it speaks of, in the registry's words; never empty."""
        if (made := self._made.get(printed)) is None:
            made = self._made[printed] = self._normal(printed)
            if len(self._made) > 200_000:
                self._made.clear()
        return made

    def _normal(self, printed: str) -> str:
        name = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed))
        _, at = self._places.opening(name)
        name = _LEAD.sub("", name[at:], count=1) if _LEAD.match(name[at:]) else name[at:]
        name = _INNER.sub("", name)
        if self._any:
            name = self._any.sub(lambda m: self._to[m[0]], name)
        name = _SHARE.sub(lambda m: m["of"] + "比重", name)
        return name or printed
