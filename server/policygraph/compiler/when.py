"""By when: 到2025年底, 2019年6月底前, 力争2035年, “十四五”末. A horizon governs what follows it in the sentence."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .model import Span
from .words.sentences import HORIZON

WHEN = re.compile(
    r"(?:(?:力争|争取|努力|确保)?(?:到|至|在|于)?)(?<![较比由从\d])(?P<year>[2２][0０]\d{2})年(?:(?P<month>\d{1,2})月)?(?P<end>年?底|年?末)?(?P<before>之?前)?"
    r"|(?:到|至)?“(?P<period>[一二三四五六七八九十]+五)”(?P<span>末|期末|期间|时期)"
)
BEGINS = ("的", "起", "以来", "以后", "之后", "开始")
"""What follows a year by which nothing is to be reached: 2012年起5年内, 2020年的52%."""
FOLLOWS = re.compile(r"\s*(?:，|,|达|力争|不低|不少|超|实现|完成|全|基本|重点|我|各|$|[一-鿿])")


@dataclass(frozen=True, slots=True)
class Horizon:
    """The year, and the day where the text names the end of a year or month."""

    year: int
    deadline: date | None
    span: Span


def horizon(text: str, clause: Span) -> Horizon | None:
    """到2025年 at the head of a clause: what follows are aims."""
    if not text.startswith(("力争", "到", "至"), clause.start, clause.end):
        return None
    found = HORIZON.match(text, clause.start, clause.end)
    if not found:
        return None
    year = int(found["year"])
    return Horizon(year, date(year, 12, 31) if found["end"] else None, Span(found.start(), found.end()))


def when(text: str, clause: Span, periods: Mapping[str, int]) -> Horizon | None:
    """Any naming of a year by which something is to be reached, the last one in the clause."""
    made: Horizon | None = None
    if text.find("年", clause.start, clause.end) < 0 and text.find("五”", clause.start, clause.end) < 0:
        return None  # most clauses name no year
    for found in WHEN.finditer(text, clause.start, clause.end):
        before = text[found.start() - 1 : found.start()]
        since = before in ("较", "比", "由", "从") and found[0][0] not in "到至力争努确"  # 占比到2025年 is no 比2025年
        if since or before in ("《", "“") or text.startswith(BEGINS, found.end()):
            continue
        if found["period"]:
            year = periods.get(found["period"])
            if year is not None:
                made = Horizon(year, None, Span(found.start(), found.end()))
            continue
        year, month = int(found["year"]), int(found["month"] or 12)
        if not 1 <= month <= 12:
            continue
        day = date(year, month, calendar.monthrange(year, month)[1]) if found["end"] or found["month"] else None
        made = Horizon(year, day, Span(found.start(), found.end()))
    return made
