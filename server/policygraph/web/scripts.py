"""The scripts of the pages as the build left them: static/built/manifest.json names the file of each module."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

BUILT = Path(__file__).parent / "static" / "built"


@lru_cache(maxsize=1)
def _manifest() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}  # installed without scripts: the pages do without
    return found


def script(module: str) -> Markup:
    """The element that loads a module of frontend/src; nothing where the scripts were not built."""
    file = _manifest().get(module)
    return Markup('<script type="module" src="/static/built/{}"></script>').format(file) if file else Markup("")
