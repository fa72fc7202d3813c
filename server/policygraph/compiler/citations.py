"""Other documents that a text names: 国家发展改革委《关于...的指导意见》(发改产业〔2019〕1602号)."""

from __future__ import annotations

import re

from . import lexicon as lx
from .model import Citation, Span


def read(text: str, span: Span, bodies: tuple[str, ...]) -> list[Citation]:
    """Citations of a stretch of text, in order. bodies: printed names that can stand before a title.

    A title straight after 本 (本《实施意见》) is the document itself and no citation.
    """
    names = "|".join(re.escape(b) for b in sorted(bodies, key=len, reverse=True))
    issuers = re.compile(rf"(?:{names})(?:、(?:{names}))*{lx.JOINT}$") if bodies else None
    made: list[Citation] = []
    for found in lx.CITED_TITLE.finditer(text, span.start, span.end):
        if text[found.start() - 1 : found.start()] in ("本", "该"):
            continue
        lead = text[span.start : found.start()]
        issuer = issuers.search(lead) if issuers else None
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
    return made


def _phrase(text: str, span: Span, found: re.Match[str]) -> str:
    """按照…精神: the formula around the title, … for what stands between; "" where there is none."""
    stop = max(text.rfind("。", span.start, found.start()) + 1, span.start)
    cues = list(lx.CITATION_CUE.finditer(text, stop, found.start()))
    if not cues:
        return ""
    closing = re.compile(rf"[^，。；]*?(?:{lx.CITED_TITLE.pattern}[^，。；]*?)*?({lx.CITATION_CLOSE.pattern})".replace(
        "?P<title>", "").replace("?P<number>", "")).match(text, found.end(), span.end)  # fmt: skip
    close = re.search(rf"(?:{lx.CITATION_CLOSE.pattern})$", closing[0]) if closing else None
    return f"{cues[-1][0]}…{close[0]}" if close else cues[-1][0]
