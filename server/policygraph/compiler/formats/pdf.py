"""PDF: the words of each page in lines, without what belongs to the page, and lines joined into paragraphs."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from .extracted import Extracted, NoDocument, Note, finish
from .furniture import furniture
from .spaced import repeated
from .wraps import opens

_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"(?:[。！？：:；;]|负责[)）])$")
MARGIN = 0.12
"""Share of a page's height, at its head and foot, where running heads and page numbers stand."""


@dataclass(slots=True)
class _Line:
    text: str
    page: int
    left: float
    right: float
    size: float
    edge: bool


def read(data: bytes, max_pages: int = 1_000, **_: int) -> Extracted:
    """Raises NoDocument, and what pdfplumber raises for a damaged file."""
    try:
        opened = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise NoDocument("the PDF is encrypted: save it without a password") from None
        raise
    lines: list[_Line] = []
    blank: list[int] = []
    with opened as pdf:
        if len(pdf.pages) > max_pages:
            raise NoDocument(
                f"the PDF has {len(pdf.pages):,} pages; at most {max_pages:,} are read (setting max_pages)"
            )
        for number, page in enumerate(pdf.pages, 1):
            found = _page(page, number)
            lines += found
            if not found:
                blank.append(number)
            page.close()
    if not lines:
        raise NoDocument("the PDF holds no text: its pages are images, whose text must be recognised first (OCR)")
    counts: Counter[str] = Counter()
    kept = _without_furniture(lines, counts)
    text = _joined(kept, counts)
    notes = [Note("pdf-repair", f"{n} {what}") for key, what in _TOLD.items() if (n := counts[key])]
    if blank:
        notes.append(Note("pdf-no-text", f"no text on {len(blank)} of the pages (images?): {_some(blank)}"))
    return finish(text, notes, "pdf")


_TOLD = {
    "furniture": "heads, feet and numbers of pages were left out",
    "repeated": "lines said spaced-out words more than once and say them once",
    "wrap": "line ends inside a paragraph were joined",
}


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" ..." if len(numbers) > 10 else "")


def _page(page: pdfplumber.page.Page, number: int) -> list[_Line]:
    """Lines of one page from top to bottom; glyphs printed twice at one place (faked bold) count once."""
    made = []
    height = float(page.height) or 1.0
    for line in page.dedupe_chars(tolerance=1, extra_attrs=()).extract_text_lines(return_chars=True, strip=True):
        size = sum(float(c["size"]) for c in line["chars"]) / len(line["chars"])
        middle = (line["top"] + line["bottom"]) / 2 / height
        made.append(_Line(line["text"], number, line["x0"], line["x1"], size, not MARGIN < middle < 1 - MARGIN))
    return made


def _without_furniture(lines: list[_Line], counts: Counter[str]) -> list[_Line]:
    """Without lines at the head or foot of pages that, but for numbers, stand on most pages, and page numbers."""
    pages = len({line.page for line in lines})
    forms = Counter(
        form for line, form in {(line.page, _form(line)) for line in lines if line.edge} for form in (form,)
    )
    known = furniture([line.text for line in lines])
    kept = []
    for index, line in enumerate(lines):
        often = line.edge and pages > 1 and forms[_form(line)] * 2 > pages and forms[_form(line)] > 1
        if often or (index in known and line.edge):
            counts["furniture"] += 1
        else:
            kept.append(line)
    return kept


def _form(line: _Line) -> str:
    return _DIGITS.sub("#", line.text.replace(" ", ""))


def _joined(lines: list[_Line], counts: Counter[str]) -> str:
    """Paragraphs. A line goes on in the next one when it reaches the right margin and the next is not indented."""
    left = _common([line.left for line in lines], smallest=True)
    right = _common([line.right for line in lines], smallest=False)
    pieces: list[str] = []
    before: _Line | None = None
    for line in lines:
        text = _once(line.text, counts)
        if before is not None:
            gap = before.size * 0.6
            full = before.right >= right - before.size * (1.6 if _ENDS.search(before.text) else 2.6)
            if full and abs(line.left - left) <= gap and abs(line.size - before.size) < 1 and not opens(text):
                counts["wrap"] += 1
                pieces.append(" " if _latin(before.text[-1:]) and _latin(text[:1]) else "")
            else:
                pieces.append("\n")
        pieces.append(text)
        before = line
    return "".join(pieces) + "\n"


def _once(text: str, counts: Counter[str]) -> str:
    cuts = repeated(text)
    counts["repeated"] += bool(cuts)
    for start, end in reversed(cuts):
        text = text[:start] + text[end:]
    return text


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _common(edges: list[float], *, smallest: bool) -> float:
    """The margin: the outermost edge (to the point) that a tenth of the lines share, else the outermost."""
    counts = Counter(round(edge / 3) for edge in edges)
    often = [edge for edge, n in counts.items() if n * 10 >= len(edges) and n > 1]
    chosen = (min if smallest else max)(often or counts)
    return sum(e for e in edges if round(e / 3) == chosen) / counts[chosen]
