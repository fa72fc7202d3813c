"""The matrix of bodies and provisions as a file: a picture that stands alone, with the signs of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext
from markupsafe import Markup

from . import svg, views
from .duties import Duty
from .facts import Facts
from .i18n import language
from .matrix_rows import Row

_ROWS = {"zh": 26, "en": 40}
"""The height of a row; a translated name has the official one below it."""
_COLUMN, _TOP, _SIGN, _FOOT = 30, 56, 10, 22
_LETTER = 14  # the height of a character of a turned heading
_PAINT: Mapping[str, str] = {
    **svg.PAINT,
    "white": svg.PAINT["tick"].replace("#5a5e66", "#ffffff"),
    "number": svg.PAINT["tick"].replace("#5a5e66", "#1d1f23"),
    "ring": 'fill="none" stroke="#0b5fa5" stroke-width="1.5"',
    "seal": 'fill="#9a1b1e"',
    "support": 'fill="none" stroke="#7a4a00" stroke-width="1.5"',
    "spread": 'fill="none" stroke="#5a5e66" stroke-width="1" stroke-dasharray="2 2"',
}


def picture(facts: Facts, title: str, columns: Sequence[tuple[str, str, str]], rows: Sequence[Row]) -> bytes:
    """columns: (part, provision, short heading), as the page has them. A row for each body, its sum at the end."""
    pen, high = svg.Pen(_PAINT), _ROWS[language()]
    names = {row.actor: (views.called(facts, row.actor), views.called(facts, row.actor, "zh")) for row in rows}
    left = 40 + max((_width(name) for both in names.values() for name in both), default=0)
    head = _TOP + _LETTER * max((len(short) for *_, short in columns), default=0) + 34
    width = left + _COLUMN * (len(columns) + 1) + 20
    drawn = [pen("text", "head", title, x=10, y=28)]
    for index, (_, provision, short) in enumerate(columns):
        x = left + _COLUMN * index + _COLUMN // 2
        drawn.append(pen("text", "tick", facts.text(provision, "skos:notation"), x=x, y=head - 8, text_anchor="middle"))
        turned = f"rotate(-90 {x + 4} {head - 26})"
        drawn.append(pen("text", "words", short, x=x + 4, y=head - 26, transform=turned))
    drawn.append(pen("text", "tick", gettext("Sum"), x=width - _COLUMN, y=head - 8, text_anchor="middle"))
    for number, row in enumerate(rows):
        y = head + high * number
        drawn.append(pen("line", "grid", x1=10, x2=width - 10, y1=y, y2=y))
        name, official = names[row.actor]
        at = 10 if row.stated else 24
        drawn.append(pen("text", "words" if row.stated else "soft", name, x=at, y=y + 18))
        if official != name:
            drawn.append(pen("text", "soft", official, x=at, y=y + 34))
        for index, (_, provision, _) in enumerate(columns):
            if duties := row.cells.get(provision):
                drawn += _signs(pen, duties, left + _COLUMN * index + _COLUMN // 2, y + high // 2)
        total = str(row.stated or "") + (f"+{row.spread}" if row.spread else "")
        drawn.append(pen("text", "number", total, x=width - _COLUMN, y=y + high // 2 + 5, text_anchor="middle"))
    foot = head + high * len(rows)
    legend = _legend(pen, rows, foot + 16)
    drawn += [element for line in legend for element in line]
    return svg.document(width, foot + 24 + _FOOT * len(legend), title, Markup("").join(drawn))


def _width(name: str) -> int:
    """About as many pixels as the words of a row take."""
    return sum(7 if letter.isascii() else 13 for letter in name)


def _signs(pen: svg.Pen, duties: Sequence[Duty], x: int, y: int) -> list[Markup]:
    """What stands in a cell; a body that a provision names twice has both its places."""
    if len(duties) == 1:
        return _sign(pen, duties[0], x, y)
    told = "/".join(str(duty.position) for duty in duties)
    return [pen("text", "number", told, x=x, y=y + 4, text_anchor="middle")]


def _sign(pen: svg.Pen, duty: Duty, x: int, y: int) -> list[Markup]:
    """The place of a body in its list: a seal where the text calls it the lead, a ring where it is listed first."""
    number = "white" if duty.rank == "lead" else "number"
    told = pen("text", number, str(duty.position), x=x, y=y + 4, text_anchor="middle")
    if duty.membership:
        return [pen("circle", "spread", cx=x, cy=y, r=_SIGN), told]
    if duty.rank == "support":
        return [pen("rect", "support", x=x - _SIGN, y=y - _SIGN, width=2 * _SIGN, height=2 * _SIGN), told]
    around = {"lead": "seal", "first": "ring"}.get(duty.rank)
    return [pen("circle", around, cx=x, cy=y, r=_SIGN), told] if around else [told]


def _legend(pen: svg.Pen, rows: Sequence[Row], y: int) -> list[list[Markup]]:
    """A line for each kind of sign that is drawn, in the words of the page."""
    words = {
        "lead": gettext("lead (牵头), in the words of the text"),
        "support": gettext("support (配合), in the words of the text"),
        "first": gettext("listed first"),
        "listed": gettext("position in the list of responsible bodies"),
        "member": gettext("put upon the members of a group by a curated membership; the text names only the group"),
    }
    shown: dict[str, Duty] = {}
    for row in rows:
        for duties in row.cells.values():
            shown.setdefault("member" if duties[0].membership else duties[0].rank, duties[0])
    made = []
    for index, kind in enumerate(each for each in words if each in shown):
        at = y + _FOOT * index
        made.append([*_sign(pen, shown[kind], 22, at), pen("text", "soft", words[kind], x=42, y=at + 4)])
    return made
