"""How to cite a document or a provision: GB/T 7714-2015, BibTeX, and schema.org JSON-LD for search engines.

Everything comes from the graph; what it does not know is left out. GB/T 7714-2015 has no code of its own for
official documents, so they are cited as online resources (EB/OL, its section 4.6), a provision as a part of its
document (section 4.2, the form with //). The day of access is the day on which the page is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from .facts import Facts, expand
from .issuers import issuers
from .labels import label
from .passages import parts, provisions

_GOVERNMENT = {"pg:Government", "pg:GovernmentOffice", "pg:ProvincialDepartment", "pg:CentralBody", "pg:CentralBranch"}


@dataclass(frozen=True, slots=True)
class Citing:
    """gbt, bibtex: the citation as text; permalink: the IRI that both name."""

    gbt: str
    bibtex: str
    permalink: str


def citing(facts: Facts, document: str, provision: str = "", today: date | None = None, address: str = "") -> Citing:
    """Of a document, or of one of its provisions; address: the statement in it that is to be found."""
    day = (today or date.today()).isoformat()
    permalink = expand(address or provision or document)
    named = issuers(facts, document)
    names = [label(facts, node, "zh").text for node in named.nodes] + ["等"] * bool(named.more)
    who = ", ".join(names)
    title, number = facts.text(document, "dcterms:title"), facts.text(document, "pg:documentNumber")
    dated = facts.text(document, "eli:date_document")
    whole = f"{title}: {number}" if number else title
    head = f"{who}. " if who else ""
    when = f"({dated})" if dated else ""
    if provision:
        part, place = facts.text(provision, "rdfs:label"), printed_place(facts, provision)
        gbt = f"{head}{part}[EB/OL]//{head}{whole}: {place}. {when}[{day}]. {permalink}."
    else:
        gbt = f"{head}{whole}[EB/OL]. {when}[{day}]. {permalink}."
    fields = {
        "author": " and ".join("others" if name == "等" else f"{{{name}}}" for name in names),
        "title": f"{{{facts.text(provision, 'rdfs:label')}}}" if provision else f"{{{title}}}",
        "booktitle": f"{{{title}}}" if provision else "",
        "chapter": printed_place(facts, provision) if provision else "",
        "number": number,
        "date": dated,
        "year": dated[:4],
        "url": permalink,
        "urldate": day,
        "langid": "chinese",
    }
    key = permalink.partition("/id/doc/")[2].replace("/", "-")
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return Citing(gbt, f"@{'incollection' if provision else 'misc'}{{{key},\n{lines}}}", permalink)


def printed_place(facts: Facts, provision: str) -> str:
    """Where a provision stands, as printed: 三、(二); its number where nothing is printed."""
    part = facts.node(provision, "eli:is_part_of") or ""
    printed = facts.text(part, "pg:printedNumber") + facts.text(provision, "pg:printedNumber")
    return printed or facts.text(provision, "skos:notation")


def json_ld(facts: Facts, document: str) -> Markup:
    """A data block for the head of a document's page: a DigitalDocument, which is all that schema.org has for it.

    schema:Legislation is for acts and decrees and schema:Report for reports; an 意见 is neither.
    """
    made: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "@id": expand(document),
        "url": expand(document),
        "additionalType": expand("eli:LegalResource"),
        "name": facts.text(document, "dcterms:title"),
        "inLanguage": "zh-CN",
        "identifier": facts.text(document, "pg:documentNumber"),
        "dateCreated": facts.text(document, "eli:date_document"),
        "author": [_organization(facts, node) for node in issuers(facts, document).nodes],
        "spatialCoverage": [
            {"@type": "Place", "@id": expand(node), "name": label(facts, node, "zh").text}
            for node in facts.nodes(document, "eli:jurisdiction")
        ],
        "citation": [
            {"@type": "DigitalDocument", "@id": expand(cited), "name": facts.text(item, "pg:citedTitle")}
            for item in facts.nodes(document, "pg:hasCitation")
            for cited in facts.nodes(item, "pg:citedDocument")
        ],
        "hasPart": [
            {
                "@type": "CreativeWork",
                "@id": expand(node),
                "name": facts.text(node, "rdfs:label"),
                "position": facts.text(node, "skos:notation"),
            }
            for node in [*parts(facts, document), *provisions(facts, document)]
        ],
    }
    text = json.dumps({key: value for key, value in made.items() if value}, ensure_ascii=False)
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(text.replace("<", "\\u003c"))  # no text can end the element
    )


def _organization(facts: Facts, node: str) -> dict[str, str]:
    kind = "GovernmentOrganization" if _GOVERNMENT & set(facts.nodes(node, "pg:actorKind")) else "Organization"
    return {"@type": kind, "@id": expand(node), "name": label(facts, node, "zh").text}
