"""What the address of an answer says of its view, as frontend/src/workbench/choices.js writes it there.

The script draws it. Without scripts the answer stands there as the query gives it, whatever is chosen; but an address
that asks for what there is not is refused all the same, for nobody could see what it was meant to show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import request

from ..endpoint.protocol import ProtocolError
from . import context

VIEWS = ("table", "chart", "network", "map", "timeline", "raw")
KINDS = ("bar", "line")
LONGEST = 200
_COLUMNS = ("value", "label", "from", "to", "date", "place", "size")
_OTHER = {"label": "#", "size": "rows"}
"""What is no column: the number of a row, and the number of rows."""
_VARIABLE = re.compile(r"\w{1,100}")


def check(variables: Sequence[str] | None) -> None:
    """ProtocolError (400) that names the parameter which is none. variables: of the answer, None where not known."""
    context.choice("view", VIEWS)
    context.choice("kind", KINDS)
    words = request.args.get("filter", "")
    if len(words) > LONGEST:
        raise ProtocolError(400, "parameter", name="filter", value=words[:20] + "…", allowed=f"≤ {LONGEST}")
    for name in _COLUMNS:
        if (value := request.args.get(name, "")) not in ("", _OTHER.get(name)):
            _column(name, value, variables)
    if sort := request.args.get("sort", ""):
        _column("sort", sort.removeprefix("-"), variables)
    if hidden := request.args.get("hide", ""):
        for each in hidden.split(","):
            _column("hide", each, variables)


def given() -> dict[str, str]:
    """The parameters of the address that are of a view."""
    names = ("view", "kind", "filter", "sort", "hide", *_COLUMNS)
    return {name: value for name in names if (value := request.args.get(name, ""))}


def _column(name: str, value: str, variables: Sequence[str] | None) -> None:
    if value not in variables if variables is not None else not _VARIABLE.fullmatch(value):
        allowed = ", ".join(variables) if variables is not None else "?variable"
        raise ProtocolError(400, "parameter", name=name, value=value[:100], allowed=allowed)
