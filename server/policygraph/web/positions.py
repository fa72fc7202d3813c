"""Where divisions lie: `data/registry/positions.tsv`, which names its sources. For drawings only: no claim of the graph
rests on a point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .. import resources

SOURCES = ("both", "cpca", "geonames")


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees east and north, to two decimals (about 1 km); source: of SOURCES, as the table's head explains them."""

    longitude: float
    latitude: float
    source: str


@cache
def positions() -> Mapping[str, Position]:
    """By the six digits of the division's code."""
    lines = (resources.data() / "registry" / "positions.tsv").read_text(encoding="utf-8").splitlines()
    fields = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: Position(float(east), float(north), source) for code, east, north, source in fields}
