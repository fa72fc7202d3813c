""".docx (ECMA-376): paragraphs in order, table rows as lines with tabs between cells, list numbers written out."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as REL

from .extracted import Extracted, NoDocument, Note, finish
from .numbering import Numbering, W

_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
MAX_ENTRIES = 5_000
"""Files in one .docx; a long document with pictures has some hundred."""


def read(data: bytes, max_bytes: int = 1 << 28, **_: int) -> Extracted:
    """max_bytes: unpacked size that is accepted. Raises NoDocument, and what python-docx raises for a damaged file."""
    _check(data, max_bytes)
    opened = docx.Document(io.BytesIO(data))
    part = opened.part
    numbering = Numbering.read(_related(part, REL.NUMBERING), _related(part, REL.STYLES))
    counts: Counter[str] = Counter()
    lines = list(_blocks(opened.element.body, numbering, counts))
    if not any(line.strip() for line in lines):
        raise NoDocument("a .docx without text (are its pages images?)")
    return finish("\n".join(lines) + "\n", _notes(counts, part), "docx")


def _check(data: bytes, max_bytes: int) -> None:
    """Refuse an archive by its table of contents, before anything is unpacked (zip bombs)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise NoDocument(f"a torn or damaged .docx or zip file: {error}") from None
    names = {entry.filename for entry in entries}
    if "OFD.xml" in names:
        raise NoDocument("an OFD file, which is not read: save it as PDF or .docx")
    if not any(name.startswith("word/") for name in names):
        raise NoDocument("a zip archive that is no .docx: unpack it")
    if len(entries) > MAX_ENTRIES:
        raise NoDocument(f"the .docx holds {len(entries):,} files; at most {MAX_ENTRIES:,} are read")
    size = sum(entry.file_size for entry in entries)
    if size > max_bytes:
        raise NoDocument(f"the .docx unpacks to {size >> 20:,} MB; at most {max_bytes >> 20:,} MB are read")


def _related(part: Any, kind: str) -> Any:
    """Root element of a part that belongs to the document, or None."""
    try:
        return part.part_related_by(kind).element
    except (KeyError, AttributeError):
        return None


def _notes(counts: Counter[str], part: Any) -> list[Note]:
    notes = []
    if n := counts["numbering"]:
        notes.append(Note("docx-numbering", f"{n} numbers of lists, which the file does not hold, were written out"))
    if n := counts["del"] + counts["moveFrom"] + counts["ins"]:
        notes.append(Note("docx-changes", f"{n} tracked changes were taken as accepted"))
    if n := counts["txbxContent"]:
        notes.append(Note("docx-textbox", f"{n} text boxes stand as lines after the paragraph that holds them"))
    if n := counts["drawing"]:
        notes.append(Note("docx-picture", f"{n} pictures or drawings may hold text that is not read"))
    apart = sum(1 for rel in part.rels.values() if rel.reltype in (REL.FOOTNOTES, REL.ENDNOTES, REL.COMMENTS))
    if apart and counts["footnoteReference"] + counts["endnoteReference"] + counts["commentReference"]:
        notes.append(Note("docx-notes", "footnotes, endnotes or comments are left out"))
    return notes


def _blocks(holder: Any, numbering: Numbering, counts: Counter[str]) -> Iterator[str]:
    """Lines of a body, a cell or a text box."""
    for node in holder:
        if node.tag == f"{W}p":
            yield from _paragraph(node, numbering, counts)
        elif node.tag == f"{W}tbl":
            for row in node.iterfind(f".//{W}tr"):
                if next(row.iterancestors(f"{W}tbl"), None) is node:
                    cells = [c for c in row.iterfind(f".//{W}tc") if next(c.iterancestors(f"{W}tr"), None) is row]
                    words = [filter(None, map(str.strip, _blocks(cell, numbering, counts))) for cell in cells]
                    yield "\t".join(map(" ".join, words)).replace("\n", " ")
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            yield from _blocks(node, numbering, counts)


def _paragraph(node: Any, numbering: Numbering, counts: Counter[str]) -> Iterator[str]:
    boxes: list[Any] = []
    label = numbering.label(node)
    text = "".join(_words(node, boxes, counts))
    if label and text.strip():
        counts["numbering"] += 1
        text = label + text.lstrip(" \t")
    yield from text.split("\n")
    for box in boxes:
        counts["txbxContent"] += 1
        yield from _blocks(box, numbering, counts)


def _words(node: Any, boxes: list[Any], counts: Counter[str]) -> Iterator[str]:
    """Text of a paragraph in order. Does not go into deletions, field codes, and fallbacks that say a thing again."""
    waiting = list(reversed(node))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if child.tag in (f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}drawing", f"{W}pict", f"{W}footnoteReference",
                         f"{W}endnoteReference", f"{W}commentReference"):  # fmt: skip
            counts["drawing" if name == "pict" else name] += 1
        if child.tag in _LEFT_OUT or child.tag == _FALLBACK:
            continue
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            if name != "br" or child.get(f"{W}type") in (None, "textWrapping"):
                yield _SIGNS[child.tag]
        else:
            waiting.extend(reversed(child))
