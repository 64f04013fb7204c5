"""What every page shows around its own content: names, help and the staff's menu."""

from typing import Any, Final

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user

from consult.web.access import declared

STAFF_MENU: Final = (
    ("accounts.home", _("Overzicht")),
    ("register.imports", _("Klantenbestand")),
    ("surveys.consultations", _("Raadplegingen")),
    ("elections.desk.elections", _("Verkiezingen")),
    ("council.offices", _("Bestuur")),
    ("accounts.people", _("Mensen")),
    ("audit.log", _("Logboek")),
)


def init_app(app: Flask) -> None:
    """Give every template the names and the menu."""
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    return {
        "council_name": "Klantenraad",
        "helpline": "010 - 123 45 67",
        "navigation": _menu(),
    }


def _menu() -> list[tuple[Any, str, bool]]:
    if not current_user or not current_user.is_authenticated:
        return []
    shown = []
    for endpoint, label in STAFF_MENU:
        access = declared(current_app, endpoint)
        if access is not None and access.admits(current_user.roles):
            here = (request.endpoint or "").split(".")[0] == endpoint.split(".")[0]
            shown.append((label, url_for(endpoint), here))
    return shown
