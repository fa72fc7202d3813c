"""Documents that are no plain text: HTML pages, .docx and PDF become text, and what was repaired is told.

    detect ─▶ child (limits of time and memory) ─▶ html | docx | pdf ─▶ Extracted

`view` is for plain text that was copied out of a PDF: the stored text stays, the grammar reads the view.
"""

from __future__ import annotations

from .child import extract
from .detect import kind
from .extracted import Extracted, Note
from .notices import notices
from .view import View, normalised

__all__ = ["Extracted", "Note", "View", "extract", "kind", "normalised", "notices"]
