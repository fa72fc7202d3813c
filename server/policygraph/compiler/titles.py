"""One name for one cited document: by its number, else by its title and first issuer.

A title that begins with 关于 belongs to its issuer, printed before the brackets or at the head of the title:
国家发展改革委《关于…的意见》 and 《国家发展和改革委员会关于…的意见》 are one document. Any other title
(《北京市2020年政务公开工作要点》) is a name by itself.
"""

from __future__ import annotations

import hashlib
import re

from ..errors import IriError
from ..graph.iri import document_slug, spelled
from .bodies import Bodies
from .places import Division

_SPACE = re.compile(r"[\s《》〈〉“”\"‘’]+")
_ISSUERS_END = re.compile(r"[、，,\s]|等(?=\d|[一二三四五六七八九十]|部门|单位|$)")
_ENCLOSING = re.compile(
    r"(?P<lead>[^《》]*?)(?:关于)?(?:印发|转发|批转|发布|公布|下发)(?P<inner>.+?)的(?:通知|通告|公告|决定|函|批复)$",
    re.DOTALL,
)


def slug_of(number: str, title: str, issuer: str, bodies: Bodies, home: Division | None) -> str:
    """The document's id below doc/: of the number where it has a known form, else of title and issuer."""
    if number:
        try:
            return document_slug(number)
        except IriError:
            pass
    return title_slug(title, issuer, bodies, home)


def title_slug(title: str, issuer: str, bodies: Bodies, home: Division | None) -> str:
    """title-…: readable pinyin and a digest of issuer and title, the same wherever the document is cited."""
    lead, rest = _parted(title, issuer)
    body = bodies.read(lead, home) if lead else None
    owner = (body.name if not body.problem else lead) if body else ""
    digest = hashlib.sha256(f"{owner}|{rest}".encode()).hexdigest()[:8]
    return "-".join(filter(None, ("title", spelled(owner + rest), digest)))


def borne_by(title: str, issuer: str, bodies: Bodies, home: Division | None) -> dict[str, str]:
    """The ids under which a document can be cited by title, each with that title: its own, and what it encloses.

    A notice 关于印发《…》的通知 is cited by the name of the plan that it makes public.
    """
    made = {}
    if _parted(title, issuer)[0] or not title.startswith("关于"):
        made[title_slug(title, issuer, bodies, home)] = title
    if found := _ENCLOSING.fullmatch(title):
        inner = found["inner"].strip("《》〈〉")
        lead = found["lead"].strip() or issuer
        if not inner.startswith("关于") or lead:
            made.setdefault(title_slug(inner, lead, bodies, home), inner)
    return made


def _parted(title: str, issuer: str) -> tuple[str, str]:
    """(first issuer as printed, the title without it)."""
    lead, about, rest = title.strip("《》〈〉 ").partition("关于")
    if not about:
        return "", _SPACE.sub("", title)
    issuers = (lead if lead.strip() else issuer).strip()
    first = _ISSUERS_END.split(issuers)[0]
    if len(first) < 3:  # blanks within the name, as copies of PDFs have them: 国 务 院
        first = _ISSUERS_END.split(_SPACE.sub("", issuers))[0]
    return _SPACE.sub("", first), about + _SPACE.sub("", rest)
