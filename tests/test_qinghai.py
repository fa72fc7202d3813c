"""青政办〔2020〕62号, stated from a reading of the text: nothing here was copied from the compiler's output."""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal

import pytest
from rdflib import Literal, URIRef

from policygraph import resources
from policygraph.graph.build import Compiled
from policygraph.graph.namespaces import DCTERMS, ELI, ID_BASE, OA, PG, PROV, RDF, SKOS

DOC = URIRef(ID_BASE + "doc/qingzhengban-2020-62")

RESPONSIBLE = {
    "1.1": "",
    "1.2": "",
    "2.1": "省工业和信息化厅 省科技厅 省通信管理局 各行业主管部门",
    "2.2": "省市场监管局 各行业主管部门",
    "2.3": "省发展改革委 省住房城乡建设厅 各市州人民政府",
    "2.4": "省商务厅 省发展改革委 省市场监管局 省政府审改办",
    "3.1": "省工业和信息化厅 省发展改革委 省通信管理局 各行业主管部门",
    "3.2": "省交通运输厅 省商务厅 省工业和信息化厅 省发展改革委 省农业农村厅 省应急厅 "
    "省供销联社 省邮政管理局 中国铁路青藏公司",
    "3.3": "省地方金融监管局 人行西宁中心支行 青海银保监局 青海证监局",
    "3.4": "省科技厅 省工业和信息化厅",
    "3.5": "省市场监管局 省工业和信息化厅 省科技厅",
    "3.6": "省商务厅 各行业主管部门 各市州人民政府",
    "3.7": "省商务厅 省市场监管局 省文化和旅游厅",
    "3.8": "省文化和旅游厅 省农业农村厅 省工业和信息化厅 省体育局 各市州人民政府",
    "3.9": "省卫生健康委 省文化和旅游厅 省商务厅 省体育局 省医保局 各市州人民政府",
    "3.10": "省民政厅 省卫生健康委 省教育厅 省医疗保障局 省财政厅 省发展改革委",
    "3.11": "省商务厅 省人力资源社会保障厅 省住房城乡建设厅 省民政厅",
    "4.1": "省发展改革委 各市州人民政府",
    "4.2": "省人力资源社会保障厅",
    "4.3": "国家税务总局青海省税务局 省发展改革委 省财政厅 省工业和信息化厅 国网青海省电力公司",
    "4.4": "各市州人民政府 三大工业园区管委会 省工业和信息化厅 省发展改革委",
    "4.5": "省统计局 省发展改革委 省服务业发展联席会议各成员单位",
}

TARGETS = [  # provision, words, comparators, value, upper, unit, year, normalised
    ("1.2", "53%", "Approximately", "53", None, "%", 2025, "53"),
    ("1.2", "50%", "Approximately", "50", None, "%", 2025, "50"),
    ("3.1", "600亿元", "Reach", "600", None, "亿元", 2025, "60000000000"),
    ("3.2", "13%", "Approximately FallTo", "13", None, "%", 2025, "13"),
    ("3.3", "300亿元", "Reach", "300", None, "亿元", 2025, "30000000000"),
    ("3.3", "8.5%", "Approximately", "8.5", None, "%", 2025, "8.5"),
    ("3.4", "20亿元", "Reach", "20", None, "亿元", 2025, "2000000000"),
    ("3.5", "20%", "IncreaseBy", "20", None, "%", 2025, "20"),
    ("3.7", "1—2条", "Between", "1", "2", "条", None, "1"),
    ("3.7", "7个", "Exactly", "7", None, "个", 2025, "7"),
    ("3.8", "8100万人次", "Reach", "8100", None, "万人次", 2025, "81000000"),
    ("3.8", "800亿元", "Reach", "800", None, "亿元", 2025, "80000000000"),
    ("3.9", "5%", "Approximately", "5", None, "%", 2025, "5"),
    ("3.10", "60%", "MoreThan", "60", None, "%", 2025, "60"),
    ("3.10", "50%", "Reach", "50", None, "%", 2025, "50"),
    ("3.10", "95%", "AtLeast", "95", None, "%", 2025, "95"),
    ("3.11", "100%", "Reach", "100", None, "%", 2025, "100"),
    ("3.11", "85%", "AtLeast", "85", None, "%", 2025, "85"),
]


def test_outline(qinghai: Compiled) -> None:
    kinds = Counter(p.kind for p in qinghai.document.provisions)
    assert [p.heading for p in qinghai.document.parts] == ["总体要求", "发展路径", "重点任务", "保障措施"]
    assert [len(p.provisions) for p in qinghai.document.parts] == [2, 4, 11, 5]
    assert kinds == {"GuidingPrinciple": 1, "Objective": 1, "Path": 4, "Task": 11, "Safeguard": 5}
    assert not qinghai.findings


@pytest.mark.parametrize("number", RESPONSIBLE)
def test_responsible_bodies_complete_and_in_order(qinghai: Compiled, number: str) -> None:
    provision = URIRef(f"{DOC}/{number}")
    rows = sorted(
        (int(str(qinghai.graph.value(a, PG.position))), str(qinghai.graph.value(a, PG.printedName)))
        for a in qinghai.graph.objects(provision, PG.hasAssignment)
    )
    assert rows == list(enumerate(RESPONSIBLE[number].split(), 1))
    for a in qinghai.graph.objects(provision, PG.hasAssignment):
        assert qinghai.graph.value(a, PG.role) == PG.Responsible


def test_two_names_of_one_body_are_one_actor(qinghai: Compiled) -> None:
    actors = {
        str(qinghai.graph.value(a, PG.actor))
        for a in qinghai.graph.subjects(RDF.type, PG.Assignment)
        if str(qinghai.graph.value(a, PG.printedName)) in ("省医保局", "省医疗保障局")
    }
    assert actors == {ID_BASE + "org/qinghaisheng-yiliaobaozhangju"}


def test_every_number_with_its_comparator(qinghai: Compiled) -> None:
    g = qinghai.graph
    found = []
    for p in qinghai.document.provisions:
        for index in range(1, len(p.targets) + 1):
            t = URIRef(f"{DOC}/{p.number}/t{index}")
            upper, year = g.value(t, PG.upperValue), g.value(t, PG.targetYear)
            unit = str(g.value(t, PG.unit)).rsplit("/", 1)[-1]
            found.append(
                (
                    p.number,
                    str(g.value(t, PG.printedValue)),
                    " ".join(sorted(str(c).rsplit("#")[-1] for c in g.objects(t, PG.comparator))),
                    str(g.value(t, PG.value)),
                    None if upper is None else str(upper),
                    unit,
                    None if year is None else int(str(year)[:4]),
                    str(Decimal(str(g.value(t, PG.normalizedValue))).normalize().__format__("f")),
                )
            )
    units = {"%": "baifenzhi", "亿元": "yiyuan", "条": "tiao", "个": "ge", "万人次": "wanrenci"}
    assert found == [(*row[:5], units[row[5]], *row[6:]) for row in TARGETS]


def test_details_of_targets(qinghai: Compiled) -> None:
    g = qinghai.graph
    assert g.value(URIRef(f"{DOC}/3.5/t1"), PG.baselinePhrase) == Literal("较“十三五”末")
    assert str(g.value(URIRef(f"{DOC}/3.5/t1"), PG.baselineYear)) == "2020"
    for target in ("3.11/t1", "3.11/t2"):
        assert str(g.value(URIRef(f"{DOC}/{target}"), PG.deadline)) == "2025-12-31"
    assert {str(i) for i in g.objects(URIRef(f"{DOC}/3.11/t1"), PG.indicator)} == {
        ID_BASE + "indicator/jiedaozongheyanglaofuwujigoufugailv",
        ID_BASE + "indicator/shequrijianzhaoliaozhongxinfugailv",
    }
    assert str(g.value(URIRef(f"{DOC}/1.2/t1"), PG.indicator)).endswith(
        "fuwuyezengjiazhizhandiqushengchanzongzhibizhong"
    )
    scopes = {str(t).removeprefix(f"{DOC}/"): str(s) for t, s in g.subject_objects(PG.scope)}
    assert scopes == {  # 全省 at the head of a sentence governs all that the sentence sets
        "3.1/t1": "全省", "3.2/t1": "全省", "3.3/t1": "全省", "3.3/t2": "全省", "3.4/t1": "全省", "3.7/t1": "各地区",
        "3.7/t2": "全省", "3.8/t1": "全省", "3.8/t2": "全省", "3.9/t1": "全省", "3.11/t2": "全省",
    }  # fmt: skip


def test_header_facts_and_citations(qinghai: Compiled) -> None:
    g = qinghai.graph
    one = {
        PG.documentNumber: "青政办〔2020〕62号",
        PG.indexNumber: "015000185/2020-00220",
        PG.subjectCategory: "其他",
        PG.validity: "有效",
        PG.distribution: "发至县人民政府",
        DCTERMS.title: "关于推动青海省服务业高质量发展的实施意见",
        ELI.date_document: "2020-08-13",
        ELI.first_date_entry_in_force: "2020-08-13",
        ELI.passed_by: ID_BASE + "org/qinghaisheng-renminzhengfubangongting",
        PG.approvedBy: ID_BASE + "org/qinghaisheng-renminzhengfu",
        ELI.jurisdiction: ID_BASE + "place/qinghaisheng",
    }
    assert {p: [str(o) for o in g.objects(DOC, p)] for p in one} == {p: [v] for p, v in one.items()}
    assert str(g.value(DOC, DCTERMS.issued)) == "2020-08-13"  # issued on the day that it bears; no other is printed
    assert {str(a) for a in g.objects(DOC, PG.addressee)} == {"各市、自治州人民政府", "省政府各委、办、厅、局"}
    cited = {
        (str(g.value(c, PG.citedNumber)), str(g.value(c, PG.citedIssuer)), str(g.value(c, PG.citationPhrase)))
        for c in g.objects(DOC, PG.hasCitation)
    }
    assert cited == {
        ("发改产业〔2019〕1602号", "国家发展改革委、市场监管总局", "按照…精神"),
        ("发改产业〔2019〕1762号", "国家发展改革委、工业和信息化部等15部门", "按照…精神"),
    }


def test_only_sentences_that_set_goals_or_targets_are_no_measures(qinghai: Compiled) -> None:
    plain = {
        s.text[:5] for p in qinghai.document.provisions if p.kind != "Objective" for s in p.sentences if not s.measure
    }
    assert plain == {"到2025"}
    assert all(not s.measure for s in qinghai.document.provisions[1].sentences)


def test_text_rebuilt_from_the_graph_is_the_source(qinghai: Compiled) -> None:
    g = qinghai.graph
    leaves = sorted(g.subjects(RDF.type, PG.Leaf), key=lambda x: int(str(g.value(x, PG.position))))
    quote = {
        leaf: next(str(q) for s in g.objects(leaf, OA.hasSelector) for q in g.objects(s, OA.exact)) for leaf in leaves
    }
    rebuilt = str(g.value(leaves[0], PG.spaceBefore)) + "".join(
        quote[x] + str(g.value(x, PG.spaceAfter)) for x in leaves
    )
    source = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")
    assert rebuilt == source
    assert hashlib.sha256(rebuilt.encode()).hexdigest() == str(g.value(DOC, PG.sourceDigest))
    assert all(not str(g.value(x, PG.spaceAfter)).strip() for x in leaves)


def test_every_span_holds_exactly_its_quote(qinghai: Compiled) -> None:
    g, text, count = qinghai.graph, qinghai.source.text, 0
    for span in g.subjects(RDF.type, OA.SpecificResource):
        start, end = map(int, str(span).rsplit("/", 1)[-1].split("-"))
        values = {p: str(o) for s in g.objects(span, OA.hasSelector) for p, o in g.predicate_objects(s)}
        assert (values[OA.start], values[OA.end], values[OA.exact]) == (str(start), str(end), text[start:end])
        count += 1
    assert count > 300


def test_every_stated_claim_is_in_its_words(qinghai: Compiled) -> None:
    g = qinghai.graph
    quotes = {s: str(o) for span in g.subjects(RDF.type, OA.SpecificResource) for s in [span]
              for sel in g.objects(span, OA.hasSelector) for o in g.objects(sel, OA.exact)}  # fmt: skip
    checked = Counter[str]()
    for node in g.subjects(PG.basis, PG.Stated):
        spans = list(g.objects(node, PROV.wasQuotedFrom))
        assert len(spans) == 1, node
        words = quotes[spans[0]]
        for prop in (
            PG.printedName,
            PG.printedValue,
            PG.citedTitle,
            PG.citedNumber,
            PG.citedIssuer,
            PG.text,
            PG.baselinePhrase,
        ):
            for value in g.objects(node, prop):
                assert str(value) in words, (node, prop)
                checked[str(prop)] += 1
        start = g.value(node, PG.valueStart)
        if start is not None:
            printed = str(g.value(node, PG.printedValue))
            assert qinghai.source.text[int(str(start)) :].startswith(printed)
    assert len(checked) == 7
    assert {p for p in checked if checked[p] >= 1} == set(checked)


def test_terms_in_quotation_marks_are_all_mentioned(qinghai: Compiled) -> None:
    import re

    body = qinghai.source.text[qinghai.document.parts[0].span.start :]
    offset = qinghai.document.parts[0].span.start
    quoted = {m.start(1) + offset for m in re.finditer("“([^“”]+)”", body)}
    spans = {
        m.span for p in qinghai.document.provisions for s in (*p.sentences, p) for m in s.mentions if m.kind == "term"
    }
    missed = [q for q in quoted if not any(s.start <= q < s.end for s in spans)]
    assert len(quoted) == 35
    assert not missed


NAMED = {  # named without quotation marks: term → the provisions whose text has it
    "数字产业培育壮大": "3.1", "数字服务创新突破": "3.1", "数字工业试点示范": "3.1", "零售业提质增效行动": "3.7",
    "非遗数字化保护工程": "3.8", "特困人员供养服务设施改造提升工程": "3.10", "绿色金融改革创新试验区": "1.2 3.3",
    "国家级生态旅游示范省": "1.2 3.8",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_without_quotation_marks_is_a_term_too(qinghai: Compiled, name: str) -> None:
    found = [p.number for p in qinghai.document.provisions for s in p.sentences for m in s.mentions if m.name == name]
    assert found == NAMED[name].split()


LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")


def test_changing_one_number_changes_only_what_depends_on_it(qinghai: Compiled, registry: object) -> None:
    from policygraph.compiler.read import store
    from policygraph.graph.build import compile_source

    other = compile_source(store(qinghai.source.text.replace("规模达600亿元", "规模达601亿元")), registry)  # type: ignore[arg-type]
    gone = set(qinghai.graph) - set(other.graph)
    gone = {t for t in gone if t[1] != PG.sourceDigest}
    assert {(str(s).removeprefix(str(DOC)), p) for s, p, _ in gone if "/span/" not in str(s)} == {
        ("/3", PG.text), ("/3.1", PG.text), ("/3.1/s7", PG.text), ("/3.1/s7", LABEL),
        ("/3.1/t1", PG.value), ("/3.1/t1", PG.printedValue),
        ("/3.1/t1", PG.normalizedValue), ("/3.1/t1", SKOS.prefLabel),
    } - {("/3.1/t1", SKOS.prefLabel)} | {("/3.1/t1", LABEL)}  # fmt: skip
