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
from .graph.prefixes import ID_BASE

_TRUTH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
ENV_PREFIX = "POLICYGRAPH_"
_NAMESPACE = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/<>\"{}|^`\\\[\]]+(?:/[^\s<>\"{}|^`\\]*)?[/#]", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://(?:\*\.)?[\w.-]+(?::\d+)?|'self')", re.ASCII)


class SettingsError(PolicyGraphError):
    """A setting that does not exist, or a value that it cannot have; the message names both."""


def _setting(default: Any, zh: str, en: str, **limits: Any) -> Any:
    return field(default=default, metadata={"zh": zh, "en": en, **limits})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values of one server, and the limits of what is read. Raises SettingsError for a value out of its range."""

    host: str = _setting("127.0.0.1", "监听的地址", "address to listen on")
    port: int = _setting(8000, "监听的端口；0 表示任选", "port to listen on; 0 takes a free one", least=0, most=65535)
    store: str | None = _setting(
        None,
        "数据的路径或 SPARQL 端点的网址；留空则用自带的数据",
        "path of the data, or URL of a SPARQL endpoint; empty: the data that comes with the package",
    )
    data: str | None = _setting(
        None,
        "要提供的数据文件或文件夹；命令行可多次给出，环境变量中以系统的路径分隔符分隔",
        "files or folders of data to serve; repeated on the command line, separated as in PATH in the variable",
    )
    default_graph: str = _setting(
        "union",
        "查询不写 FROM 时所见：union 为全部图的并集，plain 只有默认图",
        "what queries without FROM see: union, all graphs as one, or plain, the default graph alone",
        choices=("union", "plain"),
    )
    workers: int = _setting(
        4,
        "同时执行的查询数（各占一个进程，其中一个留给短查询）；0 表示在服务器进程内执行，无法中止",
        "queries run at one time, each in a process of its own, one of them kept for short queries; "
        "0: in the server's process, where nothing can end them",
        least=0,
        most=256,
    )
    timeout: float = _setting(10.0, "单个查询的最长时间（秒）", "seconds that a query may take", least=0.05, most=86400)
    short: float = _setting(
        0.1,
        "短查询的界限（秒）：超过即转入长查询",
        "seconds after which a query counts as a long one",
        least=0.01,
        most=3600,
    )
    queue: int = _setting(
        32,
        "可排队等候的查询数；再多则应答 503",
        "queries that may wait; to any more 503 is answered",
        least=0,
        most=10_000,
    )
    max_rows: int = _setting(
        1_000_000,
        "结果的最大行数（或三元组数）；0 表示不限",
        "most solutions, or triples, of an answer; 0: any number",
        least=0,
        most=10**12,
    )
    max_bytes: int = _setting(
        64 << 20, "结果的最大字节数；0 表示不限", "largest answer, in bytes; 0: any size", least=0, most=4 << 30
    )
    max_memory: int = _setting(
        1024,
        "单个查询可用的内存（MiB），数据本身不计；0 表示不限",
        "memory that a query may take beside the data, in MiB; 0: any amount",
        least=0,
        most=1 << 20,
    )
    max_query_bytes: int = _setting(
        100_000, "查询的最大字节数", "largest query accepted, in bytes", least=1, most=10_000_000
    )
    cache_bytes: int = _setting(
        64 << 20,
        "保存已有应答所用的字节数；0 表示不保存",
        "bytes for answers that are kept for as long as the data stay the same; 0: none",
        least=0,
        most=1 << 40,
    )
    rate_limit: int = _setting(
        0,
        "每个客户端每分钟可执行的查询数（已有应答不计）；0 表示不限",
        "queries a minute that are run for one client, kept answers not counted; 0: any number",
        least=0,
        most=10**6,
    )
    threads: int = _setting(
        4,
        "处理网页请求的线程数（查询另计）",
        "threads that answer requests, beside those that wait for queries",
        least=1,
        most=256,
    )
    watch: float = _setting(
        0.0,
        "每隔几秒查看数据文件是否更新；0 表示只在收到 SIGHUP 时重新载入",
        "seconds between looks at whether the data files changed; 0: loaded again at SIGHUP alone",
        least=0,
        most=86400,
    )
    grace: float = _setting(
        10.0,
        "收到 SIGTERM 后等待进行中的请求的秒数",
        "seconds that running requests get after SIGTERM",
        least=0,
        most=3600,
    )
    access_log: str = _setting(
        "",
        "访问日志（每行一个 JSON）：文件名，或 - 表示标准错误；留空则不记",
        "access log, one JSON object a line: a file, or - for standard error; empty: none",
    )
    log_queries: bool = _setting(
        False, "访问日志写出查询全文，而不只是摘要", "the access log holds queries, not their digests alone"
    )
    trusted_proxy: str = _setting(
        "",
        "反向代理的地址；只有它的 X-Forwarded-* 头被采信",
        "address of the reverse proxy, whose X-Forwarded-* headers are believed",
    )
    curate: bool = _setting(
        False, "允许在 /propose 页采纳或否决对应", "let the page /propose write accepted and rejected alignments"
    )
    embed: str = _setting(
        "",
        "可在页框中嵌入 /sparql/embed 的网站，以空格分隔，如 https://example.org；留空则不许",
        "sites that may show /sparql/embed in a frame, parted by spaces, such as https://example.org; empty: none",
        kind="sites",
    )
    base: str = _setting(ID_BASE, "数据 IRI 的前缀", "what the IRIs of the data begin with; ends in / or #", kind="iri")
    max_file_megabytes: int = _setting(
        64, "可读文件的最大兆字节数", "largest file that is read, in MB", least=1, most=4_000
    )
    max_characters: int = _setting(
        5_000_000, "一份文件正文的最大字数", "longest text of a document, in characters", least=1, most=100_000_000
    )
    max_pages: int = _setting(1_000, "一份 PDF 的最大页数", "longest PDF, in pages", least=1, most=100_000)
    extract_seconds: int = _setting(
        60, "读取一份网页、.docx 或 PDF 的最长秒数", "longest time for reading one HTML page, .docx or PDF, in seconds",
        least=1, most=3_600,
    )  # fmt: skip
    extract_megabytes: int = _setting(
        1_024, "读取一份网页、.docx 或 PDF 的最大内存（兆字节）",
        "most memory for reading one HTML page, .docx or PDF, in MB", least=256, most=64_000,
    )  # fmt: skip
    language: str = _setting("zh", "默认语言", "default language", choices=("zh", "en"))

    def __post_init__(self) -> None:
        for entry in fields(self):
            _check(entry, getattr(self, entry.name))
        if self.store and self.data:
            raise SettingsError(f"store and data ({env_name('store')}, {env_name('data')}) exclude each other")
        if self.workers == 1:
            name = env_name("workers")
            raise SettingsError(f"workers ({name}): 1 leaves no place for short queries; 0, or 2 and more")

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders that `data` names."""
        return tuple(path for path in (self.data or "").split(os.pathsep) if path)

    @property
    def is_remote(self) -> bool:
        """Whether the store is an endpoint elsewhere."""
        return (self.store or "").partition(":")[0].lower() in ("http", "https")

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


def table(language: str) -> str:
    """The settings as a Markdown table in zh or en; docs/settings.md holds it."""
    heads = {"zh": ("命令行", "环境变量", "默认值", "说明"), "en": ("option", "variable", "default", "meaning")}
    lines = [f"| {' | '.join(heads[language])} |", "|---|---|---|---|"]
    for entry in fields(Settings):
        default = "" if entry.default in (None, "") else f"`{entry.default}`"
        lines.append(
            f"| `--{option_name(entry.name)}` | `{env_name(entry.name)}` | {default} | {entry.metadata[language]} |"
        )
    return "\n".join(lines) + "\n"


def option_name(name: str) -> str:
    """The command line's name of a setting, without its dashes."""
    return name.replace("_", "-")


def env_name(name: str) -> str:
    """The environment variable of a setting."""
    return ENV_PREFIX + name.upper()


def _parse(entry: Field[Any], text: str) -> Any:
    if isinstance(entry.default, bool):
        if text.lower() not in _TRUTH:
            raise SettingsError(f"{env_name(entry.name)}: {text!r} is none of {', '.join(_TRUTH)}")
        return _TRUTH[text.lower()]
    if not isinstance(entry.default, int | float):
        return text
    try:
        return type(entry.default)(text)
    except ValueError:
        kind = "whole number" if isinstance(entry.default, int) else "number"
        raise SettingsError(f"{env_name(entry.name)}: {text!r} is no {kind}") from None


def _check(entry: Field[Any], value: Any) -> None:
    limits = entry.metadata
    name = f"{entry.name} ({env_name(entry.name)})"
    kinds = (int, float) if isinstance(entry.default, float) else (int,)
    if "least" in limits and (
        not isinstance(value, kinds) or isinstance(value, bool) or not limits["least"] <= value <= limits["most"]
    ):
        raise SettingsError(f"{name}: {value!r} is no number from {limits['least']} to {limits['most']}")
    if isinstance(entry.default, bool):
        if not isinstance(value, bool):
            raise SettingsError(f"{name}: {value!r} is neither true nor false")
        return
    if "least" not in limits and not (isinstance(value, str) or (value is None and entry.default is None)):
        raise SettingsError(f"{name}: {value!r} is no text")
    if "choices" in limits and value not in limits["choices"]:
        raise SettingsError(f"{name}: {value!r} is none of {', '.join(limits['choices'])}")
    if limits.get("kind") == "sites" and not all(_SITE.fullmatch(site) for site in value.split()):
        raise SettingsError(f"{name}: {value!r} is no list of sites such as https://example.org")
    if limits.get("kind") == "iri" and not _NAMESPACE.fullmatch(value):
        raise SettingsError(f"{name}: {value!r} is no absolute IRI that ends in / or #")
