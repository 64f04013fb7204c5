"""A year of a board, as a story: a chair who buys, departures, a by-election, a refill, a mistake.

The people are made up. The story goes through actions only, so whatever they refuse stops it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.council.actions.board import NewMandate, seat
from consult.council.actions.events import new_event, note_event, withdraw_event
from consult.council.actions.offices import appoint_office
from consult.council.actions.watching import say
from consult.council.core.agreement import Office
from consult.council.core.appointing import Decision, Reservation
from consult.council.core.events import Happening
from consult.db.types import new_id

TENANTS: Final = (
    "Aïcha", "Bram", "Carmen", "Dirk", "Esma", "Frits", "Gerda", "Hans", "Ilse", "Jamal",
)  # fmt: skip
OTHERS: Final = ("Karel", "Loes", "Mehmet")
TERM: Final = timedelta(4 * 365)


@dataclass
class Cast:
    """Who sits, by name, and what was noted last of each; the first day of the year."""

    first: date
    ids: dict[str, str]
    events: dict[str, str]

    def day(self, number: int) -> date:
        """A day of the year, counted from 0."""
        return self.first + timedelta(number)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody does on the day with that number."""

    number: int
    act: Callable[[Session, Actor, datetime, Cast], None]


def live(
    session: Session,
    who: Actor,
    cast: Cast,
    steps: Iterable[Step],
    at: Callable[[date], datetime],
) -> None:
    """Carry out steps, each at its moment."""
    for step in steps:
        step.act(session, who, at(cast.day(step.number)), cast)


def seats(*names: str, tenant: bool) -> Callable[[Session, Actor, datetime, Cast], None]:
    """New members come in, all on the same day."""

    def act(session: Session, who: Actor, now: datetime, cast: Cast) -> None:
        start, election = now.date(), new_id()
        given = [
            NewMandate(name, tenant, start, cast.first + TERM, election_id=election)
            for name in names
        ]
        cast.ids |= zip(names, seat(session, who, now, given), strict=True)

    return act


def _found(session: Session, who: Actor, now: datetime, cast: Cast) -> None:
    """The board of thirteen with which the year begins, and its posts."""
    end = cast.first + TERM
    names = [*((name, True) for name in TENANTS), *((name, False) for name in OTHERS)]
    given = [NewMandate(name, tenant, cast.first, end) for name, tenant in names]
    ids = seat(session, who, now, given)
    cast.ids |= zip([name for name, _ in names], ids, strict=True)
    posts = {"Aïcha": Office.CHAIR, "Bram": Office.SECRETARY, "Karel": Office.TREASURER}
    for name, office in posts.items():
        agreed = Decision(cast.first)
        appoint_office(session, who, now, cast.ids[name], office, cast.first, decision=agreed)


def happens(
    name: str, happened: Happening, number: int
) -> Callable[[Session, Actor, datetime, Cast], None]:
    """Something happens to a member on a day of the year."""

    def act(session: Session, who: Actor, now: datetime, cast: Cast) -> None:
        event = new_event(cast.ids[name], happened, cast.day(number))
        note_event(session, who, now, cast.ids[name], event)
        cast.events[name] = event.id

    return act


def corrects(name: str) -> Callable[[Session, Actor, datetime, Cast], None]:
    """What was noted last of a member was a mistake."""

    def act(session: Session, who: Actor, now: datetime, cast: Cast) -> None:
        withdraw_event(session, who, now, cast.events[name])

    return act


def chairs(
    name: str, *reservations: Reservation, acting: bool = False
) -> Callable[[Session, Actor, datetime, Cast], None]:
    """The board agrees on a chair, for good or for the time being."""

    def act(session: Session, who: Actor, now: datetime, cast: Cast) -> None:
        agreed, start = Decision(now.date(), reservations), now.date()
        appoint_office(
            session,
            who,
            now,
            cast.ids[name],
            Office.CHAIR,
            start,
            acting=acting,
            decision=agreed,
        )

    return act


def says(text: str) -> Callable[[Session, Actor, datetime, Cast], None]:
    """What the board does about it, for everybody to read."""

    def act(session: Session, who: Actor, now: datetime, cast: Cast) -> None:
        del cast
        say(session, who, now, text)

    return act


YEAR: Final = (
    Step(0, _found),
    Step(45, happens("Aïcha", Happening.BOUGHT, 59)),
    Step(61, chairs("Carmen", acting=True)),
    Step(78, happens("Loes", Happening.RESIGNED, 78)),
    Step(120, happens("Dirk", Happening.RESIGNED, 120)),
    Step(151, happens("Esma", Happening.RESIGNED, 151)),
    Step(155, says("In augustus kiest u twee nieuwe leden. Dan klopt het bestuur weer.")),
    Step(243, seats("Nadia", "Otto", tenant=True)),
    Step(243, says("")),
    Step(273, chairs("Carmen", Reservation("Hans", "Liever ieder jaar een ander."))),
    Step(287, happens("Frits", Happening.MOVED, 287)),
    Step(304, seats("Petra", tenant=True)),
    Step(334, happens("Aïcha", Happening.TENANT, 334)),
    Step(338, happens("Gerda", Happening.BOUGHT, 338)),
    Step(341, corrects("Gerda")),
)
"""The steps in order. On day 0 the board is 10 tenants and 3 others, the fewest tenants of 13."""
