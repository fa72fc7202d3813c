"""Uploads that break off: what is sent, what is sent again, what the journal and the messages say."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from loopback import Site
from policygraph.cli import main
from policygraph.errors import StoreError
from policygraph.store import upload as module
from policygraph.store.batches import plan
from policygraph.store.upload import WAYS, upload

OLD = ox.NamedNode("http://x/old")


class GraphStore:
    """A graph store and update service over Oxigraph, that can be made to fail at a request or to lose its answer."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.requests = 0
        self.fail_at = 0
        self.status = "500 Broken"
        self.lose = False

    def __call__(self, environ: dict[str, object], start: object) -> list[bytes]:
        self.requests += 1
        size = int(str(environ.get("CONTENT_LENGTH") or 0))
        body = environ["wsgi.input"].read(size)  # type: ignore[attr-defined]
        failing = self.requests == self.fail_at
        if not failing or self.lose:
            self._write(str(environ["REQUEST_METHOD"]), str(environ["QUERY_STRING"]), body)
        start(self.status if failing else "204 Done", [])  # type: ignore[operator]
        return []

    def _write(self, method: str, query: str, body: bytes) -> None:
        fields = parse_qs(body.decode()) if not query else {}
        if "update" in fields:
            self.store.update(fields["update"][0])
            return
        graph = ox.DefaultGraph() if query == "default" else ox.NamedNode(parse_qs(query)["graph"][0])
        if method == "PUT":
            self.store.clear_graph(graph)
        self.store.load(input=body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)

    def quads(self) -> ox.Dataset:
        found = ox.Dataset(self.store)
        found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return found


@pytest.fixture
def peer() -> GraphStore:
    return GraphStore()


@pytest.fixture
def url(peer: GraphStore) -> Iterator[str]:
    with Site(peer) as site:
        yield site.url + "/data"


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0.0, 0.0, 0.0))


def write(folder: Path, size: int = 10) -> Path:
    file = folder / "d.nq"
    lines = [f'<http://x/a> <http://x/p{n}> "{n} 中\\"\\\\" <http://x/g{n % 2}> .' for n in range(size)]
    lines += ["<http://x/a> <http://x/list> _:one <http://x/g0> .", "_:one <http://x/next> _:two <http://x/g0> ."]
    lines += ["_:two <http://x/next> _:one <http://x/g0> .", "<http://x/a> <http://x/p> <http://x/图> ."]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def expected(file: Path) -> ox.Dataset:
    found = ox.Dataset(ox.parse(path=file))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_all_arrives_whatever_the_batches(way: str, most: int, peer: GraphStore, url: str, tmp_path: Path) -> None:
    file = write(tmp_path)
    for name in ("g0", "other"):
        peer.store.add(ox.Quad(OLD, OLD, ox.Literal("old"), ox.NamedNode(f"http://x/{name}")))
    told: list[int] = []
    assert upload(plan([file], most=most), url, way, tmp_path / "j", progress=told.append) == 14
    peer.store.remove(ox.Quad(OLD, OLD, ox.Literal("old"), ox.NamedNode("http://x/other")))  # still there
    assert peer.quads() == expected(file)  # what stood in its own graphs before is gone
    assert told == sorted(told) and told[-1] == 14
    assert not (tmp_path / "j").exists()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lose", [False, True])
@pytest.mark.parametrize("at", range(1, 8))
def test_what_broke_off_goes_on(at: int, lose: bool, way: str, peer: GraphStore, url: str, tmp_path: Path) -> None:
    """Also where the store took a batch and only its answer was lost: then the batch is sent again, to no harm."""
    file, journal = write(tmp_path), tmp_path / "j"
    peer.fail_at, peer.lose = at, lose
    with pytest.raises(StoreError, match="run it again to go on"):
        upload(plan([file], most=2), url, way, journal)
    before = peer.requests
    assert before == at
    upload(plan([file], most=2), url, way, journal)
    assert peer.quads() == expected(file)
    whole = len(list(plan([file], most=2).batches()))
    assert peer.requests - before == whole - (at - 1)  # nothing that was confirmed is sent again


def test_a_store_that_is_busy_is_asked_again(peer: GraphStore, url: str, tmp_path: Path) -> None:
    file = write(tmp_path)
    peer.fail_at, peer.status = 2, "503 Busy"
    upload(plan([file], most=4), url, "graph-store", tmp_path / "j")
    assert peer.quads() == expected(file)


def test_an_upload_that_never_began_leaves_no_journal(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped address does not stand in the way of the right one."""
    monkeypatch.setattr(module, "_PAUSES", ())
    file, journal = write(tmp_path), tmp_path / "j"
    with pytest.raises(StoreError, match="cannot be reached"):
        upload(plan([file], most=2), "http://127.0.0.1:1/data", "update", journal)
    assert not journal.exists()
    assert upload(plan([file], most=2), url, "update", journal) == plan([file], most=2).total


def test_a_journal_of_another_upload_is_not_used(peer: GraphStore, url: str, tmp_path: Path) -> None:
    file, journal = write(tmp_path), tmp_path / "j"
    peer.fail_at = 3
    with pytest.raises(StoreError):
        upload(plan([file], most=2), url, "update", journal)
    for planned, way in ((plan([file], most=3), "update"), (plan([file], most=2), "graph-store")):
        with pytest.raises(StoreError, match="another upload"):
            upload(planned, url, way, journal)
    write(tmp_path, 11)
    with pytest.raises(StoreError, match="another upload"):
        upload(plan([file], most=2), url, "update", journal)
    journal.write_text("nonsense\n")
    with pytest.raises(StoreError, match="another upload"):
        upload(plan([file], most=2), url, "update", journal)


def test_a_line_that_was_cut_off_does_not_count(peer: GraphStore, url: str, tmp_path: Path) -> None:
    file, journal = write(tmp_path), tmp_path / "j"
    peer.fail_at = 4
    with pytest.raises(StoreError):
        upload(plan([file], most=2), url, "update", journal)
    assert journal.read_text().endswith("\n2\n")
    journal.write_text(journal.read_text()[:-1])
    upload(plan([file], most=2), url, "update", journal)
    assert peer.quads() == expected(file)
    assert not journal.exists()


NODES = st.sampled_from(["<http://x/a>", "_:a", "_:b", "<http://x/b>"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NODES, NODES), min_size=1), st.integers(1, 5))
def test_a_blank_node_never_leaves_its_batch(pairs: list[tuple[str, str]], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "d.nt"
        file.write_text("".join(f"{s} <http://x/p> {o} .\n" for s, o in pairs))
        batches = list(plan([file], most=most).batches())
    assert all(b"_:" not in batch.data for batch in batches[1:])
    assert [batch.first for batch in batches] == [True] + [False] * (len(batches) - 1)
    assert sum(batch.size for batch in batches) == len(pairs)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("d.nq", '<http://x/a> <http://x/p> "1" <http://x/g> .\nnonsense\n', r"d\.nq:2"),
        ("d.nq", '<http://x/a> <http://x/p> "1" _:g .\n', "named by a blank node"),
        (
            "d.nq",
            "_:b <http://x/p> _:c <http://x/g> .\n<http://x/a> <http://x/p> _:b <http://x/h> .\n",
            "a blank node stands in",
        ),
        ("d.nt", "", "no triple"),
        ("d.csv", "a,b", r"none of \.nq"),
    ],
)
def test_what_cannot_be_sent_is_told_before_anything_is(
    name: str, text: str, words: str, peer: GraphStore, url: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(StoreError, match=words):
        upload(plan([tmp_path / name]), url, "update", tmp_path / "j")
    assert peer.requests == 0


def test_the_command(peer: GraphStore, url: str, tmp_path: Path) -> None:
    file, journal = write(tmp_path), str(tmp_path / "j")
    peer.fail_at = 2
    words = ["load", str(file), "--store", url, "--batch", "4", "--journal", journal]
    broken = CliRunner().invoke(main, words)
    assert broken.exit_code == 2
    assert "of 14 triples are in, run it again to go on" in broken.stderr
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.stderr
    assert "triples sent to 3 graphs" in done.stderr and "14/14" in done.stderr
    assert peer.quads() == expected(file)
    bad = CliRunner().invoke(main, ["load", str(file), "--store", "http://u:s3cret@h/", "--journal", journal])
    assert bad.exit_code == 2 and "s3cret" not in bad.output
