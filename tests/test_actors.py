"""Names of bodies, places and indicators: one thing in every document that names it, two where they are two.

The printed names are those of real documents: 青政办〔2020〕62号, 京公开办发〔2021〕1号 and 〔2023〕1号,
国办发〔2018〕117号 and 128号, 国发〔2018〕39号, 国发〔2007〕37号, and a plan of Guangzhou of 2012 (市留交办, 团市委).
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product

import pytest
from gb2260 import Division as GB2260
from hypothesis import given
from hypothesis import strategies as st

from policygraph import resources
from policygraph.compiler.bodies import Body
from policygraph.compiler.model import Span
from policygraph.compiler.places import NATION, Division
from policygraph.compiler.registry import Registry
from policygraph.compiler.resolve import Names
from policygraph.graph.iri import parse, pinyin
from policygraph.graph.namespaces import ID_BASE, PG, RDF, SKOS

HERE = Span(0, 1)


def home_of(registry: Registry, name: str) -> Division | None:
    return NATION if name == "国" else registry.places.find(name) if name else None


def names_in(registry: Registry, home: str, document: str = "a") -> Names:
    return Names(registry, home_of(registry, home), document=document)


def read(registry: Registry, home: str, printed: str) -> Body:
    return registry.bodies.read(printed, home_of(registry, home))


BODIES = """
国 国家发展改革委 国家发展和改革委员会 发展改革部门 national
国 发展改革委 国家发展和改革委员会 发展改革部门 national
国 环保总局 国家环境保护总局 生态环境部门 national
国 市场监管总局 国家市场监督管理总局 市场监管部门 national
国 体育总局 国家体育总局 体育部门 national
国 医保局 国家医疗保障局 医疗保障部门 national
国 银保监会 中国银行保险监督管理委员会 银行保险监管机构 national
国 人民银行 中国人民银行 人民银行 national
国 国管局 国家机关事务管理局 机关事务管理部门 national
国 供销合作总社 中华全国供销合作总社 供销合作社 national
国 国务院扶贫办 国务院扶贫开发领导小组办公室 乡村振兴部门 national
国 住房城乡建设部 住房和城乡建设部 住房城乡建设部门 national
国 全国妇联 中华全国妇女联合会 妇联 national
国 国务院办公厅 国务院办公厅 政府办公厅（室） national
青海省 省发展改革委 青海省发展和改革委员会 发展改革部门 province
甘肃省 省发展改革委 甘肃省发展和改革委员会 发展改革部门 province
甘肃省 省发改委 甘肃省发展和改革委员会 发展改革部门 province
甘肃省 甘肃省发改委 甘肃省发展和改革委员会 发展改革部门 province
内蒙古自治区 自治区发展改革委 内蒙古自治区发展和改革委员会 发展改革部门 province
西宁市 市发改委 西宁市发展和改革委员会 发展改革部门 prefecture
西宁市 省发展改革委 青海省发展和改革委员会 发展改革部门 province
海西蒙古族藏族自治州 州商务局 海西蒙古族藏族自治州商务局 商务部门 prefecture
四川省 商务厅 四川省商务厅 商务部门 province
四川省 省市场监管局 四川省市场监督管理局 市场监管部门 province
广州市 市场监管局 广州市市场监督管理局 市场监管部门 prefecture
广州市 市市场监管局 广州市市场监督管理局 市场监管部门 prefecture
北京市 市教委 北京市教育委员会 教育部门 province
北京市 市交通委 北京市交通委员会 交通运输部门 province
北京市 市规划自然资源委 北京市规划和自然资源委员会 规划和自然资源部门 province
北京市 市人力资源社会保障局 北京市人力资源和社会保障局 人力资源社会保障部门 province
北京市 市药监局 北京市药品监督管理局 药品监管部门 province
北京市 市政务服务局 北京市政务服务管理局 政务服务部门 province
海淀区 区教委 北京市海淀区教育委员会 教育部门 county
海淀区 市教委 北京市教育委员会 教育部门 province
广州市 越秀区 广州市越秀区人民政府 人民政府 county
广州市 南沙区政府 广州市南沙区人民政府 人民政府 county
青海省 格尔木市政府 格尔木市人民政府 人民政府 county
广州市 市委组织部 中共广州市委员会组织部 组织部门 prefecture
广州市 广东省委组织部 中共广东省委员会组织部 组织部门 province
广州市 团市委 中国共产主义青年团广州市委员会 共青团 prefecture
广州市 市法院 广州市中级人民法院 人民法院 prefecture
青海省 省法院 青海省高级人民法院 人民法院 province
广州市 市工商联 广州市工商业联合会 工商联 prefecture
广州市 市税务局 国家税务总局广州市税务局 税务部门 prefecture
广州市 国家税务总局广州市税务局 国家税务总局广州市税务局 税务部门 prefecture
青海省 青海证监局 中国证券监督管理委员会青海监管局 证券监管机构 province
甘肃省 甘肃银保监局 中国银行保险监督管理委员会甘肃监管局 银行保险监管机构 province
广州市 人行广州分行 中国人民银行广州分行 人民银行 prefecture
湖北省 国网湖北省电力有限公司 国网湖北省电力有限公司 电网企业 province
北京市 中关村管委会 中关村管委会 开发区管委会 -
北京市 国家统计局北京调查总队 国家统计局北京调查总队 统计部门 province
"""


@pytest.mark.parametrize("row", BODIES.split("\n")[1:-1])
def test_a_printed_name_is_this_body(registry: Registry, row: str) -> None:
    home, printed, name, kind, level = row.split()
    body = read(registry, home, printed)
    assert (body.name, body.kind and body.kind.name, body.level or "-") == (name, kind, level)
    assert not body.group and not body.problem


@pytest.mark.parametrize(
    ("home", "printed", "name", "kind"),
    [
        ("北京市", "各区政府", "北京市各区人民政府", None),
        ("北京市", "各区人民政府", "北京市各区人民政府", None),
        ("北京市", "市政府各部门", "北京市政府各部门", None),
        ("北京市", "市政府相关部门", "北京市政府相关部门", None),
        ("青海省", "各市州人民政府", "青海省各市州人民政府", None),
        ("甘肃省", "各市州人民政府", "甘肃省各市州人民政府", None),
        ("青海省", "各行业主管部门", "青海省各行业主管部门", None),
        ("甘肃省", "省服务业发展联席会议各成员单位", "甘肃省服务业发展联席会议各成员单位", None),
        ("广州市", "各有关区、县级市", "广州市各有关区、县级市", None),
        ("广州市", "各项目牵头单位", "广州市各项目牵头单位", None),
        ("广州市", "市民政部门", "广州市民政部门", "民政部门"),
        ("广州市", "各区卫生健康局", "广州市各区卫生健康局", "卫生健康部门"),
        ("国", "各省级人民政府", "各省级人民政府", None),
        ("国", "试点城市政府", "试点城市人民政府", None),
        ("国", "各有关部门和单位", "各有关部门和单位", None),
        ("国", "发展改革主管部门", "发展改革主管部门", "发展改革部门"),
    ],
)
def test_a_group_is_a_collective(registry: Registry, home: str, printed: str, name: str, kind: str | None) -> None:
    body = read(registry, home, printed)
    assert body.group and not body.problem
    assert body.name == name
    if kind:
        assert body.kind and body.kind.name == kind
    names = names_in(registry, home)
    made = names.actor(printed, HERE)
    if body.name not in registry.by["actors"]:
        assert (made, str(RDF.type), "iri", str(PG.CollectiveActor)) in set(names.statements())


@pytest.mark.parametrize("name", ["市场监管总局", "两江新区管委会", "地方金融监管局", "五大连池市政府", "区域协调局"])
def test_what_only_looks_like_a_group_or_a_level(registry: Registry, name: str) -> None:
    body = read(registry, "北京市", name)
    assert not body.group
    assert not body.name.startswith(("北京市场", "北京市域"))


@pytest.mark.parametrize(
    ("home", "printed"),
    [("广州市", "市留交办"), ("青海省", "省机器人局"), ("青海省", "市教育局"), ("", "省发展改革委"),
     ("国", "教育厅（教委）"), ("广州市", "市交通委（市道运局）"), ("广州市", "∎∎")],
)  # fmt: skip
def test_what_is_not_known_is_told(registry: Registry, home: str, printed: str) -> None:
    names = names_in(registry, home)
    made = names.actor(printed, HERE)
    assert names.actor(printed, HERE) == made
    assert [f.code for f in names.findings] == ["actor"]
    assert names.findings[0].span == HERE
    assert (made, str(PG.basis), "iri", str(PG.Inferred)) in set(names.statements())


def test_two_provinces_one_kind(registry: Registry) -> None:
    """The same printed name in two provinces: two actors, one kind, each of its own place."""
    found = {}
    for home in ("四川省", "甘肃省"):
        names = names_in(registry, home)
        made = names.actor("省发展改革委", HERE)
        said = {(prop, value) for subject, prop, _, value in names.statements() if subject == made}
        found[made] = {value for prop, value in said if prop == str(SKOS.broader)}
        assert (str(SKOS.altLabel), "省发展改革委") in said
        assert not names.findings
    assert len(found) == 2
    assert set(map(frozenset, found.values())) == {frozenset({ID_BASE + "kind/fazhangaigebumen"})}


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("各市州人民政府", "renminzhengfu"),
        ("各市、自治州人民政府", "renminzhengfu"),
        ("各县人民政府", "renminzhengfu"),
        ("各行业主管部门", ""),
        ("各市人民政府有关部门", ""),
    ],
)
def test_a_group_of_governments_is_of_their_kind(printed: str, kind: str, registry: Registry) -> None:
    body = registry.bodies.read(printed, registry.places.find("青海省"))
    assert body.group
    assert (body.kind.name if body.kind else "") == ("人民政府" if kind else "")


def test_forms_of_one_name_are_one_actor(registry: Registry) -> None:
    names = names_in(registry, "四川省")
    forms = ("省发展改革委", "省发改委", "四川省发展改革委", "四川省发展和改革委员会", "省 发展改革委")
    assert len({names.actor(form, HERE) for form in forms}) == 1
    assert names_in(registry, "成都市").actor("省发展改革委", HERE) == names.actor(forms[0], HERE)


def test_a_registered_body_keeps_its_iri(registry: Registry) -> None:
    """Whatever way leads to its full name: 省人社厅 is not in the registry, 青海省人力资源和社会保障厅 is."""
    expected = ID_BASE + "org/qinghaisheng-renliziyuanheshehuibaozhangting"
    for home, printed in (("青海省", "省人社厅"), ("青海省", "省人力资源社会保障厅"), ("西宁市", "省人社厅"),
                          ("国", "青海省人力资源社会保障厅")):  # fmt: skip
        names = names_in(registry, home)
        assert names.actor(printed, HERE) == expected
        assert not list(names.statements())


def test_one_iri_says_one_thing_whoever_prints_the_name(registry: Registry) -> None:
    """A kind, a level, a place for an IRI, by whichever rule and in whichever document the name was read."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    branches = ("{}证监局", "中国证监会{}监管局", "{}银保监局", "中国银保监会{}监管局", "国家统计局{}调查总队",
                "{}海关", "国家税务总局{}省税务局", "人行{}分行", "中国人民银行{}分行")  # fmt: skip
    local = [form for form in registry.bodies.kinds.local if form not in ("行署", "政协")]
    for home, short in (("四川省", "四川"), ("甘肃省", "甘肃"), ("国", "四川"), ("成都市", "四川")):
        names = names_in(registry, home)
        printed = [f"省{form}" for form in local] + [f"四川省{form}" for form in local] + local
        printed += [branch.format(short) for branch in branches] + ["省民政部门", "四川省民政部门", "各市州人民政府"]
        for name in printed:
            names.actor(name, HERE)
        for subject, prop, _, value in names.statements():
            if prop != str(SKOS.altLabel):
                found[subject, prop].add(value)
    assert len(found) > 1000
    assert {key: values for key, values in found.items() if len(values) > 1} == {}


def test_a_body_whose_name_holds_a_comma(registry: Registry) -> None:
    """京公开办发〔2021〕1号 and 〔2023〕1号 print it with and without 、; 京政服发〔2020〕19号 names two bodies."""
    names = names_in(registry, "北京市")
    merged = names.actor("市科委、中关村管委会", HERE)
    assert names.actor("市科委中关村管委会", HERE) == merged
    assert len({merged, names.actor("市科委", HERE), names.actor("中关村管委会", HERE)}) == 3
    assert names.actor("市重大项目办", HERE) == names.actor("市重大办", HERE)


def test_two_documents_of_unknown_place_share_no_body(registry: Registry) -> None:
    a, b = (names_in(registry, "", document).actor("省发展改革委", HERE) for document in ("a", "b"))
    assert a != b


def test_names_that_sound_alike_are_two(registry: Registry) -> None:
    """教委 and 交委 are both jiaowei; 山西 and 陕西 both shanxi: neither may meet in one IRI."""
    names = names_in(registry, "重庆市")
    printed = ("市教委", "市交委", "市叫委", "市角委")
    assert len({names.actor(p, HERE) for p in printed}) == 4
    assert len({names_in(registry, h).actor("省教育厅", HERE) for h in ("山西省", "陕西省")}) == 2
    assert len({names_in(registry, h).actor(f"{h[:2]}证监局", HERE) for h in ("山西省", "陕西省")}) == 2
    for homes in (("山西省", "陕西省"), ("苏州市", "宿州市"), ("台州市", "泰州市")):
        assert len({names_in(registry, h).iri("place", h) for h in homes}) == 2


@given(
    home=st.sampled_from(["国", "", "青海省", "广州市", "海淀区"]),
    printed=st.one_of(
        st.text(min_size=1, max_size=12),
        st.text("省市区县各中共国家委局厅部（）、发展改革教育1a ", min_size=1, max_size=9),
    ),
)
def test_any_name_gets_an_ascii_iri_of_the_scheme(registry: Registry, home: str, printed: str) -> None:
    first, again = (names_in(registry, home).actor(printed, HERE) for _ in range(2))
    assert first == again
    assert first.isascii()
    assert parse(first).kind == "actor"
    one, two = (names_in(registry, home).indicator(printed, HERE) for _ in range(2))
    assert one == two and one.isascii() and parse(one).kind == "indicator"


def test_official_names_of_kinds_never_sound_alike(registry: Registry) -> None:
    kinds = registry.bodies.kinds
    for table in (kinds.local, kinds.national):
        spoken: dict[str, set[str]] = defaultdict(set)
        for form in table.values():
            spoken[pinyin(form.official)].add(form.official)
        assert {k: v for k, v in spoken.items() if len(v) > 1} == {}
    labels = [entry.text("name") for entry in registry.entries["kinds"]]
    assert len({pinyin(label) for label in labels}) == len(labels)


def test_every_form_of_every_kind_resolves_in_every_province(registry: Registry) -> None:
    """Whoever writes 省X for a form of the table means the province's body of that kind."""
    for home, (printed, form) in product(("四川省", "新疆维吾尔自治区"), registry.bodies.kinds.local.items()):
        if form.kind.sort in ("party", "court") or "{" in form.official or printed in ("政协", "行署"):
            continue
        body = read(registry, home, ("省" if home.endswith("省") else "自治区") + printed)
        assert (body.name, body.kind) == (home + form.official, form.kind), printed


# --- places ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuers", "title", "number", "home"),
    [
        (("青海省人民政府办公厅",), "关于推动青海省服务业高质量发展的实施意见", "青政办〔2020〕62号", "青海省"),
        (("北京市政务公开领导小组办公室",), "", "京公开办发〔2021〕1号", "北京市"),
        ((), "北京市政务服务管理局关于印发《北京市2020年政务公开工作要点》的通知", "", "北京市"),
        ((), "广州市居家社区养老服务管理办法", "", "广州市"),
        (("广州市卫生健康委员会",), "广州市卫生健康委等4部门关于印发方案的通知", "穗卫函〔2023〕1930号", "广州市"),
        ((), "关于印发方案的通知", "穗府办规〔2022〕13号", "广州市"),
        ((), "关于进一步优化营商环境的若干意见", "鄂政发〔2018〕26号", "湖北省"),
        (("国务院办公厅",), "国务院办公厅关于印发方案的通知", "国办发〔2018〕128号", "国"),
        ((), "工业和信息化部等八部门关于印发方案的通知", "工信部联科〔2025〕279号", "国"),
        ((), "国务院关于支持贵州省又好又快发展的若干意见", "国发〔2012〕2号", "国"),
        (("国家税务总局广州市税务局",), "关于办税的公告", "", "广州市"),
        ((), "关于印发方案的通知", "", ""),
    ],
)
def test_the_home_of_a_document(
    registry: Registry, issuers: tuple[str, ...], title: str, number: str, home: str
) -> None:
    assert registry.home(issuers, title, number) == home_of(registry, home)


def test_divisions_are_those_of_the_standard(registry: Registry) -> None:
    """Against the package that carries GB/T 2260: every row marked so has its name there."""
    path = re.compile(r"^(\d{6})\t(\S+)\t(\S+)\t(both|2014|2026)$", re.MULTILINE)
    rows = path.findall((resources.data() / "registry" / "divisions.tsv").read_text(encoding="utf-8"))
    assert len(rows) > 3000
    for code, name, _, edition in rows:
        if edition in ("both", "2014"):
            assert GB2260.get(code).name == name, code
    signs = [sign for _, _, field, _ in rows if field != "-" for sign in field.split("/")]
    assert len(signs) == len(set(signs))
    assert sum(code.endswith("0000") for code, *_ in rows) == 34


@pytest.mark.parametrize(
    ("text", "home", "code", "rest"),
    [
        ("广东省广州市越秀区人民政府", "", "440104", "人民政府"),
        ("北京市朝阳区政府", "", "110105", "政府"),
        ("朝阳区政府", "北京市", "110105", "政府"),
        ("朝阳区政府", "长春市", "220104", "政府"),
        ("朝阳区政府", "", None, "朝阳区政府"),
        ("海南藏族自治州人民政府", "", "632500", "人民政府"),
        ("吉林省吉林市", "", "220200", ""),
        ("中国人民银行", "", None, "中国人民银行"),
    ],
)
def test_the_place_that_opens_a_name(registry: Registry, text: str, home: str, code: str | None, rest: str) -> None:
    place, at = registry.places.opening(text, home_of(registry, home))
    assert (place.code if place else None, text[at:]) == (code, rest)


def test_a_place_says_what_it_lies_in(registry: Registry) -> None:
    names = names_in(registry, "广州市")
    district = names.actor("越秀区", HERE)
    said = {(s.removeprefix(ID_BASE), p.rpartition("/")[2].rpartition("#")[2], v) for s, p, _, v in names.statements()}
    assert (district.removeprefix(ID_BASE), "jurisdiction", ID_BASE + "place/yuexiuqu-440104") in said
    assert ("place/yuexiuqu-440104", "containedInPlace", ID_BASE + "place/guangzhoushi") in said
    assert ("place/guangzhoushi", "containedInPlace", ID_BASE + "place/guangdongsheng") in said
    assert ("place/guangdongsheng", "regionCode", "440000") in said


# --- indicators ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        "服务业增加值占地区生产总值比重", "全省服务业增加值占GDP的比重", "我市服务业增加值占地区生产总值的比重",
        "服务业增加值占生产总值比重",
        "甘肃省服务业增加值占全省生产总值的比重", "到2025年全市服务业增加值占GDP比例", "服务业增加值占ＧＤＰ比重",
    ],
)  # fmt: skip
def test_one_indicator_in_every_province(registry: Registry, printed: str) -> None:
    names = names_in(registry, "甘肃省")
    expected = ID_BASE + "indicator/fuwuyezengjiazhizhandiqushengchanzongzhibizhong"
    assert names.indicator(printed, HERE) == expected
    assert not names.findings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("全市秸秆综合利用率", "秸秆综合利用率", True),
        ("我省研发经费占GDP的比重", "研究与试验发展经费占地区生产总值比重", True),
        ("秸秆综合利用率", "畜禽粪污综合利用率", False),
        ("人均国内生产总值", "人均地区生产总值", False),
        ("服务业增加值占比", "服务业增加值占地区生产总值比重", False),
        ("省级示范社区数量", "示范社区数量", False),
    ],
)
def test_indicators_without_an_entry(registry: Registry, one: str, other: str, same: bool) -> None:
    first, second = names_in(registry, "甘肃省").indicator(one, HERE), names_in(registry, "国").indicator(other, HERE)
    assert (first == second) is same
