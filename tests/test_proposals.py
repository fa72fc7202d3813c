"""Proposed alignments: what is proposed, and that decisions are written beside everything a person wrote."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from policygraph import resources
from policygraph.cli import main
from policygraph.compiler.curated import read_mapping
from policygraph.errors import InputError, RegistryError
from policygraph.graph.namespaces import ID_BASE, OA, PG, PROV, RDF
from policygraph.graph.validate import validate
from policygraph.proposals import Clause, Ledger, Listing, Proposal, documents, listing, propose, record
from policygraph.proposals.shared import Weights, shared_phrases
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app
from policygraph.web import proposals as pages

OURS, GUIDELINE, FUSION = "qingzhengban-2020-62", "fagaichanye-2019-1602", "fagaichanye-2019-1762"
SOURCE = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore([resources.dataset()])


@pytest.fixture(scope="module")
def listings(store: EmbeddedStore) -> dict[str, Listing]:
    return {name: listing(store, name) for name in documents(store)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(resources.data() / "alignment.yaml", tmp_path)
    return tmp_path


def proposals(listings: dict[str, Listing], theirs: str) -> list[Proposal]:
    rest = [c.whole for name, one in listings.items() if name not in (OURS, theirs) for c in one.clauses]
    return propose(listings[OURS].clauses, listings[theirs].clauses, rest)


def common(one: str, other: str) -> str:
    """Longest common substring, by the definition."""
    return max((one[i:j] for i in range(len(one)) for j in range(i, len(one) + 1) if one[i:j] in other), key=len,
               default="")  # fmt: skip


def test_listings_are_the_documents(store: EmbeddedStore, listings: dict[str, Listing]) -> None:
    assert set(listings) == {OURS, GUIDELINE, FUSION}
    assert {name for name, one in documents(store).items() if one.has_text} == {OURS}
    ours = listings[OURS]
    assert ours.has_text
    assert [c.number for c in ours.clauses][:3] == ["1.1", "1.2", "2.1"]
    for clause in ours.clauses:
        assert SOURCE[clause.start : clause.start + len(clause.text)] == clause.text
    assert not listings[GUIDELINE].has_text
    assert listings[GUIDELINE].clause("2.6").heading == "建设服务标准"
    with pytest.raises(InputError, match=r"9\.9"):
        listings[GUIDELINE].clause("9.9")


def test_curated_exact_pairs_are_proposed_first(listings: dict[str, Listing]) -> None:
    """Of the curated exact pairs whose national heading shares a phrase (three characters or more) with the
    provision, at least 90 % stand first for their national clause (among the first n where n are exact)."""
    rows = read_mapping(resources.data() / "alignment.yaml", ("alignments",)).values["alignments"]
    exact = [(r.text("provision"), r.text("national"), r.text("number")) for r in rows if r.text("strength") == "exact"]
    made = {theirs: proposals(listings, theirs) for theirs in (GUIDELINE, FUSION)}
    asked, first = [], []
    for pair in exact:
        provision, theirs, number = pair
        if len(common(listings[theirs].clause(number).heading, listings[OURS].clause(provision).text)) < 3:
            continue
        asked.append(pair)
        many = sum(other[1:] == pair[1:] for other in exact)
        ranks = {p.ours.number: p.rank for p in made[theirs] if p.theirs.number == number}
        if ranks.get(provision, 99) <= many:
            first.append(pair)
    assert len(asked) >= 15
    assert len(first) >= 0.9 * len(asked), set(asked) - set(first)


def test_every_proposal_shows_words_of_both(listings: dict[str, Listing]) -> None:
    for theirs in (GUIDELINE, FUSION):
        made = proposals(listings, theirs)
        assert made
        assert {p.rank for p in made} == {1, 2, 3}
        for p in made:
            assert 0 < p.score <= 1
            assert p.phrases
            assert p.passages
            for phrase in p.phrases:
                assert phrase.text in p.ours.text
                assert phrase.text in p.theirs.whole
            assert all(passage in p.ours.text for passage in p.passages)
            assert any(phrase.text in passage for phrase in p.phrases for passage in p.passages)


def test_same_words_score_most_and_rare_words_more_than_common_ones() -> None:
    ours = [
        Clause("1.1", "发展共享办公", "发展共享办公。推动服务业发展。"),
        Clause("1.2", "推动服务业", "推动服务业发展。"),
        Clause("1.3", "完善统计", "完善服务业统计，推动服务业发展。"),
    ]
    theirs = [Clause("2.1", "发展共享办公", ""), Clause("2.2", "推动共享办公", ""), Clause("2.3", "火星探测", "")]
    made = propose(ours, theirs)
    first = {p.theirs.number: p.ours.number for p in made if p.rank == 1}
    assert first == {"2.1": "1.1", "2.2": "1.1"}
    assert next(p.score for p in made if p.theirs.number == "2.1") == 1
    assert propose([], theirs) == []
    assert propose(ours, []) == []


def test_texts_of_both_are_compared_not_only_headings() -> None:
    words = "建立健全数据要素流通规则，培育数据交易市场"
    ours = [Clause("1.1", "甲", f"（一）甲。{words}。"), Clause("1.2", "乙", "（二）乙。加强宣传。")]
    made = propose(ours, [Clause("3.1", "丙", f"（一）丙。{words}，加强监督。")])
    assert [(p.ours.number, p.rank) for p in made][:1] == [("1.1", 1)]
    assert made[0].phrases[0].text in words


def test_bodies_in_a_list_are_no_matter() -> None:
    clause = Clause("1.1", "甲", "甲。发展物流。（责任单位：省交通运输厅（省邮政局）、省商务厅）")
    assert "交通运输" not in clause.matter
    assert "发展物流" in clause.matter


@settings(max_examples=100, deadline=None)
@given(st.text("甲乙丙丁，。", max_size=30), st.text("甲乙丙丁，。", max_size=30))
def test_shared_phrases_are_the_longest_ones(one: str, other: str) -> None:
    found = [p.text for p in shared_phrases(one, other, Weights([one, other]))]
    assert all(p in one and p in other and len(p) >= 2 for p in found)
    assert not any(a in b for a in found for b in found if a != b)
    longest = max((common(piece, other) for piece in re.split("[，。]", one)), key=len, default="")
    longest = max(re.split("[，。]", longest), key=len)
    assert len(longest) < 2 or max(map(len, found)) >= len(longest)


# ── the files of decisions ──


def added(before: str, after: str) -> str:
    """The lines that `after` has more; everything else must stand as it stood."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next(i for i, (a, b) in enumerate(zip([*old, ""], new, strict=False)) if a != b)
    count = len(new) - len(old)
    assert old[:start] + new[start : start + count] + old[start:] == new
    return "".join(new[start : start + count])


def test_accepting_adds_one_entry_and_keeps_every_byte(listings: dict[str, Listing], folder: Path) -> None:
    path = folder / "alignment.yaml"
    before = path.read_text(encoding="utf-8")
    ledger = Ledger(folder)
    record(ledger, listings[OURS], "3.9", listings[FUSION], "2.6", "close", source="张三：研读")
    after = path.read_text(encoding="utf-8")
    assert added(before, after) == (
        "  - provision: '3.9'\n    national: fagaichanye-2019-1762\n    number: '2.6'\n    strength: close\n"
        "    heading: '加强全生命周期管理'\n    quotes:\n      - '大力发展预防为主、防治结合全生命周期健康服务业'\n"
        "    verification: heading\n    source: '张三：研读'\n"
    )
    numbers = [row.text("provision") for row in read_mapping(path, ("alignments",)).values["alignments"]]
    assert numbers == sorted(numbers, key=lambda n: [int(x) for x in n.split(".")])
    decision = ledger.decisions()[OURS, "3.9", FUSION, "2.6"]
    assert decision.verdict == "close"
    assert after.splitlines()[decision.line - 1] == "  - provision: '3.9'"
    with pytest.raises(InputError, match="curated already, as close"):
        record(ledger, listings[OURS], "3.9", listings[FUSION], "2.6", "exact")
    assert path.read_text(encoding="utf-8") == after


def test_rejections_are_remembered_and_can_be_taken_back(listings: dict[str, Listing], folder: Path) -> None:
    ledger = Ledger(folder)
    ledger.reject((OURS, "3.9", FUSION, "2.6"), "全生命周期指健康服务，与产品无关")
    ledger.reject((OURS, "1.1", FUSION, "1.1"))
    found = ledger.decisions()
    assert found[OURS, "3.9", FUSION, "2.6"].verdict == found[OURS, "1.1", FUSION, "1.1"].verdict == "rejected"
    text = (folder / "alignment-rejected.yaml").read_text(encoding="utf-8")
    assert text.index("'1.1'") < text.index("'3.9'")
    with pytest.raises(InputError, match="rejected already"):
        ledger.reject((OURS, "1.1", FUSION, "1.1"))
    with pytest.raises(InputError, match="curated as exact"):
        ledger.reject((OURS, "2.3", GUIDELINE, "2.4"))
    record(ledger, listings[OURS], "1.1", listings[FUSION], "1.1", "related")
    assert ledger.decisions()[OURS, "1.1", FUSION, "1.1"].verdict == "related"
    assert "'1.1'" not in (folder / "alignment-rejected.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("provision", "number", "strength", "quotes", "said"),
    [
        ("9.9", "2.6", "close", (), "no provision 9.9"),
        ("3.9", "9.9", "close", (), "no provision 9.9"),
        ("3.9", "2.6", "near", (), "'near' is none of"),
        ("3.9", "2.6", "close", ("没有这样的话",), "do not stand in provision 3.9"),
        ("3.9", "2.6", "close", ("x\n- y: z",), "do not stand"),
        ("2.1", "2.5", "close", (), "share no words"),
    ],
)
def test_what_cannot_be_accepted(listings: dict[str, Listing], folder: Path, provision: str, number: str, strength: str,
                                 quotes: tuple[str, ...], said: str) -> None:  # fmt: skip
    before = (folder / "alignment.yaml").read_bytes()
    other = listings[GUIDELINE] if number == "2.5" else listings[FUSION]
    if "share no words" in said:
        other = Listing(other.id, other.title, (Clause("2.5", "火星探测", ""),))
    with pytest.raises(InputError, match=said):
        record(Ledger(folder), listings[OURS], provision, other, number, strength, quotes)
    assert (folder / "alignment.yaml").read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["alignment.yaml"]


@pytest.mark.parametrize("text", ["", "[1]", "a: [", "alignments: [{a: b}]", "alignments:\n  - 1\n", "\xff"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "alignment.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(RegistryError, match=r"alignment\.yaml"):
        Ledger(tmp_path).decisions()
    with pytest.raises(RegistryError):
        Ledger(tmp_path / "none").decisions()


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=12), st.integers(1, 4), st.integers(1, 40))
def test_any_quote_that_is_written_is_read_again(quote: str, part: int, n: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(resources.data() / "alignment.yaml", folder)
        before = (folder / "alignment.yaml").read_text(encoding="utf-8")
        try:
            Ledger(folder).accept((OURS, f"{part}.{n}", "x-2020-1", "1.1"), "exact", [quote], "")
        except InputError:
            assert (folder / "alignment.yaml").read_text(encoding="utf-8") == before
            return
        added(before, (folder / "alignment.yaml").read_text(encoding="utf-8"))
        rows = read_mapping(folder / "alignment.yaml", ("alignments",)).values["alignments"]
        assert next(r for r in rows if r.text("national") == "x-2020-1").texts("quotes") == (quote,)


# ── the commands and the page ──


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words])


def test_propose_in_every_format(store: EmbeddedStore) -> None:
    table = run("propose", OURS, GUIDELINE)
    assert table.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(run("propose", OURS, GUIDELINE, "--format", "csv", "--all").stdout)))
    assert any((r["provision"], r["number"], r["decision"]) == ("2.2", "2.6", "exact") for r in rows)
    told = json.loads(run("propose", OURS, GUIDELINE, "--format", "json").stdout)
    assert told["ours"] == OURS
    assert len(told["proposals"]) == sum(not r["decision"] for r in rows)
    assert all(not p["decision"] and p["shared"] for p in told["proposals"])
    assert run("propose", OURS, "nothing").exit_code == 2
    assert run("propose", "nothing", GUIDELINE).exit_code == 2


def test_files_can_be_compared_too() -> None:
    paths = resources.data() / "sources" / "qinghai-2020-62.txt", resources.data() / "national" / f"{GUIDELINE}.yaml"
    assert run("propose", *paths, "--format", "csv").stdout == run("propose", OURS, GUIDELINE, "--format", "csv").stdout


def triples(data: bytes) -> Graph:
    """The union of the graphs of N-Quads."""
    merged = {q.triple for q in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS)}
    return Graph().parse(data=pyoxigraph.serialize(merged, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")


def test_proposals_in_rdf_are_inferred_quote_the_text_and_keep_the_shapes() -> None:
    answer = run("propose", OURS, FUSION, "--format", "nquads")
    assert {line.rsplit(" ", 2)[1] for line in answer.stdout.splitlines()} == {f"<{ID_BASE}graph/proposals>"}
    graph = triples(answer.stdout_bytes)
    nodes = set(graph.subjects(RDF.type, PG.Alignment))
    assert nodes
    published = Graph().parse(resources.data() / "alignment.ttl")
    assert not nodes & set(published.subjects(RDF.type, PG.Alignment))
    for node in nodes:
        assert graph.value(node, PG.basis) == PG.Inferred
        assert 0 < float(str(graph.value(node, PG.score))) <= 1
        for span in graph.objects(node, PROV.wasQuotedFrom):
            start = int(str(graph.value(URIRef(f"{span}#position"), OA.start)))
            words = str(graph.value(URIRef(f"{span}#quote"), OA.exact))
            assert SOURCE[start : start + len(words)] == words
    assert validate(triples(resources.dataset().read_bytes()) + graph, resources.ontology() / "shapes.ttl") == []


def test_accept_and_reject_commands(folder: Path) -> None:
    answer = run("accept", OURS, "3.9", FUSION, "2.6", "--strength", "close", "--data", folder)
    assert answer.exit_code == 0, answer.output
    assert run("reject", OURS, "1.1", FUSION, "1.1", "--reason", "同名而已", "--data", folder).exit_code == 0
    shown = run("propose", OURS, FUSION, "--format", "csv", "--data", folder).stdout
    rows = {(r["provision"], r["number"]) for r in csv.DictReader(io.StringIO(shown))}
    assert rows
    assert not rows & {("3.9", "2.6"), ("1.1", "1.1")}
    assert run("accept", OURS, "3.9", FUSION, "2.6", "--strength", "close", "--data", folder).exit_code == 2
    assert run("reject", OURS, "8.8", FUSION, "2.6", "--data", folder).exit_code == 2
    assert run("accept", OURS, "3.9", FUSION, "2.6", "--data", folder).exit_code == 2


@pytest.fixture
def client(
    store: EmbeddedStore, folder: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> FlaskClient:
    monkeypatch.setattr(resources, "data", lambda: folder)
    return create_app(Settings(curate=getattr(request, "param", True)), store).test_client()


FORM = {"document": OURS, "other": FUSION, "provision": "3.9", "number": "2.6"}


def token(client: FlaskClient) -> str:
    page = client.get(f"/propose?document={OURS}&other={FUSION}").text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_page_writes_a_decision(client: FlaskClient, folder: Path) -> None:
    answer = client.post("/propose", data={**FORM, "decision": "close", "token": token(client)})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"?document={OURS}&other={FUSION}#c2.6")
    assert Ledger(folder).decisions()[OURS, "3.9", FUSION, "2.6"].verdict == "close"
    again = client.post("/propose", data={**FORM, "decision": "reject", "token": token(client)})
    assert again.status_code == 409
    assert 'role="alert"' in again.text
    answer = client.post("/propose", data={**FORM, "provision": "1.1", "number": "1.1", "decision": "reject",
                                           "token": token(client)})  # fmt: skip
    assert answer.status_code == 303
    assert Ledger(folder).decisions()[OURS, "1.1", FUSION, "1.1"].verdict == "rejected"


def test_the_page_obeys_only_its_own_forms(client: FlaskClient, folder: Path) -> None:
    before = (folder / "alignment.yaml").read_bytes()
    good = {**FORM, "decision": "close", "token": token(client)}
    assert client.post("/propose", data={**good, "token": "x"}).status_code == 403
    assert client.post("/propose", data={**FORM, "decision": "close"}).status_code == 403
    assert client.post("/propose", data=good, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post("/propose", data={**good, "decision": "near"}).status_code == 409
    assert client.post("/propose", data={**good, "provision": "9.9"}).status_code == 409
    assert client.post("/propose", data={**good, "document": "x"}).status_code == 409
    assert (folder / "alignment.yaml").read_bytes() == before


@pytest.mark.parametrize("client", [False], indirect=True)
def test_without_the_flag_the_page_shows_commands_and_never_writes(client: FlaskClient, folder: Path) -> None:
    page = client.get(f"/propose?document={OURS}&other={FUSION}&lang=en").text
    assert f"policygraph reject {OURS} 3.9 {FUSION} 2.6" in page
    assert "<button name=" not in page
    before = (folder / "alignment.yaml").read_bytes()
    assert client.post("/propose", data={**FORM, "decision": "close", "token": "x"}).status_code == 403
    assert (folder / "alignment.yaml").read_bytes() == before


def test_the_page_speaks_both_languages(client: FlaskClient) -> None:
    assert "待定的对应" in client.get("/propose?lang=zh").text
    assert "Proposed alignments" in client.get("/propose?lang=en").text


@pytest.mark.parametrize(
    ("address", "name", "allowed"),
    [
        ("/propose?document=zz", "document", OURS),
        (f"/propose?document={FUSION}", "document", OURS),  # an outline without a text
        (f"/propose?document={OURS}&other=zz", "other", FUSION),
    ],
)
def test_a_document_that_is_not_there_is_refused(client: FlaskClient, address: str, name: str, allowed: str) -> None:
    answer = client.get(address + "&lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert f"The parameter {name} cannot be" in answer.text and allowed in answer.text


def test_many_documents_are_named_by_id(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 0)
    page = client.get(f"/propose?document={OURS}&other={FUSION}").text
    assert f'<input name="other" value="{FUSION}">' in page
    assert "<select" not in page
