"""The map of an answer's places: what is drawn, where, and what is not."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from policygraph import resources
from policygraph.compiler.places import load_places
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app, map_drawing, svg
from policygraph.web.positions import SOURCES, Position, positions

PREFIX = "PREFIX pg: <https://w3id.org/policygraph/ontology#>\n"
# 强化格尔木、德令哈、共和、同仁、门源、玉树、玛沁等重点市县服务功能
SEVEN = {"格尔木市", "德令哈市", "共和县", "同仁市", "门源回族自治县", "玉树市", "玛沁县"}
ALL = PREFIX + "SELECT ?clause ?place WHERE { ?place a pg:Place . ?clause pg:mentions ?place }"
COUNTED = PREFIX + "SELECT ?place (COUNT(?c) AS ?n) WHERE { ?place a pg:Place . ?c pg:mentions ?place } GROUP BY ?place"


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    app: Flask = create_app(Settings(), EmbeddedStore([resources.dataset()]))
    with app.test_client() as client:
        yield client


def shown(client: FlaskClient, query: str, more: str = "", kind: str = "") -> str:
    reply = client.get(
        f"/sparql/map{kind}?query={quote(query)}{more}", headers={"Accept": "*/*" if kind else "text/html"}
    )
    assert reply.status_code == 200, reply.text
    return reply.text


def drawn_names(page: str) -> set[str]:
    return set(re.findall(r'<text class="called"[^>]*>([^<]+)</text>', page))


# ── where divisions lie ──


def kilometres(one: Position, other: Position) -> float:
    """The great circle between two points (haversine)."""
    north = [math.radians(each.latitude) for each in (one, other)]
    east = math.radians(one.longitude - other.longitude)
    a = math.sin((north[0] - north[1]) / 2) ** 2 + math.cos(north[0]) * math.cos(north[1]) * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(a))


def test_every_line_is_a_division_in_china_near_what_holds_it() -> None:
    held = load_places(resources.data() / "registry" / "divisions.tsv")
    known = positions()
    assert len(known) > 3000
    for code, at in known.items():
        assert code in held._by_code and at.source in SOURCES
        assert 73 < at.longitude < 136 and 3 < at.latitude < 54
        for above in held.above(held._by_code[code])[1:]:
            if above.code in known:  # Inner Mongolia is the longest
                assert kilometres(at, known[above.code]) < (1500 if above.code.endswith("0000") else 600), code


def test_known_towns_lie_where_they_lie() -> None:
    """Degrees and minutes as atlases print them."""
    told = {"630100": (101 + 46 / 60, 36 + 37 / 60), "632801": (94 + 54 / 60, 36 + 25 / 60),
            "110000": (116 + 24 / 60, 39 + 54 / 60), "620100": (103 + 50 / 60, 36 + 4 / 60)}  # fmt: skip
    for code, (east, north) in told.items():
        assert kilometres(positions()[code], Position(east, north, "")) < 6


def test_where_sources_differ_nothing_is_drawn() -> None:
    """海口市: the two sources are 15 km apart; 海东市 has moved its seat to 乐都区."""
    assert "460100" not in positions()
    assert kilometres(positions()["630200"], positions()["630202"]) < 3


# ── the drawing ──


def point(name: str, east: float, north: float, weight: float = 1) -> map_drawing.Point:
    return map_drawing.Point(name, name, Position(east, north, "both"), weight)


def test_distances_are_those_of_the_scale() -> None:
    """西宁 to 格尔木, east to west, and 西宁 to 玛沁, north to south, against the bar in the corner."""
    places = [point("西宁", 101.78, 36.62), point("格尔木", 94.93, 36.41), point("玛沁", 100.24, 34.48)]
    drawing = str(map_drawing.drawn(svg.Pen(), places).inner)
    spots = {
        name: (float(x), float(y))
        for name, x, y in re.findall(r'<title>([^<]+)</title><circle class="dot" cx="([\d.]+)" cy="([\d.]+)"', drawing)
    }
    bar = re.search(r'd="M[\d.]+ [\d.]+v5h([\d.]+)v-5".*?>(\d+) km<', drawing)
    assert bar
    pixels = float(bar[1]) / float(bar[2])
    for one, other in (("西宁", "格尔木"), ("西宁", "玛沁")):
        told = math.dist(spots[one], spots[other]) / pixels
        real = kilometres(*(each.position for each in places if each.name in (one, other)))
        assert abs(told - real) / real < 0.03


@pytest.mark.parametrize("number", [1, 2, 40, 400])
def test_names_lie_over_nothing(number: int) -> None:
    places = [
        point(f"第{index}号地", 90 + (index * 7919 % 997) / 60, 30 + (index * 104729 % 991) / 90, index % 9 + 1)
        for index in range(number)
    ]
    made = map_drawing.drawn(svg.Pen(), places)
    boxes = []
    words = r'<text class="called" x="([-\d.]+)" y="([-\d.]+)" text-anchor="(\w+)">([^<]+)'
    for x, y, anchor, name in re.findall(words, str(made.inner)):
        wide = sum(7 if letter.isascii() else 13 for letter in name)
        left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        boxes.append((left, float(y) - 11, left + wide, float(y) + 2))
    assert len(boxes) == number - made.hidden
    assert made.hidden < number
    for index, one in enumerate(boxes):
        assert one[0] >= 0 and one[2] <= made.width and one[1] >= 0 and one[3] <= made.height
        for other in boxes[:index]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


# ── the page ──


def test_the_places_of_the_text_are_drawn_and_rivers_are_not(client: FlaskClient) -> None:
    page = shown(client, ALL)
    assert drawn_names(page) >= SEVEN | {"西宁市", "海东市"}
    assert "黄河" in page and "湟水" in page  # in the list
    assert not {"黄河", "湟水"} & drawn_names(page)
    assert "非行政区，不标点" in page
    assert 'href="/id/place/geermushi"' in page


def test_a_column_of_numbers_gives_the_size(client: FlaskClient) -> None:
    rows = re.findall(r'href="/id/place/(\w+)">.*?<td class="n">(\d+)</td>', shown(client, COUNTED), re.DOTALL)
    answer = client.get("/sparql", query_string={"query": COUNTED, "format": "csv"}).text.splitlines()[1:]
    assert dict(rows) == {line.split(",")[0].rpartition("/")[2]: line.split(",")[1] for line in answer}
    assert '<option value="rows">' in shown(client, COUNTED)
    assert "?n</option>" not in shown(client, ALL)


def test_where_a_place_has_several_rows_they_are_counted(client: FlaskClient) -> None:
    """A number of one row is not the place's: the rows are what is counted."""
    xining = "<https://w3id.org/policygraph/id/place/xiningshi>"
    query = f"SELECT * {{ VALUES (?p ?n) {{ ({xining} 5) ({xining} 7) }} }}"
    page = shown(client, query)
    assert re.findall(r'<td class="n">(\d+)</td>', page) == ["2"]


def test_files(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(shown(client, COUNTED, kind=".csv").lstrip("\ufeff"))))
    assert rows[0] == ["place", "name", "n", "longitude", "latitude", "source of the position"]
    held = {row[1]: row for row in rows[1:]}
    assert held["西宁市"][3:] == ["101.78", "36.62", "both"]
    assert held["黄河"][3:] == ["", "", ""]
    picture = shown(client, COUNTED, kind=".svg")
    assert picture.startswith("<svg") and "西宁市" in picture and "href" not in picture and "class=" not in picture


@pytest.mark.parametrize(("more", "words"), [("&place=x", "place"), ("&size=x", "size"), ("&label=x", "label")])
def test_columns_that_are_not_there(client: FlaskClient, more: str, words: str) -> None:
    reply = client.get(f"/sparql/map?query={quote(ALL)}{more}", headers={"Accept": "text/html"})
    assert reply.status_code == 400 and words in reply.text


def test_answers_without_places(client: FlaskClient) -> None:
    nowhere = "SELECT * { ?s a <urn:nothing> }"
    assert "查询结果中没有地点列" in shown(client, nowhere)
    for query, kind, status in (
        (nowhere, ".svg", 404),
        (nowhere, ".csv", 404),
        ("ASK {}", "", 400),
        ("", "", 400),
        ("SELECT", "", 400),
    ):
        assert client.get(f"/sparql/map{kind}?query={quote(query)}").status_code == status


def test_the_map_is_offered_where_there_are_places(client: FlaskClient) -> None:
    page = {"Accept": "text/html"}
    assert "/sparql/map?" in client.get("/sparql", query_string={"query": ALL}, headers=page).text
    assert (
        "/sparql/map?"
        not in client.get("/sparql", query_string={"query": "SELECT * { ?s ?p 1 } LIMIT 3"}, headers=page).text
    )
    assert "/sparql/map?" in client.get("/questions/places-by-provisions", headers=page).text
