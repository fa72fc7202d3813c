"""The coverage meter against the published spans, and on small texts that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import URIRef

from policygraph.cli import main
from policygraph.compiler.coverage import coverage
from policygraph.graph.build import Compiled
from policygraph.graph.meter import coverage_graph
from policygraph.graph.namespaces import OA, PG, PROV, RDF
from policygraph.shares import per_cent

STATEMENTS = (PG.Assignment, PG.Target, PG.Goal, PG.Mention, PG.Citation)
PROSE = (PG.SentenceLeaf, PG.PreambleLeaf, PG.UnreadLeaf)


def places(one: Compiled, span: object) -> set[int]:
    """The code points of a published span that are no white space."""
    where = next(s for s in one.graph.objects(span, OA.hasSelector) if (s, OA.start, None) in one.graph)
    start, end = int(str(one.graph.value(where, OA.start))), int(str(one.graph.value(where, OA.end)))
    return {at for at in range(start, end) if not one.document.text[at].isspace()}


def test_the_meter_counts_what_the_graph_points_at(qinghai: Compiled) -> None:
    graph, text = qinghai.graph, qinghai.document.text
    stated, structure = set(), set()
    for kind in STATEMENTS:
        for claim in graph.subjects(RDF.type, kind):
            stated |= places(qinghai, graph.value(claim, PROV.wasQuotedFrom))
    for leaf, kind in graph.subject_objects(PG.leafKind):
        structure |= set() if kind in PROSE else places(qinghai, leaf)
    whole = {at for at, char in enumerate(text) if not char.isspace()}
    found = coverage(qinghai.document)
    assert (found[""].statements, found[""].structure) == (len(stated), len(structure - stated))
    assert found[""].nothing == len(whole - stated - structure)
    for provision in qinghai.document.provisions:
        here = {at for at in whole if provision.span.start <= at < provision.span.end}
        each = found[provision.number]
        assert (each.total, each.statements) == (len(here), len(here & stated))


@pytest.mark.parametrize("digits", [0, 1])
@pytest.mark.parametrize(
    "parts", [(802, 1645, 3898), (1, 1, 1), (335, 335, 330), (0, 0, 7), (995, 5, 0), (125, 125, 750)]
)
def test_shares_add_up_to_the_whole(parts: tuple[int, ...], digits: int) -> None:
    shares = per_cent(parts, digits)
    assert sum(round(share * 10**digits) for share in shares) == 100 * 10**digits
    exact = [100 * part / sum(parts) for part in parts]
    assert all(abs(share - true) < 10**-digits for share, true in zip(shares, exact, strict=True))


def test_nothing_has_no_shares() -> None:
    assert per_cent((0, 0, 0)) == (0, 0, 0)


def test_a_provision_counted_by_hand(qinghai: Compiled) -> None:
    """4.2: (二), the heading and its stop, (责任单位:) are structure; only the name of one body is a statement."""
    found = coverage(qinghai.document)["4.2"]
    assert found.statements == len("省人力资源社会保障厅")
    assert found.structure == len("(二)加大人才支撑。(责任单位:)")


def test_the_graph_tells_the_same_numbers(qinghai: Compiled) -> None:
    graph = coverage_graph({qinghai.name: qinghai.document})
    node = URIRef(f"https://w3id.org/policygraph/id/doc/{qinghai.name}/4.2")
    assert int(str(graph.value(node, PG.charactersInStatements))) == 10
    for subject, total in graph.subject_objects(PG.characters):
        kinds = (PG.charactersInStructure, PG.charactersInStatements, PG.charactersInNothing)
        assert int(str(total)) == sum(int(str(graph.value(subject, kind))) for kind in kinds)


@pytest.mark.parametrize("form", ["csv", "table"])
def test_the_command(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("关于示例的意见\n\n一、重点任务\n\n(一)加强领导。加强领导。\n", encoding="utf-8")
    ran = CliRunner().invoke(main, ["coverage", "--format", form, str(path)])
    assert ran.exit_code == 0
    assert "3.1" not in ran.output
    if form == "csv":
        head, whole, provision = ran.output.splitlines()
        assert head == "document,provision,characters,structure,statements,nothing"
        assert whole.endswith(",all,26,21,0,5")
        assert provision.endswith(",1.1,13,8,0,5")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["coverage", str(tmp_path / "none.txt")])
    assert ran.exit_code == 2
    assert "none.txt" in ran.output
