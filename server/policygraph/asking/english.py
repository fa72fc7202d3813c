"""English words of a question: names in whatever order of words, topics, and indicators of which a part is named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .concepts import notions, stem
from .names import SOFT, Names, Option
from .topics import stems

if TYPE_CHECKING:
    from .recognise import Found

WORD = re.compile(r"[A-Za-z][A-Za-z'&-]*")
_PART = re.compile(r"[A-Za-z][A-Za-z'&]*")
"""A word of a name: prefecture-level is two, as it is in the look-up."""
_BESIDE = re.compile("[一-鿿]")


def english_names(found: Found, names: Names) -> None:
    """Names whose words stand together, in whatever order: Department of Commerce, commerce department."""
    words = [(stem(m[0].lower().removesuffix("'s")), m.start(), m.end()) for m in _PART.finditer(found.text)]
    words = [word for word in words if not notions().says_nothing(found.text[word[1] : word[2]].lower())]
    best: list[tuple[int, int, int, Option]] = []
    for word, *_ in words:
        for wanted, option in names.english.get(word, ()):
            for at in range(len(words) - len(wanted) + 1):
                window = words[at : at + len(wanted)]
                if {each[0] for each in window} == wanted:
                    best.append((-len(wanted), window[0][1], window[-1][2], option))
    for _, start, end, option in sorted(best, key=lambda each: (each[0], each[1], each[3].value)):
        if option.kind not in SOFT and option.kind != "unit" and found.free(start, end):
            same = [o for _, s, e, o in best if (s, e) == (start, end)]
            found.add(start, end, list(dict.fromkeys([option, *same])))


def topics(found: Found, names: Names) -> None:
    """English words in a row that nothing has read may be a topic; of a thing that was named so, its provisions."""
    for at, item in enumerate(found.items):
        if item.options and item.words.isascii() and (more := names.standing(item.options, item.words)):
            found.items[at] = replace(item, options=(*item.options, *more))
    known = set(found.taken)
    known.update(at for item in found.items for at in range(item.start, item.end))
    pending: list[re.Match[str]] = []
    runs = [pending]
    for match in WORD.finditer(found.text):
        apart = pending and not found.idle.issuperset(range(pending[-1].end(), match.start()))
        if apart or match.start() in known:
            runs.append(pending := [])
        if match.start() not in known | found.idle:
            pending.append(match)
    for start, end in [(run[0].start(), run[-1].end()) for run in runs if run]:
        words = found.text[start:end]
        if _BESIDE.search(found.text[max(0, start - 1) : start] + found.text[end : end + 1]):
            continue  # GDP in 占GDP比重 is part of a Chinese name
        indicators = indicators_with(set(stems(words)), names)
        if len(stems(words)) == 1:
            indicators = [replace(option, near=True) for option in indicators]
        if options := names.about(words):
            options = [*dict.fromkeys([*options, *indicators] if not options[0].near else [*indicators, *options])]
        if options or indicators:
            found.add(start, end, [*(options or indicators), Option("text", words, words)])


def indicators_with(wanted: set[str], names: Names) -> list[Option]:
    """The indicators whose English name holds all these words."""
    options = {o: None for listed in names.english.values() for words, o in listed if wanted <= words}
    return sorted((o for o in options if o.kind == "indicator"), key=lambda option: (len(option.name), option.value))
