"""Which of our media types and languages a client wants (RFC 9110, sections 12.4 and 12.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..store.base import CSV, GRAPH_TYPES, JSON, JSONLD, NTRIPLES, RDFXML, TSV, TURTLE, XML, QueryForm

HTML = "text/html"
_ALIASES = {"application/json": JSON, "application/xml": XML}
"""Types that generic clients send; they get the SPARQL format under the name that they asked for."""

_SHORT_RESULTS = {"json": JSON, "xml": XML, "csv": CSV, "tsv": TSV}
_SHORT_GRAPHS = {
    "turtle": TURTLE, "ttl": TURTLE, "ntriples": NTRIPLES, "nt": NTRIPLES,
    "rdfxml": RDFXML, "rdf+xml": RDFXML, "xml": RDFXML, "jsonld": JSONLD, "json-ld": JSONLD, "json": JSONLD,
}  # fmt: skip

_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]*)')
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def offers(form: QueryForm) -> tuple[str, ...]:
    """The types that an answer of this form has, the preferred first; aliases come last."""
    return offers_of(form.media_types)


def offers_of(own: tuple[str, ...]) -> tuple[str, ...]:
    """These types and the aliases that they have."""
    return own + tuple(alias for alias, media_type in _ALIASES.items() if media_type in own)


def is_html(name: str) -> bool:
    """Whether format= asks for a page."""
    return name.lower() in ("html", HTML)


def canonical(media_type: str) -> str:
    """The store's name for an offered type."""
    return _ALIASES.get(media_type, media_type)


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type of the highest quality, the earlier one among equals; None when none is acceptable.

    Of the ranges that match a type the most specific gives its quality; q=0 excludes it. Without a header, or
    with an empty one, everything is acceptable. A range with parameters matches only what we send:
    charset=utf-8.
    """
    ranges = list(_ranges(accept or ""))
    if not (accept or "").strip():
        return offered[0]
    best, best_quality = None, 0.0
    for media_type in offered:
        matching = [(_specificity(name), quality) for name, quality in ranges if _matches(name, media_type)]
        quality = max(matching)[1] if matching else 0.0
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def by_name(names: Iterable[str], form: QueryForm) -> str | None:
    """The type that format= or output= asks for by a short name or a media type; None when none fits."""
    short = _SHORT_GRAPHS if form.media_types == GRAPH_TYPES else _SHORT_RESULTS
    offered = offers(form)
    for name in names:
        media_type = short.get(name.lower(), name.lower())
        if media_type in offered:
            return media_type
    return None


def language(accept_language: str | None, default: str) -> str:
    """zh or en, as the client prefers (zh-Hans, en-GB, … count as such), else the default."""
    best, best_quality = default, 0.0
    for tag, quality in _ranges(accept_language or ""):
        primary = tag.partition("-")[0]
        if primary in ("zh", "en") and quality > best_quality:
            best, best_quality = primary, quality
    return best


def qualities(header: str) -> dict[str, float]:
    """Name → quality in [0, 1] of any header of that form (Accept-Encoding); of a name twice, the first."""
    found: dict[str, float] = {}
    for name, quality in _ranges(header):
        found.setdefault(name, quality)
    return found


def _ranges(header: str) -> Iterable[tuple[str, float]]:
    """(range, quality) pairs of a header, in its order; malformed elements are left out."""
    for element in _ELEMENT.findall(header):
        name = element.partition(";")[0].strip().lower()
        quality, known = 1.0, True
        for key, value in _PARAMETER.findall(element):
            if key.lower() == "q":
                known = known and _QUALITY.fullmatch(value) is not None
                quality = float(value) if known else 0.0
                break  # What follows q belongs to no range.
            known = known and (key.lower(), value.strip('"').lower()) == ("charset", "utf-8")
        if name and known:
            yield name, quality


def _matches(name: str, media_type: str) -> bool:
    return name in ("*/*", media_type, media_type.partition("/")[0] + "/*")


def _specificity(name: str) -> int:
    return 0 if name == "*/*" else 1 if name.endswith("/*") else 2
