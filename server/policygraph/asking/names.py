"""The names of a snapshot by what somebody may type for them: official names, short forms, English, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..graph.iri import EntityIri, parse
from ..graph.namespaces import PREFIXES
from ..pinyin import read_out
from ..questions import names_of
from ..store.base import Store
from .aliases import acronym, governments
from .concepts import notions, stem
from .spelling import in_order, joined, spells, turned
from .topics import STANDING, Topics

SOFT = {"role", "comparator", "actor-kind", "term-kind", "strength", "provision-class", "body-kind", "instrument"}
"""Kinds whose names are words of the language as well (牵头, 品牌, 达到): names only where one is asked for."""
KINDS = (*sorted(SOFT), "actor", "place", "term", "document", "national-clause", "sector", "unit", "indicator", "year")
AMONG_BODIES = ("collective", "member")
"""Kinds of parameter that take some bodies only."""
_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_PROVISIONS = """SELECT DISTINCT ?provision ?notation ?heading {
  { SELECT DISTINCT ?provision { ?provision a pg:Provision } }
  ?provision skos:notation ?notation ; rdfs:label ?heading .
}"""
_TEXTS = "SELECT DISTINCT ?document { ?document a pg:PolicyDocument ; pg:sourceDigest ?digest }"
_LOADS = "SELECT ?actor (COUNT(*) AS ?n) { ?assignment pg:actor ?actor } GROUP BY ?actor"
_SCOPES = "SELECT DISTINCT ?document ?place { ?document eli:jurisdiction ?place ; pg:sourceDigest ?digest }"
_PLACE = re.compile(r"^[一-鿿]{2,7}?(?:省|自治区|自治州|地区|[市州县区盟旗])(?=[一-鿿]{2})")
_PEOPLES = (
    "蒙古|藏|回|土|撒拉|哈萨克|维吾尔|壮|苗|侗|彝|布依|土家|朝鲜|白|傣|景颇|傈僳|羌|柯尔克孜|满|瑶|黎|哈尼|佤|拉祜|纳西|布朗|"
    "东乡|保安|裕固|锡伯|塔吉克|达斡尔|鄂温克|鄂伦春|畲|仫佬|毛南|仡佬|水|独龙|怒|普米"
)
_SUFFIX = re.compile(rf"(?:(?:{_PEOPLES})族)+(?:各族)?自治[州县]$|(?:壮族|回族|维吾尔)?自治区$|[市县区省]$")
_ALIASES = {
    "comparator": {"左右": "约", "大约": "约", "以上": "不低于", "以内": "不超过", "突破": "超过", "about": "约"}
}
_SORTS = {"city", "province", "county", "district"}
_LEVELS = ("国家", "全国", "中央")
ENDS = "厅局委办部行社司署会院"
"""What the short form of a body ends with."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that words may name. kind: of a parameter, or "provision"; value: what `fill` takes for it; name: as it
    is shown; document: the IRI of the document that a provision stands in; by: the name or the Chinese word that led
    to it, where that is not what was typed; near: whether that is only likely to be meant."""

    kind: str
    value: str
    name: str
    document: str = ""
    by: str = field(default="", compare=False)
    near: bool = field(default=False, compare=False)


def plain(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", words).lower() if c.isalnum())


def short_place(name: str) -> str:
    """民和 for 民和回族土族自治县."""
    return _SUFFIX.sub("", name)


def tokens(words: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z0-9][a-z0-9'&.]*", words.lower().replace("'s", ""))]


class Names:
    """Look-ups over all names, made once a snapshot.

    exact: folded form → what it names; english: rarest stem → (stems, option); indicators, headings: for words that
    are only part of a name; signs: units that no letter writes (%); loads: actor → its assignments, for the one of
    several that is meant more often; acronyms: NDRC → the body; among: kind of AMONG_BODIES →
    the bodies that are of it; provisions: IRI → the option of each that has a text.
    """

    def __init__(self, store: Store) -> None:
        self.exact: dict[str, list[Option]] = defaultdict(list)
        self.english: dict[str, list[tuple[frozenset[str], Option]]] = defaultdict(list)
        self.shortened: dict[tuple[str, str], list[tuple[str, str, Option]]] = defaultdict(list)
        self.signs: dict[str, Option] = {}
        self.acronyms: dict[str, list[Option]] = defaultdict(list)
        self.partial: list[tuple[str, Option]] = []
        self.documents: list[tuple[str, Option]] = []
        self.loads = {
            row["actor"].value: int(row["n"].value) for row in store.select(_PREFIXES + _LOADS) if "actor" in row
        }
        self._english: list[tuple[frozenset[str], Option]] = []
        self.listed = {kind: names_of(kind, store) for kind in KINDS}
        self.among = {kind: {value for value, _ in names_of(kind, store)} for kind in AMONG_BODIES}
        for kind, pairs in self.listed.items():
            if kind != "year":
                self._add(kind, pairs)
        texts = {row["document"].value for row in store.select(_PREFIXES + _TEXTS)}
        self.provisions: dict[str, Option] = {}
        for row in store.select(_PREFIXES + _PROVISIONS):
            document = str(EntityIri("document", document=parse(row["provision"].value).document))
            if document not in texts:
                continue
            option = Option("provision", row["notation"].value, row["heading"].value, document)
            self.provisions[row["provision"].value] = option
            self.partial.append((plain(option.name), option))
            self._put(option.name, option)
        self.scopes: dict[str, list[str]] = defaultdict(list)
        for row in store.select(_PREFIXES + _SCOPES):
            self.scopes[row["place"].value].append(row["document"].value)
        self.texts = sorted(texts)
        self._topics = Topics(store, self.listed, self.provisions)
        count: dict[str, int] = defaultdict(int)
        for words, _ in self._english:
            for word in words:
                count[word] += 1
        for words, option in self._english:
            self.english[min(words, key=lambda word: (count[word], word))].append((words, option))
        self.longest = max(map(len, self.exact), default=0)

    def _add(self, kind: str, listed: Iterable[tuple[str, str]]) -> None:
        official: dict[str, str] = {}
        pairs = list(listed)
        for value, name in pairs:
            official.setdefault(value, name)
        for value, name in pairs:
            option = Option(kind, value, official[value])
            self._put(name, option)
            if name.isascii() and re.search("[A-Za-z]{2}", name) and kind != "unit":
                self._put_english(name, option)
                if kind == "actor" and (letters := acronym(name)) and option not in self.acronyms[letters]:
                    self.acronyms[letters].append(option)
            elif kind == "actor":
                self._shorten(name, option)
                for form in governments(name):
                    self._put(form, option)
            elif kind == "place" and len(short := short_place(name)) > 1:
                self._put(short, option)
                if name.endswith("自治州"):
                    self._put(short + "州", option)
            elif kind == "indicator":
                self.partial.append((plain(name), option))
            if kind == "document":
                self.documents.append((plain(name), option))
        for other, name in _ALIASES.get(kind, {}).items():
            for option in self.exact.get(plain(name), ()):
                if option.kind == kind:
                    self._put(other, option)

    def _put(self, name: str, option: Option) -> None:
        form = plain(name)
        if not form and option.kind == "unit":
            self.signs.setdefault(unicodedata.normalize("NFKC", name), option)
        if option not in self.exact[form] and form:
            self.exact[form].append(option)

    def _put_english(self, name: str, option: Option) -> None:
        name = re.sub(r"\s*\([^)]*\)", "", name)
        words = [word for word in tokens(name) if not notions().says_nothing(word)]
        if option.kind == "actor":
            found = re.match(r"(.+?) of ([A-Z]\w+ (?:Province|City|Municipality))$", name)
            if found and not name.startswith("People's"):
                self._english.append((frozenset(t for t in tokens(found[1]) if not notions().says_nothing(t)), option))
        if words:
            self._english.append((frozenset(words), option))
        if option.kind == "place" and len(kept := [word for word in words if word not in _SORTS]) < len(words) and kept:
            self._english.append((frozenset(kept), option))

    def _shorten(self, name: str, option: Option) -> None:
        """Without its place, and ready to be found by an abbreviation of what is left."""
        place = _PLACE.match(name) or re.match("[省市](?=.{3})", name)
        core = plain(name[place.end() :] if place else name)
        if place and len(core) > 2:
            self._put(core, option)
        level = "国" if name.startswith(_LEVELS) else "省" if place and place[0].endswith(("省", "区")) else ""
        bare = core
        for lead in _LEVELS:
            bare = bare.removeprefix(lead)
        for rest in {bare: None, core: None}:  # 国税局 begins as 国家税务总局 does
            if len(rest) < 3:
                continue
            ends = {rest[-1], *("委" if rest.endswith("委员会") else "", "办" if rest.endswith("办公室") else "")}
            for end in ends - {""}:
                self.shortened[rest[0], end].append((rest, level, option))

    def of_kind(self, kind: str) -> list[tuple[str, str]]:
        """(IRI or year, name) as `names_of` gives them."""
        if kind in self.among:
            return [pair for pair in self.listed["actor"] if pair[0] in self.among[kind]]
        return self.listed.get(kind, [])

    def title(self, document: str) -> str:
        return next((option.name for _, option in self.documents if option.value == document), document)

    def usual(self, document: str) -> str:
        """The document that a question asks about where none is named: "" for the question's own default, which is
        given by its title, else the first one that this store holds."""
        held = any(document in (value, name) for value, name in self.listed["document"])
        return "" if held or not self.texts else self.texts[0]

    def abbreviated(self, words: str) -> list[Option]:
        """The bodies that 发改委, 省文旅厅 or 国家卫健委 may stand for: their characters in order, from the first
        to the last. Of several, those with most assignments come first."""
        level = "国" if words.startswith(_LEVELS) else "省" if words.startswith("省") else ""
        cores = {words, re.sub(f"^(?:{'|'.join(_LEVELS)}|省|市)", "", words)}
        found = {
            option: None
            for core in cores
            if 2 < len(core) < 9
            for full, of, option in self.shortened.get((core[0], core[-1]), ())
            if (not level or level == of) and in_order(core, full)
        }
        return sorted(found, key=lambda option: (-self.loads.get(option.value, 0), option.value))

    def clipped(self, words: str) -> list[Option]:
        """The bodies whose short form these characters are without its last: 国税 of 国税局, 人社 of 人社厅. None for
        what stands in the name as it is (教育): such words are of the language, and as often mean the thing."""
        if not 1 < len(words) < 4:
            return []
        found = {option: None for end in ENDS for option in self.abbreviated(words + end) if words not in option.name}
        return sorted(found, key=lambda option: (-self.loads.get(option.value, 0), option.value))

    @cached_property
    def _spoken(self) -> list[tuple[list[str], Option]]:
        """What each body's name is spelt with, up to the character that its short form ends with: fzhggw for
        发展和改革委(员会). A name with another end (各成员单位) has no such form: any initials would be in it."""
        cut = {
            (core[: core.rindex(end) + 1], option)
            for (_, end), held in self.shortened.items()
            for core, _, option in held
            if end in ENDS
        }
        return [([reading or rest for rest, reading in read_out(core)], option) for core, option in cut]

    def spelt(self, letters: str) -> list[Option]:
        """The bodies whose short form begins each character so, or is read out so: fgw and fagaiwei for 发改委. Those
        with most assignments first."""
        asked = letters.removeprefix("sheng") if len(letters) > 9 else letters
        found = {option for syllables, option in self._spoken if spells(asked, syllables)}
        return sorted(found, key=lambda option: (-self.loads.get(option.value, 0), option.value))

    def about(self, words: str) -> list[Option]:
        """What an English topic may stand for: tourism, elderly care."""
        return self._topics.about(words, self.holding)

    def standing(self, options: Iterable[Option], words: str) -> list[Option]:
        """The provisions in which things stand that were called by an English name."""
        return self._topics.standing([(option.value, words) for option in options if option.kind in STANDING])

    def holding(self, words: str) -> list[Option]:
        """Indicators and provisions whose name holds these characters: in a row, or for an indicator in order; else a
        provision that holds their two halves the other way about (养老托幼 for 托幼养老) or apart
        (养老和托幼)."""
        asked = words.replace("gdp", "地区生产总值")
        row = [(len(full), option) for full, option in self.partial if asked in full]
        if not row and len(asked) > 3:
            row = [
                (len(full), option)
                for full, option in self.partial
                if option.kind == "indicator" and in_order(asked, full)
            ]
            row = row or [
                (len(full), option)
                for full, option in self.partial
                if option.kind == "provision"
                and (
                    any(each in full for each in turned(asked))
                    or ((parts := joined(asked)) and all(part in full for part in parts))
                )
            ]
        found = {option: None for _, option in sorted(row, key=lambda each: (each[0], each[1].value))}
        return list(found)
