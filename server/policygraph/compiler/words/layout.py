"""Lines before and after the body: header block, title, number, addressees, signature, date, notes."""

from __future__ import annotations

import re

from ..numerals import DATE

HEADER_LABELS = {
    "索引号": "indexNumber",
    "发文字号": "documentNumber",
    "文号": "documentNumber",
    "文件编号": "documentNumber",
    "发布机构": "publisher",
    "发布单位": "publisher",
    "发文机关": "publisher",
    "发文机构": "publisher",
    "发文单位": "publisher",
    "公文时效": "validity",
    "有效性": "validity",
    "时效性": "validity",
    "主题分类": "subjectCategory",
    "公文种类": "documentGenre",
    "成文日期": "date_document",
    "发文日期": "date_document",
    "印发日期": "date_document",
    "发布日期": "issued",
    "公开日期": "issued",
    "标题": "title",
    "名称": "title",
    "主题词": "keyword",
    "来源": "dataSource",
    "信息来源": "dataSource",
    "制定机关": "publisher",
    "公布日期": "issued",
    "字号": "documentNumber",
}
"""Printed label → fact; blanks pad the labels, two fields may be glued on a line, 【文号】 needs no colon."""
_LABEL = "|".join(r"[\s　]*".join(label) for label in sorted(HEADER_LABELS, key=len, reverse=True))
_PLAIN = _LABEL.replace(r"|字[\s　]*号", "")  # 字号: is also the page's font size
HEADER = re.compile(rf"[•·●∙]?\s*(?:【\s*({_LABEL})\s*】|({_PLAIN})[\s　]*[:：])[\s　]*")
CODE_LINE = re.compile(r"[0-9A-Z]{8,}(?:/\d{4}-\d{4,6})?|\d{6,12}/\d{4}-\d{4,6}|[A-Z]{2}\d{8,}")
"""11440100MB2C90856P/2023-00331: a bare code of the publishing site."""

_YEAR = r"\s*[〔\[【（(﹝]\s*\d{4}\s*[〕\]】）)﹞]\s*"
NUMBER = re.compile(
    rf"(?P<code>[一-鿿]{{1,14}}?){_YEAR}第?\s*(?:\d+\s*号|号\s*\d+)"
    r"|[一-鿿]{2,14}(?:\d{4}年)?第\s*\d+\s*号"
)
"""青政办〔2020〕62号, 晋政发[2013]35号, 晋政发〔2014〕号16, 公告2018年第14号, 国务院令第722号; zero-width characters are blanks."""
_NO_TITLE = r"(?:(?!的|通知|意见|方案|办法|规定|细则|决定|规划|纲要|要点|计划|措施|关于|印发|转发)[一-鿿])"
NUMBER_FIRST = re.compile(rf"[一-鿿]{{1,14}}{_YEAR}第?\s*\d+\s*号(?=[\s　]+\S)")
"""青政办〔2017〕55号 青海省人民政府办公厅关于……的通知, or the date after it."""
NUMBER_IN_BRACKETS = re.compile(rf"[（(](?P<number>[一-鿿]{{1,14}}{_YEAR}第?\s*\d+\s*号)[）)]")
ORDER = re.compile(r"[一-鿿]{2,20}(?:令|公告|通告)")
ORDER_NUMBER = re.compile(r"第\s*\d+\s*号")
PLANS = re.compile(r"(?:意见|方案|措施|规划|计划|纲要|要点|举措|行动)(?:的通知)?[）)》]*$")
"""Titles of texts that set goals; all others with articles lay down rules."""
ORDER_BY = re.compile(r"(?P<who>[一-鿿]{4,20})令(?=\s*第)")
ISSUED_BY = re.compile(r"(?P<who>[一-鿿\s]{3,80}?)(?=关于|印发|转发|批转)")
GLUED_NUMBER = re.compile(
    rf"(?<=[知见案则法定告复划点要施例函令报单书录])(?P<number>{_NO_TITLE}{{1,12}}{_YEAR}第?\s*\d+\s*号)(?![）)》])"
)
"""A number glued to a title, or to a title and the addressees."""
TITLE_END = (
    r"(?:通知|意见|方案|办法|规定|细则|决定|公告|通告|批复|规划|纲要|计划|要点|措施|条例|函|报告|指南|指引|标准|清单|规范|"
    r"制度|规则|命令|令|决议|通报|章程|目录|倡议书|说明|总体方案)"
)
TITLE = re.compile(rf".{{4,120}}{TITLE_END}(?:[（(][^（）()]{{1,20}}[）)])?")
TITLE_START = re.compile(r".{0,60}(?:关于|印发|转发|批转)")

ADDRESSEES = re.compile(r"[^。；《》]{2,300}[:：]")
ADDRESSEE_END = re.compile(
    r"(?:政府|委员会|部门|单位|机构|院校|企业|公司|组织|事务所|[省市区县厅局委办部署院行会团州盟旗所校])[:：]$"
)
GLUED_ADDRESSEES = re.compile(
    r"(?P<to>(?:各|中央|国务院|省|市|自治区)[^。；《》：:]{4,200}"
    r"(?:政府|委员会|部门|单位|机构|院校|企业|公司|[省市区县厅局委办部署院行会团])[：:])(?=.)"
)
DISTRIBUTION = re.compile(
    r"[(（](?P<inner>此件[^()（）]*|[^()（）]*发至[^()（）]*|此文有删减|本文有删减)[)）]|公开(?:方式|属性)\s*[:：]\s*\S+"
)
SEAL = re.compile(r"[(（][^()（）]{2,30}代章[)）]")
IMPRINT = re.compile(
    r"(?:[一-鿿]{2,24}(?:秘书处|办公室|办公厅)\s*)\d{4}年\d{1,2}月\d{1,2}日\s*印发|抄送[:：].*|主办[:：].*"
)
EFFECT = re.compile(
    r"自(?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?:起)?(?:施行|实施|执行|生效)|自(?:印发|发布|公布|本意见印发|颁布|印发实施)之日起(?:施行|实施|执行|生效)"
)
APPROVAL = re.compile(r"经(?P<body>[^，。、]{2,12}?)(?:同意|批准)")
DATE_LINE = DATE
WEB_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|\d{4}年\d{2}月\d{2}日")
CONTENTS = re.compile(r".+(?:\.{4,}|…{2,}|·{4,})\s*\d+|目\s*录")
ATTACHMENTS = re.compile(r"附\s*件\s*[:：]|附\s*件\s*\d{1,2}\s*[:：.．、]")
BOX = re.compile(r"(?:专栏|表|图)\s*\d{1,2}(?:-\d+)?[\s　:：]*\S{0,40}")

NOISE = re.compile(
    r"-->|[>＞]|[-—_ ]{5,}|【?字体[:：].*|[【\[]\s*字体.*|[\[【]\s*(?:打印|关闭|收藏)\s*[\]】]|打印|关闭|分享[:：/]?.*|"
    r"搜索位置排序.*|字号[:：/].*|您?当前(?:所在的?)?位置\s*[:：].*|首页.{0,60}|关注\s*·.*|【(?:音频|视频|一图|图文|图)[^】]*】.*|"
    r"扫一扫.*|政务公开|政策发布|责任编辑[:：].*|相关(?:链接|解读|文档|附件|阅读)[:：]?.*|无障碍|繁體|简体|网站地图|"
    r"版权所有.*|浏览次数.*|.*ICP备.*|返回顶部|上一篇.*|下一篇.*|政策解读|来源[:：].{0,30}|\d{1,3}/\d{1,3}|"
    r"https?://\S+.*|- ?\d+ ?-|— ?\d+ ?—|第\s*\d+\s*页.*"
)
"""Lines of the page around a document; they bear no word of it."""
AFTERWORD = re.compile(
    r"新华社.{0,12}\d{1,2}月\d{1,2}日电|(?:本报|人民网|新华网).{0,12}讯|.{0,60}答记者问$|《[^》]+》(?:政策)?解读$|一图读懂.{0,60}$|"
    r"近日.{0,80}印发了.{0,120}(?:回答了|接受.{0,10}采访)"
)
"""Where the press takes over, the document has ended."""

REPEALS = re.compile(r"废止|失效|停止执行")
"""《……》同时废止: a closing line that names another document."""
