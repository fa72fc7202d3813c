"""What the words of a typed question are: names of the graph, years, numbers, provisions, notions, and the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from .concepts import notions, stem
from .english import WORD, english_names, indicators_with, topics
from .names import ENDS, SOFT, Names, Option, plain

_CJK = re.compile("[一-鿿]+")
_QUOTED = re.compile(r"[“\"「『《‘]([^“”\"「」『』《》‘’]{1,60})[”\"」』》’]")
_NOTATION = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2}){1,2})(?![\d.]|\s*[%万亿元个])(?:\s*条)?")
_N = "[一二三四五六七八九十]{1,3}|\\d{1,2}"
_PRINTED = re.compile(
    rf"第?({_N})(?:部分|章)[的之]?第?[(（]?({_N})[)）]?[条项款]?|({_N})[、.\s]*[(（]({_N})[)）](?:[条项款])?"
    rf"|part\s+(\d{{1,2}}),?\s+provision\s+(\d{{1,2}})", re.IGNORECASE,
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:年底|年末|年)?")
_NUMBER = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(\D{0,6})")
_BARE = re.compile(
    r"(?<![\d.〔\[(（-])(?!(?:19|20)\d\d(?!\d))\d{3,5}(?=\s*(?:$|[^\w\s.%+-]|的|有|中|里|哪|什|没|未|各|文)"
    r"|\s+(?:are|is|has|have|does|that|which|and|not|carried)\b)"
)
"""Digits without a unit, as the number of a document is called: the clauses of 1602, 1602哪些条款. No year."""
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3,6}(?![A-Za-z])")
_MORE = re.compile(r"(?:超过|大于|高于|多于|more than|over|above|exceeding|greater than)\s*$", re.IGNORECASE)
_LESS = re.compile(r"(?:(?<!不)低于|少于|小于|不超过|不高于|不足|less than|under|below|at most)\s*$", re.IGNORECASE)
_REACHED = re.compile(r"(?:不低于|不少于|至少|达到?|约|at least|reach(?:ed)?|about|minimum)\s*$", re.IGNORECASE)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}


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
    _numbers(found, names)
    _acronyms(found, names)
    _exact(found, names)
    english_names(found, names)
    _abbreviated(found, names)
    _notions(found)
    topics(found, names)
    _rest(found, names)
    found.items.sort(key=lambda item: (item.start, -item.end))
    return found


def _quoted(found: Found, names: Names) -> None:
    for match in _QUOTED.finditer(found.text):
        words = match[1].strip()
        options = [*names.exact.get(plain(words), ()), Option("text", words, words)]
        found.add(match.start(), match.end(), options)


def _numbers(found: Found, names: Names) -> None:
    text = found.text
    for match in re.finditer("号", text):
        if number := _document_before(text, match.end(), names):
            found.add(*number)
    for match in re.finditer(r"(?<!\d)\d{2,5}号(?:文件|文)?", text):
        ending = plain(match[0].rstrip("文件"))
        known = [option for form, option in names.documents if form.endswith(ending)]
        if len({option.value for option in known}) == 1 and found.free(match.start(), match.end()):
            found.add(match.start(), match.end(), known[:1])
    for match in _BARE.finditer(text):
        before = text[: match.start()]
        compared = _MORE.search(before) or _LESS.search(before) or _REACHED.search(before)
        if not compared and found.free(match.start(), match.end()) and (known := _numbered(match, names)):
            found.add(match.start(), match.end(), known)
    for match in _PRINTED.finditer(text):
        part, clause = [each for each in match.groups() if each]
        _provision(found, names, match, f"{_integer(part)}.{_integer(clause)}")
    for match in _NOTATION.finditer(text):
        _provision(found, names, match, match[1])
    for match in _YEAR.finditer(text):
        if found.free(match.start(), match.end()):
            found.add(match.start(), match.end(), [Option("year", match[1], match[1])])
    for match in _NUMBER.finditer(text):
        if not found.free(match.start(1), match.end(1)):
            continue
        before = text[: match.start()]
        kind = "below" if _LESS.search(before) or match[2].startswith("以下") else "number"
        name = f"> {match[1]}" if _MORE.search(before) else match[1]
        found.add(match.start(1), match.end(1), [Option(kind, match[1], name)])
        sign = next((each for each in names.signs if match[2].startswith(each)), "")
        if sign:
            found.add(match.start(2), match.start(2) + len(sign), [names.signs[sign]])
            continue
        for length in range(len(match[2]), 0, -1):
            unit = [each for each in names.exact.get(plain(match[2][:length]), ()) if each.kind == "unit"]
            if unit:
                found.add(match.start(2), match.start(2) + length, unit[:1])
                break


def _numbered(match: re.Match[str], names: Names) -> list[Option]:
    """The one document whose number ends with these digits: 1602 is 发改产业〔2019〕1602号. None where several do."""
    ending = re.compile(rf"\D(?:19|20)\d\d{match[0]}号$")
    known = {option.value: option for form, option in names.documents if ending.search(form)}
    return list(known.values()) if len(known) == 1 else []


def _acronyms(found: Found, names: Names) -> None:
    """In capitals: SAFE is a body and safe a word."""
    for match in _CAPITALS.finditer(found.text):
        if (known := names.acronyms.get(match[0])) and found.free(match.start(), match.end()):
            found.add(match.start(), match.end(), list(known))


def _document_before(text: str, end: int, names: Names) -> tuple[int, int, list[Option]] | None:
    """The longest document number that ends here, in whatever brackets."""
    for start in range(max(0, end - 24), end):
        known = [option for option in names.exact.get(plain(text[start:end]), ()) if option.kind == "document"]
        if known and text[start].isalnum():
            return start, end, known
    return None


def _provision(found: Found, names: Names, match: re.Match[str], notation: str) -> None:
    known = [option for _, option in names.partial if option.kind == "provision" and option.value == notation]
    if known and found.free(match.start(), match.end()):
        found.add(match.start(), match.end(), known)


def _integer(words: str) -> int:
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS[ones] if ones else 0)


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


def _notions(found: Found) -> None:
    known = notions()
    chinese, english = known.chinese, known.english
    longest = max(map(len, chinese))
    for run in _runs(found, _CJK):
        at = run.start()
        while at < run.end():
            for end in range(min(run.end(), at + longest), at, -1):
                if (words := found.text[at:end]) in chinese:
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
    return names.holding(plain(words)) if len(plain(words)) > 1 and _CJK.search(words) else []
