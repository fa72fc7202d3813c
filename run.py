#!/usr/bin/env python3
"""Sets policygraph up in .venv and runs it: `python3 run.py` serves, `python3 run.py test` tests.

Needs only Python 3.11+ with its venv module. Options alone are those of serving (`python3 run.py --port 8001`).
Anything else after run.py goes to the policygraph command:
`python3 run.py build --check`, `python3 run.py query tasks-of-department --param actor=省商务厅`.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
NOTHING_TO_TEST = 5  # pytest's code where no test was asked for that runs alone, or none that does not
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def set_up(extra: str) -> None:
    """Create .venv and install; a stamp of what decides the installation says when nothing is to be done."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python meets first)
        sys.exit("policygraph needs Python 3.11 or newer; this is " + sys.version.split()[0])
    stamp = HOME / f"policygraph{extra}.stamp"
    told = [ROOT / name for name in ("pyproject.toml", "hatch_build.py", "frontend/build.mjs")]
    told += sorted(ROOT.glob("frontend/package*.json")) + sorted(ROOT.glob("frontend/src/**/*.js"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in told)).hexdigest()
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == digest:
        return
    if not PYTHON.exists():
        print("policygraph: making .venv", file=sys.stderr)
        venv.create(HOME, with_pip=True)
    print("policygraph: installing (a minute or two, once)", file=sys.stderr)
    done = subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-e", f"{ROOT}{extra}"])
    if done.returncode:
        sys.exit("policygraph: the installation failed; the lines above say why")
    stamp.write_text(digest)


def check() -> int:
    """Everything that must hold: style, types, current files, tests."""
    steps = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-m", "policygraph.cli", "build", "--check"],
        ["-m", "pytest", "-m", "not alone", "--numprocesses=auto", "--dist=loadfile", *sys.argv[2:]],
        ["-m", "pytest", "-m", "alone", *sys.argv[2:]],
    )
    for step in steps:
        print("+", *step[1:], file=sys.stderr, flush=True)
        code = subprocess.run([PYTHON, *step], cwd=ROOT).returncode
        if code and not (code == NOTHING_TO_TEST and "pytest" in step):
            return code
    return 0


def command(words: list[str]) -> list[str]:
    """The words of the command; options alone are those of `serve`."""
    alone = not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version"))
    return ["serve", *words] if alone else words


def main() -> int:
    words = command(sys.argv[1:])
    if words[0] == "test":
        set_up("[test]")
        return check()
    set_up("")
    return subprocess.run([PYTHON, "-m", "policygraph.cli", *words]).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
