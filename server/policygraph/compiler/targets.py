"""Numbers that a document sets: comparator as worded, value, unit, year, baseline, range.

The wording rules are those of the vocabulary contract ("comparators"): the qualifier after the number wins over
the verb before it, 下降至13%左右 bears both FallTo and Approximately, and no tolerance is ever invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import lexicon as lx
from .clauses import clauses
from .model import Span, Target


@dataclass(frozen=True, slots=True)
class Horizon:
    """到2025年底: the year, and the day where the text names the year's end."""

    year: int
    deadline: date | None
    span: Span


def horizon(text: str, clause: Span) -> Horizon | None:
    found = lx.HORIZON.match(text, clause.start, clause.end)
    if not found:
        return None
    year = int(found["year"])
    return Horizon(year, date(year, 12, 31) if found["end"] else None, Span(found.start(), found.end()))


class Reader:
    """Finds the targets of one sentence at a time. units: printed unit names; periods: 十三五 → its last year."""

    def __init__(self, units: tuple[str, ...], periods: Mapping[str, int]) -> None:
        names = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True))
        unit = rf"(?P<unit>{names}|[万亿]?[^\W\d_，。；、“”]?)"
        self._number = re.compile(
            rf"(?<![\d.“A-Za-z])(?P<low>{lx.NUMBER})(?:{lx.RANGE_SIGN}(?P<high>{lx.NUMBER}))?\s?{unit}"
        )
        self._known = frozenset(units)
        self._periods = periods

    def read(self, text: str, sentence: Span, index: int) -> list[Target]:
        """Targets of a sentence; index: the sentence's number in its provision."""
        made: list[Target] = []
        now: Horizon | None = None
        before: Span | None = None
        for clause in clauses(text, sentence):
            now = horizon(text, clause) or now
            for found in self._number.finditer(text, clause.start, clause.end):
                if target := self._target(text, clause, before, found, now, index, made):
                    made.append(target)
                    break
            before = clause
        return made

    def _target(self, text: str, clause: Span, before: Span | None, found: re.Match[str], now: Horizon | None,
                index: int, earlier: list[Target]) -> Target | None:  # fmt: skip
        start = clause.start
        if now and now.span.start == start:
            start = now.span.end
        lead = text[start : found.start()]
        unit = found["unit"] or ""
        word, verb_length = _before(lead)
        if lead.count("“") > lead.count("”"):
            return None
        if unit not in self._known and not (word and unit and found.end() == clause.end):
            return None  # a number without a unit sets nothing; an unknown unit counts only after a comparator
        if unit in lx.NOT_A_TARGET_UNIT and word not in ("FallTo", "AtMost"):
            return None
        after, after_length = _after(text, found.end(), clause.end)
        noun = text[found.end() + after_length : clause.end]
        subject = lead[: len(lead) - verb_length]
        count = lx.COUNT_VERB.fullmatch(subject) if noun and not word else None
        if count:
            comparators = ["Between" if found["high"] else "Exactly"]
        elif not word and lx.LEADING_REACH.match(_unscoped(subject)[1]):
            comparators = ["Reach"]
        elif word or after or (now and not noun):
            comparators = [word] if word else []
        else:
            return None
        if after:
            comparators = [c for c in comparators if c == "FallTo"] + [after]
        if found["high"]:
            comparators = ["Between"]
        if noun and not count:
            return None
        scope, indicators, base = self._indicators(text, count["before"] if count else subject, before, earlier)
        if count:
            indicators = (noun + "数量",)
        if not all(indicators):
            return None  # what is measured was not found; the number is told as unread
        period = base and lx.BASELINE.search(base)
        end = found.end() + after_length + (len(noun) if count else 0)
        phrase = text[start:end]
        shift = len(phrase) - len(phrase.lstrip())
        return Target(
            span=Span(start + shift, end), phrase=phrase.strip(), indicators=indicators,
            comparators=tuple(comparators or ["Exactly"]), value=Decimal(found["low"].replace(",", "")), value_start=found.start(),  # noqa: E501
            printed=text[found.start() : found.end()], unit=unit,
            upper=Decimal(found["high"].replace(",", "")) if found["high"] else None, scope=scope,
            year=now.year if now else None, deadline=now.deadline if now else None, baseline_phrase=base,
            baseline_year=self._baseline_year(period) if period else None, sentence=index,
        )  # fmt: skip

    def _baseline_year(self, base: re.Match[str]) -> int | None:
        return int(base["year"]) if base["year"] else self._periods.get(base["period"] or "")

    def _indicators(self, text: str, subject: str, before: Span | None, earlier: list[Target]
                    ) -> tuple[str, tuple[str, ...], str]:  # fmt: skip
        """(scope, names of what is measured, baseline phrase) from the words before the number."""
        scope, subject = _unscoped(subject.strip())
        base = ""
        if found := lx.BASELINE.search(subject):
            base, subject = found[0], subject[: found.start()]
        if reach := lx.LEADING_REACH.match(subject):
            subject = subject[reach.end() :]
        shared = lx.EQUALLY.search(subject)
        if shared:
            subject = subject[: shared.start()]
            tail = lx.SHARED_TAIL.search(subject)
            if tail and "、" in subject:
                items = subject[: tail.start()].split("、")
                return scope, tuple(item + tail[0] for item in items), base
        if subject.startswith("占") and before:
            subject = self._previous_subject(text, before, earlier) + subject
        return scope, (subject,), base

    def _previous_subject(self, text: str, before: Span, earlier: list[Target]) -> str:
        """占地区生产总值比重53% leaves out what has the share: it is the subject of the clause before."""
        if earlier and earlier[-1].span.end >= before.end:
            return earlier[-1].indicators[0]
        return lx.STATE.sub("", _unscoped(text[before.start : before.end])[1])


def _unscoped(subject: str) -> tuple[str, str]:
    found = lx.SCOPE.match(subject)
    return (found[0].removeprefix("引导"), subject[found.end() :]) if found else ("", subject)


def _before(lead: str) -> tuple[str, int]:
    for pattern, name in lx.BEFORE_NUMBER:
        if found := pattern.search(lead):
            return name, len(found[0])
    return "", 0


def _after(text: str, start: int, end: int) -> tuple[str, int]:
    for pattern, name in lx.AFTER_NUMBER:
        if found := pattern.match(text, start, end):
            return name, len(found[0])
    return "", 0
