"""Lines of the body become a tree: parts, provisions to any depth, annexes; each with its heading and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .clauses import trim
from .layout import Line
from .model import Finding, Span
from .numbering import Mark, accept, candidates
from .numerals import to_int
from .words import numbering as nx
from .words.tables import SEPARATED


@dataclass
class Unit:
    """One numbered unit. number: its path, "3.11" or "annex1.2"; heading: span of its words; stop: where the
    heading's full stop ends; paragraphs: its own text after the heading, without that of its children."""

    kind: str
    number: str
    printed: Span
    heading: Span
    stop: int
    paragraphs: list[Span] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    @property
    def end(self) -> int:
        own = max([self.printed.end, self.stop, *(p.end for p in self.paragraphs)])
        return max([own, *(u.end for u in self.units)])


def outline(text: str, lines: list[Line], findings: list[Finding]) -> tuple[list[Span], list[Unit]]:
    """(paragraphs before the first unit, units). lines: those of kind preamble, body, annex and enclosed."""
    preamble: list[Span] = []
    units: list[Unit] = []
    start = 0
    annexes = [i for i, line in enumerate(lines) if line.kind == "annex"]
    _container(text, lines[: annexes[0] if annexes else len(lines)], "", preamble, units, findings)
    for order, start in enumerate(annexes, 1):
        end = annexes[order] if order < len(annexes) else len(lines)
        units.append(_annex(text, lines[start:end], order, findings))
    _unique(units)
    return preamble, units


def _annex(text: str, lines: list[Line], order: int, findings: list[Finding]) -> Unit:
    first = lines[0].span
    found = nx.ANNEX.match(text, first.start, first.end)
    name = found["n"] if found and found["n"] else str(order)
    value = str(to_int(name)) if not name.isalpha() or not name.isascii() else name.lower()
    heads = 0
    while (heads + 1 < len(lines) and lines[heads + 1].kind == "enclosed"
           and (not heads or _adjacent(text, lines[heads].span, lines[heads + 1].span))):  # fmt: skip
        heads += 1
    heading = Span(lines[1].span.start, lines[heads].span.end) if heads else Span(first.end, first.end)
    unit = Unit("Annex", f"annex{value}", first, heading, heading.end)
    _container(text, lines[heads + 1 :], unit.number, unit.paragraphs, unit.units, findings)
    return unit


def _container(text: str, lines: list[Line], above: str, loose: list[Span], units: list[Unit],
               findings: list[Finding]) -> None:  # fmt: skip
    """Read the units of one numbering: the document's own, or an annex's. above: the number of the annex or ""."""
    spans = [line.span for line in lines if line.kind != "enclosed"]
    marks = accept(text, candidates(text, [line.span for line in lines if line.kind == "body"]), findings)
    stack: list[tuple[Mark, Unit]] = []
    at = 0
    for span in spans:
        here = []
        while at < len(marks) and marks[at].span.start < span.end:
            here.append(marks[at])
            at += 1
        first = here[0].span.start if here else span.end
        if span.start < first:
            rest = trim(text, Span(span.start, first))
            if stack and _takes_heading(stack[-1][1], rest):
                stack[-1][1].heading, stack[-1][1].stop = rest, rest.end
            else:
                _append(text, stack[-1][1].paragraphs if stack else loose, rest)
        for mark, following in zip(here, [*here[1:], None][: len(here)], strict=True):
            end = following.span.start if following else span.end
            stack = [(m, u) for m, u in stack if (m.rank, m.depth) < (mark.rank, mark.depth)]
            unit = _unit(text, mark, end, above, [u for _, u in stack])
            (stack[-1][1].units if stack else units).append(unit)
            stack.append((mark, unit))


def _append(text: str, paragraphs: list[Span], line: Span) -> None:
    """A line goes on with the one before where that breaks off inside brackets or amid a sentence."""
    before = paragraphs[-1] if paragraphs and _adjacent(text, paragraphs[-1], line) else None
    if before and (nx.BREAKS_OFF.search(text, before.start, before.end) or _open(text, before)):
        paragraphs[-1] = Span(before.start, line.end)
    else:
        paragraphs.append(line)


def _adjacent(text: str, before: Span, after: Span) -> bool:
    """Nothing that was read as another thing (a number, a page's foot) stands between the two."""
    return not text[before.end : after.start].strip()


def _open(text: str, span: Span) -> bool:
    words = text[span.start : span.end]
    return any(words.count(o) > words.count(c) for o, c in ("（）", "《》")) and not words.endswith(("。", "；"))


def _takes_heading(unit: Unit, line: Span) -> bool:
    """（三） alone on its line: the next line is its heading."""
    return (
        unit.heading.start >= unit.heading.end
        and not unit.paragraphs
        and not unit.units
        and line.end - line.start <= 40
    )


def _unit(text: str, mark: Mark, end: int, above: str, parents: list[Unit]) -> Unit:
    kind = "Part" if not parents and mark.scheme in nx.PARTS else "Provision"
    own = str(mark.value) if mark.run == 1 else f"{mark.value}-{mark.run}"
    lead = parents[-1].number if parents else above or ("" if kind == "Part" else "0")
    heading, stop = _heading(text, mark, end)
    unit = Unit(kind, f"{lead}.{own}" if lead else own, mark.span, heading, stop)
    rest = trim(text, Span(stop, end))
    if rest.start < rest.end:
        unit.paragraphs.append(rest)
    return unit


def _heading(text: str, mark: Mark, end: int) -> tuple[Span, int]:
    """(the heading's words, where its stop ends): to the first full stop, or the whole line where there is none."""
    start = mark.body
    while start < end and text[start].isspace():
        start += 1
    glued = nx.GLUED.match(text, start, end)
    full = text.find("。", start, end)
    if glued and end - start > 40 and (full < 0 or full - start > 30):
        return _labelled(text, glued, end)
    if (labelled := nx.LABELLED.match(text, start, end)) and not glued:
        return _labelled(text, labelled, end)
    stop = _cell(text, start, _stop(text, start, end))
    heading = trim(text, Span(start, stop))
    while heading.end > heading.start and text[heading.end - 1] in "；;：:，,":
        heading = Span(heading.start, heading.end - 1)
    return heading, stop + 1 if stop < end and text[stop] == "。" else stop


def _cell(text: str, start: int, stop: int) -> int:
    """The end of the first cell where a table's row was printed as text: 3⇥建设数字课堂⇥教育部⇥2024年."""
    gaps = list(SEPARATED.finditer(text, start, stop))
    return gaps[0].start() if gaps and ("\t" in text[start:stop] or len(gaps) > 1) else stop


def _labelled(text: str, found: re.Match[str], end: int) -> tuple[Span, int]:
    after = found.end("heading")
    return Span(found.start("heading"), after), after + 1 if after < end and text[after] in "：:" else after


def _stop(text: str, start: int, end: int) -> int:
    """The first full stop outside brackets and quotation marks, or the bracket that opens a closing phrase."""
    depth = 0
    for at in range(start, end):
        char = text[at]
        if char in "“《（(【":
            if depth == 0 and char in "（(【" and nx.CLOSING_BRACKET.match(text, at, end):
                return at
            depth += 1
        elif char in "”》）)】":
            depth = max(0, depth - 1)
        elif char == "。" and depth == 0:
            return at
    return end


def _unique(units: list[Unit], taken: set[str] | None = None) -> None:
    """Two units never share a number: a lost heading lets (一) stand twice beside itself; the later one becomes 1-2."""
    taken = set() if taken is None else taken
    for unit in units:
        base, run = unit.number, 1
        while unit.number in taken:
            run += 1
            unit.number = f"{base}-{run}"
        taken.add(unit.number)
        if unit.number != base:
            _renumber(unit.units, base, unit.number)
        _unique(unit.units, taken)


def _renumber(units: list[Unit], old: str, new: str) -> None:
    for unit in units:
        unit.number = new + unit.number.removeprefix(old)
        _renumber(unit.units, old, new)
