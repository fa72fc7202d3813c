"""What words of a question mean: phrases in Chinese and English for each notion that the library asks about."""

from __future__ import annotations

import re
from functools import lru_cache

_TABLE = """
who      : 由谁 谁来 谁 哪个部门 哪些部门 哪个单位 哪些单位 哪家单位 哪几个部门 哪几个单位 什么部门 什么单位 哪些机构
           哪个机构 | who, whom, which body, which department, what department, which agency, whose job
body     : 部门 单位 机构 主体 责任主体 | body, department, agency, institution
responsible: 负责 承担 职责 责任 分工 责任单位 责任部门 主责 主管 分管 归 管 担负 参与 | responsible, responsibility,
           responsible body, in charge, answer for, assigned, accountable, charged with, have to do, has to do, duty
lead     : 牵头 主导 | lead, led, leading
first    : 第一位 首位 排第一 第一责任单位 排在首位 列首位 排在第一位 排在第一 列在首位 | first, listed first, first place
never    : 从不 从未 从来没有 从来不 没有排在第一位 | never, never first
task     : 任务 条款 工作 事项 条 | task, provision, clause, work
keytask  : 重点任务 | key task
measure  : 举措 措施 | measure, action
sentence : 语句 句子 话 | sentence
target   : 目标值 指标值 量化目标 量化指标 指标 考核指标 数值 考核 | target, number, figure, indicator
aim      : 目标 |
goal     : 定性目标 没有数字的目标 不带数字的目标 定性 | goal, aim, objective, aim without number, goal without number
reach    : 达到 要达到 达 实现 降到 下降到 降至 增加到 设定 完成 | reach, reached, achieve, achieved, set
many     : 多少 多少个 多少项 几个 几次 几句 数量 频次 次数 各有多少 有多少 | how many, how often, how much, count
year     : 年份 哪一年 目标年 期限 何时 什么时候 | year, deadline, when, by when
noyear   : 没有写明年份 没有年份 没写年份 无年份 未写明年份 没有期限 没有写明期限 | no year, without year, bear no year
nonumber : 没有量化目标 没有目标值 没有设定目标值 无目标值 没有量化指标 未设定目标值 没有设定目标 没有指标
           | no number, no target, without target, set no number, set no target, without number
share    : 共同负责 共同 一起 协作 合作 协同 联合 共同承担 一起负责 打交道
           | share, together, cooperate, partner, jointly, work with, cooperation
two      : 两个单位 两个部门 两单位 二者 | two body, two given body, two department
most     : 最多 最大 最常 最常用 排名 排序 从大到小 工作量 | most, largest, ranking, workload, busiest
onlyone  : 只负责一个条款 只负责一个 只有一个条款 只负责一条 单一职责 一个条款 | one provision only, only one provision, one
           provision, single task
alone    : 单独 单独负责 独自 独家 只由一个单位负责 只由一个单位 只有一个责任单位 仅由一个单位
           | alone, sole body, one responsible body alone, one responsible body
parts    : 各部分 都有责任 贯穿 发展路径、重点任务、保障措施中都有 | every part, alike
member   : 成员 成员单位 包括哪些成员 包括 包含 | member, consist of
asmember : 作为成员 作为集体成员 作为集体的成员 展开 | as a member, as member, member of a group
collective: 集体 集体责任单位 集合 | group, collective, named as a group
nobody   : 没有责任单位 无责任单位 没有单位负责 没人负责 无人负责 未列责任单位 没有写责任单位
           | no responsible body, name no responsible body, without responsible body, unassigned, nobody
kind     : 类别 哪一类 某一类 一类 种类 类型 哪类 各类 某类 | kind, type, category, class
bodykind : 各类机构 机构类别 哪类机构 某类机构 哪类部门 | kind of body
later    : 后来 变更 机构改革 合并 撤销 现在 如今 今天 变成 变成了 改名 更名 后继 改成 改为 成为
           | successor, become, became, renamed, reform, today, now called
printed  : 不止一种写法 写法 简称 全称 别名 | abbreviation, printed name, print in more than one way
mention  : 提到 提及 出现 出现在 写到 涉及 说到 讲到 含有 包含词 哪里 处 里 | mention, name, appear, contain, say, stand, find
place    : 地方 地名 地区 地点 市县 | place, region, where
within   : 之内 境内 内 下辖 辖区 辖内 | within, lie in, inside
code     : 代码 行政区划代码 | code
term     : 提法 术语 名词 专有提法 概念 名称 | term, set phrase
meaning  : 释义 含义 意思 什么意思 解释 已查明 是什么意思 | explained, meaning, mean, expansion, explain
unresolved: 没有查明 未查明 含义没有查明 不明 尚未查明 含义不明 | unresolved, not established, unresolved meaning
several  : 不止一个条款 多个条款 几个条款 反复出现 | more than one provision, several provision, recurring
strategy : 战略 总体要求 指导思想 为纲 | strategy, guiding principle, frame
text     : 原文 全文 正文 原话 怎么说 怎么写 | text, full text, wording, verbatim, official text
evidence : 依据原文 依据 出处 原文哪些字 哪些字 凭什么 | evidence, quote, which word, by which word, provenance
outline  : 结构 目录 框架 提纲 有哪些部分 部分 | outline, structure, part, contents
issue    : 谁发的 由谁制发 制发 发布 发文 印发 发文机关 发布机构 谁印发 文号 何时印发 发文字号 什么时候发布
           | issued, issuer, who issued, issue, published, document number
addressee: 发给谁 发给了谁 发给 主送 主送机关 发给哪些单位 发给了哪些单位 发文对象 发给了 | addressee, addressed, to whom
cite     : 引用 引用了 被引 援引 上位文件 | cite, cites, cited, citation, reference
document : 文件 这份文件 该文件 意见 本文件 文中 全省 我省 | document, paper, policy
known    : 收录 收录了 收录哪些文件 图谱收录 文件清单 | graph know, known, scope
national : 国家 国家文件 国家条款 中央 上级 上级文件 | national, national document, national clause, central
carry    : 落实 落实了 贯彻 对应 对接 呼应 | carry out, carries out, counterpart, implement, align, alignment
notcarried: 没有落实 未落实 没有对应 没落实 尚未落实 缺口 没有落实的 | not carried out, nothing carries out, gap, not
           implemented, nothing carry out
nocounterpart: 没有对应的国家条款 没有国家依据 没有对应国家 地方特色 无对应 | no counterpart, no national counterpart
strength : 强度 对应强度 程度 | strength
verify   : 核实 核实程度 | verified, verification, checked, verify
unverified: 尚未核实 未核实 没有核实 | unverified, not verified
basis    : 人工整理 出自原文 推出 规则 哪条规则 | basis, stated, curated, inferred, rule
source   : 来源 登记表 | source, register
position : 位置 字符位置 字符 | position, offset, character
cover    : 覆盖 覆盖了 覆盖多少 | cover, coverage, capture
least    : 最少 | fewest, least
empty    : 留空 空着 缺失 没有查实 | left empty, missing, empty
nostatement: 没有任何陈述 | no statement
verb     : 动词 行动动词 | verb
instrument: 政策工具 工具 手段 用到 运用 | instrument, tool, policy instrument, use
sector   : 行业 行业类别 统计分类 产业 | sector
unit     : 计量单位 按单位 单位计 | unit, unit by unit
compare  : 比较 换算 基本单位 | compare, base unit, convert
comparator: 表述 比较方式 限定词 用语 | comparator, stated with, qualifier
scope    : 范围 写明了范围 各地区 | whom they cover, each region, province-wide
baseline : 基期 区间 基期或区间 | baseline, range
twoqual  : 两种比较方式 两种限定词 | two comparator, two qualifier
severalind: 几个指标共有 共有 均达到 几个指标 | several indicator, shared by several
atleast  : 不低于 以上 超过 大于 高于 多于 至少 | at least, above, more than, over, at or above, larger than, exceeding, greater than
nothingbut: 只提出目标 不部署行动 非举措 | order no action, only state aim
pieces   : 片段 切成 | piece, cut
outside  : 条款之外 版头 落款 | outside
"""
BROADER = {"target": "aim", "goal": "aim", "keytask": "task", "measure": "task", "bodykind": "kind"}
"""A question about targets is also asked with the broader word (目标)."""

VARIANTS = {  # question → other wordings, as the notions in them; its own wording in zh and en counts as well
    "tasks-of-department": ("responsible task", "responsible", "task", "responsible mention task"),
    "bodies-of-provision": ("who responsible", "responsible", "who responsible task", "responsible body"),
    "partners-of-department": ("share who", "share responsible who", "share task who", "share"),
    "provisions-shared-by-two": ("share task", "share responsible task", "share responsible"),
    "bodies-with-one-task": ("who onlyone",),
    "bodies-by-load": ("body responsible many task", "who responsible most", "who responsible most task"),
    "bodies-listed-first": ("who first", "who first many"),
    "bodies-never-first": ("who never first", "who never"),
    "members-of-collective": ("member", "who member"),
    "provisions-through-membership": ("asmember responsible task", "asmember task"),
    "provisions-without-bodies": ("task nobody", "nobody"),
    "provisions-with-one-body": ("task alone",),
    "bodies-of-today": ("later", "later body", "who later"),
    "bodies-of-kind": ("kind", "body", "who"),
    "kinds-listed-first": ("bodykind first most", "bodykind lead first"),
    "target-of-indicator": ("reach many", "target", "target many", "reach", "reach many year"),
    "targets-of-year": ("target", "reach target", "target reach many"),
    "targets-of-body": ("target", "responsible target", "target body", "responsible task target"),
    "targets-of-provision": ("target", "reach target", "task target", "target text"),
    "targets-at-least": ("atleast target", "atleast"),
    "targets-by-comparator": ("comparator target", "target", "target mention"),
    "targets-without-year": ("target noyear", "noyear"),
    "tasks-without-number": ("keytask nonumber", "task nonumber"),
    "targets-with-baseline-or-range": ("target baseline",),
    "goals-in-order": ("goal", "document goal"),
    "goals-of-year": ("goal", "goal year"),
    "sentences-with-words": ("sentence mention", "mention", "sentence"),
    "measures-of-provision": ("measure", "measure task"),
    "text-of-provision": ("text", "text task"),
    "words-behind-assignments": ("responsible body evidence", "responsible evidence"),
    "measures-naming-place": ("measure mention", "measure", "measure mention place"),
    "places-within": ("within place", "place"),
    "places-by-provisions": ("place mention", "document place mention"),
    "terms-of-kind": ("mention", "term kind", "term", "document mention", "kind"),
    "sentences-naming-term": ("mention", "sentence mention", "measure mention"),
    "names-in-provision": ("mention term", "mention"),
    "measures-using-instrument": ("measure instrument", "measure"),
    "measures-with-verb": ("measure verb",),
    "terms-explained": ("term meaning",),
    "unresolved-terms": ("term unresolved",),
    "document-facts": ("issue", "document issue", "document who issue", "document year issue"),
    "document-citations": ("cite document", "cite"),
    "document-addressees": ("document addressee", "addressee"),
    "document-outline": ("outline", "document outline", "document task"),
    "documents-citing": ("cite document", "cite"),
    "documents-known": ("known document", "known"),
    "national-counterparts-of-provision": ("carry national task", "carry national", "carry"),
    "provisions-carrying-out": ("carry task national", "carry task", "carry"),
    "national-clauses-not-carried-out": ("national task notcarried", "notcarried", "national notcarried"),
    "provisions-without-national-counterpart": ("task nocounterpart", "nocounterpart"),
    "national-outline": ("national outline", "national task"),
    "provisions-of-class": ("task", "kind task"),
    "provisions-of-sector": ("task", "sector task"),
    "provisions-of-kind": ("responsible task", "bodykind responsible task"),
    "source-of-body": ("source",),
    "coverage-of-document": ("cover", "document cover", "cover many"),
}

STOPS_ZH = (
    "请问 请 告诉我 列出 列一下 查询 查一下 查找 一下 有哪些 是哪些 哪些 哪个 哪几个 哪几 什么 什么样 怎么 怎样 如何 吗 呢 吧 了 的 "
    "地 得 是 有 都 和 与 跟 及 以及 或 或者 在 中 到 要 应 应该 应当 需要 各 个 些 几 由 把 被 对 对于 为 给 我 想 想要 知道 关于 "
    "来 并 等 又 也 还 从 将 所 其 该 这 那 这些 那些 某 某个 目前 当前 我们 你 您 帮 帮我 可以 能 能否 前 底 末 期间 时 之 "
    "分别 具体 一共 总共 共 全部 所有 主要 情况 方面 上 它 他们 以 按照 按 根据 作为 需 会 做 干 过 份 二 分 一 每 用"
).split()
STOPS_EN = frozenset(
    "the a an of in on for to is are be was were been do does did what which how by with and or me show list tell give "
    "all any there that this it its have has had please can could would should will i you we us they them their from "
    "as at into about than then does need must get such so long their our my if also only so s does given".split()
)


def stem(word: str) -> str:
    """A word without the plural: bodies, tasks, classes; no more than that."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def says_nothing(word: str) -> bool:
    return word in STOPS_EN or stem(word) in STOPS_EN


@lru_cache(maxsize=1)
def phrases() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """(Chinese phrase → notion, stems of an English phrase → notion); a phrase has one notion."""
    chinese: dict[str, str] = {}
    english: dict[tuple[str, ...], str] = {}
    for name, told in re.findall(r"^(\w+)\s*:(.*(?:\n .*)*)", _TABLE, re.MULTILINE):
        zh, _, en = " ".join(told.split()).partition("|")
        for phrase in zh.replace("、", "").split():
            if chinese.setdefault(phrase, name) != name:
                raise ValueError(f"{phrase!r} is under {chinese[phrase]} and {name}")
        for phrase in filter(None, map(str.strip, en.split(","))):
            words = tuple(stem(word) for word in phrase.split())
            if english.setdefault(words, name) != name:
                raise ValueError(f"{phrase!r} is under {english[words]} and {name}")
    return chinese, english
