"""Numbers that a document sets: comparator as worded, value, unit, year, baseline, range.

The wording rules are those of the vocabulary contract ("comparators"): the qualifier after the number wins over
the verb before it, 下降至13%左右 bears both FallTo and Approximately, and no tolerance is ever invented. A number is
read in one of four forms; what is told of the past, of benefits, of conditions or in names is no target.

  value last    覆盖率达到95%以上 · 比2005年降低10% · 新增污水处理能力4500万吨/日
  count         培养不少于3500名基层医生 · 推出1000个工业智能体
  share         80%的县级环境监测站达到建设标准
  again         到2023年不低于4人，到2025年不低于4.66人
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from . import given, measured
from .clauses import clauses
from .model import Span, Target
from .quantity import Quantity
from .quantity import Reader as Quantities
from .reading import Reading, listed_with, read_number, verb_before
from .when import Horizon, when
from .words import targets as tx


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands. written: year of the document, None if unknown; heading: of its unit; strict: the
    document lays down rules (第X条), so that only numbers with a horizon are goals; state: it tells how things are;
    before: the horizon it stands under; start: where it begins; years: the clause that lists
    the years (2024年、2025年，) for each of which its numbers hold."""

    written: int | None = None
    heading: str = ""
    strict: bool = False
    state: bool = False
    before: Horizon | None = None
    start: int = 0
    years: Span | None = None


class Reader:
    """Finds the targets of one sentence at a time. units: printed unit names; periods: 十三五 → its last year."""

    def __init__(self, units: tuple[str, ...], periods: Mapping[str, int]) -> None:
        self._quantities = Quantities(units)
        self._periods = {**tx.PERIODS, **periods}

    def read(self, text: str, sentence: Span, index: int, setting: Setting | None = None) -> list[Target]:
        """Targets of a sentence; index: the sentence's number in its provision.

        As a horizon does, a scope (全省) governs the clauses after it that have none of their own.
        """
        where = setting or Setting()
        made: list[Target] = []
        now, scope = where.before, ""
        before: Span | None = None
        if where.state or not tx.ANY_NUMBER.search(text, sentence.start, sentence.end):
            return made
        where = replace(where, start=sentence.start, years=None)
        own = told = False
        for clause in clauses(text, sentence):
            found = when(text, clause, self._periods)
            own = own or found is not None
            if found:
                many = tx.YEARS.fullmatch(text, clause.start, clause.end)
                where = replace(where, years=clause if many else None) if many or where.years else where
            told = (told or tx.SINCE.search(text, clause.start, clause.end) is not None) and found is None
            words = text[clause.start : clause.end]
            if (
                tx.ANY_NUMBER.search(words)
                and not told
                and not (where.strict and not own)
                and not self._past(words, (found or now) if own else None, where)
            ):
                under = None if where.years else now
                found_here = self._clause(text, clause, before, under, index, made, where)
                made += [t if t.scope or not scope else replace(t, scope=scope) for t in found_here]
                for aims in tx.AIMS_QUOTED.finditer(words) if "“" in words else ():
                    inner = Span(clause.start + aims.start("inner"), clause.start + aims.end("inner"))
                    made += self.read(text, inner, index, replace(where, before=found or now))
            scope = next((t.scope for t in reversed(made) if t.scope), scope)
            now, before = found or now, clause
        return made

    def horizon(self, text: str, sentence: Span) -> Horizon | None:
        """The horizon at the head of a sentence, which governs the sentences that follow in its paragraph."""
        first = next(iter(clauses(text, sentence)), None)
        found = when(text, first, self._periods) if first else None
        return found if found and first and found.span.start == first.start else None

    def horizons(self, text: str, sentence: Span) -> set[int]:
        """The years that a sentence names: where they are several, none of them governs the sentences that follow."""
        found = (when(text, clause, self._periods) for clause in clauses(text, sentence))
        return {one.year for one in found if one}

    def _past(self, words: str, now: Horizon | None, where: Setting) -> bool:
        if tx.FORMULA.search(words) or tx.PAST.search(words) or tx.FORECAST.search(words) or tx.DONE.search(words):
            return True
        return bool(now and where.written and now.year < where.written)

    def _clause(self, text: str, clause: Span, before: Span | None, now: Horizon | None, index: int,
                earlier: list[Target], where: Setting) -> list[Target]:  # fmt: skip
        made: list[Target] = []
        left = clause.start
        base: tuple[Quantity, int | None] | None = None
        found = list(self._quantities.read(text, clause))
        skip = 0
        for order, quantity in enumerate(found):
            if skip:
                skip -= 1
                continue
            now = when(text, Span(left, quantity.span.start), self._periods) or now
            reading = read_number(text, clause, left, quantity, now)
            lead = text[left : quantity.span.start]
            if (start := tx.BASE_NUMBER.search(lead)) and tx.FROM_TO.match(text, reading.after_end, clause.end):
                base = (quantity, int(start["year"]) if start["year"] else None)
                continue
            if paired := tx.PAIRED.search(lead.rstrip()):
                run = listed_with(text, found[order:], clause)
                made += self._pairs(text, reading, lead[: paired.start()], where.years or before, run,
                                    paired["verb"], now, index, [*earlier, *made])  # fmt: skip
                skip = len(run) - 1
                left = run[-1].span.end
                continue
            target = self._target(text, reading, clause, before, [*earlier, *made], now, index, where)
            if target is None:
                continue
            if base:
                target = measured.from_base(text, target, base, left)
            if of := tx.OF_YEAR.search(text, clause.start, quantity.span.start):
                target = replace(target, year=int(of["year"]), deadline=None)
            made.append(target)
            left, base = target.span.end, None
        return made

    def _target(self, text: str, reading: Reading, clause: Span, before: Span | None, earlier: list[Target],
                now: Horizon | None, index: int, where: Setting) -> Target | None:  # fmt: skip
        quantity, rest = reading.quantity, reading.rest
        comparators = list(reading.words)
        if not quantity.known and not ((reading.verb or comparators) and quantity.unit and not rest):
            return None  # a number without a unit sets nothing; an unknown unit counts only after a comparator
        scope, marked = measured.earmarked(text, reading, before)
        if marked:
            return self._make(text, reading, (marked,), comparators, clause.end, now, index, scope, None, "share")
        sentence = Span(where.start, clause.end)
        if given.away(text, reading, clause, before, sentence, now if now is not where.before else None):
            return None
        if now and now is where.before and tx.YEARLY.search(reading.lead + reading.verb):
            now = None  # a yearly pace has no year but that of its own sentence
        if given.kept(text, reading, clause, where.written):
            return None
        rest = tx.SECOND_UNIT.sub("", rest)
        ends = not rest or re.match(r"[、和及与或]|(?:确保|力争|努力)", rest) is not None
        goal = tx.GOAL_TAIL.fullmatch(rest) and re.match(r"(?:确保|力争|实现|完成)", reading.lead.lstrip())
        if ends or goal:
            return self._last(text, reading, before, earlier, now, index, where)
        count = measured.count(text, reading, clause)
        noun = tx.NEXT_COUNT.split(rest)[0].strip()
        end = reading.after_end + len(rest[: rest.index(noun) + len(noun)])
        if not count and (last := measured.counted(text, reading, earlier)):
            named = (noun.removeprefix("的") + "数量",)
            return self._make(text, reading, named, comparators or ["Exactly"], end, now, index, last.scope, None,
                              measured.LISTED)  # fmt: skip
        if count:
            kind = "IncreaseBy" if count["verb"] == "新增" and not comparators else "Exactly"
            if not comparators and tx.AT_LEAST_FIRST.search(count["before"]):
                comparators = ["AtLeast"]
            scope = measured.unscoped(count["before"].strip())[0]
            named = (noun.removeprefix("的") + "数量",)
            return self._make(text, reading, named, comparators or [kind], end, now, index, scope, None, "count")
        return self._share(text, reading, clause, now, index)

    def _last(self, text: str, reading: Reading, before: Span | None, earlier: list[Target], now: Horizon | None,
              index: int, where: Setting) -> Target | None:  # fmt: skip
        """覆盖率达到95%以上: the value stands last."""
        comparators = list(reading.words)
        subject, verb = reading.lead, reading.verb
        if tx.ENUMERATION.search(subject) and not verb:
            return None
        if of := tx.SHARE_OF.search(subject) if not verb and "%" in reading.quantity.unit else None:
            word = verb_before(of["verb"])[0]
            named = (f"{measured.unscoped(subject[: of.start()])[1].strip()}占{of['of']}",)
            return self._make(text, reading, named, comparators or [word or "Exactly"], reading.after_end, now, index,
                              measured.unscoped(subject)[0], None, "share of a thing")  # fmt: skip
        made = tx.COUNT_VERB.fullmatch(subject.strip()) if not verb else None
        if made and len(thing := re.sub(r"(?:累计|共|力争|每年|新)+$", "", made["before"]).strip()) > 1:
            return self._make(text, reading, (thing,), comparators or ["Exactly"], reading.after_end, now, index, "",
                              None, "the verb stands last")  # fmt: skip
        plain = measured.unscoped(subject)[1] if not verb else ""
        change = tx.LEADING_CHANGE.fullmatch(plain) if plain else None
        raised = tx.RAISED.fullmatch(plain.strip()) if plain.rstrip().endswith(("至", "到")) else None
        part = tx.OF_WHICH.match(subject) if not verb and earlier else None
        if part:
            named = (subject[part.end() :].strip(),)
            return self._make(text, reading, named, comparators or ["Exactly"], reading.after_end, now, index, "", None,
                              "of which")  # fmt: skip
        if not verb and not change and (listed := measured.listed(text, reading, earlier)):
            comparators, change = comparators or [c for c in listed.comparators if c != "Between"] or ["Exactly"], None
            same = (subject.strip(),) if subject.strip() else listed.indicators
            return self._make(text, reading, same, comparators, reading.after_end, now, index, "", None,
                              "listed with the number before")  # fmt: skip
        if not verb and (above := tx.RELATIVE.search(subject)):
            comparators = comparators or [tx.RELATIVES[above["than"]]]
        if not verb and tx.MADE.fullmatch(subject.strip()):
            named = (measured.again(text, before, earlier, where.heading),)
            rule = "what is counted was named before"
            return self._make(text, reading, named, comparators or ["Exactly"], reading.after_end, now, index, "", None,
                              rule) if named[0] else None  # fmt: skip
        if (
            not verb
            and not comparators
            and not (change or raised)
            and not (
                measured.names_indicator(subject) and (now or (subject.endswith("率") and reading.quantity.low == 100))
            )
        ):
            return None
        if not verb and tx.CONDITION.match(subject):
            return None
        scope, indicators, base = measured.indicators(text, subject, before, earlier, where.heading)
        if not verb and (reach := tx.LEADING_REACH.match(measured.unscoped(subject)[1])):
            comparators = comparators or ["Reach"]
            subject = measured.unscoped(subject)[1][reach.end() :]
            indicators = indicators if all(indicators) else (subject,)
        elif raised:
            falls = raised["verb"] not in (None, "提高", "提升", "增加", "扩大")
            comparators = ["FallTo", *comparators] if falls else comparators or ["Reach"]
            indicators = (raised["noun"] or raised["plain"],)
        elif change:
            comparators = comparators or [tx.CHANGE.get(change["verb"], "Exactly")]
            if change["verb"] in tx.CHANGE or not change["before"]:
                before_it = tx.MODAL.sub("", change["before"].strip())
                indicators = ((before_it + change["verb"] if before_it else "") + change["noun"].strip(),)
        if not all(indicators) or any(len(i) > 80 for i in indicators):
            return None  # what is measured was not found; the number is told as unread
        return self._make(text, reading, indicators, comparators, reading.after_end, now, index, scope, base)

    def _share(self, text: str, reading: Reading, clause: Span, now: Horizon | None, index: int) -> Target | None:
        """80%的县级环境监测站达到建设标准: a share of the things named after it."""
        rest = reading.rest
        if "%" not in reading.quantity.unit or not tx.SHARE_LEAD.fullmatch(reading.lead + reading.verb):
            return None
        if not (rest.startswith("的") or reading.words) or not tx.SHARE_TAIL.match(rest):
            return None
        if re.match(r"的?(?:标准|比例|部分|资金|费用|补助|水平|时间)", rest):
            return None
        words = [w for w in reading.words if w != "Reach"] or ["Exactly"]
        return self._make(text, reading, (rest.removeprefix("的"),), words, clause.end, now, index, "", None, "share")

    def _pairs(self, text: str, reading: Reading, words: str, before: Span | None, run: list[Quantity], printed: str,
               now: Horizon | None, index: int, earlier: list[Target]) -> list[Target]:  # fmt: skip
        """二氧化硫、氨氮分别下降8%、10%: as many things, or years of one thing, as numbers, in the same order."""
        verb, _ = verb_before(printed)
        things, years, scope, base = measured.paired(text, words, before, run, now, earlier)
        if not things or not verb:
            return []
        made = []
        for thing, quantity, year in zip(things, run, years, strict=True):
            one = read_number(text, Span(reading.start, quantity.span.end + 4), quantity.span.start, quantity, now)
            one = replace(one, words=one.words or (verb,), start=reading.start)
            made.append(self._make(text, one, (thing,), list(one.words), quantity.span.end, year, index, scope, base,
                                   measured.PAIR))  # fmt: skip
        return made

    def _make(self, text: str, reading: Reading, indicators: tuple[str, ...], comparators: list[str], end: int,
              now: Horizon | None, index: int, scope: str, base: str | None,
              rule: str = "value last") -> Target:  # fmt: skip
        quantity = reading.quantity
        if quantity.high is not None:
            change = [c for c in comparators if c in ("IncreaseBy", "DecreaseBy")]
            comparators = [*change, "Between"]
        start = reading.start
        while start < end and text[start] in " \u3000，、":
            start += 1
        period = tx.BASELINE.search(base) if base else None
        year = None
        if period:
            year = int(period["year"]) if period["year"] else self._periods.get(period["period"] or "")
        return Target(
            span=Span(start, end), phrase=text[start:end], indicators=indicators,
            comparators=tuple(comparators or ["Exactly"]), value=quantity.low, value_start=quantity.span.start,
            printed=text[quantity.span.start : quantity.span.end], unit=quantity.unit, upper=quantity.high, scope=scope,
            year=now.year if now else None, deadline=now.deadline if now else None, baseline_phrase=base or "",
            baseline_year=year, sentence=index, rule=rule,
        )  # fmt: skip
