"""What words of a question mean: phrases in Chinese and English for each notion that the library asks about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("notions.txt")
BROADER = {"target": "aim", "goal": "aim", "keytask": "task", "measure": "task", "bodykind": "kind"}
"""A question about targets is also asked with the broader word (目标)."""

VARIANTS = {  # question → other wordings, as the notions in them; its own wording in zh and en counts as well
    "tasks-of-department": ("responsible task", "responsible", "task", "responsible mention task"),
    "bodies-of-provision": ("who responsible", "responsible", "who responsible task", "responsible body", "who task"),
    "partners-of-department": ("share who", "share responsible who", "share task who", "share"),
    "provisions-shared-by-two": ("share task", "share responsible task", "share responsible"),
    "bodies-with-one-task": ("who onlyone",),
    "bodies-by-load": ("body responsible many task", "who responsible most", "who responsible most task"),
    "bodies-listed-first": ("who first", "who first many"),
    "bodies-never-first": ("who never first", "who never"),
    "members-of-collective": ("member", "who member"),
    "provisions-through-membership": ("asmember responsible task", "asmember task"),
    "provisions-without-bodies": ("task nobody", "nobody"),
    "provisions-with-one-body": ("task alone",),
    "bodies-of-today": ("later", "later body", "who later"),
    "bodies-of-kind": ("kind", "body", "who"),
    "kinds-listed-first": ("bodykind first most", "bodykind lead first"),
    "target-of-indicator": ("reach many", "target", "target many", "reach", "reach many year"),
    "targets-of-year": ("target", "reach target", "target reach many"),
    "targets-of-body": ("target", "responsible target", "target body", "responsible task target"),
    "targets-of-provision": ("target", "reach target", "task target", "target text"),
    "targets-at-least": ("atleast target", "atleast"),
    "targets-by-comparator": ("comparator target", "target", "target mention"),
    "targets-without-year": ("target noyear", "noyear"),
    "tasks-without-number": ("keytask nonumber",),
    "provisions-without-number": ("task nonumber", "nonumber"),
    "targets-with-baseline-or-range": ("target baseline",),
    "goals-in-order": ("goal", "document goal"),
    "goals-of-year": ("goal", "goal year"),
    "goals-and-targets-by-provision": ("aim", "document aim", "task aim", "many aim", "many target"),
    "sentences-with-words": ("sentence mention", "mention", "sentence"),
    "measures-of-provision": ("measure", "measure task"),
    "text-of-provision": ("text", "text task"),
    "words-behind-assignments": ("responsible body evidence", "responsible evidence"),
    "measures-naming-place": ("measure mention", "measure", "measure mention place"),
    "places-within": ("within place", "place"),
    "places-by-provisions": ("place mention", "document place mention"),
    "terms-of-kind": ("mention", "term kind", "term", "document mention", "kind"),
    "sentences-naming-term": ("mention", "sentence mention", "measure mention"),
    "names-in-provision": ("mention term", "mention"),
    "measures-using-instrument": ("measure instrument", "measure"),
    "measures-with-verb": ("measure verb",),
    "terms-explained": ("term meaning",),
    "unresolved-terms": ("term unresolved",),
    "document-facts": (
        "issue",
        "document issue",
        "document who issue",
        "document year issue",
        "inforce",
        "document inforce",
        "year inforce",
        "document year inforce",
    ),
    "document-citations": ("cite document", "cite"),
    "document-addressees": ("document addressee", "addressee"),
    "document-outline": ("outline", "document outline", "document task"),
    "documents-citing": ("cite document", "cite"),
    "documents-known": ("known document", "known"),
    "national-counterparts-of-provision": ("carry national task", "carry national", "carry"),
    "provisions-carrying-out": ("carry task national", "carry task", "carry"),
    "national-clauses-not-carried-out": ("national task notcarried", "notcarried", "national notcarried"),
    "provisions-without-national-counterpart": ("task nocounterpart", "nocounterpart"),
    "national-outline": ("national outline", "national task"),
    "provisions-of-class": ("task", "kind task"),
    "provisions-of-sector": ("task", "sector task"),
    "provisions-of-kind": ("responsible task", "bodykind responsible task"),
    "source-of-body": ("source",),
    "coverage-of-document": ("cover", "document cover", "cover many"),
}


_SAME = {"income": "revenue"}
"""English words for one Chinese word (收入), of which the registers of names use either."""


def stem(word: str) -> str:
    """A word without the plural: bodies, tasks, classes; of two words for the same, one. No more than that."""
    bare = _singular(word)
    return _SAME.get(bare, bare)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@dataclass(frozen=True, slots=True)
class Notions:
    """chinese: phrase → notion; english: stems of a phrase → notion; idle: words that mean nothing by themselves;
    topics: stems of an English topic → the Chinese word that it is looked up by."""

    chinese: dict[str, str]
    english: dict[tuple[str, ...], str]
    idle: frozenset[str]
    topics: dict[tuple[str, ...], str]

    def says_nothing(self, word: str) -> bool:
        return word in self.idle or stem(word) in self.idle


@lru_cache(maxsize=1)
def notions() -> Notions:
    """The table; ValueError where one phrase is under two notions."""
    chinese: dict[str, str] = {}
    english: dict[tuple[str, ...], str] = {}
    table = _TABLE.read_text(encoding="utf-8")
    for name, told in re.findall(r"^(\w+)\s*:(.*(?:\n .*)*)", table, re.MULTILINE):
        zh, _, en = " ".join(told.split()).partition("|")
        for phrase in zh.replace("、", "").split():
            if chinese.setdefault(phrase, name) != name:
                raise ValueError(f"{phrase!r} is under {chinese[phrase]} and {name}")
        for phrase in filter(None, map(str.strip, en.split(","))):
            words = (phrase,) if name == "idle" else tuple(stem(word) for word in phrase.split())
            if english.setdefault(words, name) != name:
                raise ValueError(f"{phrase!r} is under {english[words]} and {name}")
    idle = {phrase for phrase, name in chinese.items() if name == "idle"}
    idle |= {words[0] for words, name in english.items() if name == "idle"}
    topics: dict[tuple[str, ...], str] = {}
    for word, told in re.findall(r"^topic (\S+) *\|(.*)", table, re.MULTILINE):
        for phrase in told.split(","):
            words = tuple(stem(each) for each in re.split(r"[\s-]+", phrase.strip()) if each not in idle)
            if topics.setdefault(words, word) != word:
                raise ValueError(f"{phrase!r} is under {topics[words]} and {word}")
    return Notions(
        {phrase: name for phrase, name in chinese.items() if name != "idle"},
        {words: name for words, name in english.items() if name != "idle"},
        frozenset(idle),
        topics,
    )
