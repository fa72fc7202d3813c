"""How to cite a frozen result: an entry that a journal takes, and the entries of the documents that it rests on.

The entry names the digest of the data and the hash of the result, which tell the result from every other, and ends with
the address under which the result opens and is compared: short for a question of the library, of a free query however
long it is, for an entry that cannot be followed cannot be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol

from ..graph.namespaces import ID_BASE
from ..store import Table
from .citing import citing
from .facts import Facts, document_of, shorten
from .i18n import chinese

MOST_SOURCES = 5
_SHORT = 12  # digits of a digest that a citation shows
_IN_QUERY = re.compile(re.escape(ID_BASE) + r"doc/[A-Za-z0-9._~-]+")


class Stated(Protocol):
    """What is frozen: as frozen.State."""

    @property
    def date(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def result(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entries:
    """gbt, bibtex: of the result; sources: the entries of the documents that it rests on, the first ones; more: how
    many documents there are beyond these."""

    gbt: str
    bibtex: str
    sources: tuple[str, ...]
    more: int


def sources(facts: Facts, query: str, table: Table | None) -> list[str]:
    """The documents that a result rests on: those whose statements its rows name, else those that the query names.
    Empty where neither tells: none is guessed."""
    cells = (term.value for row in table.rows for term in row if term and term.kind == "iri") if table else ()
    return _documents(facts, cells) or _documents(facts, _IN_QUERY.findall(query))


def entries(facts: Facts, title: str, then: Stated, found: Sequence[str], address: str) -> Entries:
    """address: the permalink, in full."""
    today = datetime.now(UTC).date()
    return Entries(
        _gbt(facts, title, then, found, address, today),
        _bibtex(facts, title, then, found, address, today),
        tuple(citing(facts, node, today=today).gbt for node in found[:MOST_SOURCES]),
        max(0, len(found) - MOST_SOURCES),
    )


def _documents(facts: Facts, iris: Iterable[str]) -> list[str]:
    named = dict.fromkeys(document_of(shorten(iri)) for iri in iris)
    return [node for node in named if node and facts.text(node, "dcterms:title")]


def _gbt(facts: Facts, title: str, then: Stated, found: Sequence[str], address: str, today: date) -> str:
    """GB/T 7714-2015, sections 4.6 and 8.8: an electronic resource, [DS/OL] for a data set on the net."""
    data = f"数据摘要 {then.digest[:_SHORT]}, " if then.digest else ""
    result = then.result.removeprefix("sha256:")[:_SHORT]
    about = f"{_rests(facts, found)}{then.rows} 行, {data}结果 sha256 {result}"
    return f"{_site()}. {_name(title)}: {about}[DS/OL]. ({then.date[:10]})[{today.isoformat()}]. {address}."


def _rests(facts: Facts, found: Sequence[str]) -> str:
    """据《…》(青政办〔2020〕62号, 2020-08-13), for one document; of several the first and how many."""
    if not found:
        return ""
    node = found[0]
    marks = (facts.text(node, "pg:documentNumber"), facts.text(node, "eli:date_document"))
    told = ", ".join(mark for mark in marks if mark)
    several = f"等 {len(found)} 份文件" if len(found) > 1 else ""
    return f"据《{facts.text(node, 'dcterms:title')}》{f'({told})' if told else ''}{several}, "


def _bibtex(facts: Facts, title: str, then: Stated, found: Sequence[str], address: str, today: date) -> str:
    plain = re.sub(r"[{}\\]", "", _name(title))
    rests = re.sub(r"[{}\\]", "", _rests(facts, found)).removesuffix(", ")
    noted = f"rows: {then.rows}; data: {then.digest or 'unknown'}; result: {then.result}"
    fields = {
        "title": f"{{{plain}}}",
        "organization": f"{{{_site()}}}",
        "date": then.date[:10],
        "year": then.date[:4],
        "note": f"{rests}; {noted}" if rests else noted,
        "url": address,
        "urldate": today.isoformat(),
        "langid": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{policygraph-{then.result.removeprefix('sha256:')[:_SHORT]},\n{lines}}}"


@lru_cache(maxsize=1)
def _site() -> str:
    """The name of these pages in Chinese, the language of a citation by GB/T 7714."""
    return str(chinese()["Policy Graph"].string)


def _name(title: str) -> str:
    return title or "SPARQL 查询结果"
