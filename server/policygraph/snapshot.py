"""Which snapshot of a collection's store readers open: `FOLDER/store/current.json`, written by `policygraph add`."""

from __future__ import annotations

import json
from pathlib import Path

from .errors import StoreError

CURRENT = "current.json"


def is_collection(folder: Path) -> bool:
    """Whether a folder holds a collection that was published."""
    return (folder / "store" / CURRENT).is_file()


def current(store: Path) -> tuple[Path, str] | None:
    """The snapshot's folder and its digest; None where nothing was published yet. store: a collection's `store`.

    Raises StoreError where the file does not say so.
    """
    try:
        told = json.loads((store / CURRENT).read_bytes())
        return store / str(told["snapshot"]), str(told["digest"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{store / CURRENT}: {error}") from None
