"""What is there before anybody is asked anything: staff, the register, and a board."""

import secrets

import pyotp

from consult.accounts.actions.entry import SECOND_FACTOR
from consult.accounts.actions.people import create_account
from consult.accounts.core.people import person
from consult.actor import SYSTEM, Actor, Role
from consult.config import Settings
from consult.council.actions import board as council
from consult.council.actions.board import NewMandate
from consult.council.actions.offices import appoint_office
from consult.council.core.agreement import Office as Post
from consult.db.session import Database
from consult.demo import cast, estate
from consult.demo.calendar import Calendar
from consult.demo.elections import TERM
from consult.demo.files import REGISTER
from consult.demo.office import Office
from consult.demo.state import Staff
from consult.register.actions import imports
from consult.register.core.plan import Stage
from consult.register.store.seal import seals


def hire(
    database: Database, settings: Settings, calendar: Calendar, password: str
) -> dict[Role, tuple[Actor, Staff]]:
    """An account for each role, all with one password and each with a second factor of its own."""
    hired = {}
    with database.write() as session:
        for role, name in cast.STAFF.items():
            newcomer = person(name, f"{role}@example.org", {role})
            totp = pyotp.random_base32()
            account = create_account(
                session,
                SYSTEM,
                calendar.at(-130),
                newcomer,
                password,
                totp,
                settings.key(SECOND_FACTOR),
            )
            who = Actor(account, frozenset({role}))
            hired[role] = who, Staff(role, name, newcomer.email, totp)
    return hired


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


def seat_board(office: Office) -> None:
    """The board as it was before the election; three of its members stay."""
    elected = office.calendar.day(-30)
    start = elected - TERM
    mandates = [
        NewMandate(one.name, one.tenant, start, elected + TERM / 2 if one.stays else elected)
        for one in cast.BOARD
    ]
    secretary = office.staff[Role.SECRETARY]
    with office.database.write() as session:
        council.seat(session, secretary, office.calendar.at(-127), mandates)


def appoint(office: Office) -> None:
    """The new board gives its posts."""
    at, day = office.calendar.at(-30), office.calendar.day(-30)
    posts = {
        Post.CHAIR: cast.CHAIR,
        Post.SECRETARY: cast.SECRETARY,
        Post.TREASURER: cast.TREASURER,
    }
    with office.database.write() as session:
        members = {one.name: one.id for one in council.status(session, at).members}
        for post, name in posts.items():
            secretary = office.staff[Role.SECRETARY]
            appoint_office(session, secretary, at, members[name], post, day)


def _unseen(_: Stage) -> None:
    """Nobody watches the progress of this import."""
