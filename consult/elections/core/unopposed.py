"""No more candidates than seats: nobody is seated in silence (DOMAIN, edge cases)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from consult.elections.core.outcome import Contest
from consult.elections.core.steps import NotConfirmed, Step, Uncontested


class Way(StrEnum):
    """What was fixed beforehand for when there are no more candidates than free seats."""

    CONFIRM = "confirm"
    """Each candidate must be chosen on more than half of the ballots."""
    ELECT = "elect"
    """The candidates are elected as far as the rules allow."""


class Unopposed(NamedTuple):
    """The way that was fixed, and how many ballots were cast (needed for confirming only)."""

    way: Way
    ballots: int | None = None


def settle(
    contest: Contest, totals: Mapping[str, int], unopposed: Unopposed | None
) -> tuple[Contest, tuple[Step, ...]]:
    """The contest without those who are not confirmed, and the steps that say so."""
    free = contest.max_board - len(contest.sitting)
    number = len(contest.candidates)
    if unopposed is None or not 0 < number <= free:
        return contest, ()
    said = Uncontested(number, free, unopposed.way.value)
    if unopposed.way is Way.ELECT:
        return contest, (said,)
    ballots = unopposed.ballots
    if ballots is None:
        raise ValueError("to confirm candidates the number of ballots is needed")
    struck = {one for one, votes in totals.items() if not 2 * votes > ballots}
    ordered = sorted(struck, key=lambda one: (-totals[one], one))
    steps = [NotConfirmed(one, totals[one], ballots) for one in ordered]
    stay = tuple(person for person in contest.candidates if person.id not in struck)
    return contest._replace(candidates=stay), (said, *steps)
