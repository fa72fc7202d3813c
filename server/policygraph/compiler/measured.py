"""What a number measures: named before it, carried on from the number before, or by the heading."""

from __future__ import annotations

import re
from dataclasses import replace

from .model import Span, Target
from .quantity import Quantity
from .reading import Reading
from .when import Horizon
from .words import targets as tx


def listed(text: str, reading: Reading, earlier: list[Target]) -> Target | None:
    """打造龙头企业8家、特色产业园50个: the verb of the first holds for all that 、 joins to it."""
    last = earlier[-1] if earlier else None
    another_year = not reading.lead.strip() and tx.OF_YEAR.search(text, reading.start, reading.quantity.span.start)
    if (
        last is None
        or (not reading.lead.strip() and not another_year)
        or not re.fullmatch(r"[、和及与\s]+", text[last.span.end : reading.start])
    ):
        return None
    return last if set(last.comparators) <= {"Exactly", "IncreaseBy", "DecreaseBy", "Between", "Reach"} else None


def count(text: str, reading: Reading, clause: Span) -> re.Match[str] | None:
    """推出1000个工业智能体: a verb of making, the number, what is made; 与80家企业开展合作."""
    if "%" in reading.quantity.unit or (reading.verb in tx.CHANGE and reading.rest.startswith("的")):
        return None
    words = (reading.lead + reading.verb).rstrip()
    words = words[: tx.COUNT_PREFIX.search(words).start()]  # type: ignore[union-attr]
    opened = text[clause.start : reading.start].strip("，, ")
    if not words and opened in ("与", "同"):  # read_number() takes it for a joint
        words = opened
    if tx.WITH_TAIL.fullmatch(reading.rest) and (partners := tx.WITH.fullmatch(words)):
        return partners
    found = tx.COUNT_VERB.fullmatch(words)
    if not found and tx.MENDED.fullmatch(reading.rest):
        return re.fullmatch(r"(?P<before>.{0,6}?)(?P<verb>对)", words)
    return found if found and not tx.CONDITION.match(found["before"]) else None


PAIR = "as many things as numbers"
LISTED = "listed with the number before"


def counted(text: str, reading: Reading, earlier: list[Target]) -> Target | None:
    """形成2个千亿级、5个百亿级产业集群: the second number counts as the first does.

    So does a clause that opens with a number of the same kind: 培养50名骨干参加轮训，200名新手参加见习.
    """
    last = earlier[-1] if earlier else None
    if last is None or not (last.rule == "count" or (last.rule == LISTED and last.indicators[0].endswith("数量"))):
        return None
    also = reading.lead.strip() == "以及" and text[last.span.end : reading.start].strip("、，") == ""
    if (reading.lead.strip() and not also) or not reading.rest or not tx.COUNTS_ON.fullmatch(reading.verb):
        return None
    between = text[last.span.end : reading.start]
    if also or re.fullmatch(r"[、和及与\s]+", between):
        return last
    opens = between in ("，", "；") and reading.quantity.unit[-1:] == last.unit[-1:] and len(reading.rest) <= 60
    return last if opens and not tx.NO_COUNT.match(reading.rest) and not tx.GIVEN.search(reading.rest) else None


def earmarked(text: str, reading: Reading, before: Span | None) -> tuple[str, str]:
    """将不低于10%的水费用于管网维护: (scope, what is to be spent on what), the latter "" where nothing is."""
    found = tx.EARMARK.fullmatch(reading.rest) if "%" in reading.quantity.unit and "AtLeast" in reading.words else None
    words = (reading.lead + reading.verb.removesuffix("不低于").removesuffix("不少于")).strip()
    lead = tx.EARMARK_LEAD.fullmatch(words) if found else None
    if not found or not lead:
        return "", ""
    if lead["of"]:
        return "", f"{lead['of']}用于{found['aim']}"
    within = tx.WITHIN.fullmatch(text, before.start, before.end) if before and not found["what"] else None
    scope, whole = unscoped(within["of"] or within[0]) if within else ("", found["what"] or "")
    return scope, f"{whole}用于{found['aim']}"


def indicators(text: str, subject: str, before: Span | None, earlier: list[Target], heading: str
                ) -> tuple[str, tuple[str, ...], str]:  # fmt: skip
    """(scope, names of what is measured, baseline phrase) from the words before the number."""
    scope, subject = unscoped(subject.strip())
    base = ""
    if found := tx.BASELINE.search(subject):
        base, subject = found[0], subject[: found.start()]
    subject = tx.CAUSED.sub("", subject)
    if reach := tx.LEADING_REACH.match(subject):
        subject = subject[reach.end() :]
    subject = re.sub(r"(?:每年|逐年|力争|确保|努力|年均|原则上|，|总体|基本)+$", "", subject)
    shared = tx.EQUALLY.search(subject)
    if shared:
        subject = subject[: shared.start()]
        tail = tx.SHARED_TAIL.search(subject)
        if tail and "、" in subject:
            return scope, tuple(item + tail[0] for item in subject[: tail.start()].split("、")), base
    if each := tx.EACH.fullmatch(subject.strip()):
        scope, subject = each[0], ""
    if subject.startswith("占") and before:
        subject = previous(text, before, earlier) + subject
    if where := tx.PLACE_OF.fullmatch(subject.strip()):
        scope, subject = where["place"], ""
    subject = tx.DOUBLED_FIRST.sub("", subject)
    if (
        earlier
        and subject.strip() in ("总量", "规模", "总规模", "总额")
        and subject.strip() in earlier[-1].indicators[0]
    ):
        last = earlier[-1].indicators[0]
        return scope, (last[: last.index(subject.strip()) + len(subject.strip())],), base
    if not subject.strip() or re.fullmatch(r"(?:其中|力争|并|且|确保|努力|总量|规模)+", subject):
        subject = again(text, before, earlier, heading)
    return scope, (subject.strip(),), base


def paired(text: str, words: str, before: Span | None, run: list[Quantity], now: Horizon | None, earlier: list[Target]
           ) -> tuple[list[str], list[Horizon | None], str, str]:  # fmt: skip
    """(things, their years, scope, baseline phrase) of 分别: as many things, or years of one thing, as numbers."""
    years: list[Horizon | None] = [now] * len(run)
    one = False  # several years of one thing
    if not tx.YEARS.search(words.strip()) and before and tx.YEARS.fullmatch(text, before.start, before.end):
        words = words + text[before.start : before.end]
    if first := tx.YEARS_FIRST.match(words.strip()):
        words = first["rest"] + first["years"]
    if listed := tx.YEARS.search(words.strip()):
        given = [int(y) for y in re.findall(r"\d{4}", listed["years"])]
        words = words.strip()[: listed.start()].rstrip("，")
        if one := len(given) == len(run):
            years = [Horizon(y, None, run[0].span) for y in given]
    elif now and text[now.span.start : now.span.end] in words:
        words = words.replace(text[now.span.start : now.span.end], "")
    scope, subject = unscoped(words.strip())
    base = ""
    if found := tx.BASELINE.search(subject):
        base, subject = found[0], subject[: found.start()]
    if one:
        return [subject] * len(run), years, scope, base
    same = earlier[-len(run) :]
    if not subject and [t.rule for t in same] == [PAIR] * len(run) and now and now.year != same[0].year:
        return (
            [t.indicators[0] for t in same],
            years,
            same[0].scope,
            base,
        )  # 到2030年分别达到75%和85%: of what stands before
    parted = ([s for s in joint.split(subject) if s] for joint in tx.JOINTS)
    things = next((found for found in parted if len(found) == len(run)), [])
    subject = tx.OF_WHICH.sub("", subject)
    if not things and (of := _years_before(earlier, len(run), run[0].span)) and not re.search("[、和与及]", subject):
        return [subject] * len(run), of, scope, base
    tail = tx.SHARED_TAIL.search(things[-1]) if things else None
    if tail:
        things = [t if tx.OWN_TAIL.search(t) else t + tail[0] for t in things]
    return things, years, scope, base


def _years_before(earlier: list[Target], count: int, span: Span) -> list[Horizon | None]:
    """2025年达到20万吨，2026年达到26万吨，其中……分别达到55%、60%: the years of as many numbers of one thing before."""
    last = earlier[-count:]
    years = [t.year for t in last if t.year is not None]
    same = len({t.indicators for t in last}) == 1
    return [Horizon(y, None, span) for y in years] if same and len(set(years)) == count else []


def previous(text: str, before: Span, earlier: list[Target]) -> str:
    """占地区生产总值比重53% leaves out what has the share: it is the subject of the clause before."""
    if earlier and earlier[-1].span.end >= before.end:
        return earlier[-1].indicators[0]
    return tx.STATE.sub("", unscoped(text[before.start : before.end])[1])


def again(text: str, before: Span | None, earlier: list[Target], heading: str) -> str:
    """到2025年不低于4.66人 measures what the sentence measured before, or what the heading names."""
    if earlier:
        return earlier[-1].indicators[0]
    if before and (found := tx.STATE.search(text[before.start : before.end])):
        return unscoped(text[before.start : before.start + found.start()])[1]
    if before and (doubled := tx.DOUBLES.search(text, before.start, before.end)):
        return unscoped(text[before.start : doubled.start()])[1]
    if before and (done := tx.LEADING_CHANGE.fullmatch(text[before.start : before.end])):
        return done["noun"] if len(done["noun"]) <= 16 else ""
    return heading if tx.INDICATOR_NAME.fullmatch(heading) else ""


def unscoped(subject: str) -> tuple[str, str]:
    found = tx.SCOPE.match(subject)
    return (found[0].removeprefix("引导"), subject[found.end() :]) if found else ("", subject)


def names_indicator(subject: str) -> bool:
    return tx.INDICATOR_NAME.fullmatch(subject.strip()) is not None


def from_base(text: str, target: Target, base: tuple[Quantity, int | None], left: int) -> Target:
    """由2005年的52%提高到72%: the first number is the baseline; the thing measured stands before both."""
    quantity, year = base
    lead = tx.BASE_NUMBER.sub("", text[left : quantity.span.start]).strip()
    scope, subject = unscoped(lead)
    names = (subject,) if subject else target.indicators
    return replace(target, span=Span(left, target.span.end), phrase=text[left : target.span.end].strip(), scope=scope,
                   indicators=names, baseline=quantity.low, baseline_year=year,
                   baseline_phrase=text[quantity.span.start : quantity.span.end])  # fmt: skip
