"""W3C SPARQL 1.1 Query: every test of the suite, its graphs in by `--data`, its query and answer over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from datasets import write_quads
from manifests import MF, QT, UT, Case, cases, differences, needs_suite, path_of
from results import Table, read_csv, read_rdf_results, read_results, same_graph, same_rows

from loopback import Answer, Site, serving

pytestmark = needs_suite
FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "entailment", "exists", "functions",
    "grouping", "json-res", "negation", "project-expression", "property-path", "service", "subquery", "syntax-fed",
    "syntax-query",
)  # fmt: skip
UPDATES = ("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert", "delete-where", "drop",
           "move", "syntax-update-1", "syntax-update-2", "update-silent")  # fmt: skip
ALL = [case for folder in FOLDERS for case in cases(folder)]
EVALUATIONS = [case for case in ALL if case.kind in ("QueryEvaluationTest", "CSVResultFormatTest")]
SYNTAX = [case for case in ALL if case not in EVALUATIONS]
UPDATE_CASES = [case for folder in UPDATES for case in cases(folder)]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(scope="module")
def serve(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dict[str, list[Path]]], Site]]:
    """Puts a dataset behind the running server, as `policygraph serve --data FILE --default-graph plain` does."""
    folder = tmp_path_factory.mktemp("suite")
    apps: dict[str, object] = {}

    def put(graphs: dict[str, list[Path]]) -> Site:
        key = repr(sorted(graphs.items()))
        if key not in apps:
            file = folder / f"{len(apps)}.nq"
            write_quads(graphs, file)
            apps[key] = serving(data=str(file), default_graph="plain")
        site.app = apps[key]
        return site

    yield put


def query_of(path: Path) -> str:
    """The query, with the place of its file as its base: the protocol has no other way to say so."""
    text = path.read_text(encoding="utf-8")
    return text if re.search(r"^\s*BASE\b", text, re.MULTILINE | re.IGNORECASE) else f"BASE <{path.as_uri()}>\n{text}"


def ask(site: Site, query: str, accept: str) -> Answer:
    body = urlencode({"query": query}).encode()
    return site.ask("POST", "/sparql", {**FORM, "Accept": accept}, body)


def ends_as_expected(case: Case, site: Site) -> bool:
    """Whether the answer is the expected one; AssertionError where there is no answer at all."""
    action, path = case.value(MF.action), path_of(case.value(MF.result) or case.node)
    query = query_of(path_of(case.value(MF.action, QT.query) or action or case.node))
    accept = _ACCEPT.get(path.suffix, "text/turtle, application/sparql-results+xml;q=0.9")
    answer = ask(site, query, accept)
    if answer.status != 200:
        raise AssertionError(f"{answer.status} {answer.body.decode()}")
    expected: bool | Table
    found: bool | Table
    if path.suffix == ".csv":
        expected, found = read_csv(path.read_bytes()), read_csv(answer.body)
        return found[0] == expected[0] and same_rows(found[1], expected[1])
    if path.suffix in _ACCEPT:
        expected = read_results(path.read_bytes(), path.suffix)
    else:
        table = read_rdf_results(path)
        if table is None:
            return same_graph(answer.body, path)
        expected = table
    found = read_results(answer.body, answer.media_type)
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    return found[0] == expected[0] and same_rows(found[1], expected[1])


def test_the_suite_is_whole() -> None:
    assert (len(EVALUATIONS), len(SYNTAX), len(UPDATE_CASES)) == (312, 106, 157)


def test_every_listed_difference_is_a_test() -> None:
    known = {case.id for case in (*ALL, *UPDATE_CASES, *cases("protocol"))}
    assert differences().keys() <= known


@pytest.mark.parametrize("case", EVALUATIONS, ids=lambda case: case.id)
def test_evaluation(case: Case, serve: Callable[[dict[str, list[Path]]], Site]) -> None:
    site = serve(case.data(case.value(MF.action), QT.data, QT.graphData))
    instead, why = differences().get(case.id, ("", ""))
    match instead:
        case "":
            assert ends_as_expected(case, site)
        case "another answer":
            assert not ends_as_expected(case, site), f"passes now: take it off the list ({why})"
        case _:
            with pytest.raises(AssertionError, match=f"^{instead}"):
                ends_as_expected(case, site)


@pytest.mark.parametrize("case", SYNTAX, ids=lambda case: case.id)
def test_syntax(case: Case, serve: Callable[[dict[str, list[Path]]], Site]) -> None:
    answer = ask(serve({}), query_of(path_of(case.value(MF.action) or case.node)), "*/*")
    instead, why = differences().get(case.id, ("", ""))
    wanted = int(instead) if instead else 200 if case.kind == "PositiveSyntaxTest11" else 400
    assert answer.status == wanted, answer.body.decode() + why


@pytest.mark.parametrize("case", UPDATE_CASES, ids=lambda case: case.id)
def test_no_update_passes_for_a_query(case: Case, serve: Callable[[dict[str, list[Path]]], Site]) -> None:
    """Sent as a query, each update of the suite is refused, and each broken one is refused or told to be broken."""
    action = case.value(MF.action)
    request = case.value(MF.action, UT.request) or action
    answer = ask(serve({}), path_of(request or case.node).read_text(encoding="utf-8"), "*/*")
    instead = differences().get(case.id, ("403", ""))[0]
    assert answer.status in ((400, 403) if case.kind.startswith("Negative") else (int(instead),))
    assert json.loads(answer.body)["status"] == answer.status
