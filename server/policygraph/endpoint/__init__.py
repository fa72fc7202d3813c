"""The SPARQL endpoint: protocol, graph store, content negotiation, service description, problem documents."""

from __future__ import annotations

from .blueprint import sparql_blueprint
from .graphstore import graph_store_blueprint
from .openapi import openapi_blueprint

__all__ = ["graph_store_blueprint", "openapi_blueprint", "sparql_blueprint"]
