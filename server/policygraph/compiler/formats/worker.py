"""The child's side of `child`: limits first, then the bytes on standard input, the text as JSON on standard output."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import astuple
from typing import Any


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process for good. Where the system has no such limits, the parent's deadline remains."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes << 20
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(kind: str, data: bytes, megabytes: int, max_characters: int, max_pages: int) -> dict[str, Any]:
    """{"text", "notes"} or {"error"}."""
    from .extracted import NoDocument

    try:
        if kind == "html":
            from .html import read
        elif kind == "docx":
            from .docx import read
        else:
            from .pdf import read
        made = read(data, max_pages=max_pages, max_bytes=megabytes << 18)
    except NoDocument as error:
        return {"error": str(error)}
    except Exception as error:  # the libraries raise anything for a damaged file, and wrap each other's errors
        if _memory(error):
            return {"error": f"reading it as {kind} needs more than {megabytes} MB (setting extract_megabytes)"}
        return {"error": f"a damaged {kind} file: {type(error).__name__}: {str(error)[:200]}"}
    if len(made.text) > max_characters:
        return {"error": f"its text has {len(made.text):,} characters; at most {max_characters:,} are read "
                         "(setting max_characters)"}  # fmt: skip
    return {"text": made.text, "notes": [astuple(note) for note in made.notes]}


def _memory(error: BaseException | None) -> bool:
    seen = 0
    while error is not None and seen < 20:
        if isinstance(error, MemoryError | RecursionError) or any(isinstance(a, MemoryError) for a in error.args):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def main() -> None:
    kind, (megabytes, seconds, characters, pages) = sys.argv[1], map(int, sys.argv[2:6])
    limit(megabytes, seconds)
    out, sys.stdout = sys.stdout.buffer, open(os.devnull, "w")  # noqa: SIM115, PTH123 - libraries print
    made = answer(kind, sys.stdin.buffer.read(), megabytes, characters, pages)
    out.write(json.dumps(made).encode())
    out.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
