"""Language and the look of dates and numbers."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, format_datetime, format_decimal, get_locale

from consult.clock import AMSTERDAM
from consult.config import ROOT
from consult.web.access import declared
from consult.wording import LANGUAGES

DEFAULT = "nl"


def init_app(app: Flask) -> None:
    """Set up translation; Dutch is the language that texts are written in."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = AMSTERDAM.key
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "consult" / "translations")
    Babel(app, locale_selector=_select)
    app.before_request(_remember)
    app.context_processor(_context)
    app.add_template_filter(moment)
    app.add_template_filter(day)
    app.add_template_filter(number)
    app.add_template_filter(percent)


def _select() -> str:
    if not has_request_context():
        return DEFAULT
    asked = request.args.get("taal", "")
    if asked in LANGUAGES:
        return asked
    held: str = session.get("language", DEFAULT)
    return held if held in LANGUAGES else DEFAULT


def _remember() -> None:
    asked = request.args.get("taal", "")
    access = declared(current_app, request.endpoint)
    if asked in LANGUAGES and access is not None and not access.shared:
        session["language"] = asked


def _context() -> dict[str, Any]:
    if not has_request_context():
        return {"language": DEFAULT, "other_languages": []}
    language = str(get_locale() or DEFAULT)
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "taal"]
    others = [
        (code, name, f"?{urlencode([*kept, ('taal', code)])}")
        for code, name in LANGUAGES.items()
        if code != language
    ]
    return {"language": language, "other_languages": others}


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
