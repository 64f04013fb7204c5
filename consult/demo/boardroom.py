"""A year of the demo's board: a chair who buys her home, people who leave, seats refilled."""

from datetime import date, datetime
from typing import Final

from consult.accounts.core.approvals import fingerprint
from consult.actor import Role
from consult.council.actions.board import NewMandate, seat, status_on
from consult.council.actions.events import new_event, note_event
from consult.council.actions.offices import appoint_office
from consult.council.actions.watching import say
from consult.council.core.agreement import Office as Post
from consult.council.core.appointing import Decision, Reservation
from consult.council.core.events import Happening
from consult.demo import cast
from consult.demo.elections import TERM
from consult.demo.office import Office
from consult.demo.year import Cast, Step, chairs, happens, live, says
from consult.elections.actions import refill, vacancy

BEGAN: Final = -365
RESIGNED: Final = "Gerrit Bos"
FILLED_IN: Final = "Loes van Vliet"
"""She had the most votes of those with whom the board keeps the rules."""

YEAR: Final = (
    Step(40, happens(cast.FIRST_CHAIR, Happening.BOUGHT, 65)),
    Step(66, chairs(cast.CHAIR, acting=True)),
    Step(95, happens("Willemijn Kraak", Happening.RESIGNED, 95)),
    Step(110, chairs(cast.CHAIR, Reservation("Joy Martina", "Liever ieder jaar een ander."))),
    Step(165, happens("Truus Vermaas", Happening.RESIGNED, 165)),
    Step(215, happens("Sunil Gopal", Happening.MOVED, 215)),
    Step(217, says("Dit jaar kiest u zes nieuwe leden. Dan klopt het bestuur weer.")),
)
"""Days count from the first. Nine members need seven tenants, eight need six, seven and six five.

Day 65: six tenants of nine, broken. Day 95: six of eight, kept. Day 165: five of seven, kept.
Day 215: four of six, broken until the election brings six members."""


def begin(office: Office) -> None:
    """The board of nine with its posts, as it was a year ago; three of its members stay."""
    first, elected = office.calendar.day(BEGAN), office.calendar.day(-30)
    at, secretary = office.calendar.at(BEGAN), office.staff[Role.SECRETARY]
    start = elected - TERM
    mandates = [
        NewMandate(one.name, one.tenant, start, elected + TERM / 2 if one.stays else elected)
        for one in cast.BOARD
    ]
    posts = {
        Post.CHAIR: cast.FIRST_CHAIR,
        Post.SECRETARY: cast.SECRETARY,
        Post.TREASURER: cast.TREASURER,
    }
    with office.database.write() as session:
        names = [one.name for one in cast.BOARD]
        ids = dict(zip(names, seat(session, secretary, at, mandates), strict=True))
        for post, name in posts.items():
            agreed = Decision(first)
            appoint_office(session, secretary, at, ids[name], post, first, decision=agreed)
        story = Cast(first, ids, {})
        live(session, secretary, story, YEAR, lambda day: at_ten(office, day))


def at_ten(office: Office, day: date) -> datetime:
    """An hour of a day of the story, after the board was seated."""
    return office.calendar.at((day - office.calendar.today).days, 10)


def refilled(office: Office, election_id: str) -> None:
    """One of those elected leaves; the seat is filled on the old votes, by two people."""
    secretary, chair = office.staff[Role.SECRETARY], office.staff[Role.CHAIR]
    left, start, at = office.calendar.day(-14), office.calendar.day(-7), office.calendar.at
    with office.database.write() as session:
        say(session, secretary, at(-29), "")
        gone = next(one for one in status_on(session, left).members if one.name == RESIGNED)
        resigned = new_event(gone.id, Happening.RESIGNED, left)
        note_event(session, secretary, at(-14), gone.id, resigned)
    with office.database.write() as session:
        options = vacancy.vacancy(session, election_id, at(-9)).options
        available = [one.id for one in options]
        refill.fill_in(session, secretary, at(-9), election_id, start, available)
        refill.propose(session, secretary, at(-9, 10), election_id)
        shown = fingerprint(refill.refill_effect(session, election_id))
        refill.approve(session, chair, at(-9, 14), election_id, shown)
