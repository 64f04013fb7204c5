"""The people of the tests, and how they sign in."""

from collections.abc import Iterable

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
}


def signed_in(app: Flask, database: Database, roles: Iterable[Role], name: str = "") -> FlaskClient:
    """A browser in which a new account with ``roles`` has signed in with both factors."""
    held = frozenset(roles)
    called = name or NAMES[min(held)]
    email = f"{called.replace(' ', '.').lower()}@example.org"
    secret = pyotp.random_base32()
    key = app.extensions["consult.settings"].key(SECOND_FACTOR)
    newcomer = person(called, email, held)
    with database.write() as session:
        create_account(session, SYSTEM, now(), newcomer, PASSWORD, secret, key)
    client = app.test_client()
    client.post("/inloggen", data={"email": email, "password": PASSWORD})
    client.post("/inloggen/code", data={"code": pyotp.TOTP(secret).now()})
    return client
