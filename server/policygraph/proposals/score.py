"""How much two clauses share, from 0 to 1, and the words that say so.

Headings: each character pair that a clause shares with the other's heading counts by its rarity, by the length of the
shared phrase that it stands in, by how often the clause says it (saturating, as in BM25: Robertson and Zaragoza 2009)
and again when the clause's own heading says it; 1 is the whole heading said in the clause's heading. Texts, where both
clauses have one: the cosine of their pairs' weights. The two are joined as independent signs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .shared import Clause, Phrase, Weights, pairs, shared_phrases

RARITY = 1.5
SATURATION = 1.2
LENGTH = 0.4
BODIES = 0.3
"""What a word in the name of a responsible body counts."""
FULL = 5
"""Pairs of a phrase that is as good as a longer one (six characters)."""
TOP = 3
LEAST = 0.15
_STRETCH = re.compile(r"[^，。；;：:！？()（）\n]+")
_NUMBER = re.compile(r"^\s*(?:[(（][^()（）]{1,4}[)）]|[一二三四五六七八九十]+、)\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair of clauses. ours, theirs: numbers; score: 0 to 1; rank: from 1 among the proposals for their clause;
    phrases: what both say, most telling first; passages: stretches of our clause, verbatim, that hold them."""

    ours: Clause
    theirs: Clause
    score: float
    rank: int
    phrases: tuple[Phrase, ...]
    passages: tuple[str, ...]


def propose(ours: Sequence[Clause], theirs: Sequence[Clause], background: Iterable[str] = (), top: int = TOP,
            least: float = LEAST) -> list[Proposal]:  # fmt: skip
    """For each of their clauses the `top` best of ours with a score of at least `least`, in their order, best first.

    background: other clauses of the same kind of text, which tell what is common in all of them.
    """
    weights = Weights([*(c.whole for c in ours), *(c.whole for c in theirs), *background])
    average = sum(len(c.whole) for c in ours) / len(ours) if ours else 1.0
    vectors = {id(c): _vector(c, weights) for c in (*ours, *theirs)}
    made: list[Proposal] = []
    for other in theirs:
        scored = []
        for own in ours:
            heading = _heading(other, own, weights, average)
            text = _cosine(vectors[id(other)], vectors[id(own)]) if other.text and own.text else 0.0
            scored.append((1 - (1 - heading) * (1 - text), own))
        scored.sort(key=lambda item: -item[0])
        for rank, (score, own) in enumerate(scored[:top], 1):
            phrases = _evidence(other, own, weights) if score >= least else ()
            if phrases:
                made.append(Proposal(own, other, round(score, 3), rank, phrases, _passages(own, phrases, weights)))
    return made


def _heading(other: Clause, own: Clause, weights: Weights, average: float) -> float:
    """Share of what their heading could score at most; its root, as a part of a long heading tells as much as a whole
    short one."""
    whole, matter = own.whole, own.matter
    lengths: dict[str, int] = {}
    for phrase in shared_phrases(other.heading, whole, weights):
        for pair in _pairs(phrase.text):
            lengths[pair] = max(lengths.get(pair, 0), min(len(phrase.text) - 1, FULL))
    made = 0.0
    for pair, length in lengths.items():
        times = float(matter.count(pair))
        times += BODIES * (whole.count(pair) - times)
        often = times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH + LENGTH * len(whole) / average))
        made += weights.of(pair) ** RARITY * length * (often + (pair in own.heading))
    most = (
        sum(weights.of(pair) ** RARITY for pair in pairs(other.heading)) * 2 * max(min(len(other.heading) - 1, FULL), 1)
    )
    return math.sqrt(min(1.0, made / most)) if most else 0.0


def _pairs(text: str) -> list[str]:
    return [a + b for a, b in pairwise(text)]


def _vector(clause: Clause, weights: Weights) -> dict[str, float]:
    """Weights of its pairs, of length 1."""
    raw = {pair: (1 + math.log(n)) * weights.of(pair) ** RARITY for pair, n in pairs(clause.matter).items()}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {pair: value / length for pair, value in raw.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[pair] for pair, value in one.items() if pair in other)


def _evidence(other: Clause, own: Clause, weights: Weights) -> tuple[Phrase, ...]:
    """What both say, names of responsible bodies only where there is nothing else."""
    found = shared_phrases(other.matter, own.matter, weights) or shared_phrases(other.whole, own.whole, weights)
    return tuple(phrase for phrase in found if phrase.text in (own.text or own.heading))[:6]


def _passages(own: Clause, phrases: Sequence[Phrase], weights: Weights) -> tuple[str, ...]:
    """At most two stretches of our text, heaviest first, each the only one with some of the phrases."""
    stretches = [_NUMBER.sub("", found[0]).strip("、 　\t") for found in _STRETCH.finditer(own.text or own.heading)]
    open_ = {phrase.text: phrase.weight for phrase in phrases}
    made: list[str] = []
    while open_ and len(made) < 2:
        best = max(stretches, key=lambda s: sum(w for p, w in open_.items() if p in s), default="")
        held = [phrase for phrase in open_ if phrase in best]
        if not held:
            break
        made.append(best)
        open_ = {p: w for p, w in open_.items() if p not in held and w * 2 >= phrases[0].weight}
    return tuple(made)
