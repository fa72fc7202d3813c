"""Where the ontology, the data and the questions lie: the same answer in a wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds `ontology/`, `data/` and `queries/`.

    A wheel carries them beside the code; in a checkout they stand two levels above it.
    """
    packed = PACKAGE / "_files"
    return packed if packed.is_dir() else PACKAGE.parents[1]


def ontology() -> Path:
    return root() / "ontology"


def data() -> Path:
    return root() / "data"


def queries() -> Path:
    return root() / "queries"


def dataset() -> Path:
    """The build's N-Quads with every named graph: what the server loads."""
    return data() / "policygraph.nq"
