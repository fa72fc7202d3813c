"""The access log: one JSON object a line, with what came of the query, and no query unless that is asked for."""

from __future__ import annotations

import hashlib
import json
import logging
import logging.handlers
import time

from .front import Seen


class AccessLog:
    """path: a file, which may be moved away at any time, "-" for standard error, "" for none."""

    def __init__(self, path: str, with_queries: bool) -> None:
        self._with_queries = with_queries
        self._logger = logging.Logger("policygraph.access")  # no child of the root: nothing else may write to it
        if path:
            handler: logging.Handler = logging.StreamHandler()
            if path != "-":
                handler = logging.handlers.WatchedFileHandler(path, encoding="utf-8")
            handler.setFormatter(logging.Formatter("%(message)s"))
            self._logger.addHandler(handler)
        self.on = bool(path)

    def close(self) -> None:
        """Close the file."""
        for handler in self._logger.handlers:
            handler.close()

    def write(self, seen: Seen, seconds: float) -> None:
        """One request; its path without the query string."""
        if not self.on:
            return
        call = seen.call
        entry: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()) + "Z",
            "client": seen.client,
            "method": seen.method,
            "path": seen.path,
            "status": seen.status,
            "bytes": seen.size,
            "ms": round(seconds * 1000, 3),
        }
        if seen.outcome:
            entry["outcome"] = seen.outcome
        if call.query is not None:
            entry["query"] = digest(call.query)
            entry["rows"] = call.rows
            entry["engine_ms"] = round(call.engine_seconds * 1000, 3)
            if self._with_queries:
                entry["text"] = call.query
        self._logger.info(json.dumps(entry, ensure_ascii=False))


def digest(query: str) -> str:
    """What the log calls a query: the first 16 hexadecimal digits of its sha256."""
    return hashlib.sha256(query.encode()).hexdigest()[:16]
