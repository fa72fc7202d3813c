"""HTML pages: the page's own lines, between the places where trafilatura finds the text.

trafilatura knows where the article of a page is; its own text, however, leaves out what repeats (a signature that
is also the title's first line) and joins cells. So it only says where, and the lines of that stretch are printed as
a browser shows them: nothing inside it is lost.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from .blocks import Line, page_lines
from .extracted import Extracted, NoDocument, Note, finish
from .wraps import labelled

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.I)
_GB = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "gb2312-80"}
_SPACE = re.compile(r"[\s|]+")
_END = re.compile(
    r"[^，。；：:|]{2,30}(?:政府|办公[厅室]|委员会|[部局厅委办院会署行])|[\d〇零○一二三四五六七八九十]{4}年[^，。]{2,5}月[^，。]{1,3}日"
    r"|[(（][^()（）]{2,30}[)）]|附件[:：\d].{0,60}"
)
MAX_DEPTH = 500
"""Elements inside each other; pages of offices have some 30."""


def decoded(data: bytes) -> tuple[str, str, str]:
    """(text, encoding declared or "", encoding used). UTF-8 is tried first, as no other text passes for it;
    GB 2312 and GBK are read as GB 18030, which holds them. Raises NoDocument."""
    found = _CHARSET.search(data[:4096])
    declared = found[1].decode().lower() if found else ""
    for name in dict.fromkeys(("utf-8", "gb18030" if declared in _GB else declared or "utf-8", "gb18030")):
        try:
            return data.decode(name).removeprefix("\ufeff"), declared, name
        except (UnicodeDecodeError, LookupError):
            continue
    raise NoDocument(f"an HTML page in no encoding that is known: declared {declared or 'none'}, no UTF-8, no GB 18030")


def read(data: bytes, **_: int) -> Extracted:
    """Raises NoDocument."""
    text, declared, used = decoded(data)
    notes: list[Note] = []
    if declared and (declared if declared not in _GB else "gb18030") not in (used, used.replace("-", "")):
        notes.append(Note("html-encoding", f"the page declares {declared} and is {used}"))
    text = "".join(" " if ord(c) < 0x20 and c not in "\t\n\r" else c for c in text)
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode(), parser=parser)
    except etree.LxmlError as error:
        raise NoDocument(f"no HTML page: {str(error)[:200]}") from None
    if tree is None:
        raise NoDocument("an HTML page without content")
    lines, numbered = page_lines(tree, MAX_DEPTH)
    if not lines:
        raise NoDocument("an HTML page without text (is it filled in by a script?)")
    first, last = _stretch(lines, _article(text))
    before = [i for i in range(first) if lines[i].heading == "h1" or labelled(lines[i].text)]
    kept = [lines[i] for i in before] + lines[first : last + 1]
    left = [line for i, line in enumerate(lines) if not first <= i <= last and i not in set(before)]
    if left:
        count = sum(len(line.text) for line in left)
        notes.append(Note("html-left-out", f"{len(left)} lines ({count} characters) of the page around the document "
                          f"are left out, the first: {left[0].text[:20]}"))  # fmt: skip
    if numbered:
        notes.append(Note("html-numbering", f"{numbered} numbers of lists were written out"))
    return finish("\n".join(line.text for line in kept) + "\n", notes, "html")


def _article(text: str) -> set[str]:
    """Lines of the page's article as trafilatura finds it, without space."""
    import trafilatura

    found = trafilatura.extract(text, include_tables=True, include_comments=False, favor_recall=True, deduplicate=False)
    return {bare for line in (found or "").split("\n") if (bare := _SPACE.sub("", line))}


def _stretch(lines: list[Line], article: set[str]) -> tuple[int, int]:
    """First and last line of the document: those that the article holds, and the signature, date and remarks that
    follow at once (trafilatura leaves out what it has seen above: the issuer's name)."""
    there = [i for i, line in enumerate(lines) if _SPACE.sub("", line.text) in article]
    if not there:
        return 0, len(lines) - 1
    last = there[-1]
    while last + 1 < len(lines) and _END.fullmatch(_SPACE.sub("", lines[last + 1].text)):
        last += 1
    return there[0], last
