"""The IRIs of a query's dataset as the engine reads them."""

from __future__ import annotations

import pyoxigraph as ox

from .tokens import unescaped


def resolved(base: str, written: str) -> str | None:
    """The IRI that stands between < and >, against a base; None where it is none, which the engine tells.

    Oxigraph itself resolves it, in a line of Turtle: Python's urljoin differs (`http:g`, `http://x/a/../b`, urn:).
    """
    iri = unescaped(written, False)
    if any(sign in iri for sign in '<>"{}|^`\\') or any(sign <= " " for sign in iri):
        return None
    try:
        (quad,) = ox.parse(f"<{iri}> <urn:p> <urn:o> .", format=ox.RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError):
        return None
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else None
