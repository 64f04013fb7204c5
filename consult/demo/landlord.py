"""What is there before anybody is asked anything: staff, the register, and a board."""

import secrets

import pyotp

from consult.accounts.actions.entry import SECOND_FACTOR
from consult.accounts.actions.people import create_account
from consult.accounts.core.people import person
from consult.actor import SYSTEM, Actor, Role
from consult.config import Settings
from consult.db.session import Database
from consult.demo import cast, estate, outlines
from consult.demo.calendar import Calendar
from consult.demo.files import REGISTER
from consult.demo.office import Office
from consult.demo.state import Staff
from consult.register.actions import imports
from consult.register.core.plan import Stage
from consult.register.store.seal import seals
from consult.reports.actions.mapping import load_boundaries


def hire(
    database: Database, settings: Settings, calendar: Calendar, password: str
) -> dict[Role, tuple[Actor, Staff]]:
    """An account for each role, all with one password and each with a second factor of its own."""
    found = {}
    for role, name in cast.STAFF.items():
        found[role] = _hired(database, settings, calendar, password, role, name, f"{role}")
    return found


def hire_committee(
    database: Database, settings: Settings, calendar: Calendar, password: str
) -> list[tuple[Actor, Staff]]:
    """More members of the selection committee, who sign in in the same way."""
    return [
        _hired(database, settings, calendar, password, Role.SELECTION, name, f"selection{number}")
        for number, name in enumerate(cast.COMMITTEE, 2)
    ]


def _hired(
    database: Database,
    settings: Settings,
    calendar: Calendar,
    password: str,
    role: Role,
    name: str,
    mailbox: str,
) -> tuple[Actor, Staff]:
    newcomer, totp = person(name, f"{mailbox}@example.org", {role}), pyotp.random_base32()
    at, key = calendar.at(-370), settings.key(SECOND_FACTOR)
    with database.write() as session:
        account = create_account(session, SYSTEM, at, newcomer, password, totp, key)
    return Actor(account, frozenset({role})), Staff(role, name, newcomer.email, totp)


def new_password() -> str:
    """Four short words: easy to type, and another one in every demo."""
    return " ".join(secrets.choice(cast.PASSWORD_WORDS) for _ in range(4))


def import_register(office: Office) -> None:
    """The landlord hands in its register; two people of the council agree; it is applied."""
    calendar, day = office.calendar, -128
    listed = estate.rows(office.chance, office.size.customers, calendar.day(day))
    file = estate.as_file(listed)
    (office.folder / REGISTER).write_bytes(file)
    at, keys = calendar.at(day), seals(office.settings)
    facilitator = office.staff[Role.FACILITATOR]
    with office.database.write() as session:
        handed_in = imports.hand_in(session, facilitator, at, keys, REGISTER, file)
        prepared = imports.prepare(session, at, keys, handed_in, _unseen)
        imports.keep_plan(session, SYSTEM, at, handed_in, prepared.plan)
    with office.database.write() as session:
        imports.propose(session, office.staff[Role.SECRETARY], calendar.at(day, 10), handed_in)
        imports.approve(session, office.staff[Role.CHAIR], calendar.at(day, 14), handed_in)
        imports.apply(session, SYSTEM, calendar.at(day, 14), keys, handed_in, prepared)


def _unseen(_: Stage) -> None:
    """Nobody watches the progress of this import."""


def draw_map(office: Office) -> None:
    """The secretary loads the boundaries of the neighbourhoods, for the map in reports."""
    at = office.calendar.at(-127)
    with office.database.write() as session:
        secretary, file = office.staff[Role.SECRETARY], outlines.as_geojson()
        load_boundaries(session, secretary, at, file, outlines.ATTRIBUTION)
