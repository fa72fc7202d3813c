"""The guard: what it lets pass, what it refuses, and that Oxigraph never reads a call into what passed."""

from __future__ import annotations

import contextlib
import itertools
import time

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.errors import QuerySyntaxError, RefusedError
from policygraph.question_files import load_questions
from policygraph.store.base import QueryForm
from policygraph.store.guard import MAX_GROUPS, MAX_NESTING, Refusal, form, inspect

PROLOGUE = (
    "PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://127.0.0.1:1/> PREFIX open: <http://127.0.0.1:1> "
    "PREFIX service: <http://g/> PREFIX x: <http://x/> "
)
CALL = "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"

PASSING = [
    "SELECT * { ?service ?p $SERVICE }",
    "SELECT ?service ?x { ?service ?p ?x }",
    "SELECT * { ?s service:x ?o }",
    "SELECT * { ?s x:SERVICE ?o . ?o x:service <http://y/SERVICE> }",
    "SELECT * { ?s ?p x:SERVICE { ?a ?b ?c } }",
    "SELECT * { GRAPH service:x { ?s ?p ?o } }",
    "SELECT * FROM service:x { ?s ?p ?o }",
    "DESCRIBE service:x",
    "SELECT * { ?s ?p \"SERVICE\", 'SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p """SERVICE "quoted" SERVICE""" , \'\'\'it\'s SERVICE\'\'\' }',
    "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
    "SELECT * { ?s ?p <http://x/SERVICE> , <http://x/a#SERVICE> , <http://x/it's/SERVICE#1> }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
    "# SERVICE\nSELECT * {} # ' INSERT",
    "SELECT * { ?s ?p _:service , 'x'@en-SERVICE }",
    "SELECT * { FILTER(?a<?b && ?c>?d) }",
    "SELECT * { FILTER(?a<'m' && ?b>'a') }",
    "SELECT * { ?s x:insert ?load ; x:drop 'LOAD' }",
    "SELECT * { ?s ?p '\\u0053ERVICE is a word' }",
    "SELECT * { ?s ?p '青海省服务业' ; rdfs:label ?名称 }",
    "SELECT * { VALUES (?x ?y) { (<http://a#b> <http://c#d>) (<http://e#f> <http://g#h>) } }",
]

REFUSED = [
    ("service", "SELECT * { " + CALL + " }"),
    ("service", "SELECT * { service silent ?x { ?s ?p ?o } }"),
    ("service", "SELECT * { SeRvIcE<http://127.0.0.1:1/>{} }"),
    ("service", "SELECT * { SERVICE # why\n<http://127.0.0.1:1/> {} }"),
    ("service", "SELECT * { 'a' # '\n " + CALL + " }"),
    ("service", "SELECT * { # \r " + CALL + " }"),
    ("service", "SELECT * { {} UNION { SELECT * { " + CALL + " } } }"),
    ("service", "SELECT * { FILTER NOT EXISTS { " + CALL + " } }"),
    ("service", "CONSTRUCT { ?s ?p ?o } WHERE { " + CALL + " }"),
    ("service", "ASK { " + CALL + " }"),
    ("service", "DESCRIBE ?s { " + CALL + " }"),
    ("service", "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> {} }"),
    ("service", "SELECT * { \\U00000053\\u0045RVICE <http://127.0.0.1:1/> {} }"),
    ("service", "SELECT * { ?s ?p '\\u0027 " + CALL + " #' }"),
    ("service", "SELECT * { # \\u000A " + CALL + " }"),
    ("service", "SELECT * { FILTER(1<2)SERVICE#>\n<http://127.0.0.1:1/> {?s ?p ?o} }"),
    ("service", "SELECT * { FILTER('a'<'>') SERVICE <http://127.0.0.1:1/> {?s ?p ?o} FILTER(1 = '') }"),
    ("service", "SELECT * { VALUES ?x { <http://a/'> } SERVICE <http://127.0.0.1:1/> {} FILTER(1 = '') }"),
    ("service", "SELECT * { SERVICEex:x {?s ?p ?o} }"),
    ("service", "SELECT * { SERVICESILENTex:x {?s ?p ?o} }"),
    ("service", "SELECT * { service:x {?s ?p ?o} }"),
    ("service", "SELECT * { ?s ?p trueSERVICEex:x {?s ?p ?o} }"),
    ("service", "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/> {} }"),
    ("service", "SELECT * { ?s ?p open:SERVICE <http://127.0.0.1:1/> {} }"),
    ("service", "SELECT * { ?s open:1.SERVICE <http://127.0.0.1:1/> {} }"),
    ("service", "SELECT * { ?s ?p open:SERVICEex:x {} }"),
    ("service", "SELECT * { ?s ?p ex:SERVICE\U0001fffe <http://127.0.0.1:1/> {} }"),
    ("update", "INSERT DATA { <a:a> <a:b> <a:c> }"),
    ("update", "insert { ?s ?p ?o } where { ?s ?p ?o }"),
    ("update", "DELETE WHERE { ?s ?p ?o }"),
    ("update", "LOAD <http://127.0.0.1:1/>"),
    ("update", "LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <http://g>"),
    ("update", "\\u004cOAD <http://127.0.0.1:1/>"),
    ("update", "# comment\nBASE <http://b/> CLEAR ALL"),
    ("update", "DROP GRAPH <http://g>"),
    ("update", "CREATE GRAPH <http://g>"),
    ("update", "ADD <a:a> TO <a:b>"),
    ("update", "MOVE <a:a> TO <a:b>"),
    ("update", "COPY <a:a> TO <a:b>"),
    ("update", "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"),
    ("update", "SELECT * { ?s ?p ?o } ; DROP ALL"),
    ("update", "ASK {} ; PREFIX y: <http://y/> INSERT DATA {}"),
    ("pragma", "DEFINE get:soft 'replace' SELECT * { ?s ?p ?o }"),
    ("complexity", "SELECT * { " + "{" * MAX_NESTING + "}" * MAX_NESTING + " }"),
    ("complexity", "SELECT * { FILTER(1" + "+1" * MAX_GROUPS + ") }"),
    ("complexity", "SELECT * { FILTER(" + "!" * MAX_GROUPS + "1) }"),
]

BROKEN = [
    "",
    "   # nothing",
    "nonsense",
    "SELECTED * {}",
    "PREFIX pg <http://x/> SELECT * {}",
    "SELECT * { ?s ?p 'never ends }",
    "SELECT * { ?s ?p 'two\nlines' }",
    "SELECT * { VALUES ?x { ''' ' } SERVICE <http://127.0.0.1:1/> {} # \\q ''' \n }",
    "SELECT * { VALUES ?x { ''' ' } SERVICE <http://127.0.0.1:1/> {} # \\ud800 ''' \n }",
    "SELECT * { ?s ?p '\ud800' }",
]


@pytest.mark.parametrize("query", PASSING)
def test_passes(query: str) -> None:
    assert form(PROLOGUE + query) in QueryForm


@pytest.mark.parametrize(("key", "query"), REFUSED)
def test_refuses(key: str, query: str) -> None:
    with pytest.raises(Refusal) as caught:
        inspect(PROLOGUE + query)
    assert caught.value.key == key
    assert caught.value.line >= 1


@pytest.mark.parametrize("query", BROKEN)
def test_broken_queries_are_syntax_errors(query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        inspect(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select*{}", QueryForm.SELECT),
        ("# SELECT\nASK{}", QueryForm.ASK),
        ("BASE <http://select/> PREFIX construct: <http://ask/> Construct {} where {}", QueryForm.CONSTRUCT),
        ("PREFIX select:<http://x/>DESCRIBE select:ask", QueryForm.DESCRIBE),
        ("VERSION '1.2' ASK {}", QueryForm.ASK),
        ("\\u0041SK {}", QueryForm.ASK),
    ],
)
def test_form(query: str, expected: QueryForm) -> None:
    assert form(query) is expected


def test_dataset_and_repeatability() -> None:
    assert inspect("SELECT * FROM <http://g> {}").has_dataset
    assert inspect("CONSTRUCT { ?s ?p ?o } FROM NAMED <http://g> WHERE {}").has_dataset
    assert not inspect("SELECT * { ?s ?p 'FROM', ?from }").has_dataset
    assert inspect("SELECT * { ?s ?p ?now }").repeatable
    assert not inspect("SELECT (now() AS ?t) {}").repeatable
    assert inspect("# keywords: term, brand\n# param\nSELECT * {}").repeatable


def test_the_answers_of_the_library_may_be_kept() -> None:
    for question in load_questions():
        assert inspect(question.query).repeatable, question.id


@pytest.mark.parametrize(
    "text",
    [
        "FILTER(0.5<RAND()&&1>0)", "BIND(IF(0.5<RAND()||1>2,1,2) AS ?r)", "BIND(STRUUID() AS ?r)",
        "BIND(BNODE() AS ?r)", "BIND(uuid () AS ?r)", "BIND(RAND # why\n() AS ?r)", "BIND(\\u0052AND() AS ?r)",
        "FILTERRAND()", "# a\rFILTER(RAND() > 0)", "BIND(RAND\n# why\n() AS ?r)", "# \\u000AFILTER(RAND() > 0)",
    ],
)  # fmt: skip
def test_what_chance_or_time_may_decide_is_not_repeatable(text: str) -> None:
    assert not inspect(f"SELECT * {{ {text} }}").repeatable


def test_a_refusal_tells_its_place() -> None:
    with pytest.raises(Refusal) as caught:
        inspect("SELECT * {\n  SERVICE ?x {} }")
    assert (caught.value.line, caught.value.column) == (2, 3)


UNITS = [
    "<'>", "<#a>", "(<a'b> ", "'", "ex:a.b", "SERVICE", "{", "\\u0053", "<", "?x<", "a", "a.", "a..", ".a", "a:....",
    "<a ", "<a.", "_:a..", "a-", "a·", "#a\n", "é.", "a.:", "a..:",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_long_texts_take_linear_time(unit: str) -> None:
    heads = ("SELECT * { ", "SELECT * { #SERVICE\n ")  # with that word, every reading is followed
    for head, tail in itertools.product(heads, ("", ":", ":a", ".:")):
        text = head + unit * (100_000 // len(unit)) + tail
        start = time.thread_time()
        with contextlib.suppress(RefusedError, QuerySyntaxError):
            inspect(text)
        assert time.thread_time() - start < 4


FRAGMENTS = [
    "SERVICE", "service", CALL, "SERVICEex:x", "service:x", "ex:x", ":x", "ex:SERVICE", "open:SERVICE",
    "open:", "open:1.SERVICE", "<http://127.0.0.1:1/>", "{", "}", "{}", "(", ")", "<", ">", "<'>", "<#>",
    "'", "''", "'''", '"', '"""', "\\q", "\\u0027", "\\ud800", "#", "#>", "\n", "\r", " ", ".", ";",
    "?x", "?s ?p ?o", "1", "1.", "true", "'a'", "@en", "FILTER(1<2)", "FILTER(1<", "VALUES ?v {",
    "BIND(1 AS ?y)", "UNION", "GRAPH", "SELECT", "INSERT", "\\u0053ERVICE",
]  # fmt: skip


@pytest.fixture(scope="module")
def oxigraph() -> ox.Store:
    store = ox.Store()
    data = """
        <http://a> <http://p> "x" .
        <http://127.0.0.1:1> <http://127.0.0.1:1> 1, true, <http://127.0.0.1:1>, <http://127.0.0.1:1/x> .
        <http://127.0.0.1:1/x> <http://127.0.0.1:1/x> 1, true, <http://127.0.0.1:1/x> .
    """
    store.load(data, format=ox.RdfFormat.TURTLE)
    return store


def called(store: ox.Store, query: str) -> bool:
    """Whether Oxigraph would call out: it refuses port 1 by itself, with an OSError, before it connects."""
    try:
        answer = store.query(query)
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except OSError:
        return True
    except (SyntaxError, RuntimeError, UnicodeEncodeError):
        return False
    return False


def test_the_attacks_are_real(oxigraph: ox.Store) -> None:
    """At least ten of the refused spellings make this Oxigraph call out; the table above is no fancy."""
    attacks = [query for key, query in REFUSED if key == "service" and called(oxigraph, PROLOGUE + query)]
    assert len(attacks) >= 10
    assert called(oxigraph, PROLOGUE + BROKEN[-3])


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8), st.sampled_from(["", " "]))
@settings(max_examples=1500, deadline=None)
def test_nothing_that_passes_calls_out(oxigraph: ox.Store, parts: list[str], gap: str) -> None:
    query = PROLOGUE + "SELECT * { " + gap.join(parts) + " }\n"
    try:
        inspect(query)
    except (RefusedError, QuerySyntaxError):
        return
    assert not called(oxigraph, query)


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS)).map("".join))
@settings(max_examples=1000, deadline=None)
def test_raises_only_what_it_promises(text: str) -> None:
    with contextlib.suppress(RefusedError, QuerySyntaxError):
        inspect(text)
    with contextlib.suppress(RefusedError, QuerySyntaxError):
        inspect("SELECT * { " + text)
