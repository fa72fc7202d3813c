"""Second stage: the stored text becomes a `Document`; knows no RDF."""

from __future__ import annotations

from dataclasses import replace

from ..errors import CompileError
from . import citations, header, provision
from . import lexicon as lx
from .clauses import sentences, stretches, trim
from .layout import Line, lines
from .mentions import Finder
from .model import Citation, Document, Finding, Leaf, Part, Provision, Quote, Span
from .numerals import to_int
from .provision import Readers
from .read import Source
from .registry import Registry
from .targets import Reader


def readers_for(registry: Registry) -> Readers:
    """Build the rules' name tables; do it once for many documents."""
    units = tuple(f for e in registry.entries["units"] for f in (e.text("name"), *e.texts("also")))
    periods = {e.text("name"): int(e.text("end")) for e in registry.entries["terms"] if e.text("end")}
    bodies = tuple(registry.aliases["actors"])
    return Readers(registry, Finder(registry), Reader(units, periods), bodies)


def parse(source: Source, readers: Readers) -> Document:
    """Raises CompileError when the text holds no provision and no title, so that no document can be made of it."""
    text = source.text
    layout = lines(text, readers.knows)
    facts: header.Facts = {}
    leaves: list[Leaf] = []
    findings: list[Finding] = []
    cited: list[Citation] = []
    for line in layout:
        _front_and_back(text, line, readers, facts, leaves, findings, cited)
    _title(text, [line.span for line in layout if line.kind == "title"], readers, facts, leaves)
    if not facts.get("title"):
        raise CompileError("no title was found before the body: expected a line with the document's title",
                           source.name, *source.place(layout[0].span.start))  # fmt: skip
    issuer = facts["passed_by"][0].value if facts.get("passed_by") else ""
    placed = replace(readers, jurisdiction=readers.registry.jurisdiction(issuer))
    parts = _body(text, [x for x in layout if x.kind in ("part", "provision", "more")], placed, leaves, findings)
    if not parts:
        findings.append(Finding("structure", "no part (一、) and no provision ((一)) was found", layout[-1].span))
    leaves.sort(key=lambda leaf: leaf.span)
    if not facts.get("documentNumber"):
        findings.append(Finding("document-number", "no document number (发文字号) was found", layout[0].span))
    return Document(text, source.digest, facts, tuple(parts), tuple(cited), tuple(leaves),
                    tuple(sorted(findings, key=lambda f: f.span)))  # fmt: skip


def _front_and_back(text: str, line: Line, readers: Readers, facts: header.Facts, leaves: list[Leaf],
                    findings: list[Finding], cited: list[Citation]) -> None:  # fmt: skip
    if line.kind == "header":
        header.read_header(text, line.span, facts, leaves)
    elif line.kind == "addressees":
        header.read_addressees(text, line.span, facts, leaves)
    elif line.kind == "preamble":
        leaves.extend(Leaf("PreambleLeaf", span) for span in sentences(text, line.span))
        cited.extend(citations.read(text, line.span, readers.bodies))
        if (found := lx.APPROVAL.search(text, line.span.start, line.span.end)) and readers.knows(found["body"]):
            facts.setdefault("approvedBy", []).append(Quote(found["body"], Span(found.start(), found.end())))
    elif line.kind in ("number", "signature", "date", "distribution", "closing"):
        header.read_line(text, line.kind, line.span, facts, leaves)
    elif line.kind == "unread":
        leaves.append(Leaf("UnreadLeaf", line.span))
        findings.append(Finding("unread", "no rule reads this line; it is kept as text", line.span))


def _title(text: str, spans: list[Span], readers: Readers, facts: header.Facts, leaves: list[Leaf]) -> None:
    """Lines before the number: the issuer's name may stand first, the rest joined is the title."""
    words: list[Quote] = []
    for span in spans:
        line = text[span.start : span.end]
        issuer = not words and readers.knows(line)
        leaves.append(Leaf("TitleLeaf", span, states="passed_by" if issuer else "title"))
        if issuer:
            facts.setdefault("passed_by", []).insert(0, Quote(line, span))
        else:
            words.append(Quote(line, span))
    if words:
        joined = "".join(q.value for q in words)
        facts["title"] = [Quote(joined, Span(words[0].span.start, words[-1].span.end))]
    if not facts.get("passed_by") and facts.get("publisher"):
        facts["passed_by"] = facts["publisher"][:1]


def _body(text: str, body: list[Line], readers: Readers, leaves: list[Leaf], findings: list[Finding]) -> list[Part]:
    starts = [i for i, line in enumerate(body) if line.kind == "part"]
    for line in body[: starts[0] if starts else len(body)]:
        leaves.append(Leaf("UnreadLeaf", line.span))
        findings.append(Finding("unread", "a numbered line before the first part (一、) is kept as text", line.span))
    return [_part(text, body[a:b], readers, leaves, findings) for a, b in stretches(starts, len(body))]


def _part(text: str, body: list[Line], readers: Readers, leaves: list[Leaf], findings: list[Finding]) -> Part:
    found = lx.PART_NUMBER.match(text, body[0].span.start, body[0].span.end)
    assert found is not None  # the layout gave this line as a part
    number = str(to_int(found["n"]))
    heading = trim(text, Span(found.end(), body[0].span.end))
    title = text[heading.start : heading.end]
    leaves.append(Leaf("PartNumber", Span(found.start("printed"), found.end("printed")), number))
    if title:
        leaves.append(Leaf("PartHeading", heading, number))
    provisions: list[Provision] = []
    starts = [i for i, line in enumerate(body) if line.kind == "provision"]
    for line in body[1 : starts[0] if starts else len(body)]:
        leaves.append(Leaf("UnreadLeaf", line.span, number))
        findings.append(Finding("unread", f"part {number}: text outside any provision is kept as text", line.span))
    for a, b in stretches(starts, len(body)):
        mark = lx.PROVISION_NUMBER.match(text, body[a].span.start, body[a].span.end)
        assert mark is not None
        spans = [line.span for line in body[a:b]]
        name = f"{number}.{to_int(mark['n'])}"
        provisions.append(provision.read(text, spans, name, title, readers, leaves, findings))
    whole = Span(body[0].span.start, body[-1].span.end)
    return Part(number, found["printed"], title, whole, text[whole.start : whole.end], tuple(provisions))
