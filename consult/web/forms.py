"""What all forms share: the guard against requests forged by other sites, and moments."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from flask import Flask, request, session
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFProtect, generate_csrf
from wtforms import DateTimeLocalField

from consult.clock import AMSTERDAM, Unclear, in_amsterdam

_BROWSERS: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")
_UNCLEAR: Final[Mapping[object, str]] = {
    Unclear.SKIPPED: _("Die tijd bestaat niet: de klok gaat dan een uur vooruit. Kies een andere."),
    Unclear.DOUBLE: _("Die tijd komt twee keer: de klok gaat dan een uur terug. Kies een andere."),
}

_HELD: Final = "csrf_token"


class MaskedTokens(CSRFProtect):  # type: ignore[misc] # Flask-WTF has no types
    """Takes tokens under a mask that differs at every answer, and bare ones."""

    def init_app(self, app: Flask) -> None:
        """Have templates write masked tokens."""
        super().init_app(app)
        app.context_processor(lambda: {"csrf_token": masked_token})

    def _get_csrf_token(self) -> str | None:
        sent: str | None = super()._get_csrf_token()
        held = session.get(_HELD, "")
        bare = held and hmac.compare_digest(_unmasked(sent or ""), held)
        return str(generate_csrf()) if bare else sent


def masked_token() -> str:
    """The session's secret, 20 bytes in hex, under a pad of its own: pad and sum, in Base64."""
    generate_csrf()
    secret = bytes.fromhex(session[_HELD])
    pad = secrets.token_bytes(len(secret))
    return urlsafe_b64encode(pad + _sum(pad, secret)).decode().rstrip("=")


def _unmasked(token: str) -> str:
    try:
        both = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (Error, ValueError):
        return ""
    half = len(both) // 2
    return _sum(both[:half], both[half:]).hex()


def _sum(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


csrf = MaskedTokens()
View = TypeVar("View", bound=Callable[..., Any])


def signed_by_content(view: View) -> View:
    """For a view whose requests prove by themselves who sent them: no form token is asked for."""
    csrf.exempt(view)
    return view


def sent_json() -> Any:
    """What was sent as JSON; ``None`` where it is none, or nested deeper than can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


class MomentField(DateTimeLocalField):  # type: ignore[misc] # WTForms has no types
    """A moment in UTC, shown and asked for as the time that clocks in Amsterdam show."""

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, format=list(_BROWSERS), **more)

    def process_data(self, value: datetime | None) -> None:
        """Take the moment that the form begins with."""
        super().process_data(value and value.astimezone(AMSTERDAM).replace(tzinfo=None))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was filled in; a time that names no one moment is told at the field."""
        super().process_formdata(valuelist)
        if self.data:
            moment = in_amsterdam(self.data)
            self.data = None if moment in _UNCLEAR else moment
            if words := _UNCLEAR.get(moment):
                raise ValueError(words)
