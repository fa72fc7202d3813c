"""User and password of a remote store: from the environment or a file, shown nowhere.

POLICYGRAPH_STORE_USER and POLICYGRAPH_STORE_PASSWORD, or POLICYGRAPH_STORE_CREDENTIALS: a file of two lines, user
and password, that nobody but its owner may read.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import IO, Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

from ..errors import StoreError

USER = "POLICYGRAPH_STORE_USER"
PASSWORD = "POLICYGRAPH_STORE_PASSWORD"
FILE = "POLICYGRAPH_STORE_CREDENTIALS"


@dataclass(frozen=True, slots=True)
class Credentials:
    user: str
    password: str = field(repr=False)


def credentials(environ: Mapping[str, str] | None = None) -> Credentials | None:
    """The credentials that the environment gives, or None; StoreError for half of them or a file that others read."""
    environ = os.environ if environ is None else environ
    user, password, file = (environ.get(name, "") for name in (USER, PASSWORD, FILE))
    if file:
        if user or password:
            raise StoreError(f"{FILE} and {USER}, {PASSWORD} exclude each other")
        return _read(Path(file))
    if bool(user) != bool(password):
        raise StoreError(f"{USER} and {PASSWORD} belong together")
    return Credentials(user, password) if user else None


def _read(path: Path) -> Credentials:
    try:
        mode = path.stat().st_mode
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{FILE}: {path} cannot be read: {getattr(error, 'strerror', error)}") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreError(f"{FILE}: others may read {path}; chmod 600 it")
    if len(lines) != 2 or not all(lines):
        raise StoreError(f"{FILE}: {path} needs two lines, user and password")
    return Credentials(*lines)


def checked_url(url: str) -> str:
    """The URL of a store without its fragment; StoreError where it is none or holds a user or password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise StoreError("the store's URL is malformed") from None  # not shown: it may hold a password
    if parts.scheme not in ("http", "https") or not host:
        raise StoreError("the store's URL needs http: or https: and a host")
    if "@" in parts.netloc:
        raise StoreError(f"no user or password in the store's URL: give them by {USER} and {PASSWORD}, or {FILE}")
    host = f"[{host}]" if ":" in host else host
    place = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path, parts.query, ""))


def opener(url: str, known: Credentials | None) -> urllib.request.OpenerDirector:
    """Opens this store's addresses: answers a challenge (Basic or Digest), uses no proxy, follows no redirection.

    The credentials are for the URL's host alone, and are sent only when it asks for them.
    """
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({}), _NoRedirect()]
    if known is not None:
        keeper = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        root = urlunsplit((*urlsplit(url)[:2], "/", "", ""))
        keeper.add_password(None, root, known.user, known.password)
        handlers += [_Basic(keeper), _Digest(keeper)]
    return urllib.request.build_opener(*handlers)


class _Lenient:
    """urllib's answer to a challenge, without the sockets that it leaves open; one it cannot read is a plain 401."""

    def http_error_401(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> Any:
        try:
            answer = super().http_error_401(req, fp, code, msg, headers)  # type: ignore[misc]
        except (ValueError, KeyError):
            raise urllib.error.HTTPError(req.full_url, code, msg, headers, fp) from None
        except urllib.error.HTTPError as error:
            if error.fp is fp:
                raise
            fp.close()
            if isinstance(error.fp, io.StringIO):  # what Python 3.11.2 gives as the bytes of no body
                raise urllib.error.HTTPError(req.full_url, error.code, error.msg, error.hdrs, io.BytesIO()) from None
            raise
        if answer is not None:
            fp.close()
        return answer


class _Basic(_Lenient, urllib.request.HTTPBasicAuthHandler):
    pass


class _Digest(_Lenient, urllib.request.HTTPDigestAuthHandler):
    """Digest with any password: urllib's own takes ASCII alone (RFC 7616, section 4, has UTF-8)."""

    _HASHES: ClassVar = {"MD5": hashlib.md5, "SHA": hashlib.sha1, "SHA-256": hashlib.sha256}

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        if algorithm not in self._HASHES:
            raise ValueError(f"unknown digest algorithm {algorithm}")

        def hashed(text: str) -> str:
            return str(self._HASHES[algorithm](text.encode()).hexdigest())

        return hashed, lambda secret, data: hashed(f"{secret}:{data}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A store that has moved is told of; a request is never sent on to where nobody pointed."""

    def redirect_request(self, *_: object) -> None:
        return None
