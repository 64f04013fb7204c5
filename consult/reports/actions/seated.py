"""The board as an activity to report on: whom it stands for on a day."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from consult.clock import AMSTERDAM
from consult.council.actions.rules import agreement_on
from consult.register.core.base import Kind as CustomerKind
from consult.register.core.roll import Electorate, entitled
from consult.register.core.tallying import tally
from consult.register.store import base, imports
from consult.reports.actions.activities import Activity, Kind
from consult.reports.actions.bodies import of_board
from consult.reports.core import counted
from consult.reports.core.edition import Readers
from consult.reports.core.members import Known


def board_made(session: Session, day: date, readers: Readers) -> Activity:
    """Everybody who could elect a board on that day, and who sat on it.

    The base is the register as it stands now, of that day; nobody was asked anything, so nobody
    is invited. Who may vote follows from the rules of the day.

    Raises:
        Refusal: ``council.no_rules`` for a day before the first agreement.
    """
    settings = agreement_on(session, day).settings
    rule = Electorate(frozenset(CustomerKind(kind) for kind in settings.electorate))

    def find(number: str) -> Known:
        return next(entitled(base.customers(session, [number]), rule, day), None)

    found = tally(entitled(base.history(session), rule, day), lambda _: False)
    return Activity(
        id=day.isoformat(),
        kind=Kind.BOARD,
        title="",
        slug=f"bestuur-{day.isoformat()}",
        reference_date=day,
        closed_at=datetime.combine(day, time(), AMSTERDAM),
        chain=counted.unasked(found, of_board(session, day, readers, find)),
        roll_size=sum(people for people, _ in found.cells.values()),
        register_serial=imports.serial(session),
    )
