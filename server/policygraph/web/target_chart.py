"""The drawings of /targets: bars by unit, each unit on an axis of its own, and the same as files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from . import bars, svg
from .facts import Facts, expand
from .i18n import language
from .labels import label, notation, show_url
from .svg import PAINT, Axis, Pen
from .target_rows import Row
from .timeline import Chip, Timeline
from .timeline import drawn as drawn_timeline
from .timeline import timeline as timeline_of

_WIDTH, _NAMES, _BARS, _MARGIN = 1120, 330, 420, 24
_LINE = 22  # characters of a name on a line of the file


@dataclass(frozen=True, slots=True)
class Group:
    """Targets in one unit on one axis. change: rises and falls against a baseline, which 0 stands for."""

    sector: str
    unit: str
    name: str
    change: bool
    axis: Axis
    rows: tuple[Row, ...]


def groups(rows: Sequence[Row]) -> list[Group]:
    """By sector where the rows have one, then by unit; a unit has the same axis everywhere."""
    by_unit: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    by_group: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_name, row.change].append(row)
        by_group[row.sector, row.unit_name, row.change].append(row)
    axes = {key: _axis(members) for key, members in by_unit.items()}
    most = {key: -len(members) for key, members in by_unit.items()}
    sectors = list(dict.fromkeys(row.sector for row in rows))
    order = sorted(by_group, key=lambda key: (sectors.index(key[0]), key[2], most[key[1:]], key[1]))
    return [
        Group(sector, by_group[key][0].unit, unit, change, axes[unit, change], tuple(by_group[key]))
        for key in order
        for sector, unit, change in [key]
    ]


def _axis(rows: Sequence[Row]) -> Axis:
    values = []
    for row in rows:
        values += [each for each in (row.value, row.upper) if each is not None]
        if "pg:DecreaseBy" in row.comparators:
            values += [-each for each in values[-2:]]
        if row.baseline is not None and not row.change:
            values.append(row.baseline)
    return svg.axis(values, rows[0].unit == "id:unit/baifenzhi" and not rows[0].change)


def bar(facts: Facts, row: Row, group: Group) -> Markup:
    """A row of the chart on a page."""
    words = gettext("%(name)s: %(words)s. To the words of the text.", name=_name(facts, row), words=_said(facts, row))
    return bars.drawn(Pen(), bars.bar_of(row, group.axis), group.axis, words, show_url(facts, row.node))


def signs(rows: Sequence[Row]) -> list[str]:
    """The signs that these rows use, in the order of the legend."""
    used = {each.partition(":")[2] for row in rows for each in row.comparators}
    found = [each for each in (*bars.SIGNS, *bars.MOVES) if each in used]
    return found + ["baseline"] * any(row.baseline is not None and not row.change for row in rows)


def sample(name: str, pen: Pen | None = None) -> Markup:
    sign, move = ("", name) if name in bars.MOVES else (name, "")
    return bars.sample(pen or Pen(), sign, move)


def timeline(facts: Facts, rows: Sequence[Row], absolute: bool = False) -> Timeline:
    """A target with several indicators is one chip."""
    once = list({row.node: row for row in rows}.values())
    chips = [
        Chip(
            row.node,
            expand(row.node) if absolute else show_url(facts, row.node),
            notation(facts, row.owner) or "·",
            bool(row.deadline),
            f"{row.due or row.deadline or row.year}: {notation(facts, row.owner)} {_name(facts, row)} {row.worded}",
        )
        for row in once
    ]
    begun = {facts.text(row.document, "eli:date_document")[:4] for row in once} - {""}
    return timeline_of(once, chips, int(min(begun, default="0")))


def _name(facts: Facts, row: Row) -> str:
    return label(facts, row.indicator, language()).text


def _said(facts: Facts, row: Row) -> str:
    if language() == "zh":
        return row.worded
    names = ", ".join(label(facts, each, "en").text for each in row.qualified)
    return f"{names} {row.worded}"


def file(facts: Facts, rows: Sequence[Row], title: str, drawing: str) -> bytes:
    """A drawing as a file of its own: "chart" or "timeline"."""
    pen, parts, y = Pen(PAINT), [], 40
    parts.append(_text(pen, "head", title, _MARGIN, y - 8))
    if drawing == "timeline":
        line = timeline(facts, rows, absolute=True)
        inner = drawn_timeline(pen, line)
        parts.append(_inside(pen, inner, _MARGIN, y + 10, _WIDTH - 2 * _MARGIN, line.height))
        y += line.height + 34
        parts.append(_text(pen, "soft", chips_told(), _MARGIN, y))
        y += 24
        if line.undated:
            told = gettext("No year stated: %(numbers)s", numbers=", ".join(chip.text for chip in line.undated))
            parts.append(_text(pen, "soft", told, _MARGIN, y))
            y += 24
    else:
        sector: str | None = None if any(row.sector for row in rows) else ""
        for group in groups(rows):
            if group.sector != sector:
                sector, y = group.sector, y + 30
                name = label(facts, sector, language()).text if sector else gettext("Without a sector")
                parts.append(_text(pen, "head", name, _MARGIN, y))
            parts.append(_group_file(facts, pen, group, y + 26))
            y += 26 + 26 + (bars.HEIGHT + 4) * len(group.rows) + 12
        y += 16
        for name in signs(rows):
            parts.append(_inside(pen, sample(name, pen), _MARGIN, y - 14, 64, bars.HEIGHT))
            parts.append(_text(pen, "soft", legend(name), _MARGIN + 72, y + 5))
            y += 28
    told = gettext("Targets are what a document asks for, not measured results.")
    parts.append(_text(pen, "soft", told, _MARGIN, y + 12))
    return svg.document(_WIDTH, y + 32, title, Markup("").join(parts))


def _group_file(facts: Facts, pen: Pen, group: Group, y: int) -> Markup:
    parts = [pen("text", "words", heading(facts, group), x=_MARGIN, y=y, font_weight="700")]
    parts.append(_inside(pen, svg.scale(pen, group.axis.ticks), _NAMES + _MARGIN, y + 6, _BARS, 20))
    y += 26
    for row in group.rows:
        name = f"{notation(facts, row.owner)} {_name(facts, row)}".strip() + (f" ({row.scope})" if row.scope else "")
        lines = [name[at : at + _LINE * 2] for at in range(0, len(name), _LINE * 2)] if name.isascii() else [
            name[at : at + _LINE] for at in range(0, len(name), _LINE)
        ]  # fmt: skip
        for index, line in enumerate(lines[:2]):
            parts.append(_text(pen, "words", line, _MARGIN, y + (19 if len(lines) == 1 else 13 + 15 * index)))
        inner = bars.drawn(pen, bars.bar_of(row, group.axis), group.axis, name, expand(row.node))
        parts.append(_inside(pen, inner, _NAMES + _MARGIN, y, _BARS, bars.HEIGHT))
        said = f"{row.worded} {row.baseline_phrase}".strip() + (f" ({row.year})" if row.year else "")
        parts.append(_text(pen, "words", said, _NAMES + _BARS + 2 * _MARGIN, y + 19))
        y += bars.HEIGHT + 4
    return Markup("").join(parts)


def _text(pen: Pen, kind: str, words: str, x: float, y: float) -> Markup:
    return pen("text", kind, words, x=x, y=y)


def _inside(pen: Pen, inner: Markup, x: float, y: float, width: int, height: int) -> Markup:
    return pen("svg", "", inner, x=x, y=y, width=width, height=height, overflow="visible")


def heading(facts: Facts, group: Group) -> str:
    name = label(facts, group.unit, language()).text if group.unit else group.name
    if language() == "en" and name != group.name:
        name = f"{name} ({group.name})"
    return gettext("Change against a baseline, %(unit)s", unit=name) if group.change else name


def chips_told() -> str:
    """What a chip of the timeline means."""
    return str(
        gettext(
            "A chip is a target, with the number of its provision, above the year by which it is to be reached; "
            "underlined where the text names a day or the end of the year."
        )
    )


def legend(name: str) -> str:
    """What a sign means."""
    words = {
        "Exactly": gettext("a planned count, printed without a word of comparison (7个)"),
        "Reach": gettext("to be reached (达, 达到, 实现)"),
        "Approximately": gettext("about (左右, 约); no tolerance is added"),
        "AtLeast": gettext("at least, the number included (以上, 不低于)"),
        "MoreThan": gettext("more than, the number excluded (超过, 突破)"),
        "AtMost": gettext("at most, the number included (不超过, 以内)"),
        "LessThan": gettext("less than, the number excluded (低于)"),
        "Between": gettext("a range, both ends included (1—2)"),
        "FallTo": gettext("falls to the number (下降至, 压缩至)"),
        "IncreaseBy": gettext("rises by the number; 0 is the baseline (增加, 增长)"),
        "DecreaseBy": gettext("falls by the number; 0 is the baseline (下降)"),
        "baseline": gettext("where it stood, as the text gives it"),
    }
    return str(words[name])
