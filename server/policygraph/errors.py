"""Every error that policygraph raises on purpose, under one root.

    PolicyGraphError
    ├── InputError            a file or text that cannot be used: names source, line and column
    │   ├── DecodeError       no text: wrong encoding, empty, damaged, past a limit
    │   ├── CompileError      no document could be made of it
    │   └── RegistryError     a malformed entry of data/registry, data/national or alignment
    ├── IriError              not one of our IRIs, or two things that would share one
    ├── BuildError            the graph is inconsistent, breaks a shape, or a committed file is stale
    ├── QuestionError         a question file or its parameters
    │   └── ParameterError    a value that a parameter cannot have: in English and in Chinese
    └── StoreError            the store cannot be opened or reached
        ├── QuerySyntaxError  the engine's parser refused the query: message, line, column
        ├── RefusedError      asked for what a read-only endpoint never does (update, SERVICE, LOAD)
        ├── LimitError        the query met a limit: time, rows, bytes, memory
        ├── UnionError        an engine whose default graph is not the union of its graphs
        ├── DatasetError      an engine that passes over the dataset it is asked for
        ├── BusyError         not now: the queue is full, or the store is being replaced
        │   └── RateError     not now: this client has asked for more than its share
        └── ClientGoneError   whoever asked has left; its query was ended

The command line turns each of them into one message and exit code 2; the server into a problem document.
"""

from __future__ import annotations


class PolicyGraphError(Exception):
    """Root of all expected errors; its text is meant for a person."""


class InputError(PolicyGraphError):
    """Input that cannot be used.

    source: file name or "-"; line and column count from 1 (0 where the whole file is meant); excerpt: the words.
    """

    def __init__(self, message: str, source: str = "", line: int = 0, column: int = 0, excerpt: str = "") -> None:
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.excerpt = excerpt
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.source
        if self.line:
            place += f":{self.line}:{self.column}"
        head = f"{place}: {self.message}" if place else self.message
        return f"{head}\n    {self.excerpt}" if self.excerpt else head


class DecodeError(InputError):
    """No text can be made of the bytes: no known encoding or format, damaged, empty, or past a limit of Settings."""


class CompileError(InputError):
    """No policy document can be made of the text."""


class RegistryError(InputError):
    """An entry of a curated file is malformed."""


class IriError(PolicyGraphError):
    """A name cannot become an IRI, an IRI is not ours, or two things would share one."""


class BuildError(PolicyGraphError):
    """The build's result must not be published; the message lists why."""


class QuestionError(InputError):
    """A question file with a broken header, or a parameter it does not know."""


class ParameterError(QuestionError):
    """A value that a parameter of a question cannot have; zh: the message in Chinese, for pages."""

    def __init__(self, message: str, zh: str, source: str = "") -> None:
        self.zh = zh
        super().__init__(message, source)


class StoreError(PolicyGraphError):
    """The store cannot be opened, reached or trusted."""


class QuerySyntaxError(StoreError):
    """The query does not parse; line and column count from 1 where the parser told them, else 0."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.message = message
        self.line = line
        self.column = column
        super().__init__(f"{line}:{column}: {message}" if line else message)


class RefusedError(StoreError):
    """A request that a read-only store never carries out: update, SERVICE, LOAD."""


class UnionError(StoreError):
    """The engine keeps its named graphs out of the default graph: queries without GRAPH would find nothing there."""


class DatasetError(StoreError):
    """The engine passes over the graphs that a request names: its answer would be that of other graphs."""


class LimitError(StoreError):
    """A query that met a limit.

    limit: timeout (most: seconds), max_rows (solutions or triples), max_bytes, max_memory (bytes), or complexity
    (the engine's stack; most: 0).
    """

    def __init__(self, limit: str, most: float) -> None:
        self.limit = limit
        self.most = most
        super().__init__(f"the query met the limit {limit}" + (f" ({most:g})" if most else ""))


class BusyError(StoreError):
    """No room for another query at this moment.

    seconds: when to come back; why: queue (too many wait), waited (no place became free in the time that a query
    may wait: most, in seconds) or ended (the process that holds the data is gone).
    """

    def __init__(self, message: str, seconds: int = 1, why: str = "queue", most: float = 0) -> None:
        self.seconds = seconds
        self.why = why
        self.most = most
        super().__init__(message)


class RateError(BusyError):
    """This client has asked for more than its share."""


class ClientGoneError(StoreError):
    """The client closed its connection, so its query was ended; nobody reads this."""
