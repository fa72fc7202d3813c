"""First stage: bytes become the stored text.

The stored text is the input as decoded: a BOM dropped, line ends made LF, nothing else changed (vocabulary
contract). Official sites publish UTF-8 or GB 18030; what is neither is refused with the place of the first bad byte.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DecodeError, InputError


@dataclass(frozen=True, slots=True)
class Source:
    """A stored text. name: file name for messages; digest: sha256 of the text as UTF-8."""

    name: str
    text: str
    digest: str
    _starts: tuple[int, ...] = field(repr=False, default=())

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def store(text: str, name: str = "-") -> Source:
    """Normalise decoded text and remember where its lines begin. Raises DecodeError if nothing is left."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DecodeError("the file is empty: expected the text of a policy document", name)
    starts = (0, *(i + 1 for i, char in enumerate(text) if char == "\n"))
    return Source(name, text, hashlib.sha256(text.encode()).hexdigest(), starts)


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


def read_path(path: Path) -> Source:
    """A file. Raises InputError when it cannot be read, DecodeError when it is no text."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from None
