"""The one place where IRIs are made and taken apart (vocabulary contract, section "IRIs").

An `EntityIri` is a value: what it names goes in, `path` comes out, and `parse` gives the same value back.
Paths are ASCII, readable, and stable as long as the text and the official names are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..errors import IriError
from ..pinyin import read_out
from .prefixes import ID_BASE

_DOC = r"doc/(?P<document>[a-z0-9-]+)"
_STEP = r"\d+(?:-\d+)?"
_NUMBER = rf"(?P<number>(?:annex[0-9a-z]+(?:-\d+)?|{_STEP})(?:\.{_STEP})*)"
_NAME = r"(?P<name>[a-z0-9-]+)"

FORMS: dict[str, tuple[str, str]] = {
    "document": ("doc/{document}", _DOC),
    "part": ("doc/{document}/{number}", rf"{_DOC}/(?P<number>{_STEP})"),
    "annex": ("doc/{document}/{number}", rf"{_DOC}/(?P<number>annex[0-9a-z]+(?:-\d+)?)"),
    "provision": ("doc/{document}/{number}", rf"{_DOC}/{_NUMBER}"),
    "sentence": ("doc/{document}/{number}/s{index}", rf"{_DOC}/{_NUMBER}/s(?P<index>\d+)"),
    "assignment": ("doc/{document}/{number}/a{index}", rf"{_DOC}/{_NUMBER}/a(?P<index>\d+)"),
    "target": ("doc/{document}/{number}/t{index}", rf"{_DOC}/(?:{_NUMBER}/)?t(?P<index>\d+)"),
    "goal": ("doc/{document}/{number}/g{index}", rf"{_DOC}/{_NUMBER}/g(?P<index>\d+)"),
    "citation": ("doc/{document}/{number}/c{index}", rf"{_DOC}/(?:{_NUMBER}/)?c(?P<index>\d+)"),
    "mention": (
        "doc/{document}/{number}/s{sentence}/m{index}",
        rf"{_DOC}/{_NUMBER}/(?:s(?P<sentence>\d+)/)?m(?P<index>\d+)",
    ),
    "action": ("doc/{document}/{number}/s{sentence}/v{index}", rf"{_DOC}/{_NUMBER}/s(?P<sentence>\d+)/v(?P<index>\d+)"),
    "instrument-use": (
        "doc/{document}/{number}/s{sentence}/i{index}",
        rf"{_DOC}/{_NUMBER}/s(?P<sentence>\d+)/i(?P<index>\d+)",
    ),
    "span": ("doc/{document}/span/{start}-{end}", rf"{_DOC}/span/(?P<start>\d+)-(?P<end>\d+)"),
    "actor": ("org/{name}", rf"org/{_NAME}"),
    "membership": ("org/{name}/member/{other}", rf"org/{_NAME}/member/(?P<other>[a-z0-9-]+)"),
    "change": ("org/{name}/change/{other}", rf"org/{_NAME}/change/(?P<other>[a-z0-9-]+)"),
    "place": ("place/{name}", rf"place/{_NAME}"),
    "term": ("term/{name}", rf"term/{_NAME}"),
    "indicator": ("indicator/{name}", rf"indicator/{_NAME}"),
    "unit": ("unit/{name}", rf"unit/{_NAME}"),
    "alignment": (
        "alignment/{document}/{number}/{other}/{name}",
        r"alignment/(?P<document>[a-z0-9-]+)/(?P<number>[0-9a-z.-]+)/(?P<other>[a-z0-9-]+)/(?P<name>[0-9a-z.-]+)",
    ),
    "sector": ("sector/{name}", rf"sector/{_NAME}"),
    "classification": (
        "classification/{document}/{number}/{name}",
        rf"classification/(?P<document>[a-z0-9-]+)/(?P<number>[\d.]+)/{_NAME}",
    ),
    "graph": ("graph/{name}", r"graph/(?P<name>[a-z]+)"),
    "document-graph": ("graph/doc/{document}", rf"graph/{_DOC}"),
    "dataset": ("dataset", "dataset"),
    "kind": ("kind/{name}", rf"kind/{_NAME}"),
    "inferred-graph": ("graph/inferred/{document}", r"graph/inferred/(?P<document>[a-z0-9-]+)"),
    "scheme": ("scheme/{name}", rf"scheme/{_NAME}"),
    "query": ("query/{name}", rf"query/{_NAME}"),
}
"""Kind → (template, pattern): every form of IRI below the base, on one screen."""

_SHORT_FORMS = {
    "target": "doc/{document}/t{index}",
    "citation": "doc/{document}/c{index}",
    "mention": "doc/{document}/{number}/m{index}",
}
"""A citation of the document itself; a mention in a heading, which no sentence holds."""

STEPS = {"sentence": "s", "assignment": "a", "target": "t", "goal": "g", "citation": "c", "mention": "m",
         "action": "v", "instrument-use": "i"}  # fmt: skip
"""Kind → the letter of its last step: its IRI is that of the thing that it stands in, and this with its index."""

_PATTERNS = {kind: re.compile(pattern, re.ASCII) for kind, (_, pattern) in FORMS.items()}


@dataclass(frozen=True, slots=True)
class EntityIri:
    """One thing of the graph. Fields that its kind does not use stay empty."""

    kind: str
    document: str = ""
    number: str = ""
    sentence: int = 0
    index: int = 0
    start: int = 0
    end: int = 0
    name: str = ""
    other: str = ""

    @property
    def path(self) -> str:
        return path(self.kind, document=self.document, number=self.number, sentence=self.sentence, index=self.index,
                    start=self.start, end=self.end, name=self.name, other=self.other)  # fmt: skip

    def __str__(self) -> str:
        return ID_BASE + self.path


def path(kind: str, **values: str | int) -> str:
    """The path of `EntityIri(kind, **values)`, without making the value: a document has a thousand of them."""
    if (kind in ("citation", "target") and not values.get("number")) or (
        kind == "mention" and not values.get("sentence")
    ):
        return _SHORT_FORMS[kind].format(**values)
    return FORMS[kind][0].format(**values)


_INTEGERS = {"sentence", "index", "start", "end"}


def parse(iri: str) -> EntityIri:
    """The value behind an IRI or a path below the base. Raises IriError for any other string."""
    path = iri.removeprefix(ID_BASE)
    for kind, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(path):
            values = {k: v for k, v in found.groupdict().items() if v is not None}
            typed = {k: int(v) if k in _INTEGERS else v for k, v in values.items()}
            return EntityIri(kind, **typed)  # type: ignore[arg-type]
    raise IriError(f"not an IRI of this graph: {iri}")


@lru_cache(maxsize=65536)
def pinyin(text: str) -> str:
    """Full pinyin without tones; letters and digits stay, everything else parts words with a hyphen.

    % is read aloud: baifenzhi.
    """
    joined = "".join([reading or rest for rest, reading in read_out(text.replace("%", "百分之"))])
    joined = joined.replace("\0", "").lower().replace("ü", "v")
    return re.sub(r"[^a-z0-9]+", "-", joined).strip("-")


@lru_cache(maxsize=65536)
def _syllable(character: str) -> str:
    return pinyin(character) or "-"


def spelled(text: str, longest: int = 60) -> str:
    """Pinyin character by character, cut at `longest`: for names that no one registered, where a digest follows.

    It knows no words (银行 is yinxing), and costs a hundredth of `pinyin`. "" where no ASCII remains.
    """
    made = "".join([_syllable(c) for c in text[:longest]])
    return re.sub(r"-{2,}", "-", made)[:longest].strip("-")


def slug(name: str, places: Iterable[str] = ()) -> str:
    """The last piece of an entity's IRI.

    places: official place names; the longest that opens the name is parted from the rest, so that
    青海省商务厅 is qinghaisheng-shangwuting. Raises IriError where no ASCII remains.
    """
    lead = max((p for p in places if name.startswith(p) and name != p), key=len, default="")
    pieces = [pinyin(piece) for piece in (lead, name[len(lead) :]) if piece]
    made = "-".join(piece for piece in pieces if piece)
    if not made:
        raise IriError(f"no IRI can be made of the name {name!r}")
    return made


_OPEN, _CLOSE = "〔\\[［【（(〈<", "〕\\]］】）)〉>"
NUMBER_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<code>[^{_OPEN}\d]+)[{_OPEN}](?P<year>\d{{4}})[{_CLOSE}]第?(?P<number>\d+)号?",  # 国办发〔2020〕43号
        rf"(?P<code>[^{_OPEN}\d]+)[{_OPEN}](?P<year>\d{{4}})[{_CLOSE}]号(?P<number>\d+)",  # 晋政发〔2014〕号16
        r"(?P<code>[^\d]+)(?P<year>\d{4})年第?(?P<number>\d+)号",  # 商服贸函2026年第322号
        r"(?P<code>[^\d第]{2,})(?P<year>)第(?P<number>\d+)号",  # 国务院令第722号
    )
)
_HOMOPHONES = {"晋": "14", "津": "12", "冀": "13", "吉": "22", "豫": "41", "渝": "50", "甘": "62", "赣": "36",
               "桂": "45", "贵": "52"}  # fmt: skip
"""Provinces' signs that sound alike, with the first digits of their codes: 晋政发 and 津政发 are two issuers."""


def document_slug(number: str) -> str:
    """青政办〔2020〕62号 → qingzhengban-2020-62, whatever its brackets. Raises IriError for another form."""
    plain = re.sub(r"[\s\u200b-\u200d\ufeff]+", "", unicodedata.normalize("NFKC", number))
    found = next((m for form in NUMBER_FORMS if (m := form.fullmatch(plain))), None)
    code = found["code"] if found else ""
    spoken = code[:1] + _HOMOPHONES.get(code[:1], "") + code[1:]
    if not found or not pinyin(code) or code in ("公告", "通告", "公报"):  # these alone name no issuer
        raise IriError(f"not a document number (发文字号): {number!r}; expected a form like 青政办〔2020〕62号")
    return "-".join(filter(None, (pinyin(spoken), found["year"], str(int(found["number"])))))


class Minter:
    """Gives out IRIs and remembers for what, so that two things never share one silently."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def given(self) -> list[tuple[str, str]]:
        """Every IRI given out and for what."""
        return [(ID_BASE + path, thing) for path, thing in self._given.items()]

    def mint(self, entity: EntityIri, thing: str) -> str:
        """The IRI as a string. thing: what it names, in words. Raises IriError that names both things."""
        return self.mint_path(entity.path, thing)

    def mint_path(self, path: str, thing: str) -> str:
        """The same for a path that `path` made."""
        self._give(path, thing)
        return ID_BASE + path

    def mint_step(self, above: str, kind: str, index: int, thing: str) -> str:
        """The same for a thing that stands in another, whose IRI is `above`; kind: one of `STEPS`."""
        made = f"{above}/{STEPS[kind]}{index}"
        self._give(made.removeprefix(ID_BASE), thing)
        return made

    def _give(self, path: str, thing: str) -> None:
        earlier = self._given.setdefault(path, thing)
        if earlier != thing:
            raise IriError(f"two things would get one IRI {path}: {earlier} and {thing}")
