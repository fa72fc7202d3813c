"""The words and forms that the rules know: every regular expression of the grammar stands here, with its source.

GB/T 9704-2012 gives the layout of official documents; the forms of headings, responsibility phrases and targets
come from the documents themselves (docs/rules.md explains the tables).
"""

from __future__ import annotations

import re

from .numerals import DATE, HANZI_NUMBER

# --- header block: label → property; blanks pad the labels, two fields may be glued on a line ---------------
HEADER_LABELS = {
    "索引号": "indexNumber",
    "发文字号": "documentNumber",
    "文号": "documentNumber",
    "发布机构": "publisher",
    "发文机关": "publisher",
    "公文时效": "validity",
    "有效性": "validity",
    "主题分类": "subjectCategory",
    "成文日期": "date_document",
    "发布日期": "issued",
    "标题": "title",
    "主题词": "keyword",
}
HEADER = re.compile("(" + "|".join(r"[\s　]*".join(label) for label in HEADER_LABELS) + r")[\s　]*[:：][\s　]*")

NUMBER_LINE = re.compile(r"[^\s〔\[（(，。、；：]{1,14}\s*[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*第?\s*\d+\s*号")
ADDRESSEES = re.compile(r"[^。；《》]{2,120}[:：]")
ADDRESSEE_END = re.compile(r"(?:政府|委员会|部门|单位|机构|院校|企业|公司|[省市区县厅局委办部署院行会团])[:：]$")
DISTRIBUTION = re.compile(r"[(（](?P<inner>此件[^()（）]*|[^()（）]*发至[^()（）]*|此文有删减)[)）]")
EFFECT = re.compile(r"自(?:印发|发布|公布|本意见印发)之日起(?:施行|实施|执行)")
APPROVAL = re.compile(r"经(?P<body>[^，。、]{2,12}?)(?:同意|批准)")
DATE_LINE = DATE

# --- numbering: (level, pattern, what follows the number on the same line is heading and body) --------------
PART_NUMBER = re.compile(rf"(?P<printed>(?P<n>{HANZI_NUMBER})、)\s*")
PROVISION_NUMBER = re.compile(rf"(?P<printed>[(（](?P<n>{HANZI_NUMBER})[)）])\s*")

# --- which of the five classes: heading of the part, then of the provision (vocabulary contract) ------------
PROVISION_KINDS: tuple[tuple[str, str, str], ...] = (
    ("总体要求|总体思路|指导思想", "目标", "Objective"),
    ("总体要求|总体思路|指导思想", "", "GuidingPrinciple"),
    ("目标", "", "Objective"),
    ("路径", "", "Path"),
    ("保障|组织实施|政策支持", "", "Safeguard"),
    ("任务|举措|措施|工作", "", "Task"),
)

# --- responsibility phrases -------------------------------------------------------------------------------
_INNER = r"[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*"
RESPONSIBILITY = re.compile(
    rf"[(（](?=[^()（）]{{0,8}}?(?:责任|牵头|配合|参与)(?:单位|部门|主体)?\s*[:：])(?P<body>{_INNER})[)）]"
)
ROLE_LABELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"牵头(?:责任)?(?:单位|部门)?\s*[:：]"), "Lead"),
    (re.compile(r"(?:配合|参与|协助)(?:单位|部门)?\s*[:：]"), "Support"),
    (re.compile(r"责任(?:单位|部门|主体)?\s*[:：]"), "Responsible"),
)
NAME_SEPARATOR = re.compile(r"[、，,；;]")
NAME_TAIL = re.compile(r"(?:等(?:有关)?(?:部门|单位)?)?(?:按照?(?:各自)?职责(?:分工)?(?:分别)?负责|分别负责|负责)?。?$")

# --- sentences and clauses ----------------------------------------------------------------------------------
SENTENCE_END = re.compile(r"[。！？][”’」』）)]*")
CLAUSE_END = re.compile(r"[，；;。：:！？]|(?<!\d),|,(?!\d)")
HORIZON = re.compile(r"(?:力争)?(?:到|至)(?P<year>\d{4})年(?P<end>底|末)?(?P<before>前)?")
ADVERBS = (
    "(?:进一步|大力|加快|加速|持续|积极|全面|深入|着力|努力|适时|及时|逐步|稳步|有序|不断|统筹|率先|高标准|全力|"
    "切实|严格|重点|继续|共同|鼓励支持)*"
)
ACTIONS = (
    "推动|推进|支持|鼓励|引导|加强|强化|完善|建立|健全|构建|打造|提升|提高|发展|培育|深化|清理|畅通|查处|引进|"
    "加快|抓住|依托|促进|实现|建设|实施|推广|开展|落实|利用|加大|发挥|突出|发布|制定|总结|宣传|做好|办好|搭建|探索|"
    "创新|增强|拓展|丰富|布局|合理布局|推行|注重|研究|梳理|选择|树立|组织|营造|围绕|抢抓|改革|扩大|创建|申报|"
    "启动|通过|规范|优化|形成|建成|整合|严格|加以|集聚|完成|保障|满足|参与|增设|健全完善|建立完善|建立健全|完善规范|拓宽|"
    "统筹推进|培养|评估|督促|改造|降低|扶持|激发|统一|强制|试点|争取|举办|参加|鼓励支持|加大引进"
)
ACTION_CLAUSE = re.compile(rf"(?:{ADVERBS})(?:{ACTIONS})")
GOAL_VERB = re.compile(r"(?:加快|努力|着力|全力)?(?:打造|创建|建成|建设|构建|形成|培育)")

# --- numbers to reach: words before and after the number → comparators (vocabulary contract) -----------------
BEFORE_NUMBER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:下降|降低|压缩|减少|缩短)(?:至|到)$|降至$"), "FallTo"),
    (re.compile(r"(?:不低于|不少于|不小于)$"), "AtLeast"),
    (re.compile(r"(?:不超过|不高于|控制在)$"), "AtMost"),
    (re.compile(r"(?:超过|突破|超|高于)$"), "MoreThan"),
    (re.compile(r"(?:低于|少于)$"), "LessThan"),
    (re.compile(r"(?:达到|达|实现|提高到|提升到|提高至|提升至|增加到|稳定在)$"), "Reach"),
    (re.compile(r"(?:增加|增长|提高|提升)$"), "IncreaseBy"),
    (re.compile(r"(?:下降|降低|减少)$"), "DecreaseBy"),
    (re.compile(r"约$"), "Approximately"),
)
AFTER_NUMBER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"左右|上下"), "Approximately"),
    (re.compile(r"及?以上"), "AtLeast"),
    (re.compile(r"及?以内|及?以下"), "AtMost"),
)
LEADING_REACH = re.compile(r"(?:力争)?实现")
COUNT_VERB = re.compile(
    r"(?P<before>.*?)(?P<verb>打造|培育形成|培育|建成|建设|新建|新增|创建|形成|发展|引进|认定|推出|建立|完成)$"
)
SCOPE = re.compile(r"全省|全市|全区|全县|全州|我省|我市|全国|引导各地区|各地区|各市州|各县")
BASELINE = re.compile(r"[较比](?P<base>(?:上年|(?P<year>\d{4})年|“(?P<period>[一二三四五六七八九十]+五)”)(?:末|底)?)$")
EQUALLY = re.compile(r"(?:均|都|分别)$")
SHARED_TAIL = re.compile(r"(?:覆盖率|普及率|合格率|达标率|比例|比重|率)$")
STATE = re.compile(r"(?:规模)?(?:不断|持续|显著|明显|稳步|进一步|大幅)(?:扩大|提升|提高|增强|加强|增长|优化|改善)$")
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMERIC = re.compile(r"\d|[一二三四五六七八九十百千两]+(?:[万亿百千]|元|个|倍)|百分之")
RANGE_SIGN = r"[—–－～~\-]{1,2}"
NOT_A_TARGET_UNIT = frozenset({"岁", "年", "天", "日", "个月", "小时", "分钟"})
"""Ages and terms are conditions; a time to be reached is read only after FallTo or AtMost."""

# --- citations and quoted names -------------------------------------------------------------------------------
CITED_TITLE = re.compile(r"《(?P<title>[^《》]+(?:《[^《》]*》[^《》]*)*)》(?:[(（](?P<number>[^()（）]*号)[)）])?")
CITATION_CUE = re.compile(r"按照|根据|依据|依照|贯彻落实|贯彻|落实|遵照")
CITATION_CLOSE = re.compile(r"精神|(?:有关)?要求|(?:有关)?规定|部署")
JOINT = r"(?:等\d+个?(?:部门|部委|单位))?"
QUOTED = re.compile(r"“(?P<name>[^“”]+)”")
