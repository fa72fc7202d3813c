"""Which phrases two clauses share, and how much each tells.

A phrase tells much when it is long and rare: 共享办公 in one clause of a document is a sign, 服务业 in all of them is
none. Weights are inverse document frequencies of character pairs over the clauses of both documents (Spärck Jones
1972); a phrase weighs the sum of its pairs. No model and no word list: Chinese needs no words for that.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_STEPS = re.compile(r"(\d+)|([a-z]+)")
_PIECES = re.compile(r"[\u3400-\u9fff〇A-Za-z0-9+]{2,}")
_BODIES = re.compile(
    r"[(（](?=[^()（）]*(?:责任|牵头|配合|负责|参与))[^()（）]{0,2000}(?:[(（][^()（）]{0,200}[)）][^()（）]{0,2000}){0,9}[)）]"
)
LONGEST = 40
"""Longer phrases are cut: a sentence that one document copies from another tells no more than its first half."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision to compare. text: its words where the document has them, else ""; start: where they begin in the
    stored text; verification: how far a heading without text was checked, as a local name of the vocabulary."""

    number: str
    heading: str
    text: str
    start: int = 0
    verification: str = ""

    @property
    def whole(self) -> str:
        """Heading and text."""
        return self.text if self.heading in self.text else f"{self.heading}\n{self.text}"

    @property
    def matter(self) -> str:
        """What it says without the bodies that it makes responsible: 省人力资源社会保障厅 in a list says little of
        人力资源."""
        return _BODIES.sub("\n", self.whole)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Shared words. weight: sum of the weights of their character pairs."""

    text: str
    weight: float


def natural(number: str) -> list[tuple[int, str]]:
    """Sorts numbers of provisions as they stand: 2.9, 2.10, 3.1-2, annex1.1."""
    return [(int(digits), "") if digits else (1 << 30, word) for digits, word in _STEPS.findall(number)]


def pieces(text: str) -> list[str]:
    """Stretches without punctuation or space."""
    return _PIECES.findall(text)


def pairs(text: str) -> Counter[str]:
    """Pairs of neighbouring characters with their number."""
    return Counter(piece[at : at + 2] for piece in pieces(text) for at in range(len(piece) - 1))


class Weights:
    """Inverse document frequency of character pairs over clauses."""

    def __init__(self, clauses: Iterable[str]) -> None:
        self._frequency: Counter[str] = Counter()
        self._total = 0
        for text in clauses:
            self._total += 1
            self._frequency.update(pairs(text).keys())

    def of(self, pair: str) -> float:
        return math.log(1 + self._total / (0.5 + self._frequency[pair]))

    def phrase(self, text: str) -> float:
        return sum(self.of(text[at : at + 2]) for at in range(len(text) - 1))


def shared_phrases(asked: str, text: str, weights: Weights) -> list[Phrase]:
    """The longest phrases of `asked` that stand in `text`, each once, heaviest first; none inside another of them."""
    found: dict[str, float] = {}
    for piece in pieces(asked):
        reach = 0  # where the phrase before this one ends: what begins inside it and ends no later is part of it
        for at in range(len(piece) - 1):
            end = max(reach, at + 1)
            while end < len(piece) and end - at < LONGEST and piece[at : end + 1] in text:
                end += 1
            if end - at >= 2 and end > reach:
                found.setdefault(piece[at:end], weights.phrase(piece[at:end]))
                reach = end
    kept = [phrase for phrase in found if not any(phrase in other for other in found if other != phrase)]
    return sorted((Phrase(p, found[p]) for p in kept), key=lambda p: (-p.weight, p.text))
