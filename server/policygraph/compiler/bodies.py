"""Which body a printed name means: the name, the place where the document is at home, and the table of kinds.

省发展改革委 is 青海省发展和改革委员会 in a document of Qinghai and 甘肃省发展和改革委员会 in one of Gansu: two bodies
of one kind. The rules below are tried in the order of `_RULES`; each reads one form of name and knows no other.
What none reads keeps its printed words and is told to the reader: never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .kinds import Form, Kind, Kinds
from .places import NATION, Division, Places


@dataclass(frozen=True, slots=True)
class Body:
    """name: the full name, or what is printed where no rule gives one; kind: of kinds.yaml, None where none fits.

    level: national, province, prefecture, county or "" where nothing tells. formal: the name is made of the tables'
    official words. homeless: it is one body in this document and perhaps another in the next, as nothing tells the
    place. problem: what was not understood.
    """

    name: str
    place: Division | None = None
    kind: Kind | None = None
    level: str = ""
    group: bool = False
    formal: bool = False
    homeless: bool = False
    problem: str = ""


_LEVEL = re.compile(
    r"(?P<seat>自治区|自治州|省|市(?!场|政[园工公])|区(?!域)|县(?!级)|州|盟|旗)级?(?P<rest>.+)", re.DOTALL
)
_SEATS = {"自治州": "州", "盟": "盟", "自治区": "自治区"}
_GROUP = re.compile(
    r"各|两(?!江)|有关|相关|其他|其它|所有|涉及|试点|[三四六七八九十]大|五大(?!连池)|县级以上|地方(?!金融|海事|税务|志)|"
    r"省级(?!行政)|基础电信|街道办事处$|乡镇|镇街|镇村|"
    r".*(?:各|有关|相关|所属|直属)(?!国)|.*(?:部门|单位|企业|机构|成员|院校|高校|政府及.*)$"
)
_GROUP_TASK = re.compile(
    r"(?:各级|各地区?|各省|各市|各区|各县|各|有关|相关|地方|省级?|市级?|区级?|县级?|国家)*(?P<task>.+?)(?:行政)?(?:主管)?(?:部门|机构)?"
)
_GOVERNMENTS = re.compile(r"(?!.*(?:部门|单位|机构|企业|管委会|委员会|办事处)).*人民政府")
_BRANCH_REST = re.compile(
    r"(?!.*(?:按|职责|负责))[^（）()、，,；;。：:]*(?:局|行|部|队|司|中心|公司|所|处|站|办|室|院)"
)
_LEAGUE = re.compile(
    r"(?:中国)?(?:共产主义青年团|共青团|团)(?P<seat>.*?)(?P<level>自治区|[省市区县州盟旗]?)委(?:员会)?$"
)
_BRACKET = re.compile(r"(?P<main>.{2,}?)[（(](?P<inner>[^（）()]+)[）)]$")
_COURTS = {"province": "高级人民法院", "prefecture": "中级人民法院", "county": "人民法院"}


class Bodies:
    """Reads names of bodies; one for a registry. Answers are kept: the same few names fill a collection."""

    def __init__(self, kinds: Kinds, places: Places) -> None:
        self.kinds, self.places = kinds, places
        self._known: dict[tuple[str, Division | None], Body] = {}
        self._longest = max(map(len, kinds.national), default=0)

    def read(self, printed: str, home: Division | None) -> Body:
        """home: the division that the document speaks for, NATION for one of the centre, None where unknown."""
        key = (printed, home)
        if (found := self._known.get(key)) is None:
            found = self._known[key] = self._read(re.sub(r"\s+", "", printed), home)
            if len(self._known) > 200_000:  # a collection of the whole country stays below; a flood of noise does not
                self._known.clear()
        return found

    def _read(self, name: str, home: Division | None) -> Body:
        for rule in _RULES:
            if found := rule(self, name, home):
                return found
        return Body(name, problem=f"the body {name} is not in the registry and no rule reads its name")

    # --- rules: (name, home) → body, or None where the name has another form ---------------------------------------

    def _bracket(self, name: str, home: Division | None) -> Body | None:
        """市交通委（市道运局）: the body before the brackets; those within are told, not made responsible."""
        found = _BRACKET.fullmatch(name)
        if not found:
            return None
        main = self._read(found["main"], home)
        problem = main.problem or f"{name}: read as {main.name}; the words in brackets are kept as printed only"
        return replace(main, problem=problem)

    def _national(self, name: str, home: Division | None) -> Body | None:
        """国家发展改革委 anywhere; 发展改革委 in a document of the centre."""
        form = self.kinds.national.get(name) or (self.kinds.loose.get(name) if home is NATION else None)
        return Body(form.official, NATION, form.kind, "national", formal=True) if form else None

    def _group(self, name: str, home: Division | None) -> Body | None:
        """各区政府, 市政府有关部门, 民政部门, 各区卫生健康局: several bodies under one name."""
        if not _GROUP.match(name) or name in self.kinds.local:
            return None
        said = re.sub(r"(?<!人民)政府$", "人民政府", name)
        place, rest = self.places.opening(said, home)
        kind = self._task(said[rest:])
        if place:
            return Body(self._full(place) + said[rest:], place, kind, place.level, group=True)
        level = _LEVEL.fullmatch(said)
        if level and not re.match(r"[省市区县]级|区(?:县|各)|县(?:区|市)", said):
            seat = self._seat(level["seat"], home)
            if seat is None:
                return Body(name, None, kind, group=True, homeless=True, problem=_homeless(name, level["seat"]))
            return Body(self._full(seat) + level["rest"], seat, kind, seat.level, group=True)
        if home is None:
            return Body(said, None, kind, group=True, homeless=True)
        if home is NATION:
            return Body(said, home, kind, "national", group=True)
        return Body(self._full(home) + said, home, kind, home.level, group=True)

    def _placed(self, name: str, home: Division | None) -> Body | None:
        """广州市卫生健康委员会, 中共广东省委组织部: the name opens with its place."""
        bare = name.removeprefix("中共")
        place, at = self.places.opening(bare, home)
        return self._at(place, bare[at:] or "人民政府") if place else None  # 越秀区 among bodies: its government

    def _branch(self, name: str, home: Division | None) -> Body | None:
        """国家税务总局青海省税务局, 人行广州分行: a national body, then its place or branch."""
        for end in range(min(len(name) - 2, self._longest), 1, -1):
            form = self.kinds.national.get(name[:end])
            if form is None or not _BRANCH_REST.fullmatch(name[end:]):
                continue
            place, _ = self.places.opening(name[end:], home)
            if place is None:
                place, _ = self.places.opening_short(name[end:])
            company = form.kind.sort == "enterprise"
            kind = form.kind if company else Kind(form.kind.name, "central-branch")
            full, level = name if company else form.official + name[end:], place.level if place else ""
            return Body(full, place, kind, level, formal=not company)
        return None

    def _bare(self, name: str, home: Division | None) -> Body | None:
        """商务厅, 财政局 in a document of a province or city: its own. A 厅 is the province's."""
        if name not in self.kinds.local or home is None or home is NATION:
            return None
        return self._at(self.places.above(home)[-1] if name.endswith("厅") else home, name)

    def _levelled(self, name: str, home: Division | None) -> Body | None:
        """省发展改革委, 市委组织部: the level stands for the place of the document or one that it lies in."""
        found = _LEVEL.fullmatch(name)
        if not found:
            return None
        seat = self._seat(found["seat"], home)
        if seat is None:
            kind = self._at_any(found["rest"])
            return Body(name, kind=kind, homeless=True, problem=_homeless(name, found["seat"]))
        return self._at(seat, found["rest"])

    def _short_placed(self, name: str, home: Division | None) -> Body | None:
        """青海证监局, 广州海关: branches leave out 省 and 市."""
        place, at = self.places.opening_short(name)
        form = self.kinds.local.get(name[at:]) if place else None
        if place is None or form is None or form.kind.sort != "central-branch":
            return None
        return self._at(place, name[at:])

    def _league(self, name: str, home: Division | None) -> Body | None:
        """团省委, 共青团广州市委."""
        found = _LEAGUE.match(name)
        if not found:
            return None
        place = self.places.find(found["seat"] + found["level"], home) if found["seat"] else None
        place = place or (self._seat(found["level"], home) if found["level"] and not found["seat"] else None)
        form = self.kinds.national.get("共青团中央")
        if place is None or form is None:
            return None
        return Body(f"中国共产主义青年团{self._full(place)}委员会", place, form.kind, place.level, formal=True)

    def _ending(self, name: str, home: Division | None) -> Body | None:
        """国网湖北省电力有限公司, 中关村管委会: known by its last characters; the name is whole."""
        kind = self._by_ending(name)
        return Body(name, None, kind) if kind else None

    # --- steps that the rules share --------------------------------------------------------------------------------

    def _at(self, place: Division, rest: str) -> Body:
        """A body of a known place by the rest of its name."""
        form = self._form(place, rest)
        full = self._full(place)
        if form:
            name = form.official.replace("{}", full).replace("{short}", place.short)
            return Body(name if "{" in form.official else full + name, place, form.kind, place.level, formal=True)
        kind = self._by_ending(rest)
        name = full + rest
        problem = "" if kind else f"the body {name} is not in the registry and its kind is not known"
        return Body(name, place, kind, place.level, problem=problem)

    def _form(self, place: Division, rest: str) -> Form | None:
        party = re.match(r"(?:党委|委员会|委)(?P<more>.*)", rest)
        form = self.kinds.local.get("委" + party["more"] if party else rest)
        if form is None:
            return None
        if form.kind.sort == "court":
            return Form(form.kind, _COURTS.get(place.level, "人民法院"))
        if form.kind.sort == "party" and form.official.startswith("委"):
            return Form(form.kind, "中共{}委员会" + form.official[1:])
        return form

    def _at_any(self, rest: str) -> Kind | None:
        form = self.kinds.local.get(rest)
        return form.kind if form else self._by_ending(rest)

    def _by_ending(self, name: str) -> Kind | None:
        return next((self.kinds.endings[name[-n:]] for n in range(min(8, len(name) - 1), 1, -1)
                     if name[-n:] in self.kinds.endings), None)  # fmt: skip

    def _task(self, name: str) -> Kind | None:
        """发展改革主管部门, 各区卫生健康局: the one kind that a group is of."""
        found = _GROUP_TASK.fullmatch(name)
        if not found:
            return None
        form = self.kinds.local.get(found["task"])
        if form is None and _GOVERNMENTS.fullmatch(name):  # 各市州人民政府: whatever the places, all are governments
            form = self.kinds.local.get("人民政府")
        return form.kind if form else self.kinds.tasks.get(found["task"])

    def _seat(self, seat: str, home: Division | None) -> Division | None:
        """The home or what it lies in, whichever first has a name of that level."""
        chain = self.places.above(home) if home else ()
        ending = _SEATS.get(seat, seat)
        for place in chain:
            if place.name.endswith(ending) and (ending != "区" or place.level == "county"):
                return place
        if seat == "区" and chain and chain[-1].name.endswith("自治区") and chain[0].level == "province":
            return chain[-1]  # 区党委 in a document of an autonomous region
        return None

    def _full(self, place: Division) -> str:
        """A district with its city, so a county whose name is not the only one; all else by its own name alone."""
        chain = self.places.above(place)
        alone = place.level != "county" or (not place.name.endswith("区") and self.places.find(place.name) == place)
        return place.name if alone or len(chain) < 2 else chain[1].name + place.name


def _homeless(name: str, level: str) -> str:
    return f"the body {name} cannot be told: the document's own place has no {level}, or its place is not known"


Rule = Callable[[Bodies, str, Division | None], Body | None]
_RULES: tuple[Rule, ...] = (
    Bodies._bracket, Bodies._national, Bodies._group, Bodies._placed, Bodies._branch, Bodies._bare,
    Bodies._levelled, Bodies._short_placed, Bodies._league, Bodies._ending,
)  # fmt: skip
"""The order matters: 市场监管总局 is national before 市 is a level; 各区政府 is a group before 区 is a place."""
