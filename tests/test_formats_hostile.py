"""Hostile, torn and endless files: a documented error within the limits, never another exception."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import body, pdf, repacked, saved, word
from policygraph.cli import main
from policygraph.compiler.formats.extracted import NoDocument
from policygraph.compiler.formats.html import read as read_html
from policygraph.compiler.formats.notices import notices
from policygraph.compiler.read import read_bytes
from policygraph.errors import DecodeError
from policygraph.settings import Settings

TIGHT = Settings(max_file_megabytes=8, extract_seconds=5, extract_megabytes=512, max_characters=100_000, max_pages=50)
DOCX = saved(word(paragraphs=[("一、总体要求", None)] * 20))
PDF = pdf()


def one_page(stream: bytes, filters: str = "", kids: str = "3 0 R") -> bytes:
    """A PDF of one page whose content stream is given."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count 1>>".encode(),
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
               f"<<{filters}/Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream",
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, inner in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, inner)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def text_of(word_count: int) -> bytes:
    return zlib.compress(b"BT /F 12 Tf 50 700 Td (hello world) Tj ET\n" * word_count)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "docx-bomb-media": lambda: repacked(DOCX, {"word/media/x.bin": bytes(400 << 20)}),
    "docx-bomb-paragraphs": lambda: repacked(DOCX, {"word/document.xml": body("<w:p/>" * 8_000_000)}),
    "docx-many-files": lambda: repacked(DOCX, {f"word/x{n}": b"" for n in range(6_000)}),
    "docx-entities": lambda: repacked(DOCX, {"word/document.xml": b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>" + body("<w:p>&j;</w:p>")}),
    "docx-deep": lambda: repacked(DOCX, {"word/document.xml": body("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000)}),
    "docx-no-xml": lambda: repacked(DOCX, {"word/document.xml": os.urandom(1000)}),
    "pdf-bomb": lambda: one_page(zlib.compress(zlib.compress(bytes(1 << 29))), "/Filter[/FlateDecode/FlateDecode]"),
    "pdf-endless": lambda: one_page(text_of(2_000_000), "/Filter/FlateDecode"),
    "pdf-circle": lambda: one_page(b"", kids="2 0 R"),
    "pdf-pages": lambda: one_page(b"BT ET", kids="3 0 R " * 3_000),
    "html-deep": lambda: b"<html><body>" + b"<div>" * 1_000_000 + "一".encode(),
    "html-inline": lambda: b"<html><body>" + b"<b><i>" * 200_000 + "一".encode(),
    "html-long": lambda: b"<html><body><p>" + "一、二".encode() * 400_000,
    "text-long": lambda: "一、二".encode() * 200_000,
    "large": lambda: b"a" * (9 << 20),
    "random": lambda: b"\0" + os.urandom(10_000),
    "rtf": lambda: b"{\\rtf1 hello}",
    "zip": lambda: b"PK\x05\x06" + bytes(18),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused_in_time(name: str) -> None:
    data = HOSTILE[name]()
    start = time.monotonic()
    with pytest.raises(DecodeError, match=r"^hostile: \w"):
        read_bytes(data, "hostile", TIGHT)
    assert time.monotonic() - start < TIGHT.extract_seconds + 10  # the deadline, and what a busy machine adds


@pytest.mark.parametrize("data", [DOCX, PDF], ids=["docx", "pdf"])
@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9])
def test_a_torn_file_is_refused_and_nothing_is_written(tmp_path: Path, data: bytes, share: float) -> None:
    path = tmp_path / "torn"
    path.write_bytes(data[: max(int(len(data) * share), 8)])
    answer = CliRunner().invoke(main, ["compile", str(path), "-o", str(tmp_path / "out.ttl")])
    assert answer.exit_code == 2
    assert str(path) in answer.output
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_100_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as out:
        out.truncate(100 << 20)
    answer = CliRunner().invoke(main, ["extract", str(path)])
    assert answer.exit_code == 2
    assert "max_file_megabytes" in answer.output
    if Path("/dev/zero").exists():
        assert CliRunner().invoke(main, ["extract", "/dev/zero"]).exit_code == 2


@settings(max_examples=15, deadline=None)
@given(base=st.sampled_from([DOCX, PDF]), changes=st.lists(
    st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))  # fmt: skip
def test_changed_bytes_make_text_or_a_documented_error(base: bytes, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(base)
    for share, patch in changes:
        at = int(len(base) * share)
        data[at : at + len(patch)] = patch
    try:
        assert read_bytes(bytes(data), "x", TIGHT).text.strip()
    except DecodeError as error:
        assert str(error).startswith("x:")


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xef\xbb\xbf", b"\xff\xfe"]))
def test_any_bytes(data: bytes, head: bytes) -> None:
    try:
        assert read_bytes(head + data, "x", TIGHT).text
    except DecodeError as error:
        assert str(error).startswith("x:")


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<ol>", "<li>", "</ol>", "<br>", "<b>",
     "<h1>", "<pre>", "</pre>", "<script>", "</script>", "<li value=9>", "&nbsp;", "&#0;", "&lt;", "<!--", "-->",
     "<![CDATA[", "]]>", "\x00", "\ud7ff", "</html>", "<template>", "<svg>"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(max_size=6)), max_size=30))
def test_any_page(pieces: list[str]) -> None:
    data = ("<html><body>" + "".join(pieces)).encode("utf-8", "replace")
    try:
        made = read_html(data)
    except NoDocument:
        return
    assert made.text.endswith("\n")
    assert made.text.strip()
    made.text.encode()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一部⻔ 業(yè)（略）\n。：—3/h:20 第页", max_size=200))
def test_notices_point_into_the_text(text: str) -> None:
    for finding in notices(text):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.code and finding.message
