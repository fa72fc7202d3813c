"""What the words of a typed question are: names of the graph, years, numbers, provisions, notions, and the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .concepts import notions, stem
from .english import WORD, english_names, indicators_with, topics
from .figures import numbers
from .names import ENDS, SOFT, Names, Option, plain

_CJK = re.compile("[一-鿿]+")
_QUOTED = re.compile(r"[“\"「『《‘]([^“”\"「」『』《》‘’]{1,60})[”\"」』》’]")
_BEGINNINGS = {"数字"}
"""Words for a notion that are as often the beginning of a name."""
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3,6}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Item:
    """Words from start to end of what was typed. options: what they may name, the likeliest of a kind first; notion:
    of the table of notions; soft: a name only where one is asked for."""

    start: int
    end: int
    words: str
    options: tuple[Option, ...] = ()
    notion: str = ""
    soft: bool = False


@dataclass
class Found:
    """text: what was typed, in one width; items in its order; idle: its places that mean nothing by themselves."""

    text: str
    items: list[Item] = field(default_factory=list)
    idle: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)

    def free(self, start: int, end: int) -> bool:
        return self.taken.isdisjoint(range(start, end))

    def add(self, start: int, end: int, options: list[Option], soft: bool = False) -> None:
        self.items.append(Item(start, end, self.text[start:end], tuple(options), soft=soft))
        if not soft:
            self.taken.update(range(start, end))

    def told(self, notion: str, start: int, end: int) -> None:
        self.items.append(Item(start, end, self.text[start:end], notion=notion))


def recognise(typed: str, names: Names) -> Found:
    """Every part of a question that is known; what is in no item and not idle is not understood."""
    text = unicodedata.normalize("NFKC", typed)
    found = Found(text)
    found.idle = {at for at, c in enumerate(text) if not c.isalnum() and c != "%"}
    _quoted(found, names)
    numbers(found, names)
    _acronyms(found, names)
    _exact(found, names)
    english_names(found, names)
    _abbreviated(found, names)
    _notions(found, names)
    topics(found, names)
    _rest(found, names)
    found.items.sort(key=lambda item: (item.start, -item.end))
    return found


def _quoted(found: Found, names: Names) -> None:
    for match in _QUOTED.finditer(found.text):
        words = match[1].strip()
        options = [*names.exact.get(plain(words), ()), Option("text", words, words)]
        found.add(match.start(), match.end(), options)


def _acronyms(found: Found, names: Names) -> None:
    """In capitals: SAFE is a body and safe a word."""
    for match in _CAPITALS.finditer(found.text):
        if (known := names.acronyms.get(match[0])) and found.free(match.start(), match.end()):
            found.add(match.start(), match.end(), list(known))


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits in one case, and the place of each."""
    pairs = [(c.lower()[0], at) for at, c in enumerate(text) if c.isalnum()]
    return "".join(c for c, _ in pairs), [at for _, at in pairs]


def _exact(found: Found, names: Names) -> None:
    letters, places = _letters(found.text)
    soft: set[int] = set()
    for length in range(min(names.longest, len(letters)), 1, -1):
        for at in range(len(letters) - length + 1):
            options = names.exact.get(letters[at : at + length])
            if not options:
                continue
            start, end = places[at], places[at + length - 1] + 1
            options = [option for option in options if option.kind != "unit"]
            if not options or not found.free(start, end) or not _whole(found.text, start, end):
                continue
            if any(option.kind not in SOFT for option in options):
                loads = names.loads
                options = sorted(options, key=lambda option: (option.kind in SOFT, -loads.get(option.value, 0)))
                found.add(start, end, options)
            elif soft.isdisjoint(range(start, end)):
                found.add(start, end, options, soft=True)
                soft.update(range(start, end))
    found.items = [item for item in found.items if not item.soft or found.free(item.start, item.end)]


def _whole(text: str, start: int, end: int) -> bool:
    """No Latin word is cut: a name in Latin letters or digits stands alone."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (text[start].isascii() and before.isascii() and before.isalnum())
        or (text[end - 1].isascii() and after.isascii() and after.isalnum())
    )


def _abbreviated(found: Found, names: Names) -> None:
    for run in _runs(found, _CJK):
        at = run.start()
        while at < run.end():
            for end in range(min(run.end(), at + 9), at + 2, -1):
                words = found.text[at:end]
                if words[-1] in ENDS and (options := names.abbreviated(words)):
                    found.add(at, end, options)
                    at = end - 1
                    break
            at += 1


def _runs(found: Found, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Stretches of a pattern that nothing has taken."""
    masked = "".join("\x00" if at in found.taken else c for at, c in enumerate(found.text))
    yield from list(pattern.finditer(masked))


def _notions(found: Found, names: Names) -> None:
    known = notions()
    chinese, english = known.chinese, known.english
    longest = max(map(len, chinese))
    for run in _runs(found, _CJK):
        at = run.start()
        while at < run.end():
            for end in range(min(run.end(), at + longest), at, -1):
                if (words := found.text[at:end]) in chinese and not _begins(
                    found.text[at : min(run.end(), end + 2)], names
                ):
                    found.told(chinese[words], at, end)
                    break
                if words in known.idle:
                    found.idle.update(range(at, end) if len(words) > 1 else ())
                    break
            else:
                end = at + 1
            at = end
    latin = list(_runs(found, WORD))
    stemmed = [stem(m[0].lower()) for m in latin]
    idle = [known.says_nothing(m[0].lower()) for m in latin]
    at = 0
    while at < len(latin):
        kept = [place for place in range(at, len(latin)) if place == at or not idle[place]]
        for size in range(min(5, len(latin) - at), 0, -1):
            direct = tuple(stemmed[at : at + size])
            sparse = tuple(stemmed[place] for place in kept[:size])
            if direct in english:
                found.told(english[direct], latin[at].start(), latin[at + size - 1].end())
                at += size
                break
            if sparse in english and len(kept) >= size:
                found.told(english[sparse], latin[at].start(), latin[kept[size - 1]].end())
                at = kept[size - 1] + 1
                break
        else:
            if idle[at]:
                found.idle.update(range(latin[at].start(), latin[at].end()))
            at += 1


def _begins(words: str, names: Names) -> bool:
    """Whether a number is asked for no more: 数字 begins 数字经济."""
    return words[:2] in _BEGINNINGS and len(words) > 2 and bool(names.holding(plain(words)))


def _rest(found: Found, names: Names) -> None:
    """What is neither name nor notion may be part of a name, or words of the text."""
    idle = notions().idle
    known = found.taken | found.idle
    known.update(at for item in found.items for at in range(item.start, item.end))
    masked = "".join("\x00" if at in known else c for at, c in enumerate(found.text))
    for run in list(re.finditer("[一-鿿A-Za-z0-9%+—-]+", masked)):
        start, end = run.start(), run.end()
        options = _held(found.text[start:end], names)
        while not options and end > start and found.text[end - 1] in idle and not found.text[end - 1].isascii():
            end -= 1
            options = _held(found.text[start:end], names)
        while not options and end > start and found.text[start] in idle and not found.text[start].isascii():
            start += 1
            options = _held(found.text[start:end], names)
        found.idle.update((*range(run.start(), start), *range(end, run.end())))
        words = found.text[start:end]
        options = options or names.clipped(words)
        if len(words) > 1:
            found.add(start, end, [*options, Option("text", words, words)])
    english = [(stem(m[0].lower()), m) for m in WORD.finditer(masked)]
    pending = [(word, m) for word, m in english if m.start() not in found.idle]
    if len(pending) > 1 and (options := indicators_with({word for word, _ in pending}, names)):
        start, end = pending[0][1].start(), pending[-1][1].end()
        found.items = [i for i in found.items if not (start <= i.start and i.end <= end and not i.notion)]
        found.add(start, end, options)


def _held(words: str, names: Names) -> list[Option]:
    """What holds the words in its name; only likely meant where they are a piece of a longer word that a topic is
    called by: 经济 of 数字经济."""
    asked = plain(words)
    options = names.holding(asked) if len(asked) > 1 and _CJK.search(words) else []
    topics = set(notions().topics.values())
    longer = next((topic for topic in sorted(topics) if asked in topic), "") if asked not in topics else ""
    whole = longer and any(asked in option.name.replace(longer, "") for option in options)
    return [replace(option, by=longer, near=True) for option in options] if longer and not whole else options
