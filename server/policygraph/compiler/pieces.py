"""Cuts a text into the pieces that stood on lines of their own, before copies glued them together."""

from __future__ import annotations

import re
from itertools import pairwise

from .clauses import trim
from .model import Span
from .numerals import DATE
from .tables import cells, columns
from .words import layout as lx

INDENT = re.compile(r"[ \u3000\xa0]*(?:\u3000{2,}| {4,}|\xa0{4,}|\u3000 {2,})[ \u3000\xa0]*")
"""The indent of a paragraph that lost its line end. Labels are padded too (标　　题：), so header lines stay whole."""
_INDENTS = ("\u3000\u3000", "    ", "\xa0\xa0\xa0\xa0", "\u3000  ")
"""One of which stands in every such indent; most lines have none."""
_DATE = re.sub(r"\?P<\w+>", "", DATE.pattern)
SIGNED = re.compile(rf"(?<=。)(?P<who>[一-鿿\s]{{2,60}}?)(?P<when>{_DATE})\s*(?=[（(]此|$)")
"""请认真贯彻落实。国务院办公厅2021年5月19日（此件公开发布）."""
TITLE_AND_BODIES = re.compile(
    rf"(?P<title>[^。]{{6,120}}?{lx.TITLE_END})"
    r"(?=[一-鿿]{2,20}(?:部|委|局|厅|会|院|行|署)(?:[\u3000 ][一-鿿]{2,20})+$)"
)
SIGNED_LINE = re.compile(rf"(?P<who>[一-鿿]{{2,30}}(?:厅|室|部|委|局|会|院|府))\s*(?P<when>{_DATE})")


def pieces(text: str) -> list[Span]:
    """Spans of what is not blank, in order; nothing but white space lies between them."""
    made: list[Span] = []
    at = 0
    size = 0  # cells of the table that the lines stand in: its gaps of blanks are no lost line ends
    for raw in text.split("\n"):
        span = trim(text, Span(at, at + len(raw)))
        if span.start < span.end:
            head = columns(text, span)
            size = head.size if head else size if size and len(cells(text, span)) == size else 0
            made += [span] if size else _cut(text, span)
        at += len(raw) + 1
    return _orders(text, made)


def _orders(text: str, made: list[Span]) -> list[Span]:
    """青海省人民政府令 over 第168号: two lines, one number."""
    out: list[Span] = []
    for span in made:
        last = out[-1] if out else None
        if (
            last
            and lx.ORDER_NUMBER.fullmatch(text, span.start, span.end)
            and lx.ORDER.fullmatch(text, last.start, last.end)
        ):
            out[-1] = Span(last.start, span.end)
        else:
            out.append(span)
    return out


def _cut(text: str, line: Span) -> list[Span]:
    words = text[line.start : line.end]
    if lx.HEADER.match(words):
        return [line]
    cuts = {0, len(words)}
    for found in INDENT.finditer(words) if any(indent in words for indent in _INDENTS) else ():
        cuts |= {found.start(), found.end()}
    for start in sorted(cuts - {len(words)}):
        _glued(words, start, cuts)
    marks = sorted(cuts)
    made = [trim(text, Span(line.start + a, line.start + b)) for a, b in pairwise(marks)]
    return [piece for piece in made if piece.start < piece.end]


def _glued(words: str, start: int, cuts: set[int]) -> None:
    """Adds the places inside one stretch where title, number, addressees, signature and date were glued."""
    end = min(c for c in cuts if c > start)
    if first := lx.NUMBER_FIRST.match(words, start, end):
        cuts.add(first.end())
    title = lx.NUMBER_IN_BRACKETS.search(words, start, end)
    if title and title.end() == end and re.search(rf"{lx.TITLE_END}$", words[start : title.start()].rstrip()):
        cuts.add(title.start())
    number = lx.GLUED_NUMBER.search(words, start, min(end, start + 260))
    if (
        number
        and "。" not in words[start : number.start()]
        and "《" not in words[start : number.start()].rpartition("》")[2]
    ):
        cuts |= {number.start(), number.end()}
        to = lx.GLUED_ADDRESSEES.match(
            words, number.end() + len(words[number.end() :]) - len(words[number.end() :].lstrip()), end
        )
        if to:
            cuts.add(to.end())
    elif to := lx.GLUED_ADDRESSEES.match(words, start, end):
        cuts.add(to.end())
    for signed in SIGNED.finditer(words, start, end):
        cuts |= {signed.start(), signed.start("when"), signed.end()}
    if bodies := TITLE_AND_BODIES.match(words, start, end):
        cuts.add(bodies.end())
    when = DATE.match(words, start, end)
    if when and when.end() < end and words[when.end()].isspace():
        cuts.add(when.end())
    if who := SIGNED_LINE.fullmatch(words[start:end]):
        cuts.add(start + who.start("when"))
