"""Errors as problem documents (RFC 9457): in the client's language, with both languages beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from ..errors import (
    BusyError,
    ClientGoneError,
    DatasetError,
    LimitError,
    QuerySyntaxError,
    RateError,
    RefusedError,
    StoreError,
    UnionError,
)
from ..store.guard import Refusal
from .protocol import ProtocolError
from .syntax_words import in_chinese

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://w3id.org/policygraph/problem#"

_REFUSED = ("请求被拒绝", "Request refused")
_BAD = ("请求有误", "Bad request")
_TEXTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # key: (title zh, en), (detail zh, en)
    "syntax": (("查询语句有误", "The query does not parse"), ("查询无法解析：{chinese}", "{message}")),
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
    "graph": (
        _REFUSED,
        (
            "图 {word} 未载入；本端点不从别处取数据。已有的图见服务描述。",
            "The graph {word} is not loaded, and nothing is fetched. The service description lists the graphs.",
        ),
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
    "parameter": (
        _BAD,
        (
            "参数 {name} 不能是“{value}”；可用的值：{allowed}。",
            "The parameter {name} cannot be {value!r}; it can be: {allowed}.",
        ),
    ),
    "value": (_BAD, ("{chinese}。", "{english}.")),
    "too-long": (
        ("输入过长", "Too long a question"),
        (
            "提问或查找的文字最多 {most} 个字符，现有 {length} 个；请缩短后再试。",
            "A question, or what is searched for, has at most {most} characters; this one has {length}. Shorten it.",
        ),
    ),
    "no-words": (_BAD, ("请在参数 q 中写明要提问或查找的文字。", "Say in the parameter q what is asked or searched.")),
    "unread": (
        _BAD,
        (
            "“{value}”没有读成一个可以直接回答的问题，因此没有可下载的答案。{offered}",
            "{value!r} was not read as one question that can be answered, so there is no answer to download. {offered}",
        ),
    ),
    "no-lead": (
        ("原文没有写明牵头单位", "The text names no lead"),
        (
            "原文没有写明牵头（{value}），因此没有可下载的行；列首位不等于牵头。责任单位各行可从此处下载：{address}",
            "The text names no lead (牵头) here ({value}), so there are no rows to download; being listed first is no "
            "lead. The rows of responsible bodies: {address}",
        ),
    ),
    "no-places": (
        ("没有可画的地点", "No places to draw"),
        ("查询结果中没有已知位置的地点。", "The answer names no place whose position is known."),
    ),
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
    "timeout": (
        ("查询超时", "The query took too long"),
        (
            "查询在 {most} 秒内没有完成，已中止。请缩小范围：先写最具体的条件，避免互不相连的条件（笛卡尔积），"
            "用 LIMIT 或 VALUES 限定，把 * 和 + 路径的一端写定。",
            "The query was ended after {most} seconds. Narrow it: put the most specific patterns first, join every "
            "pattern with another (no cross product), bound it by LIMIT or VALUES, fix one end of * and + paths.",
        ),
    ),
    "max_rows": (
        ("结果行数过多", "The answer has too many rows"),
        (
            "结果超过 {most} 行（或三元组）。请加 LIMIT 和 OFFSET 分批取，或用更多条件缩小范围。",
            "The answer has more than {most} rows, or triples. Take it in parts by LIMIT and OFFSET, or narrow it.",
        ),
    ),
    "max_bytes": (
        ("结果过大", "The answer is too large"),
        (
            "结果超过 {most} 字节。请加 LIMIT，少选变量，或改用 CSV 格式。",
            "The answer has more than {most} bytes. Use LIMIT, select fewer variables, or ask for CSV.",
        ),
    ),
    "max_memory": (
        ("查询占用内存过多", "The query took too much memory"),
        (
            "查询所需内存超过 {most} 字节，已中止。请缩小范围后再用 ORDER BY、GROUP BY、DISTINCT，或去掉它们。",
            "The query was ended because it needs more than {most} bytes of memory. Narrow what ORDER BY, GROUP BY "
            "and DISTINCT work on, or leave them out.",
        ),
    ),
    "complexity-engine": (
        _REFUSED,
        (
            "查询过于复杂，引擎无法执行。请拆成几个查询。",
            "The query is too complex for the engine. Split it into several.",
        ),
    ),
    "busy": (
        ("服务器繁忙", "The server is busy"),
        ("等候的查询过多，请在 {seconds} 秒后再试。", "Too many queries are waiting; try again in {seconds} seconds."),
    ),
    "waited": (
        ("服务器繁忙", "The server is busy"),
        (
            "查询等候了 {most} 秒（一个查询的最长时间），其间没有空出位置，因此没有执行。请在 {seconds} 秒后再试。",
            "The query waited {most} seconds, which is as long as a query may take, and no place became free: it was "
            "not run. Try again in {seconds} seconds.",
        ),
    ),
    "no-data": (
        ("服务器暂时不能查询", "The server cannot be asked at this moment"),
        (
            "持有数据的进程已经结束；请在 {seconds} 秒后再试。",
            "The process that holds the data has ended; try again in {seconds} seconds.",
        ),
    ),
    "rate": (
        ("请求过于频繁", "Too many requests"),
        (
            "您每分钟可执行的查询数已用完，请在 {seconds} 秒后再试。",
            "You have used up your queries of this minute; try again in {seconds} seconds.",
        ),
    ),
    "gone": (("客户端已断开", "The client has left"), ("查询已中止。", "The query was ended.")),
    "store": (
        ("数据库没有给出可用的应答", "The store gave no usable answer"),
        ("请稍后再试；详情见服务器日志。", "Try again later; the server's log has the details."),
    ),
    "union": (
        ("数据库的默认图不是各图的并集", "The store's default graph is not the union of its graphs"),
        (
            "不写 GRAPH 的查询在那里一无所获，所以没有执行。请让引擎以各命名图的并集为默认图：Oxigraph 用 "
            "--union-default-graph，Fuseki 用 tdb2:unionDefaultGraph true。",
            "A query without GRAPH would find nothing there, so none is run. Let the engine make the union of its "
            "named graphs the default graph: --union-default-graph for Oxigraph, tdb2:unionDefaultGraph true for "
            "Fuseki.",
        ),
    ),
    "dataset": (
        ("数据库不理会所指定的图", "The store passes over the graphs that are named"),
        (
            "数据库不理会 FROM 和 default-graph-uri，答案会出自别的图，所以没有执行。请改用 GRAPH；若是 Oxigraph，"
            "启动时请不带 --union-default-graph，此处会在每个请求中要求并集。",
            "The store ignores FROM and default-graph-uri: its answer would be that of other graphs, so none is given. "
            "Use GRAPH; start Oxigraph without --union-default-graph, and each request will ask for the union.",
        ),
    ),
    "internal": (
        ("服务器内部错误", "Internal server error"),
        ("请求未能完成；详情见服务器日志。", "The request failed; the server's log has the details."),
    ),
}
_BUSY = {"queue": "busy", "waited": "waited", "ended": "no-data"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: HTTP status, key of its text, values in that text, further members (line, column)."""

    status: int
    key: str
    values: Mapping[str, str]
    members: Mapping[str, int | float | str]

    def body(self, language: str) -> bytes:
        """The document; title and detail in that language, members zh and en hold both."""
        texts = {tag: self.words(tag) for tag in ("zh", "en")}
        document = {
            "type": TYPE_BASE + self.key,
            "status": self.status,
            **texts[language],
            **self.members,
            **texts,
        }
        return json.dumps(document, ensure_ascii=False).encode()

    def words(self, language: str) -> dict[str, str]:
        """Its title and detail in zh or en."""
        index = ("zh", "en").index(language)
        title, detail = (pair[index].format_map(self.values) for pair in _TEXTS[self.key])
        return {"title": title, "detail": detail}


def problem_of(error: Exception) -> Problem:
    """The problem that an error is for the client; what concerns only the operator stays out of it."""
    match error:
        case ProtocolError():
            return Problem(error.status, error.key, error.values, {})
        case HTTPException():
            return Problem(error.code or 500, "http", {"code": str(error.code or 500), "name": error.name}, {})
        case QuerySyntaxError():
            members = {"line": error.line, "column": error.column} if error.line else {}
            texts = {"message": error.message, "chinese": in_chinese(error.message)}
            return Problem(400, "syntax", texts, members)
        case Refusal():
            place = {"line": error.line, "column": error.column} if error.line else {}
            return Problem(403, error.key, {"word": error.word}, place)
        case RefusedError():
            return Problem(403, "refused", {"message": str(error)}, {})
        case LimitError():
            key = "complexity-engine" if error.limit == "complexity" else error.limit
            return Problem(422, key, {"most": f"{error.most:,.15g}"}, {"limit": error.limit, "most": error.most})
        case RateError():
            return Problem(429, "rate", {"seconds": str(error.seconds)}, {"retryAfter": error.seconds})
        case BusyError():
            values = {"seconds": str(error.seconds), "most": f"{error.most:g}"}
            return Problem(503, _BUSY.get(error.why, "busy"), values, {"retryAfter": error.seconds})
        case ClientGoneError():
            return Problem(499, "gone", {}, {})
        case UnionError():
            return Problem(502, "union", {}, {})
        case DatasetError():
            return Problem(502, "dataset", {}, {})
        case StoreError():
            return Problem(502, "store", {}, {})
    return Problem(500, "internal", {}, {})
