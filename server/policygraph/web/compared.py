"""A FILTER that compares a variable with a literal of another datatype, written so that it finds something.

`?year = 2025` where ?year is an xsd:gYear is no error to SPARQL, and never true (SPARQL 1.1 Query Language, section
17.3: operands for which no operator is defined). What is proposed has been asked: it is told only where it has matches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..graph.namespaces import XSD

_LITERAL = (
    r"""(?:"[^"\\\n]*"|'[^'\\\n]*')(?:@[A-Za-z-]+|\^\^(?:<[^<>\s]*>|[\w.-]*:[\w.-]+))?"""
    r"""|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|true|false"""
)
_VARIABLE, _SIGN = r"[?$]\w+", r"=|!=|<=|>=|<|>"
_FILTER = re.compile(
    rf"FILTER\s*\(\s*(?:(?P<variable>{_VARIABLE})\s*(?P<sign>{_SIGN})\s*(?P<literal>{_LITERAL})"
    rf"|(?P<first>{_LITERAL})\s*(?P<turned>{_SIGN})\s*(?P<second>{_VARIABLE}))\s*\)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")


def mended(text: str, body: str, prologue: str, ask: Callable[[str], bool], written: Callable[[str], list[str]]) -> str:
    """The filter that compares as it was meant to, "" where none is known. body: what stands before it; written: how
    the literals ?nearValue of a body are written, behind their quotes."""
    read = _FILTER.fullmatch(text.strip())
    if not read:
        return ""
    variable, literal = read["variable"] or read["second"], read["literal"] or read["first"]
    forms = written(f"{body}\nBIND({variable} AS ?nearValue)")
    for left, right in _pairs(variable, literal, forms, prologue):
        sides = (left, read["sign"], right) if read["variable"] else (right, read["turned"], left)
        made = f"FILTER({' '.join(sides)})"
        if (left, right) != (variable, literal) and ask(f"{body}\n{made}"):
            return made
    return ""


def _pairs(variable: str, literal: str, forms: list[str], prologue: str) -> Iterator[tuple[str, str]]:
    """(what stands for the variable, what stands for the literal): first the literal as the graph writes its like."""
    quoted = _QUOTED.match(literal)
    words = quoted[1] if quoted else f'"{literal}"'
    for form in forms:
        yield variable, words + form
    other = not quoted or (literal == words and "" not in forms)  # a string compares with strings
    if other and re.fullmatch(r"[+-]?\d+", number := words[1:-1]):
        integer = "xsd:integer" if " xsd:" in prologue else f"<{XSD.integer}>"
        yield f"{integer}(STR({variable}))", number
        yield f"YEAR({variable})", number
