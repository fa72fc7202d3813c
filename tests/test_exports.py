"""Tables as files: what a spreadsheet reads back is what was written, and nothing of it runs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from policygraph.web.exports import csv_of, xlsx_of

COLUMNS = ("责任单位", "条款数")
ROWS = [
    ("青海省商务厅", 7),
    ('带"引号",逗号\n换行', -3),
    ("=1+1", Decimal("8.50")),
    (None, 0.5),
    ("", date(2020, 8, 13)),
]


def read(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_csv_is_what_spreadsheets_expect() -> None:
    data = csv_of(COLUMNS, ROWS[:1])
    assert data == "\ufeff责任单位,条款数\r\n青海省商务厅,7\r\n".encode()


def test_csv_reads_back() -> None:
    text = csv_of(COLUMNS, ROWS).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        [*COLUMNS], ["青海省商务厅", "7"], ['带"引号",逗号\n换行', "-3"], ["'=1+1", "8.50"], ["", "0.5"],
        ["", "2020-08-13"],
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["=1+1", "+86", "-2+3", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1+1", "－1", "\n=1"])
def test_a_formula_is_made_harmless(words: str) -> None:
    text = csv_of([words], [[words]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["'" + words], ["'" + words]]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(["x"], [[words]], "t"))).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("words", ["一、=", "省商务厅", "5%左右", "'quoted"])
def test_other_words_stay(words: str) -> None:
    assert csv_of(["x"], [[words]]).decode("utf-8-sig") == f"x\r\n{words}\r\n"


def test_xlsx_reads_back_with_numbers_as_numbers() -> None:
    assert read(xlsx_of(COLUMNS, ROWS, "责任单位")) == [
        COLUMNS, ("青海省商务厅", 7), ('带"引号",逗号\n换行', -3), ("=1+1", 8.5), (None, 0.5), (None, "2020-08-13"),
    ]  # fmt: skip


def test_xlsx_keeps_every_digit() -> None:
    assert read(xlsx_of(["x"], [[10**15 + 1], [10**14 + 1], [float("nan")]], "t"))[1:] == [
        ("1000000000000001",), (10**14 + 1,), ("nan",),
    ]  # fmt: skip


def test_a_cell_too_long_says_so() -> None:
    found = read(xlsx_of(["x"], [["长" * 40_000]], "t"))[1][0]
    assert isinstance(found, str) and len(found) == 32_767 and found.endswith("长…")


@pytest.mark.parametrize(
    ("title", "name"), [("a/b:c*[d]", "a b c  d"), ("长" * 40, "长" * 31), ("", "Sheet1"), ("History", "Sheet1")]
)
def test_a_sheet_has_a_name_that_the_format_allows(title: str, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(["x"], [], title)))
    assert book.sheetnames == [name]


def test_the_same_table_is_the_same_bytes() -> None:
    """No time of the making is in it: neither in the properties nor on the files of the archive."""
    data = xlsx_of(COLUMNS, ROWS, "责任单位")
    assert xlsx_of(COLUMNS, ROWS, "责任单位") == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2020-01-01"}
    assert "<dc:title>责任单位</dc:title>" in core
