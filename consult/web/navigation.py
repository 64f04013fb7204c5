"""What every page shows around its own content: names, help and the staff's menu."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user

from consult.web.access import declared
from consult.web.unit import settings

STAFF_MENU: Final = (
    ("accounts.home", _("Overzicht")),
    ("register.imports", _("Klantenbestand")),
    ("surveys.desk.consultations", _("Raadplegingen")),
    ("elections.desk.elections", _("Verkiezingen")),
    ("elections.preselection.elections", _("Voorselectie")),
    ("council.desk.offices", _("Bestuur")),
    ("accounts.people", _("Mensen")),
    ("audit.log", _("Logboek")),
)
_HOME: Final = "accounts.home"
_SECTIONS: Final = {
    "council.rules": "council.desk.offices",
    "elections.preselection": "elections.preselection.elections",
    "elections.shortlist": "elections.preselection.elections",
}
"""What belongs to an item of the menu without having an address below it."""


def init_app(app: Flask) -> None:
    """Give every template the names, the menu, and ``may(endpoint)``."""
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    return {
        "council_name": settings().council,
        "helpline": settings().helpline,
        "navigation": _menu(),
        "may": _may,
    }


def _may(endpoint: str) -> bool:
    """Whether the person before the page may open that endpoint: a link to it makes sense."""
    access = declared(current_app, endpoint)
    roles = current_user.roles if current_user.is_authenticated else frozenset()
    return access is not None and access.admits(roles)


def _menu() -> list[tuple[Any, str, bool]]:
    if not current_user or not current_user.is_authenticated:
        return []
    shown = {
        endpoint: (label, url_for(endpoint)) for endpoint, label in STAFF_MENU if _may(endpoint)
    }
    here = _here({endpoint: href for endpoint, (_label, href) in shown.items()})
    return [(label, href, endpoint == here) for endpoint, (label, href) in shown.items()]


def _here(shown: Mapping[str, str]) -> str:
    """The item of the menu that the page belongs to."""
    around = [one for one, href in shown.items() if f"{request.path}/".startswith(f"{href}/")]
    nearest = max(around, key=lambda one: len(shown[one]), default="")
    section = _SECTIONS.get(request.blueprint or "", "")
    return section if nearest in ("", _HOME) and section in shown else nearest
