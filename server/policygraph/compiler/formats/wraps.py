"""Lines that a page broke, not an author: which line ends inside a paragraph.

A page breaks a line where it is full; an author ends a paragraph wherever the words end. In a copy of a page most
lines are therefore equally wide, and wide lines are continued by the next.
"""

from __future__ import annotations

import re
from collections import Counter

_HAN = "[〇零一二三四五六七八九十百两]{1,5}"
_OPENS = re.compile(
    rf"[\s　]*(?:{_HAN}、|[(（]\s*(?:{_HAN}|\d{{1,2}})\s*[)）]|第{_HAN}[章节条]|\d{{1,2}}\s*[.．、](?!\d)|[①-⑳]|——"
    r"|附件\s*\d*\s*[:：])"
)
_LABELS = ("索引号", "主题分类", "发文机关", "发布机构", "成文日期", "发布日期", "标题", "发文字号", "文号", "公文种类",
           "来源", "主题词", "有效性", "公文时效")  # fmt: skip
_LABEL = re.compile(r"[\s　]*(?:" + "|".join(r"[\s　]*".join(label) for label in _LABELS) + r")[\s　]*[:：]")
_ENDS = re.compile(r"[。！？；：:][”’）)]?$")
_STOPS = re.compile(r"(?:[。！？：:]|负责[)）])$")
_CHARGE = re.compile(r"[(（][^()（）]*(?:负责|责任|牵头|分工)")
MIN_WIDTH = 40
"""Narrowest page, in half-width columns (20 Chinese characters)."""


SLACK = 5
"""A line may end so many columns before the width: two characters that would not fit, or a digit."""
_BROKEN = re.compile(r"[（(《][^（）()《》\n]*(?:[ \t]*\n[ \t\u3000]*[^（）()《》\s][^（）()《》\n]*){1,4}[）)》]")
_BREAK = re.compile(r"[ \t]*\n[ \t\u3000]*")


_NUMBER_CUT = re.compile(r"^(?=.{12,})(?!.*(?:电话|联系|传真|邮编|号码|邮箱|网址|http))(?:.*[一-鿿])(?<!第)\d{1,4}$")
_NUMBER_GOES_ON = re.compile(r"\d{1,4}(?:[.．]\d+)?(?:[%％]|[万亿]|年(?!\d{1,2}月\d{1,2}日$)|[一-鿿])")


_YEAR_CUT = re.compile(r"(?<!\d)(\d{1,3})$")
_YEAR_GOES_ON = re.compile(r"(\d{1,3})年")


def columns(line: str) -> int:
    """Width of a line in half-width columns: GBK takes as many bytes for a character as it fills columns."""
    return len(line.encode("gbk", "replace"))


def opens(line: str) -> bool:
    """Whether a line begins with a number, sign or label that begins a paragraph."""
    return _OPENS.match(line) is not None or labelled(line)


def labelled(line: str) -> bool:
    """Whether a line begins with a label of the header block (索引号：, 发文字号：)."""
    return _LABEL.match(line) is not None


def page_width(lines: list[str]) -> int:
    """Width in columns that most lines of a wrapped text fill; 0 for a text that no page has broken.

    The width of a wrapped text is its widest common one: lines end within two characters of it, hardly any go
    beyond, and most of them end in the middle of a sentence, which authors' lines do not.
    """
    widths = [columns(line.strip()) for line in lines if line.strip()]
    if len(widths) < 8:
        return 0
    counts = Counter(widths)
    reach = {w: sum(counts[v] for v in range(w - SLACK, w + 1)) for w in counts if w >= MIN_WIDTH}
    width = max(reach, key=lambda w: (reach[w], w), default=0)
    if not width:
        return 0
    full = [line.strip() for line in lines if width - 4 <= columns(line.strip()) <= width + 4]
    beyond = sum(w > width + 4 for w in widths)
    broken = sum(not _ENDS.search(line) for line in full)
    return width if len(full) * 5 >= len(widths) * 2 and broken * 2 > len(full) and beyond * 10 < len(widths) else 0


def continued(line: str, following: str, width: int) -> bool:
    """Whether `following` goes on with the paragraph of `line`, on a page of this width."""
    if not line.strip() or not following.strip() or following[:1] in "\t 　" or opens(following):
        return False
    line = line.rstrip()
    ends = _STOPS.search(line) is not None  # a paragraph may end at the margin: only the words can tell
    if columns(line) < width - (5 if ends else 9):  # a line is filled up but for a character that may not begin one
        return False
    return not ends or _CHARGE.match(following) is not None


def split_number(line: str, following: str) -> bool:
    """Whether a line's end parts a number, as no author does: ……建筑6⏎0万平方米, ；2⏎025年. None begins one with ，."""
    if _NUMBER_CUT.search(line.rstrip()) and _NUMBER_GOES_ON.match(following):
        return True
    if following.startswith(("，", "；", "、", "。")) and line.strip():
        return True
    cut, on = _YEAR_CUT.search(line.rstrip()), _YEAR_GOES_ON.match(following)
    return cut is not None and on is not None and re.fullmatch(r"(?:19|20)\d\d", cut[1] + on[1]) is not None


def broken_brackets(text: str) -> list[tuple[int, int]]:
    """Line ends inside a bracket or a title that closes within four lines: no author ends a line there."""
    return [cut.span() for found in _BROKEN.finditer(text) for cut in _BREAK.finditer(text, *found.span())]
