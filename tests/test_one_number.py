"""Changing one number in a copy of the source changes exactly the triples that depend on it, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from policygraph import resources
from policygraph.compiler.read import read_path
from policygraph.compiler.registry import Registry
from policygraph.graph.build import Compiled, compile_source
from policygraph.graph.namespaces import ELI, OA, PG, PROV, RDFS

SOURCE = resources.data() / "sources" / "qinghai-2020-62.txt"
Triple = tuple[Node, Node, Node]


def changed(tmp_path: Path, registry: Registry, old: str, new: str) -> Compiled:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / SOURCE.name
    path.write_text(text.replace(old, new), encoding="utf-8")
    return compile_source(read_path(path), registry)


# Same length: no offset moves, so only what says the number itself may change.
CASES = [
    ("规模达600亿元", "规模达700亿元", "3.1", "t1", {"pg:value": ("600", "700"),
     "pg:printedValue": ("600亿元", "700亿元"), "pg:normalizedValue": ("60000000000", "70000000000")}),
    ("比重下降至13%", "比重下降至12%", "3.2", "t1", {"pg:value": ("13", "12"), "pg:printedValue": ("13%", "12%"),
     "pg:normalizedValue": ("13", "12")}),
    ("打造1—2条", "打造1—3条", "3.7", "t1", {"pg:upperValue": ("2", "3"), "pg:printedValue": ("1—2条", "1—3条")}),
    ("评价达85%以上", "评价达95%以上", "3.11", "t2", {"pg:value": ("85", "95"), "pg:printedValue": ("85%", "95%"),
     "pg:normalizedValue": ("85", "95")}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "number", "target", "values"), CASES, ids=[case[1] for case in CASES])
def test_only_the_number_and_the_words_that_hold_it_change(
    old: str,
    new: str,
    number: str,
    target: str,
    values: dict[str, tuple[str, str]],
    qinghai: Compiled,
    registry: Registry,
    tmp_path: Path,
) -> None:
    other = changed(tmp_path, registry, old, new)
    before, after = set(qinghai.graph), set(other.graph)
    gone, come = before - after, after - before
    root = f"https://w3id.org/policygraph/id/doc/{qinghai.name}"
    node = URIRef(f"{root}/{number}/{target}")
    about = {(s, p) for s, p, _ in gone}
    assert about == {(s, p) for s, p, _ in come}, "nothing appears or vanishes, values change"
    # the target: its numbers and its label
    told = {p: (_one(gone, node, p), _one(come, node, p)) for s, p in about if s == node}
    assert told.pop(RDFS.label)[1] == str(qinghai.graph.value(node, RDFS.label)).replace(_digits(old), _digits(new))
    assert {f"pg:{p.removeprefix(str(PG))}": pair for p, pair in told.items()} == values
    # the digest of the text, on every span and on the document
    digests = {s for s, p in about if p == PG.sourceDigest}
    assert digests == set(qinghai.graph.subjects(PG.sourceDigest))
    # the words: of the target, its sentence, provision, part and document, and of no other span
    quotes = {s for s, p in about if p == OA.exact}
    start = int(str(qinghai.graph.value(node, PG.valueStart)))
    holding = {
        quote
        for span in qinghai.graph.objects(None, PROV.wasQuotedFrom)
        for quote in _around(qinghai.graph, span, start, start + len(values["pg:printedValue"][0]))
    }
    leaves = {s for s in quotes if s not in holding}
    assert quotes >= holding
    assert all(_leaf(qinghai.graph, quote) for quote in leaves)
    texts = {s for s, p in about if p == PG.text}
    sentence = qinghai.graph.value(node, PG.statedIn)
    provision = qinghai.graph.value(sentence, ELI.is_part_of)
    part = qinghai.graph.value(provision, ELI.is_part_of)
    assert texts == {sentence, provision, part}
    # and that is all, but for the label of a sentence that opens with the number
    rest = {(s, p) for s, p in about if s not in (node, *quotes) and p not in (PG.sourceDigest, PG.text)}
    assert rest <= {(sentence, RDFS.label)}


def test_a_longer_number_moves_offsets_but_changes_no_other_claim(
    qinghai: Compiled, registry: Registry, tmp_path: Path
) -> None:
    """Spans move, so their IRIs do; what is claimed of anything else stays, quote by quote."""
    other = changed(tmp_path, registry, "规模达600亿元", "规模达1600亿元")

    def claims(one: Compiled) -> set[tuple[str, str, str]]:
        """Everything that is said, with the words of a span in place of its address."""
        graph = one.graph
        spans = set(graph.objects(None, PROV.wasQuotedFrom)) | set(graph.subjects(PG.sourceDigest))
        made = set()
        for s, p, o in graph:
            if s in spans or "/span/" in str(s) or p in (PG.valueStart, PG.sourceDigest):
                continue
            if p == PROV.wasQuotedFrom:
                quotes = (word for each in graph.objects(o, OA.hasSelector) for word in graph.objects(each, OA.exact))
                o = Literal(" ".join(sorted(map(str, quotes))))
            made.add((str(s), str(p), str(o)))
        return made

    gone, come = claims(qinghai) - claims(other), claims(other) - claims(qinghai)
    nodes = {s.removeprefix(f"https://w3id.org/policygraph/id/doc/{qinghai.name}") for s, _, _ in gone | come}
    assert nodes == {"/3", "/3.1", "/3.1/s7", "/3.1/t1"}
    assert {o for s, p, o in come if p == str(PG.normalizedValue)} == {"160000000000"}


def _digits(words: str) -> str:
    return "".join(char for char in words if char.isdigit() or char in "%—亿元条")


def _one(triples: set[Triple], node: Node, predicate: Node) -> str:
    (value,) = {str(o) for s, p, o in triples if (s, p) == (node, predicate)}
    return value


def _around(graph: Graph, span: Node, start: int, end: int) -> set[Node]:
    """The quote of a span, if it holds the place."""
    selectors = set(graph.objects(span, OA.hasSelector))
    for where in selectors:
        first, last = graph.value(where, OA.start), graph.value(where, OA.end)
        if first is not None and int(str(first)) <= start and end <= int(str(last)):
            return {each for each in selectors if (each, OA.exact, None) in graph}
    return set()


def _leaf(graph: Graph, quote: Node) -> bool:
    return any((span, PG.leafKind, None) in graph for span in graph.subjects(OA.hasSelector, quote))
