"""Verbs and instruments of measures: cases read in the document, and what must hold of every reading."""

from __future__ import annotations

import re

import pytest

from policygraph import resources
from policygraph.compiler.measures import INSTRUMENT_RULES, SECOND_VERB, VERB_RULES, actions, instruments
from policygraph.compiler.model import Sentence, Span
from policygraph.graph.build import Compiled

VERBS = {
    "加强疾病预防尤其是流行性疾病预防体系建设。": ["加强"],
    "大力发展服务贸易，积极培育文化创意等新兴服务贸易。": ["发展", "培育"],
    "加快汽车消费升级，大力推动新能源汽车消费使用。": ["加快", "推动"],
    "加快建设“云上青海，数据”，启动建设大数据产业园。": ["建设", "启动"],
    "围绕“四种经济形态”打造一批特色专业会展品牌。": ["打造"],
    "通过技术入股、股票期权等多种分配方式集聚领军人才。": ["集聚"],
    "各市州要增强主体意识，推动实施意见有效落实。": ["增强", "推动"],
    "建立健全服务质量监管协同处置机制。": ["建立健全"],
    "各市州要增强主体意识，结合实际制定本地区支持服务业高质量发展的政策措施，推动实施意见有效落实。": [
        "增强",
        "制定",
        "推动",
    ],
    "及时总结可复制的典型经验并加以宣传推广。": ["总结", "宣传推广"],
    "到2025年，全省信息消费规模达600亿元。": [],
    "以新一代信息技术应用为突破口，构建“1119”数字经济发展促进体系。": ["构建"],
}
INSTRUMENTS = {
    "全面落实支持服务业发展的税收优惠政策。": {"TaxAndPrice"},
    "鼓励服务业从业人员参加职业技能鉴定。": {"Training"},
    "加快商业步行街改造提升试点。": {"PilotScheme"},
    "支持符合条件的技术先进型服务业企业上市融资。": {"Funding"},
    "高标准办好“青洽会”等大型展会。": {"Publicity"},  # 高标准 sets no standard
    "完善传统服务领域标准，加快新兴服务领域标准研制。": {"StandardSetting"},
    "强化服务业价格监管。": {"TaxAndPrice", "Regulation"},
    "构建若干以平台型企业为主导的产业生态圈。": set(),  # 平台型 is a kind of company
    "加快电信、教育、医疗、文化等领域开放进程。": {"OpeningUp"},
    "推进科技创新公共服务平台建设。": {"PlatformOrProject"},
    # what a measure leans on is there already
    "依托大数据中心和数据平台，促进区块链、大数据、人工智能、物联网等新一代信息技术深度融合。": set(),
    "以生态旅游示范区、体育旅游示范基地等为载体，加强文化旅游产业与各产业的融合发展。": set(),
    "利用国家重大项目库加大服务业高质量发展项目储备。": {"PlatformOrProject"},  # 项目储备
    "依托“大美青海”、“夏都西宁”美誉度，引进培育一批大型会议、展览会和节事活动落地。": {"Publicity"},  # 展览会
    "推广环境污染第三方治理，培育一批综合环保服务企业。": set(),  # firms do it; nothing is regulated
    "探索打造“云上中国品牌日青海馆”。": set(),  # 中国品牌日 is a day
}


def sentence(text: str, start: int = 0, measure: bool = True) -> Sentence:
    return Sentence(Span(start, start + len(text)), text, measure)


@pytest.mark.parametrize(("text", "verbs"), VERBS.items())
def test_verbs_as_read(text: str, verbs: list[str]) -> None:
    found = actions(sentence(text, 100))
    assert [action.verb for action in found] == verbs
    assert all(text[a.span.start - 100 : a.span.end - 100] == a.verb for a in found)


@pytest.mark.parametrize(("text", "names"), INSTRUMENTS.items())
def test_instruments_as_read(text: str, names: set[str]) -> None:
    assert {use.instrument for use in instruments(sentence(text))} == names


@pytest.mark.parametrize("text", [*VERBS, *INSTRUMENTS])
def test_a_sentence_that_orders_nothing_has_neither(text: str) -> None:
    assert actions(sentence(text, measure=False)) == []
    assert instruments(sentence(text, measure=False)) == []


def test_every_measure_of_the_document_has_an_action_whose_words_stand_there(qinghai: Compiled) -> None:
    text = qinghai.document.text
    for provision in qinghai.document.provisions:
        for each in provision.sentences:
            found = actions(each)
            assert bool(found) == each.measure, each.text
            assert [a.span for a in found] == sorted(a.span for a in found)
            for action in found:
                assert text[action.span.start : action.span.end] == action.verb
                assert each.span.start <= action.span.start < action.span.end <= each.span.end
            for use in instruments(each):
                assert all(each.span.start <= s.start < s.end <= each.span.end for s in use.spans)


def test_every_rule_is_used_and_explained(qinghai: Compiled) -> None:
    """A row that reads nothing in the corpus is not shown to work; a row that docs/rules.md lacks is not explained."""
    read = [s for p in qinghai.document.provisions for s in p.sentences]
    used = {a.rule for s in read for a in actions(s)} | {u.rule for s in read for u in instruments(s)}
    rules = {f"verb.{rule}" for rule, _ in (*VERB_RULES, SECOND_VERB)} | {
        f"instrument.{rule}" for rule, _, _ in INSTRUMENT_RULES
    }
    assert used == rules
    page = (resources.root() / "docs" / "rules.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`((?:verb|instrument)\.[a-z-]+)`", page)) == rules
