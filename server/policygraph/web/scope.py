"""What a view of bodies and tasks shows: a document and what is left of it, as the address says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from ..endpoint.protocol import ProtocolError
from . import context, duties
from .duties import Duty, Pair
from .facts import Facts, natural
from .passages import documents

ROLES = ("Lead", "Support", "Responsible")
GROUPS = ("single", "collective")
SORTS = ("count", "order")
_MOST_LEAST = 99
_MOST_NAMED = 12  # choices that a refusal lists


@dataclass(frozen=True, slots=True)
class Scope:
    """One document, or all that name a body, with the filters; "" is no filter.

    least: provisions that a pair shares at least, 0 where the view may choose.
    """

    document: str
    body: str = ""
    part: str = ""
    role: str = ""
    kind: str = ""
    group: str = ""
    sort: str = "count"
    least: int = 0
    expand: bool = False

    def keeps(self, duty: Duty) -> bool:
        return (
            (not self.body or duty.actor == self.body)
            and (not self.part or _slug(duty.part) == self.part)
            and (not self.role or duty.role == f"pg:{self.role}")
            and (not self.kind or duty.kind == f"pg:{self.kind}")
            and (not self.group or duty.collective == (self.group == "collective"))
        )

    def query(self, **changed: object) -> str:
        """The address' parameters, with some changed; what is at its default is left out."""
        values: dict[str, object] = {
            "document": self.document.removeprefix("id:doc/"), "body": self.body.removeprefix("id:org/"),
            "part": self.part, "role": self.role, "kind": self.kind, "group": self.group,
            "sort": "" if self.sort == "count" else self.sort, "least": self.least,
            "expand": 1 if self.expand else "",
        } | changed  # fmt: skip
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class Choices:
    """What each filter may be, of what a document holds."""

    parts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def texts(facts: Facts) -> tuple[str, ...]:
    """The documents whose text is in the graph, in the order of their names."""
    known = facts.recall("texts of duties")
    if not isinstance(known, tuple):
        found = [node for node in documents(facts) if facts.text(node, "pg:sourceDigest")]
        known = facts.remember("texts of duties", tuple(found))
    return known


def asked(facts: Facts) -> Scope | None:
    """The scope of this request, None where there are several documents and none is named.

    Raises ProtocolError (400) for a value that a parameter cannot have.
    """
    document, body = node(facts, "document", "doc"), node(facts, "body", "org")
    if not document:
        known = texts(facts)
        if len(known) == 1:
            document = known[0]
        elif not body:
            return None
    may = choices(duties.of_document(facts, document)) if document else Choices()
    return Scope(
        document,
        body,
        context.choice("part", [_slug(part) for part in may.parts]),
        context.choice("role", ROLES),
        context.choice("kind", [kind[3:] for kind in facts.of_type("pg:ActorKind")]),
        context.choice("group", GROUPS),
        context.choice("sort", SORTS) or SORTS[0],
        _least(),
        context.choice("expand", ("1",)) == "1",
    )


def held(facts: Facts, scope: Scope) -> list[Duty]:
    """What a scope shows; a duty spread over members is filtered by what the member is."""
    found: list[Duty] = []
    for document in [scope.document] if scope.document else _documents(facts, scope):
        listed = duties.of_document(facts, document)
        found += duties.spread(facts, listed) if scope.expand else listed
    return [duty for duty in found if scope.keeps(duty)]


def pairs(facts: Facts, scope: Scope) -> list[Pair]:
    """Who works with whom in a scope, at least one provision; of a body: with whom it does."""
    found = duties.pairs(held(facts, replace(scope, body="", expand=False)))
    return [pair for pair in found if not scope.body or scope.body in (pair.first, pair.second)]


def choices(found: Iterable[Duty]) -> Choices:
    listed = list(found)
    return Choices(
        tuple(dict.fromkeys(duty.part for duty in listed)),
        tuple(role for role in ROLES if any(duty.role == f"pg:{role}" for duty in listed)),
        tuple(sorted({duty.kind for duty in listed if duty.kind})),
        tuple(group for group in GROUPS if any(duty.collective == (group == "collective") for duty in listed)),
    )


def node(facts: Facts, name: str, room: str) -> str:
    """The node that a parameter names without its prefix; a refusal lists some of what there is."""
    value = request.args.get(name, "")
    named = f"id:{room}/{value}"
    if not value:
        return ""
    if named in texts(facts) if room == "doc" else facts.is_a(named, "pg:Actor", "pg:CollectiveActor"):
        return named
    known = texts(facts) if room == "doc" else facts.of_type("pg:Actor", "pg:CollectiveActor")
    listed = [each.partition("/")[2] for each in known[:_MOST_NAMED]]
    more = ["…"] if len(known) > _MOST_NAMED else []
    raise ProtocolError(400, "parameter", name=name, value=value[:100], allowed=", ".join([*listed, *more]))


def _least() -> int:
    value = request.args.get("least", "")
    if not value:
        return 0
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= _MOST_LEAST):
        raise ProtocolError(400, "parameter", name="least", value=value[:100], allowed=f"1–{_MOST_LEAST}")
    return int(value)


def _slug(part: str) -> str:
    return part.rpartition("/")[2]


def _documents(facts: Facts, scope: Scope) -> list[str]:
    """The documents that name a body, or with expand a group that it is a member of."""
    names = [scope.body]
    for membership in facts.into(scope.body, "org:member") if scope.expand else ():
        names += facts.nodes(membership, "org:organization")
    return sorted({document for name in names for document in duties.documents_of(facts, name)}, key=natural)
