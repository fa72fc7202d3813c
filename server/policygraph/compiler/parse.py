"""Second stage: the stored text becomes a `Document`; knows no RDF."""

from __future__ import annotations

import re
from dataclasses import replace

from . import citations, header, responsibility, unit
from .citations import issuers
from .clauses import trim
from .layout import Line, lines
from .mentions import Finder
from .model import Document, Finding, Leaf, Quote, Span
from .numerals import to_date
from .outline import Unit, outline
from .read import Source
from .registry import Registry
from .restore import restored
from .targets import Reader, Setting
from .unit import Context, Readers
from .words import layout as lx
from .words import responsibility as rx

BODY = ("preamble", "body", "annex", "enclosed")


def readers_for(registry: Registry) -> Readers:
    """Build the rules' name tables; do it once for many documents."""
    units = tuple(f for e in registry.entries["units"] for f in (e.text("name"), *e.texts("also")))
    periods = {e.text("name"): int(e.text("end")) for e in registry.entries["terms"] if e.text("end")}
    return Readers(registry, Finder(registry), Reader(units, periods), issuers(registry.issuers))


def parse(source: Source, readers: Readers) -> Document:
    """Any text: what no rule reads is kept as text and told in a finding."""
    if source.view:
        return restored(_parse(source.view.text, source, readers), source.text, source.view)
    return _parse(source.text, source, readers)


def _parse(text: str, source: Source, readers: Readers) -> Document:
    layout = lines(text, readers.knows)
    facts: header.Facts = {}
    context = Context(text, readers)
    for above, line in zip([None, *layout], layout, strict=False):
        _front_and_back(line, context, facts, above)
    _title(text, layout, context, facts)
    _dates(context, facts)
    context.readers = replace(readers, jurisdiction=readers.registry.jurisdiction(_issuer(facts)))
    context.written = _year(facts)
    preamble, units = outline(text, [line for line in layout if line.kind in BODY], context.findings)
    articles = any(re.match(r"第.+条", context.words(u.printed)) for u in _all(units))
    title = facts["title"][0].value if facts.get("title") else ""
    context.strict = articles and not lx.PLANS.search(title)
    context.standing = responsibility.Standing(_first_leads(text, preamble))
    before = unit.read_lines(context, preamble, "", Setting(context.written, "", context.strict), False)
    for span in preamble:
        _approval(span, context, facts)
    for line in layout:
        if line.kind == "enclosed" and not any(u.heading.start <= line.span.start < u.heading.end for u in units):
            context.leaves.append(Leaf("TitleLeaf", line.span))
    ends = [x.span for x in layout if x.kind == "closing" and lx.REPEALS.search(text, x.span.start, x.span.end)]
    closing = [c for span in ends for c in citations.read(text, span, readers.bodies)]
    parts = tuple(unit.read(context, u, []) for u in units)
    if not parts:
        context.findings.append(
            Finding("structure", "no numbered unit (一、 （一） 1. 第一条) was found", layout[-1].span)
        )
    if not facts.get("title"):
        context.findings.append(Finding("title", "no title was found before the body", layout[0].span))
    if not facts.get("documentNumber"):
        context.findings.append(Finding("document-number", "no document number (发文字号) was found", layout[0].span))
    context.leaves.sort(key=lambda leaf: leaf.span)
    return Document(text, source.digest, facts, parts, (*before.citations, *closing), tuple(context.leaves),
                    tuple(sorted(context.findings, key=lambda f: f.span)), tuple(before.targets))  # fmt: skip


def _all(units: list[Unit]) -> list[Unit]:
    return [x for u in units for x in (u, *_all(u.units))]


def _issuer(facts: header.Facts) -> str:
    return facts["passed_by"][0].value if facts.get("passed_by") else ""


def _year(facts: header.Facts) -> int | None:
    for name in ("date_document", "issued"):
        for quote in facts.get(name, []):
            try:
                return to_date(quote.value).year
            except ValueError:
                continue
    return None


def _first_leads(text: str, preamble: list[Span]) -> bool:
    """Whether running text before the first unit says once for all that the first listed leads."""
    return any(rx.FIRST_LEADS.search(text, span.start, span.end) for span in preamble)


def _front_and_back(line: Line, context: Context, facts: header.Facts, before: Line | None) -> None:
    text, leaves = context.text, context.leaves
    waiting = header.waiting(context.words(before.span)) if before and before.kind == "header" else ""
    if line.kind == "code" or (waiting and line.kind in ("unread", "noise", "number", "date")):
        name = waiting or "indexNumber"
        leaves.append(Leaf("HeaderValue", line.span, states=name))
        facts.setdefault(name, []).append(Quote(context.words(line.span), line.span))
    elif line.kind == "header":
        header.read_header(text, line.span, facts, leaves)
    elif line.kind == "addressees":
        header.read_addressees(text, line.span, facts, leaves)
    elif line.kind in ("number", "signature", "date", "distribution", "closing"):
        header.read_line(text, line.kind, line.span, facts, leaves)
    elif line.kind in ("seal", "imprint", "attachments", "contents", "code", "noise"):
        leaves.append(Leaf("NoteLeaf", line.span))
    elif line.kind in ("unread", "afterword"):
        leaves.append(Leaf("UnreadLeaf", line.span))
        told = (
            "no rule reads this line; it is kept as text" if line.kind == "unread" else "text after the document's end"
        )
        context.findings.append(Finding("unread", told, line.span))


def _approval(line: Span, context: Context, facts: header.Facts) -> None:
    found = lx.APPROVAL.search(context.text, line.start, line.end)
    if found and context.readers.knows(found["body"]):
        facts.setdefault("approvedBy", []).append(Quote(found["body"], Span(found.start(), found.end())))


def _dates(context: Context, facts: header.Facts) -> None:
    """A date that is none (见文末, 2022年13月45日) is no fact; it is told."""
    for name in ("date_document", "issued"):
        for quote in list(facts.get(name, [])):
            try:
                to_date(quote.value)
            except ValueError:
                facts[name].remove(quote)
                context.findings.append(Finding("date", f"not a date: {quote.value}", quote.span))


def _title(text: str, layout: list[Line], context: Context, facts: header.Facts) -> None:
    """Lines before the number: the issuer's name may stand first, the rest joined is the title; repeats are dropped.

    An order (令) has its title over the text that it promulgates; whoever does not sign stands in the title.
    """
    spans = [line.span for line in layout if line.kind == "title"]
    words: list[Quote] = []
    seen = ""
    for span in spans:
        line = text[span.start : span.end]
        joint = [] if words or not context.readers.knows(line) else [Quote(line, span)]
        joint = joint or ([] if words else _joint(text, span))
        context.leaves.append(Leaf("TitleLeaf", span, states="passed_by" if joint else "title"))
        if joint:
            stood = facts.setdefault("passed_by", [])
            have = {quote.value for quote in stood} if len(joint) > 1 else set()
            stood[:0] = [quote for quote in joint if quote.value not in have]
        elif line not in seen:
            words.append(Quote(line, span))
            seen += line
    if words:
        joined = "".join(q.value for q in words)
        facts["title"] = [Quote(joined, trim(text, Span(words[0].span.start, words[-1].span.end)))]
    enclosed = next((line.span for line in layout if line.kind == "enclosed"), None)
    if not facts.get("title") and enclosed:
        facts["title"] = [Quote(text[enclosed.start : enclosed.end], enclosed)]
    if not facts.get("passed_by") and facts.get("publisher"):
        facts["passed_by"] = facts["publisher"][:1]
    for name in ("documentNumber", "title"):
        if not facts.get("passed_by") and facts.get(name):
            facts["passed_by"] = _named_in(text, facts[name][0].span)


def _joint(text: str, line: Span) -> list[Quote]:
    """The bodies of a line that names several, parted by blanks: they stand over the title, and are none of it."""
    spans = [
        Span(line.start + m.start(), line.start + m.end()) for m in re.finditer(r"\S+", text[line.start : line.end])
    ]
    whole = len(spans) > 1 and all(s.end - s.start <= 20 and rx.ORG.fullmatch(text, s.start, s.end) for s in spans)
    return [Quote(text[s.start : s.end], s) for s in spans] if whole else []


def _named_in(text: str, span: Span) -> list[Quote]:
    """The issuers that a title (青海省人民政府关于……) or the number of an order (青海省人民政府令) names."""
    found = lx.ISSUED_BY.match(text, span.start, span.end) or lx.ORDER_BY.match(text, span.start, span.end)
    if not found:
        return []
    names = re.finditer(r"\S+", found["who"])
    spans = [Span(span.start + m.start(), span.start + m.end()) for m in names]
    return [Quote(text[s.start : s.end], s) for s in spans if rx.ORG.fullmatch(text, s.start, s.end)]
