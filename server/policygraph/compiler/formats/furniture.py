"""What a page carries and a document does not: running heads, addresses and numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_PRINT_HEAD = re.compile(r"\d{4}/\d{1,2}/\d{1,2}[,，]?\s+(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?(?:\s.*)?")
_PRINT_FOOT = re.compile(r"(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?")
_COUNT = re.compile(r"第\s*(?P<n>\d{1,4})\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|(?P<m>\d{1,4})\s*/\s*\d{1,4}")
_DASHED = re.compile(r"[-－—–―]+\s*(?P<n>\d{1,4})\s*[-－—–―]+")

_FIRST = frozenset("0123456789hf第-－—–―")
"""What each of these forms begins with."""


def furniture(lines: list[str]) -> set[int]:
    """Indices of lines (of a text whose pages are lost) that are page furniture.

    The head and foot that a browser prints (date, time and title; address and count) tell themselves when both
    occur; page numbers (— 3 —, 第3页) when they count up from line to line; — 1 — alone is one too.
    """
    plain = [line.strip() for line in lines]
    likely = [(i, line) for i, line in enumerate(plain) if line and line[0] in _FIRST]
    heads = {i for i, line in likely if _PRINT_HEAD.fullmatch(line)}
    feet = {i for i, line in likely if _PRINT_FOOT.fullmatch(line)}
    found = {i for i in heads | feet if _beside(i, plain, heads, feet)}
    for form in (_DASHED, _COUNT):
        numbered = [(i, int(next(filter(None, m.groups())))) for i, line in likely
                    if (m := form.fullmatch(line))]  # fmt: skip
        alone = form is _DASHED and len(numbered) == 1 and numbered[0][1] == 1 and numbered[0][0] > 8
        if (len(numbered) > 1 or alone) and all(b == a + 1 for (_, a), (_, b) in pairwise(numbered)):
            found |= {i for i, _ in numbered} | _running_heads([i for i, _ in numbered], plain)
    return found


def _running_heads(numbered: list[int], plain: list[str]) -> set[int]:
    """Lines beside page numbers that say the same on more than one page, and are no sentence: the head of the page."""
    beside = [near for at in numbered for near in (at - 1, at + 1) if 0 <= near < len(plain)]
    said = Counter(plain[near] for near in beside)
    return {i for i in beside if said[plain[i]] > 1 and 3 < len(plain[i]) <= 40 and plain[i][-1] not in "。；，、"}


def _beside(at: int, plain: list[str], heads: set[int], feet: set[int]) -> bool:
    """Whether the next printed line before or after is the other half of the pair."""
    others = feet if at in heads else heads
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(plain) and not plain[near]:
            near += step
        if near in others:
            return True
    return False
