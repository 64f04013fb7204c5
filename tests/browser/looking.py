"""Look at a page as closely as can be: with axe, by day and night, narrow, in both languages."""

import os
from collections.abc import Callable

from consult.config import ROOT
from tests.browser.accessibility import in_both_schemes, too_wide, violations
from tests.browser.office import sign_in
from tests.browser.pages import APPLICANT, HALFWAY, TENANT, Shown
from tests.browser.visitor import Visitor
from tests.browser.world import World
from tests.cast import PASSWORD

Who = Callable[[str | None], Visitor]
"""``who(Role.CHAIR)``: the browser of that kind of person."""


def looked_at(world: World, who: Who, shown: Shown) -> list[str]:
    """Everything that is wrong with a page in Dutch, and in English as far as words matter."""
    visitor, path = who(shown.who), world.path(shown.endpoint, shown.values)
    visitor.forget()
    visitor.go(f"{path}?taal=nl")
    if not visitor.page.url.startswith(visitor.home + path):
        return [f"led on to {visitor.page.url}"]
    found = examined(visitor, shown.name)
    visitor.go(f"{path}?taal=en")
    if visitor.page.get_attribute("html", "lang") != "en":
        found.append("not in English")
    return found + violations(visitor) + visitor.complaints()


def examined(visitor: Visitor, name: str) -> list[str]:
    """Everything that is wrong with the page before this person, by day, by night and narrow.

    With ``CONSULT_SCREENSHOTS=1`` a picture is kept of it, for people to look at.
    """
    if os.environ.get("CONSULT_SCREENSHOTS"):
        path = ROOT / "var" / "screenshots" / f"{name}.png"
        visitor.page.screenshot(path=path, full_page=True)
    return in_both_schemes(visitor) + too_wide(visitor)


def come_in(world: World, visitor: Visitor, kind: str | None) -> None:
    """Enter as that kind of person does: with a code, a password, or just so."""
    if kind is None:
        return
    if kind == TENANT:
        code = world.codes["open"][-1]
        visitor.go(f"/meedoen/{world.ids['open page']}#code={code.digits}")
        visitor.press("Begin")
    elif kind == APPLICANT:
        code = world.codes["calling"][2]
        visitor.go(f"/kandidaat/{world.ids['calling page']}#code={code.digits}")
        visitor.press("Begin")
    elif kind == HALFWAY:
        visitor.go("/inloggen")
        visitor.fill(email=next(iter(world.staff.values())).email, password=PASSWORD)
        visitor.press("Verder")
    else:
        sign_in(world.server, visitor, world.staff[kind])
