"""Staff sessions: how one begins, how long it holds, and who is signed in.

A session stands on the server (``consult.web.sessions``). It gets a new id at every step of
signing in and when it ends, and whatever stood in it before, a tenant's code too, is gone then.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from flask import Flask, g, redirect, session, url_for
from flask_login import LoginManager, login_user
from werkzeug.wrappers import Response

from consult.accounts.core.entry import BETWEEN_STEPS, session_lasts
from consult.accounts.core.people import Account
from consult.accounts.store import people
from consult.actor import SYSTEM, Role
from consult.clock import now
from consult.web.sessions import renew
from consult.web.unit import reading

_STAMP_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StaffUser:
    """The signed-in member of staff, as ``flask_login.current_user``."""

    id: str
    name: str
    roles: frozenset[Role]

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session remembers."""
        return self.id


def init_app(app: Flask) -> None:
    """Load the signed-in member of staff from the session; name people in templates."""
    manager = LoginManager(app)
    manager.session_protection = None  # the id is 256 random bits; a phone changes its address
    manager.user_loader(_load)
    app.add_template_filter(_name_of, "person")


def await_code(account_id: str) -> None:
    """The password was right: remember for whom, until the code is given."""
    renew()
    session["staff_pending"] = {"account": account_id, "until": _stamp(now() + BETWEEN_STEPS)}


def pending_account() -> str | None:
    """Whose password was right, when that is not too long ago."""
    pending = session.get("staff_pending")
    if pending is None or now() >= _moment(pending["until"]):
        return None
    account_id: str = pending["account"]
    return account_id


def enter(account_id: str) -> Response:
    """Begin a session for somebody who showed both factors, when she has a role."""
    renew()
    with reading() as tx:
        account = people.account(tx, account_id)
    if account is None or not account.roles:
        return redirect(url_for("accounts.waiting"), 303)
    stamp = _stamp(now())
    session["staff"] = {"since": stamp, "seen": stamp}
    login_user(_user(account))
    return redirect(url_for("accounts.home"), 303)


def _load(account_id: str) -> StaffUser | None:
    """The account of the session, read anew at each request, so that a change holds at once."""
    times, moment = session.get("staff"), now()
    if times is None:
        return None
    since, seen = _moment(times["since"]), _moment(times["seen"])
    with reading() as tx:
        account = people.account(tx, account_id)
    if account is None or not account.active or not session_lasts(moment, since, seen):
        renew()
        return None
    if moment - seen >= _STAMP_EVERY:
        session["staff"] = {"since": times["since"], "seen": _stamp(moment)}
    return _user(account)


def _user(account: Account) -> StaffUser:
    return StaffUser(account.id, account.name, account.roles)


def _name_of(account_id: str) -> str:
    """What the person of an account is called; for the program itself its own name."""
    if account_id == SYSTEM.account_id:
        return "Consult"
    if "staff_names" not in g:
        with reading() as tx:
            g.staff_names = {account.id: account.name for account in people.accounts(tx)}
    name: str = g.staff_names.get(account_id, account_id)
    return name


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
