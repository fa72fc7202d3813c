"""/build: a query put together from what the shapes say a class has; each state is an address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ..building import DEEPEST, OPERATORS, Built, Model, Property, model
from ..endpoint.protocol import ProtocolError
from . import context, labels
from .answers import FORMATS, exported, shown
from .facts import Facts, expand
from .i18n import language
from .workbench import ask

routes = Blueprint("build", __name__)
FIRST_ROWS, LIMIT, MOST_CHOICES = 20, 1000, 60
_FIRST = (
    "PolicyDocument", "Path", "Task", "Safeguard", "Measure", "Assignment", "Target", "Goal", "Actor",
    "Indicator", "Place", "Term", "Citation", "Alignment",
)  # fmt: skip
"""What researchers ask about comes first, then the pieces that the graph is made of."""
_NAMES = ("skos:notation", "rdfs:label", "skos:prefLabel", "dcterms:title", "documentNumber", "printedName", "text")


@dataclass(frozen=True, slots=True)
class Line:
    """A property in the form. path: from the class chosen; node: the property, for its name; choices: (IRI, name) of
    the few things that it may be; deeper: the properties of the class behind it, where it is followed."""

    path: str
    node: str
    one: Property
    ticked: bool
    operator: str
    value: str
    choices: list[tuple[str, str]]
    follows: bool
    deeper: list[Line] = field(default_factory=list)


@routes.get("/build")
def page() -> ResponseReturnValue:
    known, facts = model(), context.facts()
    form = context.choice("format", ("html", "text/html", *FORMATS))
    name = context.choice("class", known.classes)
    if not name:
        return render_template("build.html", chosen="", classes=_classes(known, facts))
    followed = [step for step in request.args.getlist("f") if _known(known, name, step, "f")]
    columns = [path for path in request.args.getlist("c") if _known(known, name, path, "c")]
    if "set" not in request.args:
        columns = [one.step for one in known.properties(name) if one.mandatory and one.step in _NAMES]
    columns = [path for path in columns if "/" not in path or path.partition("/")[0] in followed]
    only = _only(known, name, followed)
    try:
        query = Built(name, columns, only, language(), LIMIT).query(known)
        few = Built(name, columns, only, language(), FIRST_ROWS + 1, proof=True)
        first = few.query(known)
    except ValueError as error:
        path = next(path for path, (_, value) in only.items() if value == str(error))
        wanted = known.property(name, path).datatype
        raise ProtocolError(400, "parameter", name=f"v.{path}", value=str(error), allowed=wanted or "IRI") from None
    if form in FORMATS:
        proven = Built(name, columns, only, language(), LIMIT, proof=True).query(known)
        return exported(proven, context.store(), facts, language(), form, name)
    answer = ask(context.store(), first)
    table = shown(answer.table, facts, language(), FIRST_ROWS) if answer.table else None
    if table:
        table = replace(table, columns=[(_called(facts, few.paths[v]), v) for _, v in table.columns])
    return render_template(
        "build.html",
        chosen=name,
        classes=_classes(known, facts),
        lines=[_line(known, facts, name, one, columns, only, followed) for one in known.properties(name)],
        query=query,
        answer=answer,
        table=table,
        few=FIRST_ROWS,
        limit=LIMIT,
        here=request.full_path,
    )


def _called(facts: Facts, path: str) -> str:
    """A column by the name of its property, or of the class that is listed."""
    return str(labels.label(facts, _node(path.rpartition("/")[2]), language()))


def _node(step: str) -> str:
    step = step.removeprefix("^")
    return step if ":" in step else f"pg:{step}"


def _classes(known: Model, facts: Facts) -> list[tuple[str, int]]:
    """The classes that the data holds something of, with how many; in the order of _FIRST, then the most used
    first."""
    counts = facts.members()
    counted = [(name, counts[f"pg:{name}"]) for name in known.classes]
    return sorted((each for each in counted if each[1]), key=lambda each: (_order(each[0]), -each[1], each[0]))


def _order(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _known(known: Model, name: str, path: str, parameter: str) -> bool:
    try:
        one = known.property(name, path)
    except KeyError:
        allowed = ", ".join(each.step for each in known.properties(name))
        raise ProtocolError(400, "parameter", name=parameter, value=path, allowed=allowed) from None
    return parameter != "f" or bool(one.target)


def _only(known: Model, name: str, followed: list[str]) -> dict[str, tuple[str, str]]:
    """Path → (operator, value) of every value that was filled in; what hangs on a step that is not followed is let
    go with it."""
    found = {}
    for key, value in request.args.items():
        path = key.removeprefix("v.")
        if not key.startswith("v.") or not value.strip() or not _known(known, name, path, "v"):
            continue
        if "/" in path and path.partition("/")[0] not in followed:
            continue
        operator = context.choice(f"o.{path}", OPERATORS)
        found[path] = (operator or "has", value.strip())
    return found


def _line(
    known: Model, facts: Facts, name: str, one: Property, columns: list[str], only: dict[str, tuple[str, str]],
    followed: list[str], before: str = "",
) -> Line:  # fmt: skip
    path = f"{before}{one.step}"
    operator, value = only.get(path, ("", ""))
    inner = known.properties(one.target) if one.target and not before and path in followed else []
    return Line(
        path,
        _node(one.step),
        one,
        path in columns,
        operator,
        value,
        _choices(facts, one.target),
        bool(one.target and DEEPEST > 1 and not before and known.properties(one.target)),
        [_line(known, facts, name, each, columns, only, followed, f"{path}/") for each in inner],
    )


def _choices(facts: Facts, target: str) -> list[tuple[str, str]]:
    """The things that a property may lead to, where they are few and have names of their own."""
    key = ("choices", target, language())
    known = facts.recall(key)
    if isinstance(known, list):
        return known
    few = target and facts.members()[f"pg:{target}"] <= MOST_CHOICES
    nodes = facts.into(f"pg:{target}", "rdf:type") if few else []
    named = nodes and len(nodes) <= MOST_CHOICES and all(facts.values(node, "skos:prefLabel") for node in nodes)
    made = [(expand(node), str(labels.label(facts, node, language()))) for node in nodes] if named else []
    return facts.remember(key, sorted(made, key=lambda pair: pair[1]))
