"""Who may stand: tested against the register on the sealed dates, and with a reason for each no.

The dates are the reference date, the day of accepting and the day of fixing the list (agreement,
3.1: the board consists of customers). Working for the landlord is declared and told to who
assesses; it keeps nobody away. Who sits on the selection committee cannot also be chosen by it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entry


class Bar(StrEnum):
    """Why somebody cannot stand."""

    NOT_ON_ROLL = "not_on_roll"
    MINOR = "minor"
    KIND = "kind"
    LEFT = "left"
    COMMITTEE = "committee"
    SITS = "sits"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody on the dates of the test.

    ``entry``: on the roll of the reference date. ``now``: the kind of customer that she is on the
    day of the test, ``None`` for somebody without a contract. ``committee``: sits on it. ``sits``:
    on the board, beyond the first day of the elected. ``served``: how many terms in a row she has
    behind her on that day, as far as that is known.
    """

    entry: Entry | None
    now: Kind | None
    committee: bool = False
    sits: bool = False
    served: int = 0


def bar(known: Known, electorate: Collection[str], most_terms: int | None = None) -> Bar | None:
    """The first reason why somebody cannot stand; ``None`` when she can.

    ``electorate``: the kinds of customers that may vote and stand, and ``most_terms``: how often
    in a row somebody may sit, from the agreement's settings.
    """
    entry = known.entry
    if entry is None:
        return Bar.NOT_ON_ROLL
    checks = (
        (Bar.MINOR, entry.age_band is AgeBand.MINOR),
        (Bar.KIND, entry.kind not in electorate),
        (Bar.LEFT, known.now is None),
        (Bar.KIND, known.now not in electorate),
        (Bar.COMMITTEE, known.committee),
        (Bar.SITS, known.sits),
        (Bar.TERMS, most_terms is not None and known.served >= most_terms),
    )
    return next((reason for reason, stands in checks if stands), None)
