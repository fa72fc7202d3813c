"""The normalised view of a poor copy, and its way back to the stored text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import resources
from policygraph.compiler.formats import normalised, notices
from policygraph.compiler.formats.glyphs import LOOKALIKES
from policygraph.compiler.formats.spaced import repeated

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
QINGHAI = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")

COPY = """关 于 发 展 服 务 业 的关 于 发 展 服 务 业 的
通 知通 知
2026/7/24 15:33 关于发展服务业的通知 _ 某部⻔⽹站
https://example.org/content_1.htm 1/2
各省、自治区、直辖市商务主管部门，各有关单位和中央管理企业：
为深入贯彻落实关于发展服务业的决策部署，推动服务业高质量发
展，现就有关事项通知如下，请结合实际情况，认真抓好贯彻落实。
一、加大支持力度
（ 一 ） 培 育 品 牌 。（ 一 ） 培 育 品 牌 。 鼓励有条件的地区支持家政服务企业创新服务模
式、探索智慧化场景、拓展养老托育服务，推动服务业标准化、职业
化发展。（ 商 务 部 负 责 ）（ 商 务 部 负 责 ）
（二）创新保险产品。鼓励保险公司开发适合服务业的保险产品，为
2026/7/24 15:33 关于发展服务业的通知 _ 某部⻔⽹站
https://example.org/content_1.htm 2/2
从业人员和雇主双方在服务过程中面临的人身伤害、财产损失、赔偿
责任等风险提供保障，切实维护各方的合法权益和家政行业的秩序。
（商务部、民政部、财政部、国家卫生健康委等部门按职责分工负责）
二、加强组织领导
各地要高度重视，结合本地实际，制定具体的工作方案，细化政策措
施，确保各项任务落到实处、取得实际效果，重要情况及时上报商务
部。
"""

READ = """关于发展服务业的
通知
各省、自治区、直辖市商务主管部门，各有关单位和中央管理企业：
为深入贯彻落实关于发展服务业的决策部署，推动服务业高质量发展，现就有关事项通知如下，请结合实际情况，认真抓好贯彻落实。
一、加大支持力度
（一）培育品牌。鼓励有条件的地区支持家政服务企业创新服务模式、探索智慧化场景、拓展养老托育服务，推动服务业标准化、职业化发展。（商务部负责）
（二）创新保险产品。鼓励保险公司开发适合服务业的保险产品，为从业人员和雇主双方在服务过程中面临的人身伤害、财产损失、赔偿责任等风险提供保障，切实维护各方的合法权益和家政行业的秩序。（商务部、民政部、财政部、国家卫生健康委等部门按职责分工负责）
二、加强组织领导
各地要高度重视，结合本地实际，制定具体的工作方案，细化政策措施，确保各项任务落到实处、取得实际效果，重要情况及时上报商务部。
"""


def assert_maps_back(text: str) -> None:
    view = normalised(text)
    origins = [view.origin(at) for at in range(len(view.text) + 1)]
    assert origins == sorted(set(origins))
    assert origins[-1] == len(text)
    for at, char in enumerate(view.text):
        assert text[origins[at]].translate(LOOKALIKES) == char
    left_out = set(range(len(text))) - set(origins)
    if not view.repairs:
        assert view.text == text
        assert not left_out


def test_a_copy_of_a_printed_page() -> None:
    view = normalised(COPY)
    assert view.text == READ
    assert view.repairs == {"lookalike": 4, "furniture": 4, "repeated": 4, "wrap": 8}
    assert_maps_back(COPY)


def test_spans_go_back_to_the_stored_words() -> None:
    view = normalised(COPY)
    start = view.text.index("业的")
    span = view.span(start, start + 2)
    assert COPY[span.start : span.end] == "业 的关 于 发 展 服 务 业 的"[: span.end - span.start]
    start = view.text.index("高质量发展")
    span = view.span(start, start + 5)
    assert COPY[span.start : span.end] == "高质量发\n展"
    assert view.span(0, 0).start == view.span(0, 0).end


def test_lookalikes_are_one_for_one() -> None:
    text = "某部⻔⽂件，⾼质量发展⾏动，⻅附件。"
    view = normalised(text)
    assert view.text == "某部门文件，高质量发展行动，见附件。"
    assert [view.origin(at) for at in range(len(text) + 1)] == list(range(len(text) + 1))
    assert normalised("\n".join([text] * 3)).repairs["lookalike"] == 15


def test_sound_texts_are_their_own_view() -> None:
    assert normalised(QINGHAI).text == QINGHAI
    assert notices(QINGHAI) == []
    for text in ("", "\n", "一、总体要求\n", "商 务 部 文 件\n", "2026/7/24 15:33 开会\n", "— 1 —\n", "第3页\n"):
        assert normalised(text).text == text


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/corpus is not beside this checkout")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda p: p.stem)
def test_real_documents(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    assert_maps_back(text)
    view = normalised(text)
    if not path.stem.endswith("-pdf"):
        assert view.text == text
        return
    assert not any(char in view.text for char in "⻔⾼⽂⽹⼒")
    assert "https://" not in view.text
    paragraphs = [line for line in view.text.split("\n") if line.startswith("（") and line[2:3] in "）十"]
    assert len(paragraphs) >= 18
    assert sum(line.rstrip().endswith(("。", "）")) for line in paragraphs) >= len(paragraphs) - 1


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*COPY.split("\n"), "", " ", "施施", "a a a", "啊 啊啊 啊", "— 1 —", "— 2 —"]), max_size=40
    )
)
def test_any_lines_map_back(lines: list[str]) -> None:
    assert_maps_back("\n".join(lines))


@given(st.text(alphabet="甲乙 　\0", max_size=60))
def test_any_spaced_line(line: str) -> None:
    assert_maps_back(line)
    assert all(0 <= a < b <= len(line) for a, b in repeated(line))


def test_a_long_line_takes_time_in_proportion() -> None:
    import time

    start = time.monotonic()
    normalised("啊 " * 500_000 + "\n" + "啊 啊" * 6_000)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("促进服務業(yè)高質量發展(zhǎn)，推動創新", ["inserted-pinyin", "traditional"]),
        ("收入（略）万元，详见附件", ["mask"]),
        ("联系人：×××", ["mask"]),
        ("推动服务业(fuwu)高质量发展(GDP)", []),
        ("犇、珺", []),
        ("某部⻔", ["lookalike"]),
        ("商 务 部商 务 部", ["repeated"]),
    ],
)
def test_what_is_told_of_a_copy(text: str, codes: list[str]) -> None:
    found = notices(text)
    assert sorted(f.code for f in found) == codes
