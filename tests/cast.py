"""The people of the tests, and how they sign in."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from consult.accounts.actions.entry import SECOND_FACTOR
from consult.accounts.actions.people import create_account
from consult.accounts.core.people import person
from consult.actor import SYSTEM, Role
from consult.clock import now
from consult.db.session import Database

PASSWORD = "vier groene fietsen bij de brug"
NAMES = {
    Role.SECRETARY: "Sanne Secretaris",
    Role.MEMBER: "Mo Lid",
    Role.CHAIR: "Amina Voorzitter",
    Role.SELECTION: "Celia Commissie",
    Role.FACILITATOR: "Faruk Facilitator",
    Role.REGISTRAR: "Rita Registrar",
    Role.OBSERVER: "Otto Waarnemer",
    Role.HELPER: "Hanna Helper",
}


@dataclass(frozen=True)
class Member:
    """Somebody with an account, and what she signs in with."""

    id: str
    name: str
    email: str
    secret: str

    def code(self) -> str:
        """What her app shows now."""
        return pyotp.TOTP(self.secret).now()


def join(app: Flask, database: Database, roles: Iterable[Role], name: str = "") -> Member:
    """Somebody with a new account that holds ``roles``."""
    held = frozenset(roles)
    called = name or NAMES[min(held)]
    email = f"{called.replace(' ', '.').lower()}@example.org"
    secret = pyotp.random_base32()
    key = app.extensions["consult.settings"].key(SECOND_FACTOR)
    newcomer = person(called, email, held)
    with database.write() as session:
        made = create_account(session, SYSTEM, now(), newcomer, PASSWORD, secret, key)
    return Member(made, called, email, secret)


def sign_in(client: FlaskClient, member: Member) -> FlaskClient:
    """The browser, in which the member has signed in with both factors."""
    client.post("/inloggen", data={"email": member.email, "password": PASSWORD})
    client.post("/inloggen/code", data={"code": member.code()})
    return client


def signed_in(app: Flask, database: Database, roles: Iterable[Role], name: str = "") -> FlaskClient:
    """A browser in which a new account with ``roles`` has signed in with both factors."""
    return sign_in(app.test_client(), join(app, database, roles, name))
