"""The board as an activity to report on: whom it stands for on a day."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from consult.clock import AMSTERDAM
from consult.council.actions.rules import agreement_on
from consult.register.core import base
from consult.register.core.roll import Electorate
from consult.register.store import imports, margins
from consult.reports.actions.activities import Activity, Kind
from consult.reports.core.chain import Cell, Chain
from consult.reports.core.edition import Readers


def board_made(session: Session, day: date, readers: Readers) -> Activity:
    """Everybody who could elect a board on that day, and who sat on it.

    The base is the register as it stands now, of that day; nobody was asked anything, so nobody
    is invited. Who may vote follows from the rules of the day.

    Raises:
        Refusal: ``council.no_rules`` for a day before the first agreement.
    """
    del readers
    settings = agreement_on(session, day).settings
    rule = Electorate(frozenset(base.Kind(kind) for kind in settings.electorate))
    strata = margins.of_base(session, rule, day)
    return Activity(
        id=day.isoformat(),
        kind=Kind.BOARD,
        title="",
        slug=f"bestuur-{day.isoformat()}",
        reference_date=day,
        closed_at=datetime.combine(day, time(), AMSTERDAM),
        chain=Chain(
            tuple(
                Cell(one.kind, one.age_band, one.neighbourhood, one.people, 0, 0) for one in strata
            )
        ),
        roll_size=sum(one.people for one in strata),
        register_serial=imports.serial(session),
    )
