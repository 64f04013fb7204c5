"""What every page shows around its own content: names, help and the staff's menu."""

from typing import Any, Final

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user

from consult.web.access import declared
from consult.web.unit import settings

HOME: Final = "accounts.home"
STAFF_MENU: Final = (
    (HOME, _("Overzicht")),
    ("register.imports", _("Klantenbestand")),
    ("surveys.desk.consultations", _("Raadplegingen")),
    ("surveys.helping.start", _("Helpen")),
    ("elections.desk.elections", _("Verkiezingen")),
    ("elections.preselection.elections", _("Voorselectie")),
    ("council.desk.offices", _("Bestuur")),
    ("reports.reports", _("Rapporten")),
    ("accounts.people", _("Mensen")),
    ("audit.log", _("Logboek")),
)


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
    shown = [(end, label, url_for(end)) for end, label in STAFF_MENU if _may(end)]
    here = _here([(endpoint, href) for endpoint, _label, href in shown])
    return [(label, href, href == here) for _endpoint, label, href in shown]


def _here(shown: list[tuple[str, str]]) -> str:
    """The entry around the page by its address, else the first of the part that the page is of.

    The overview, whose address is the beginning of all others, is around itself alone.
    """
    path = f"{request.path}/"
    around = [href for end, href in shown if end != HOME and path.startswith(f"{href}/")]
    part = f"{(request.endpoint or '').partition('.')[0]}."
    of_part = [href for endpoint, href in shown if endpoint.startswith(part)]
    return max(around, key=len, default=next(iter(of_part), ""))
