"""Collections: what changed is compiled, what is bad is told, what was killed is taken up; nothing is half there."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from policygraph import resources
from policygraph.cli import main
from policygraph.collection import executors, loading, work
from policygraph.collection.disk import Disk
from policygraph.collection.update import Collection
from policygraph.collection.work import Outcome, Task
from policygraph.errors import StoreError
from policygraph.graph.namespaces import ID_BASE
from policygraph.snapshot import current
from policygraph.store import CollectionStore, open_store

TEXT = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")
SHORT = """关于{what}的意见
青政办〔2020〕{n}号
一、重点任务
(一){what}。推进{what}，到2025年，达到{n}个。(责任单位：省商务厅)
"""
DOC = "https://w3id.org/policygraph/id/doc/qingzhengban-2020-"


def write(folder: Path, count: int, first: int = 100) -> list[Path]:
    """Short documents of different numbers."""
    folder.mkdir(exist_ok=True)
    made = []
    for n in range(first, first + count):
        path = folder / f"{n}.txt"
        path.write_text(SHORT.format(n=n, what="发展服务业"), encoding="utf-8")
        made.append(path)
    return made


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words])


def add(folder: Path, *paths: Path) -> Result:
    return run("add", *paths, "--collection", folder, "--workers", 1)


def files(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "documents").iterdir())}


def quads(folder: Path) -> set[str]:
    """What readers of the store see."""
    found = current(folder / "store")
    assert found is not None
    store = ox.Store.read_only(str(found[0]))
    told = Counter(quad.triple for quad in store)
    assert [triple for triple, graphs in told.items() if graphs > 1] == []  # else the engine would count it twice
    return named(store)


def expected(folder: Path) -> set[str]:
    """What the files say; of a document that is there, only what it says itself."""
    documents = list((folder / "documents").iterdir())
    there = {f"<{ID_BASE}doc/{file.stem}>" for file in documents}
    told = [q for f in [folder / "base.nq", *documents] for q in ox.parse(path=str(f), format=ox.RdfFormat.N_QUADS)]
    shared = (work.SHARED, work.SHARED_INFERRED)
    return named(q for q in told if q.graph_name.value not in shared or str(q.subject) not in there)


def named(found: Iterable[ox.Quad]) -> set[str]:
    """Without the lists of the ontology, whose blank nodes have another name in every store."""
    return {str(q) for q in found if "_:" not in (str(q.subject)[:2], str(q.object)[:2])}


def test_add_change_move_and_remove(tmp_path: Path) -> None:
    texts, folder = tmp_path / "texts", tmp_path / "c"
    one, two, three = write(texts, 3)
    answer = add(folder, texts)
    assert answer.exit_code == 0, answer.output
    assert "3 added, 0 replaced, 0 unchanged, 0 failed" in answer.output
    assert quads(folder) == expected(folder)
    before = files(folder)
    assert list(before) == [f"qingzhengban-2020-{n}.nq" for n in (100, 101, 102)]

    digest = current(folder / "store")
    assert "0 added, 0 replaced, 3 unchanged" in add(folder, texts).output
    assert current(folder / "store") == digest  # nothing changed, nothing was published

    one.write_text(SHORT.format(n=100, what="发展工业"), encoding="utf-8")
    assert "0 added, 1 replaced, 2 unchanged" in add(folder, texts).output
    assert {n for n, d in files(folder).items() if before[n] != d} == {"qingzhengban-2020-100.nq"}
    assert quads(folder) == expected(folder)
    assert current(folder / "store") != digest

    two.rename(texts / "moved.txt")
    assert add(folder, texts).exit_code == 0
    three.write_text(SHORT.format(n=500, what="发展农业"), encoding="utf-8")  # the file now holds another document
    assert "1 replaced" in add(folder, texts).output
    assert list(files(folder)) == [f"qingzhengban-2020-{n}.nq" for n in (100, 101, 500)]
    assert quads(folder) == expected(folder)

    answer = run("remove", "qingzhengban-2020-100", texts / "moved.txt", "--collection", folder)
    assert "2 removed; 1 documents" in answer.output
    assert list(files(folder)) == ["qingzhengban-2020-500.nq"]
    assert quads(folder) == expected(folder)
    answer = run("remove", "nothing", "--collection", folder)
    assert answer.exit_code == 2
    assert "nothing" in answer.output


def test_one_more_document_looks_at_no_others(tmp_path: Path) -> None:
    """Every statement on the catalog finds its rows by an index; what is counted or digested is read from one alone."""
    one, two = write(tmp_path / "texts", 2)
    folder = tmp_path / "c"
    assert add(folder, one).exit_code == 0
    asked: list[str] = []
    with Collection(folder) as collection:
        collection.catalog._db.set_trace_callback(asked.append)
        assert collection.add([two]).added == 1
        assert collection.remove(["qingzhengban-2020-101"]).removed == 1
        assert len(collection.catalog) == 1
        collection.catalog._db.set_trace_callback(None)
        asked = [one for one in asked if one.lstrip().startswith(("SELECT", "INSERT", "DELETE", "UPDATE"))]
        assert len(set(asked)) > 20
        for statement in set(asked):
            for *_, told in collection.catalog._db.execute(f"EXPLAIN QUERY PLAN {statement}"):
                scanned = told.startswith("SCAN") and "COVERING INDEX" not in told and "CONSTANT ROW" not in told
                assert not scanned or told in ("SCAN doubtful", "SCAN (subquery-2)"), (statement, told)


def test_documents_are_loaded_while_others_are_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    texts, folder = tmp_path / "texts", tmp_path / "c"
    made = write(texts, 7)
    assert add(folder, texts).exit_code == 0
    assert quads(folder) == expected(folder)
    for path in made[:5]:
        path.write_text(path.read_text(encoding="utf-8").replace("服务业", "工业"), encoding="utf-8")
    assert "5 replaced, 2 unchanged" in add(folder, texts).output
    assert quads(folder) == expected(folder)
    assert "工业" in "".join(quads(folder))


def test_a_load_that_fails_is_told_and_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    texts, folder = tmp_path / "texts", tmp_path / "c"
    write(texts, 7)
    calls: list[int] = []

    def load(self: Disk, paths: list[Path]) -> None:
        calls.append(len(paths))
        if len(calls) == 2:
            raise StoreError("the disk is full")
        whole(self, paths)

    whole = Disk.load
    with monkeypatch.context() as patched:
        patched.setattr(Disk, "load", load)
        answer = add(folder, texts)
    assert answer.exit_code == 2 and "the disk is full" in answer.output
    assert current(folder / "store") is None, "nothing half is published"
    assert add(folder, texts).exit_code == 0
    assert quads(folder) == expected(folder)
    assert len(files(folder)) == 7


def test_what_cannot_be_used_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    texts, folder = tmp_path / "texts", tmp_path / "c"
    write(texts, 2)
    bad = {
        "empty": b"",
        "binary": bytes(range(256)) * 40,
        "torn": TEXT.encode()[:2000] + b"\xff\xff",
        "copy": (texts / "100.txt").read_bytes(),
    }
    for name, data in bad.items():
        (texts / f"x-{name}.txt").write_bytes(data)
    with (texts / "x-huge.txt").open("wb") as huge:
        huge.truncate(100 << 20)
    begun = time.monotonic()
    answer = add(folder, texts, tmp_path / "missing.txt")
    assert time.monotonic() - begun < 60
    assert answer.exit_code == 2
    assert "2 added" in answer.output
    assert f"{len(bad) + 2} failed" in answer.output
    for name in (*bad, "huge"):
        assert f"x-{name}.txt" in answer.output
    assert "missing.txt: unreadable" in answer.output
    assert f"duplicate: its document qingzhengban-2020-100 is already there, from {texts / '100.txt'}" in answer.output
    assert list(files(folder)) == ["qingzhengban-2020-100.nq", "qingzhengban-2020-101.nq"]
    assert quads(folder) == expected(folder)


def test_deep_nesting_is_bounded(tmp_path: Path) -> None:
    """Whatever becomes of the nested file, it is told within a time, and the other file is added."""
    (one,) = write(tmp_path / "texts", 1)
    nested = tmp_path / "texts" / "nested.txt"
    brackets = "(" * 50_000 + ")" * 50_000
    nested.write_text(SHORT.format(n=9, what="发展").replace("责任单位", brackets + "责任单位"), encoding="utf-8")
    begun = time.monotonic()
    answer = add(tmp_path / "c", one, nested)
    assert time.monotonic() - begun < 2 * work.SECONDS
    assert f"{nested}" in answer.output
    assert "qingzhengban-2020-100.nq" in files(tmp_path / "c")


def test_a_document_that_turns_bad_stays_as_it_was(tmp_path: Path) -> None:
    (one,) = write(tmp_path / "texts", 1)
    folder = tmp_path / "c"
    add(folder, one)
    before = files(folder)
    one.write_bytes(b"\xff\xfe\xff")
    assert add(folder, one).exit_code == 2
    assert files(folder) == before
    assert quads(folder) == expected(folder)


def test_strict_refuses_what_has_findings(tmp_path: Path) -> None:
    (one,) = write(tmp_path / "texts", 1)
    one.write_text(one.read_text(encoding="utf-8").replace("省商务厅", "省机器人局"), encoding="utf-8")
    folder, report = tmp_path / "c", tmp_path / "report.tsv"
    answer = run("add", one, "--collection", folder, "--strict", "--report", report)
    assert answer.exit_code == 2
    assert not files(folder)
    rows = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["file", "line", "column", "code", "message"]
    column = one.read_text(encoding="utf-8").splitlines()[3].index("省机器人局") + 1
    assert [row[:4] for row in rows if row[3] == "actor"] == [[str(one), "4", str(column), "actor"]]
    assert add(folder, one).exit_code == 0
    assert "省机器人局" in run("findings", "--collection", folder).output


def test_two_things_with_one_iri_in_two_documents_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of naming leave few such pairs; here the second document brings one."""
    one, two = write(tmp_path / "texts", 2)
    for path in (one, two):
        path.write_text(path.read_text(encoding="utf-8").replace("省商务厅", "省机器人局"), encoding="utf-8")
    honest = work.run

    def run(task: Task) -> Outcome:
        made = honest(task)
        names = tuple((iri, thing + "二" * (task.name == str(two))) for iri, thing in made.names if "/org/" in iri)
        return replace(made, names=names)

    monkeypatch.setattr(executors, "run", run)
    answer = add(tmp_path / "c", one, two)
    assert answer.exit_code == 2
    assert "two things would get one IRI" in answer.output
    assert list(files(tmp_path / "c")) == ["qingzhengban-2020-100.nq"]


CITING = """关于发展服务业的意见
青政办〔2020〕{n}号
一、重点任务
(一)发展服务业。根据《关于推动养老事业的意见》（青政办〔2020〕201号），推进服务业，到2025年，达到{n}个。(责任单位：{body})
"""


def test_what_documents_share_stands_once_and_stays_as_long_as_one_says_it(tmp_path: Path) -> None:
    texts, folder = tmp_path / "texts", tmp_path / "c"
    texts.mkdir()
    citing, other, cited = texts / "200.txt", texts / "202.txt", texts / "201.txt"

    def settled(*present: Path) -> tuple[set[str], set[str]]:
        """(what is said of the body that no registry knows, what others say of the cited document)."""
        held = quads(folder)
        assert held == expected(folder)
        fresh = tmp_path / f"fresh-{len(list(tmp_path.iterdir()))}"
        add(fresh, *present)
        assert quads(fresh) == held
        shared = {line for line in held if f"<{work.SHARED}>" in line}
        return {x for x in shared if "jiqirenju" in x}, {x for x in shared if x.startswith(f"<{DOC}201>")}

    citing.write_text(CITING.format(n=200, body="省机器人局"), encoding="utf-8")
    other.write_text(CITING.format(n=202, body="省机器人局"), encoding="utf-8")
    add(folder, citing)
    body, stub = settled(citing)
    assert any("机器人局" in line for line in body) and any("养老事业" in line for line in stub)
    add(folder, other)
    assert settled(citing, other) == (body, stub)  # the same words of two documents
    cited.write_text(SHORT.format(n=201, what="推动养老事业"), encoding="utf-8")
    add(folder, cited)
    assert settled(citing, other, cited) == (body, set())  # it speaks for itself
    run("remove", "qingzhengban-2020-201", "--collection", folder)
    assert settled(citing, other) == (body, stub)
    citing.write_text(CITING.format(n=200, body="省商务厅"), encoding="utf-8")
    add(folder, citing)
    assert settled(citing, other) == (body, stub)
    run("remove", "qingzhengban-2020-202", "--collection", folder)
    assert settled(citing) == (set(), stub)
    add(folder, cited, citing)
    run("remove", "qingzhengban-2020-200", "--collection", folder)
    assert settled(cited) == (set(), set())


def test_a_catalog_of_another_version_is_refused(tmp_path: Path) -> None:
    (one,) = write(tmp_path / "texts", 1)
    add(tmp_path / "c", one)
    with sqlite3.connect(tmp_path / "c" / "catalog.sqlite") as catalog:
        catalog.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    answer = add(tmp_path / "c", one)
    assert answer.exit_code == 2
    assert "catalog.sqlite: a catalog of format 1;" in answer.output and "new folder" in answer.output


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
@pytest.mark.parametrize("files_first", [1, 12])
def test_a_killed_command_is_taken_up(tmp_path: Path, files_first: int) -> None:
    texts, folder, whole = tmp_path / "texts", tmp_path / "c", tmp_path / "whole"
    write(texts, 60)  # enough that it is still at work where the machine is busy
    add(whole, texts)
    command = [sys.executable, "-m", "policygraph.cli", "add", texts, "--collection", folder, "--workers", "1"]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 60
    while not (folder / "documents").is_dir() or len(list((folder / "documents").glob("*.nq"))) < files_first:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < limit
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = files(folder)
    assert {n: d for n, d in files(whole).items() if n in there} == {n: d for n, d in there.items() if n.endswith("nq")}
    assert add(folder, texts).exit_code == 0
    assert files(folder) == files(whole)
    assert quads(folder) == expected(folder) == quads(whole)


def kill_on(task: Task) -> Outcome:
    """In place of `work.run`: one text ends the process that compiles it."""
    if "杀" in task.data.decode():
        os.kill(os.getpid(), signal.SIGKILL)
    return work.run(task)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
def test_a_text_that_kills_its_process_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "run", kill_on)
    texts = [SHORT.format(n=n, what="杀" if n == 3 else "发展") for n in range(8)]
    tasks = [Task(f"{n}.txt", text.encode(), work.rules_digest()) for n, text in enumerate(texts)]
    found = list(executors.in_order(tasks, lambda: ProcessPoolExecutor(2), 2))
    assert [task for task, _ in found] == tasks
    assert [o.findings[0].code for _, o in found if not o.document] == ["killed"]
    assert found[3][1].document == ""
    assert [o for _, o in found if o.document] == [work.run(t) for n, t in enumerate(tasks) if n != 3]


def test_other_rules_are_refused() -> None:
    from policygraph.errors import BuildError

    with pytest.raises(BuildError, match="another version"):
        work.run(Task("x.txt", TEXT.encode(), "0" * 64))


def test_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SECONDS", 0.001)
    outcome = work.run(Task("x.txt", TEXT.encode(), work.rules_digest()))
    assert (outcome.document, [f.code for f in outcome.findings]) == ("", ["timeout"])


def test_the_collection_is_served(tmp_path: Path) -> None:
    add(tmp_path / "c", *write(tmp_path / "texts", 2))
    store = open_store(str(tmp_path / "c"))
    assert isinstance(store, CollectionStore)
    query = (
        "PREFIX pg: <https://w3id.org/policygraph/ontology#> SELECT ?p WHERE { ?p pg:responsibleActor ?a } ORDER BY ?p"
    )
    assert [row["p"].value for row in store.select(query)] == [f"{DOC}100/1.1", f"{DOC}101/1.1"]
    run("remove", "qingzhengban-2020-100", "--collection", tmp_path / "c")
    later = open_store(str(tmp_path / "c"))
    assert [row["p"].value for row in later.select(query)] == [f"{DOC}101/1.1"]
    assert [row["p"].value for row in store.select(query)] == [f"{DOC}100/1.1", f"{DOC}101/1.1"]
    assert later.digest != store.digest
    with pytest.raises(StoreError, match="nothing was added"):
        CollectionStore(tmp_path)


@pytest.mark.parametrize("words", [("remove", "x"), ("findings",)])
def test_no_collection_is_told_and_none_is_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = run(*words, "--collection", tmp_path / "c")
    assert answer.exit_code == 2
    assert "no collection" in answer.output
    assert not (tmp_path / "c").exists()


def test_one_command_at_a_time(tmp_path: Path) -> None:
    with Collection(tmp_path / "c"), pytest.raises(StoreError, match="another command"):
        Collection(tmp_path / "c")


@pytest.fixture
def dask_cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, as processes of their own; their address, and the workers."""
    pytest.importorskip("distributed", reason="the extra policygraph[cluster] is not installed")
    place = tmp_path / "scheduler.json"
    quiet = {"env": environment(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    common = [sys.executable, "-W", "ignore", "-m"]
    scheduler = subprocess.Popen(
        [
            *common,
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(place),
        ],
        **quiet,
    )
    workers = []
    try:
        limit = time.monotonic() + 60
        while not place.is_file() or not place.read_text():
            assert time.monotonic() < limit
            time.sleep(0.05)
        import json

        address = json.loads(place.read_text())["address"]
        workers = [
            subprocess.Popen(
                [
                    *common,
                    "distributed.cli.dask_worker",
                    address,
                    "--nworkers",
                    "1",
                    "--nthreads",
                    "1",
                    "--no-nanny",
                    "--no-dashboard",
                ],
                **quiet,
            )
            for _ in range(2)
        ]
        yield address, workers
    finally:
        for process in [*workers, scheduler]:
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(
    tmp_path: Path, dask_cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = dask_cluster
    texts, here, there = tmp_path / "texts", tmp_path / "here", tmp_path / "there"
    texts.mkdir()
    for n in range(24):
        (texts / f"{n}.txt").write_text(TEXT.replace("〔2020〕62号", f"〔2020〕{n + 1}号"), encoding="utf-8")
    add(here, texts)
    command = [sys.executable, "-W", "ignore", "-m", "policygraph.cli", "add", texts, "--collection", there]
    process = subprocess.Popen([*command, "--cluster", address], env=environment(), stdout=subprocess.PIPE)
    limit = time.monotonic() + 120
    while not (there / "documents").is_dir() or len(list((there / "documents").glob("*.nq"))) < 4:
        assert process.poll() is None, "it ended before a worker could be killed"
        assert time.monotonic() < limit
        time.sleep(0.005)
    workers[0].send_signal(signal.SIGKILL)
    workers[0].wait()
    assert len(list((there / "documents").glob("*.nq"))) < 24, "all was done before the worker was killed"
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert b"24 added" in output
    assert files(there) == files(here)
    assert quads(there) == quads(here)


def test_no_cluster_at_an_address_is_told(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra policygraph[cluster] is not installed")
    with pytest.raises(StoreError, match=r"tcp://127\.0\.0\.1:9"):
        executors.cluster("tcp://127.0.0.1:9", patience=1)
