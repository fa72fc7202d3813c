"""The way back from a view to the stored text: every span is where the words stand, every verbatim text is theirs.

What the view left out (a heading printed twice, heads and feet of pages, readings) becomes leaves of its own, so that
the leaves still hold every character.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from .clauses import trim
from .formats.view import View
from .model import Assignment, Document, Leaf, Provision, Sentence, Span, Target


def restored(document: Document, text: str, view: View) -> Document:
    """document: parsed from `view.text`; text: the stored text."""
    made: Document = _back(document, text, view)
    for name in document.facts if "traditional" in view.repairs else ():
        if name not in ("passed_by", "publisher", "approvedBy"):  # the names of bodies are read as simplified
            pairs = zip(document.facts[name], made.facts[name], strict=True)
            made.facts[name] = [replace(b, value=_printed(a.value, a.span, text, view)) for a, b in pairs]
    return replace(made, text=text, leaves=_with_gaps(made.leaves, text))


def _back(value: Any, text: str, view: View) -> Any:
    if isinstance(value, Span):
        return view.span(value.start, value.end)
    if isinstance(value, tuple | list):
        return type(value)(_back(item, text, view) for item in value)
    if isinstance(value, dict):
        return {key: _back(item, text, view) for key, item in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    span: Span = getattr(value, "span", Span(0, 0))
    changed = {f.name: _back(getattr(value, f.name), text, view) for f in fields(value)}
    if isinstance(value, Assignment):
        whole, read = changed["span"], view.printed(span.start, span.end, text)
        as_it_stands = text[whole.start : whole.end]
        changed["printed"] = as_it_stands if "".join(as_it_stands.split()) == "".join(read.split()) else read
    if "traditional" in view.repairs:
        for name in ("heading", "title", "phrase", "label"):
            if name in changed and not isinstance(value, Document):
                changed[name] = _printed(changed[name], span, text, view)
    made = type(value)(**changed)
    if isinstance(made, Provision | Sentence):
        return replace(made, text=text[made.span.start : made.span.end])
    if isinstance(made, Target):
        return replace(made, value_start=view.origin(made.value_start))
    return made


def _printed(words: str, span: Span, text: str, view: View) -> str:
    """The same words in the characters of the stored text."""
    start = view.text.find(words, span.start)
    return view.printed(start, start + len(words), text) if words and 0 <= start <= span.end else words


def _with_gaps(leaves: tuple[Leaf, ...], text: str) -> tuple[Leaf, ...]:
    made: list[Leaf] = []
    at = 0
    for leaf in [*leaves, None]:
        gap = trim(text, Span(at, leaf.span.start if leaf else len(text)))
        if gap.start < gap.end:
            made.append(Leaf("NoteLeaf", gap))
        if leaf:
            made.append(leaf)
            at = leaf.span.end
    return tuple(made)
