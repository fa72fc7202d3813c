"""Responsibility phrases: (责任单位:…)、（X牵头，Y参与）、（X负责。列第一位者为牵头单位，下同）、bare lists of bodies."""

from __future__ import annotations

import re

OPEN, CLOSE = "（(【〔[［", "）)】〕]］"
BRACKET = re.compile(r"[（(【〔\[［）)】〕\]］]")
PARTS_OR_NESTS = re.compile(r"[，,；;。（(【〔\[［）)】〕\]］]")

LABELS: tuple[tuple[str, str], ...] = (
    (r"(?:总?牵头|主办|主责|第一责任)(?:责任)?(?:单位|部门|处室|机构)?", "Lead"),
    (r"(?:配合|参与|参加|协助|协办|协同|支持|会办)(?:责任)?(?:单位|部门|机构)?", "Support"),
    (
        r"(?:(?:任务|工作)?(?:责任|落实|承办|实施|执行|分工|指导)(?:分工|落实)?(?:单位|部门|主体|处室|机构)?|负责(?:单位|部门))",
        "Responsible",
    ),
)
_LEVEL = r"(?:其他|其它|相关|国家|省级|省直|市级|市直|区级|县级|主要|直接|具体|共同|第[一二])?"
LABEL = re.compile(
    "(?=[【\\[［其相国省市区县主直具共第总牵配参协支会任工责落承实执分负指])(?:"  # what one begins with is tried first
    + "|".join(
        rf"(?:[【\[［]\s*)?(?P<{role}>{_LEVEL}{pattern})\s*(?:[】\]］]\s*[：:]?|[：:]|(?<=[位门])为(?=[一-鿿]))"
        for pattern, role in LABELS
    )
    + ")"
)
"""A label and its colon; what follows up to the next label has its role."""
LABEL_END = re.compile(r"(?=[】\]］：:位门])(?:[】\]］：:]|[位门]为)")
"""Where no label can end, none is looked for: most paragraphs have no colon."""
OTHER_LABEL = re.compile(
    r"[【\[]?(?:(?:责任|分管|牵头|联系|包抓|包保)(?:领导|人|同志)|(?:督办|监督|监管|考核|审核)(?:单位|部门)|联系(?:电话|方式)"
    r"|(?:完成|推进|落实|实施|办结)?(?:时限|时间|期限|进度)(?:要求|安排|节点)?)\s*(?:[】\]]\s*[：:]?|[：:])"
)
"""Labels of persons and time limits: what follows them is no body."""
PERSON = re.compile(r"领导|人|同志|电话|方式|单位|部门")
LEADS_HERE = re.compile(r"(?:总?牵头|主办|第一位|首位|列首位)(?:单位|部门)?")
"""市水务局（牵头）: the bracket after one name gives its role."""
WATCH = re.compile(r"(?:监督|监管|督促|督查|审核|考核|审计)(?:检查|指导|落实)?$")
"""省审计厅监督: who watches is not made responsible; told."""

_BY_DUTY = r"(?:按照?|依照?|根据|依据)(?:各自)?(?:职责|职能|分管领域|业务|工作|部门|权限)*(?:分工)?"
_FITTING = (
    r"结合(?:本?(?:地区?|部门|单位|行业|领域)|各自|自身|当地|工作)*实际|因地制宜|依法依规|依规依法|依法|(?:按|依)规定"
)
"""结合实际落实: how it is done, which is no part of the name before it."""
_HOW = rf"(?:{_BY_DUTY}|{_FITTING}|分别|共同|具体|分工|统筹|各自|主要|组织|协同|联合|认真|抓好)*"
_DO = r"(?:落实|组织实施|实施|推进|推动|开展|组织|协调|指导|督导|督促)*"
_OWN = r"(?:本地区|本地|本辖区|辖区内?|本行政区域内?|本部门|本系统|本领域|本行业|属地|主体|监管|具体|相关|各自)"
VERBS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_HOW}(?:负责)?(?:总牵头|牵头|主办)(?:抓总|指导|负责|{_HOW}){_DO}$"), "Lead"),
    (re.compile(rf"{_HOW}(?:参与|参加|配合|协助|协办|支持){_HOW}(?:负责)?(?:做好相关工作|做好)?{_DO}$"), "Support"),
    (re.compile(rf"{_HOW}(?:负责|指导|督导|监督指导|承办){_DO}$"), "Responsible"),
    (
        re.compile(
            rf"(?:{_BY_DUTY}|{_FITTING}|分别|共同|具体|组织|抓好|协同)+(?:落实|推进|实施){_DO}$|(?:组织实施|具体实施|落实|实施|执行)$"
        ),
        "Responsible",
    ),
    (
        re.compile(
            rf"{_HOW}(?:负责(?:抓好|做好|组织|落实)?{_OWN}[^，。；、]{{0,8}}(?:落实|实施|工作|推进|推动|建设)"
            rf"|(?:落实|履行|承担)(?:好)?{_OWN}[^，。；、]{{0,4}}责任)$"
        ),
        "Responsible",
    ),
    (re.compile(r"为牵头(?:单位|部门)$"), "Lead"),
    (re.compile(r"为(?:配合|参与)(?:单位|部门)$"), "Support"),
    (re.compile(r"为(?:责任|主体)(?:单位|部门)$"), "Responsible"),
)
"""What stands after the names and gives their role, most telling first."""
JOINTLY = re.compile(r"会同|会商|联合|商(?=[国省市自])")
"""X会同Y负责: X has the role of the verb, Y supports."""

FIRST_LEADS = re.compile(
    r"(?:[列排]名?(?:在|于|为)?(?:第一位?|首位|最前)|第一个?)(?:者|的)?(?:责任|牵头)?(?:部门|单位)?[^。，；（）()]{0,6}?(?:为|是|作为)[^。，；（）()]{0,4}?"
    r"(?:总?牵头|主办|主责|第一责任)(?:责任)?(?:单位|部门)?"
)
"""列第一位者为牵头单位: the first listed leads, the others support; 下同 makes it hold for the rest of the document."""
LAST_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
BELOW = re.compile(r"下同|以下(?:均|都|皆)?(?:相)?同|后同|余同")
STANDING = re.compile(
    r"均(?:需|须|涉及|由|应)|不再(?:一一|逐一|另行)?(?:列出|列示|分工|做分工|作分工|说明)|以下各项均|均为责任单位"
)
"""A duty of one body in all that follows: told, not spread over every provision."""

TERM = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?(?P<end>底|末)?(?:之?前)?(?:(?:完成|取得|实施|落实|建成|启动)[^，。；]{0,14})?$"
    r"|(?:长期|持续|常态化?|立即|全年|年内|年底前|每年)(?:\d{1,2}月(?:底|末)?(?:之?前)?|汛期?前)?[一-鿿]{0,10}$|按?(?:年度|季度|时间节点)[一-鿿]{0,8}$|\d{1,2}月底?前?完成?$"
)

SEPARATOR = re.compile(r"[、，,；;。\s]")
AND = re.compile(r"以及|及其|暨|和|与|及")
ETC = re.compile(r"等(?P<rest>[^等]*)$")
AFTER_VERB = re.compile(r"(?<=牵头)、|(?<=负责)、|(?<=配合)、|(?<=参与)、|(?<=指导)、|(?<=落实)、")
"""省商务厅牵头、省财政厅配合: the mark parts what is said of two."""
FIELDS = re.compile(r"[^、]*(?:部门|机构|主管单位)(?:[（(][^（）()]*[）)])?$")
"""各省级广电、应急管理部门: fields parted by 、 before one 部门 are one group."""
GROUP = re.compile(r"(?:有关|相关|其他|各)(?!部$).{0,12}(?:部门|单位|企业|机构|地区|地方|方面)")
"""What follows 等 and names a group of bodies of its own: 等有关部门和单位."""

NOBODY = frozenset({"无", "暂无", "没有", "—", "——", "-", "/", "／"})
"""What a form prints where nobody stands (配合单位：无)."""
ORG = re.compile(
    r".*(?:部|委|局|厅|办|署|院|会|社|行|中心|政府|委员会|办公室|公司|集团|企业|单位|部门|机构|高校|学校|院校|法院|检察院|"
    r"领导小组|指挥部|联席会议|海关|机关|总队|支队|专班|小组|电网|电力|移动|电信|联通|铁塔|烟草|邮政|人行|省级?|州|市|县|区|盟|旗|"
    r"乡镇|镇|街道|各地|地区|地方|园区|督查室|研究室|参事室|党委|组织部|宣传部|工委|团委|妇联|工会|残联|文联|科协|侨联|工商联|总社|所|站|台|馆|"
    r"院所|基金会|银监|证监|保监|税务|气象|地震|管理区|开发区|兵团|营商专班|经营者|医院|平台|大学|学院|研究院|科学院|科研院所|军分区|武警|消防|科|处|司)"
    r"(?:[（(][^（）()]*[）)])?"
)
"""How the name of a body ends."""
STRONG = re.compile(
    r"(?:(?:国家|中央|全国|国务院|中国|最高|[省市州县区盟旗各]|自治[区州县])[^，。；：]*|[^，。；：]{2,24})"
    r"(?:部|委|局|厅|办|署|政府|委员会|办公室|公司|银行|总社|供销社|总局|银保监会|证监会|大学|学院|研究院|科学院|研究所|海关|总队|支队|大队|分行|支行|管理区|团委|妇联|总工会|管委会|法院|检察院|各[市州区县]+|单位|部门)"
    r"(?:[（(][^（）()]*[）)])?"
)
"""What a list without any keyword must be made of."""
NEVER = re.compile(r"以下(?:统)?(?:简称|称)|简称|包括|不含|含(?!山)|详见|下同|其中|例如|代章|此件|试行|暂行")
NOT_BODIES = re.compile(
    r"以下(?:统)?(?:简称|称)|简称|包括|不含|含|如|即|原|详见|见|下同|其中|例如|或|及以|代章|此件|试行|暂行|第|[A-Za-z]|\d{3,}|用于|按照?|对|以|从|将|不得|应当?|可"
)
"""How the inside of another bracket begins."""
NO_BODY = re.compile(
    r"(?:(?:牵头|责任|配合|参与|主办|协办|落实|实施)(?:单位|部门|主体)|专人|谁|企业|本人|法人|法定代表人|单位|部门|国家|政府|自行|共同|分别|统一|主要|同志|领导|集体|项目|各方|有人)"
)
"""Words that stand before 负责 and name nobody."""

DUTY = re.compile(
    r"[（(【〔\[［][^（）()]{0,60}(?:[省市州县区国]|各)[^（）()，。]{0,12}(?:部|委|局|厅|办|署|政府|公司|单位|部门)[^（）()。]{0,80}"
    r"(?:负责|牵头|配合|参与|监督|落实)(?:[^（）()]{0,20})[）)】〕\]］]"
)
"""A bracket that names a body and a duty: where nothing was read from it, that is told."""

LEAD_IN = re.compile(
    r"(?:(?:此|该|本|这)项(?:工作|任务|措施|行动|工程)?|(?:上述|以上|前述|各项)(?:各项)?(?:工作|任务|事项|措施|内容)?)?(?:主要|具体)?(?:工作)?由"
)
"""此项工作由…牵头: the words that open a sentence of nothing but duties."""
LABEL_LEAD_IN = re.compile(r"(?:(?:此|该|本|这)项|(?:上述|以上|前述)(?:各项)?)(?:工作|任务|事项|措施|内容|行动|工程)?")
"""该项任务责任单位：…: what may stand between the sentence's head and a label."""
OWN_OFFICE = re.compile(r"(?:部|委|局|厅|办|署|院|会|政府|公司)$")
"""报送工业和信息化部（信息通信管理局）: an office within the body before the bracket, made responsible for nothing."""
TASKS = re.compile(rf"{_HOW}(?:推进|推动|实施|开展|完成|落实)$")
"""会同Y推进: what is done with Y; elsewhere these words alone give no role."""
SAYS_WHO = re.compile(
    r"(?=[^。：:“”《》]{4,160}。)[^。]*?(?:牵头|会同|负责|为(?:责任|牵头|配合)(?:单位|部门))[^。]{0,120}。"
)
"""X牵头，Y参与。 X会同Y负责。 as a whole sentence."""
SAYS_DUTY = re.compile(r"牵头|负责|会同")
PROSE = re.compile(r"由|是|为|要|应|建立|机制|专班|进行|工作|以及时|不|没有|的(?!部门|单位)")
"""Words of running prose: such a sentence tells how things are done, and makes nobody responsible."""
UNREAD_DUTY = re.compile(
    r"由[^，。；：由]{2,60}?(?:厅|局|委|部|办|办公室|政府|中心|会|单位|部门)[一-鿿]{0,4}(?:牵头|会同|负责(?!解释))(?![^，。；]{0,40}的(?!工作|任务))"
    r"|(?:[省市县区州]|国家)[一-鿿]{1,10}(?:厅|局|委|部|办)(?:、[一-鿿]{2,14}(?:厅|局|委|部|办))*"
    r"(?:牵头(?!的|单位|部门)|会同[^，。；]{2,40}(?:负责|制定|组织|实施|推进))"
)
"""…，具体办法由省财政厅会同省教育厅制定: a duty amid a sentence, which is told and not read."""
