"""What a file is, by its first bytes; a suffix may lie."""

from __future__ import annotations

import re

from ...errors import DecodeError

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|span|article|section|h[1-6])[\s>/]", re.I
)
_LEADING = b"\xef\xbb\xbf \t\r\n\f"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, WPS or Excel file", "save it as .docx"),
    (b"{\\rtf", "an RTF file", "save it as .docx"),
    (b"\x89PNG", "an image", "its text must be recognised first (OCR)"),
    (b"\xff\xd8\xff", "an image", "its text must be recognised first (OCR)"),
    (b"MIME-Version: 1.0\r\n", "a web archive (.mht)", "save it as an HTML page"),
    (b"From: <Saved by ", "a web archive (.mht)", "save it as an HTML page"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
)
HEAD = 4096
"""Bytes that are looked at."""


def kind(data: bytes, name: str = "-") -> str:
    """text, html, docx or pdf. Raises DecodeError for a format that is known and not read (.doc, RTF, OFD, images)."""
    head = data[:HEAD]
    for sign, what, remedy in _REFUSED:
        if head.startswith(sign):
            raise DecodeError(f"{what}, which is not read: {remedy}", name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"  # what else a zip file may be, the child finds out: its table of contents may be hostile
    if b"%PDF-" in head[:1024]:
        return "pdf"
    start = head.lstrip(_LEADING)
    if start.startswith((b"<!--", b"<?xml")) or _HTML.match(start):
        return "html" if _HTML.search(head) else "text"
    return "text"
