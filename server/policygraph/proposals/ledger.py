"""What a person decided about pairs of clauses: `data/alignment.yaml` and `data/alignment-rejected.yaml`.

Both are files that people edit. An entry is written between the lines that stand there, and every other byte, the
comments among them, stays.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, RegistryError
from ..files import save
from .shared import natural

ACCEPTED, REJECTED = "alignment.yaml", "alignment-rejected.yaml"
STRENGTHS = ("exact", "close", "related")
LEVELS = {"VerifiedText": "text", "VerifiedHeading": "heading", "VerifiedTheme": "theme", "PartlyVerified": "partly",
          "Unverified": "unverified", "Unresolved": "unresolved"}  # fmt: skip
Pair = tuple[str, str, str, str]
"""(our document, our provision, their document, their provision)."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it is built
_PLAIN = {"national", "document", "strength", "verification"}
"""Fields whose values need no quotation marks: ids and keywords."""
_HEAD = """# 未采纳的对应:人工看过、不予采纳的条款对,不再提出。由 policygraph reject 写入,可手工删改。
# Alignments that a person rejected; they are not proposed again. Written by `policygraph reject`, edited by hand.

rejected:
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """verdict: exact, close, related or rejected; line: where it stands, from 1."""

    verdict: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class _Item:
    values: dict[str, Any]
    first: int
    """Line of its dash, from 0."""
    after: int
    """Line after its last word, from 0."""
    indent: int


class Ledger:
    """The decisions of one data folder. Every method reads the files anew: people edit them."""

    def __init__(self, folder: Path) -> None:
        self.accepted, self.rejected = folder / ACCEPTED, folder / REJECTED

    def decisions(self) -> dict[Pair, Decision]:
        """Raises RegistryError for a file that is no such list."""
        text = _read(self.accepted)
        provincial = str(_mapping(text, self.accepted).get("provincial", ""))
        found = {
            _pair(item.values, provincial): Decision(
                str(item.values.get("strength", "")), str(self.accepted), item.first + 1
            )
            for item in _items(text, self.accepted, "alignments")
        }
        if self.rejected.is_file():
            for item in _items(_read(self.rejected), self.rejected, "rejected"):
                found[_pair(item.values, "")] = Decision("rejected", str(self.rejected), item.first + 1)
        return found

    def accept(self, pair: Pair, strength: str, quotes: Sequence[str], verification: str, source: str = "",
               heading: str = "") -> None:  # fmt: skip
        """Add an entry beside those of the same provision. heading: of their provision, by which a later
        text finds it again. Raises InputError for a pair that is curated already or
        a value that the file cannot have."""
        if strength not in STRENGTHS:
            raise InputError(f"strength: {strength!r} is none of {', '.join(STRENGTHS)}")
        if not quotes or not all(quote.strip() and quote.isprintable() for quote in quotes):
            raise InputError("an accepted alignment quotes words of the provision, each on one line", pair[1])
        if not source.isprintable() or not heading.isprintable():
            raise InputError("a source and a heading stand on one line each", pair[1])
        with _locked(self.accepted):
            known = self.decisions().get(pair)
            if known and known.verdict != "rejected":
                raise InputError(f"this pair is curated already, as {known.verdict}", known.source, known.line, 1)
            text = _read(self.accepted)
            ours = {"document": pair[0]} if _mapping(text, self.accepted).get("provincial") != pair[0] else {}
            level = LEVELS.get(verification, "text")
            entry: dict[str, str | Sequence[str]] = {
                "provision": pair[1], **ours, "national": pair[2], "number": pair[3], "strength": strength,
                **({"heading": heading} if heading else {}), "quotes": quotes, "verification": level,
                **({"source": source} if source else {}),
            }  # fmt: skip
            made = _inserted(text, entry, self.accepted, "alignments", pair[1])
            files = {self.accepted: made.encode()}
            if known:
                files[self.rejected] = _removed(_read(self.rejected), pair, self.rejected).encode()
            _save(files)

    def reject(self, pair: Pair, reason: str = "") -> None:
        """Remember that a pair is none. Raises InputError for one that is curated."""
        if reason and not reason.isprintable():
            raise InputError("a reason stands on one line", pair[1])
        with _locked(self.accepted):
            known = self.decisions().get(pair)
            if known:
                word = (
                    "rejected already"
                    if known.verdict == "rejected"
                    else f"curated as {known.verdict}: delete it there first"
                )
                raise InputError(f"this pair is {word}", known.source, known.line, 1)
            text = _read(self.rejected) if self.rejected.is_file() else _HEAD
            entry: dict[str, str | Sequence[str]] = {
                "provision": pair[1], "document": pair[0], "national": pair[2], "number": pair[3],
                **({"reason": reason} if reason else {}),
            }  # fmt: skip
            _save({self.rejected: _inserted(text, entry, self.rejected, "rejected", pair[1]).encode()})


def _pair(values: dict[str, Any], document: str) -> Pair:
    return (str(values.get("document", document)), str(values.get("provision", "")), str(values.get("national", "")),
            str(values.get("number", "")))  # fmt: skip


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise RegistryError(f"cannot be read: {error.strerror}", str(path)) from None
    except UnicodeDecodeError as error:
        raise RegistryError(f"not UTF-8 at byte {error.start}", str(path)) from None


def _compose(text: str, path: Path) -> yaml.MappingNode:
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise RegistryError(f"not well-formed YAML: {getattr(error, 'problem', error)}", str(path), *place) from None
    if not isinstance(node, yaml.MappingNode):
        raise RegistryError("expected fields of the form `key: value`", str(path), 1, 1)
    return node


def _mapping(text: str, path: Path) -> dict[str, Any]:
    return {key.value: value.value for key, value in _compose(text, path).value if isinstance(value, yaml.ScalarNode)}


def _items(text: str, path: Path, field: str) -> list[_Item]:
    rows = next((value for key, value in _compose(text, path).value if key.value == field), None)
    if rows is None or (isinstance(rows, yaml.ScalarNode) and not rows.value):
        return []
    if not isinstance(rows, yaml.SequenceNode) or rows.flow_style:
        raise RegistryError(f"{field}: expected a list, each entry beginning with `- `", str(path), 1, 1)
    made = []
    for row in rows.value:
        if not isinstance(row, yaml.MappingNode):
            raise RegistryError(
                f"{field}: expected entries of the form `key: value`", str(path), row.start_mark.line + 1, 1
            )
        values = {key.value: value.value for key, value in row.value if isinstance(value, yaml.ScalarNode)}
        made.append(_Item(values, row.start_mark.line, _last(row) + 1, max(row.start_mark.column - 2, 0)))
    return made


def _last(node: yaml.Node) -> int:
    """Line of the last word of a node: its own end mark may lie behind comments that follow."""
    if isinstance(node, yaml.ScalarNode):
        return int(node.end_mark.line)
    inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return max((_last(part) for part in inner), default=int(node.start_mark.line))


def _inserted(text: str, entry: dict[str, str | Sequence[str]], path: Path, field: str, provision: str) -> str:
    """The text with one entry more: after the last one of the same provision, else before the next provision's."""
    items = _items(text, path, field)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    same = [item for item in items if item.values.get("provision") == provision]
    later = [item for item in items if natural(str(item.values.get("provision", ""))) > natural(provision)]
    at = same[-1].after if same else later[0].first if later else items[-1].after if items else len(lines)
    made = _written(entry, items[0].indent if items else 2)
    whole = "".join([*lines[:at], made, *lines[at:]])
    if len(_items(whole, path, field)) != len(items) + 1:
        raise RegistryError(
            "the entry cannot be added: the list is not written as one entry below the other", str(path)
        )
    return whole


def _removed(text: str, pair: Pair, path: Path) -> str:
    lines = text.splitlines(keepends=True)
    for item in reversed(_items(text, path, "rejected")):
        if _pair(item.values, "") == pair:
            del lines[item.first : item.after]
    return "".join(lines)


def _written(entry: dict[str, str | Sequence[str]], indent: int) -> str:
    rows = []
    for key, value in entry.items():
        if isinstance(value, str):
            rows.append(
                f"{key}: {_scalar(value) if key not in ('national', 'document', 'strength', 'verification') else value}"
            )
        else:
            rows.append(f"{key}:")
            rows += [f"  - {_scalar(item)}" for item in value]
    blank = " " * indent
    return "".join(f"{blank}{'- ' if n == 0 else '  '}{row}\n" for n, row in enumerate(rows))


def _scalar(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _save(files: dict[Path, bytes]) -> None:
    try:
        save(files)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(next(iter(files)))) from None


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time, between processes too where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise RegistryError(f"cannot be read: {error.strerror}", str(path)) from None
    try:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
