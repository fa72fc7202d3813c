"""A table as a file that a spreadsheet opens: CSV and XLSX, the same bytes for the same table."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from unicodedata import east_asian_width

from xlsxwriter import Workbook

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
"""How a cell begins that a spreadsheet might run (OWASP, CSV injection); in Chinese ones full-width signs count too."""
_MADE = datetime(2020, 1, 1)
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 32_767  # characters of a cell, by the format
_DIGITS = 10**15  # from here on a spreadsheet changes the last digits of a number
_WIDEST = 60


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark and \\r\\n (RFC 4180). Numbers are written as they are; words that a spreadsheet
    might take for a formula get an apostrophe before them; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(column) for column in columns])
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> bytes:
    """One sheet: bold names of columns that stay in sight, a filter on each, numbers as numbers, no word as a formula
    or a link. A cell that is longer than the format allows ends with …."""
    out = io.BytesIO()
    book = Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": _MADE})
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    top = book.add_format({"text_wrap": True, "valign": "top"})
    widths = [_width(column) for column in columns]
    for index, column in enumerate(columns):
        sheet.write_string(0, index, _cut(column), bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            widths[index] = max(widths[index], _width(_text(value)))
            if value is None or value == "":
                continue
            if isinstance(value, bool):
                sheet.write_boolean(last, index, value, top)
            elif isinstance(value, (int, float, Decimal)) and math.isfinite(value) and -_DIGITS < value < _DIGITS:
                sheet.write_number(last, index, float(value) if isinstance(value, Decimal) else value, top)
            else:
                sheet.write_string(last, index, _cut(_text(value)), top)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, min(width + 2, _WIDEST))
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return out.getvalue()


def _harmless(value: object) -> str:
    text = _text(value)
    number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return "'" + text if not number and _FORMULA.match(text) else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of which the format forbids; History is reserved."""
    name = _NO_SHEET_NAME.sub(" ", title)[:31].strip()
    return name if name and name.lower() != "history" else "Sheet1"


def _width(text: str) -> int:
    """Of the longest line, a Chinese character as two."""
    return max((sum(1 + (east_asian_width(c) in "WF") for c in line) for line in text.splitlines()[:20]), default=0)
