"""The published graph, changed as a test needs it: a second document, another year, a clause with its full text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore, Store
from policygraph.web import create_app

SLUG = "qingzhengban-2020-62"
OTHER = "qingzhengban-2021-72"


def client_of(store: Store) -> FlaskClient:
    app = create_app(Settings(workers=0), store)
    app.testing = True
    return app.test_client()


def changed(folder: Path, *changes: Callable[[str], str]) -> EmbeddedStore:
    """A store of the published quads after changes to their N-Quads."""
    text = resources.dataset().read_text(encoding="utf-8")
    for change in changes:
        text = change(text)
    path = folder / "changed.nq"
    path.write_text(text, encoding="utf-8")
    return EmbeddedStore([path])


def with_another(text: str) -> str:
    """The same document once more, as 青政办〔2021〕72号 (as long, so that all offsets hold) with targets for 2022."""
    lines = [line for line in text.splitlines() if f"/graph/doc/{SLUG}>" in line or f"alignment/{SLUG}" in line]
    other = "\n".join(lines).replace(SLUG, OTHER).replace("青政办〔2020〕62号", "青政办〔2021〕72号")
    other = other.replace(
        '"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"2022"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    )
    return f"{text}\n{other}\n"


def cells(data: bytes) -> list[list[str]]:
    """The rows of a CSV, without the names of its columns."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]


def asked(store: Store, page: str) -> list[list[str]]:
    """What the query that a page links to gives, as text."""
    found = re.search(r'href="(/sparql\?query=[^"]*)"', page)
    assert found
    query = parse_qs(urlsplit(unescape(found[1])).query)["query"][0]
    return [[term.value if term else "" for term in row] for row in store.select(query).rows]
