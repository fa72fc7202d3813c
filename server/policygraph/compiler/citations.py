"""Other documents that a text names: 国家发展改革委《关于...的指导意见》(发改产业〔2019〕1602号)."""

from __future__ import annotations

import re

from .model import Citation, Span
from .words import sentences as sx

Issuers = re.Pattern[str] | None


def issuers(bodies: tuple[str, ...]) -> Issuers:
    """Printed names that can stand before a title, made once for many documents; longest first."""
    if not bodies:
        return None
    names = "|".join(re.escape(b) for b in sorted(bodies, key=len, reverse=True))
    return re.compile(rf"(?:{names})(?:、(?:{names}))*{sx.JOINT}$")


def read(text: str, span: Span, bodies: Issuers) -> list[Citation]:
    """Citations of a stretch of text, in order.

    A title straight after 本 (本《实施意见》) is the document itself, （以下简称《规划》） a short name.
    """
    made: list[Citation] = []
    if text.find("号", span.start, span.end) < 0 and text.find("《", span.start, span.end) < 0:
        return made
    for found in sx.CITED_TITLE.finditer(text, span.start, span.end):
        if text[found.start() - 1 : found.start()] in ("本", "该"):
            continue
        lead = text[max(span.start, found.start() - 80) : found.start()]
        if re.search(r"以下(?:统)?简称[：:]?“?$", lead):
            continue
        issuer = bodies.search(lead) if bodies else None
        start = found.start() - (len(issuer[0]) if issuer else 0)
        made.append(
            Citation(
                Span(start, found.end()),
                found["title"],
                found["number"] or "",
                issuer[0] if issuer else "",
                _phrase(text, span, found),
            )
        )
    taken = [m.span() for m in sx.CITED_TITLE.finditer(text, span.start, span.end)]
    for found in sx.NUMBER_ALONE.finditer(text, span.start, span.end):
        if not any(a <= found.start("number") < b for a, b in taken):
            where = Span(found.start("number"), found.end("number"))
            made.append(Citation(where, "", found["number"], "", _phrase(text, span, found)))
    return sorted(made, key=lambda citation: citation.span)


_CLOSING = re.compile(
    rf"[^，。；]*?(?:{sx.CITED_TITLE.pattern}[^，。；]*?)*?({sx.CITATION_CLOSE.pattern})".replace(
        "?P<title>", ""
    ).replace("?P<number>", "")
)
_CLOSE = re.compile(rf"(?:{sx.CITATION_CLOSE.pattern})$")


def _phrase(text: str, span: Span, found: re.Match[str]) -> str:
    """按照…精神: the formula around the title, … for what stands between; "" where there is none."""
    stop = max(text.rfind("。", span.start, found.start()) + 1, span.start)
    cues = list(sx.CITATION_CUE.finditer(text, stop, found.start()))
    if not cues:
        return ""
    closing = _CLOSING.match(text, found.end(), span.end)
    close = _CLOSE.search(closing[0]) if closing else None
    return f"{cues[-1][0]}…{close[0]}" if close else cues[-1][0]
