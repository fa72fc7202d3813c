"""Lists of bodies: where one printed name ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .model import Span
from .words import responsibility as rx

GROUP = re.compile(
    r"(?:各(?:有关)?|有关|相关)(?:设区|地级)?[市州区县盟旗地](?:行政公署)?(?:[（(][^（）()]*[）)])?、(?:自治州|自治县|县级市|[县市州区盟旗])(?:[（(][^（）()]*[）)])?"
    r"(?:(?:人民)?(?:政府|办事处)|(?:、[区市县旗])+(?:人民)?政府)?(?=[、，,；;。\s）)]|按|分|负|配|参|等|$)"
)
"""One group whose name holds 、: 各市、县人民政府, 各有关区、县级市."""
PARTY = re.compile(r"党委(?:、|和)(?:人民)?政府(?=[、，,；;。\s）)]|按|分|负|配|参|等|$)")
"""各县（市、区）党委、政府 are one address."""
LEADING = re.compile(r"(?:由|以及|及|和|与|还有|其中)(?=.{2,})")


_MAY_CUT = re.compile(r"[（(【〔\[［）)】〕\]］、，,；;。\s各有相党以及暨和与]")
"""What brackets, separators, `GROUP`, `PARTY` and `rx.AND` begin with."""


@lru_cache(maxsize=65536)
def is_org(words: str) -> bool:
    """Whether words end as the name of a body does; the same few names fill a collection."""
    return rx.ORG.fullmatch(words) is not None


def names(text: str, span: Span, known: Callable[[str], bool]) -> list[Span]:
    """The bodies of a list, in order. known: whether a name is registered, so that one that contains 、 or 和 stays
    whole; marks inside nested brackets part nothing: 各县（市、区）人民政府."""
    cuts = _cuts(text, span)
    made: list[Span] = []
    start, at = span.start, 0
    while at < len(cuts):
        reach = next((k for k in range(min(len(cuts) - 1, at + 3), at, -1)
                      if known(text[start : cuts[k][0]].strip())), at)  # fmt: skip
        fields = _fields(text, start, cuts, at, known) if reach == at else at
        made += _one(text, Span(start, cuts[reach][0])) if fields == at else [_trim(text, Span(start, cuts[fields][0]))]
        reach = max(reach, fields)
        start, at = cuts[reach][1], reach + 1
    return [each for each in made if text[each.start : each.end] not in rx.NOBODY]


def _fields(text: str, start: int, cuts: list[tuple[int, int]], at: int, known: Callable[[str], bool]) -> int:
    """How far a list of fields reaches that ends in one 部门; `at` where the name is whole by itself."""
    for k in range(at, min(len(cuts), at + 8)):
        piece = text[cuts[k - 1][1] if k > at else start : cuts[k][0]].strip()
        if k > at and rx.FIELDS.fullmatch(piece):
            return k
        if known(piece) or is_org(piece):
            return at
    return at


def _cuts(text: str, span: Span) -> list[tuple[int, int]]:
    """(end of a name, start of the next) for every separator, and the end of the list."""
    cuts: list[tuple[int, int]] = []
    depth, at = 0, span.start
    while mark := _MAY_CUT.search(text, at, span.end):
        at = mark.start()
        char = mark[0]
        depth += (char in rx.OPEN) - (char in rx.CLOSE)
        if depth <= 0 and rx.SEPARATOR.match(char) and (not char.isspace() or _whole(text, span, at, cuts)):
            cuts.append((at, at + 1))
        elif depth <= 0 and (group := GROUP.match(text, at, span.end) or PARTY.match(text, at, span.end)):
            at = group.end()
            continue
        elif depth <= 0 and (found := rx.AND.match(text, at, span.end)) and _parts(text, span, at, found.end(), cuts):
            cuts.append((at, found.end()))
            at = found.end()
            continue
        at += 1
    return [*cuts, (span.end, span.end)]


def _whole(text: str, span: Span, at: int, cuts: list[tuple[int, int]]) -> bool:
    """A blank parts names where a whole name stands before it; in 省住房⏎城乡建设厅 it is a line's end."""
    return is_org(text[cuts[-1][1] if cuts else span.start : at].strip())


def _parts(text: str, span: Span, left: int, right: int, cuts: list[tuple[int, int]]) -> bool:
    """和 parts two names only where a body's name ends before it and a new one can begin: not in 文化和旅游部."""
    before = text[cuts[-1][1] if cuts else span.start : left].strip()
    after = text[right : span.end].strip()
    if len(before) < 2 or len(after) < 2 or not is_org(before):
        return False
    if re.fullmatch(r"(?:(?:各|有关|相关|其他).*)?(?:部门|单位|企业)", before) and re.match(
        r"(?:单位|部门|企业|机构|个人)", after
    ):
        return False  # 有关部门和单位 is one group
    return (
        re.match(r"[省市州县区盟旗各国中全自最有相其试]|[一-鿿]{2,12}?(?:部|委|局|厅|办|署|院|会|行|公司|政府)", after)
        is not None
    )


def _one(text: str, span: Span) -> list[Span]:
    """A name without its blanks and tails; 等有关部门 adds the group as a name of its own."""
    name = _trim(text, span)
    while (lead := LEADING.match(text, name.start, name.end)) and not text.startswith("和平", name.start):
        name = Span(lead.end(), name.end)
    if name.start >= name.end:
        return []
    if etc := rx.ETC.search(text, name.start, name.end):
        first = _trim(text, Span(name.start, etc.start()))
        group = Span(etc.start("rest"), etc.end("rest"))
        made = [first] if first.start < first.end else []
        if rx.GROUP.fullmatch(text, group.start, group.end):
            made.append(group)
        return made
    bracket = rx.LAST_BRACKET.search(text, name.start, name.end)
    if bracket and (rx.FIRST_LEADS.search(bracket[0]) or rx.LEADS_HERE.fullmatch(bracket[0][1:-1])):
        name = _trim(text, Span(name.start, bracket.start()))
    return [name]


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "：:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
