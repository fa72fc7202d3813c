"""Numbers to reach: words before and after the number → comparators (vocabulary contract), and what is no target."""

from __future__ import annotations

import re

NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:[.．]\d+)?"
RANGE_SIGN = r"\s?[—–－～~\-至到]{1,2}\s?"
SCALE = "十万|百万|千万|万亿|[十百千万亿]"
MEASURES = (
    "家次|户次|台次|场次|批次|件次|/10万人|/10万|/万|个百分点|百分点|个工作日|个月|个小时|平方公里|平方千米|平方米|立方米|吨标准煤|标准煤|千瓦时|张床位|人次|人天|人份|台套|架次|列次|车次|"
    "课时|学时|栋|幢|标准箱|小时|分钟|公里|千米|海里|公顷|千瓦|兆瓦|公斤|千克|毫克|微克|美元|个|家|名|人|户|项|件|条|座|所|处|间|张|台|套|辆|艘|次|"
    "空方|口|尾|场|期|批|门|种|部|篇|亩|米|吨|升|度|元|倍|支|只|头|羽|株|对|册|片|级|类|位|宗|款|笔|架|列|班|节|床|岁|年|天|日|秒|单|票|例|剂|‰|%|％"
)
"""Units that a document may print; the registry says what it knows of them."""
RATE = r"(?:/(?:标准立方米|平方公里|平方米|立方米|千瓦时|千人|万人|公顷|公斤|小时|车次|万元|人次|日|天|年|月|人|亩|吨|户|床|度|元|升|秒|个|套|次))?"
_HAN, _TENS = "一二三四五六七八九", "十百千"
_COUNTED = "个百分点|百分点|平方公里|平方米|立方米|千瓦时|公顷|公里|小时|分钟|千瓦|兆瓦|亿元|万元|美元|个|家|名|人|户|座|所|处|台|套|辆|艘|项|亩|米|吨|元|倍|张|门"
SPELLED = re.compile(
    rf"(?<![第数几{_HAN}{_TENS}两零〇万亿分之“A-Za-z\d])(?:"
    rf"百分之(?P<percent>[{_HAN}零十]+(?:点[{_HAN}零]+)?|百)(?![{_HAN}{_TENS}])"
    rf"|(?P<tens>(?:[{_HAN}][{_TENS}]|十(?![万亿]))[{_HAN}零{_TENS}]*)(?P<unit>[万亿]?(?:{_COUNTED})(?:/[日年天])?)(?![月级])"
    rf"|(?P<low>[{_HAN}两])[至到](?P<high>[{_HAN}十])(?P<range>个(?!月)|家|座|所|处|项|台|倍|个百分点|公里|[万亿](?:{_COUNTED}))"
    rf"|(?P<ones>[二三四五六七八九两])(?P<few>个百分点|百分点|座|所|公里|公顷|亿元|万元|倍|[万亿](?:{_COUNTED})))"
)
"""Numbers in characters. 百亿元 and 千家 name a size (百亿级, 千家万户). One character alone counts only before units that no phrase (两个确保, 三项制度) uses."""
ANY_NUMBER = re.compile(
    rf"\d|百分之|[{_TENS}](?:[{_HAN}{_TENS}万亿]|{_COUNTED})|[{_HAN}两][至到][{_HAN}十]|[二三四五六七八九两](?:个百分点|百分点|座|所|公里|公顷|亿|万|倍)"
)
NOT_A_TARGET_UNIT = frozenset({"岁", "年", "天", "日", "个月", "小时", "个小时", "分钟", "秒", "个工作日", "级", "类", "位", "度",
                               "期", "班", "节"})  # fmt: skip
"""Ages, terms, ranks and kinds are conditions; a time to be reached is read only after FallTo or AtMost."""
PERIODS = {"十五": 2005, "十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
"""Last years of the five-year plans (国民经济和社会发展五年规划), as their official titles and texts give them."""
TIMES = frozenset({"天", "日", "个月", "小时", "个小时", "分钟", "秒", "个工作日", "年"})

_ALWAYS = r"(?:再|均|都|共|总共|总计|累计|分别|原则上|应|要|须|需|力争|平均|年均|每年|逐年|已|同比|约)*"
BEFORE_NUMBER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:下降|降低|压缩|减少|缩短|压减|控制|缩小|精简)(?:至|到)$|[降减缩]至$|降到$"), "FallTo"),
    (re.compile(r"(?:不得?低于|不得?少于|不小于|至少|不亚于|最低达到)$"), "AtLeast"),
    (re.compile(r"(?:不得?超过|不得?高于|不大于|不多于|控制在|最多|至多)$"), "AtMost"),
    (re.compile(r"(?:超过|突破|超出|超|高于|大于|多于|快于)$"), "MoreThan"),
    (re.compile(r"(?:低于|少于|小于)$"), "LessThan"),
    (
        re.compile(
            r"(?:达到|达成|达|实现|完成|(?:提高|提升|增加|增长|扩大|上升|发展|延长|拓展|推广)(?:到|至)|[增升提扩]至|"
            r"(?:稳定|保持|维持|巩固)(?:在)?|(?:提高|提升|控制)在)$"
        ),
        "Reach",
    ),
    (re.compile(r"(?:增加|增长|提高|提升|上升|递增|扩大|新增|上涨|上浮)$"), "IncreaseBy"),
    (re.compile(r"(?:下降|降低|减少|削减|压减|压缩|缩短|下调|下浮|缩减|(?<![升沉])降)$"), "DecreaseBy"),
    (re.compile(r"(?:大约|约|近)$"), "Approximately"),
)
WEAK = re.compile(rf"(?:{_ALWAYS[3:-2]})+$")
"""Words between the verb and the number that change nothing: 提高至约80%, 累计达到."""
AFTER_NUMBER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"左右|上下"), "Approximately"),
    (re.compile(r"(?:及|或)?以上"), "AtLeast"),
    (re.compile(r"(?:及|或)?(?:以内|之内|以下)"), "AtMost"),
)
LEADING_REACH = re.compile(r"(?:力争|努力|确保|争取)*(?:实现|完成)(?!率)")
COUNT_VERBS = (
    "整治|清疏|疏浚|清淤|新（改、扩）建|新（改）建|改（扩）建|新改扩建|新建改建|选育|发动|动员|招募|增殖放流|放流|打造|补齐|组建|新开工|开工|竣工|投产|投运|设置|培育形成|新培育|培育|建成|建设|新建|新改建|改扩建|新增|创建|争创|创成|形成|发展|引进|招引|引育|认定|推出|建立|完成|培养|培训|"
    "遴选|选拔|选聘|选送|招聘|招收|招录|输送|聘请|筹建|筹办|评定|产生|选树|评选|推广|推动|推进|支持|扶持|组织|举办|开展|实施|布局|设立|创办|改造|扩建|升级|制定|修订|制修订|制（修）订|发布|出台|选择|选取|确定|"
    "命名|吸引|集聚|聚集|孵化|储备|谋划|落地|签约|增加|配备|配置|选派|申报|获评|研发|攻克|突破|转化|提供|发放|梳理|打通|开通|开行|"
    "解决|带动|惠及|服务|帮助|资助|壮大|树立|整合|搭建|构建|划定|治理|修复|投放|更新|淘汰|关闭|取消|入库|上市|做强|做大|达到|实现|拥有|建|育|有|至少主动联系|主动联系"
)
_CHANGE_VERBS = "|".join(
    v
    for v in COUNT_VERBS.split("|")
    if v not in ("服务", "发展", "组织", "储备", "推进", "有", "育", "建", "研发", "达到")
)
LEADING_CHANGE = re.compile(
    rf"(?P<before>.*?)(?P<verb>{_CHANGE_VERBS}|增强|削减|减少|压减|化解|减排|节约|降低|压降|减免|减轻|拉动|撬动|达成|争取|种植|安排)(?![值率量额度速]|业(?!务))(?P<noun>[^，]{{2,}})$"
)
"""新增城市污水处理能力4500万吨/日: the verb stands before the thing, the amount after it."""
CHANGE = {"新增": "IncreaseBy", "增加": "IncreaseBy", "削减": "DecreaseBy", "减少": "DecreaseBy", "降低": "DecreaseBy", "压降": "DecreaseBy", "减免": "DecreaseBy", "减轻": "DecreaseBy", "压减": "DecreaseBy",
          "淘汰": "DecreaseBy", "化解": "DecreaseBy", "减排": "DecreaseBy", "节约": "DecreaseBy", "完成": "Reach", "实现": "Reach"}  # fmt: skip

COUNT_VERB = re.compile(
    rf"(?P<before>.*?)(?P<verb>{COUNT_VERBS})(?:出|起|好|一批)?(?:全省|全市|全国|各类|各级|省级|市级|国家级)?$"
)
AT_LEAST_FIRST = re.compile(r"至少(?:要|应|再|要求)?$")
"""每个县至少培育2个: the qualifier stands before the verb."""
NEXT_COUNT = re.compile(rf"(?:、|以及|和|与|及)(?=(?:{COUNT_VERBS})?(?:不少于|不低于|超过|约|近)?\d)")
"""Where the things that one number counts end, and the next number of the list begins."""
COUNTS_ON = re.compile(r"不少于|不低于|超过|约|近|")
"""What may stand before a number that goes on with a count: 不少于10名……，不少于20名……."""
NO_COUNT = re.compile(r"的|为一|一组|轮流|分片|每|中")
"""How words begin after a number that counts nothing anew: 3名负责人, who are told of and not wanted."""
WITH = re.compile(r"(?P<before>[^，对凡]{0,6}?)(?P<verb>与|同)")
WITH_TAIL = re.compile(r"[^，的]{2,14}?(?:开展|建立|签订|签署|达成|进行|实现|结成)[^，的]{2,20}")
"""加强与80家企业开展技术合作: so many partners are to be found."""
COUNT_PREFIX = re.compile(r"(?:约|大约|近|不少于|不低于|至少|超过|超|累计|共|总计|再|各|力争|每年|新|达到|逐年)*$")

SCOPE = re.compile(r"全省|全市|全区|全县|全州|我省|我市|我区|全国|本市|本省|引导各地区|各地区|各市州|各县")
BASELINE = re.compile(
    r"[较比](?:上一?年|去年|(?P<year>\d{4})年|“(?P<period>[一二三四五六七八九十]+五)”(?:期)?)(?:末|底|同期)?(?:累计|年均|平均)?(?:增加|增长)?(?:均|都|分别)?$"
)
BASE_NUMBER = re.compile(r"(?:由|从)(?:(?P<year>\d{4})年(?:底|末)?的?|目前的?|现在的?|现有的?|上年的?)?$")
"""由2005年的52%提高到72%: the first number is the baseline of the second."""
FROM_TO = re.compile(r"\s*(?:左右)?(?:提高|提升|增加|增长|扩大|上升|增|升|下降|降低|降|减少|压缩|缩短)(?:到|至)")
EQUALLY = re.compile(r"(?:均|都)$")
YEARS = re.compile(r"(?P<years>(?:(?:到)?\d{4}年(?:底|末)?[、和])+\d{4}年(?:底|末)?)$")
"""优良比例2023年、2025年分别达到94%、95.5%: as many years as numbers."""
OF_YEAR = re.compile(r"(?P<year>[2２][0０]\d{2})年(?:底|末)?的$")
"""提高到2024年的55%、2025年的60%: the year of the number that follows."""
SECOND_UNIT = re.compile(r"^（[一-鿿]{1,3}）$")
"""80条（个）."""
YEARS_FIRST = re.compile(r"(?:力争|到|在)*(?P<years>(?:\d{4}年[、和])+\d{4}年)(?:，)?(?P<rest>[^，\d]{2,}?)$")
OF_WHICH = re.compile(r"其中[，：]?(?=.{2,})")
"""其中高效节水灌溉100万亩: part of what was counted before."""
EACH = re.compile(r"(?:每|各)个?(?:省|市州?|县区?|区|乡镇?|镇|村|街道|社区|地区)(?:（[^）]*）)?")
"""每个县至少2个: of whom the number is asked, not what is counted."""
DOUBLES = re.compile(r"(?:实现)?(?:翻[一两三]?番|倍增)$")
PAIRED = re.compile(r"(?:分别|依次)(?P<verb>[一-鿿]{0,4})$")
JOINTS = (re.compile(r"[、和与及]"), re.compile(r"[、和与]"), re.compile("、"))
"""What parts the things of a pair; 及 and 和 may stand inside one of them."""
SHARED_TAIL = re.compile(r"(?:覆盖率|普及率|合格率|达标率|比例|比重|占比|率)$")
OWN_TAIL = re.compile(
    r"(?:率|比例|比重|占比|规模|总量|数量|产值|增加值|收入|面积|产量|保有量|投资|增速|里程|总额|销售额)$"
)
"""市场规模、覆盖率: the first has a name of its own, and does not share that of the last."""
STATE = re.compile(r"(?:规模)?(?:不断|持续|显著|明显|稳步|进一步|大幅)(?:扩大|提升|提高|增强|加强|增长|优化|改善)$")
SHARE_LEAD = re.compile(
    r"(?:确保|力争|推动|实现|保证|保障|使|在|(?:城市|县城|城镇|中心城区)?建成区|加强|完成|支持|引导|探索|建设|全[省市国区县]|我[省市]|本市|有|让|对|，)*"
)
SHARE_TAIL = re.compile(r"的?(?=[一-鿿“]{4,})")
DASHED = re.compile(r"[—－-]{1,2}(?=[一-鿿])")
"""——数字基础设施更加完善。 an item of the paragraph before it."""
GOAL_TAIL = re.compile(r"的?(?:总体|预期|阶段性|约束性)?(?:目标|指标|要求|水平)(?:任务)?$")
INDICATOR_NAME = re.compile(
    r".*(?:率|比重|比例|占比|数|量|规模|值|面积|收入|投资|增速|强度|里程|能力|水平|额|度|存栏|出栏|产能|装机|床位|库容|单产|总产)(?:（[^）]*）)?"
)

_COUNTS = "(?=[\\d一二三四五六七八九十百千两翻倍])"  # tried first, because most characters begin no number
_TENTHS = "[一二三四五六七八九]成(?:以上|左右|$)"
NUMERIC = re.compile(
    rf"{_COUNTS}(?:\d|{_TENTHS}|[一二三四五六七八九十百千两]+(?:[万亿百千]|元|个|倍)|百分之|翻[一两三]?番)"
)
UNREAD_FORM = re.compile(
    rf"{_COUNTS}(?:倍增|{_TENTHS}|翻[一两三]?番|"
    r"[一二三四五六七八九十百千两]{2,}(?:余|多)?[万亿]?(?:个|家|名|人|项|元|亩|吨|倍|公里)|百分之[一二三四五六七八九十百]+)"
)

# --- what is no target --------------------------------------------------------------------------------------
PAST = re.compile(
    r"已经?(?!有)|(?<![由从])目前|现有|截至|截止|仅|曾|去年|上年(?!末|底)|以来|首次|当前|现状|其时|原有|未完成|未达到|没有完成|只完成"
)
SINCE = re.compile(r"(?:以来|(?:过去|近)[一二三四五几两]年(?:来|里|中)?|[一二三四五]年来)$")
"""三年行动以来，……: a sentence that opens so tells of what was reached, up to the next horizon."""
PAST_AFTER = re.compile(r"\s*了|的历史")
DONE = re.compile(r"(?:增加|增长|下降|减少|提高|达到|完成|实现|超过)了")
FORECAST = re.compile(r"预计|预测|测算|估计|据统计|还将|约需|将增长|将增加")
BENEFIT = re.compile(
    r"给予|补贴|补助|奖励|奖补|资助|返还|减免|贴息|贷款额度|可(?:申请|享受|按|给予|予|凭|适当|在|将)|申请.{0,6}贷款|罚款|处以|收费|征收|缴纳|扣除|税率|"
    r"每人每|每户每|每床|每亩每|标准(?:为|按|的)|资助标准|限额|上限|额度|保费|担保|抵扣|工资|薪酬|提取"
)
"""Rates of benefits and fees are no goals; with a horizon (到2025年) the number is believed."""
UNREAD_AIM = re.compile(
    r"(?:达到?|[提增]高?到|提升[到至]|增[加长]到|控制在|降[低至到]+|压减|缩短[至到]?|不低于|不少于|不超过|超过|突破|增长|下降|提高|提升)\s*(?:\d|百分之)[\d.．]*\s*(?:[%％]|个?百分点)"
)
"""A verb that sets goals, and a share: where no target was read of it, that is told."""
TIME_SET = re.compile(r"压缩|缩短|压减|缩减|(?:平均|时长|用时).*控制在|(?<!可)延长[至到]$")
"""A time that is to be reached, and no limit that a rule sets."""
ALLOWED = re.compile(r"可(?:以)?(?:适当)?(?:缩短|压缩|缩减|延长|放宽)")
"""A term that somebody may be granted."""
UNREAD_SET = re.compile(
    r"(?:达到?|控制在|降[低至到]+|不低于|不少于|突破)(?:每(?:小时|天|日|年))?\s*\d[\d.．]*(?:[十百千]?[万亿]?(?:立方米|公里|平方米|平方公里|亩|吨|千瓦|千瓦时|批次|家|座|处|套|台|辆|标准箱)|(?=以内|以下|左右|$))"
    r"|\d[%％](?:保留|覆盖|纳入|落实|配备|实现|完成|达标)"
    r"|(?:整治|清疏|新建|改造|建成|新增|建设|完成|培育)[一-鿿]{2,12}\d[\d.．]*[十百千]?[万亿]?(?:个|家|公里|处|座|套|台|亩|所|平方米)$"
)
"""The same of other quantities, of bare ratios (控制在1.3以内) and of things made; 100%保留现金支付."""
RATIO = re.compile(r"(?<=\d)\s?[∶:：]\s?\d")
RATIO_SET = re.compile(r"(?:达到?|[提升增]高?[到至]|控制在|不[高低]于|不超过|比例?)\s*\d[\d.．]*\s*[∶:：]\s*\d")
"""师生比达到1∶16: a ratio that is set; the first, which few clauses hold, is tried before it."""
UNREAD_LISTED = re.compile(r"(?:[一-鿿]{2,12})\d[\d.．]*[十百千]?[万亿]?(?:[一-鿿]{1,3})(?:以上|左右)?$")
"""…95%以上，规划教材300种: a bare number after one that was read."""
BENEFIT_FLOOR = re.compile(r"标准的[\d.．]+倍$|(?:价|工资|低保|保障|收费|补助|补贴)标准的[\d.．]+[%％]$")
"""不低于低保标准的1.3倍: what a benefit is reckoned by."""
GIVEN = re.compile(
    r"(?=[给予享补奖贴资一分额叠津每])(?:"
    r"(?:给予|予以|享受)[^，。；]{0,40}?(?:补助|补贴|奖励|奖补|贴息|资助|补偿|返还|减免|优惠|支持|扶持)"
    r"|(?:补助|补贴|奖励|奖补|贴息|资助)(?:标准|金额|额度|资金|总额|比例)?(?:最高|不得?超过|不高于|为|按|上限)"
    r"|(?:一次性|分档|分级|额外|叠加)(?:补助|补贴|奖励)|(?:补助|补贴|奖励|津贴)[^，。；]{0,6}每[一-鿿]|每[一-鿿]{1,3}(?:补助|补贴|奖励)"
    r"|(?:补助|补贴|奖励|奖补|津贴)(?:标准)?提[高升][到至])"
)
"""Money given to somebody, 床位补贴每张3000元: not even a horizon makes a goal of it."""
CAP = re.compile(r"(?:最高|最多|封顶|上限)(?:额度|限额)?(?:可达?|达到?|为|不得?超过|不高于)?\s*$")
"""单个项目最高不超过500万元: the most that is paid, which nobody wants to reach."""
OFFERED = re.compile(
    r"(?:利率|费率|报价|价|租金|收费)[^，]{0,24}基础上[^，]{0,8}(?:上浮|下浮|浮动|优惠|降低|下调|减|加)"
    r"|(?:租金|房租|费用|[税电水运]费|利息|门票)[^，]{0,8}(?:减免|减收|减征|减半|优惠|让利|打折)|(?:优惠|让利|减免)(?:幅度|比例|力度)"
)
DISCOUNT = re.compile(r"(?:利率|费率|租金|房租|底价|起始价|出让价|门票|票价)[^，]{0,24}(?:下浮|上浮|浮动|优惠|让利)")
"""Prices and rates that somebody is offered; the second says so only where its sentence has no horizon."""
EARMARK_LEAD = re.compile(
    r"(?P<of>[^，对凡]{2,24}(?:金|收入|收益|经费|支出|指标))?(?:各[^，]{1,8}?)?(?:每年|年度|应当?|要|须|必须|需|确保|统筹|安排|拿出|列支|划出|切块|将|把)*"
)
EARMARK = re.compile(r"(?:的(?P<what>[^，的]{2,24}?))?用于(?P<aim>[^，]{4,40})(?<!的[企单项个机地][业位目人构区])")
WITHIN = re.compile(r"(?P<of>[^，]{3,30}(?:金|收入|收益|经费|支出|指标))中?|[^，]{4,30}中")
"""将不低于10%的资金用于……: no less than a share is to be spent so; ……资金中，安排不低于5%用于……."""
AIMS_QUOTED = re.compile(
    r"(?:实现|达到|完成|达成|确保|落实|锚定|围绕|确立|明确)“(?P<inner>[^“”]{10,}?)”的[^，。；“”]{0,12}?(?:目标|指标|任务)+"
    r"(?!目标|指标|任务|的|[^，。；]{0,6}(?:后|基础))"
)
"""实现“总量达到20万吨，转化率达到45%”的两大目标: aims, though they stand in quotation marks."""
MENDED = re.compile(r".{2,}?(?:实施|进行|开展).{0,12}(?:改造|整治|治理|修复|更新|提升|改建|扩建)(?:工程)?$")
"""对20处灌区实施改造: so many things are to be mended."""
SPENT = re.compile(r"用于(?![^，]*(?:比例|比重|占比))")
"""What a share is spent on: no goal where the clause itself says so."""
CONDITION = re.compile(
    r"(?:凡|对于?|符合|满足|具备|若|如果?|当|凡是|禁止|严禁|未|无法|年龄|周岁|户籍|时速|厚度|半径|范围内|距离|以上的|以下的|之一的|的，)"
)
FORMULA = re.compile(r"[=＝×*÷]\s*$|[=＝×÷]")
FREQUENCY = re.compile(r"每(?:隔)?(?:半年|季度?|月|周|日|天|\d+年)")
STATE_HEADING = re.compile(r"形势|现状|意义|背景|基础$|成效|问题|机遇|挑战|回顾|进展|依然")
ENUMERATION = re.compile(r"(?:等|(?<![及或])以下|下列|上述|前述|这|该|第|前|共|划分为|分为|归纳为|位列|排名)$")
NAME_AFTER = re.compile(r"(?:版|号|型|期工程|大(?:工程|行动|体系)|\+|周年|次全会|届|中全会|五规划|条线)")
"""What makes the number part of a name."""

CAUSED = re.compile(r"^(?:使|让|推动|确保|力争|实现|促使|带动)(?=.{4,})(?!现)")
MODAL = re.compile(
    r"^(?:\d+年内|三年内|五年内|其中|还|必须|需要?|要|应|可|将|力争|确保|通过[^，]{2,8}|使|重点|共|计划|累计|全年|每年|年内|同时|并|再|努力)+$"
)
"""What stands before a verb of change and names nothing: 必须通过工程措施削减……."""
RAISED = re.compile(
    r"(?:力争|确保|逐步|大幅|进一步|努力|持续|有效|要)*(?P<verb>提高|提升|增加|扩大|降低|压缩|减少|缩短|压减|缩减)"
    r"(?P<noun>[^，]{2,40}?(?:率|比重|比例|占比|数|量|规模|值|面积|收入|强度|水平|时限|时间|时长|周期|成本|浓度))[至到]"
    r"|(?P<plain>[^，\d]{2,30}(?:率|比重|比例|占比))[至到]"
)
"""提高机顶盒占比至75%: the verb stands before the thing, 至 before the number."""
RELATIVE = re.compile(r"(?P<than>高于|快于|多于|大于|超过|低于|慢于|少于|小于).{2,}$")
RELATIVES = {"高于": "MoreThan", "快于": "MoreThan", "多于": "MoreThan", "大于": "MoreThan", "超过": "MoreThan",
             "低于": "LessThan", "慢于": "LessThan", "少于": "LessThan", "小于": "LessThan"}  # fmt: skip
"""增幅高于地区生产总值增幅0.5个百分点以上: more than another quantity by so much."""
MADE = re.compile(rf"(?:力争|确保|计划|再|累计|共|全省|全市)*(?:{COUNT_VERBS})")
"""2025年底前建成30个: what is counted was named before."""

PLACE_OF = re.compile(r"其中[，：]?(?P<place>[^，]{0,12}(?:地区|各?[省市州县区]|城市|农村|镇|乡|试点))")
"""其中关中地区达到65%: of which place, the same thing."""
DOUBLED_FIRST = re.compile(r"^.*(?:翻[一两三]?番|倍增)[、，]")
YEARLY = re.compile(r"每年|年均|逐年|每季度|每月")

SHARE_OF = re.compile(r"(?P<verb>达到|达|提高到|提升到|不低于|不少于|超过|占)(?P<of>[^，]{2,14})的$")
"""调节能力达到最大负荷的5%: a share of what stands between."""
