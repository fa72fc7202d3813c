"""SHACL by pySHACL, in a process of its own: a bad shapes graph leaves rdflib's settings changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from rdflib import Graph

from ..errors import BuildError
from .namespaces import SH
from .shapes import Violation


def validate(graph: Graph, shapes: Path) -> list[Violation]:
    """Violations, sorted; an empty list means that the graph conforms. Raises BuildError if pySHACL fails."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "policygraph.graph.validate", str(shapes)],
        input=graph.serialize(format="nt", encoding="utf-8"), capture_output=True,
    )  # fmt: skip
    if ran.returncode:
        raise BuildError(f"validation could not run:\n{ran.stderr.decode(errors='replace')[-2000:]}")
    return [Violation(*row) for row in json.loads(ran.stdout)]


def main() -> int:
    """N-Triples on standard input; violations as JSON rows on standard output."""
    import pyshacl

    data = Graph().parse(data=sys.stdin.buffer.read().decode(), format="nt")
    shapes = Graph().parse(sys.argv[1], format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    rows = sorted(
        [str(report.value(r, SH.focusNode)), str(report.value(r, SH.sourceShape)),
         " / ".join(sorted(str(m) for m in report.objects(r, SH.resultMessage)))]
        for r in report.objects(None, SH.result)  # and not the details below a result
    )  # fmt: skip
    json.dump(rows, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
