"""A full text replaces a curated outline: IRIs stay, alignments find their clauses again, what does not fit is told."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import resources
from policygraph.compiler.curated import read_mapping
from policygraph.compiler.model import Document, Provision, Span
from policygraph.compiler.read import store
from policygraph.compiler.registry import Registry
from policygraph.graph import build as builder
from policygraph.graph.build import compile_source
from policygraph.graph.knowledge import outline_fits
from policygraph.graph.reattach import Fit, fits
from policygraph.proposals import Ledger

OURS, GUIDELINE = "qingzhengban-2020-62", "fagaichanye-2019-1602"
OUTLINE = resources.data() / "national" / f"{GUIDELINE}.yaml"
NUMERALS = "一二三四五六七八九十"


def full_text(changes: dict[str, str | None] | None = None, extra: dict[str, str] | None = None) -> str:
    """A text with the outline's headings, its words invented for the test. changes: number → other heading, None to
    leave it out; extra: number → heading of a clause that stands before it."""
    rows = read_mapping(OUTLINE, ("id", "outline")).values["outline"]
    lines = ["国家发展改革委　市场监管总局关于新时代服务业高质量发展的指导意见", "发改产业〔2019〕1602号",
             "各省、自治区、直辖市人民政府：", "为推动服务业高质量发展，现提出如下意见。"]  # fmt: skip
    count = 0
    for row in rows:
        number, heading = row.text("number"), (changes or {}).get(row.text("number"), row.text("heading"))
        if "." not in number:
            count = 0
            lines.append(f"{NUMERALS[int(number) - 1]}、{heading}")
            continue
        for title in ((extra or {}).get(number), heading):
            if title:
                count += 1
                lines.append(f"（{NUMERALS[count - 1]}）{title}。各地区、各部门要结合实际抓好落实。")
    return "\n".join(lines) + "\n"


def document(*units: tuple[str, str]) -> Document:
    made = tuple(Provision(n, "", h, "Task", Span(0, 0), f"{h}。") for n, h in units)
    return Document("", "", {}, made, (), ())


@pytest.mark.parametrize(
    ("units", "fit"),
    [
        ((("2.6", "建设服务标准"),), Fit("2.6", "same", "建设服务标准")),
        ((("2.6", "建设服务标准。"), ("2.7", "塑造服务品牌")), Fit("2.6", "same", "建设服务标准。")),
        ((("2.6", "推动服务创新"), ("2.7", "建设服务标准")), Fit("2.7", "moved", "建设服务标准")),
        ((("2.6", "加强建设服务标准体系"),), Fit("2.6", "reworded", "加强建设服务标准体系")),
        ((("2.6", "扩大对外开放"),), Fit("", "gone")),
        ((("2.7", "建设服务标准"), ("2.8", "建设服务标准")), Fit("", "gone")),
        ((("2", "建设服务标准"),), Fit("", "gone")),
        ((), Fit("", "gone")),
    ],
)
def test_one_entry(units: tuple[tuple[str, str], ...], fit: Fit) -> None:
    assert fits({"2.6": "建设服务标准"}, document(*units)) == {"2.6": fit}


def test_a_swap_of_numbers_is_found() -> None:
    found = fits(
        {"2.1": "推动服务创新", "2.2": "深化产业融合"}, document(("2.1", "深化产业融合"), ("2.2", "推动服务创新"))
    )
    assert {n: f.number for n, f in found.items()} == {"2.1": "2.2", "2.2": "2.1"}
    assert {f.how for f in found.values()} == {"moved"}


HEADINGS = st.dictionaries(st.sampled_from(["1", "1.1", "1.2", "1.3", "2.1"]), st.text("服务业创新标准", max_size=8))


@given(HEADINGS, HEADINGS)
def test_every_entry_is_answered_and_no_provision_taken_twice(outline: dict[str, str], units: dict[str, str]) -> None:
    found = fits(outline, document(*units.items()))
    assert set(found) == set(outline)
    taken = [fit.number for fit in found.values() if fit.number]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(units)
    assert all((fit.how == "gone") == (not fit.number) for fit in found.values())
    assert {n: f.number for n, f in fits(units, document(*units.items())).items()} == {n: n for n in units}


def test_a_faithful_text_fits_without_a_word(registry: Registry) -> None:
    one = compile_source(store(full_text()), registry)
    assert one.name == GUIDELINE
    found, told = outline_fits(OUTLINE, one.document)
    assert told == []
    assert {fit.how for fit in found.values()} == {"same"}
    assert all(number == fit.number for number, fit in found.items())


def test_what_does_not_fit_is_told_with_its_line(registry: Registry) -> None:
    text = full_text({"2.9": None, "2.7": "塑造中国服务品牌"}, {"2.4": "发展共享经济"})
    found, told = outline_fits(OUTLINE, compile_source(store(text), registry).document)
    assert found["2.3"] == Fit("2.3", "same", "拓展服务消费")
    assert found["2.4"] == Fit("2.5", "moved", "优化空间布局")
    assert found["2.9"].how == "gone"
    assert found["2.10"].number == "2.10"
    assert all(re.match(rf"{re.escape(str(OUTLINE))}:\d+:\d+: outline: ", line) for line in told)
    lines = OUTLINE.read_text(encoding="utf-8").splitlines()
    gone = next(line for line in told if "fits no provision" in line)
    assert lines[int(gone.split(":")[1]) - 1].strip() == "- number: '2.9'"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> builder.Result:
    """The whole build, after a text without 2.9, with a clause more before 2.4, took the outline's place."""
    folder = tmp_path_factory.mktemp("root")
    for name in ("data", "ontology"):
        shutil.copytree(resources.root() / name, folder / name)
    text = full_text({"2.9": None}, {"2.4": "发展共享经济"})
    (folder / "data" / "sources" / f"{GUIDELINE}.txt").write_text(text, encoding="utf-8")
    ledger = Ledger(folder / "data")
    ledger.accept(
        (OURS, "3.1", GUIDELINE, "2.4"), "related", ["拓展网络信息新空间"], "", "张三", heading="发展共享经济"
    )
    return builder.build(root=folder)


def named(result: builder.Result, file: str) -> str:
    return next(data for path, data in result.files.items() if path.name == file).decode()


def test_alignments_follow_their_clauses(rebuilt: builder.Result) -> None:
    text = named(rebuilt, "alignment.ttl")
    pairs = set(re.findall(rf"alignment/{OURS}/([\d.]+)/{GUIDELINE}/([\d.]+)>", text))
    rows = read_mapping(resources.data() / "alignment.yaml", ("alignments",)).values["alignments"]
    moved = {"2.4": "2.5", "2.5": "2.6", "2.6": "2.7", "2.7": "2.8", "2.8": "2.9", "2.10": "2.10"}
    expected = {
        (row.text("provision"), moved.get(row.text("number"), row.text("number")))
        for row in rows
        if row.text("national") == GUIDELINE and row.text("number") != "2.9"
    }
    assert pairs == expected | {("3.1", "2.4")}
    left = [row for row in rows if row.text("national") == GUIDELINE and row.text("number") == "2.9"]
    assert left
    assert sum(": alignment: left out: " in line for line in rebuilt.reports) == len(left)


def test_the_full_text_keeps_the_document_and_its_iris(rebuilt: builder.Result) -> None:
    published = named(rebuilt, "policygraph.nq")
    root = f"<https://w3id.org/policygraph/id/doc/{GUIDELINE}"
    before = resources.dataset().read_text(encoding="utf-8")
    used = set(re.findall(rf"{root}(?:/[\d.]+)?>", before))
    now = set(re.findall(rf"{root}(?:/[\d.]+)?>", published))
    assert used <= now
    assert f"{root}> <https://w3id.org/policygraph/ontology#sourceDigest>" in published
    assert "发展共享经济" in published
    assert "VerifiedTheme" not in "".join(line for line in published.splitlines() if line.startswith(f"{root}/2.3>"))
    first = named(rebuilt, "policy.ttl")
    assert f"<https://w3id.org/policygraph/id/doc/{OURS}>" in first
    assert rebuilt.counts["documents"] == 2
