"""Settings, read once from the environment and refused when they are unsafe."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from consult.refusal import Refusal

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
_KNOWN_BAD = ("changeme", "change-me", "secret", "default", "example", "replaceme", "password")


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes our mail: ``tls`` from the start, or ``starttls`` after it."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between two installations.

    ``secret`` is the one secret of an installation. Each purpose gets a key of its own that is
    derived from it (:meth:`key`), so that a key that leaks opens one door only. ``smtp``: ``None``
    writes mail to ``var/outbox``. ``most_open``: how many consultations are open at once.
    """

    secret: str
    database_url: str
    base_url: str
    hosts: tuple[str, ...]
    demo: bool = False
    secure_cookies: bool = True
    council: str = "Klantenraad"
    helpline: str = ""
    var: Path = ROOT / "var"
    smtp: Smtp | None = None
    most_open: int = 2

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose: HMAC-SHA-256 of its name under the secret."""
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in ``environ``.

    Raises:
        Refusal: ``config.*`` when a setting is missing or unsafe; the facts name it.
    """
    demo = environ.get("CONSULT_DEMO") == "1"
    var = Path(environ.get("CONSULT_VAR", str(ROOT / "var")))
    base_url = environ.get("CONSULT_BASE_URL", "http://localhost:8000").rstrip("/")
    hosts = tuple(h for h in environ.get("CONSULT_HOSTS", "localhost,127.0.0.1").split(",") if h)
    settings = Settings(
        secret=environ.get("CONSULT_SECRET", ""),
        database_url=environ.get("DATABASE_URL", f"sqlite:///{var / 'consult.db'}"),
        base_url=base_url,
        hosts=hosts,
        demo=demo,
        secure_cookies=base_url.startswith("https://"),
        council=environ.get("CONSULT_COUNCIL", "Klantenraad"),
        helpline=environ.get("CONSULT_HELPLINE", ""),
        var=var,
        smtp=_smtp(environ),
        most_open=_most_open(environ),
    )
    check(settings, debug=environ.get("FLASK_DEBUG", "0") not in {"", "0"})
    return settings


def check(settings: Settings, *, debug: bool) -> None:
    """Refuse settings under which votes or answers would not be safe."""
    secret = settings.secret
    if not secret:
        raise Refusal("config.secret_missing", setting="CONSULT_SECRET")
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        raise Refusal("config.secret_short", setting="CONSULT_SECRET", least=SHORTEST_SECRET)
    if any(word in secret.lower() for word in _KNOWN_BAD):
        raise Refusal("config.secret_default", setting="CONSULT_SECRET")
    if debug:
        raise Refusal("config.debug", setting="FLASK_DEBUG")
    if not settings.demo:
        _check_production(settings)


def _check_production(settings: Settings) -> None:
    if ":memory:" in settings.database_url or settings.database_url == "sqlite://":
        raise Refusal("config.database_not_durable", setting="DATABASE_URL")
    if not settings.secure_cookies and urlsplit(settings.base_url).hostname != "localhost":
        raise Refusal("config.base_url_insecure", setting="CONSULT_BASE_URL")


def _smtp(environ: Mapping[str, str]) -> Smtp | None:
    """``CONSULT_SMTP_URL``: ``smtp://user:password@host:587`` or ``smtps://…``; none: no server.

    Without encryption only on this machine itself.
    """
    given = environ.get("CONSULT_SMTP_URL", "")
    if not given:
        return None
    found, sender = urlsplit(given), environ.get("CONSULT_MAIL_FROM", "")
    if found.scheme not in {"smtp", "smtps"} or not found.hostname:
        raise Refusal("config.smtp_url", setting="CONSULT_SMTP_URL")
    if "@" not in sender or not sender.isprintable():
        raise Refusal("config.mail_from", setting="CONSULT_MAIL_FROM")
    tls = found.scheme == "smtps"
    return Smtp(
        host=found.hostname,
        port=found.port or (465 if tls else 587),
        sender=sender,
        user=unquote(found.username or ""),
        password=unquote(found.password or ""),
        tls=tls,
        starttls=not tls and found.hostname not in {"localhost", "127.0.0.1"},
    )


def _most_open(environ: Mapping[str, str]) -> int:
    given = environ.get("CONSULT_MOST_OPEN", "2")
    if not given.isdecimal() or int(given) < 1:
        raise Refusal("config.most_open", setting="CONSULT_MOST_OPEN")
    return int(given)
