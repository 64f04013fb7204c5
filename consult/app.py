"""The web application, put together from its parts."""

from typing import Final

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import consult.accounts.login
import consult.accounts.views
import consult.audit.views
import consult.council.views.appointing
import consult.council.views.co_optation
import consult.council.views.desk
import consult.council.views.pages
import consult.council.views.rules
import consult.council.views.signals
import consult.council.views.themes
import consult.council.views.watching
import consult.elections.views.applications
import consult.elections.views.booth
import consult.elections.views.counting
import consult.elections.views.desk
import consult.elections.views.nomination
import consult.elections.views.pages
import consult.elections.views.preselection
import consult.elections.views.profile
import consult.elections.views.refill
import consult.elections.views.shortlist
import consult.elections.views.trustee
import consult.register.views
import consult.reports.maps
import consult.reports.views
import consult.site.views
import consult.surveys.views.answering
import consult.surveys.views.calendar
import consult.surveys.views.closing
import consult.surveys.views.coding
import consult.surveys.views.desk
import consult.surveys.views.dossier
import consult.surveys.views.editor
import consult.surveys.views.exchange
import consult.surveys.views.exports
import consult.surveys.views.filling
import consult.surveys.views.following
import consult.surveys.views.helping
import consult.surveys.views.opening
import consult.surveys.views.pages
import consult.surveys.views.proofs
import consult.surveys.views.reading
import consult.surveys.views.sections
import consult.surveys.views.subject
import consult.surveys.views.translating
import consult.surveys.views.unsealing
import consult.surveys.views.versions
import consult.web.views
from consult.access import ACCESS
from consult.clock import now
from consult.config import ROOT, Settings
from consult.db.session import Database
from consult.web import access, assets, compression, errors, locale, logs, navigation, security
from consult.web.forms import csrf
from consult.web.sessions import DatabaseSessions


def _together(part: str, *views: Blueprint) -> Blueprint:
    """One blueprint for a part whose views are a package: endpoint ``part.module.function``."""
    whole = Blueprint(part, __name__)
    for view in views:
        whole.register_blueprint(view)
    return whole


BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    consult.accounts.views.blueprint,
    consult.audit.views.blueprint,
    _together(
        "council",
        consult.council.views.appointing.blueprint,
        consult.council.views.co_optation.blueprint,
        consult.council.views.desk.blueprint,
        consult.council.views.pages.blueprint,
        consult.council.views.rules.blueprint,
        consult.council.views.signals.blueprint,
        consult.council.views.themes.blueprint,
        consult.council.views.watching.blueprint,
    ),
    _together(
        "elections",
        consult.elections.views.applications.blueprint,
        consult.elections.views.booth.blueprint,
        consult.elections.views.counting.blueprint,
        consult.elections.views.desk.blueprint,
        consult.elections.views.nomination.blueprint,
        consult.elections.views.pages.blueprint,
        consult.elections.views.profile.blueprint,
        consult.elections.views.refill.blueprint,
        consult.elections.views.preselection.blueprint,
        consult.elections.views.shortlist.blueprint,
        consult.elections.views.trustee.blueprint,
    ),
    consult.register.views.blueprint,
    consult.reports.views.blueprint,
    consult.site.views.blueprint,
    _together(
        "surveys",
        consult.surveys.views.answering.blueprint,
        consult.surveys.views.calendar.blueprint,
        consult.surveys.views.helping.blueprint,
        consult.surveys.views.closing.blueprint,
        consult.surveys.views.coding.blueprint,
        consult.surveys.views.desk.blueprint,
        consult.surveys.views.dossier.blueprint,
        consult.surveys.views.editor.blueprint,
        consult.surveys.views.following.blueprint,
        consult.surveys.views.pages.blueprint,
        consult.surveys.views.subject.blueprint,
        consult.surveys.views.exchange.blueprint,
        consult.surveys.views.exports.blueprint,
        consult.surveys.views.proofs.blueprint,
        consult.surveys.views.sections.blueprint,
        consult.surveys.views.translating.blueprint,
        consult.surveys.views.versions.blueprint,
        consult.surveys.views.opening.blueprint,
        consult.surveys.views.reading.blueprint,
        consult.surveys.views.unsealing.blueprint,
    ),
    consult.web.views.blueprint,
)
TENANT_PAGES: Final = (
    "surveys.answering.",
    "surveys.following.",
    "surveys.pages.consultation",
    "surveys.pages.listing",
)
"""How the endpoints begin of the pages that speak every language of tenants."""


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """A guarded application on a durable database.

    Raises:
        Refusal: when the database may lose votes, or an endpoint declares no access.
    """
    app = Flask("consult", static_folder=None, template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY=settings.key("web.csrf"),
        SESSION_COOKIE_NAME="__Host-consult" if settings.secure_cookies else "consult",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        TRUSTED_HOSTS=list(settings.hosts),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    held = database or Database(settings.database_url)
    if not settings.demo:
        held.check_durable()
    app.extensions["consult.settings"] = settings
    app.extensions["consult.database"] = held
    app.session_interface = DatabaseSessions(held, now)
    consult.accounts.login.init_app(app)
    if settings.secure_cookies:  # TLS ends at one proxy in front of us
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign] # the documented way to wrap it
    logs.init_app(app)
    security.init_app(app, secure=settings.secure_cookies)
    assets.init_app(app)
    errors.init_app(app)
    csrf.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.init_app(app, ACCESS)
    locale.init_app(app, TENANT_PAGES)
    compression.init_app(app, ("site.", *TENANT_PAGES))
    navigation.init_app(app)
    return app
