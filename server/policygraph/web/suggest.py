"""/suggest: what the search box of every page offers while somebody types, in the language of the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from . import context, labels
from .facts import Facts
from .i18n import language
from .search import Group, found, looked_up_as, titles
from .typed import Understood, readings_of

routes = Blueprint("suggest", __name__)
KINDS = ("body", "clause", "target", "indicator", "document", "term", "place", "words")
_EACH, _READINGS, _LONGEST, _SNIPPET = 3, 3, 200, 48


@routes.get("/suggest")
def suggest() -> ResponseReturnValue:
    asked = context.typed(_LONGEST)
    if not asked:
        raise ProtocolError(400, "no-words")
    facts = context.facts()
    groups = [_told(group, facts, asked) for group in found(facts, asked, list(KINDS), _EACH)]
    if chinese := looked_up_as(facts, asked):  # headings and texts are in Chinese alone
        known = {hit["url"] for group in groups for hit in group["hits"]}
        others = [_told(group, facts, chinese, chinese) for group in found(facts, chinese, list(KINDS), _EACH)]
        for group in others:
            group["hits"] = [hit for hit in group["hits"] if hit["url"] not in known]
        groups += [group for group in others if group["hits"]]
    if read := readings_of(asked)[:_READINGS]:
        groups.insert(0, {"title": gettext("As a question"), "hits": [_reading(each) for each in read]})
    answer = jsonify(
        {
            "label": gettext("Suggestions"),
            "none": gettext("Nothing found; Enter searches all the same"),
            "all": {"text": gettext("All results"), "url": "/search?" + urlencode({"q": asked})},
            "groups": groups,
        }
    )
    answer.headers["Cache-Control"] = "private, max-age=60"
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer


def _reading(read: Understood) -> dict[str, Any]:
    """A question of the library; note: what its names were taken for, and what it would leave out."""
    taken = " · ".join(shown for _, shown, *_ in read.parts)
    missed = " ".join(read.reading.missed)
    return {
        "url": read.form if read.reading.lacking else read.url,
        "cuts": [[read.reading.question.text[language()], False]],
        "note": taken,
        "missed": gettext("leaves out: %(words)s", words=missed) if missed else "",
    }


def _told(group: Group, facts: Facts, asked: str, chinese: str = "") -> dict[str, Any]:
    """chinese: the word that an English topic was looked up by."""
    hits = []
    for hit in group.hits:
        number = labels.notation(facts, hit.node) if group.kind in ("clause", "target", "words") else ""
        document = labels.document_told(facts, hit.node) if number else ""  # two documents have a 2.7 each
        url = labels.show_url(facts, hit.node) if group.kind == "words" else ""
        name = str(labels.label(facts, hit.node, language()))
        called = name if name != hit.words and group.kind != "words" else ""
        hits.append(
            {
                "url": url or labels.url(hit.node),
                "number": number,
                "cuts": _snippet(hit.cuts),
                "note": " · ".join(filter(None, (called, document))),
            }
        )
    more = group.total > len(group.hits)
    url = "/search?" + urlencode({"q": asked, "kind": group.kind})
    by = f"{gettext('looked up as')} {chinese}".replace("： ", "：") if chinese else ""
    return {
        "title": " · ".join(filter(None, (titles()[group.kind], by))),
        "hits": hits,
        "more": {"text": gettext("All %(count)s", count=group.total), "url": url} if more else None,
    }


def _snippet(cuts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The words around the first stretch that was asked for, no longer than a line."""
    first = next((at for at, (_, mark) in enumerate(cuts) if mark), 0)
    before = "".join(text for text, _ in cuts[:first])
    lead = before if len(before) <= _SNIPPET // 3 else "…" + before[-_SNIPPET // 3 :]
    made: list[tuple[str, bool]] = [(lead, False)] if lead else []
    left = _SNIPPET - len(lead)
    for text, mark in cuts[first:]:
        if left <= 0:
            break
        made.append((text[:left] + ("…" if len(text) > left else ""), mark))
        left -= len(text)
    return made
