"""What many tests need: the committed document compiled once, and its published dataset."""

from __future__ import annotations

import pytest

from policygraph import resources
from policygraph.compiler.read import read_path
from policygraph.compiler.registry import Registry, load_registry
from policygraph.graph.build import Compiled, compile_source
from policygraph.store import EmbeddedStore


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(resources.data() / "registry")


@pytest.fixture(scope="session")
def qinghai(registry: Registry) -> Compiled:
    return compile_source(read_path(resources.data() / "sources" / "qinghai-2020-62.txt"), registry)


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """The published data; modules that ask another store have a fixture of their own."""
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return EmbeddedStore([resources.dataset()])
