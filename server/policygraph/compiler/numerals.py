"""Chinese numerals and dates, as official documents print them (GB/T 15835, GB/T 9704)."""

from __future__ import annotations

import re
from datetime import date

import cn2an

HANZI_NUMBER = r"[〇○零一二三四五六七八九十百两]+"
DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_ZERO = str.maketrans("○零", "〇〇")


def to_int(text: str) -> int:
    """十一 → 11, 二○二〇 → 2020, 12 → 12. Raises ValueError for anything else."""
    text = text.translate(DIGITS)
    if text.isascii() and text.isdigit():
        return int(text)
    return int(cn2an.cn2an(text.translate(_ZERO).replace("〇", "零"), "smart"))


DATE = re.compile(r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*(?P<month>[\d一二三四五六七八九十]{1,2})\s*月"
                  r"\s*(?P<day>[\d一二三四五六七八九十]{1,3})\s*日|(?P<iso>\d{4}-\d{1,2}-\d{1,2})")  # fmt: skip


def to_date(text: str) -> date:
    """2020年8月13日, 二○○七年十一月二十二日 or 2020-08-13. Raises ValueError for anything else."""
    found = DATE.fullmatch(re.sub(r"(?<=\d)[./](?=\d)", "-", text.strip()))
    if not found:
        raise ValueError(text)
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return date(int(year), int(month), int(day))
    digits = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
    year = "".join(digits.get(c, c) for c in found["year"])
    return date(int(year), to_int(found["month"]), to_int(found["day"]))
