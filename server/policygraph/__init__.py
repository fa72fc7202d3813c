"""policygraph: Chinese policy documents as an RDF graph whose every claim points back at its words.

Four public verbs: `compile_text` (text → graph), `build` (all sources → published files), `open_store` (files or a
SPARQL endpoint → something to ask), `create_app` (the web application). They are imported on first use, so that
the server never loads the compiler and the compiler never loads the server.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["build", "compile_text", "create_app", "open_store"]

_HOMES = {
    "build": "policygraph.graph.build",
    "compile_text": "policygraph.graph.compiled",
    "create_app": "policygraph.web",
    "open_store": "policygraph.store",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'policygraph' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
