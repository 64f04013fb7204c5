"""Why no lawful board exists, and how many tenants more would make one (reference §2.2.1)."""

from collections.abc import Sequence

from consult.council.core.rules import TENANT, Person, Rule, RuleSet
from consult.elections.core.feasibility import Boards, pool
from consult.elections.core.outcome import Contest
from consult.elections.core.smallest import keeping, smallest
from consult.elections.core.target import possible, sizes


def extra_tenants(contest: Contest, rules: RuleSet) -> Contest | None:
    """The contest with as few more tenants as make a lawful board possible, all of them needed.

    ``None`` when no number of them helps.
    """
    tenant = Person("", frozenset({TENANT}))
    for extra in range(1, contest.max_board - len(contest.sitting) + 1):
        wider = contest._replace(sitting=contest.sitting + (tenant,) * extra)
        of = pool(wider.sitting, wider.candidates, rules.rules)
        if possible(of, sizes(of, contest.max_board), rules.hard):
            return wider
    return None


def never_lawful(contest: Contest, rules: RuleSet) -> tuple[str, ...]:
    """The ids of a smallest set of hard rules that no board keeps together."""
    of = pool(contest.sitting, contest.candidates, rules.rules)
    among = sizes(of, contest.max_board)

    def forbid(kept: Sequence[Rule]) -> bool:
        return not any(Boards(of, size, kept).exists(of.nobody) for size in among)

    clash = smallest(rules.hard, keeping(rules.hard, forbid))
    return tuple(rule.id for rule in clash)
