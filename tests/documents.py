"""Files of the formats that are read, made for the tests from paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPHS = (
    "某省人民政府办公厅关于推动服务业发展的意见",
    "某政办〔2021〕7号",
    "各市、自治州人民政府，省政府各委、办、厅、局：",
    "为推动服务业高质量发展，结合省情实际，经省政府同意，提出如下意见。",
    "一、总体要求",
    "（一）指导思想。以新发展理念为引领，大力培育服务业新产业、新业态、新模式，加快发展现代服务业，支持传统服务行业"
    "改造升级，着力提高服务效率和服务品质，持续推进服务领域改革开放，努力构建优质高效、布局优化、竞争力强的服务产业新体系。",
    "（二）发展目标。到2025年，服务业增加值占地区生产总值的比重达到53%左右，服务业从业人员占全部从业人员的比重达到"
    "50%以上，规模以上服务业企业达到1,200家。（责任单位：省发展改革委、省统计局）",
    "二、重点任务",
    "（一）发展现代物流。建设物流枢纽，完善县乡村三级配送体系。（责任单位：省商务厅、省交通运输厅）",
    "（此件公开发布）",
)


def cut(text: str, width: int) -> int:
    """How many characters of the text fill a line of `width` Chinese ones (others are half as wide)."""
    columns = 0
    for at, char in enumerate(text):
        columns += 1 if char.isascii() else 2
        if columns > 2 * width:
            return at
    return len(text)


def pdf(paragraphs: Sequence[str] = PARAGRAPHS, width: int = 28, lines: int = 12, twice: Sequence[int] = ()) -> bytes:
    """Pages of `lines` lines as an office prints them: indented paragraphs broken after `width` characters, a running
    head, page numbers. twice: paragraphs in bold that is faked by printing each glyph again half a point beside."""
    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), pageCompression=1)
    rows = []
    for index, paragraph in enumerate(paragraphs):
        rest = "　　" + paragraph
        while rest:
            end = cut(rest, width)
            rows.append((rest[:end], index in twice))
            rest = rest[end:]
    for start in range(0, len(rows), lines):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(90, 810, "某省人民政府公报")
        canvas.drawString(290, 30, f"— {start // lines + 1} —")
        canvas.setFont("STSong-Light", 15)
        for number, (row, bold) in enumerate(rows[start : start + lines]):
            x = 85 + 15 * (len(row) - len(row.lstrip("　")))
            canvas.drawString(x, 730 - number * 26, row.lstrip("　"))
            if bold:
                canvas.drawString(x + 0.4, 730 - number * 26, row.lstrip("　"))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(levels: Sequence[tuple[str, str]] = (), paragraphs: Sequence[tuple[str, int | None]] = ()) -> Any:
    """A Word document with one automatic list: levels (format, pattern); paragraphs (text, level or None)."""
    document = docx.Document()
    if levels:
        numbering = document.part.numbering_part.element
        shown = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for i, (form, pattern) in enumerate(levels)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{shown}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in paragraphs:
        made = document.add_paragraph(text)
        if level is not None:
            number(made, level)
    return document


def number(paragraph: Any, level: int, name: int = 77) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'))


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """A .docx with some of its files replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return out.getvalue()


def body(inner: str) -> bytes:
    return f"<w:document {NS}><w:body>{inner}</w:body></w:document>".encode()
