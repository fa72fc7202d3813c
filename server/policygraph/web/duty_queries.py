"""The SPARQL query behind each view of bodies and tasks: it gives the rows of the view's table, in their order."""

from __future__ import annotations

from dataclasses import replace

from ..graph.namespaces import PREFIXES
from .facts import expand
from .scope import Scope

_USED = ("pg", "eli", "skos", "rdfs", "org", "prov", "oa", "id")
_STATED = """  ?provision eli:is_part_of+ ?document ; skos:notation ?number ; rdfs:label ?heading ;
    pg:hasAssignment ?assignment ; prov:wasQuotedFrom/oa:hasSelector/oa:start ?start .
  ?assignment pg:role ?role ; pg:position ?position ; pg:printedName ?printedName .
"""
_NAMED = "  ?assignment pg:actor ?actor .\n"
_SPREAD = """  { ?assignment pg:actor ?actor } UNION {
    ?assignment pg:actor ?collective .
    ?membership org:organization ?collective ; org:member ?actor .
    OPTIONAL { ?membership pg:verification ?verification }
  }
"""


def of_duties(scope: Scope) -> str:
    """A row a duty: the matrix, the drawing and the list of tasks."""
    more = " ?collective ?verification" if scope.expand else ""
    return (
        _prefixes()
        + f"SELECT DISTINCT ?document ?number ?heading ?name ?printedName ?role ?position ?provision ?actor ?assignment"
        f"{more}\nWHERE {{\n"
        + _values("document", [scope.document])
        + "  ?document a pg:PolicyDocument .\n"
        + _part(scope)
        + _STATED
        + (_SPREAD if scope.expand else _NAMED)
        + _kept(scope, "?actor")
        + '  ?actor skos:prefLabel ?name . FILTER(LANG(?name) = "zh")\n}\n'
        + "ORDER BY STR(?document) ?start ?position"
        + (" BOUND(?collective) STR(?actor)\n" if scope.expand else " STR(?actor)\n")
    )


def of_pairs(scope: Scope, least: int) -> str:
    """A row a pair of bodies with the number of provisions that name both: the network."""
    filters = []
    for name in ("first", "second"):
        filters.append(
            f"      ?provision pg:hasAssignment [ pg:actor ?{name} ; pg:role ?{name}Role ] .\n"
            + _kept(replace(scope, body=""), f"?{name}", name, 6)
        )
    return (
        _prefixes()
        + "SELECT DISTINCT ?first ?firstName ?second ?secondName ?shared\nWHERE {\n  {\n"
        + "    SELECT ?first ?second (COUNT(DISTINCT ?provision) AS ?shared)\n    WHERE {\n"
        + _values("document", [scope.document], 6)
        + _part(scope, 6)
        + "      ?provision eli:is_part_of+ ?document .\n"
        + "".join(filters)
        + (f"      FILTER(<{expand(scope.body)}> IN (?first, ?second))\n" if scope.body else "")
        + "      FILTER(STR(?first) < STR(?second))\n    }\n    GROUP BY ?first ?second\n"
        + f"    HAVING (COUNT(DISTINCT ?provision) >= {least})\n  }}\n"
        + "  ?first skos:prefLabel ?firstName . ?second skos:prefLabel ?secondName .\n"
        + '  FILTER(LANG(?firstName) = "zh" && LANG(?secondName) = "zh")\n'
        + "}\nORDER BY DESC(?shared) STR(?first) STR(?second)\n"
    )


def of_shared(scope: Scope, first: str, second: str) -> str:
    """A row a provision that names both bodies: an edge of the network."""
    role = f" ; pg:role pg:{scope.role}" if scope.role else ""
    return (
        _prefixes()
        + "SELECT DISTINCT ?number ?heading ?provision\nWHERE {\n"
        + _values("document", [scope.document])
        + _part(scope)
        + "  ?document a pg:PolicyDocument .\n"
        + "  ?provision eli:is_part_of+ ?document ; skos:notation ?number ; rdfs:label ?heading ;\n"
        + "    prov:wasQuotedFrom/oa:hasSelector/oa:start ?start ;\n"
        + f"    pg:hasAssignment [ pg:actor <{expand(first)}>{role} ] , [ pg:actor <{expand(second)}>{role} ] .\n"
        + "}\nORDER BY STR(?document) ?start\n"
    )


def of_bodies(scope: Scope) -> str:
    """A row a body with its provisions and how often it is listed first."""
    return (
        _prefixes()
        + "SELECT ?name (COUNT(DISTINCT ?provision) AS ?provisions) (COUNT(DISTINCT ?leading) AS ?first) ?actor\n"
        + "WHERE {\n"
        + _values("document", [scope.document])
        + _part(scope)
        + "  ?provision eli:is_part_of+ ?document ; pg:hasAssignment ?assignment .\n"
        + "  ?assignment pg:actor ?actor ; pg:role ?role ; pg:position ?position .\n"
        + _kept(scope, "?actor")
        + "  BIND(IF(?position = 1, ?provision, ?none) AS ?leading)\n"
        + '  ?actor skos:prefLabel ?name . FILTER(LANG(?name) = "zh")\n'
        + "}\nGROUP BY ?name ?actor\nORDER BY DESC(?provisions) DESC(?first) STR(?actor)\n"
    )


def _prefixes() -> str:
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _USED[:-1]) + "\n"


def _values(name: str, nodes: list[str], indent: int = 2) -> str:
    listed = " ".join(f"<{expand(node)}>" for node in nodes if node)
    return f"{' ' * indent}VALUES ?{name} {{ {listed} }}\n" if listed else ""


def _part(scope: Scope, indent: int = 2) -> str:
    if not scope.part or not scope.document:
        return ""
    return f"{' ' * indent}?provision eli:is_part_of* <{expand(scope.document)}/{scope.part}> .\n"


def _kept(scope: Scope, actor: str, prefix: str = "", indent: int = 2) -> str:
    """The filters on a body and its role."""
    lines = []
    if scope.body:
        lines.append(f"VALUES {actor} {{ <{expand(scope.body)}> }}")
    if scope.role:
        lines.append(f"FILTER(?{prefix + 'Role' if prefix else 'role'} = pg:{scope.role})")
    if scope.kind:
        lines.append(f"{actor} pg:actorKind pg:{scope.kind} .")
    if scope.group:
        sign = "EXISTS" if scope.group == "collective" else "NOT EXISTS"
        lines.append(f"FILTER {sign} {{ {actor} a pg:CollectiveActor }}")
    return "".join(f"{' ' * indent}{line}\n" for line in lines)
