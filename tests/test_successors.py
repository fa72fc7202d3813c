"""Actors change: a body of 2020 leads to the body of today, with a day and a source, or to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from policygraph import resources
from policygraph.compiler.registry import Registry, load_registry
from policygraph.compiler.resolve import Names
from policygraph.errors import RegistryError
from policygraph.graph.knowledge import registry_graph
from policygraph.graph.namespaces import DCTERMS, ID_BASE, ORG, PG, RDF, SKOS, XSD

REGISTRY = resources.data() / "registry"


def test_the_branch_of_2020_leads_to_the_branch_of_today(registry: Registry) -> None:
    """The People's Bank put up the signs of its provincial branches on 18 August 2023."""
    graph = registry_graph(registry, Names(registry))
    old = URIRef(f"{ID_BASE}org/zhongguorenminyinhangxiningzhongxinzhixing")
    change = graph.value(old, ORG.changedBy)
    new = graph.value(change, ORG.resultingOrganization)
    assert (new, SKOS.prefLabel, Literal("中国人民银行青海省分行", lang="zh")) in graph
    assert graph.value(change, DCTERMS.date) == Literal("2023-08-18", datatype=XSD.date)
    assert graph.value(change, ORG.originalOrganization) == old
    assert graph.value(new, ORG.resultedFrom) == change
    assert graph.value(change, PG.verification) == PG.PartlyVerified  # no one source names the pair and the day


def test_every_change_has_day_source_and_verification(registry: Registry) -> None:
    graph = registry_graph(registry, Names(registry))
    changes = set(graph.subjects(RDF.type, ORG.ChangeEvent))
    assert changes
    for change in changes:
        for prop in (DCTERMS.date, DCTERMS.source, PG.verification, PG.basis, ORG.resultingOrganization):
            assert len(set(graph.objects(change, prop))) == 1, (change, prop)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("successor: 中国人民银行青海省分行", "successor: 没有此行", "no entry is named '没有此行'"),
        ("successor-date: '2023-08-18'", "successor-date: '2023'", "expected a date like 2023-08-18"),
        ("successor-verification: partly\n", "", "needs successor-source and successor-verification"),
    ],
)
def test_a_change_half_told_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    for path in filter(Path.is_file, REGISTRY.iterdir()):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(f"  {old}", f"  {new}" if new else ""), encoding="utf-8")
    with pytest.raises(RegistryError, match=message):
        found = load_registry(tmp_path)
        registry_graph(found, Names(found))
