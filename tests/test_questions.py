"""The question library: files that run anywhere, answers made by reading, parameters that stay inside."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDFS, Dataset, Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery

from policygraph import resources
from policygraph.answers import compare, expected, plain, rows_of
from policygraph.cli import main
from policygraph.errors import ParameterError, QuestionError
from policygraph.graph.namespaces import ENDPOINT, ID_BASE, RDF, SCHEMA, SH
from policygraph.graph.queries import queries_graph
from policygraph.questions import (
    GROUPS,
    KINDS,
    Parameter,
    Question,
    choices,
    fill,
    load_questions,
    read_question,
)
from policygraph.store import EmbeddedStore

QUESTIONS = load_questions()
SHAPES = Path(__file__).parent / "shapes"
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
needs_dataset = pytest.mark.skipif(
    not resources.dataset().is_file(), reason="data/policygraph.nq is not built: run `policygraph build`"
)


@pytest.fixture(scope="module")
def small() -> Iterator[EmbeddedStore]:
    store = EmbeddedStore([SHAPES / "good.ttl", resources.ontology() / "policygraph.ttl"])
    yield store
    store.close()


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedStore]:
    store = EmbeddedStore([resources.dataset()])
    yield store
    store.close()


@pytest.fixture(scope="module")
def rdflib_dataset() -> Dataset:
    dataset = Dataset(default_union=True)
    dataset.parse(resources.dataset(), format="nquads")
    return dataset


def test_there_are_questions_in_every_group() -> None:
    assert len(QUESTIONS) >= 60
    assert tuple(dict.fromkeys(question.group for question in QUESTIONS)) == GROUPS
    assert {parameter.kind for question in QUESTIONS for parameter in question.parameters} == set(KINDS)


def test_every_expected_file_belongs_to_a_question() -> None:
    files = {path.stem for path in (resources.queries() / "expected").glob("*.csv")}
    assert files == {question.id for question in QUESTIONS}


@each_question
def test_file_parses_and_has_an_expected_answer(question: Question, small: EmbeddedStore) -> None:
    variables = [str(variable) for variable in prepareQuery(question.query).algebra["PV"]]
    header = expected(question)[0]
    assert list(small.select(question.query).variables) == variables == header
    assert question.keywords
    assert "ORDER BY" in question.query
    assert "DISTINCT" in question.query


@needs_dataset
@each_question
def test_embedded_store_answers_as_read(question: Question, embedded: EmbeddedStore) -> None:
    compare(question, rows_of(embedded.select(question.query)))


@each_question
def test_no_question_answers_with_a_bare_number(question: Question) -> None:
    """pg:printedValue is 13% where the text says 下降至13%左右: answers hold the words of the text instead."""
    assert "pg:printedValue" not in question.query
    if "pg:value ?" in question.query:
        assert "oa:exact ?printed" in question.query


@needs_dataset
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own calls, in Dataset.query
@each_question
def test_rdflib_answers_as_read(question: Question, rdflib_dataset: Dataset) -> None:
    result = rdflib_dataset.query(question.query)
    variables = [str(variable) for variable in result.vars or []]
    rows = []
    for bound in result.bindings:
        terms = [bound.get(Variable(name)) for name in variables]
        rows.append(
            [
                ""
                if term is None
                else plain(str(term), "literal", str(term.datatype))
                if isinstance(term, Literal)
                else plain(str(term), "iri", None)
                for term in terms
            ]
        )
    compare(question, [variables, *rows])


@needs_dataset
@each_question
def test_defaults_are_what_the_file_holds(question: Question, embedded: EmbeddedStore) -> None:
    values = {parameter.name: parameter.default for parameter in question.parameters}
    filled = fill(question, values, embedded)
    assert embedded.select(filled).rows == embedded.select(question.query).rows


@needs_dataset
def test_what_is_offered_instead_is_near(embedded: EmbeddedStore) -> None:
    """Of the bodies of several provinces, those of the one that the question is about come first."""
    question = next(each for each in QUESTIONS if each.id == "tasks-of-department")
    with pytest.raises(ParameterError) as caught:
        fill(question, {"actor": "商务厅"}, embedded)
    near = caught.value.zh.partition("相近的有：")[2].split("、")
    assert near[0] == "青海省商务厅" and all("商务" in name for name in near[:2])
    with pytest.raises(ParameterError) as caught:
        fill(question, {"actor": "nonsense"}, embedded)
    assert "near" not in caught.value.message and "相近" not in caught.value.zh


@needs_dataset
def test_the_command_line_names_what_is_near_and_what_it_assumed() -> None:
    done = CliRunner().invoke(main, ["query", "task-of-departments"])
    assert done.exit_code == 2 and "Errno" not in done.stderr
    assert "no such question" in done.stderr and "tasks-of-department" in done.stderr
    done = CliRunner().invoke(main, ["query", "tasks-of-department"], env={"COLUMNS": "80"})
    assert done.exit_code == 0 and "--param actor=青海省商务厅 (default)" in done.stderr
    assert "…" not in done.stdout
    named = CliRunner().invoke(main, ["query", "tasks-of-department", "--param", "actor=青海省商务厅"])
    assert "--param actor" not in named.stderr


@needs_dataset
def test_all_together_answer_in_two_seconds(embedded: EmbeddedStore) -> None:
    started = time.thread_time()  # what others do on the machine does not count
    for question in QUESTIONS:
        embedded.select(question.query)
    assert time.thread_time() - started < 2


@needs_dataset
@pytest.mark.parametrize(
    ("words", "classes"),
    [  # words of the text → of which class the statements are that rest on them, parts left aside
        ("53%左右", {"Objective", "Sentence", "Target"}),
        ("打造一批面向服务领域的关键共性技术平台", {"Path", "Measure", "Action"}),
        ("税收优惠政策", {"Safeguard", "Measure", "InstrumentUse"}),
        ("提升单元化物流水平", {"Task", "Measure", "Action", "Alignment"}),
        ("社区家政服务业", {"Task", "Classification"}),
    ],
)
def test_every_class_of_statement_is_found_at_its_words(words: str, classes: set[str], embedded: EmbeddedStore) -> None:
    text = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")
    assert text.count(words) == 1
    (question,) = (each for each in QUESTIONS if each.id == "claims-at-position")
    values = {parameter.name: parameter.default for parameter in question.parameters}
    found = embedded.select(fill(question, {**values, "position": str(text.index(words))}, embedded))
    at = found.variables.index("class")
    made = {str(row[at].value).rpartition("#")[2] for row in found.rows if row[at]}
    assert made - {"PolicyDocument", "Part"} >= classes
    assert not {"Measure", "Sentence"} <= made


@needs_dataset
@pytest.mark.parametrize(("name", "basis"), [("claims-by-basis", ""), ("curated-facts-by-verification", "Curated")])
def test_a_count_of_claims_leaves_none_out(name: str, basis: str, embedded: EmbeddedStore) -> None:
    """Whatever has a basis is counted, whatever its class."""
    (question,) = (each for each in QUESTIONS if each.id == name)
    rows = rows_of(embedded.select(question.query))[1:]
    only = f"FILTER(?basis = <https://w3id.org/policygraph/ontology#{basis}>)" if basis else ""
    ((whole,),) = embedded.select(
        "SELECT (COUNT(DISTINCT ?claim) AS ?n) { ?claim <https://w3id.org/policygraph/ontology#basis> ?basis "
        f"FILTER NOT EXISTS {{ ?claim a <https://w3id.org/policygraph/ontology#Unit> }} {only} }}"
    ).rows
    assert whole is not None
    assert sum(int(row[-1]) for row in rows) == int(whole.value)


def test_the_library_in_rdf_gives_back_queries_that_run(small: EmbeddedStore) -> None:
    """The form of sib-swiss/sparql-examples: found by type, run from sh:select, told by rdfs:comment."""
    graph = queries_graph(QUESTIONS)
    found = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(node).removeprefix(f"{ID_BASE}query/") for node in found} == {each.id for each in QUESTIONS}
    assert set(graph.objects(None, SCHEMA.target)) == {URIRef(ENDPOINT)}
    for question in QUESTIONS:
        node = URIRef(f"{ID_BASE}query/{question.id}")
        assert (node, RDF.type, SH.SPARQLSelectExecutable) in graph
        comments = {str(word.language): str(word) for word in graph.objects(node, RDFS.comment)}
        assert comments == dict(question.text)
        text = str(graph.value(node, SH.select))
        assert not text.startswith("#")
        assert small.select(text).rows == small.select(question.query).rows
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(graph.value(URIRef(f"{ID_BASE}query/document-facts"), SH.prefixes), SH.declare)
    }
    assert declared["pg"] == "https://w3id.org/policygraph/ontology#"


@pytest.fixture
def copied(tmp_path: Path) -> Question:
    """A question of the library with its expected answer, where a test may spoil them."""
    (tmp_path / "expected").mkdir()
    for name in ("document-addressees.rq", "expected/document-addressees.csv"):
        (tmp_path / name).write_bytes((resources.queries() / name).read_bytes())
    return read_question(tmp_path / "document-addressees.rq")


@needs_dataset
@pytest.mark.parametrize(
    ("spoil", "line", "words"),
    [
        (lambda text: text.replace("省政府各委", "省政府各局"), 3, "stale: the engine answers"),
        (lambda text: text.replace(",addressee", ",receiver"), 1, "stale: the engine answers document,title"),
        (lambda text: text + text.splitlines()[-1] + "\n", 4, "answers no such row"),
        (lambda text: "\n".join(text.splitlines()[:2]) + "\n", 3, "no such row"),
        (lambda text: text.splitlines()[0] + "\n", 2, "at least one row"),
        (lambda text: text + "one cell\n", 4, "expected 3 cells"),
        (None, 1, "there is no such file"),
    ],
)
def test_a_stale_or_missing_answer_fails_with_name_and_line(
    spoil: Callable[[str], str] | None, line: int, words: str, copied: Question, embedded: EmbeddedStore
) -> None:
    path = copied.path.parent / "expected" / f"{copied.id}.csv"
    answer = rows_of(embedded.select(copied.query))
    compare(copied, answer)
    if spoil is None:
        path.unlink()
    else:
        path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(QuestionError) as caught:
        compare(copied, answer)
    assert f"{path}:{line}:" in str(caught.value)
    assert words in str(caught.value)


HEAD = """\
# id: x
# group: tasks
# question.zh: 问
# question.en: Q
# keywords: 词, word
"""
PARAM = "# param actor: actor = 甲 | 责任单位 | Body\n"
BODY = "\nSELECT ?actor WHERE {\n  VALUES ?actor { <http://x/> } # param actor\n}\n"
BROKEN = {
    "empty": ("", 1, "header line for id"),
    "no keywords": (HEAD.replace("# keywords: 词, word\n", "") + BODY, 5, "keywords"),
    "another id": (HEAD.replace("id: x", "id: y"), 1, "as one of x"),
    "unknown group": (HEAD.replace("tasks", "chores"), 2, "one of document, goals"),
    "unknown key": (HEAD + "# author: z\n", 6, "one of the keys"),
    "key twice": (HEAD + "# keywords: a\n", 6, "only once"),
    "no value": (HEAD.replace("问", ""), 3, "# key: value"),
    "parameter without labels": (HEAD + "# param actor: actor = 甲\n" + BODY, 6, "zh label"),
    "unknown kind": (HEAD + PARAM.replace("actor =", "colour =") + BODY, 6, "kind of parameter"),
    "parameter twice": (HEAD + PARAM + PARAM + BODY, 7, "expected actor once"),
    "marker missing": (HEAD + PARAM + "\nSELECT * {}\n", 6, "VALUES ?actor"),
    "marker of no parameter": (HEAD + BODY, 8, "for each parameter"),
    "marker again, another term": (HEAD + PARAM + BODY + BODY.lstrip().replace("x/", "y/"), 12, "the same line again"),
    "marker of another": (
        HEAD + PARAM + BODY.replace("param actor", "param place"),
        9,
        "for each parameter",
    ),
    "marker in a row": (
        HEAD + PARAM + BODY.replace("  VALUES", "  ?a ?b ?c . VALUES"),
        9,
        "for each parameter",
    ),
}


@pytest.mark.parametrize(("text", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_headers_say_where_and_what(text: str, line: int, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError) as caught:
        read_question(path)
    assert words in str(caught.value)
    assert f"{path}:{line}:" in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"\xff")
    with pytest.raises(QuestionError, match="UTF-8"):
        read_question(tmp_path / "x.rq")


def test_two_questions_of_one_id(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.rq").write_text(HEAD + PARAM + BODY, encoding="utf-8")
    with pytest.raises(QuestionError, match="the id x is that of"):
        load_questions(tmp_path)


@pytest.fixture
def asking(tmp_path: Path) -> Callable[[str], Question]:
    """A question that gives back the one parameter of a kind."""

    def make(kind: str) -> Question:
        path = tmp_path / "x.rq"
        path.write_text(HEAD + PARAM.replace("actor =", f"{kind} =") + BODY, encoding="utf-8")
        return read_question(path)

    return make


def answer(question: Question, value: str, store: EmbeddedStore) -> str | None:
    ((term,),) = store.select(fill(question, {"actor": value}, store)).rows
    return term and term.value


ORG = "https://w3id.org/policygraph/id/org/shilisheng-shangwuting"


@pytest.mark.parametrize(
    "value",
    ["示例省商务厅", "省商务厅", "Example Department of Commerce", ORG, "org/shilisheng-shangwuting",
     "id:org/shilisheng-shangwuting", " 省商务厅 "],
)  # fmt: skip
def test_a_body_by_any_name(value: str, asking: Callable[[str], Question], small: EmbeddedStore) -> None:
    assert answer(asking("actor"), value, small) == ORG


@pytest.mark.parametrize(
    ("kind", "value", "end"),
    [
        ("actor", "各市人民政府", "id/org/geshi-renmin-zhengfu"),
        ("place", "示例市", "id/place/shilishi"),
        ("term", "一优两高", "id/term/yiyou-lianggao"),
        ("document", "示政办〔2020〕1号", "id/doc/shizhengban-2020-1"),
        ("national-clause", "扩大对外开放", "id/doc/fagaichanye-2019-1602/2.10"),
        ("comparator", "约", "#Approximately"),
        ("comparator", "pg:AtLeast", "#AtLeast"),
        ("role", "Lead", "#Lead"),
        ("provision-class", "重点任务", "#Task"),
        ("provision-class", "safeguard", "#Safeguard"),
        ("actor-kind", "pg:Enterprise", "#Enterprise"),
        ("term-kind", "品牌", "#Brand"),
        ("strength", "close", "#Close"),
        ("instrument", "funding", "#Funding"),
        ("sector", "示例类别", "id/sector/shili-01"),
        ("unit", "%", "id/unit/baifenzhi"),
        ("year", "2030", "2030"),
        ("number", "8.5", "8.5"),
        ("text", "", "http://x/"),
    ],
)
def test_values_of_every_kind(
    kind: str, value: str, end: str, asking: Callable[[str], Question], small: EmbeddedStore
) -> None:
    found = answer(asking(kind), value, small)
    assert found is not None
    assert found.endswith(end)


HOSTILE = [
    'x" } } DROP ALL #',
    "x\\",
    '\\" } #',
    "\\u0022 } # param actor",
    "\\\\u0022 } #",
    "\\U00000022 }",
    "\\u005c\\u0022 }",
    "line\nVALUES ?actor { <http://evil/> } # param actor\r\n\ttab",
    "> } ?s ?p ?o {",
    "\\1\\g<head>",
    "{0} $& \u2028 \x85",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_words_stay_words(value: str, asking: Callable[[str], Question], small: EmbeddedStore) -> None:
    filled = fill(asking("text"), {"actor": value}, small)
    assert answer(asking("text"), value, small) == value
    (row,) = Graph().query(filled).bindings
    assert str(row[Variable("actor")]) == value


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
@pytest.mark.parametrize("value", [*HOSTILE, "http://x/> } #", "1 } #", "2025\n2026", "١٢٣٤", "NaN"])
def test_other_kinds_refuse_what_is_unknown(
    kind: str, value: str, asking: Callable[[str], Question], small: EmbeddedStore
) -> None:
    with pytest.raises(QuestionError, match="actor: "):
        fill(asking(kind), {"actor": value}, small)


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
def test_words_that_are_no_text(value: str, asking: Callable[[str], Question], small: EmbeddedStore) -> None:
    with pytest.raises(QuestionError, match="no text"):
        fill(asking("text"), {"actor": value}, small)


def test_unknown_names_are_answered_with_near_ones(asking: Callable[[str], Question], small: EmbeddedStore) -> None:
    with pytest.raises(QuestionError, match=r"near: .*示例省商务厅"):
        fill(asking("actor"), {"actor": "示例省商业厅"}, small)
    with pytest.raises(QuestionError, match="no parameter 'town'; possible: actor"):
        fill(asking("actor"), {"town": "x"}, small)


def test_a_default_that_the_store_does_not_hold_is_told_with_its_line(
    asking: Callable[[str], Question], small: EmbeddedStore
) -> None:
    question = asking("actor")  # its default, 甲, is no body of the store
    with pytest.raises(QuestionError, match="actor: no actor is called '甲'") as caught:
        fill(question, {"actor": "甲"}, small)
    assert f"{question.path}:6:1:" in str(caught.value)


def test_choices_come_from_the_graph(small: EmbeddedStore) -> None:
    def of(kind: str) -> list[tuple[str, str]]:
        return choices(Parameter("p", kind, "", {}), small)

    assert (ORG, "示例省商务厅") in of("actor")
    assert len({iri for iri, _ in of("actor")}) == len(of("actor"))
    assert of("year") == [("2025", "2025")]
    assert {label for _, label in of("comparator")} >= {"约", "达到", "不低于"}
    assert of("number") == of("text") == []
