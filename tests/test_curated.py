"""What a person entered: each fact with a source and how far it was checked, and no date without one."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from policygraph import resources
from policygraph.compiler.registry import Registry
from policygraph.compiler.resolve import Names
from policygraph.errors import RegistryError
from policygraph.graph.knowledge import outline_graph, registry_graph
from policygraph.graph.namespaces import DCTERMS, ELI, ID_BASE, PG

OUTLINES = sorted((resources.data() / "national").glob("*.yaml"))


@pytest.mark.parametrize("path", [None, *OUTLINES], ids=lambda path: path.stem if path else "registry")
def test_whatever_is_curated_has_a_source_and_a_verification(path: Path | None, registry: Registry) -> None:
    names = Names(registry)
    graph = outline_graph(path, names)[1] if path else registry_graph(registry, names)
    curated = set(graph.subjects(PG.basis, PG.Curated))
    assert curated
    for node in curated:
        assert all(str(source).strip() for source in graph.objects(node, DCTERMS.source)), node
        assert graph.value(node, DCTERMS.source), node
        assert graph.value(node, PG.verification, any=False), node


def test_an_indicator_is_verified_as_far_as_its_name_stands_in_the_document(registry: Registry) -> None:
    text = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")
    levels = {entry.text("name"): entry.text("verification") for entry in registry.entries["indicators"]}
    assert levels == {name: "text" if name in text else "partly" for name in levels}


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_a_national_document_bears_no_date_that_its_sources_do_not_name(path: Path, registry: Registry) -> None:
    """The preamble prints title, number and issuers; a news page of 1762 gives its target year, no source a date."""
    name, graph = outline_graph(path, Names(registry))
    root = URIRef(f"{ID_BASE}doc/{name}")
    assert not set(graph.objects(root, ELI.date_document)) | set(graph.objects(root, DCTERMS.issued))
    years = [str(year) for year in graph.objects(root, PG.horizon)]
    assert years == (["2025"] if name.endswith("1762") else [])
    assert sum(str(source).startswith("horizon: ") for source in graph.objects(root, DCTERMS.source)) == len(years)


@pytest.mark.parametrize("key", ["issued: '2019-11-10'", "published: '2019-11-15'", "horizon: '2030'"])
def test_a_date_without_a_source_is_refused_with_its_place(key: str, registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / OUTLINES[0].name
    text = OUTLINES[0].read_text(encoding="utf-8")
    path.write_text(text.replace("verification:\n", f"{key}\nverification:\n", 1), encoding="utf-8")
    with pytest.raises(RegistryError, match="needs its source under sources") as caught:
        outline_graph(path, Names(registry))
    assert str(path) in str(caught.value)
