"""What every page owes a visitor, looked at in a real Chromium: no overflow, no error, no other host, no barrier."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
SHOTS = ROOT / "screenshots"
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
Scheme = Literal["light", "dark"]
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Visit:
    """A page opened at a width, in a language and scheme; a context manager that closes it and judges what was seen.

    faults: errors in the console and in scripts; hosts: whom the page asked.
    """

    def __init__(
        self, browser: Browser, server: str, path: str, width: int = 1280, language: str = "zh",
        scheme: Scheme = "light", forced: bool = False, scripts: bool = True,
    ) -> None:  # fmt: skip
        self.server, self.faults, self.hosts = server, list[str](), set[str]()
        self._context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts,
            forced_colors="active" if forced else "none",
        )  # fmt: skip
        self._scripts = scripts
        if scripts:
            self._context.add_init_script(_SHIFTS)
        self.page: Page = self._context.new_page()
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda asked: self.hosts.add(re.sub(r"^(\w+://[^/]*).*", r"\1", asked.url)))
        self.page.goto(f"{server}{path}{'&' if '?' in path else '?'}lang={language}")
        self.page.wait_for_load_state("networkidle")

    def judge(self, picture: str = "", whole: bool = True, missing: bool = False) -> None:
        """Axe, overflow, moves of the layout; keeps a picture in screenshots/."""
        if self._scripts:  # before the picture, for which the window grows
            assert self.page.evaluate("window.shifted") < 0.01, "the layout moved"
        if picture:
            SHOTS.mkdir(exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{picture}.png", full_page=whole)
        wide = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], "wider than the window"
        if self._scripts:
            found: Any = Axe().run(self.page, options=RULES)
            told = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found.response["violations"]]
            assert told == []
        if missing:  # Chromium itself reports the status of the page
            self.faults = [text for text in self.faults if "404" not in text]

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._context.close()
        if kind is None:
            assert (self.faults, self.hosts - {self.server}) == ([], set())
