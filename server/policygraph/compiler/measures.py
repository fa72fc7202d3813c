"""Reads a measure's words: the verb of each action, and the policy instruments that its words speak of.

Two ordered tables, each row with the id that the graph states (pg:rule). The tables come from reading the corpus of
official documents; `docs/rules.md` explains them. A row claims words, never meaning: what no row reads stays unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clauses import clauses
from .model import Sentence, Span

_VERBS = (
    "建立健全|建立完善|完善规范|研究构建|梳理完善|探索打造|鼓励支持|加大引进|组织培育|引进培育|宣传推广|推动落实|推动建设|推动形成|引进|培育|推动|推进|支持|鼓励|引导|"
    "加强|强化|完善|建立|健全|构建|打造|提升|提高|发展|深化|清理|畅通|查处|抓住|抢抓|促进|实现|建设|实施|推广|开展|"
    "落实|加大|发挥|突出|发布|制定|总结|宣传|做好|办好|搭建|探索|创新|增强|拓展|丰富|布局|推行|注重|研究|梳理|"
    "选择|树立|组织|营造|改革|扩大|创建|申报|启动|规范|优化|形成|建成|整合|集聚|完成|保障|满足|参与|增设|拓宽|培养|"
    "评估|督促|改造|降低|扶持|激发|统一|争取|举办|参加|贯彻"
)
_ADVERBS = (
    "进一步|大力|加快|加速|持续|积极|全面|深入|着力|努力|适时|及时|逐步|稳步|有序|不断|统筹|率先|高标准|全力|切实|"
    "严格|重点|继续|共同|合理|要"
)
VERB_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # an adverb before a verb is no verb: 大力发展, 加快推动落实
    ("clause-start", re.compile(rf"(?:{_ADVERBS})*(?P<verb>{_VERBS})")),
    # 加快, 统筹 and 持续 stand alone before a noun: 加快汽车消费升级
    ("adverb-as-verb", re.compile(r"(?:持续|积极|大力)?(?P<verb>加快|统筹|加速)")),
    # who is to act stands first: 各市州要增强主体意识
    ("after-must", re.compile(rf"[^，；]{{1,10}}(?:要|应当|应)(?:{_ADVERBS})*(?P<verb>{_VERBS})")),
    # by what, in what respect, then the verb: 通过……方式集聚, 围绕……打造, 在……先行先试
    (
        "after-preposition",
        re.compile(
            rf"(?:围绕|依托|通过|利用|按照|结合|在|对)[^，；]*?(?:等方面|方式|平台|为[^，；]{{2,8}}|”|库|实际)"
            rf"(?:{_ADVERBS})*(?P<verb>{_VERBS}|先行先试)"
        ),
    ),
)
"""Rule id → what a clause begins with; the first row that matches reads the clause."""
SECOND_VERB = ("after-and", re.compile(rf"并(?:加以)?(?:{_ADVERBS})*(?P<verb>{_VERBS})"))
"""A clause may order a second action after 并: 总结……典型经验并加以宣传推广."""

INSTRUMENT_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("funding", "Funding", re.compile(
        "资金支持|专项资金|财政补贴|政府购买服务|购买服务|上市融资|债务融资工具|公司债券|企业债券|融资租赁|供应链金融|"
        "抵质押|保险直投")),
    ("tax-price", "TaxAndPrice", re.compile(
        "税收优惠|税费减免|减税|降费|收费标准|同价政策|价格优惠|电力市场交易|价格监管")),
    ("platform", "PlatformOrProject", re.compile(
        "平台(?!型)|基地|产业园(?!区)|软件园|重大项目|重点项目|工程(?!师)|运行中心|配载中心|专用通道|项目储备|服务网点|"
        "文化旅游带")),
    ("pilot", "PilotScheme", re.compile("试点|先行先试|先行区|改革创新试验区|示范(?!省|效应)")),
    ("standard", "StandardSetting", re.compile(
        "标准(?<!高标准)(?!化水平|化、|的)|资质认定|认定工作|评价体系|指标体系|统计制度|统计调查制度|统计指标|统计信息|"
        "通过[^，。]{2,12}认证")),
    ("regulation", "Regulation", re.compile(
        "监管|放管服|体制机制障碍|综合治理|治理体系|权益保护|查处|督促检查|评估工作|绩效评价|资质认定|市场环境")),
    ("training", "Training", re.compile(
        "培训|实训|学徒制|职业技能|人才|学科专业|领军人才|科学育儿")),
    ("publicity", "Publicity", re.compile(
        "品牌(?!建设、|日)|宣传|展会|展览会|高峰论坛|节事活动|标杆|典型经验|老字号")),
    ("opening", "OpeningUp", re.compile("对外开放|开放进程|国内外|国际会展品牌|国际班列|服务贸易|面向国际")),
)  # fmt: skip
"""Rule id, instrument, the words that speak of it; one row may hold many words, one measure meet many rows.

Each alternative begins with a character of its own, not with a group or a condition: `re` then looks for these alone.
"""
ADJUNCT = re.compile(r"依托[^，。；]*(?=，)|以[^，。；]*?为(?:重要)?载体|利用[^，。；]*?库")
"""What is there already and only leant on: 依托……数据平台, 以……基地……为载体. It is no instrument of the measure."""


@dataclass(frozen=True, slots=True)
class Action:
    """verb as printed, the span of it in the stored text, the row that read it."""

    verb: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class InstrumentUse:
    """instrument: local name of a member of pg:Instruments; spans: all words that the row found."""

    instrument: str
    spans: tuple[Span, ...]
    rule: str


def actions(sentence: Sentence) -> list[Action]:
    """The actions of a measure in reading order; none for a sentence that orders nothing."""
    made = []
    for clause in clauses(sentence.text, Span(0, len(sentence.text))) if sentence.measure else ():
        for rule, pattern in VERB_RULES:
            if found := pattern.match(sentence.text, clause.start, clause.end):
                at = sentence.span.start
                span = Span(at + found.start("verb"), at + found.end("verb"))
                made.append(Action(found["verb"], span, f"verb.{rule}"))
                rule, pattern = SECOND_VERB
                if second := pattern.search(sentence.text, found.end(), clause.end):
                    span = Span(at + second.start("verb"), at + second.end("verb"))
                    made.append(Action(second["verb"], span, f"verb.{rule}"))
                break
    return made


def instruments(sentence: Sentence) -> list[InstrumentUse]:
    """The instruments that a measure's words speak of, in the order of the table."""
    made = list[InstrumentUse]()
    if not sentence.measure:
        return made
    at = sentence.span.start
    words = ADJUNCT.sub(lambda found: " " * len(found[0]), sentence.text)
    for rule, instrument, pattern in INSTRUMENT_RULES:
        if found := list(pattern.finditer(words)):
            spans = tuple(Span(at + m.start(), at + m.end()) for m in found)
            made.append(InstrumentUse(instrument, spans, f"instrument.{rule}"))
    return made
