"""Cited documents: one IRI whoever cites, by whatever form of number or title, before and after the text is there."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from policygraph.compiler.places import NATION
from policygraph.compiler.read import store
from policygraph.compiler.registry import Registry
from policygraph.compiler.titles import borne_by, slug_of, title_slug
from policygraph.graph.build import Compiled, compile_source
from policygraph.graph.iri import document_slug
from policygraph.graph.namespaces import ID_BASE, PG, RDF

CITING = """甘肃省人民政府办公厅
关于推动服务业发展的实施意见
甘政办发〔2021〕5号

各市州人民政府:

按照国家发展改革委《关于建立政务服务“好差评”制度提高政务服务水平的意见》(国办发[2019]51号)、国家发展改革委《关于推进服务业试点的意见》和《甘肃省服务业发展规划》精神，提出如下意见。

一、重点任务

(一)发展会展业。办好会展。(责任单位:省商务厅)

2021年8月13日
"""
CITED = """甘肃省人民政府
关于印发《甘肃省服务业发展规划》的通知
甘政发〔2020〕9号

各市州人民政府:

现将《甘肃省服务业发展规划》印发给你们，请认真贯彻执行。

一、重点任务

(一)发展会展业。办好会展。(责任单位:省商务厅)

2020年8月13日
"""


def made(text: str, registry: Registry) -> Compiled:
    return compile_source(store(text), registry)


def cited(graph: Graph, title: str) -> URIRef:
    (citation,) = [c for c, t in graph.subject_objects(PG.citedTitle)
                   if str(t) == title and (c, RDF.type, PG.Citation) in graph]  # fmt: skip
    found = graph.value(citation, PG.citedDocument)
    assert isinstance(found, URIRef)
    return found


def test_a_citation_by_title_finds_the_text_whichever_came_first(registry: Registry) -> None:
    citing, full = made(CITING, registry), made(CITED, registry)
    target = URIRef(ID_BASE + "doc/gan62zhengfa-2020-9")
    stub = cited(citing.graph, "甘肃省服务业发展规划")
    assert (stub, RDF.type, PG.CitedDocument) in citing.graph
    assert (stub, PG.fullText, None) not in citing.graph
    assert (stub, PG.fullText, target) in full.graph
    assert (target, RDF.type, PG.PolicyDocument) in full.graph
    assert cited(made(CITING, registry).graph, "甘肃省服务业发展规划") == stub


def test_a_citation_by_number_is_the_document_itself(registry: Registry) -> None:
    found = cited(made(CITING, registry).graph, "关于建立政务服务“好差评”制度提高政务服务水平的意见")
    assert found == URIRef(ID_BASE + "doc/guobanfa-2019-51")


def test_every_citation_names_a_document_with_its_title(registry: Registry, qinghai: Compiled) -> None:
    for graph in (made(CITING, registry).graph, qinghai.graph):
        citations = list(graph.subjects(RDF.type, PG.Citation))
        assert citations
        for citation in citations:
            document = graph.value(citation, PG.citedDocument)
            assert (document, PG.citedTitle, graph.value(citation, PG.citedTitle)) in graph
            assert str(document).isascii()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("关于推进试点的意见", "国家发展改革委"), ("国家发展和改革委员会关于推进试点的意见", ""), True),
        (("关于推进试点的意见", "国家发展改革委、商务部等15部门"), ("国家发改委 商务部关于推进试点的意见", ""), True),
        (("国务院办公厅关于印发〈方案〉的通知", ""), ("国务院办公厅关于印发《方案》的通知", ""), True),
        (("关于推进试点的意见", "省政府办公厅"), ("甘肃省人民政府办公厅关于推进试点的意见", ""), True),
        (("“十四五”规划", ""), ("十四五规划", ""), True),
        (("政府信息公开条例", ""), ("中华人民共和国政府信息公开条例", ""), True),
        (("数据安全管理办法（试行）", ""), ("数据安全管理办法(试行)", ""), True),
        (("关于加强安全环境治理工作的意见", "交通运输部"), ("交通运输部等单位关于加强安全环境治理工作意见", ""), True),
        (("关于推进试点的意见", "国家发展改革委"), ("关于推进试点的意见", "工业和信息化部"), False),
        (("关于推进试点的意见", "国家发展改革委"), ("关于推进试点的意见", ""), False),
        (("甘肃省服务业发展规划", ""), ("甘肃省服务业发展规划纲要", ""), False),
    ],
)  # fmt: skip
def test_titles_that_name_one_document(
    registry: Registry, one: tuple[str, str], other: tuple[str, str], same: bool
) -> None:
    home = registry.places.find("甘肃省")
    first, second = (title_slug(title, issuer, registry.bodies, home) for title, issuer in (one, other))
    assert (first == second) is same
    assert first.isascii()


@pytest.mark.parametrize(
    ("title", "issuer", "cited_as"),
    [
        ("国务院办公厅关于印发“无废城市”建设试点工作方案的通知", "国务院办公厅", ("“无废城市”建设试点工作方案", "")),
        ("国务院办公厅转发交通运输部等单位关于加强铁路沿线安全环境治理工作意见的通知", "国务院办公厅",
         ("关于加强铁路沿线安全环境治理工作意见", "交通运输部")),
        ("北京市政务服务管理局印发《关于建立政务服务“好差评”制度提高政务服务水平的实施意见》的通知",
         "北京市政务服务管理局", ("关于建立政务服务“好差评”制度提高政务服务水平的实施意见", "北京市政务服务管理局")),
        ("关于促进就业工作的若干意见", "国务院", ("国务院关于促进就业工作的若干意见", "")),
    ],
)  # fmt: skip
def test_a_notice_is_cited_by_what_it_encloses(
    registry: Registry, title: str, issuer: str, cited_as: tuple[str, str]
) -> None:
    assert slug_of("", *cited_as, registry.bodies, NATION) in borne_by(title, issuer, registry.bodies, NATION)


def test_a_text_that_names_its_own_title_means_itself(registry: Registry) -> None:
    """北京市政务服务管理局印发《关于…的实施意见》的通知: 现将《关于…的实施意见》印发给你们, without an issuer."""
    text = CITED.replace("甘肃省服务业发展规划", "关于推动服务业发展的意见")
    graph = made(text, registry).graph
    assert (cited(graph, "关于推动服务业发展的意见"), PG.fullText, URIRef(ID_BASE + "doc/gan62zhengfa-2020-9")) in graph


def test_a_body_of_the_centre_before_a_title_is_its_issuer(registry: Registry) -> None:
    """As 京政服发〔2020〕19号 cites: the first of two issuers, whose own text opens its title with the same name."""
    text = CITING.replace("国家发展改革委《关于推进服务业试点", "中共中央办公厅、国务院办公厅《关于推进服务业试点")
    found = cited(made(text, registry).graph, "关于推进服务业试点的意见")
    full = title_slug("中共中央办公厅 国务院办公厅关于推进服务业试点的意见", "", registry.bodies, None)
    assert found == URIRef(f"{ID_BASE}doc/{full}")


def test_a_short_name_stays_within_its_text(registry: Registry) -> None:
    """《规划》 is another document in the next text."""
    a, b = (slug_of("", "规划", "", registry.bodies, None, citing) for citing in ("a", "b"))
    assert a != b
    for title in ("甘肃省服务业发展规划", "刑法", "民法典"):
        a, b = (slug_of("", title, "", registry.bodies, None, citing) for citing in ("a", "b"))
        assert a == b


def test_a_title_that_many_bear_is_claimed_by_none(registry: Registry) -> None:
    """关于推进试点的意见 without an issuer: several bodies have one of that name."""
    assert borne_by("关于推进试点的意见", "", registry.bodies, None) == {}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("晋政发[2013]35号", "jin14zhengfa-2013-35"),
        ("津政发〔2013〕35号", "jin12zhengfa-2013-35"),
        ("晋政发〔2014〕号16", "jin14zhengfa-2014-16"),
        ("晋政办发(2017〕109号", "jin14zhengbanfa-2017-109"),
        ("国办发（2019）51号", "guobanfa-2019-51"),
        ("国办发〔２０１９〕５１号", "guobanfa-2019-51"),
        ("粤府\u200b〔2018〕79号", "yuefu-2018-79"),
        ("京津冀政服同发〔2021〕1号", "jingjinjizhengfutongfa-2021-1"),
        ("商服贸函2026年第322号", "shangfumaohan-2026-322"),
        ("国务院令第722号", "guowuyuanling-722"),
    ],
)
def test_numbers_in_any_bracket_form(number: str, expected: str) -> None:
    assert document_slug(number) == expected


def test_another_issuers_document_of_the_same_name_is_not_the_own(registry: Registry) -> None:
    """Provinces pass on the centre's opinions under the same words after 关于."""
    text = (
        "贵州省人民政府办公厅关于推行第三方治理的意见\n黔府办发〔2015〕9号\n各市（州）人民政府：\n"
        "为落实《国务院办公厅关于推行第三方治理的意见》，提出本意见。\n一、工作任务\n（一）建立机制。完善政策。\n"
        "贵州省人民政府办公厅\n2015年3月2日\n"
    )
    made = compile_source(store(text), registry).triples
    cited = {o for _, p, o in made if p.endswith("ontology#citedDocument>")}
    own = {s for s, p, _ in made if p.endswith("ontology#fullText>")}
    assert len(cited) == 1
    assert not cited & own
