"""Errors as problem documents (RFC 9457): in the client's language, with both languages beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from ..errors import QuerySyntaxError, RefusedError, StoreError
from ..store.guard import Refusal
from .protocol import ProtocolError

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://w3id.org/policygraph/problem#"

_REFUSED = ("请求被拒绝", "Request refused")
_BAD = ("请求有误", "Bad request")
_TEXTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # key: (title zh, en), (detail zh, en)
    "syntax": (("查询语句有误", "The query does not parse"), ("查询无法解析：{message}", "{message}")),
    "update": (
        _REFUSED,
        (
            "本端点只读，不执行更新操作（{word}）。",
            "This endpoint is read-only; it carries out no update ({word}).",
        ),
    ),
    "service": (
        _REFUSED,
        ("本端点不访问其他端点，不支持 SERVICE。", "This endpoint calls no other; SERVICE is refused."),
    ),
    "pragma": (
        _REFUSED,
        ("不接受引擎专有的扩展（{word}）。", "An engine's own extension ({word}) is refused."),
    ),
    "complexity": (
        _REFUSED,
        ("查询的嵌套过深或过长。", "The query is too deep or too long: at most {word}."),
    ),
    "refused": (_REFUSED, ("本端点只读。", "{message}")),
    "no-query": (_BAD, ("缺少参数 query。", "There is no query.")),
    "many-queries": (_BAD, ("一次请求只能有一个 query。", "A request holds one query only.")),
    "many-fields": (_BAD, ("参数超过 {most} 个。", "There are more than {most} parameters.")),
    "encoding": (_BAD, ("请求不是 UTF-8 编码。", "The request is not UTF-8.")),
    "graph-which": (
        _BAD,
        ("请写明 ?default 或 ?graph=图的 IRI，只写一个。", "Name one graph: ?default, or ?graph= and its IRI."),
    ),
    "graph-missing": (
        ("没有这个图", "There is no such graph"),
        ("这里没有名为 {name} 的图。", "There is no graph {name} here."),
    ),
    "missing": (("没有此项", "Not found"), ("这里没有 {path}。", "There is no {path} here.")),
    "no-format": (
        ("没有可接受的格式", "No acceptable format"),
        ("可用的格式：{offered}。", "Formats: {offered}."),
    ),
    "http": (("请求未能完成", "The request failed"), ("HTTP {code}。", "HTTP {code}: {name}.")),
    "graph-name": (_BAD, ("图的名称不是绝对 IRI。", "The name of a graph is no absolute IRI.")),
    "too-large": (
        ("查询过长", "The query is too large"),
        ("查询不得超过 {most} 字节。", "A query has at most {most} bytes."),
    ),
    "content-type": (
        ("不支持的内容类型", "Unsupported content type"),
        (
            "POST 请求须为 application/x-www-form-urlencoded 或 application/sparql-query（UTF-8）。",
            "POST application/x-www-form-urlencoded or application/sparql-query, in UTF-8.",
        ),
    ),
    "not-acceptable": (
        ("没有可接受的格式", "No acceptable format"),
        ("这类查询可用的格式：{offered}。", "Formats of this query form: {offered}."),
    ),
    "method": (
        ("不支持的方法", "Method not allowed"),
        ("可用的方法：{allowed}。", "Methods: {allowed}."),
    ),
    "store": (
        ("数据库没有给出可用的应答", "The store gave no usable answer"),
        ("请稍后再试；详情见服务器日志。", "Try again later; the server's log has the details."),
    ),
    "internal": (
        ("服务器内部错误", "Internal server error"),
        ("请求未能完成；详情见服务器日志。", "The request failed; the server's log has the details."),
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: HTTP status, key of its text, values in that text, further members (line, column)."""

    status: int
    key: str
    values: Mapping[str, str]
    members: Mapping[str, int | str]

    def body(self, language: str) -> bytes:
        """The document; title and detail in that language, members zh and en hold both."""
        texts = {}
        for index, tag in enumerate(("zh", "en")):
            title, detail = (pair[index].format_map(self.values) for pair in _TEXTS[self.key])
            texts[tag] = {"title": title, "detail": detail}
        document = {
            "type": TYPE_BASE + self.key,
            "status": self.status,
            **texts[language],
            **self.members,
            **texts,
        }
        return json.dumps(document, ensure_ascii=False).encode()


def problem_of(error: Exception) -> Problem:
    """The problem that an error is for the client; what concerns only the operator stays out of it."""
    match error:
        case ProtocolError():
            return Problem(error.status, error.key, error.values, {})
        case HTTPException():
            return Problem(error.code or 500, "http", {"code": str(error.code or 500), "name": error.name}, {})
        case QuerySyntaxError():
            members = {"line": error.line, "column": error.column} if error.line else {}
            return Problem(400, "syntax", {"message": error.message}, members)
        case Refusal():
            return Problem(403, error.key, {"word": error.word}, {"line": error.line, "column": error.column})
        case RefusedError():
            return Problem(403, "refused", {"message": str(error)}, {})
        case StoreError():
            return Problem(502, "store", {}, {})
    return Problem(500, "internal", {}, {})
