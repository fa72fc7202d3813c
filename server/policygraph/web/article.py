"""The text of a document as HTML: every character of the source, in order, under its marks.

It depends on the document alone, not on the reader's language, so it is made once a snapshot; only the
paragraphs with the shown words are made anew, and all of them where a reader has put kinds of marks away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from .facts import Facts, Span
from .labels import url
from .marks import Mark, Segment
from .passages import KINDS, Block, Leaf, Reading

_HEADINGS = {"PartHeading", "ProvisionHeading"}
_HEADS = {"ProvisionNumber", "PartNumber", *_HEADINGS}
_DEEPEST = 6  # of the heading levels that HTML has


@dataclass(frozen=True, slots=True)
class View:
    """How a text is shown: the node whose words (span) stand out, the kinds that are marked.

    asked: whether the address says which kinds, so that the links of the text must say it too.
    """

    shown: str = ""
    span: Span | None = None
    kinds: tuple[str, ...] = KINDS
    asked: bool = False

    def address(self, path: str = "") -> str:
        """?mark=…&show=… of a view with these kinds, of the node at a path below the document."""
        kinds = [("mark", kind) for kind in ("none", *self.kinds)] if self.asked else []
        return "?" + urlencode([*kinds, ("show", path)], safe="/") if path or kinds else "?"


def article(facts: Facts, found: Reading, view: View) -> Markup:
    """The paragraphs of a document."""
    if view.asked or view.kinds != KINDS:
        made = list(_blocks(found, View(kinds=view.kinds, asked=view.asked)))
    else:
        known = facts.recall(("article", found.document))
        plain = known if isinstance(known, tuple) else None
        made = list(plain or facts.remember(("article", found.document), _blocks(found, View())))
    if span := view.span:
        mark = Mark(span.start, span.end, view.shown, "shown")
        titles = _titles(found)
        for index, block in enumerate(found.blocks):
            if block.leaves[0].start < span.end and block.leaves[-1].end > span.start:
                made[index] = _block(found, block, view, (mark,), index in titles)
    return _gap(found.lead) + Markup("").join(made)


def _blocks(found: Reading, view: View) -> tuple[Markup, ...]:
    titles = _titles(found)
    return tuple(_block(found, block, view, (), index in titles) for index, block in enumerate(found.blocks))


def _titles(found: Reading) -> list[int]:
    """The first title is the page's heading; one that follows belongs to an enclosed text."""
    return [index for index, block in enumerate(found.blocks) if block.kind == "title"][:1]


def _block(found: Reading, block: Block, view: View, extra: Sequence[Mark], is_title: bool) -> Markup:
    tag = "h1" if is_title else "h2" if block.kind in ("title", "part", "annextitle") else "p"
    inner = Markup("").join(_leaf(found, block, leaf, view, extra) for leaf in block.leaves)
    level = f" l-{block.level}" if block.level else ""
    return Markup('<{0} class="b-{1}{2}">{3}</{0}>').format(Markup(tag), block.kind, level, inner)


def _leaf(found: Reading, block: Block, leaf: Leaf, view: View, extra: Sequence[Mark]) -> Markup:
    pieces = found.cut(leaf, extra, view.kinds)
    marked = any(piece.inner for piece in pieces)
    anchor = Markup("") if pieces[0].inner else Markup(' id="at-{}"').format(leaf.start)
    inner = Markup("").join(_segment(found, piece, view) for piece in pieces)
    if leaf.kind in _HEADS and not marked:
        inner = Markup('<a class="head" href="{}">{}</a>').format(url(block.owner), inner)
    told = Markup("")
    if leaf.kind in _HEADINGS and block.kind == "provision":  # it runs into its paragraph, and heads it all the same
        depth = 2 + block.owner.rpartition("/")[2].count(".")
        told = Markup(' role="heading" aria-level="{}"').format(min(depth, _DEEPEST))
    body = Markup('<span class="{}"{}{}>{}</span>').format(leaf.kind, anchor, told, inner)
    return body + _gap(leaf.space)


def _segment(found: Reading, piece: Segment, view: View) -> Markup:
    """A run of words: one link for the innermost mark, each further mark as a line below the one within."""
    words = escape(found.text[piece.start : piece.end])
    if piece.inner is None:
        return words
    said = [mark for mark in piece.marks if mark.kind != "shown"]
    shown = [mark for mark in piece.marks if mark.kind == "shown"]
    inner = said[-1] if said else shown[-1]
    path = inner.node[len(found.document) + 1 :]
    made = Markup('<a id="at-{0}" class="m k-{1} in-{1}{2}" href="{3}#at-{0}"{4}{5}>{6}</a>').format(
        piece.start,
        inner.kind if said else "none",
        " k-shown" if shown else "",
        view.address(path),
        Markup(' aria-describedby="kind-{}"').format(inner.kind) if said else "",
        Markup(' aria-current="true"') if shown else "",
        words,
    )
    for depth, mark in enumerate(reversed(said[:-1]), 1):
        made = Markup('<span class="k-{0} in-{0} o-{1}">{2}</span>').format(mark.kind, min(depth, 2), made)
    return made


def _gap(space: str) -> Markup:
    return Markup('<span class="gap">{}</span>').format(space) if space else Markup("")
