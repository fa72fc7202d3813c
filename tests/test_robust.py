"""Any text compiles losslessly or fails with an expected error; real documents of other forms among them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policygraph import resources
from policygraph.compiler.model import Document
from policygraph.compiler.read import read_path, store
from policygraph.compiler.registry import Registry, load_registry
from policygraph.errors import PolicyGraphError
from policygraph.graph.build import compile_source

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
CORPUS = sorted(SHARED.glob("*.txt"))
LINES = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8").split("\n")


@cache
def the_registry() -> Registry:
    """Not a fixture: hypothesis would print the whole of it beside a counter-example."""
    return load_registry(resources.data() / "registry")


def assert_lossless(document: Document) -> None:
    held = [0] * len(document.text)
    for leaf in document.leaves:
        for at in range(leaf.span.start, leaf.span.end):
            held[at] += 1
    wrong = [i for i, n in enumerate(held) if n != 1 and not document.text[i].isspace()]
    assert not wrong, document.text[wrong[0] - 10 : wrong[0] + 10]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.one_of(
            st.sampled_from(LINES),
            st.text(alphabet="一二十、（）()。，；:：“”《》责任单位省厅到2025年达13%号〔〕\t　牵头", max_size=40),
        ),
        max_size=12,
    )
)
def test_any_arrangement_of_lines(lines: list[str]) -> None:
    try:
        assert_lossless(compile_source(store("\n".join(lines)), the_registry()).document)
    except PolicyGraphError as error:
        assert str(error)


@pytest.mark.parametrize(
    "lines",
    [
        ["十、", "：《", "办〔2020〕2号", "("],  # a number amid an open bracket
        ["3　厅（", "自印发之日起施行", "号"],  # a closing sentence amid one
    ],
)
def test_a_line_of_another_kind_ends_a_paragraph(lines: list[str]) -> None:
    assert_lossless(compile_source(store("\n".join(lines)), the_registry()).document)


@pytest.mark.skipif(not CORPUS, reason="../shared/corpus is not beside this checkout")
@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_real_documents_of_other_forms(registry: Registry, path: Path) -> None:
    try:
        assert_lossless(compile_source(read_path(path), registry).document)
    except PolicyGraphError as error:
        assert str(error)
