"""Sending data to another engine: Graph Store Protocol or SPARQL Update, batch by batch, so that it can go on.

The first batch of a graph replaces what the store had under its name; each further one adds. So a batch that was
sent but never confirmed can be sent again, and an upload that broke off goes on where its journal ends.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from ..errors import StoreError
from .batches import Batch, Plan
from .credentials import FILE, PASSWORD, USER, Credentials, checked_url, opener

WAYS = ("graph-store", "update")
_PAUSES = (0.5, 2.0, 8.0)
"""Seconds before each further try of a batch, while the store is busy or away."""
_BUSY = (429, 502, 503, 504)


def upload(
    plan: Plan,
    url: str,
    way: str,
    journal: Path,
    known: Credentials | None = None,
    progress: Callable[[int], None] = lambda done: None,
    timeout: float = 300,
) -> int:
    """Sends what the journal does not hold yet; returns the triples sent now.

    url: the address that takes uploads; way: one of WAYS; journal: file that is made, kept once something was
    sent and while something is left, and removed at the end; progress: told the triples done so far, those of
    earlier runs among them.

    Raises StoreError when the store refuses, stays away, or the journal belongs to another upload.
    """
    url = checked_url(url)
    sender = _Sender(url, way, known, timeout)
    key = {"upload": plan.digest, "url": url, "way": way}
    done = _read_journal(journal, key)
    sent = finished = 0
    confirmed = done > 0
    try:
        with journal.open("a", encoding="utf-8") as log:
            if not done and journal.stat().st_size == 0:
                log.write(json.dumps(key) + "\n")
            for number, batch in enumerate(plan.batches()):
                finished += batch.size
                if number >= done:
                    try:
                        sender.send(batch)
                    except StoreError as error:
                        raise StoreError(
                            f"{error}; {finished - batch.size} of {plan.total} triples are in, run it again to go on"
                        ) from None
                    sent += batch.size
                    confirmed = True
                    log.write(f"{number}\n")
                    log.flush()
                progress(finished)
    except OSError as error:
        raise StoreError(f"{journal}: {error.strerror or error}") from error
    finally:
        if not confirmed:  # nothing is there to go on with: a mistyped address must not stand in the next one's way
            journal.unlink(missing_ok=True)
    journal.unlink(missing_ok=True)
    return sent


def _read_journal(journal: Path, key: dict[str, str]) -> int:
    """How many batches are done; a last line that was cut off counts as not written."""
    try:
        text = journal.read_text(encoding="utf-8")
    except FileNotFoundError:
        return 0
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{journal}: {error}") from error
    lines = text.split("\n")[:-1]
    try:
        same = not text or json.loads(lines[0]) == key
    except (ValueError, IndexError):
        same = False
    if not same:
        raise StoreError(f"{journal} belongs to another upload; remove it, or name another by --journal")
    if not text.endswith("\n"):
        journal.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    if lines[1:] != [str(number) for number in range(len(lines) - 1)]:
        raise StoreError(f"{journal} is damaged; remove it to begin again")
    return max(0, len(lines) - 1)


class _Sender:
    def __init__(self, url: str, way: str, known: Credentials | None, timeout: float) -> None:
        if way not in WAYS:
            raise ValueError(f"{way}: none of {', '.join(WAYS)}")
        self._url = url
        self._way = way
        self._timeout = timeout
        self._opener = opener(url, known)

    def send(self, batch: Batch) -> None:
        """StoreError where the store does not take it, after some tries while it is busy or away."""
        for pause in (*_PAUSES, None):
            request = self._by_update(batch) if self._way == "update" else self._by_graph_store(batch)
            try:
                with self._opener.open(request, timeout=self._timeout) as response:
                    response.read()
                return
            except urllib.error.HTTPError as error:
                with error:
                    said = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300]
                if error.code not in _BUSY or pause is None:
                    raise StoreError(
                        f"{self._url} answered {error.code} {error.reason}{_hint(error.code)}: {said}"
                    ) from None
            except (OSError, ValueError, http.client.HTTPException) as error:
                if pause is None:
                    reason = getattr(error, "reason", None) or error or type(error).__name__
                    raise StoreError(f"{self._url} cannot be reached: {reason}") from None
            time.sleep(pause)

    def _by_graph_store(self, batch: Batch) -> urllib.request.Request:
        name = urlencode({"graph": batch.graph}) if batch.graph else "default"
        address = f"{self._url}{'&' if '?' in self._url else '?'}{name}"
        method = "PUT" if batch.first else "POST"
        headers = {"Content-Type": "application/n-triples"}
        return urllib.request.Request(address, batch.data, headers, method=method)

    def _by_update(self, batch: Batch) -> urllib.request.Request:
        target = f"GRAPH <{batch.graph}>" if batch.graph else "DEFAULT"
        data = batch.data.decode()
        block = f"{target} {{\n{data}}}" if batch.graph else data
        # Virtuoso takes no blank node in INSERT DATA; in a template each label is a new node, as it is in data.
        update = f"INSERT {{ {block} }} WHERE {{}}" if batch.blank else f"INSERT DATA {{ {block} }}"
        if batch.first:
            update = f"DROP SILENT {target} ;\n{update}"
        # A form: Virtuoso hangs on some direct POSTs.
        return urllib.request.Request(self._url, urlencode({"update": update}).encode(), method="POST")


def _hint(status: int) -> str:
    return f" (credentials come from {USER} and {PASSWORD}, or {FILE})" if status in (401, 403) else ""
