"""Who issued a document, in the order of the words that name them, and how many more there are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .facts import Facts

_MORE = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?个?(?:部门|单位)")


@dataclass(frozen=True, slots=True)
class Issuers:
    """nodes: those that are named; more: 等15部门, as another document prints it, "" where nothing says so; citation:
    the claim whose words these are."""

    nodes: tuple[str, ...]
    more: str = ""
    citation: str = ""


def issuers(facts: Facts, document: str) -> Issuers:
    """国家发展改革委、工业和信息化部等15部门: of a document that is held as an outline, the first are named alone. Its
    issuers stand in the order in which a citation names them; one that none names, behind."""
    nodes = tuple(facts.nodes(document, "eli:passed_by"))
    if not nodes or not facts.nodes(document, "pg:basis"):  # what is read in full names its own
        return Issuers(nodes)
    for citation in facts.into(document, "pg:citedDocument"):
        words = facts.text(citation, "pg:citedIssuer")
        places = {node: _place(facts, node, words) for node in nodes}
        if not words or not any(place < len(words) for place in places.values()):
            continue
        found = _MORE.search(words)
        ordered = tuple(sorted(nodes, key=lambda node: places[node]))
        return Issuers(ordered, found[0], citation) if found else Issuers(ordered)
    return Issuers(nodes)


def _place(facts: Facts, node: str, words: str) -> int:
    """Where a body is named; behind all words where it is not."""
    names = [*facts.values(node, "skos:prefLabel"), *facts.values(node, "skos:altLabel")]
    return min((at for name in names if (at := words.find(name.value)) >= 0), default=len(words))
