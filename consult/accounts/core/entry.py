"""How staff come in: invitation, password, one-time code, and how long a session lasts.

Rules from reference/security.md S24, S25, T28, T30 and D6; see docs/adr/0007-staff-sign-in.md.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from consult.refusal import Refusal

INVITATION_LASTS: Final = timedelta(days=7)
BETWEEN_STEPS: Final = timedelta(minutes=5)
SESSION_IDLE: Final = timedelta(minutes=30)
SESSION_LONGEST: Final = timedelta(hours=8)

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
FEWEST_CHARACTERS: Final = 5
STEP_SECONDS: Final = 30

COMMON: Final = frozenset(
    {
        "123456789012",
        "1234567890123",
        "1234567890qwerty",
        "1q2w3e4r5t6y",
        "1q2w3e4r5t6y7u8i",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "abcdefghijkl",
        "abcdefghijklm",
        "administrator",
        "feyenoord1908",
        "geheimgeheim",
        "ikhouvanjou1",
        "iloveyou1234",
        "klantenraad1",
        "klantenraad123",
        "letmeinplease",
        "passwordpassword",
        "password1234",
        "password12345",
        "password123456",
        "q1w2e3r4t5y6",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwertyqwerty",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopasdf",
        "rotterdam010",
        "rotterdam1234",
        "rotterdam2026",
        "welkomwelkom",
        "welkom010010",
        "welkom123456",
        "wachtwoord01",
        "wachtwoord12",
        "wachtwoord123",
        "wachtwoord1234",
        "woonstad1234",
        "zxcvbnm12345",
    }
)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failed attempts a bucket takes in a window."""

    attempts: int
    seconds: int


# A code is one of three in a million: ten tries an hour find one with 0.07 % a day, after the
# password has leaked. Windows end by themselves, and what is counted from elsewhere keeps nobody
# out who comes from a network of her own: whoever guesses cannot shut the council out.
HERE: Final = Limit(5, 15 * 60)  # one account from one network
ACCOUNT: Final = Limit(50, 60 * 60)  # one account from anywhere, after a first attempt from here
NETWORK: Final = Limit(20, 10 * 60)  # all accounts from one network …
EVERYBODY: Final = Limit(600, 10 * 60)  # … together with all accounts from anywhere
CODE: Final = Limit(10, 60 * 60)  # one account whose password was right


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an attempt to sign in: the account, or nothing and how long to wait."""

    account_id: str | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one account; the token itself is never stored."""

    account_id: str
    expires: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Factors:
    """What an account proves itself by: a password's hash, a sealed TOTP secret, the step used."""

    account_id: str
    password: str
    totp: bytes
    used_step: int


def check_invitation(invitation: Invitation | None, now: datetime) -> Invitation:
    """The invitation, when it can still be used. Every use of a link passes here.

    Raises:
        Refusal: ``accounts.invitation_unknown``, ``accounts.invitation_used`` or
            ``accounts.invitation_expired``.
    """
    if invitation is None:
        raise Refusal("accounts.invitation_unknown")
    if invitation.used_at is not None:
        raise Refusal("accounts.invitation_used")
    if now >= invitation.expires:
        raise Refusal("accounts.invitation_expired")
    return invitation


def same_password(password: str) -> str:
    """The one spelling of a password that is hashed, whichever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str, email: str) -> None:
    """Refuse a password that is easily guessed; there are no rules on its composition.

    Raises:
        Refusal: ``accounts.password_short``, ``accounts.password_long``,
            ``accounts.password_common`` or ``accounts.password_personal``.
    """
    plain = same_password(password)
    if len(plain) < SHORTEST_PASSWORD:
        raise Refusal("accounts.password_short", least=SHORTEST_PASSWORD)
    if len(plain) > LONGEST_PASSWORD:
        raise Refusal("accounts.password_long", most=LONGEST_PASSWORD)
    folded = plain.casefold()
    if folded in COMMON or len(set(folded)) < FEWEST_CHARACTERS:
        raise Refusal("accounts.password_common")
    bare = "".join(folded.split())
    if bare in {"".join(name.casefold().split()), email.casefold()}:
        raise Refusal("accounts.password_personal")


def usable_steps(now: datetime, last_used: int) -> list[int]:
    """The time steps (RFC 6238, 30 s) whose code is good now: this one and its neighbours.

    A step that was used, and all before it, is used up (RFC 6238 §5.2).
    """
    step = int(now.timestamp()) // STEP_SECONDS
    return [near for near in (step - 1, step, step + 1) if near > last_used]


def session_lasts(now: datetime, since: datetime, seen: datetime) -> bool:
    """Whether a session that began at ``since`` and was last used at ``seen`` still holds."""
    return now < since + SESSION_LONGEST and now < seen + SESSION_IDLE
