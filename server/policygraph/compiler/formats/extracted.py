"""What an extractor hands on."""

from __future__ import annotations

from dataclasses import dataclass

from .glyphs import LOOKALIKES, lookalikes, replaced, unusable


@dataclass(frozen=True, slots=True)
class Note:
    """Something that extraction repaired, rebuilt or left out. start and end: code points of the extracted text
    (0, 0 where the whole is meant)."""

    code: str
    message: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document with LF line ends, and what its reader must know of how it came about."""

    text: str
    notes: tuple[Note, ...] = ()


class NoDocument(Exception):
    """The extractor's own complaint, for a person: becomes a DecodeError that names the file."""


def finish(text: str, notes: list[Note], form: str) -> Extracted:
    """Replace lookalike and unusable characters, which no extracted text should carry, and say so."""
    found = lookalikes(text)
    if found:
        text = text.translate(LOOKALIKES)
        notes = [*notes, Note(f"{form}-repair", f"{len(found)} lookalike characters (radicals) became the ones meant",
                              found[0], found[0] + 1)]  # fmt: skip
    bad = unusable(text)
    if bad:
        text = replaced(text)
        notes = [*notes, Note(f"{form}-characters", f"{len(bad)} characters cannot be shown and became U+FFFD",
                              bad[0], bad[0] + 1)]  # fmt: skip
    return Extracted(text, tuple(notes))
