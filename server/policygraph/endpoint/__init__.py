"""The SPARQL endpoint: protocol, content negotiation, service description, problem documents."""

from __future__ import annotations

from .blueprint import sparql_blueprint

__all__ = ["sparql_blueprint"]
