"""The text of a document as HTML: every character of the source, in order, under its marks.

It depends on the document alone, not on the reader's language, so it is made once a snapshot; only the
paragraphs with the shown words are made anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from .facts import Facts, Span
from .labels import url
from .marks import Mark, Segment
from .passages import Block, Leaf, Reading

_TAGS = {"title": "h1", "part": "h2"}
_HEADS = {"ProvisionNumber", "ProvisionHeading", "PartNumber", "PartHeading"}


def article(facts: Facts, found: Reading, shown: str, span: Span | None) -> Markup:
    """The paragraphs of a document; shown: the node whose words (span) stand out."""
    known = facts.recall(("article", found.document))
    plain = known if isinstance(known, tuple) else None
    if plain is None:
        plain = facts.remember(("article", found.document), tuple(_block(found, block, ()) for block in found.blocks))
    made = list(plain)
    if span:
        mark = Mark(span.start, span.end, shown, "shown")
        for index, block in enumerate(found.blocks):
            if block.leaves[0].start < span.end and block.leaves[-1].end > span.start:
                made[index] = _block(found, block, (mark,))
    return _gap(found.lead) + Markup("").join(made)


def _block(found: Reading, block: Block, extra: Sequence[Mark]) -> Markup:
    tag = _TAGS.get(block.kind, "p")
    inner = Markup("").join(_leaf(found, block, leaf, extra) for leaf in block.leaves)
    return Markup('<{0} class="b-{1}">{2}</{0}>').format(Markup(tag), block.kind, inner)


def _leaf(found: Reading, block: Block, leaf: Leaf, extra: Sequence[Mark]) -> Markup:
    pieces = found.cut(leaf, extra)
    marked = [piece for piece in pieces if piece.inner]
    anchor = Markup("") if pieces[0].inner else Markup(' id="at-{}"').format(leaf.start)
    inner = Markup("").join(_segment(found, piece) for piece in pieces)
    if leaf.kind in _HEADS and not marked:
        body = Markup('<a class="head {}"{} href="{}">{}</a>').format(leaf.kind, anchor, url(block.owner), inner)
    else:
        body = Markup('<span class="{}"{}>{}</span>').format(leaf.kind, anchor, inner)
    return body + _gap(leaf.space)


def _segment(found: Reading, piece: Segment) -> Markup:
    words = escape(found.text[piece.start : piece.end])
    if piece.inner is None:
        return words
    said = [mark for mark in piece.marks if mark.kind != "shown"]
    shown = [mark for mark in piece.marks if mark.kind == "shown"]
    inner = said[-1] if said else shown[-1]
    kinds = " ".join(dict.fromkeys(f"k-{mark.kind}" for mark in piece.marks))
    return Markup('<a id="at-{0}" class="m {1} in-{2}" href="?show={3}#at-{0}"{4}>{5}</a>').format(
        piece.start,
        kinds,
        inner.kind if said else "none",
        inner.node[len(found.document) + 1 :],
        Markup(' aria-current="true"') if shown else "",
        words,
    )


def _gap(space: str) -> Markup:
    return Markup('<span class="gap">{}</span>').format(space) if space else Markup("")
