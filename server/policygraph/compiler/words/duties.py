"""Duties told amid running sentences: a body at the head of a clause, and the verb that charges it."""

from __future__ import annotations

import re

_END = (
    r"(?:委员会|办公室|管委会|人民政府|政府|部门|机关|公司|分行|总队|支队|银行|中心|联社|供销社|总社|督查室|海关|集团|"
    r"部|委|局|厅|办|署|院|社|室)"
)
_OWN = r"(?:（[^（），。；]{1,14}）)?"
LEAD_IN = re.compile(
    r"(?:其中[，：]?|同时，?)?(?:(?:此|该|本|这)项(?:工作|任务)?|(?:上述|以上)(?:各项)?(?:工作|任务)|具体(?:工作|事项)?|日常工作)?由?"
)
_BY = r"(?:按照?|依照?|根据)(?:各自)?(?:职责|职能)(?:分工)?"
_HOW = rf"(?:{_BY}|分别|共同|具体|主要|统一|统筹|组织|依法|要|应当?|须)*"
_ACT = (
    r"(?:依法|及时|定期|统一|负责|共同|联合|加强|强化|完善|建立|健全|组织|开展|实施|制定|拟订|研究|编制|做好|推进|推动|指导|落实|"
    r"探索|支持|统筹|提出|出台|优化|规范|对|在|按|将|把|抓|切实|严格|加大|加快|监督|督促|配合|协调|明确|设立|安排|进一步|"
    r"全面|积极|认真|深入|确定|审核|发布|公布|申报|建设|审定|办理|开发|牵头|会同|充分|严厉|持续|结合|围绕|牢固|自|于|每|"
    r"采取|坚持|通过|发挥|引导|鼓励|提供|承担|履行|履职|压实|督导|梳理|下达|向|给予|为)"
)
NO_THING = re.compile(
    r"(?![^，。；]{0,40}的(?:部门|单位|机构|机关|项目|企业|联席|协调|工作机制|机制|制度|体系|格局|专班|领导小组|原则|指导意见))"
)
"""No 由X牵头的联席会议: what follows says what a thing is."""

LEADS = re.compile(rf"{_HOW}(?:总牵头|牵头)(?!的|单位|部门|人|责任|作用|制|、)")
OTHERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_HOW}(?:配合|参与|参加|协助)(?!度|率|式)"), "Support"),
    (re.compile(rf"{_HOW}负责(?!人|制|的|同志|解释|任)"), "Responsible"),
    (re.compile(rf"{_HOW}(?:组织实施|具体实施|组织落实|抓好落实)"), "Responsible"),
)
"""What is said of other bodies in a sentence that has told who leads."""
WITH = re.compile(r"会同|联合")
NAME_END = re.compile(rf"{_END}{_OWN}(?:等(?:有关|相关)?(?:部门|单位))?(?={_ACT}|[，。；]|$)")
"""Whom the leading body works with: names up to where an action follows."""
NOT_IN_NAME = re.compile(r"[要由为的是把将]|应(?!急)|加强|推动|推进|建立|会同|负责|牵头|共同")
VAGUE = re.compile(
    r"(?:各(?:地|级|部门|单位|成员|有关|相关|方)|有关|相关|所有|其他|其它|主管|本|该|上级|下级|同级).*"
    r"|.*(?:有关|相关|同级|上级|所属|其|主管)(?:部门|单位|机关)|[省市县区]?政府|[省市县区]委|.*[开举承主协创交督]办"
)
"""Words for any body at all, and verbs that end as names do."""
_LEVELS = r"(?:[省市县区州盟旗](?![、级])|自治[区州县]|各[省市县区州]|国家|中国|全国|市、县)"
LEVELLED = re.compile(rf"{_LEVELS}.*{_END}{_OWN}")
_FIELD = r"(?![省市县区州各国])[一-鿿]{2,4}(?<![局厅委部办])"
FIELDS = re.compile(rf"(?P<first>{_FIELD})(?:、{_FIELD}){{1,4}}(?:等|主管)?部门")
"""宣传、网信等部门: fields parted by 、 are one group."""
CLASS = re.compile(r"(?P<task>[一-鿿]{2,12}?)(?:主管|行政|行政主管)?部门")
UNREAD = re.compile(
    rf"(?:(?<=[，。；：、\s])|^)(?:其中)?(?:{_LEVELS}[^，。；：“”]{{1,30}}?{_END}{_OWN}|[一-鿿]{{2,6}}部门)(?:要|应当?)?"
    r"(?:会同|负责(?!人|制|的|同志|解释|任)|负总责|具体实施|组织实施|共同管理|(?:作?为|是)[^，。；、]{0,24}责任主体)"
)
"""省财政厅负责审核预算, 各县人民政府为责任主体: said in running words; told, and not read."""
UNREAD_HINT = re.compile(r"会同|负责|负总责|具体实施|组织实施|共同管理|责任主体")
