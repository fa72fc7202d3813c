"""What a request stands on: the store and its facts."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from ..settings import Settings
from ..store import Store
from .facts import Facts, Snapshots


def store() -> Store:
    return cast(Store, current_app.extensions["policygraph"]["store"])


def settings() -> Settings:
    return cast(Settings, current_app.extensions["policygraph"]["settings"])


def facts() -> Facts:
    """The facts of this request: one snapshot from its beginning to its end."""
    if "facts" not in g:
        snapshots = cast(Snapshots, current_app.extensions["policygraph"]["snapshots"])
        g.facts = snapshots.of(store())
    return cast(Facts, g.facts)
