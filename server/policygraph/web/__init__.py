"""The pages: `create_app` makes the Flask application over a store."""

from .app import create_app

__all__ = ["create_app"]
