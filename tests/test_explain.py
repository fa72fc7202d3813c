"""compile --strict, --notes and the ending of the output; explain: what a reader who doubts can ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from policygraph.cli import main

TEXT = """青海省人民政府办公厅关于促进冰雪运动的意见
青政办〔2021〕99号
各市、自治州人民政府：
为促进冰雪运动，提出以下意见。
一、重点任务
（一）建设场地。到2025年，建设滑冰场不少于30个。（省体育局牵头，省财政厅、省机器人局配合）
青海省人民政府办公厅
2021年3月2日
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*words: object) -> tuple[int, str, str]:
    answer = CliRunner().invoke(main, [str(w) for w in words])
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.mark.parametrize(
    ("place", "what", "rule"),
    [
        ("省财政厅", "省财政厅: Support", "word 配合"),
        ("省体育局", "省体育局: Lead", "word 牵头"),
        ("滑冰场", "target 1.1/t1", "targets.py"),
        ("6:1", "number （一）", "words/numbering.py"),
        ("1", "title: 青海省人民政府办公厅关于促进冰雪运动的意见", "words/layout.py"),
        ("0-3", "TitleLeaf", "layout"),
    ],
)
def test_explain_names_the_rule(file: Path, place: str, what: str, rule: str) -> None:
    code, told, _ = run("explain", file, place)
    assert code == 0
    assert what in told
    assert rule in told


@pytest.mark.parametrize("place", ["99", "6:999", "900-1000", "5-2", "没有这些字"])
def test_explain_a_place_that_is_none(file: Path, place: str) -> None:
    code, _, told = run("explain", file, place)
    assert code == 2
    assert str(file) in told


def test_strict_writes_nothing_where_anything_is_told(file: Path, tmp_path: Path) -> None:
    code, _, told = run("compile", file, "-o", tmp_path / "out.nq", "--strict")
    assert code == 2
    assert "省机器人局" in told
    assert not (tmp_path / "out.nq").exists()
    file.write_text(TEXT.replace("、省机器人局", "").replace("滑冰场不少于30个", "滑冰场"), encoding="utf-8")
    assert run("compile", file, "-o", tmp_path / "out.nq", "--strict")[0] == 0


def test_notes_are_shown_when_asked_for(file: Path) -> None:
    assert ": indicator: " not in run("compile", file)[2]
    assert ": indicator: " in run("compile", file, "--notes")[2]


@pytest.mark.parametrize(("ending", "opens"), [("ttl", "@prefix"), ("nq", "<https"), ("json", "{"), ("jsonld", "[{")])
def test_the_ending_gives_the_format(file: Path, tmp_path: Path, ending: str, opens: str) -> None:
    out = tmp_path / f"out.{ending}"
    code, _, told = run("compile", file, "-o", out)
    assert code == 0
    assert out.read_text(encoding="utf-8").startswith(opens)
    assert "1 targets" in told and "3 assignments" in told
