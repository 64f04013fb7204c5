"""A person with a phone: a real Chromium that also notices what no page may do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request

PHONE = {"width": 360, "height": 740}
_WATCH = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
});"""
_FAILED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


class Visitor:
    """One person's browser, at the size of a small phone.

    ``expected`` are the statuses of answers that a test provokes on purpose; any other failed
    answer is a fault, for Chromium writes it to its console.
    """

    def __init__(self, chromium: Browser, home: str, **options: object) -> None:
        self.home = home
        self.requests: list[Request] = []
        self.console: list[str] = []
        self.expected: set[int] = set()
        asked = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": "nl-NL"}
        self.context = chromium.new_context(**{**asked, **options})  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(_WATCH)
        self.context.on("request", self._keep)
        self.context.on("console", self._note)
        self.context.on("weberror", lambda error: self.console.append(str(error.error)))
        self.page = self.context.new_page()

    def _keep(self, request: Request) -> None:
        self.requests.append(request)

    def _note(self, message: ConsoleMessage) -> None:
        failed = _FAILED.match(message.text)
        if message.type == "error" and not (failed and int(failed[1]) in self.expected):
            self.console.append(f"{message.text} ({self.page.url})")

    def complaints(self) -> list[str]:
        """Requests to other hosts, and everything on the console, CSP violations included."""
        here = (f"{self.home}/", f"blob:{self.home}/", "data:")
        foreign = [request.url for request in self.requests if not request.url.startswith(here)]
        return foreign + self.console

    def forget(self) -> None:
        """From here on, count and complain anew."""
        self.requests.clear()
        self.console.clear()

    def transferred(self) -> tuple[int, int]:
        """How many requests so far, and how many bytes came back, headers and all."""
        sent = [request for request in self.requests if request.url.startswith(self.home)]
        sizes = [request.sizes() for request in sent]
        return len(sent), sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)

    def go(self, path: str) -> None:
        """Open an address of the site, or a whole one."""
        self.page.goto(path if path.startswith("http") else self.home + path)

    def press(self, label: str) -> None:
        """Tap the button of a form, and wait for the page that answers."""
        self.await_page(self.page.get_by_role("button", name=label, exact=True).tap)

    def decide(self, act: str) -> None:
        """Tap the button that proposes or approves what takes two people."""
        self.await_page(self.page.locator(f'button[name="act"][value="{act}"]').tap)

    def follow(self, label: str) -> None:
        """Tap a link, and wait for its page."""
        self.await_page(self.page.get_by_role("link", name=label).first.tap)

    def await_page(self, act: Callable[[], object]) -> None:
        """Do what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            act()

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names, on whatever form has them."""
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)

    def choose(self, *labels: str) -> None:
        """Tick or pick what carries these labels."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def step(self, name: str) -> None:
        """Wait until a page that changes by itself shows this step."""
        self.page.wait_for_selector(f'[data-step="{name}"]:not([hidden])', timeout=60_000)

    @property
    def heading(self) -> str:
        """The page's one h1."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """What can be read in the page's main part."""
        return self.page.inner_text("main")


Visit = Callable[..., Visitor]
"""``visit(java_script_enabled=False)``: a new person's browser."""
