"""First stage: bytes become the stored text.

The stored text of a plain text file is the input as decoded: a BOM dropped, line ends made LF, nothing else changed
(vocabulary contract). Official sites publish UTF-8 or GB 18030; what is neither is refused with the place of the first
bad byte. The stored text of an HTML page, a .docx or a PDF is what `formats` extracts, and its notes become findings.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ..errors import DecodeError, InputError
from ..settings import Settings
from .formats import Extracted, extract, kind, notices
from .formats.view import View, normalised
from .model import Finding, Span

_LINE_END = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Source:
    """A stored text. name: file name for messages; digest: sha256 of the text as UTF-8; format: text, html, docx or
    pdf; findings: what extraction repaired, and what a reader must know of the copy; view: the text as the rules read
    it where that differs (copies of PDFs, mirrors), with the way back."""

    name: str
    text: str
    digest: str
    _starts: tuple[int, ...] = field(repr=False, default=())
    format: str = "text"
    findings: tuple[Finding, ...] = ()
    view: View | None = field(repr=False, default=None)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def store(text: str, name: str = "-", format: str = "text", told: tuple[Finding, ...] = ()) -> Source:
    """Normalise decoded text and remember where its lines begin. told: findings of the extraction.

    Raises DecodeError if nothing is left, or for a lone surrogate, which is no character.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DecodeError("the file is empty: expected the text of a policy document", name)
    starts = (0, *(found.end() for found in _LINE_END.finditer(text)))
    try:
        digest = hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        column = error.start - text.rfind("\n", 0, error.start)
        raise DecodeError(f"half of a surrogate pair: U+{ord(text[error.start]):04X}", name, line, column) from None
    view = normalised(text)
    return Source(name, text, digest, starts, format, (*told, *notices(text, view)), view if view.repairs else None)


def decode(data: bytes, name: str = "-") -> Source:
    """Bytes of a plain text file. Raises DecodeError."""
    if b"\0" in data:
        at = data.index(b"\0")
        raise DecodeError(f"not a text file: a zero byte at offset {at}; expected UTF-8 or GB 18030", name)
    try:
        return store(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        bad = error
    try:
        return store(data.decode("gb18030"), name)
    except UnicodeDecodeError:
        line = data.count(b"\n", 0, bad.start) + 1
        column = bad.start - (data.rfind(b"\n", 0, bad.start) + 1) + 1
        raise DecodeError(
            f"neither UTF-8 nor GB 18030: byte 0x{data[bad.start]:02x} at offset {bad.start}",
            name,
            line,
            column,
        ) from None


def read_bytes(data: bytes, name: str = "-", limits: Settings | None = None) -> Source:
    """A file's bytes in any format that is read: plain text, HTML, .docx, PDF, told apart by content.

    Raises DecodeError: no text, damaged, or past one of the limits, which it names.
    """
    limits = limits or Settings.from_env()
    if len(data) > limits.max_file_megabytes << 20:
        raise DecodeError(f"larger than {limits.max_file_megabytes} MB (setting max_file_megabytes)", name)
    what = kind(data, name)
    if what != "text":
        return _extracted(extract(data, what, name, limits), what, name)
    if len(data) > limits.max_characters * 4 or len((source := decode(data, name)).text) > limits.max_characters:
        raise DecodeError(
            f"its text is longer than {limits.max_characters:,} characters (setting max_characters)", name
        )
    return source


def _extracted(made: Extracted, what: str, name: str) -> Source:
    told = tuple(Finding(note.code, note.message, Span(note.start, note.end)) for note in made.notes)
    return store(made.text, name, what, told)


def read_stream(stream: BinaryIO, name: str = "-", limits: Settings | None = None) -> Source:
    """At most the limit's bytes of a stream and one more, then as `read_bytes`."""
    limits = limits or Settings.from_env()
    return read_bytes(stream.read((limits.max_file_megabytes << 20) + 1), name, limits)


def read_path(path: Path, limits: Settings | None = None) -> Source:
    """A file. Raises InputError when it cannot be read, DecodeError when no text can be made of it."""
    try:
        with path.open("rb") as stream:
            return read_stream(stream, str(path), limits)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from None
