"""How many people of each sort there are: what a profile is tried with. Numbers, never people."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Electorate, Stratum, entitled
from consult.register.store.base import history
from consult.register.tables import ContractRow, RollEntryRow


def of_roll(session: Session, roll_id: str) -> tuple[Stratum, ...]:
    """The people on a roll by kind, age band and neighbourhood."""
    sort = (RollEntryRow.kind, RollEntryRow.age_band, RollEntryRow.neighbourhood)
    counted = (
        select(*sort, func.count())
        .where(RollEntryRow.roll_id == roll_id)
        .group_by(*sort)
        .order_by(*sort)
    )
    return tuple(
        Stratum(Kind(kind), AgeBand(band), place, people)
        for kind, band, place, people in session.execute(counted)
    )


def of_base(session: Session, rule: Electorate, day: date) -> tuple[Stratum, ...]:
    """The people whom a roll for that day would hold, as the base stands."""
    people = Counter(
        (one.kind, one.age_band, one.neighbourhood) for one in entitled(history(session), rule, day)
    )
    return tuple(Stratum(*sort, number) for sort, number in sorted(people.items()))


def neighbourhoods(session: Session) -> tuple[str, ...]:
    """The neighbourhoods in which somebody has a contract now, by name."""
    named = (
        select(ContractRow.neighbourhood)
        .where(ContractRow.ended_on.is_(None), ContractRow.neighbourhood != "")
        .distinct()
        .order_by(ContractRow.neighbourhood)
    )
    return tuple(session.scalars(named))
