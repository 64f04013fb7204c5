"""A real Chromium before the real application; every page is watched while it is used.

Whatever a test does, its visitors must have seen no violation of the content security policy, no
request to another host and no error on the console.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whitenoise.compress import Compressor

from consult.web.assets import STATIC
from tests.browser.looking import Who, come_in
from tests.browser.server import Server, serving
from tests.browser.visitor import Visit, Visitor
from tests.browser.world import World, build
from tests.consultations import WHILE_OPEN

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as an installation serves them: compressed forms beside them."""
    copy = tmp_path_factory.mktemp("served") / "static"
    shutil.copytree(STATIC, copy, ignore=shutil.ignore_patterns("*.br", "*.gz", "vendor"))
    compressor = Compressor(quiet=True)
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        list(compressor.compress(str(path)))
    shutil.copytree(STATIC / "vendor", copy / "vendor")  # large, and no tenant gets any of it
    return copy


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, static: Path, chromium: object
) -> Iterator[Server]:
    """An installation for the tests of one module, on a Sunday morning in November."""
    with serving(tmp_path_factory.mktemp("installation"), static, WHILE_OPEN) as running:
        yield running


@pytest.fixture
def visit(chromium: Any, server: Server) -> Iterator[Visit]:
    """``visit(java_script_enabled=False)``: a new person's browser, with Playwright's options."""
    visitors: list[Visitor] = []

    def come(**options: object) -> Visitor:
        visitors.append(Visitor(chromium, server.url, **options))
        return visitors[-1]

    yield come
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints()]
    for visitor in visitors:
        shown = visitor.page.locator("body").all_inner_texts()
        sys.stdout.write(f"{visitor.page.url} {shown}\n")  # pytest prints it of a test that failed
        visitor.context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    """An installation with something in every state."""
    return build(server)


@pytest.fixture(scope="module")
def who(chromium: Any, world: World) -> Iterator[Who]:
    """The browsers of people of each kind, who came in when first asked for."""
    held: dict[str | None, Visitor] = {}

    def come(kind: str | None) -> Visitor:
        if kind not in held:
            held[kind] = Visitor(chromium, world.server.url)
            come_in(world, held[kind], kind)
        return held[kind]

    yield come
    for visitor in held.values():
        visitor.context.close()
