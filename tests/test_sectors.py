"""Sectors: every task is classified, by words of its own; a fault in the file is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import resources
from policygraph.errors import RegistryError
from policygraph.graph.build import Compiled
from policygraph.graph.iri import Minter
from policygraph.graph.namespaces import DCTERMS, ID_BASE, PG, RDF, SKOS
from policygraph.graph.sectors import sectors_graph

FILE = resources.data() / "sectors.yaml"


def test_every_task_is_classified_with_source_and_verification(qinghai: Compiled) -> None:
    graph = sectors_graph(FILE, {qinghai.name: qinghai.document}, Minter())
    for provision in qinghai.document.provisions:
        node = next(s for s in qinghai.graph.subjects(SKOS.notation) if str(s).endswith(f"/{provision.number}"))
        found = list(graph.objects(node, PG.hasClassification))
        assert found or provision.kind != "Task", provision.number
        for each in found:
            assert set(graph.objects(each, PG.basis)) == {PG.Curated}
            assert graph.value(each, DCTERMS.source)
            assert all(str(words) in provision.text for words in graph.objects(each, PG.evidence))
            sector = graph.value(each, PG.sector)
            assert set(graph.objects(sector, PG.verification)) == set(graph.objects(each, PG.verification))


def test_the_schemes_hold_what_a_source_names(qinghai: Compiled) -> None:
    """Ten divisions of producer services, as the 2015 edition counts them; of consumer services no source that was
    found names the divisions, so there is the whole only."""
    graph = sectors_graph(FILE, {qinghai.name: qinghai.document}, Minter())
    for scheme, count in (("shengchanxing-2019", 10), ("shenghuoxing-2019", 1), ("liangye-ronghe", 1)):
        sectors = [s for s in graph.subjects(RDF.type, PG.Sector) if f"sector/{scheme}-" in s]
        assert len(sectors) == count
        assert all(graph.value(s, PG.verification) != PG.Unverified for s in sectors)
        assert {str(o) for s in sectors for o in graph.objects(s, SKOS.inScheme)} == {f"{ID_BASE}scheme/{scheme}"}


def test_fusion_is_marked_where_the_text_speaks_of_services_and_manufacturing_together(qinghai: Compiled) -> None:
    graph = sectors_graph(FILE, {qinghai.name: qinghai.document}, Minter())
    marked: dict[str, set[str]] = {}
    for provision, each in graph.subject_objects(PG.hasClassification):
        if str(graph.value(each, PG.sector)).endswith("/liangye-ronghe-1"):
            marked[str(provision).rpartition("/")[2]] = {str(words) for words in graph.objects(each, PG.evidence)}
    assert set(marked) == {"1.2", "2.4", "3.4", "4.4"}
    assert "研发设计企业与制造企业嵌入式合作" in marked["3.4"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("quotes: [社区家政服务业,", "quotes: [社区家政产业,", "do not stand in provision 3.11"),
        ("provision: '3.9'", "provision: '3.99'", "there is no provision 3.99"),
        ("provision: '3.9', scheme: shenghuoxing-2019, code: '0'", "provision: '3.9', scheme: x, code: '0'",
         "there is no sector x-0"),
        ("- {scheme: liangye-ronghe, code: '1', name", "- {scheme: nowhere, code: '1', name", "no scheme has the id"),
        ("document: qingzhengban-2020-62", "document: other", "no compiled document"),
        ("verification: text, source: 发改", "verification: surely, source: 发改", "'surely' is none of"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(old: str, new: str, message: str, qinghai: Compiled, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "sectors.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RegistryError, match=message) as caught:
        sectors_graph(path, {qinghai.name: qinghai.document}, Minter())
    line = text[: text.index(old)].count("\n") + 1
    assert f"{path}:{line}:" in str(caught.value) or "document" in old
