"""What can be set, in one table: defaults, help in both languages, environment variables.

The command line and the documentation print this table; a setting that is not in it does not exist.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from .errors import PolicyGraphError
from .graph.namespaces import ID_BASE

ENV_PREFIX = "POLICYGRAPH_"
_NAMESPACE = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/<>\"{}|^`\\\[\]]+(?:/[^\s<>\"{}|^`\\]*)?[/#]", re.IGNORECASE)


class SettingsError(PolicyGraphError):
    """A setting that does not exist, or a value that it cannot have; the message names both."""


def _setting(default: Any, zh: str, en: str, **limits: Any) -> Any:
    return field(default=default, metadata={"zh": zh, "en": en, **limits})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values of one server. Raises SettingsError for a value out of its range."""

    host: str = _setting("127.0.0.1", "监听的地址", "address to listen on")
    port: int = _setting(8000, "监听的端口；0 表示任选", "port to listen on; 0 takes a free one", least=0, most=65535)
    store: str | None = _setting(
        None,
        "数据的路径或 SPARQL 端点的网址；留空则用自带的数据",
        "path of the data, or URL of a SPARQL endpoint; empty: the data that comes with the package",
    )
    data: str | None = _setting(
        None,
        f"要提供的数据文件或文件夹，以 {os.pathsep!r} 分隔",
        f"files or folders of data to serve, separated by {os.pathsep!r}",
    )
    default_graph: str = _setting(
        "union",
        "查询不写 FROM 时所见：全部图的并集，或只有默认图",
        "what queries without FROM see: the union of all graphs, or the default graph alone",
        choices=("union", "plain"),
    )
    max_query_bytes: int = _setting(
        100_000, "查询的最大字节数", "largest query accepted, in bytes", least=1, most=10_000_000
    )
    threads: int = _setting(4, "处理请求的线程数", "threads that answer requests", least=1, most=256)
    base: str = _setting(ID_BASE, "数据 IRI 的前缀", "what the IRIs of the data begin with; ends in / or #", kind="iri")
    language: str = _setting("zh", "默认语言", "default language", choices=("zh", "en"))

    def __post_init__(self) -> None:
        for entry in fields(self):
            _check(entry, getattr(self, entry.name))
        if self.store and self.data:
            raise SettingsError(f"store and data ({env_name('store')}, {env_name('data')}) exclude each other")

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders that `data` names."""
        return tuple(path for path in (self.data or "").split(os.pathsep) if path)

    @classmethod
    def from_env(cls, overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings from POLICYGRAPH_* variables; overrides win, and None there means "not given".

        Empty variables count as unset. Raises SettingsError.
        """
        environ = os.environ if environ is None else environ
        known = {entry.name: entry for entry in fields(cls)}
        values: dict[str, Any] = {}
        for name, entry in known.items():
            text = environ.get(env_name(name), "").strip()
            if text:
                values[name] = _parse(entry, text)
        for name, value in (overrides or {}).items():
            if name not in known:
                raise SettingsError(f"there is no setting {name}; there are {', '.join(known)}")
            if value is not None:
                values[name] = value
        return cls(**values)


def env_name(name: str) -> str:
    """The environment variable of a setting."""
    return ENV_PREFIX + name.upper()


def _parse(entry: Field[Any], text: str) -> Any:
    if not isinstance(entry.default, int):
        return text
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"{env_name(entry.name)}: {text!r} is no whole number") from None


def _check(entry: Field[Any], value: Any) -> None:
    limits = entry.metadata
    name = f"{entry.name} ({env_name(entry.name)})"
    if "least" in limits and (
        not isinstance(value, int) or isinstance(value, bool) or not limits["least"] <= value <= limits["most"]
    ):
        raise SettingsError(f"{name}: {value!r} is no number from {limits['least']} to {limits['most']}")
    if "least" not in limits and not (isinstance(value, str) or (value is None and entry.default is None)):
        raise SettingsError(f"{name}: {value!r} is no text")
    if "choices" in limits and value not in limits["choices"]:
        raise SettingsError(f"{name}: {value!r} is none of {', '.join(limits['choices'])}")
    if limits.get("kind") == "iri" and not _NAMESPACE.fullmatch(value):
        raise SettingsError(f"{name}: {value!r} is no absolute IRI that ends in / or #")
