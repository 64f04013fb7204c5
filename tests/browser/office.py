"""The council's people: each has an account, a phone to sign in with, and a browser."""

import re
from datetime import datetime
from pathlib import Path

import pyotp

from consult.actor import Role
from consult.register.core.codes import Code, parse
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.cast import PASSWORD, Member, join

STEP_SECONDS = 30
_LETTER = re.compile(r'class="letter__code"><bdi[^>]*>([\d-]+)<')


class Office:
    """Where staff work: ``office.desk(Role.CHAIR)`` is the chair's browser, signed in."""

    def __init__(self, server: Server, visit: Visit) -> None:
        self.server = server
        self._visit = visit
        self._members: dict[Role, Member] = {}
        self._desks: dict[Role, Visitor] = {}
        self._inside: set[Role] = set()

    def desk(self, role: Role) -> Visitor:
        """The browser of the person with this role; she signs in where she is not yet in."""
        if role not in self._desks:
            self._members[role] = join(self.server.app, self.server.database, [role])
            self._desks[role] = self._visit()
        if role not in self._inside:
            sign_in(self.server, self._desks[role], self._members[role])
            self._inside.add(role)
        return self._desks[role]

    def later(self, moment: datetime) -> None:
        """It becomes ``moment``; what is due by then is done, and sessions have run out."""
        self.server.clock.go(moment)
        self.server.work()
        self._inside.clear()


def sign_in(server: Server, visitor: Visitor, member: Member) -> None:
    """With the password, and with what the app on her phone shows."""
    visitor.go("/inloggen")
    visitor.fill(email=member.email, password=PASSWORD)
    visitor.press("Verder")
    server.clock.wait(STEP_SECONDS)  # a code is good once
    visitor.fill(code=pyotp.TOTP(member.secret).at(server.clock.now(None)))
    visitor.press("Inloggen")
    assert visitor.heading == f"Dag {member.name}"


def download(visitor: Visitor, button: str, folder: Path) -> Path:
    """Press a button whose answer is a file; where that was saved."""
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("button", name=button, exact=True).tap()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def codes_in(letters: Path, digits: int) -> list[Code]:
    """The codes of a file of letters, in its order."""
    found = [parse(typed, digits) for typed in _LETTER.findall(letters.read_text())]
    assert found
    assert all(isinstance(code, Code) for code in found)
    return found  # type: ignore[return-value]


def print_letters(office: Office, desk: str, folder: Path) -> Path:
    """The registrar makes all letters of a consultation or an election, once."""
    registrar = office.desk(Role.REGISTRAR)
    registrar.go(desk)
    registrar.follow("Brieven met codes")
    file = download(registrar, "Maak alle brieven", folder)
    registrar.page.reload()
    assert "De codes staan nergens meer." in registrar.text
    return file
