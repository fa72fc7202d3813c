"""Finds the building lines of a document: what each piece of text is, before anything inside it is read.

Header block → title → document number → addressees → preamble → body → attachments → signature → date → notes →
annexes (GB/T 9704-2012, section 7). Web pages put their own lines around it, notices enclose the document that they
issue, and copies glue what stood on lines of its own. What fits nowhere is kept and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .model import Span
from .pieces import pieces
from .tables import columns
from .words import layout as lx
from .words.numbering import ANNEX, MARK

OPENS_INSIDE = re.compile(r"(?<=[。：])\s*(?:一、|第一章|第一条\s|（一）|\(一\))")
"""Copies without line ends open the body inside a piece."""
FRONT = 60
"""Pieces within which a title is sought."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece that is not blank. kind: header, code, title, number, addressees, preamble, body, annex, attachments,
    closing, signature, seal, date, distribution, imprint, contents, noise, afterword, unread."""

    kind: str
    span: Span


def lines(text: str, is_body: Callable[[str], bool]) -> list[Line]:
    """Classify every piece of text that is not blank. is_body: whether words name a body that can sign."""
    made = [Line(_alone(text[s.start : s.end], is_body), s) for s in pieces(text)]
    titles = _titles(text, made)
    made = [replace(line, kind="title") if i in titles else line for i, line in enumerate(made)]
    front = max(titles, default=-1) + 1
    made = [_front(text, line) if i < front else line for i, line in enumerate(made)]
    return _body(text, made, front, is_body)


def _alone(words: str, is_body: Callable[[str], bool]) -> str:
    """The kind that the words alone show; "" where it depends on the place."""
    if lx.HEADER.match(words):
        return "header"
    if lx.CODE_LINE.fullmatch(words):
        return "code"
    if lx.NOISE.fullmatch(words):
        return "noise"
    plain = re.sub(r"[\s\u200b\u200d]", "", words)
    if lx.NUMBER.fullmatch(plain) or lx.NUMBER_IN_BRACKETS.fullmatch(plain):
        return "number"
    if lx.DISTRIBUTION.fullmatch(words):
        return "distribution"
    if lx.SEAL.fullmatch(words):
        return "seal"
    if lx.DATE_LINE.fullmatch(words):
        return "date"
    if lx.WEB_DATE.fullmatch(words):
        return "noise"
    if lx.IMPRINT.fullmatch(words):
        return "imprint"
    if (words[-1].isdecimal() or words[-1] == "录") and lx.CONTENTS.fullmatch(words):
        return "contents"
    if _is_addressees(words):
        return "addressees"
    if _names_bodies(words, is_body):
        return "bodies"
    return ""


def _is_addressees(words: str) -> bool:
    return (lx.ADDRESSEES.fullmatch(words) is not None and lx.ADDRESSEE_END.search(words) is not None
            and not MARK.match(words) and not lx.ATTACHMENTS.match(words))  # fmt: skip


_BODY = re.compile(
    r"[一-鿿“”、（）()]{2,40}?(?:政府|办公厅|办公室|网信办|委员会|委|部|局|厅|署|院|会|总社|公司|中心|集团|行|党组|领导小组|指挥部)"
)


def _names_bodies(words: str, is_body: Callable[[str], bool]) -> bool:
    """The whole line is one body or several parted by blanks: a signature, or the issuer over the title."""
    if is_body(words):
        return True
    names = words.split()
    return len(words) <= 80 and all(_BODY.fullmatch(name) for name in names) and not MARK.match(words)


def _titles(text: str, made: list[Line]) -> set[int]:
    """Indexes of the pieces that print the document's title, repeats included; a title may run over three lines."""
    best: tuple[int, int] | None = None
    for i, line in enumerate(made[:FRONT]):
        if line.kind not in ("", "bodies") or best:
            continue
        following = text[made[i + 1].span.start : made[i + 1].span.end] if i + 1 < len(made) else ""
        if line.kind == "bodies" and not following.startswith(("关于", "印发", "转发", "批转")):
            continue  # the issuer's name over the title
        for n in (3, 2, 1):
            run = made[i : i + n]
            joined = "".join(text[x.span.start : x.span.end] for x in run)
            if len(run) < n or any(x.kind not in ("", "bodies") for x in run) or "。" in joined:
                continue
            first = 2 if line.kind == "bodies" else 1
            if any(_is_title(text[x.span.start : x.span.end], "") for x in run[first:]):
                continue  # the title once more, or that of the document enclosed
            if _is_title(joined, followed_by=made[i + n].kind if i + n < len(made) else ""):
                best = (i, n)
                break
        if not best and line.kind == "" and _opens_body(text, line):
            break
    if not best:
        return _short_title(text, made)
    start, count = best
    found = set(range(start, start + count))
    joined = re.sub(r"\s", "", "".join(text[made[i].span.start : made[i].span.end] for i in sorted(found)))
    for i, line in enumerate(made[:FRONT]):
        if line.kind == "" and i not in found and not _opens_body(text, line):
            words = re.sub(r"\s", "", text[line.span.start : line.span.end])
            if len(words) >= 6 and words in joined:
                found.add(i)
    return {i for i in found if all(_near(made[j]) for j in range(min(found), i) if j not in found)}


def _near(line: Line) -> bool:
    return line.kind in ("noise", "number", "header", "code", "date", "bodies", "distribution", "")


def _is_title(words: str, followed_by: str) -> bool:
    words = re.sub(r"\s", "", words)
    if MARK.match(words) or lx.ATTACHMENTS.match(words) or not 6 <= len(words) <= 160:
        return False
    if lx.TITLE.fullmatch(words) is None:
        return False
    return lx.TITLE_START.match(words) is not None or followed_by in ("number", "addressees")


def _short_title(text: str, made: list[Line]) -> set[int]:
    """No line has a title's form: the lines between the header block and the number or the addressees, if any."""
    found: set[int] = set()
    for i, line in enumerate(made[:FRONT]):
        words = text[line.span.start : line.span.end]
        if line.kind in ("number", "addressees") and found:
            break
        if line.kind in ("", "bodies"):
            if words.endswith(("。", "；", "，")) or len(words) > 80 or MARK.match(words) or ANNEX.fullmatch(words):
                return found
            found.add(i)
    return found


def _opens_body(text: str, line: Line) -> bool:
    words = text[line.span.start : line.span.end]
    found = MARK.match(words)
    if found is None:
        return False
    return found.lastgroup in ("dun", "chapter", "article", "paren") or (
        found.lastgroup == "arabic" and found["arabic"] == "1"
    )


def _front(text: str, line: Line) -> Line:
    """Before and between the titles: the issuer's name counts as a signature; the rest is the page's own."""
    if line.kind == "bodies":
        return replace(line, kind="signature")
    if line.kind == "date":
        return replace(line, kind="noise")  # of what, the page does not say: 2021年12月06日 / 2029年12月06日
    return replace(line, kind="unread") if line.kind in ("", "addressees") else line


def _body(text: str, made: list[Line], front: int, is_body: Callable[[str], bool]) -> list[Line]:
    out = made[:front]
    opened = False
    number = next((_bare(text, x) for x in made if x.kind == "number"), "")
    listing = False
    for i, line in enumerate(made[front:], front):
        words = text[line.span.start : line.span.end]
        kind = line.kind
        if kind == "number" and number and _bare(text, line) != number and opened:
            return _another(text, out, made[i:])
        if opened and lx.AFTERWORD.match(words):
            return [*out, *(replace(x, kind="afterword") for x in made[i:])]
        if kind == "bodies":
            kind = "signature" if _signs(made, i) else "addressees" if words.endswith(("：", ":")) else ""
        if kind == "addressees" and (opened or any(x.kind == "addressees" for x in out)):
            kind = ""
        if kind == "header" and (opened or any(x.kind in ("addressees", "preamble") for x in out)):
            kind = ""  # 信息来源：… inside a body is text
        if not kind:
            opened = opened or _opens_body(text, line) or OPENS_INSIDE.search(words) is not None
            kind = _by_place(words, opened, made, i, out, listing)
        listing = kind == "attachments"
        out.append(Line(kind, line.span))
    return out


def _bare(text: str, line: Line) -> str:
    return re.sub(r"[\s\u200b\u200d]", "", text[line.span.start : line.span.end])


def _signs(made: list[Line], index: int) -> bool:
    """Bodies sign where a date follows, with nothing but other signatures and seals between."""
    for line in made[index + 1 : index + 30]:
        if line.kind == "date":
            return True
        if line.kind not in ("bodies", "seal"):
            return False
    return False


def _by_place(words: str, opened: bool, made: list[Line], index: int, out: list[Line], listing: bool) -> str:
    """What a line is that only its neighbours can tell."""
    annex = ANNEX.fullmatch(words)
    if annex and _is_annex(annex, made, index):
        return "annex"
    if lx.ATTACHMENTS.match(words):
        return "attachments"
    if listing and re.match(r"\d{1,2}\s*[.．、]|附件", words) and len(words) < 80:
        return "attachments"
    if lx.EFFECT.search(words) and len(words) < 80 and not MARK.match(words):
        return "closing"
    before = out[-1].kind if out else ""
    heading = (
        len(words) <= 60
        and not columns(words, Span(0, len(words)))
        and not words.endswith(("。", "；", "：", ":", "，"))
        and not MARK.match(words)
    )
    if heading and before in ("date", "distribution", "seal", "signature", "annex", "enclosed", "imprint"):
        return "enclosed"
    return "body" if opened else "preamble"


def _is_annex(found: re.Match[str], made: list[Line], index: int) -> bool:
    """附件1 alone opens an annex where text follows; 附件：… with a colon lists the annexes unless text follows it."""
    after = [x.kind for x in made[index + 1 : index + 3]]
    if not after or after[0] in ("signature", "bodies", "date"):
        return False
    return not found["colon"] and not found["title"]


def _another(text: str, out: list[Line], rest: list[Line]) -> list[Line]:
    """A second number begins another document glued on: its title lines stand just before."""
    while out and out[-1].kind in ("body", "enclosed") and lx.TITLE_START.match(_words(text, out[-1])):
        rest = [out.pop(), *rest]
    return [*out, *(replace(x, kind="afterword") for x in rest)]


def _words(text: str, line: Line) -> str:
    return text[line.span.start : line.span.end]
