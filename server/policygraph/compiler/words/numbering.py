"""Numbering schemes of official documents, from the outermost in (GB/T 9704-2012, 7.3.3: 一、（一）1.（1）)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..numerals import HANZI_NUMBER as N

GLUED_DIGITS = r"\d+(?![\d.．%％‰万亿倍元吨亩米升度千]|公[里斤顷]|平方|立方|个?百分)(?!(?<!\d{4})年)[A-Z一-鿿]"
"""The digits with which the words of item 2 open in 2.5G网络建设; 2.5万户 and 2.5倍 are amounts and no items."""
LINE_ENDED = re.compile(
    r"[。；;！]$|(?:^|\n)[\s\u3000]*(?:[一-鿿]{2,8}[：:][^\n。]{1,90}|(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])[^\n。]{2,30})$"
)
"""What a line that was not wrapped ends with: a stop, a labelled entry (完成时限：2026年6月), a heading."""
OPEN, CLOSE = r"[（(]", r"[）)]"


@dataclass(frozen=True, slots=True)
class Scheme:
    """name; rank: smaller is further out; pattern: the printed number at the place where it stands."""

    name: str
    rank: int
    pattern: str


SCHEMES: tuple[Scheme, ...] = (
    Scheme("chapter", 1, rf"第\s*(?P<chapter>{N}|\d{{1,2}})\s*(?:章|编|部分)"),
    Scheme("section", 2, rf"第\s*(?P<section>{N}|\d{{1,2}})\s*节"),
    Scheme("article", 3, rf"第\s*(?P<article>{N}|\d{{1,3}})\s*条(?:之[一二三四五六七八九十])?(?!款|例|规)"),
    Scheme("dun", 4, rf"(?P<dun>{N})\s*[、．.](?!\s*(?:{N}[、，和至]|\d))"),
    Scheme("paren", 5, rf"{OPEN}\s*(?P<paren>{N})\s*{CLOSE}(?!\s*[、至和]\s*{OPEN}|[项款])"),
    Scheme("decimal", 6, r"(?P<decimal>\d{1,2}(?:\s*[.．]\s*\d{1,2}){1,3})(?=[\s　]*[一-鿿“《])(?![年月日%％个万亿])"),
    Scheme(
        "arabic",
        6,
        rf"(?P<arabic>\d{{1,3}})\s*(?:[.．、﹒·](?!\s*\d{{1,3}}[.．﹒]|\d)|[.．](?={GLUED_DIGITS})|[　 \t](?=[一-鿿“《])(?![年月日个万亿%％]))",
    ),
    Scheme("arabic-paren", 7, rf"{OPEN}\s*(?P<arabicparen>\d{{1,2}})\s*{CLOSE}(?!\s*[、至和]\s*{OPEN}|[项款])"),
    Scheme("circled", 8, r"(?P<circled>[①-⑳])"),
)
BY_GROUP = {scheme.name.replace("-", ""): scheme for scheme in SCHEMES}
MARK = re.compile(rf"(?=[第（(\d①-⑳]|{N})(?:{'|'.join(scheme.pattern for scheme in SCHEMES)})")
"""What a number may begin with is tried first, because almost no character is one."""

PARTS = frozenset({"chapter", "dun"})
"""Schemes whose outermost units are parts of the document; all others count provisions."""
INLINE = frozenset({"dun", "paren", "arabic", "article"})
"""Schemes that may go on inside a line: …负责）五、调动…"""
BEFORE_INLINE = "。；！？）)”】\u3000 "
"""What stands before a number that goes on inside a line."""

ANNEX = re.compile(rf"附\s*(?:件|录|表)\s*(?P<n>\d{{1,2}}|{N}|[A-Z])?\s*(?P<colon>[:：])?\s*(?P<title>.{{0,60}})")
"""附件1 alone on its line opens an annex; 附件：1.… before the signature lists them."""

HEADINGS = (
    "总体要求|总体工作要求|总体思路|指导思想|基本原则|工作原则|总体目标|工作目标|发展目标|主要目标|试点目标|规划目标|行动目标|"
    "重大意义|重要意义|适用范围|工作任务|重点任务|主要任务|保障措施|组织实施|组织领导|工作要求"
)
"""Headings that stand in document after document; only these are parted from words that follow without a stop."""
GLUED = re.compile(rf"(?P<heading>(?:{HEADINGS}))(?=以|坚持|深入|全面|认真|按照|紧紧|围绕|到\d|力争|通过|为|[：:]|\s)")
LABELLED = re.compile(r"(?P<heading>[^，。；：:“”]{2,16})[：:](?=.{12,}。)")
"""指导思想：以……为指导，……。 The words before the colon are the heading where a whole sentence follows it."""

BREAKS_OFF = re.compile(r"[，。][^。；：！？]{0,200}[一-鿿，、\d]$")
"""A line of prose that ends in the middle of a sentence."""
CLOSING_BRACKET = re.compile(
    r"[（(【](?=[^（）()【】。]*(?:责任|牵头|配合|参与|落实)(?:责任)?(?:单位|部门|主体)?\s*[：:]|"
    r"(?:[^（）()]|[（(][^（）()]*[）)])*?(?:负责|牵头|参与|配合|指导|落实|时限[^（）()]*)(?:。[^（）()]*|[，；][^（）()]*)?[）)】])"
)
"""A heading also ends where the phrase opens that makes somebody responsible for it."""
