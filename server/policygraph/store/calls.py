"""What is known of the request that a query belongs to, carried beside it.

The store asks whether anybody still waits for the answer, and tells what came of the query; whoever serves the
request (`endpoint.operations`) provides the one and logs the other. Without a request nobody is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


def _never() -> bool:
    return False


def _welcome() -> None:
    return


@dataclass(slots=True)
class Call:
    """One request.

    gone: whether its client has left; admit: raises BusyError where its client has asked too much.
    query: the query that it asks; rows: of the answer, or None; source: where that came from, cache or run;
    limit: the name of the limit that ended it; engine_seconds: time in a worker, waiting not counted.
    """

    gone: Callable[[], bool] = _never
    admit: Callable[[], None] = _welcome
    query: str | None = None
    rows: int | None = None
    source: str = ""
    limit: str = ""
    engine_seconds: float = 0.0


_current: ContextVar[Call | None] = ContextVar("policygraph_call", default=None)


def current() -> Call:
    """The call of this thread's request; outside of one a fresh call that nobody reads."""
    return _current.get() or Call()


def begin(call: Call) -> None:
    """Make a call the current one of this thread."""
    _current.set(call)
