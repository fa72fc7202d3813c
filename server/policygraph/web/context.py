"""What a request stands on: the store and its facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import current_app, g, request

from ..endpoint.protocol import ProtocolError
from ..settings import Settings
from ..store import Live, Store
from .facts import Facts, Snapshots


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


def facts() -> Facts:
    """The facts of this request's snapshot."""
    if "facts" not in g:
        snapshots = cast(Snapshots, current_app.extensions["policygraph"]["snapshots"])
        g.facts = snapshots.of(store())
    return cast(Facts, g.facts)
