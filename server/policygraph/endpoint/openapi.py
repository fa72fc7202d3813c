"""/openapi.json: the endpoint described for tools that know OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from .. import __version__
from ..settings import Settings
from ..store.base import GRAPH_TYPES, RESULT_TYPES
from .metrics import CONTENT_TYPE as METRICS
from .negotiate import HTML, offers_of
from .problems import MEDIA_TYPE
from .protocol import FORM, QUERY
from .replies import open_to_all

PATH = "/openapi.json"
_TEXT = {"type": "string"}
_IRI = {"type": "string", "format": "iri", "example": "https://w3id.org/policygraph/id/graph/registry"}
_IRIS = {"type": "array", "items": _IRI}
_PROBLEM = {
    "type": "object",
    "required": ["type", "status", "title", "detail", "zh", "en"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "title": _TEXT,
        "detail": _TEXT,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "zh": {"$ref": "#/components/schemas/Words"},
        "en": {"$ref": "#/components/schemas/Words"},
    },
}
_STATES = (
    ("/healthz", "healthy", "进程是否应答 · whether the process answers", "application/json"),
    ("/readyz", "ready", "能否查询 · whether queries can be asked", "application/json"),
    ("/metrics", "metrics", "Prometheus 指标 · metrics for Prometheus", METRICS),
)
_WORDS = {"type": "object", "required": ["title", "detail"], "properties": {"title": _TEXT, "detail": _TEXT}}


def openapi_blueprint(settings: Settings) -> Blueprint:
    """Serves the description, to pages of any site."""
    blueprint = Blueprint("openapi", __name__)
    document = describe(settings)

    @blueprint.get(PATH)
    def openapi() -> ResponseReturnValue:
        response: Response = jsonify(document)
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response

    blueprint.after_request(open_to_all)
    return blueprint


def describe(settings: Settings) -> dict[str, Any]:
    """The document: every way to ask, what comes back, and the problem document of all that fails."""
    answers, graphs = offers_of((*RESULT_TYPES, *GRAPH_TYPES)), offers_of(GRAPH_TYPES)
    dataset = [
        _parameter("default-graph-uri", _IRIS, "默认图由这些图合成 · graphs that make the default graph"),
        _parameter("named-graph-uri", _IRIS, "可用的命名图 · the named graphs"),
        _format(),
    ]
    query = {"type": "string", "maxLength": settings.max_query_bytes, "example": "SELECT * WHERE { ?s ?p ?o } LIMIT 5"}
    fields = {"query": query, "default-graph-uri": _IRIS, "named-graph-uri": _IRIS}
    body = {
        FORM: {"schema": {"type": "object", "required": ["query"], "properties": fields}},
        QUERY: {"schema": query},
    }
    words = "查询 · query (SPARQL 1.1 Protocol)"
    ask = [_parameter("query", query, "SPARQL 1.1 查询；不写则得端点说明 · a query; without one, the description")]
    one = [
        _parameter("graph", _IRI, "图的 IRI · the graph's IRI"),
        _parameter("default", {"type": "string", "enum": [""]}, "默认图 · the default graph"),
        _format(),
    ]
    thing = [{**_parameter("path", {"type": "string", "pattern": "^[A-Za-z0-9._~:,/-]+$"}, "id"), "in": "path"}]
    thing[0]["required"] = True
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "policygraph · 政策图谱",
            "version": __version__,
            "description": "只读 SPARQL 1.1 端点与图存储 · read-only SPARQL 1.1 endpoint and graph store",
        },
        "paths": {
            "/sparql": {
                "get": _operation("queryByGet", words, (*answers, HTML), [*ask, *dataset]),
                "post": {
                    **_operation("queryByPost", words, (*answers, HTML), dataset),
                    "requestBody": {"required": True, "content": body},
                },
            },
            "/graphs": {"get": _operation("graph", "取一个图 · one graph (Graph Store Protocol)", graphs, one)},
            "/id/graph/{path}": {
                "get": _operation("directGraph", "取一个图 · one graph, by its own address", (*graphs, HTML), thing)
            },
            "/id/{path}": {
                "get": _operation("thing", "一个事物的页面或 RDF · a thing's page or RDF", (HTML, *graphs), thing)
            },
            "/ontology": {
                "get": _operation(
                    "ontology", "词汇表 · the vocabulary, a page or RDF", (HTML, *graphs), [_format(True)]
                )
            },
            "/search": {"get": _operation("search", "搜索 · search", (HTML, "application/json"), _searched())},
            "/frozen": {
                "get": _operation(
                    "frozen",
                    "一个固定的查询结果，重新查询并比较 · a result that can be cited, asked again and compared",
                    (HTML, "application/json"),
                    _stated(query),
                )
            },
            **{path: {"get": _state(name, words, media)} for path, name, words, media in _STATES},
        },
        "components": {"schemas": {"Problem": _PROBLEM, "Words": _WORDS}},
    }


def _state(name: str, words: str, media_type: str) -> dict[str, Any]:
    told: dict[str, Any] = {"200": {"description": words, "content": {media_type: {}}}}
    if name == "ready":
        told["503"] = {"description": "还不能，或不再能 · not yet, or no longer", "content": {media_type: {}}}
    return {"operationId": name, "summary": words, "responses": told}


def _operation(
    name: str, summary: str, media_types: tuple[str, ...], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    pages = {HTML: {"schema": _TEXT}} if HTML in media_types else {}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "应答 · the answer", "content": {each: {} for each in media_types}},
            "304": {"description": "未改变 · not modified (If-None-Match)"},
            "4XX": {"description": "请求有误或被拒绝 · refused", "content": {**problem, **pages}},
            "431": {
                "description": "地址过长 · address too long",
                "content": {"text/plain": {}},
            },
            "5XX": {"description": "未能完成 · failed", "content": {**problem, **pages}},
        },
    }


def _searched() -> list[dict[str, Any]]:
    kinds = ["document", "clause", "body", "target", "indicator", "place", "term", "sector", "words"]
    return [
        _parameter("q", {"type": "string", "maxLength": 200}, "名称、文号、拼音或原文字词 · what is looked for"),
        _parameter("kind", {"type": "string", "enum": kinds}, "只要一类 · of one kind only"),
        _parameter("format", {"type": "string", "enum": ["html", "json"]}, "格式，优先于 Accept · before Accept"),
    ]


def _stated(query: dict[str, Any]) -> list[dict[str, Any]]:
    date = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", "example": "2026-01-31T08:00:00Z"}
    result = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
    stated = [
        _parameter("query", query, "固定的查询 · the query that was asked"),
        _parameter("date", date, "固定的时间（世界时） · when it was asked, in UTC"),
        _parameter("rows", {"type": "integer", "minimum": 0}, "当时的行数 · how many rows came then"),
        _parameter("result", result, "当时结果的摘要 · the digest of what came then"),
    ]
    return [
        *({**each, "required": True} for each in stated),
        _parameter("digest", {"type": "string", "maxLength": 200}, "当时数据的摘要 · the digest of the data then"),
        _parameter("title", {"type": "string", "maxLength": 200}, "题名 · what the result is called"),
        _parameter("format", {"type": "string", "enum": ["html", "json"]}, "格式，优先于 Accept · before Accept"),
    ]


def _parameter(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": words}


def _format(of_graph: bool = False) -> dict[str, Any]:
    names = ["turtle", "ntriples", "rdfxml", "jsonld"]
    names = ["html", *names] if of_graph else ["json", "xml", "csv", "tsv", *names]
    return _parameter("format", {"type": "string", "enum": names}, "格式，优先于 Accept · before Accept")
