"""HTML, .docx and PDF become the text that a reader sees; what was repaired is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from docx.oxml import parse_xml

from documents import NS, PARAGRAPHS, cut, number, pdf, repacked, saved, word
from policygraph.cli import main
from policygraph.compiler.formats.ordinals import ordinal
from policygraph.compiler.read import Source, read_bytes
from policygraph.settings import Settings

PAGE = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>某省人民政府办公厅关于推动服务业发展的意见_某省人民政府</title>
<script>var a = "一、不是正文";</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/zw">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
<table class="bd1"><tr><td>索 引 号：</td><td>000014349/2021-00007</td><td>主题分类：</td><td>商贸</td></tr>
<tr><td>发文字号：</td><td>某政办〔2021〕7号</td><td>成文日期：</td><td>2021年3月5日</td></tr></table>
<h1>某省人民政府办公厅关于推动服务业发展的意见</h1>
<div id="UCAP-CONTENT" class="pages_content"><p>某省人民政府办公厅</p>
<p>各市人民政府：</p><p>　　为推动服务业高质量发展，
结合省情实际，提出如下意见。</p>
<p>　　一、总体要求</p><p>　　（一）指导思想。以新发展理念为引领，加快发展现代服务业。<br>
　　（二）发展目标。到2025年，比重达到53%左右。（责任单位：省商务厅、省统计局）</p>
<div style="display:none">一、隐藏的文字</div>
<table border="1"><tr><th>指标</th><th>2025年</th></tr><tr><td>增加值（亿元）</td><td>1,600</td></tr></table>
<p align="right">某省人民政府办公厅</p><p align="right">2021年3月5日</p><p>（此件公开发布）</p></div>
<div class="footer"><p>版权所有：某省人民政府　ICP备00000001号</p><p>网站地图 联系我们</p></div></body></html>"""

BODY = """索 引 号：\t000014349/2021-00007\t主题分类：\t商贸
发文字号：\t某政办〔2021〕7号\t成文日期：\t2021年3月5日
某省人民政府办公厅关于推动服务业发展的意见
某省人民政府办公厅
各市人民政府：
　　为推动服务业高质量发展，结合省情实际，提出如下意见。
　　一、总体要求
　　（一）指导思想。以新发展理念为引领，加快发展现代服务业。
　　（二）发展目标。到2025年，比重达到53%左右。（责任单位：省商务厅、省统计局）
指标\t2025年
增加值（亿元）\t1,600
某省人民政府办公厅
2021年3月5日
（此件公开发布）
"""


def codes(source: Source) -> list[str]:
    return [finding.code for finding in source.findings]


@pytest.mark.parametrize(
    ("declared", "written"),
    [("gb2312", "gb18030"), ("GBK", "gbk"), ("utf-8", "utf-8"), ("UTF-8", "utf-8-sig")],
)
def test_a_page_becomes_the_lines_that_a_browser_shows(declared: str, written: str) -> None:
    source = read_bytes(PAGE.format(charset=declared).encode(written), "page.txt")
    assert source.text == BODY
    assert source.format == "html"
    assert codes(source) == ["html-left-out"]


OLD = """<html><body><table width=950><tr><td><table><tr><td><p>某市人民政府办公室关于某事的通知</p></td></tr>
<tr><td class=content><font><p class=MsoNormal><span>各区人民政府：</span></p>
<P>　　一、<b>总体</b><span>要求。</span>
为深入贯彻落实决策部署，现就有关事项通知如下，请认真贯彻执行，确保取得实效。</P>
<P>　　（一）加强领导。各区要高度重视，精心组织，周密部署，把各项任务落到实处。（<span>2020</span>年底前完成）</P>
<table border=1><tr><td></td><td><p>指标</p></td></tr>
<tr><td><p>1</p></td><td><p>比重<br>（%）</p></td></tr></table>
<p>某市人民政府办公室</p><p><span>2020</span>年<span>1</span>月<span>1</span>日</p></font></td></tr></table>
</td></tr></table>
<p>相关链接：</p><ul><li><a href=a>某某某解读</a></li></ul></body></html>"""


def test_an_old_page_laid_out_by_tables() -> None:
    lines = read_bytes(OLD.encode()).text.split("\n")
    assert lines[:8] == [
        "某市人民政府办公室关于某事的通知",
        "各区人民政府：",
        "　　一、总体要求。为深入贯彻落实决策部署，现就有关事项通知如下，请认真贯彻执行，确保取得实效。",
        "　　（一）加强领导。各区要高度重视，精心组织，周密部署，把各项任务落到实处。（2020年底前完成）",
        "指标",
        "1\t比重（%）",
        "某市人民政府办公室",
        "2020年1月1日",
    ]
    assert "某某某解读" not in lines


def test_a_page_that_declares_the_wrong_encoding_is_read_and_told() -> None:
    source = read_bytes(PAGE.format(charset="gb2312").encode("utf-8"))
    assert source.text == BODY
    assert "html-encoding" in codes(source)
    source = read_bytes(PAGE.format(charset="utf-8").encode("gb18030"))
    assert source.text == BODY
    assert "html-encoding" in codes(source)


def test_ordered_lists_show_their_numbers() -> None:
    items = "".join(f"<li>完善第{n}项服务标准，推动行业健康发展。</li>" for n in "甲乙")
    source = read_bytes(f"<html><body><div><ol start=3>{items}</ol></div></body></html>".encode())
    assert source.text.split("\n")[:2] == [
        "3.完善第甲项服务标准，推动行业健康发展。",
        "4.完善第乙项服务标准，推动行业健康发展。",
    ]
    assert "html-numbering" in codes(source)


def test_word_paragraphs_tables_and_breaks() -> None:
    document = word(paragraphs=[(text, None) for text in PARAGRAPHS])
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("指标", "2025年", "增加值", "1,600"), strict=True
    ):
        cell.text = text
    document.add_paragraph("上行\n下行")
    source = read_bytes(saved(document), "wrong.pdf")
    assert source.text == "\n".join([*PARAGRAPHS, "指标\t2025年", "增加值\t1,600", "上行", "下行"]) + "\n"
    assert source.findings == ()


LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%4"))


def test_word_lists_get_the_numbers_that_word_shows() -> None:
    lines = [("总体要求", 0), ("指导思想", 1), ("发展目标", 1), ("说明，不编号", None), ("重点任务", 0),
             ("现代物流", 1), ("建设枢纽", 2), ("完善配送", 2), ("健康养老", 1), ("医养结合", 2),
             ("保障措施", 0)]  # fmt: skip
    source = read_bytes(saved(word(LEVELS, lines)))
    assert source.text.split("\n")[:-1] == [
        "一、总体要求", "（一）指导思想", "（二）发展目标", "说明，不编号", "二、重点任务", "（一）现代物流",
        "1.建设枢纽", "2.完善配送", "（二）健康养老", "1.医养结合", "三、保障措施",
    ]  # fmt: skip
    assert [f.message.split()[0] for f in source.findings if f.code == "docx-numbering"] == ["10"]


def test_word_list_numbers_by_style_restart_and_mixed_levels() -> None:
    document = word(LEVELS, [("甲", 0), ("乙", 0), ("丙", 3)])
    numbering = document.part.numbering_part.element
    numbering.append(
        parse_xml(
            f'<w:num {NS} w:numId="78"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:numId w:val="77"/></w:numPr>'))
    document.add_paragraph("丁", style="Heading 1")
    number(document.add_paragraph("戊"), 0, 78)
    number(document.add_paragraph("己"), 0, 78)
    number(document.add_paragraph("庚", style="Heading 1"), 0, 0)
    assert read_bytes(saved(document)).text.split() == [
        "一、甲",
        "二、乙",
        "二.1丙",
        "三、丁",
        "一、戊",
        "二、己",
        "庚",
    ]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCountingThousand", "十"), (11, "japaneseCounting", "十一"),
        (20, "chineseCounting", "二十"), (32, "chineseCounting", "三十二"), (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"), (12, "ideographDigital", "一二"), (3, "decimalEnclosedCircle", "③"),
        (15, "decimalFullWidth", "１５"), (4, "lowerRoman", "iv"), (9, "upperRoman", "IX"), (27, "lowerLetter", "aa"),
        (2, "chineseLegalSimplified", "贰"), (7, "decimalZero", "07"), (5, "somethingElse", "5"),
        (2, "ideographTraditional", "乙"),
    ],
)  # fmt: skip
def test_ordinals(number: int, form: str, shown: str) -> None:
    assert ordinal(number, form) == shown


def test_word_changes_boxes_and_fields() -> None:
    document = word(paragraphs=[("正文", None)])
    inner = (
        f'<w:p {NS}><w:r><w:t>保留</w:t></w:r><w:del w:id="1"><w:r><w:delText>删除</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>插入</w:t></w:r></w:ins>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:r><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    )
    document.element.body.insert(1, parse_xml(inner))
    document.element.body.insert(2, parse_xml(f"<w:sdt {NS}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p>"
                                              "</w:sdtContent></w:sdt>"))  # fmt: skip
    source = read_bytes(saved(document))
    assert source.text == "正文\n保留插入链接\n框内\n控件\n"
    assert sorted(codes(source)) == ["docx-changes", "docx-textbox"]


def lines_of(paragraph: str, width: int) -> int:
    rest, lines = "　　" + paragraph, 0
    while rest:
        rest, lines = rest[cut(rest, width) :], lines + 1
    return lines


@pytest.mark.parametrize("width", [20, 28])
def test_pdf_pages_become_paragraphs(width: int) -> None:
    source = read_bytes(pdf(width=width, twice=(0, 4)), "paper.bin")
    assert source.text == "\n".join(PARAGRAPHS) + "\n"
    assert set(codes(source)) == {"pdf-repair"}
    rows = sum(lines_of(p, width) for p in PARAGRAPHS)
    told = {f.message.split(" ", 1)[1]: int(f.message.split()[0]) for f in source.findings}
    assert told["heads, feet and numbers of pages were left out"] == 2 * -(-rows // 12)
    assert told["line ends inside a paragraph were joined"] == rows - len(PARAGRAPHS)


def test_the_three_formats_compile_alike(tmp_path: Path) -> None:
    files = {
        "a.pdf": pdf(),
        "a.docx": saved(word(paragraphs=[(text, None) for text in PARAGRAPHS])),
        "a.html": (
            "<html><body><div>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div></body></html>"
        ).encode(),
    }
    graphs = set()
    for name, data in files.items():
        path, out = tmp_path / name, tmp_path / f"{name}.ttl"
        path.write_bytes(data)
        answer = CliRunner().invoke(main, ["compile", str(path), "-o", str(out)])
        assert answer.exit_code == 0, answer.output
        text = (tmp_path / f"{name}.ttl.txt").read_text(encoding="utf-8")
        printed = CliRunner().invoke(main, ["extract", str(path)])
        assert printed.stdout == text
        assert text.strip() == "\n".join(PARAGRAPHS)
        graphs.add(out.read_text(encoding="utf-8"))
    assert len(graphs) == 1
    assert "53%左右" in graphs.pop()


def test_plain_text_is_untouched_and_writes_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"  # a suffix may lie
    path.write_text("\n".join(PARAGRAPHS) + "  部⻔ \n", encoding="utf-8")
    out = tmp_path / "a.ttl"
    answer = CliRunner().invoke(main, ["compile", str(path), "-o", str(out), "--notes"])
    assert answer.exit_code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "a.ttl"]
    assert CliRunner().invoke(main, ["extract", str(path)]).stdout == path.read_text(encoding="utf-8")
    assert "lookalike: 1 " in answer.output


def test_damaged_characters_are_replaced_and_told() -> None:
    xml = f"<w:document {NS}><w:body><w:p><w:r><w:t>部\u2ed4一\ufdd0二</w:t></w:r></w:p></w:body></w:document>"
    source = read_bytes(repacked(saved(word()), {"word/document.xml": xml.encode()}))
    assert source.text == "部门一\ufffd二\n"
    assert codes(source) == ["docx-characters", "docx-repair"] or codes(source) == ["docx-repair", "docx-characters"]


def test_settings_are_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一" * 200, encoding="utf-8")
    monkeypatch.setenv("POLICYGRAPH_MAX_CHARACTERS", "100")
    answer = CliRunner().invoke(main, ["extract", str(path)])
    assert answer.exit_code == 2
    assert "max_characters" in answer.output
    assert Settings.from_env().max_characters == 100
