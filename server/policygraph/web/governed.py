"""The place that a document is for: no text says so in a sentence of its own. The compiler takes the place of the
issuer, else the one that the title names, else the sign that opens the number (青 in 青政办); here, which it was."""

from __future__ import annotations

import re

from flask_babel import gettext

from .facts import Facts

_SUFFIX = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")


def governed_by(facts: Facts, document: str) -> tuple[str, str, str]:
    """(the property whose words tell the place, of these words those that matter or "" for all, how it follows);
    ("", "", "") where the document has no place."""
    places = facts.nodes(document, "eli:jurisdiction")
    if not places:
        return "", "", ""
    issuers = facts.nodes(document, "eli:passed_by")
    if any(place in facts.nodes(issuer, "pg:jurisdiction") for issuer in issuers for place in places):
        return "eli:passed_by", "", gettext("inferred from the place of the issuer, not quoted")
    title = facts.text(document, "dcterms:title")
    names = [name for place in places for name in facts.texts(place, "skos:prefLabel")]
    for name in (*names, *(_SUFFIX.sub("", name) for name in names)):
        if len(name) > 1 and name in title:
            return "dcterms:title", name, gettext("inferred from the place that the title names, not quoted")
    return "pg:documentNumber", "", gettext("inferred from the sign of the place that opens the number, not quoted")
