"""Runs an extractor in a child process, so that no document can take this one's time or memory.

The libraries that read HTML, .docx and PDF are large, and a hostile file can make each of them run for hours or
fill the memory; none can be stopped from inside. The child sets its own limits before it imports any of them, and
is killed at the deadline.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from ...errors import DecodeError
from ...settings import Settings
from .extracted import Extracted, Note

_ROOT = str(Path(__file__).resolve().parents[3])


def extract(data: bytes, kind: str, name: str = "-", limits: Settings | None = None) -> Extracted:
    """The text of a document. kind: html, docx or pdf. Raises DecodeError, also where a limit is passed."""
    limits = limits or Settings()
    paths = [_ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "policygraph.compiler.formats.worker", kind, str(limits.extract_megabytes),
         str(limits.extract_seconds), str(limits.max_characters), str(limits.max_pages)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
    )  # fmt: skip
    with child:
        try:
            answer, _ = child.communicate(data, timeout=limits.extract_seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            raise DecodeError(f"reading it as {kind} took longer than {limits.extract_seconds} seconds "
                              "(setting extract_seconds)", name) from None  # fmt: skip
        except BaseException:
            child.kill()
            raise
    try:
        made = json.loads(answer)
    except ValueError:
        raise DecodeError(
            f"reading it as {kind} needed more than {limits.extract_megabytes} MB or {limits.extract_seconds} seconds "
            "of processor time (settings extract_megabytes, extract_seconds)", name) from None  # fmt: skip
    if "error" in made:
        raise DecodeError(made["error"], name)
    return Extracted(made["text"], tuple(Note(*note) for note in made["notes"]))
