"""Digits of a typed question: numbers of documents and provisions, years, and values with how they are compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .names import Names, Option, plain

if TYPE_CHECKING:
    from .recognise import Found

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
_MORE = re.compile(
    r"(?:超过|大于|高于|多于|>|(?<!no )(?<!not )(?:more than|over|above|exceeding|greater than))\s*$", re.IGNORECASE
)
_LESS = re.compile(
    r"(?:(?<!不)低于|(?<!不)少于|(?<!不)小于|不超过|不高于|不多于|不大于|不足|<|≤|<=|"
    r"less than|under|below|at most|no more than)\s*$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:不低于|不少于|不小于|至少|大于等于|达到?|≥|>=|"
    r"(?:no|not) less than|at least|at or above|reach(?:es|ed|ing)?|minimum)\s*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:约|about|around|approximately)\s*$", re.IGNORECASE)
_UPWARDS = re.compile(
    r"\s*[^\s\d，,。、的]{0,4}?\s*(?:及以上|以上|or more|or above|and above|and more|or higher)", re.IGNORECASE
)
"""500亿元以上, 60% or more: after the number and its unit."""
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}


def numbers(found: Found, names: Names) -> None:
    """Every stretch of digits is read once, as what it most likely is."""
    text = found.text
    for match in re.finditer("号", text):
        if number := _document_before(text, match.end(), names):
            found.add(*number)
    for match in re.finditer(r"(?<!\d)(\d{1,5})号(?:文件|文)?", text):
        if (known := _numbered(match[1], names)) and found.free(match.start(), match.end()):
            found.add(match.start(), match.end(), known)
    for match in _BARE.finditer(text):
        before = text[: match.start()]
        compared = any(each.search(before) for each in (_MORE, _LESS, _LEAST, _ABOUT))
        if not compared and found.free(match.start(), match.end()) and (known := _numbered(match[0], names)):
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
        if found.free(match.start(1), match.end(1)):
            _value(found, names, match)


def _value(found: Found, names: Names, match: re.Match[str]) -> None:
    """A value, and the unit behind it."""
    before, after = found.text[: match.start()], found.text[match.end(1) :]
    kind = "below" if _LESS.search(before) or match[2].startswith("以下") else "number"
    if _UPWARDS.match(after) or _LEAST.search(before):
        name = match[1]
    else:
        name = f"> {match[1]}" if _MORE.search(before) else f"= {match[1]}"
    found.add(match.start(1), match.end(1), [Option(kind, match[1], name)])
    sign = next((each for each in names.signs if match[2].startswith(each)), "")
    if sign:
        found.add(match.start(2), match.start(2) + len(sign), [names.signs[sign]])
        return
    for length in range(len(match[2]), 0, -1):
        unit = [each for each in names.exact.get(plain(match[2][:length]), ()) if each.kind == "unit"]
        if unit:
            found.add(match.start(2), match.start(2) + length, unit[:1])
            break


def _numbered(digits: str, names: Names) -> list[Option]:
    """The one document whose number ends with these digits: 1602 is 发改产业〔2019〕1602号, and 62号 is not 1762号.
    None where several do."""
    known = numbered(digits, names)
    return known if len(known) == 1 else []


def numbered(digits: str, names: Names) -> list[Option]:
    """Every document whose number ends with these digits, of whatever year."""
    ending = re.compile(rf"\D(?:19|20)\d\d{digits}号$")
    return list({option.value: option for form, option in names.documents if ending.search(form)}.values())


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
