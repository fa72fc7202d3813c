"""Finds the numbers that open the units of a document, and tells them from numbers that merely look so.

A number counts where it stands at the head of a line, or goes on inside one (……负责）五、调动……), and where it
continues a sequence: 1 opens a list, n+1 follows n, in the same unit or through the whole document ((一)…(三十二)
across 一、二、三). A gap at the head of a line is believed and told; inside a line it is not believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .model import Finding, Span
from .numerals import to_int
from .words import numbering as nx

_LEFT_OUT = 20  # numbers that a list may lack and still be one
_LOOK_BACK = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number. scheme: see words/numbering.py; span: the number as printed; body: where its words begin;
    run: how often its value began anew beside the same parent (1, where nothing is wrong)."""

    scheme: str
    rank: int
    value: int
    span: Span
    body: int
    depth: int = 1
    run: int = 1


def candidates(text: str, lines: Iterable[Span]) -> list[tuple[Mark, bool]]:
    """Every number of a known form in reading order, and whether it stands at the head of its line."""
    made: list[tuple[Mark, bool]] = []
    for line in lines:
        at = line.start
        closed = 0  # inside quotation marks or brackets nothing is numbered
        while at < line.end:
            found = nx.MARK.search(text, at, line.end)
            if not found:
                break
            start = found.start()
            group = found.lastgroup or ""
            scheme = nx.BY_GROUP[group]
            head = start == line.start
            closed = _depth(text, line.start, start) if not head else 0
            stands = head or (
                not closed and scheme.name in nx.INLINE and _may_stand(text, start, scheme.name, found.end())
            )
            if not stands:
                at = start + 1
                continue
            try:
                value = _value(found[group], scheme.name)
            except ValueError:
                at = start + 1
                continue
            end = found.end()
            while end > start and text[end - 1].isspace():
                end -= 1
            depth = found[group].count(".") + found[group].count("．") + 1 if scheme.name == "decimal" else 1
            made.append((Mark(scheme.name, scheme.rank, value, Span(start, end), found.end(), depth), head))
            at = found.end()
    return made


def _value(printed: str, scheme: str) -> int:
    if scheme == "circled":
        return ord(printed) - ord("①") + 1
    if scheme == "decimal":
        printed = printed.replace("．", ".").rsplit(".", 1)[1].strip()
    return to_int(printed)


def _may_stand(text: str, start: int, scheme: str, body: int) -> bool:
    """Inside a line: after the end of a sentence; （一） also glued to a heading without a stop."""
    before = text[start - 1]
    if before in nx.BEFORE_INLINE:
        return not _glued(text, scheme, body)
    return scheme == "paren" and "一" <= before <= "鿿"


def _depth(text: str, start: int, end: int) -> int:
    words = text[start:end]
    return sum(words.count(o) - words.count(c) for o, c in ("“”", "《》")) or max(
        0, words.count("（") + words.count("(") - words.count("）") - words.count(")")
    )


def accept(text: str, found: list[tuple[Mark, bool]], findings: list[Finding]) -> list[Mark]:
    """The numbers that open units. Gaps and repeats at the head of a line are kept and told."""
    kept: list[Mark] = []
    stack: list[Mark] = []
    last: dict[tuple[str, int], int] = {}
    runs: dict[tuple[int, ...], int] = {}
    for index, (mark, head) in enumerate(found):
        key = (mark.scheme, mark.depth)
        if mark.scheme == "decimal" and head:
            mark = _plain(text, mark, stack, last)
            key = (mark.scheme, mark.depth)
        above = [m for m in stack if (m.rank, m.depth) < (mark.rank, mark.depth)]
        sibling = next((m for m in stack if (m.scheme, m.depth) == key), None)
        expected = sibling.value + 1 if sibling else 1
        goes_on = mark.value == expected or (sibling is None and mark.value == last.get(key, 0) + 1)
        if _glued(text, mark.scheme, mark.body) and not (goes_on and _followed(mark, found, index)):
            continue
        if not goes_on and not (head and _believable(text, mark, last.get(key, 0), found, index)):
            continue
        if not head and mark.scheme == "paren" and mark.value == 1 and not _glued_start(text, mark, kept):
            continue
        if not goes_on:
            told = f"{text[mark.span.start : mark.span.end]} does not follow {sibling.value if sibling else 'nothing'}"
            findings.append(Finding("numbering", f"{told}: a number is missing or stands twice", mark.span))
        path = (*(id(m) for m in above), mark.rank, mark.depth, mark.value)
        runs[path] = runs.get(path, 0) + 1
        made = Mark(mark.scheme, mark.rank, mark.value, mark.span, mark.body, mark.depth, runs[path])
        kept.append(made)
        stack = [*above, made]
        last[key] = mark.value
    return kept


def _plain(text: str, mark: Mark, stack: list[Mark], last: dict[tuple[str, int], int]) -> Mark:
    """1.80周岁 is item 1 and not item 1.80: a decimal number must follow its own kind, or open it."""
    before = next(
        (m.value for m in stack if (m.scheme, m.depth) == ("decimal", mark.depth)), last.get(("decimal", mark.depth), 0)
    )
    if mark.value in (1, before + 1) or "." not in text[mark.span.start : mark.span.end]:
        return mark
    stop = text.index(".", mark.span.start)
    return Mark(
        "arabic", mark.rank, to_int(text[mark.span.start : stop].strip()), Span(mark.span.start, stop + 1), stop + 1
    )


def _believable(text: str, mark: Mark, before: int, found: list[tuple[Mark, bool]], index: int) -> bool:
    """A number out of sequence at the head of a line: its words must look like a heading or a clause.

    before: the last number of its kind, 0 where there was none.
    """
    rest = text[mark.body : mark.body + 2]
    if not rest.strip() or not ("一" <= rest.lstrip()[0] <= "鿿" or rest.lstrip()[0] in "“《"):
        return False
    if mark.scheme in ("chapter", "section", "article", "dun", "paren"):
        return mark.value < 200
    if mark.scheme == "decimal":
        return True
    later = (m for m, head in found[index + 1 :] if head and m.scheme == mark.scheme)
    after = next((m for m in later if not _glued(text, m.scheme, m.body)), None)
    if mark.value == 1 or (after is not None and after.value == mark.value + 1):
        return True
    above = text[: mark.span.start].rstrip()  # some items of a list were left out, as in an excerpt
    return 0 < before < mark.value <= before + _LEFT_OUT and bool(nx.LINE_ENDED.search(above[-_LOOK_BACK:]))


def _glued(text: str, scheme: str, body: int) -> bool:
    """2.5G网络建设: digits follow the stop, so that only its place in the sequence tells it from an amount."""
    return scheme == "arabic" and text[body : body + 1].isdigit()


def _followed(mark: Mark, found: list[tuple[Mark, bool]], index: int) -> bool:
    """Whether the next number follows at the head of a later line, before the sequence begins anew."""
    values = (m.value for m, head in found[index + 1 :] if head and m.scheme == "arabic")
    return next((value for value in values if value <= mark.value + 1), None) == mark.value + 1


def _glued_start(text: str, mark: Mark, kept: list[Mark]) -> bool:
    """（一） inside a line opens a list only right after a heading of a unit further out."""
    if text[mark.span.start - 1] in "。！？）)":
        return True
    return bool(kept) and kept[-1].rank < mark.rank and mark.span.start - kept[-1].body < 60
