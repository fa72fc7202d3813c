"""Bad input: a clear error that names its place, exit code 2, nothing half-written; what can go on goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policygraph import resources
from policygraph.cli import main
from policygraph.compiler.curated import read_mapping
from policygraph.compiler.read import decode, store
from policygraph.compiler.registry import Registry, load_registry
from policygraph.errors import DecodeError, IriError, RegistryError
from policygraph.graph import build as builder
from policygraph.graph.build import compile_source
from policygraph.graph.iri import EntityIri, Minter
from policygraph.graph.namespaces import PG

SOURCE = resources.data() / "sources" / "qinghai-2020-62.txt"


def run(*words: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"abc\n\xff\xfe\xfa", "2:1: neither UTF-8 nor GB 18030"),
        (b"PK\x03\x04\x00\x00", "torn or damaged .docx"),
        (b"GIF89a\x00\x00", "zero byte"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"%PDF-1.7\n", "damaged pdf"),
        (b"<html><script>1</script></html>", "without text"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(tmp_path: Path, data: bytes, said: str) -> None:
    path, out = tmp_path / "in.txt", tmp_path / "out.ttl"
    path.write_bytes(data)
    answer = run("compile", path, "-o", out)
    assert answer.exit_code == 2
    assert said in answer.output
    assert str(path) in answer.output
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_and_an_unwritable_place(tmp_path: Path) -> None:
    assert run("compile", tmp_path / "none.txt").exit_code == 2
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert run("compile", SOURCE, "-o", blocked / "out.ttl").exit_code == 2


def test_gb18030_bom_and_crlf_give_the_same_text() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    for data in (text.encode("gb18030"), b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode()):
        assert decode(data).text == text


def test_no_document_number_goes_on_with_a_finding(registry: Registry) -> None:
    text = SOURCE.read_text(encoding="utf-8").replace("青政办〔2020〕62号", "")
    text = text.replace("发文字号 :", "")
    one = compile_source(store(text), registry)
    assert one.name.startswith("qinghaishengrenminzhengfubangongting-2020-08-13-")
    assert [f.code for f in one.findings] == ["document-number"]
    assert compile_source(store(text), registry, "my-document").name == "my-document"


def test_unknown_unit_body_and_term_go_on_with_findings(registry: Registry) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    text = text.replace("省科技厅、省工业和信息化厅)", "省科技厅、省机器人局)").replace("“触网”", "“触天”")
    text = text.replace("规模达600亿元", "规模达600焦")
    one = compile_source(store(text), registry)
    assert {f.code for f in one.findings} >= {"actor", "term", "unit"}
    line, column = one.source.place(next(f for f in one.findings if f.code == "actor").span.start)
    assert text.split("\n")[line - 1][column - 1 :].startswith("省机器人局")
    assert any(str(o) == "青海省机器人局" for o in one.graph.objects())
    printed = [str(o) for o in one.graph.objects(predicate=PG.printedUnit)]
    assert printed == ["焦"]


def test_a_number_that_stands_twice_is_told_and_never_merged(registry: Registry) -> None:
    text = SOURCE.read_text(encoding="utf-8").replace("(二)发展目标", "(一)发展目标")
    one = compile_source(store(text), registry)
    assert [u.number for u in one.document.parts[0].provisions] == ["1.1", "1.1-2"]
    assert [f.code for f in one.findings if "stands twice" in f.message] == ["numbering"]


def test_two_things_with_one_iri_are_named_both() -> None:
    minter = Minter()
    minter.mint(EntityIri("term", name="a"), "one")
    with pytest.raises(IriError, match="one and two"):
        minter.mint(EntityIri("term", name="a"), "two")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("- nome: 甲\n", "unknown field 'nome'"),
        ("- name: 甲\n", "'kind' is missing"),
        ("- [1]\n", "expected an entry"),
        ("- name: 青海省商务厅\n  kind: collective\n  source: x\n  verification: text\n", "already belongs to"),
        ("- name: 甲\n  kind: collective\n  source: x\n  verification: text\n  parent: 乙\n", "no entry is named '乙'"),
        ("- name: 甲\n  name: 乙\n", "given twice"),
        ("- name: 甲\n  kind: [a]\n  source: x\n  verification: text\n", "expected a text"),
        ("  - :\n x", "not well-formed"),
    ],
)
def test_a_malformed_registry_entry_is_refused_with_its_line(tmp_path: Path, entry: str, said: str) -> None:
    shutil.copytree(resources.data() / "registry", tmp_path / "registry")
    path = tmp_path / "registry" / "actors.yaml"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    with pytest.raises(RegistryError, match=said) as caught:
        registry = load_registry(tmp_path / "registry")
        for e in registry.entries["actors"]:
            e.text("kind")
    assert caught.value.line > lines
    assert str(path) in str(caught.value)


def test_a_quote_that_does_not_stand_there_stops_the_build(tmp_path: Path) -> None:
    for name in ("data", "ontology"):
        shutil.copytree(resources.root() / name, tmp_path / name)
    path = tmp_path / "data" / "alignment.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("吸纳就业能力持续加强", "吸纳就业能力大幅加强"), encoding="utf-8"
    )
    before = {p: p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()}
    with pytest.raises(RegistryError, match=r"do not stand in provision 1.2"):
        builder.build(root=tmp_path)
    assert before == {p: p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()}


def test_read_mapping_needs_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("id: a\n")
    with pytest.raises(RegistryError, match="'title' is missing"):
        read_mapping(path, ("id", "title"))


def test_decode_error_is_the_root_of_none() -> None:
    with pytest.raises(DecodeError):
        decode(b"\xff\xff\xff")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "none.rq"), "cannot be read"),
        (("query", "tasks-of-department", "--param", "actor=省不存在厅"), "省不存在厅"),
        (("query", "tasks-of-department", "--param", "who=x"), "who"),
        (("query", "tasks-of-department", "--param", "x"), "NAME=VALUE"),
    ],
)
def test_query_command_says_what_is_wrong(words: tuple[str, ...], said: str) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert said in answer.output


def test_query_command_refuses_and_answers() -> None:
    assert run("query", "-", stdin=b"SELEC * {}").exit_code == 2
    assert run("query", "-", stdin=b"CLEAR ALL").exit_code == 2
    answer = run("query", "tasks-of-department", "--param", "actor=省体育局", "--format", "csv")
    assert answer.exit_code == 0
    assert [x for x in ("3.8", "3.9") if x in answer.output] == ["3.8", "3.9"]
    assert answer.output.count("\n") == 3
    assert run("query", "-", "--format", "json", stdin=b"ASK {}").output.strip().endswith("}")


@pytest.mark.parametrize("amount", ["六百多亿元", "600多亿元", "达八成以上"])
def test_a_number_that_no_rule_reads_is_told_and_is_no_goal(registry: Registry, amount: str) -> None:
    text = SOURCE.read_text(encoding="utf-8").replace("规模达600亿元", f"规模达{amount}")
    one = compile_source(store(text), registry)
    assert {f.code for f in one.findings} == {"sentence", "number"}
    assert sum(len(p.goals) for p in one.document.provisions) == 17


def test_thousands_separators_and_unknown_units_are_read(registry: Registry) -> None:
    for amount, value, findings in (("1,600亿元", 1600, []), ("六百亿元", 600, []), ("600万桶", 600, ["unit"])):
        text = SOURCE.read_text(encoding="utf-8").replace("规模达600亿元", f"规模达{amount}")
        one = compile_source(store(text), registry)
        assert [f.code for f in one.findings] == findings
        assert one.document.provisions[6].targets[0].value == value


@pytest.mark.parametrize("name", ["a b<>", "../x", "青海"])
def test_a_bad_document_id_is_refused(name: str) -> None:
    assert run("compile", SOURCE, "--id", name).exit_code == 2


def test_places_and_bodies_inside_a_name_are_mentioned(registry: Registry) -> None:
    one = compile_source(store(SOURCE.read_text(encoding="utf-8")), registry)
    named = {p.number: {m.name for s in p.sentences for m in s.mentions} for p in one.document.provisions}
    assert {"西宁市", "海东市", "民和回族土族自治县", "红古区", "西宁—海东都市圈"} <= named["2.3"]
    assert "国家统计局" in named["4.5"]
