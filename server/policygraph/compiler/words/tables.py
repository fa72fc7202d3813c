"""Tables that lost their lines: what parts the cells, and what the cells of a table's head say of their columns."""

from __future__ import annotations

import re

SEPARATED = re.compile(r"\t| {2,}|\u3000{2,}")
"""What parts two cells of a row: one tab, or a gap of blanks."""
YEAR = re.compile(r"(?P<year>20\d{2})年?(?:底|末)?(?:目标|目标值|预期目标|预期|规划目标|规划值)?(?:（[^）]*）)?")
NAME = re.compile(r"(?:主要|核心|具体|评价|考核|监测)?指标(?:名称|内容)?|名称")
UNIT = re.compile(r"(?:计量)?单位")
TERM = re.compile(r"(?:完成|推进|落实|实施|办结)?(?:时限|时间|期限|进度)(?:要求|安排|节点|进度)?")
LEAST_CELLS = 3
VALUE = re.compile(
    r"(?P<sign>[≥≧＞>≤≦＜<]?)\s*(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s（〔\[]{0,6}?)(?P<after>左右|以上|以下|以内)?"
)
SIGNS = {"≥": "AtLeast", "≧": "AtLeast", "＞": "MoreThan", ">": "MoreThan", "≤": "AtMost", "≦": "AtMost",
         "＜": "LessThan", "<": "LessThan"}  # fmt: skip
AFTER = {"左右": "Approximately", "以上": "AtLeast", "以下": "AtMost", "以内": "AtMost"}
UNIT_IN_NAME = re.compile(r"[（(](?P<unit>[^（）()]{1,10})[）)]$")
"""地区生产总值（亿元）."""
