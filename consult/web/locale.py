"""Language and the look of dates and numbers.

The site and the pages of staff speak ``LANGUAGES``; pages of tenants speak ``TENANT_LANGUAGES``, as
far as the texts that they show do. A reader's choice is kept, also past a page that lacks it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Babel, format_datetime, format_decimal, get_locale, refresh

from consult.clock import AMSTERDAM
from consult.config import ROOT
from consult.web.access import declared
from consult.wording import LANGUAGES, TENANT_LANGUAGES, direction

DEFAULT: Final = "nl"
_EXTENSION: Final = "consult.tenant_pages"


def init_app(app: Flask, tenant_pages: tuple[str, ...] = ()) -> None:
    """Set up translation; Dutch is the language that texts are written in.

    ``tenant_pages``: how the endpoints begin that speak ``TENANT_LANGUAGES``.
    """
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = AMSTERDAM.key
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "consult" / "translations")
    app.extensions[_EXTENSION] = tenant_pages
    Babel(app, locale_selector=_select)
    app.before_request(_remember)
    app.context_processor(_context)
    app.jinja_env.globals["direction_of"] = direction
    app.jinja_env.globals["fall_back"] = _fall_back
    app.add_template_filter(moment)
    app.add_template_filter(day)
    app.add_template_filter(number)
    app.add_template_filter(percent)


def offer(languages: Collection[str]) -> None:
    """Say which languages the texts of this page are in; for a page of tenants.

    It then speaks those of ``TENANT_LANGUAGES``, and always ``LANGUAGES``. Call it before any text
    is made.
    """
    g.languages = frozenset(languages)
    refresh()


def _offered() -> dict[str, str]:
    """The languages of the page, with their names. An address that leads nowhere is anybody's."""
    endpoint = request.endpoint
    if endpoint is not None and not endpoint.startswith(current_app.extensions[_EXTENSION]):
        return LANGUAGES
    texts = g.get("languages", TENANT_LANGUAGES)
    return {
        code: name for code, name in TENANT_LANGUAGES.items() if code in LANGUAGES or code in texts
    }


def _select() -> str:
    if not has_request_context():
        return DEFAULT
    offered = _offered()
    asked = request.args.get("taal", "")
    if asked in offered:
        return asked
    held: str = session.get("language", DEFAULT)
    return held if held in offered else DEFAULT


def _remember() -> None:
    asked = request.args.get("taal", "")
    access = declared(current_app, request.endpoint)
    if asked in _offered() and access is not None and not access.shared:
        session["language"] = asked


def _context() -> dict[str, Any]:
    if not has_request_context():
        return {"language": DEFAULT, "direction": direction(DEFAULT), "other_languages": []}
    language = str(get_locale() or DEFAULT)
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "taal"]
    others = [
        (code, name, f"?{urlencode([*kept, ('taal', code)])}")
        for code, name in _offered().items()
        if code != language
    ]
    return {"language": language, "direction": direction(language), "other_languages": others}


def _fall_back(*, said: bool = False) -> bool:
    """Whether a text of this page was not there in its language; ``said``: one was not."""
    if said:
        g.fell_back = True
    return bool(g.get("fell_back", False))


def moment(value: datetime) -> str:
    """A day and time in Amsterdam, in words: ``22 november 2026 11:00``."""
    return str(format_datetime(value, "d MMMM yyyy HH:mm"))


def day(value: datetime) -> str:
    """A day in Amsterdam, in words."""
    return str(format_datetime(value, "d MMMM yyyy"))


def number(value: float) -> str:
    """A number with the separators of the language."""
    return str(format_decimal(value))


def percent(share: float, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage, ``12,5 %``."""
    text = format_decimal(round(share * 100, digits), f"0.{'0' * digits}" if digits else "0")
    return f"{text} %"
