"""Requests as the manifests describe them (vocabulary HTTP in RDF), sent to a real server as they stand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from manifests import CNT, HT, MF, Case
from rdflib.term import Node

from loopback import Answer, Site
from policygraph.store.base import GRAPH_TYPES, RESULT_TYPES

_CLASS = re.compile(r"StatusCode(\d)xx")
_NAMES = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    format: str
    expected_body: str
    expected_headers: dict[str, str]

    @property
    def graphs(self) -> set[str]:
        """The graphs that the address names as the query's dataset."""
        fields = parse_qs(urlsplit(self.path).query)
        return {name for key in ("default-graph-uri", "named-graph-uri") for name in fields.get(key, ())}

    def send(self, site: Site, path: str) -> Answer:
        return site.ask(self.method, path, self.headers, self.body)

    def allows(self, status: int) -> bool:
        for name in self.statuses:
            found = _CLASS.fullmatch(name)
            if (int(found[1]) == status // 100) if found else (_NAMES[name] == status):
                return True
        return False


def requests(case: Case) -> list[Request]:
    """The requests of a protocol test, in their order."""
    return [_request(case, node) for node in case.graph.items(case.value(MF.action, HT.requests))]


def _request(case: Case, node: Node) -> Request:
    graph = case.graph
    response = graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    return Request(
        method=str(graph.value(node, HT.methodName)),
        path=str(graph.value(node, HT.absolutePath)),
        headers=_headers(case, node),
        body=_body(case, node),
        statuses=tuple(str(iri).rpartition("#")[2] for iri in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else bool(boolean.toPython()),
        format=str(graph.value(response, MF.expectedFormat) or ""),
        expected_body=(_body(case, response) or b"").decode(),
        expected_headers=_headers(case, response),
    )


def _headers(case: Case, node: Node) -> dict[str, str]:
    listed = case.graph.items(case.graph.value(node, HT.headers))
    return {str(case.graph.value(each, HT.fieldName)): str(case.graph.value(each, HT.fieldValue)) for each in listed}


def _body(case: Case, node: Node) -> bytes | None:
    body = case.graph.value(node, HT.body)
    if body is None:
        return None
    encoding = str(case.graph.value(body, CNT.characterEncoding))
    return str(case.graph.value(body, CNT.chars)).encode(encoding)


def check_format(answer: Answer, expected: str) -> None:
    """mf:expectedFormat: "boolean", "tabular" or "RDF", by media type."""
    if expected == "RDF":
        assert answer.media_type in GRAPH_TYPES
    elif expected:
        assert answer.media_type in RESULT_TYPES
        assert (boolean_of(answer) is None) == (expected == "tabular")


def boolean_of(answer: Answer) -> bool | None:
    """The answer to an ASK; None where it is a table."""
    if answer.media_type.endswith("json"):
        told = json.loads(answer.body).get("boolean")
        return told if told is None else bool(told)
    if answer.media_type.endswith("xml"):
        element = ElementTree.fromstring(answer.body).find("{http://www.w3.org/2005/sparql-results#}boolean")
        return None if element is None else element.text == "true"
    return None
