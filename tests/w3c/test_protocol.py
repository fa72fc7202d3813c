"""W3C SPARQL 1.1 Protocol: the requests of the manifest, over HTTP, against a server of the manifest's graphs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasets import write_quads
from manifests import UT, Case, cases, differences, needs_suite
from replay import boolean_of, check_format, requests

from loopback import Site, pooled

pytestmark = needs_suite
CASES = cases("protocol")
ENDPOINT = "/sparql"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    graphs: dict[str, list[Path]] = {}
    for case in CASES:
        graphs |= case.data(case.node, UT.data, UT.graphData)
    assert len(graphs) == 3
    # The requests also name a graph that the manifest loads nowhere; one that is not loaded is refused here.
    names = {name for case in CASES for request in requests(case) for name in request.graphs}
    graphs |= {name: [] for name in names - graphs.keys()}
    file = tmp_path_factory.mktemp("protocol") / "data.nq"
    write_quads(graphs, file)
    with pooled(data=str(file), default_graph="plain") as app, Site(app) as site:
        yield site


def path_of(path: str) -> str:
    """The manifest says: replace /sparql/ with what is appropriate for the endpoint."""
    assert path.startswith("/sparql/")
    return ENDPOINT + path.removeprefix("/sparql/")


def test_the_manifest_is_the_one_we_know() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_protocol(case: Case, site: Site) -> None:
    refused = case.id in differences()
    for request in requests(case):
        answer = request.send(site, path_of(request.path))
        if refused and request.boolean is None:
            # The refusal that a read-only endpoint owes: forbidden, said in a problem document.
            assert (answer.status, answer.media_type) == (403, "application/problem+json")
            assert json.loads(answer.body)["type"].endswith("#update")
        elif refused:
            assert answer.status == 200
            assert boolean_of(answer) is False  # nothing was written
        else:
            assert request.allows(answer.status), answer.body
            check_format(answer, request.format)
            if request.boolean is not None:
                assert boolean_of(answer) is request.boolean
            if answer.status >= 400:
                assert answer.media_type == "application/problem+json"


def test_the_list_of_differences_is_about_updates_alone() -> None:
    listed = {name.partition("/")[2] for name in differences() if name.startswith("protocol/")}
    updates = {case.name for case in CASES if case.name.startswith("update_")}
    assert listed == updates
