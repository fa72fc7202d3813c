"""Reads `tests/cases/*.md`: small texts and what they must compile to, readable by a policy expert.

A case is a second-level heading (中文 – English), one fenced text and at least one table of expected records:

    ## 责任单位，半角括号 – responsible bodies in half-width brackets

    ```text 片段 fragment
    推进乡村旅游。(责任单位:省农业农村厅)
    ```

    责任 assignments

    | 条款 provision | 单位 name | 角色 role |
    | --- | --- | --- |
    | （一） | 省农业农村厅 | Responsible |

`text` alone is a whole document; with `片段 fragment` it is put into one as the body of （一）. The line above a table
names the records; the English word that ends a column's heading names the attribute. Only the columns given are
compared, an empty cell is not, `—` means none. A table is complete unless its caption says `（部分）some`.
Where the first column is `原文 text` each row is a case of its own: its first cell replaces `{}` in the text; a row
with an empty first cell adds a record to the row above it, and a row of `—` alone expects no record at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = {
    "facts": {"name", "value"},
    "provisions": {"number", "heading", "level", "ends"},
    "assignments": {"provision", "name", "role"},
    "targets": {"provision", "indicator", "comparator", "value", "upper", "unit", "year", "deadline", "scope",
                "baseline", "baseyear"},
    "citations": {"provision", "title", "number"},
    "findings": {"code", "words"},
    "silence": {"code", "words"},
}  # fmt: skip
NONE = "—"
WRAP = """青海省人民政府办公厅
关于试验的意见
青政办〔2020〕99号

各市、自治州人民政府，省政府各委、办、厅、局：
为做好试验工作，现提出以下意见。
一、重点任务
（一）试验条款。{}
青海省人民政府办公厅
2020年1月2日
"""

Record = dict[str, str]


class CaseError(Exception):
    """A case file that does not follow the layout; the message starts with file:line."""


@dataclass(frozen=True)
class Table:
    """Expected records. kind: a key of COLUMNS; only: they are some of the records, not all."""

    kind: str
    only: bool
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Case:
    """One text with its expected tables. place: file:line of its heading, or of its row; id: ASCII, for pytest."""

    id: str
    name: str
    place: str
    text: str
    tables: tuple[Table, ...]


@dataclass
class _Draft:
    """A case while it is read."""

    name: str
    line: int
    text: str | None = None
    tables: list[Table] = field(default_factory=list)
    rows: list[tuple[int, str, Table]] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    """Raises CaseError."""
    made = [case for draft in _drafts(path) for case in _cases(path, draft)]
    if not made:
        raise CaseError(f"{path.name}:1: no case: expected a heading that starts with ##")
    return made


def _drafts(path: Path) -> Iterator[_Draft]:
    lines = path.read_text(encoding="utf-8").split("\n")
    draft: _Draft | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("## "):
            if draft:
                yield draft
            draft = _Draft(line[3:].strip(), at + 1)
            if " – " not in draft.name:
                raise CaseError(f"{path.name}:{at + 1}: a heading has the form: 中文 – English")
        elif line.startswith("```"):
            at = _fence(path, lines, at, draft)
        elif line.startswith("|"):
            at = _table(path, lines, at, draft)
        at += 1
    if draft:
        yield draft


def _fence(path: Path, lines: list[str], at: int, draft: _Draft | None) -> int:
    """Read the text that starts at line `at`; returns the line that closes it."""
    info = lines[at][3:].split()
    end = next((i for i in range(at + 1, len(lines)) if lines[i] == "```"), None)
    if end is None:
        raise CaseError(f"{path.name}:{at + 1}: the text has no closing ```")
    if draft is None or draft.text is not None:
        raise CaseError(f"{path.name}:{at + 1}: a case has one text, below its heading")
    if not info or info[0] != "text" or info[1:] not in ([], ["片段", "fragment"]):
        raise CaseError(f"{path.name}:{at + 1}: a text opens with ```text or ```text 片段 fragment")
    text = "\n".join(lines[at + 1 : end])
    draft.text = WRAP.replace("{}", text) if info[1:] else text + "\n"
    return end


def _table(path: Path, lines: list[str], at: int, draft: _Draft | None) -> int:
    """Read the table that starts at line `at`; returns its last line."""
    caption = next((line for line in reversed(lines[:at]) if line.strip()), "")
    words = re.fullmatch(r"\S+ (?P<kind>[a-z]+)(?P<only>（部分）some)?", caption.strip())
    if draft is None or draft.text is None:
        raise CaseError(f"{path.name}:{at + 1}: a table stands below the text of its case")
    if not words or words["kind"] not in COLUMNS:
        raise CaseError(f"{path.name}:{at + 1}: the line above a table names its records: one of {', '.join(COLUMNS)}")
    names = [_word(cell) for cell in _cells(lines[at])]
    varied = names[0] == "text"
    for name in names[varied:]:
        if name not in COLUMNS[words["kind"]]:
            raise CaseError(f"{path.name}:{at + 1}: no column {name!r} in a table of {words['kind']}")
    end = at
    while end + 1 < len(lines) and lines[end + 1].startswith("|"):
        end += 1
    if end < at + 2 or set(lines[at + 1]) - set("|-: "):
        raise CaseError(f"{path.name}:{at + 2}: a table has a line of dashes and at least one row")
    if varied and "{}" not in draft.text:
        raise CaseError(f"{path.name}:{at + 1}: the text has no {{}} for the column 原文 text")
    records: list[Record] = []
    for number in range(at + 2, end + 1):
        cells = _cells(lines[number])
        if len(cells) != len(names):
            raise CaseError(f"{path.name}:{number + 1}: {len(cells)} cells, the table has {len(names)} columns")
        record = dict(zip(names, cells, strict=True))
        found = () if set(list(record.values())[varied:]) <= {NONE} else (record,)
        if not varied:
            records += found
        elif cells[0]:
            draft.rows.append((number + 1, cells[0], Table(words["kind"], bool(words["only"]), found)))
        elif draft.rows:
            line, text, table = draft.rows.pop()
            draft.rows.append((line, text, Table(table.kind, table.only, (*table.records, *found))))
        else:
            raise CaseError(f"{path.name}:{number + 1}: the first row of 原文 text is empty")
    if not varied:
        draft.tables.append(Table(words["kind"], bool(words["only"]), tuple(records)))
    return end


def _cases(path: Path, draft: _Draft) -> Iterator[Case]:
    if draft.text is None or not (draft.tables or draft.rows):
        raise CaseError(f"{path.name}:{draft.line}: a case has a text and a table")
    id = draft.name.split(" – ", 1)[1]
    if not draft.rows:
        yield Case(id, draft.name, f"{path.name}:{draft.line}", draft.text, tuple(draft.tables))
    for index, (line, words, table) in enumerate(draft.rows, 1):
        yield Case(f"{id} {index}", f"{draft.name}: {words}", f"{path.name}:{line}",
                   draft.text.replace("{}", _unescape(words)), (*draft.tables, table))  # fmt: skip


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _word(cell: str) -> str:
    found = re.search(r"([a-z]+)$", cell)
    return found[1] if found else cell


def _unescape(words: str) -> str:
    r"""\n and \u200b stand for characters that a table cell cannot show."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), words.strip("`")).replace("\\n", "\n")
