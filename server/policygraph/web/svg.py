"""SVG made here: elements with a class on pages, whose colours the style sheet gives, and with colours of their own in
files, which stand alone. Across, positions are per cent of the drawing's width, so that no text is ever scaled."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

SVG = "image/svg+xml; charset=utf-8"
ROOM = 92.0  # the longest bar leaves space for the sign at its end
_TICKS = 5
_SANS = "'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
PAINT: Mapping[str, str] = {
    "body": 'fill="#0b5fa5"', "range": 'stroke="#0b5fa5" stroke-width="6"',
    "solid": 'fill="#0b5fa5"', "hollow": 'fill="#ffffff" stroke="#0b5fa5" stroke-width="2.5"',
    "stroke": 'fill="none" stroke="#1d1f23" stroke-width="2"', "end": 'fill="none" stroke="#0b5fa5" stroke-width="3"',
    "fall": 'fill="none" stroke="#7a4a00" stroke-width="1.5"',
    "baseline": 'fill="none" stroke="#7a4a00" stroke-width="2"',
    "stood": 'fill="#ffffff" stroke="#7a4a00" stroke-width="2"',
    "grid": 'stroke="#d9d5cb" stroke-width="1"', "axis": 'stroke="#5a5e66" stroke-width="1"',
    "tick": f'fill="#5a5e66" font-size="12" font-family="{_SANS}"',
    "chip": 'fill="#f0ece2" stroke="#0b5fa5" stroke-width="1"',
    "day": 'stroke="#b3261e" stroke-width="2"', "hit": 'fill="none"',
    "chipno": f'fill="#1d1f23" font-size="12" font-family="{_SANS}"',
    "words": f'fill="#1d1f23" font-size="13" font-family="{_SANS}"',
    "soft": f'fill="#5a5e66" font-size="12" font-family="{_SANS}"',
    "head": f'fill="#9a1b1e" font-size="16" font-weight="700" font-family="{_SANS}"',
}  # fmt: skip
"""How each class looks in a file: the light colours of page.css."""


class Pen:
    """Makes elements. paint: class → presentation attributes; empty for pages."""

    def __init__(self, paint: Mapping[str, str] | None = None) -> None:
        self.paint = paint or {}

    def __call__(self, tag: str, kind: str = "", inner: str | Markup = "", **attributes: object) -> Markup:
        """An element; x1 and the like as they are, text_anchor for text-anchor. inner: words, or elements as Markup."""
        look = self.paint.get(kind, "") if self.paint else f'class="{kind}"' if kind else ""
        told = "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
        return Markup("<{0}{1}{2}>{3}</{0}>").format(  # attributes are escaped one by one
            Markup(tag), Markup(f" {look}" if look else ""), Markup(told), inner
        )


@dataclass(frozen=True, slots=True)
class Axis:
    """From low to high, in one unit. ticks: (per cent, number)."""

    low: Decimal
    high: Decimal
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: Decimal) -> float:
        """Where a value stands, in per cent of the width."""
        return _share(value, self.low, self.high)


def axis(values: Sequence[Decimal], percent: bool = False) -> Axis:
    """An axis with round ticks that holds 0 and all values; shares are drawn on 0 to 100 where they fit."""
    least, most = min([Decimal(0), *values]), max([Decimal(0), *values])
    if percent and least >= 0 and most <= 100:
        most = Decimal(100)
    if least == most:
        most = Decimal(1)
    step = _step(most - least)
    low = math.floor(least / step) * step
    high = max(math.ceil(most / step) * step, low + step)
    count = int((high - low) / step)
    ticks = tuple((_share(v, low, high), number(v)) for v in (low + step * i for i in range(count + 1)))
    return Axis(low, high, ticks)


def number(value: Decimal) -> str:
    """A number as it is read: no exponent, no empty decimals."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _step(reach: Decimal) -> Decimal:
    power = Decimal(10) ** (reach / _TICKS).adjusted()
    return next(power * m for m in (1, 2, Decimal("2.5"), 5, 10) if power * m * _TICKS >= reach)


def _share(value: Decimal, low: Decimal, high: Decimal) -> float:
    return round(float((value - low) / (high - low)) * ROOM, 2)


def grid(pen: Pen, lines: Iterable[tuple[float, str]], height: int) -> Markup:
    """The lines of the ticks through a row."""
    return Markup("").join(
        pen("line", "axis" if text == "0" else "grid", x1=f"{x}%", x2=f"{x}%", y1=0, y2=height) for x, text in lines
    )


def scale(pen: Pen, lines: Sequence[tuple[float, str]], y: int = 13) -> Markup:
    """The numbers of the ticks."""
    return Markup("").join(
        pen("text", "tick", text, x=f"{x}%", y=y, text_anchor="start" if i == 0 else "middle")
        for i, (x, text) in enumerate(lines)
    )


def document(width: int, height: int, title: str, inner: Markup) -> bytes:
    """A file that stands alone, on white paper."""
    head = Markup('<title>{}</title><rect width="100%" height="100%" fill="#ffffff"/>').format(title)
    whole = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">{2}{3}</svg>\n'
    ).format(width, height, head, inner)
    return str(whole).encode()
