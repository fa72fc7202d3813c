"""Files that others read while they are written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def save(files: Mapping[Path, bytes]) -> None:
    """Write all aside, then rename: a reader sees the old files or the new ones, never half of one."""
    waiting: list[tuple[str, Path]] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(name).chmod(0o644)
        for name, path in waiting:
            Path(name).replace(path)
    finally:
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)
