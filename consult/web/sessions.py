"""Server-side sessions.

The cookie holds 256 random bits. The database holds their hash as the key of a row, and the body
sealed under a key that is derived from them: whoever copies the database can neither take over a
session nor read what her code gave somebody. Every tenant's body has one length, for the length of
what goes along with her answers would tell whose they may be.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, cast

from flask import Flask, Request, Response, session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import delete, insert, select, update
from werkzeug.datastructures import CallbackDict

from consult.db.session import Database
from consult.web.access import is_shared
from consult.web.tables import WebSession

IDLE = timedelta(minutes=60)
_TOUCH = timedelta(minutes=1)
_LONG: Final = 2 * 1024
"""Holds what a code gives; answers stand elsewhere (``surveys.actions.drafts``)."""
_serializer = TaggedJSONSerializer()


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A session and the token of its cookie."""

    def __init__(self, token: str, body: dict[str, Any], touched: datetime | None) -> None:
        def changed(_: object) -> None:
            self.modified = True

        super().__init__(body, changed)
        self.token = token
        self.touched = touched
        self.new = touched is None
        self.modified = False
        self.left: list[str] = []


def renew() -> None:
    """Empty the session and give it a new token: at sign-in, at a code, at sign-out."""
    current = cast(ServerSession, session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - a proxy offers no public way
    language = current.get("language")
    current.clear()
    if language:
        current["language"] = language
    if not current.new:
        current.left.append(_key_of(current.token))
    current.token = secrets.token_urlsafe(32)
    current.touched = None
    current.new = True
    current.modified = True


class DatabaseSessions(SessionInterface):
    """Reads and writes sessions in the application's database."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def open_session(self, app: Flask, request: Request) -> ServerSession | None:
        """The session of the request's cookie, or a new one; none for a page that all share."""
        if is_shared(app, request):
            return None
        token = request.cookies.get(self.get_cookie_name(app), "")
        if token:
            with self._database.read() as tx:
                row = tx.execute(
                    select(WebSession.body, WebSession.touched).where(
                        WebSession.id == _key_of(token)
                    )
                ).one_or_none()
            if row is not None and row.touched > self._now() - IDLE:
                body = _unseal(token, row.body)
                if body is not None:
                    return ServerSession(token, body, row.touched)
        return ServerSession(secrets.token_urlsafe(32), {}, None)

    def save_session(self, app: Flask, opened: SessionMixin, response: Response) -> None:
        """Write what changed; a session in which nothing stands is never made."""
        held = cast(ServerSession, opened)
        name = self.get_cookie_name(app)
        if held.accessed:
            response.vary.add("Cookie")
        if not held and held.new and not held.left:
            return
        now = self._now()
        if not held:
            self._forget([*held.left, _key_of(held.token)])
            response.delete_cookie(name, path="/", secure=self.get_cookie_secure(app))
            return
        if held.modified or held.touched is None or held.touched < now - _TOUCH:
            self._write(held, now)
        if held.new:
            response.set_cookie(
                name,
                held.token,
                path="/",
                secure=self.get_cookie_secure(app),
                httponly=True,
                samesite="Lax",
            )

    def _write(self, held: ServerSession, now: datetime) -> None:
        key = _key_of(held.token)
        body = _seal(held.token, dict(held))
        with self._database.write() as tx:
            if held.left:
                tx.execute(delete(WebSession).where(WebSession.id.in_(held.left)))
            if held.touched is None:
                tx.execute(insert(WebSession).values(id=key, body=body, touched=now))
            else:  # ended meanwhile by another request? then it stays ended
                known = update(WebSession).where(WebSession.id == key)
                tx.execute(known.values(body=body, touched=now))

    def _forget(self, keys: list[str]) -> None:
        with self._database.write() as tx:
            tx.execute(delete(WebSession).where(WebSession.id.in_(keys)))


def forget_idle(database: Database, now: datetime) -> None:
    """Erase the sessions that have run out."""
    with database.write() as tx:
        tx.execute(delete(WebSession).where(WebSession.touched < now - IDLE))


def _key_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _box(token: str) -> SecretBox:
    return SecretBox(
        hashlib.blake2b(token.encode(), digest_size=32, person=b"web session").digest()
    )


def _seal(token: str, body: dict[str, Any]) -> bytes:
    plain = json.dumps(_serializer.tag(body), ensure_ascii=False, separators=(",", ":")).encode()
    padding = -len(plain) % _LONG if "code" in body else 0
    return bytes(_box(token).encrypt(plain + b" " * padding))  # JSON may end in spaces


def _unseal(token: str, body: bytes) -> dict[str, Any] | None:
    try:
        opened: dict[str, Any] = _serializer.loads(_box(token).decrypt(body).decode())
    except (CryptoError, ValueError):
        return None
    return opened
