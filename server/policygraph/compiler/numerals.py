"""Chinese numerals and dates, as official documents print them (GB/T 15835, GB/T 9704)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

HANZI_NUMBER = r"[〇○零一二三四五六七八九十百两]+"
DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_ZERO = str.maketrans("○零", "〇〇")


_DIGITS = "一二三四五六七八九"
_SMALL = {digit: n for n, digit in enumerate(_DIGITS, 1)} | {
    f"{_DIGITS[tens - 1] if tens > 1 else ''}十{_DIGITS[ones - 1] if ones else ''}": 10 * tens + ones
    for tens in range(1, 10)
    for ones in range(10)
}


def to_int(text: str) -> int:
    """十一 → 11, 二○二〇 → 2020, 12 → 12. Raises ValueError for anything else."""
    text = text.translate(DIGITS)
    if text.isascii() and text.isdigit():
        return int(text)
    if (small := _SMALL.get(text)) is not None:
        return small
    import cn2an  # a sixth of a second, and few texts count beyond 99 in characters

    try:
        return int(cn2an.cn2an(text.translate(_ZERO).replace("〇", "零"), "smart"))
    except (KeyError, IndexError, TypeError) as error:  # cn2an on 十十三
        raise ValueError(text) from error


_SCALES = {"十": 10, "百": 100, "千": 1000}


def to_decimal(text: str) -> Decimal:
    """三百二十 → 320, 一千二百 → 1200, 十八点五 → 18.5, 百 → 100, 两 → 2. Raises ValueError for anything else."""
    whole, point, part = text.translate(_ZERO).replace("两", "二").partition("点")
    total = digit = 0
    last = 10_000
    for char in whole:
        if scale := _SCALES.get(char):
            if scale >= last or (scale > 10 and not digit and total):
                raise ValueError(text)
            total, digit, last = total + (digit or 1) * scale, 0, scale
        elif (found := "〇一二三四五六七八九".find(char)) >= 0 and not digit:
            digit = found
        else:
            raise ValueError(text)
    digits = "".join(str("〇一二三四五六七八九".index(c)) for c in part)
    return Decimal(f"{total + digit}.{digits}" if point else total + digit)


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
