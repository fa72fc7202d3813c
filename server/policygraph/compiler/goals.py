"""Aims without a number.

A clause is a goal where the sentence sets aims: in an objective (发展目标), or after a horizon (到2025年，...).
A list that changes its governing verb midway (打造A、B、加快创建C、D) is one goal for each item.
"""

from __future__ import annotations

from .clauses import clauses
from .model import Goal, Span, Target
from .when import horizon
from .words.sentences import GOAL_VERB
from .words.targets import NUMERIC


def read(text: str, sentence: Span, index: int, objective: bool, targets: list[Target]) -> list[Goal]:
    """Goals of a sentence. objective: it stands in an objective; targets: those already read from it."""
    made: list[Goal] = []
    year: int | None = None
    for clause in clauses(text, sentence):
        if now := horizon(text, clause):
            year = now.year
            if now.span.end == clause.end:
                continue
            clause = Span(now.span.end, clause.end)
        taken = any(t.span.start < clause.end and clause.start < t.span.end for t in targets)
        if taken or not (objective or year) or NUMERIC.search(text, clause.start, clause.end):
            continue
        made += _split(text, clause, index, year)
    return made


def _split(text: str, clause: Span, index: int, year: int | None) -> list[Goal]:
    words = text[clause.start : clause.end]
    items = words.split("、")
    verbs = [GOAL_VERB.match(item) for item in items]
    if not verbs[0] or not any(verbs[1:]):
        return [Goal(clause, words, words, year=year, sentence=index)]
    made, at, verb = [], clause.start, ""
    for item, found in zip(items, verbs, strict=True):
        span = Span(at, at + len(item))
        verb = found[0] if found else verb
        label = item if found else verb + item
        made.append(Goal(span, item, label, verb=verb, year=year, sentence=index))
        at += len(item) + 1
    return made
