"""What things are called, and where their pages are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from .facts import Facts, Span, document_of, expand
from .passages import owner_of, reading

# Terms of other vocabularies that have no label in our ontology: (zh, en).
BORROWED = {
    "rdf:type": ("类别", "type"),
    "rdfs:label": ("名称", "label"),
    "rdfs:comment": ("说明", "comment"),
    "rdfs:isDefinedBy": ("定义于", "defined by"),
    "rdfs:seeAlso": ("参见", "see also"),
    "rdfs:subClassOf": ("上位类", "subclass of"),
    "rdfs:subPropertyOf": ("上位属性", "sub-property of"),
    "dcterms:title": ("标题", "title"),
    "dcterms:issued": ("印发日期", "date of issue"),
    "dcterms:publisher": ("发布机构", "publisher"),
    "dcterms:source": ("来源", "source"),
    "dcterms:license": ("许可", "licence"),
    "dcterms:description": ("描述", "description"),
    "eli:date_document": ("成文日期", "date of the document"),
    "eli:first_date_entry_in_force": ("施行日期", "in force from"),
    "eli:passed_by": ("发文机关", "issued by"),
    "eli:jurisdiction": ("适用地域", "jurisdiction"),
    "eli:is_part_of": ("隶属于", "part of"),
    "eli:has_part": ("包含", "has part"),
    "prov:wasQuotedFrom": ("原文位置", "quoted from"),
    "oa:hasSource": ("所在文件", "source document"),
    "oa:hasSelector": ("定位", "selector"),
    "oa:start": ("起点", "start"),
    "oa:end": ("终点", "end"),
    "oa:exact": ("原文文字", "exact words"),
    "oa:SpecificResource": ("原文位置", "text span"),
    "oa:TextPositionSelector": ("位置定位", "position selector"),
    "oa:TextQuoteSelector": ("引文定位", "quote selector"),
    "org:hasMember": ("成员", "has member"),
    "org:member": ("成员", "member"),
    "org:organization": ("所属集合", "organization"),
    "org:subOrganizationOf": ("上级单位", "part of organization"),
    "org:Membership": ("成员关系", "membership"),
    "org:Organization": ("组织", "organization"),
    "org:changedBy": ("变更", "changed by"),
    "org:resultingOrganization": ("变更后机构", "resulting organization"),
    "org:originalOrganization": ("变更前机构", "original organization"),
    "org:resultedFrom": ("由变更产生", "resulted from"),
    "org:ChangeEvent": ("机构变更", "change of an organization"),
    "dcterms:date": ("日期", "date"),
    "qudt:symbol": ("符号", "symbol"),
    "qudt:conversionMultiplier": ("折算倍数", "conversion multiplier"),
    "qudt:Unit": ("计量单位", "unit"),
    "schema:containedInPlace": ("位于", "contained in"),
    "schema:Place": ("地点", "place"),
    "skos:prefLabel": ("正式名称", "official name"),
    "skos:altLabel": ("其他名称", "other names"),
    "skos:broader": ("职能类别", "kind of body"),
    "skos:notation": ("编号", "notation"),
    "skos:note": ("注", "note"),
    "skos:definition": ("定义", "definition"),
    "skos:inScheme": ("所属概念表", "in scheme"),
    "skos:Concept": ("概念", "concept"),
    "skos:ConceptScheme": ("概念表", "concept scheme"),
    "eli:LegalResource": ("法律文件", "legal resource"),
    "eli:LegalResourceSubdivision": ("法律文件的组成部分", "part of a legal resource"),
    "owl:NamedIndividual": ("个体", "individual"),
    "owl:Class": ("类", "class"),
    "owl:ObjectProperty": ("对象属性", "object property"),
    "owl:DatatypeProperty": ("数据属性", "datatype property"),
}
_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_NAMED_BY = ("pg:mentioned", "org:member", "pg:sector", "pg:instrument")
_PAIRS = (("pg:fromProvision", "pg:toProvision"), ("org:originalOrganization", "org:resultingOrganization"))
_QUOTE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the language it is in ("" for none)."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


_ADDRESS = re.compile(r"https?://\S+|\S+/\S+")
_ENGLISH = re.compile(r"(?<![A-Za-z.])[A-Za-z]?[a-z]{2,}(?![A-Za-z])")
_CHINESE = re.compile("[一-鿿]")


def label(facts: Facts, node: str, language: str) -> Label:
    """The name of a node in a language, else in Chinese, else what it quotes, else its short IRI."""
    for wanted in (language, "zh"):
        for predicate in _NAMES:
            for value in facts.values(node, predicate):
                if (value.lang or "").split("-")[0] == wanted:
                    return Label(value.value, wanted)
        if wanted == language and node in BORROWED:
            return Label(BORROWED[node][language != "zh"], language)
    return _described(facts, node, language)


def _described(facts: Facts, node: str, language: str) -> Label:
    for predicate in ("pg:printedName", "pg:citedTitle", "pg:actionVerb"):
        if text := facts.text(node, predicate):
            return Label(text, "zh")
    named = next((found for p in _NAMED_BY if (found := facts.node(node, p))), None)
    if named:
        return label(facts, named, language)
    for start, end in _PAIRS:
        source, target = facts.node(node, start), facts.node(node, end)
        if source and target:
            return Label(f"{label(facts, source, 'zh')} → {label(facts, target, 'zh')}", "zh")
    for span in facts.spans(node)[:1]:
        words = " ".join(span.exact.split())
        return Label(words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1] + "…", "zh")
    return Label(node)


def url(node: str) -> str:
    """Where a node is shown: our own things on this server, the rest at their own address."""
    prefix, _, local = node.partition(":")
    if prefix == "id":
        return "/id/" + quote(local.partition("#")[0], safe="/.-_~:,")
    if prefix == "pg":
        return "/ontology#" + quote(local)
    if node == "https://w3id.org/policygraph/ontology":
        return "/ontology"
    return expand(node)


def is_own(node: str) -> bool:
    return node.startswith(("id:", "pg:"))


def notation(facts: Facts, node: str) -> str:
    """The number of a part or provision, of the owner for what it states."""
    found = facts.text(node, "skos:notation")
    if found:
        return found
    owner = owner_of(facts, node)
    return facts.text(owner, "skos:notation") if owner else ""


def document_told(facts: Facts, node: str, within: str = "") -> str:
    """The number of the document that a provision, or anything else below a document, stands in (its title where it has
    none): two documents have a 2.7 each. "" for all else, and within that document, `within` being anything in it."""
    document = document_of(node)
    if not node.startswith("id:doc/") or node == document or document == document_of(within):
        return ""
    return facts.text(document, "pg:documentNumber") or facts.text(document, "dcterms:title")


def show_url(facts: Facts, node: str, span: Span | None = None) -> str:
    """The reader, opened at the words of a node (or at one of its spans); "" where it has none."""
    spans = [span] if span else facts.spans(node)
    if not spans:
        return ""
    first = spans[0]
    shown = node if node.startswith(first.document + "/") and span is None else first.node
    path = quote(shown[len(first.document) + 1 :], safe="/.-_~")
    return f"{url(first.document)}?show={path}#at-{first.start}"


def around(facts: Facts, span: Span, reach: int = 14) -> tuple[str, str]:
    """The words before and after a span, within its paragraph."""
    text, first = _text(facts, span)
    before = text[max(0, span.start - first - reach) : max(0, span.start - first)].rpartition("\n")[2]
    after = text[span.end - first : span.end - first + reach].partition("\n")[0]
    return before, after


def _text(facts: Facts, span: Span) -> tuple[str, int]:
    """The text around a span and where it begins: the document's own span, which holds it all; else from its leaves,
    for which the document must be read whole."""
    for whole in facts.spans(span.document):
        if whole.start <= span.start and span.end <= whole.end:
            return whole.exact, whole.start
    found = reading(facts, span.document)
    return (found.text, 0) if found else ("", span.start)


def in_english(words: str) -> bool:
    """Whether untagged words, as the curators' notes and sources are, are English that may hold Chinese names: they
    are left as they were written, and pages in Chinese say so."""
    told = _ADDRESS.sub(" ", words)
    count = len(_ENGLISH.findall(told))
    return count > 1 or (count == 1 and not _CHINESE.search(told))
