"""Numbers with their units, as printed: 600亿元, 1～3个百分点, 4500万吨/日, 80％."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .model import Span
from .numerals import DIGITS, to_decimal
from .words import targets as tx


@dataclass(frozen=True, slots=True)
class Quantity:
    """low, high: as printed, in `unit`; span: number and unit; number: the number alone (a range is one)."""

    low: Decimal
    high: Decimal | None
    unit: str
    known: bool
    span: Span
    number: Span


class Reader:
    """Finds quantities. units: printed unit names that the registry knows."""

    def __init__(self, units: tuple[str, ...]) -> None:
        self._known = frozenset(units)
        names = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True))
        scaled = rf"(?:{tx.SCALE})?(?:{tx.MEASURES}){tx.RATE}"
        unit = rf"{scaled}|(?:{names}){tx.RATE}"
        between = rf"(?:{unit})?{tx.RANGE_SIGN}"
        self._pattern = re.compile(
            rf"(?=\d)(?<![\d.．“A-Za-z/]){_named('low')}(?:{between}{_named('high')})?\s?(?P<unit>{unit}|[万亿]?[一-鿿]?)"
        )

    def read(self, text: str, span: Span) -> Iterator[Quantity]:
        """Quantities outside quotation marks and brackets, in order."""
        depth, seen = 0, span.start
        spelled = list(tx.SPELLED.finditer(text, span.start, span.end))
        printed_digits = self._pattern.finditer(text, span.start, span.end)
        for found in sorted([*printed_digits, *spelled], key=re.Match.start) if spelled else printed_digits:
            if found.start() < seen:
                continue
            between = text[seen : found.start()]
            depth += sum(between.count(o) for o in "“《（(") - sum(between.count(c) for c in "”》）)")
            seen = found.start()
            if depth > 0:
                continue
            if found.re is tx.SPELLED:
                if quantity := _spelled(found):
                    yield quantity
                continue
            printed = found["unit"] or ""
            unit = printed.translate(DIGITS)
            known = unit in self._known or (bool(unit) and self._measure(unit))
            low, high = number(found["low"]), number(found["high"]) if found["high"] else None
            if high is not None and high <= low:
                high = None
                continue
            yield Quantity(low, high, unit, known, Span(found.start(), found.end()),
                           Span(found.start(), found.end("high") if found["high"] else found.end("low")))  # fmt: skip

    _any = re.compile(rf"(?:{tx.SCALE})?(?:{tx.MEASURES}){tx.RATE}")

    def _measure(self, unit: str) -> bool:
        return self._any.fullmatch(unit) is not None


def _spelled(found: re.Match[str]) -> Quantity | None:
    """百分之十八, 三百二十公里, 三至五个: a number in characters and its unit."""
    low = found["percent"] or found["tens"] or found["low"] or found["ones"]
    try:
        value, high = to_decimal(low), to_decimal(found["high"]) if found["high"] else None
    except ValueError:
        return None
    if high is not None and high <= value:
        return None
    unit = "%" if found["percent"] else found["unit"] or found["few"] or found["range"]
    end = found.end(found.lastgroup or 0) if found["percent"] else found.end() - len(unit)
    return Quantity(value, high, unit, True, Span(found.start(), found.end()), Span(found.start(), end))


def _named(name: str) -> str:
    return f"(?P<{name}>{tx.NUMBER})"


def number(printed: str) -> Decimal:
    """1,200 → 1200, １０ → 10. Raises decimal.InvalidOperation for anything else."""
    return Decimal(re.sub(r"[,，]", "", printed.translate(DIGITS)))
