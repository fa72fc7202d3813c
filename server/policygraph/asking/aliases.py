"""What else a body is called by rule: no text need print it, and nothing is called so that the rule does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LOCAL = re.compile(r"\b(?:Province|Provincial|City|Municipal|Municipality|Prefecture|County|District)\b|[,(]")
_EACH = re.compile("^各(?=[省市州县区旗盟地])")
SHORTEST, LONGEST = 3, 6
"""Letters of an acronym; two letters may be anything."""


def acronym(name: str) -> str:
    """The capitals of the whole English name of a national body: NDRC for National Development and Reform Commission.
    "" for a body of a place, which nobody calls so, and where they are too few or too many."""
    if _LOCAL.search(name):
        return ""
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z']+", name) if word[0].isupper())
    return letters if SHORTEST <= len(letters) <= LONGEST else ""


def governments(name: str) -> Iterator[str]:
    """西宁市政府 for 西宁市人民政府; 市州政府 and 市州人民政府 for 各市州人民政府: 政府 is short for 人民政府 (as in
    kinds.yaml), and 各 says only that all of them are meant."""
    if not name.endswith("人民政府") or name == "人民政府":
        return
    for form in (name, name.removesuffix("人民政府") + "政府"):
        yield from {form, _EACH.sub("", form)} - {name}
