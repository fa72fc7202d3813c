"""One document's way from bytes to N-Quads: what every worker runs, here or on a cluster.

A task goes in and an outcome comes out as plain values, so that both can cross a process boundary. The outcome
depends on nothing but the task and the rules: the same bytes wherever it is made.
"""

from __future__ import annotations

import hashlib
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType

from .. import resources
from ..compiler.parse import readers_for
from ..compiler.read import read_bytes
from ..compiler.registry import Registry, load_registry
from ..compiler.resolve import Names
from ..compiler.unit import Readers
from ..errors import BuildError, InputError, PolicyGraphError
from ..graph.compiled import compile_source
from ..graph.iri import path
from ..graph.prefixes import ID_BASE
from ..graph.registered import registered
from ..graph.rules import Rules
from ..graph.shapes import Shapes
from ..graph.triples import Known, Triple, Triples
from ..graph.turtle import read_turtle

SECONDS = 60
"""How long one document may take; a hundred thousand characters take two."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to compile. rules: the digest of code, registry and ontology that the result must come from."""

    name: str
    data: bytes
    rules: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a reader sees it; line and column count from 1, 0 where the whole document is meant."""

    code: str
    message: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """document: its id, "" where none could be made; then `findings` say why.

    names: IRI and name of each thing that the registry lacks; shared: see `parted`.
    """

    document: str = ""
    quads: bytes = b""
    count: int = 0
    findings: tuple[Told, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.quads).hexdigest()


@dataclass(frozen=True)
class Workshop:
    """What a worker makes once and uses for every document."""

    registry: Registry
    readers: Readers
    rules: Rules
    shapes: Shapes
    told: frozenset[Triple]
    known: Known


@lru_cache(maxsize=1)
def workshop() -> Workshop:
    registry = load_registry(resources.data() / "registry")
    rules = Rules(read_turtle(resources.ontology() / "policygraph.ttl"))
    told = frozenset(registered(registry, Names(registry)))
    shapes = Shapes(read_turtle(resources.ontology() / "shapes.ttl"))
    return Workshop(registry, readers_for(registry), rules, shapes, told, Known([*told, *rules.infer(told)]))


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """sha256 of everything that an outcome depends on beside the document: code, registry, ontology."""
    digest = hashlib.sha256()
    folders = (resources.PACKAGE / "compiler", resources.PACKAGE / "graph", resources.data() / "registry")
    files = [p for folder in folders for p in folder.rglob("*") if p.suffix in (".py", ".yaml", ".tsv")]
    others = [*sorted(resources.ontology().glob("*.ttl")), resources.PACKAGE / "pinyin.py", Path(__file__)]
    for file in [*sorted(files, key=_place), *others]:
        data = file.read_bytes()
        digest.update(f"{file.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _place(file: Path) -> str:
    """Sorted alike in a wheel and in a checkout."""
    return "/".join(file.parts[-3:])


def run(task: Task) -> Outcome:
    """Compile, infer, check. Never raises on account of the document: what is wrong with it is told as a finding.

    Raises BuildError where this machine's rules are not those that the task asks for.
    """
    if task.rules != rules_digest():
        raise BuildError("a worker has another version of policygraph or of its registry than this command")
    try:
        with _deadline(SECONDS):
            return _compiled(task)
    except InputError as error:
        return Outcome(findings=(Told("unreadable", error.message, error.line, error.column),))
    except PolicyGraphError as error:
        return Outcome(findings=(Told("refused", str(error)),))
    except TimeoutError:
        return Outcome(findings=(Told("timeout", f"not compiled within {SECONDS} seconds"),))
    except (RecursionError, MemoryError) as error:
        return Outcome(findings=(Told("too-deep", f"nested too deeply or too large: {type(error).__name__}"),))
    except Exception as error:  # a fault of ours must not cost the documents after this one
        return Outcome(findings=(Told("fault", f"the compiler failed: {type(error).__name__}: {error}"),))


def _compiled(task: Task) -> Outcome:
    shop = workshop()
    one = compile_source(read_bytes(task.data, task.name), shop.registry, readers=shop.readers)
    inferred = shop.rules.infer(one.triples.claims, shop.known)
    findings = [Told(f.code, f.message, *one.source.place(f.span.start)) for f in one.findings]
    for violation in shop.shapes.check(one.triples, inferred, shop.known):
        findings.append(Told("shape", str(violation)))
    quads, shared = parted(one.name, one.triples, inferred, shop.known)
    names = tuple(sorted(one.new.items()))
    return Outcome(one.name, quads, len(one.triples) + len(inferred), tuple(findings), names, shared)


def parted(document: str, triples: Triples, inferred: Iterable[Triple], known: Known) -> tuple[bytes, tuple[str, ...]]:
    """(N-Quads of a document, those of its lines that speak of what it shares with others).

    What links its own things, IRIs below its own, goes into its graphs. What it says of a body, a place, an indicator
    or another document alone goes into one graph for all documents, where it stands once. So no triple stands in two
    graphs, and the union of the graphs is their RDF merge in every engine: Oxigraph would count it twice.
    """
    asserted, behind = graphs_of(document)
    root = f"<{ID_BASE}{path('document', document=document)}"
    own, end, shared = (f"{root}>", f"{root}/"), f" <{behind}> .\n", list[str]()
    below = []
    for s, p, o in inferred:
        if s.startswith(own) or o.startswith(own):
            below.append(f"{s} {p} {o}{end}")
        elif (s, p, o) not in known.triples:
            shared.append(f"{s} {p} {o} <{SHARED_INFERRED}> .\n")
    inside = list[Triple]()
    for triple in triples.claims:
        if triple[0].startswith(own) or triple[2].startswith(own):
            inside.append(triple)
        elif triple not in known.triples:
            shared.append(f"{' '.join(triple)} <{SHARED}> .\n")
    shared.sort()
    lines = triples.lines(asserted, inside)
    lines.append("".join(below + shared).encode())
    return b"".join(lines), tuple(shared)


SHARED = ID_BASE + path("graph", name="shared")
SHARED_INFERRED = ID_BASE + path("inferred-graph", document="shared")


def graphs_of(document: str) -> tuple[str, str]:
    """The named graphs of a document: what its text says, and what follows from that."""
    return ID_BASE + path("document-graph", document=document), ID_BASE + path("inferred-graph", document=document)


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End with TimeoutError what takes longer; only the main thread of a process can be ended so."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
