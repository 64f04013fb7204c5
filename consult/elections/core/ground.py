"""What a count stands on before any vote is looked at: who there is, and which board is aimed at.

Votes play no part in it, so whatever asks about other votes (margins) shares it, with every answer
that was found on the way.
"""

from functools import lru_cache
from typing import NamedTuple

from consult.council.core.rules import RuleSet
from consult.elections.core.blocks import Blocks
from consult.elections.core.feasibility import Ahead, Lawful, Pool, boards, pool
from consult.elections.core.outcome import Contest
from consult.elections.core.target import Target, target


class Ground(NamedTuple):
    """Who a board can be made of, which one is aimed at, the lawful boards of that size, and the

    reasons why somebody is on none of them.
    """

    pool: Pool
    aim: Target
    boards: Lawful
    blocks: Blocks


@lru_cache(maxsize=16)
def ground(contest: Contest, rules: RuleSet, ahead: Ahead | None = None) -> Ground | None:
    """The ground of a count, or ``None`` when no board keeps the hard rules.

    Raises:
        Refusal: ``elections.count_too_hard``.
    """
    of = pool(contest.sitting, contest.candidates, rules.rules, ahead)
    aim = target(of, rules, contest.max_board)
    if aim is None:
        return None
    reasons = Blocks(of, aim.size, aim.rules)
    return Ground(of, aim, boards(of, aim.size, aim.rules), reasons)
