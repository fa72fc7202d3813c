"""Small texts and what they must compile to: `cases/*.md`, one form of real documents each (see casefile.py)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from casefile import NONE, Case, CaseError, Record, Table, read_cases
from policygraph.compiler.model import Document
from policygraph.compiler.read import store
from policygraph.compiler.registry import Registry
from policygraph.graph.build import Compiled, compile_source
from policygraph.graph.namespaces import ELI

FOLDER = Path(__file__).parent / "cases"
NUMERAL = re.compile(r"\d+(?:\.\d+)?")


def cases() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.md")):
        try:
            found: list[Case | CaseError] = [*read_cases(path)]
        except CaseError as error:
            found = [error]
        for case in found:
            name = case.id if isinstance(case, Case) else "broken"
            yield pytest.param(case, id=f"{path.stem}/{name}")


@dataclass(frozen=True)
class Unit:
    """A part or provision with its place in the numbering: （一） in 二、 has the path 二、/（一）."""

    path: str
    level: int
    item: Any


def units(document: Document) -> list[Unit]:
    """Everything that bears a printed number, in the order of the text, however deep the model nests it."""
    made: list[Unit] = []

    def walk(item: Any, path: str, level: int) -> None:
        if number := getattr(item, "printed", ""):
            path, level = f"{path}/{squash(number)}".strip("/"), level + 1
            made.append(Unit(path, level, item))
        held = ("parts", "annexes") if hasattr(item, "parts") else ("provisions",)
        for child in (child for name in held for child in getattr(item, name, ())):
            walk(child, path, level)

    walk(document, "", 0)
    return sorted(made, key=lambda u: (u.item.span.start, u.level))


def squash(words: str) -> str:
    """As a reader compares: width of letters and digits, blanks and invisible characters apart."""
    return (
        re.sub(r"[\s\u200b\u200d\ufeff]", "", unicodedata.normalize("NFKC", words))
        .replace("〔", "[")
        .replace("〕", "]")
    )


def facts(compiled: Compiled) -> list[Record]:
    document = compiled.document
    made = [{"name": n, "value": q.value} for n, quotes in document.facts.items() for q in quotes]
    dated = [str(d) for d in compiled.graph.objects(None, ELI.date_document)]
    return [*made, {"name": "id", "value": compiled.name}, *({"name": "date", "value": d} for d in dated)]


def provisions(compiled: Compiled) -> list[Record]:
    return [{"number": u.path, "heading": u.item.heading, "level": str(u.level), "ends": u.item.text}
            for u in units(compiled.document)]  # fmt: skip


def assignments(compiled: Compiled) -> list[Record]:
    return [{"provision": u.path, "name": a.printed or a.name, "role": a.role}
            for u in units(compiled.document) for a in getattr(u.item, "assignments", ())]  # fmt: skip


def targets(compiled: Compiled) -> list[Record]:
    document = compiled.document
    held = [("", t) for t in getattr(document, "targets", ())]
    held += [(u.path, t) for u in units(document) for t in getattr(u.item, "targets", ())]
    return [{
        "provision": path or NONE, "indicator": "、".join(t.indicators), "comparator": " ".join(t.comparators),
        "value": str(t.value), "upper": said(t.upper), "unit": t.unit or NONE, "year": said(t.year),
        "deadline": said(t.deadline), "scope": t.scope or NONE, "baseline": said(t.baseline),
        "baseyear": said(t.baseline_year),
    } for path, t in held]  # fmt: skip


def citations(compiled: Compiled) -> list[Record]:
    document = compiled.document
    held = [(NONE, c) for c in document.citations]
    held += [(u.path, c) for u in units(document) for c in getattr(u.item, "citations", ())]
    return [{"provision": path, "title": c.title, "number": c.number or NONE} for path, c in held]


def findings(compiled: Compiled) -> list[Record]:
    text = compiled.document.text
    return [{"code": f.code, "words": text[f.span.start : f.span.end]} for f in compiled.findings]


READERS = {"facts": facts, "provisions": provisions, "assignments": assignments, "targets": targets,
           "citations": citations, "findings": findings, "silence": findings}  # fmt: skip


def said(value: object) -> str:
    return NONE if value is None else str(value)


def agrees(column: str, wanted: str, got: str) -> bool:
    """Whether a cell holds of a record. Paths may be shortened from the left, findings overlap."""
    if not wanted or squash(wanted) == squash(got):
        return True
    if NUMERAL.fullmatch(wanted) and NUMERAL.fullmatch(got):
        return Decimal(wanted) == Decimal(got)
    if column in ("provision", "number") and wanted != NONE:
        return squash(got).endswith("/" + squash(wanted))
    if column == "ends":
        return squash(got).endswith(squash(wanted))
    if column == "words":
        return squash(wanted) in squash(got) or squash(got) in squash(wanted)
    if column == "comparator":
        return set(wanted.split()) == set(got.split())
    return column == "code" and wanted == "*"


def compare(table: Table, got: list[Record]) -> list[str]:
    """What differs: wanted records that are missing, records that nobody wants; each in one line."""
    rest, wrong = list(got), []
    for wanted in table.records:
        columns = {c: v for c, v in wanted.items() if c != "text"}
        hit = next((g for g in rest if all(agrees(c, v, g[c]) for c, v in columns.items())), None)
        if table.kind == "silence":
            wrong += [f"not expected: {shown(hit)}"] if hit else []
        elif hit is None:
            wrong.append(f"missing: {shown(columns)}")
        else:
            rest.remove(hit)
    if not table.only and table.kind in ("provisions", "assignments", "targets", "citations"):
        wrong += [f"not expected: {shown(g)}" for g in rest]
        order = [g for g in got if g not in rest]
        if not wrong and table.kind == "provisions":
            wrong += [f"out of order: {shown(g)}" for w, g in zip(table.records, order, strict=True)
                      if not agrees("number", w.get("number", ""), g["number"])]  # fmt: skip
    return wrong


def shown(record: Record) -> str:
    return ", ".join(f"{k} {v if len(v) < 60 else v[:20] + '…' + v[-30:]}" for k, v in record.items() if v)


@pytest.mark.parametrize("case", [*cases()])
def test_case(registry: Registry, case: Case | CaseError) -> None:
    if isinstance(case, CaseError):
        raise case
    compiled = compile_source(store(case.text, case.place), registry)
    text = compiled.document.text
    for unit in units(compiled.document):
        at = unit.item.span.start
        assert squash(text[at : at + len(unit.item.printed) + 12]).startswith(squash(unit.item.printed)), unit.path
        for made in getattr(unit.item, "assignments", ()):
            assert squash(text[made.span.start : made.span.end]) == squash(made.printed or made.name)
        for made in getattr(unit.item, "targets", ()):
            assert text[made.value_start].isnumeric(), text[made.value_start : made.value_start + 12]
            assert made.span.start <= made.value_start < made.span.end
    wrong = [w for table in case.tables for w in compare(table, READERS[table.kind](compiled))]
    if wrong:
        pytest.fail(f"{case.place}: {case.name}\n" + "\n".join(f"  {w}" for w in wrong), pytrace=False)


TABLE = "责任 assignments\n\n| 条款 provision | 单位 name |\n| --- | --- |\n| （一） | 省商务厅 |\n"
GOOD = "## 甲 – one\n\n```text 片段 fragment\n推进试点。\n```\n\n" + TABLE


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## 甲 – one", "甲", "x.md:3: a case has one text"),
        ("– one", "one", "x.md:1: a heading has the form"),
        ("```\n\n责任", "\n责任", "x.md:3: the text has no closing"),
        ("```text 片段 fragment", "```txt", "x.md:3: a text opens with"),
        ("责任 assignments", "责任", "x.md:9: the line above a table"),
        ("责任 assignments", "责任 duties", "x.md:9: the line above a table"),
        ("单位 name", "单位 nane", "x.md:9: no column 'nane'"),
        ("条款 provision", "原文 text", "x.md:9: the text has no {}"),
        ("| --- | --- |\n", "", "x.md:10: a table has a line of dashes"),
        ("| （一） | 省商务厅 |", "| （一） |", "x.md:11: 1 cells, the table has 2 columns"),
        (TABLE, "", "x.md:1: a case has a"),
        (GOOD, "text\n", "x.md:1: no case"),
    ],
)  # fmt: skip
def test_a_broken_case_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "x.md"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_cases(path)
    assert str(caught.value).startswith(said)


def test_compare_tells_what_is_missing_and_what_is_too_much() -> None:
    table = Table("assignments", False, ({"provision": "（一）", "name": "省商务厅", "role": ""},))
    right = {"provision": "一、/（一）", "name": "省商务厅", "role": "Lead"}
    assert compare(table, [right]) == []
    assert [w.split(":")[0] for w in compare(table, [{**right, "name": "省财政厅"}])] == ["missing", "not expected"]
    assert [w.split(":")[0] for w in compare(table, [right, right])] == ["not expected"]
