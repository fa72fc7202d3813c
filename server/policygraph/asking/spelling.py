"""How a name may be cut short, spelt or turned round by who types it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_INITIALS = re.compile("[a-hj-tw-z]{3,6}")
"""Initials of pinyin: no syllable begins with i, u or v."""
_SYLLABLES = re.compile("[a-z]{6,40}")
_TURNED = re.compile("[一-鿿]{4,8}")


def in_order(short: str, full: str) -> bool:
    """Whether all characters of the one stand in the other in this order."""
    at = iter(full)
    return all(character in at for character in short)


def spells(letters: str, syllables: Sequence[str]) -> bool:
    """Whether letters are the initials, or the whole syllables, of some of a name's in order: of its first and its last
    in any case, and of three at least."""
    if not letters:
        return False
    initials = "".join(each[0] for each in syllables)
    whole = letters[0] == initials[0] and letters[-1] == initials[-1]
    if whole and _INITIALS.fullmatch(letters) and in_order(letters, initials):
        return True
    if not _SYLLABLES.fullmatch(letters) or not letters.startswith(syllables[0]):
        return False
    ends = {(len(syllables[0]), 1)}  # how much of the letters, by how many syllables
    for syllable in syllables[1:-1]:
        ends |= {(at + len(syllable), count + 1) for at, count in ends if letters.startswith(syllable, at)}
    return any(letters[at:] == syllables[-1] and count > 1 for at, count in ends)


def turned(words: str) -> Iterator[str]:
    """托幼养老 as 养老托幼: Chinese words with their two halves, of two characters or more, changed about."""
    if _TURNED.fullmatch(words):
        yield from (words[at:] + words[:at] for at in range(2, len(words) - 1))


def joined(words: str) -> list[str]:
    """养老 and 托幼 of 养老和托幼; none where a part would be a single character (共和)."""
    parts = re.split("[和与及]", words)
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) else []
