"""IRIs: what goes in comes out; the contract's own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import IriError
from policygraph.graph.iri import STEPS, EntityIri, Minter, document_slug, parse, slug

WORD = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
NUMBER = st.from_regex(r"[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}", fullmatch=True)
COUNT = st.integers(1, 10**6)
ENTITIES = st.one_of(
    st.builds(EntityIri, st.just("document"), document=WORD),
    st.builds(EntityIri, st.just("part"), document=WORD, number=COUNT.map(str)),
    st.builds(EntityIri, st.just("provision"), document=WORD, number=NUMBER),
    *(
        st.builds(EntityIri, st.just(kind), document=WORD, number=NUMBER, index=COUNT)
        for kind in ("sentence", "assignment", "target", "goal", "citation")
    ),
    st.builds(EntityIri, st.just("citation"), document=WORD, index=COUNT),
    st.builds(EntityIri, st.just("mention"), document=WORD, number=NUMBER, index=COUNT, sentence=st.integers(0, 99)),
    st.builds(EntityIri, st.just("span"), document=WORD, start=COUNT, end=COUNT),
    *(st.builds(EntityIri, st.just(kind), name=WORD) for kind in ("actor", "place", "term", "indicator", "unit")),
    st.builds(EntityIri, st.just("alignment"), document=WORD, number=NUMBER, other=WORD, name=NUMBER),
    st.builds(EntityIri, st.just("document-graph"), document=WORD),
    st.builds(EntityIri, st.just("inferred-graph"), document=WORD),
)
PROVISION = EntityIri("provision", document="a-2020-1", number="3.11")
SAID = ("mention", "action", "instrument-use")
"""What stands in a sentence."""


@given(ENTITIES)
def test_round_trip(entity: EntityIri) -> None:
    assert parse(str(entity)) == entity
    assert str(entity).isascii()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("青政办〔2020〕62号", "qingzhengban-2020-62"),
        ("发改产业〔2019〕1602号", "fagaichanye-2019-1602"),
        ("青政办 〔2020〕 62 号", "qingzhengban-2020-62"),
    ],
)
def test_document_slugs(number: str, expected: str) -> None:
    assert document_slug(number) == expected


@pytest.mark.parametrize("bad", ["", "第62号", "青政办2020-62"])
def test_what_is_no_document_number(bad: str) -> None:
    with pytest.raises(IriError):
        document_slug(bad)


def test_slugs() -> None:
    assert slug("青海省商务厅", ["青海省"]) == "qinghaisheng-shangwuting"
    assert slug("西宁市") == "xiningshi"
    with pytest.raises(IriError):
        slug("…")
    with pytest.raises(IriError):
        parse("https://example.org/x")


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_below_a_thing_is_the_path_of_the_whole(kind: str) -> None:
    whole = EntityIri(kind, document="a-2020-1", number="3.11", sentence=int(kind in SAID), index=7)
    above = EntityIri("sentence", document="a-2020-1", number="3.11", index=1) if kind in SAID else PROVISION
    assert Minter().mint_step(str(above), kind, 7, "it") == str(whole)


def test_a_step_is_given_to_one_thing() -> None:
    minter = Minter()
    minter.mint_step(str(PROVISION), "target", 1, "one")
    with pytest.raises(IriError, match="one and other"):
        minter.mint_step(str(PROVISION), "target", 1, "other")
