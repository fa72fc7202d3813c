"""One text with its triples: read → parse → resolve → emit, and no rdflib until somebody asks for a Graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from .. import resources
from ..compiler.emit import emit
from ..compiler.model import Document, Finding
from ..compiler.parse import parse, readers_for
from ..compiler.read import Source, store
from ..compiler.registry import Registry, load_registry
from ..compiler.resolve import Names, document_id
from ..compiler.unit import Readers
from .iri import Minter
from .triples import Triples

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Compiled:
    """One text with its triples and what its reader must know."""

    source: Source
    document: Document
    name: str
    triples: Triples
    findings: tuple[Finding, ...] = ()
    new: dict[str, str] = field(default_factory=dict)
    """Things that the registry lacks: IRI → kind and name."""

    @cached_property
    def graph(self) -> Graph:
        """The triples as an rdflib Graph, made at the first call: it costs more than all stages before it."""
        return self.triples.graph()


def compile_source(source: Source, registry: Registry, given_id: str = "", minter: Minter | None = None,
                   readers: Readers | None = None) -> Compiled:  # fmt: skip
    """One text by the rules. readers: the registry's, made before for many texts. Raises InputError, IriError."""
    document = parse(source, readers or readers_for(registry))
    name = document_id(document, given_id)
    issuers, title = tuple(q.value for q in document.facts.get("passed_by", [])), document.fact("title")
    home = registry.home(issuers, title, document.fact("documentNumber"))
    names = Names(registry, home, minter or Minter(), name)
    names.bears(title, issuers[0] if issuers else "", name)
    triples = emit(document, name, names)
    findings = sorted([*source.findings, *document.findings, *names.findings], key=lambda f: f.span)
    return Compiled(source, document, name, triples, tuple(findings), names.new)


def compile_text(text: str, *, id: str = "", name: str = "-") -> Compiled:
    """Compile a text with the package's own registry: the public verb. Raises InputError, IriError."""
    return compile_source(store(text, name), load_registry(resources.data() / "registry"), id)
