"""Reads the files that people write (`data/registry`, `data/national`, `data/alignment.yaml`).

YAML, because a policy expert can edit it and because every node keeps its line: each complaint names file, line
and column. Nothing is taken for a number or a truth value: all scalars are strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..errors import RegistryError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: a tenth of the time, the same nodes and places."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of a curated file with the place where it begins."""

    values: Mapping[str, Any]
    source: str
    line: int
    column: int

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"{key}: expected a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, ())
        if isinstance(value, str) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key}: expected a list of texts")
        return tuple(value)

    def one_of(self, key: str, allowed: Mapping[str, str], default: str = "") -> str:
        """The vocabulary's name for a keyword. Raises RegistryError for one that is not in the table."""
        value = self.text(key) or default
        if value and value not in allowed:
            raise self.error(f"{key}: {value!r} is none of {', '.join(allowed)}")
        return allowed.get(value, "")

    def report(self, code: str, message: str) -> str:
        """A line for who keeps the file: file:line:column: code: message."""
        return f"{self.source}:{self.line}:{self.column}: {code}: {message}"

    def error(self, message: str) -> RegistryError:
        return RegistryError(message, self.source, self.line, self.column, str(self.values.get("name", "")))


def _plain(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    assert isinstance(node, yaml.MappingNode)
    made: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in made:
            raise _error(f"{key.value} is given twice", path, key)
        made[key.value] = (
            [_entry(item, path) for item in value.value]
            if isinstance(value, yaml.SequenceNode) and value.value and isinstance(value.value[0], yaml.MappingNode)
            else _plain(value, path)
        )
    return made


def _error(message: str, path: Path, node: yaml.Node) -> RegistryError:
    return RegistryError(message, str(path), node.start_mark.line + 1, node.start_mark.column + 1)


def _entry(node: yaml.Node, path: Path, required: tuple[str, ...] = (), known: frozenset[str] = frozenset()) -> Entry:
    if not isinstance(node, yaml.MappingNode):
        raise _error("expected an entry of the form `key: value`", path, node)
    for key, _ in node.value:
        if known and key.value not in known:
            raise _error(f"unknown field {key.value!r}; known are {', '.join(sorted(known))}", path, key)
    entry = Entry(_plain(node, path), str(path), node.start_mark.line + 1, node.start_mark.column + 1)
    for key in required:
        if not entry.values.get(key):
            raise entry.error(f"the field {key!r} is missing")
    return entry


def _compose(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as error:
        raise RegistryError(f"cannot be read: {error.strerror}", str(path)) from None
    except UnicodeDecodeError as error:
        raise RegistryError(f"not UTF-8 at byte {error.start}", str(path)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise RegistryError(f"not well-formed YAML: {error.problem}", str(path), line, column) from None
    if node is None:
        raise RegistryError("the file is empty: expected a list of entries", str(path), 1, 1)
    return node


def read_list(path: Path, required: tuple[str, ...], known: frozenset[str]) -> list[Entry]:
    """A file that is a list of entries. Raises RegistryError with file, line and column."""
    node = _compose(path)
    if not isinstance(node, yaml.SequenceNode):
        raise _error("expected a list of entries, each beginning with `- `", path, node)
    return [_entry(item, path, required, known) for item in node.value]


def read_mapping(path: Path, required: tuple[str, ...]) -> Entry:
    """A file that is one entry. Raises RegistryError with file, line and column."""
    return _entry(_compose(path), path, required)
