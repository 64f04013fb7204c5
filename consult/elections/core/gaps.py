"""What has to be there before an election can open."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from consult.council.core.agreement import Ties
from consult.elections.core.election import Candidate, Election, KeyHolder
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE

FEWEST_HOLDERS = 2
"""Of the key: one alone could open every single vote."""

FEWEST_FOR_LOT = 3
"""Key holders who each commit to a number, when the lot is computed (counting §2.7)."""


class Gap(StrEnum):
    """What still stands in the way of opening."""

    NO_PROFILE = "no_profile"
    NO_CANDIDATES = "no_candidates"
    NO_CHAIR = "no_chair"
    NO_EXECUTIVE = "no_executive"
    NO_TRUSTEES = "no_trustees"
    KEY_MISSING = "key_missing"
    LOT_TOO_FEW = "lot_too_few"
    NO_ROLL = "no_roll"
    NO_CODES = "no_codes"
    OVER = "over"


def gaps(
    election: Election,
    candidates: Sequence[Candidate],
    holders: Sequence[KeyHolder],
    now: datetime,
    offices: Collection[str] = (BOARD,),
) -> tuple[Gap, ...]:
    """What still stands in the way of opening, in the order in which people can mend it.

    ``offices``: what voters elect.
    """
    wanted = set(offices).difference(*(one.stands_for for one in candidates))
    found = (
        (Gap.NO_PROFILE, election.lacks_profile),
        (Gap.NO_CANDIDATES, not candidates),
        (Gap.NO_CHAIR, bool(candidates) and CHAIR in wanted),
        (Gap.NO_EXECUTIVE, bool(candidates) and EXECUTIVE in wanted),
        (Gap.NO_TRUSTEES, len(holders) < FEWEST_HOLDERS),
        (Gap.KEY_MISSING, any(holder.key is None for holder in holders)),
        (Gap.LOT_TOO_FEW, election.plan.ties is Ties.COMMIT_BEACON and _few_for_lot(holders)),
        (Gap.NO_ROLL, election.roll_id is None),
        (Gap.NO_CODES, election.codes_at is None),
        (Gap.OVER, now >= election.plan.closes_at),
    )
    return tuple(gap for gap, stands in found if stands)


def _few_for_lot(holders: Sequence[KeyHolder]) -> bool:
    """Whether fewer than three will commit to a number, or one with a key did not."""
    silent = any(holder.key is not None and holder.lot is None for holder in holders)
    return silent or len(holders) < FEWEST_FOR_LOT
