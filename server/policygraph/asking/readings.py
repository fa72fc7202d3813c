"""Questions of the library weighed against what was recognised in a typed question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..graph.namespaces import PG
from ..questions import Question
from .concepts import BROADER, VARIANTS, notions
from .names import Names, Option, plain
from .narrow import can_narrow, name_of
from .recognise import Found, Item, recognise

_NAME, _NARROWING, _ABSENT, _UNASKED = 3.0, 1.6, 4.0, 0.55
_UNREAD, _MOST_UNREAD = 0.7, 6.0
_LEAST, _BEHIND = 0.8, 5.0
_LEAST_OFFERED = 1.2
_LIKELIER = 0.01
"""A year’s 目标 may be numbers or aims without one; where nothing else decides, the numbers are meant. And 条款 are all
provisions, not the key tasks (重点任务) among them alone."""
_REACH = str(PG.Reach)
_GENERIC = {"body", "many", "document", "year"}
"""Notions that no question contradicts."""
_OPTIONAL = {"number"}
_DECIDING = {"actor", "provision", "indicator", "place", "term", "document"}
_LOOSE = {"words": {"mention", "sentence"}, "verb": {"verb"}}


@dataclass
class Reading:
    """A question with the values read for its parameters.

    values: parameter → value for `fill`; understood: (words, parameter or "", option) of each name; only: what narrows
    the rows; missed: words that this reading leaves aside; lacking: parameters that were not named and have no natural
    default; others: words → further things they may name; asked: whether more than a bare name was typed.
    """

    question: Question
    score: float = 0.0
    values: dict[str, str] = field(default_factory=dict)
    understood: list[tuple[str, str, Option]] = field(default_factory=list)
    only: list[Option] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    others: dict[str, list[Option]] = field(default_factory=dict)
    asked: bool = False

    @property
    def whole(self) -> bool:
        """Whether it answers everything that was typed: only then is an answer given unasked."""
        return self.asked and not self.doubtful and not self.missed and not self.lacking and self.score >= _LEAST

    @property
    def doubtful(self) -> bool:
        """Whether a name that decides the answer may be that of another thing as well, or is only likely meant."""
        return self.near or any(others and self._decides(words) for words, others in self.others.items())

    @property
    def near(self) -> bool:
        """Whether something is only likely meant: an English word was found in part of a name."""
        return any(option.near for *_, option in self.understood)

    def _decides(self, words: str) -> bool:
        return any(words == each and option.kind in _DECIDING for each, _, option in self.understood)

    @property
    def narrowings(self) -> dict[str, str]:
        return {name_of(option): option.name for option in self.only}


class Library:
    """The questions with the notions that each speaks of; weights: the fewer speak of a notion, the more it tells."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        self.wordings: dict[str, list[frozenset[str]]] = {}
        self.allowed: dict[str, frozenset[str]] = {}
        for question in questions:
            own = [_notions(question.text["zh"]), _notions(question.text["en"])]
            hand = [frozenset(each.split()) for each in VARIANTS.get(question.id, ())]
            self.wordings[question.id] = [*hand, *own]
            self.allowed[question.id] = frozenset().union(*own, *hand, *map(_notions, question.keywords))
        known = {*notions().chinese.values(), *notions().english.values()}
        count = {notion: sum(notion in allowed for allowed in self.allowed.values()) for notion in known}
        top = math.log(len(questions) + 1)
        self.weights = {
            notion: 0.4 + 2.2 * math.log((len(questions) + 1) / (n + 1)) / top for notion, n in count.items()
        }


def readings(typed: str, library: Library, names: Names, most: int = 6) -> list[Reading]:
    """The likeliest readings, best first; none where nothing typed is known to any question."""
    found = recognise(typed, names)
    made = [reading for question in library.questions if (reading := _best(question, found, names, library))]
    made.sort(key=lambda reading: (-round(reading.score, 6), reading.question.id))
    if not made:
        return []
    return [reading for reading in made if reading.score >= made[0].score - _BEHIND][:most]


@lru_cache(maxsize=1024)
def _notions(text: str) -> frozenset[str]:
    found = recognise(text, _Nothing())  # type: ignore[arg-type]
    return frozenset(item.notion for item in found.items if item.notion)


class _Nothing:
    """The names of no store: the wordings of the library are read for their notions alone."""

    def __init__(self) -> None:
        self.exact: dict[str, list[Option]] = {}
        self.english: dict[str, list[tuple[frozenset[str], Option]]] = {}
        self.partial: list[tuple[str, Option]] = []
        self.documents: list[tuple[str, Option]] = []
        self.signs: dict[str, Option] = {}
        self.acronyms: dict[str, list[Option]] = {}
        self.loads: dict[str, int] = {}
        self.longest = 0
        self.among: dict[str, set[str]] = {}

    def abbreviated(self, words: str) -> list[Option]:
        return []

    def clipped(self, words: str) -> list[Option]:
        return []

    def holding(self, words: str) -> list[Option]:
        return []

    def about(self, words: str) -> list[Option]:
        return []

    def standing(self, options: Iterable[Option], words: str) -> list[Option]:
        return []


def _best(question: Question, found: Found, names: Names, library: Library) -> Reading | None:
    variants, allowed, weights = library.wordings[question.id], library.allowed[question.id], library.weights
    asked = {item.notion for item in found.items if item.notion}
    accepted = {notion for notion in asked if _told_by(notion, allowed) or notion in _GENERIC}
    told = [item for item in found.items if item.notion in accepted]
    reading, explained = _filled(question, found, names, told)
    heard = {item.notion for item in told}
    best = max(_fit(variant, heard, weights) for variant in variants)
    if not reading.understood and not any(_told_by(n, v) for v in variants for n in heard - _GENERIC):
        return None
    if not reading.understood and best < _LEAST_OFFERED:
        return None
    if not told and all(option.kind == "number" for *_, option in reading.understood):
        return None  # xyz123: a number alone asks nothing
    to_the_point = any(_told_by(notion, wording) for wording in variants for notion in heard)
    reading.asked = to_the_point or len(reading.understood) > 1
    unread = _unread(found, [*explained, *told])
    reading.missed = [found.text[start:end].strip() for start, end in unread]
    size = sum(_size(found.text[start:end]) for start, end in unread)
    reading.score += best - min(_MOST_UNREAD, _UNREAD * size) - _ABSENT * len(reading.lacking)
    return reading


def _told_by(notion: str, profile: frozenset[str]) -> bool:
    return notion in profile or any(BROADER.get(narrow) == notion for narrow in profile)


def _fit(variant: frozenset[str], heard: set[str], weights: dict[str, float]) -> float:
    matched = {notion for notion in heard if _told_by(notion, variant)}
    wanting = {n for n in variant if n not in heard and BROADER.get(n) not in heard} - _GENERIC
    likelier = _LIKELIER if "aim" in heard and "target" in variant else 0.0
    likelier -= _LIKELIER * sum(BROADER.get(n) == "task" and n not in heard for n in variant)
    gained = likelier + sum(weights[notion] for notion in matched) + sum(0.15 * weights[n] for n in heard - matched)
    return gained - _UNASKED * sum(weights[notion] for notion in wanting)


def _filled(question: Question, found: Found, names: Names, told: Sequence[Item]) -> tuple[Reading, list[Item]]:
    """The reading with every parameter that a name fits, and the items that are used up by it."""
    reading, explained = Reading(question), list[Item]()
    named = [item for item in found.items if item.options]
    parameters = sorted(question.parameters, key=lambda each: each.kind == "document")
    meant = _documents(question, named, names)
    for parameter in parameters:
        for item in named:
            fitting = [o for o in item.options if _fits(o, parameter.kind, parameter.name, names)]
            option = next((o for o in fitting if o.document in meant), fitting[0] if fitting else None)
            if (
                option
                and option.kind == "text"
                and item.words == option.value
                and not _LOOSE.get(parameter.name, set()) & {each.notion for each in told}
            ):
                continue  # words without quotes are looked for in the text only where somebody says so
            if option and _compared(option, parameter.name) and not can_narrow(question, option):
                continue  # “more than” or “just”, of a question that knows “at least” alone
            if option is None or item in explained or (parameter.name == "cited" and not _after_cite(item, found)):
                continue
            reading.values[parameter.name] = option.value
            reading.understood.append((item.words, parameter.name, option))
            alike = [o for o in fitting if o.document in meant] if option.document in meant else fitting
            reading.others[item.words] = [o for o in alike if o != option]
            reading.score += _NAME * (0.6 if item.soft else 1.0) + (0.3 if parameter.name == "cited" else 0.0)
            explained.append(item)
            if option.kind == "provision" and any(each.name == "document" for each in parameters):
                reading.values.setdefault("document", option.document)
            break
        else:
            natural = parameter.kind in _OPTIONAL and parameter.name != "position"
            if not natural and (parameter.kind != "document" or parameter.name == "cited"):
                reading.lacking.append(parameter.name)
    for item in named:
        if item not in explained and not (item.soft and any(_meet(item, other) for other in told)):
            _narrow(reading, item, explained, names)
    for _, _, option in list(reading.understood):  # “more than 500” is not “500 or more”
        if option.kind == "number" and option not in reading.only and can_narrow(question, option):
            reading.only.append(option)
    for parameter in parameters:  # the question's own document may not be among those of this store
        open_still = parameter.kind == "document" and parameter.name not in (*reading.values, *reading.lacking)
        if open_still and (usual := names.usual(parameter.default)):
            reading.values[parameter.name] = usual
    return reading, explained


def _documents(question: Question, named: Sequence[Item], names: Names) -> list[str]:
    """The documents that a provision is looked for in: one that is named, or the one of a place; else the usual one."""
    found = [o.value for item in named for o in item.options if o.kind == "document"]
    found += [
        text for item in named for o in item.options if o.kind == "place" for text in names.scopes.get(o.value, [])
    ]
    default = next((each.default for each in question.parameters if each.name == "document"), "")
    return found or [o.value for o in names.exact.get(plain(default), ()) if o.kind == "document"]


def _after_cite(item: Item, found: Found) -> bool:
    """引用了X asks who cites X, X引用了 what X cites; so does cites X, and X is cited."""
    before = any(other.notion == "cite" and other.start < item.start for other in found.items)
    passive = "被引" in found.text or " is cited" in found.text.lower()
    return before != passive


def _meet(one: Item, other: Item) -> bool:
    return one.start < other.end and other.start < one.end


def _fits(option: Option, kind: str, name: str, names: Names) -> bool:
    if name == "notation":
        return option.kind == "provision"
    if option.kind == "actor" and kind in names.among:
        return option.value in names.among[kind]
    return option.kind == kind


def _compared(option: Option, parameter: str) -> bool:
    return option.kind == "number" and parameter == "minimum" and option.name[0] in ">="


def _narrow(reading: Reading, item: Item, explained: list[Item], names: Names) -> None:
    """A name that no parameter takes may narrow the rows, or say which document is meant."""
    compared = any(option.kind == "number" and option.name[0] != "=" for *_, option in reading.understood)
    for option in item.options:
        if option.value == _REACH and compared:
            explained.append(item)  # 达到60%的 asks for what is at or above 60%, not for the word 达到 alone
            return
        if (
            option.kind != "number"
            and can_narrow(reading.question, option)
            and all(name_of(o) != name_of(option) for o in reading.only)
        ):
            reading.only.append(option)
            reading.understood.append((item.words, "", option))
            reading.score += _NARROWING
            explained.append(item)
            return
        scope = names.scopes.get(option.value, []) if option.kind == "place" else []
        asks = any(each.name == "document" for each in reading.question.parameters)
        if len(scope) == 1 and (
            scope == names.texts or (asks and reading.values.get("document", scope[0]) == scope[0])
        ):
            if asks:
                reading.values["document"] = scope[0]
            reading.understood.append((item.words, "", option))  # the one document that is that place's
            explained.append(item)
            return


def _unread(found: Found, used: Sequence[Item]) -> list[tuple[int, int]]:
    """Stretches that no used item covers and that mean something."""
    covered = found.idle | {at for item in used for at in range(item.start, item.end)}
    left = [at for at in range(len(found.text)) if at not in covered]
    runs: list[tuple[int, int]] = []
    for at in left:
        if runs and not found.text[runs[-1][1] : at].strip() and (runs[-1][1] == at or found.text[at].isascii()):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _size(words: str) -> float:
    """How much text that is: a Chinese character, or a Latin word for two."""
    return sum(1 for c in words if not c.isascii()) + 2.0 * len(words.split()) * any(c.isascii() for c in words)
