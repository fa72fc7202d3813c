"""What a request stands on: the store and its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.problems import problem_of
from ..endpoint.protocol import ProtocolError
from ..settings import Settings
from ..store import Live, Store
from .facts import Facts, Snapshots
from .i18n import LANGUAGES, language


def snapshot() -> Store:
    """The data of this request: one snapshot from its beginning to its end. Strangers' queries are asked here."""
    if "store" not in g:
        g.store = cast(Live, current_app.extensions["policygraph"]["live"]).store()
    return cast(Store, g.store)


def store() -> Store:
    """The same data for what the pages ask themselves, in workers of their own: no stranger's query delays them."""
    return cast(Store, getattr(snapshot(), "own", snapshot()))


def settings() -> Settings:
    return cast(Settings, current_app.extensions["policygraph"]["settings"])


def choice(name: str, allowed: Iterable[str]) -> str:
    """The value of a parameter of the address, "" where it is not given; ProtocolError (400) for one not allowed."""
    value, known = request.args.get(name, ""), list(allowed)
    if value and value not in known:
        raise ProtocolError(400, "parameter", name=name, value=value, allowed=", ".join(known))
    return value


def typed(most: int) -> str:
    """What somebody typed (q), without the blanks around it; ProtocolError (400) where it is longer than `most`."""
    words = request.args.get("q", "").strip()
    if len(words) > most:
        raise ProtocolError(400, "too-long", most=str(most), length=str(len(words)))
    return words


def refused_language() -> ResponseReturnValue | None:
    """The page that refuses an unknown ?lang=, for pages at the address of an endpoint; None for a known one. What a
    program asks there is not refused: the parameters are those of the protocol."""
    return refused(lambda: choice("lang", LANGUAGES))


def refused(check: Callable[[], object]) -> ResponseReturnValue | None:
    """The page that tells what a check of the address found, None where it found nothing."""
    try:
        check()
    except ProtocolError as error:
        detail = problem_of(error).words(language())["detail"]
        title = gettext("The request failed")
        return render_template("error.html", code=400, title=title, path=request.path, detail=detail), 400
    return None


def as_json() -> bool:
    """Whether a program asks: format=json, or an Accept that likes JSON better than a page."""
    form = choice("format", ("html", "json"))
    return form == "json" or (
        not form and request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )


def page(total: int, size: int) -> int:
    """Which page of a list the address names, from 1; ProtocolError (400) where there is none of that number."""
    given, last = request.args.get("page", "1"), pages(total, size)
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= last):
        raise ProtocolError(400, "parameter", name="page", value=given[:20], allowed=f"1–{last}")
    return int(given)


def pages(total: int, size: int) -> int:
    """How many pages a list has; an empty one has one."""
    return max(1, -(-total // size))


def facts() -> Facts:
    """The facts of this request's snapshot."""
    if "facts" not in g:
        snapshots = cast(Snapshots, current_app.extensions["policygraph"]["snapshots"])
        g.facts = snapshots.of(store())
    return cast(Facts, g.facts)
