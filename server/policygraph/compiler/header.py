"""The header block and the lines before and after the body: facts about the document and their leaves."""

from __future__ import annotations

import re

from .clauses import trim
from .model import Leaf, Quote, Span
from .words import layout as lx

Facts = dict[str, list[Quote]]


def read_header(text: str, span: Span, facts: Facts, leaves: list[Leaf]) -> None:
    """A header line: one or more labels, each followed by its value up to the next label."""
    labels = list(lx.HEADER.finditer(text, span.start, span.end))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else span.end
        value = trim(text, Span(label.end(), end))
        name = lx.HEADER_LABELS[re.sub(r"\s+", "", label[1] or label[2])]
        leaves.append(Leaf("HeaderLabel", trim(text, Span(label.start(), label.end()))))
        if value.start < value.end:
            leaves.append(Leaf("HeaderValue", value, states=name))
            facts.setdefault(name, []).append(Quote(text[value.start : value.end], value))


def waiting(words: str) -> str:
    """The fact whose label ends a header line without a value: it stands on the next line; "" where none waits."""
    last = next(iter([*lx.HEADER.finditer(words)][-1:]), None)
    return (
        lx.HEADER_LABELS[re.sub(r"\s+", "", last[1] or last[2])] if last and last.end() >= len(words.rstrip()) else ""
    )


def read_addressees(text: str, span: Span, facts: Facts, leaves: list[Leaf]) -> None:
    """各市、自治州人民政府，省政府各委、办、厅、局: — the comma parts, 、 belongs to a name (GB/T 9704, 7.3.3)."""
    leaves.append(Leaf("AddresseeLeaf", span, states="addressee"))
    at = span.start
    for piece in re.split(r"[，,；;]", text[span.start : span.end - 1]):
        facts.setdefault("addressee", []).append(Quote(piece.strip(), Span(at, at + len(piece))))
        at += len(piece) + 1


def read_line(text: str, kind: str, span: Span, facts: Facts, leaves: list[Leaf]) -> None:
    """Number, signature, date, distribution and closing lines."""
    states = {"number": "documentNumber", "signature": "passed_by", "date": "date_document",
              "distribution": "distribution", "closing": "first_date_entry_in_force"}[kind]  # fmt: skip
    leaf = {"number": "NumberLeaf", "signature": "SignatureLeaf", "date": "DateLeaf",
            "distribution": "DistributionLeaf", "closing": "ClosingLeaf"}[kind]  # fmt: skip
    leaves.append(Leaf(leaf, span, states=states))
    value = text[span.start : span.end]
    if kind == "distribution" and (found := lx.DISTRIBUTION.fullmatch(value)):
        value = found["inner"] or value
    if kind == "closing" and (day := lx.EFFECT.search(value)) and day["day"]:
        value = day["day"]
    if kind == "number":
        value = re.sub(r"[\s\u200b\u200d]", "", value)
        if bracketed := lx.NUMBER_IN_BRACKETS.fullmatch(value):
            value = bracketed["number"]
    values = value.split() if kind == "signature" else [value]
    at = span.start
    for one in values:
        start = text.index(one, at) if kind == "signature" else span.start
        end = start + len(one) if kind == "signature" else span.end
        if all(q.value != one for q in facts.get(states, [])):
            facts.setdefault(states, []).append(Quote(one, Span(start, end)))
        at = end
