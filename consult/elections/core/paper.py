"""What the paper asks: the board, and before it chair and executive where voters elect them.

Questions stand in the order in which they are counted (reference, counting §2.8): whoever is
elected to one leaves the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.council.core.agreement import Agreement, Elects, Office
from consult.council.core.rules import TENANT, MinHard, Rule, RuleSet, as_json
from consult.elections.core.election import Candidate, Plan, paper_order
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE

BESIDE_CHAIR = (Office.SECRETARY, Office.TREASURER)
"""The posts that winners of the executive get, in the order in which they are elected."""

Held = Mapping[Office, str]
"""Who holds a post on the first day of the elected and stays in it: ids of members."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the paper.

    ``seats`` is the largest body, with those who stay in it; ``choices`` how many names a voter may
    choose; ``candidates`` ids in the order of the question. ``posts`` go to whoever is elected, in
    the order of election. ``stays``: members of the executive who keep their post.
    """

    office: str
    seats: int
    choices: int
    candidates: tuple[str, ...]
    rules: RuleSet
    stays: tuple[str, ...] = ()
    posts: tuple[Office, ...] = ()

    def json(self) -> dict[str, Any]:
        """The shape in the seal."""
        return {
            "office": self.office,
            "seats": self.seats,
            "choices": self.choices,
            "candidates": list(self.candidates),
            "rules": as_json(self.rules),
            "stays": list(self.stays),
            "posts": list(self.posts),
        }


def offices(agreement: Agreement, held: Held) -> tuple[str, ...]:
    """What voters elect; a post that somebody keeps is not asked about."""
    by = agreement.settings
    chair = by.chair_by is Elects.VOTERS and Office.CHAIR not in held
    executive = by.executive_by is Elects.VOTERS and bool(_vacant(held))
    asked = ((CHAIR, chair), (EXECUTIVE, executive), (BOARD, True))
    return tuple(office for office, wanted in asked if wanted)


def standing(candidates: Sequence[Candidate], office: str) -> tuple[Candidate, ...]:
    """Those who stand for an office."""
    return tuple(one for one in candidates if office in one.stands_for)


def paper(
    uuid: str,
    plan: Plan,
    candidates: Sequence[Candidate],
    agreement: Agreement,
    board: RuleSet,
    held: Held,
) -> tuple[Asked, ...]:
    """The questions of the paper. ``board``: the rules on the board, reserved seats included."""
    on_paper = offices(agreement, held)
    vacant = _vacant(held)
    stay = tuple(dict.fromkeys(held[post] for post in Office if post in held))
    body = len(stay) + len(vacant) + (CHAIR in on_paper)
    later = CHAIR not in on_paper and Office.CHAIR not in held
    executive = _beside(agreement) if later else agreement.executive
    sizes = {
        CHAIR: (1, 1, agreement.chair, (Office.CHAIR,)),
        EXECUTIVE: (body, len(vacant), executive, vacant),
        BOARD: (plan.max_board, plan.max_choices, board, ()),
    }
    found = []
    for office in on_paper:
        seats, choices, rules, posts = sizes[office]
        names = tuple(one.id for one in paper_order(uuid, standing(candidates, office), office))
        stays = stay if office == EXECUTIVE else ()
        found.append(Asked(office, seats, min(choices, len(names)), names, rules, stays, posts))
    return tuple(found)


def contests(seal: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The questions as the seal says them; a seal from before there could be several says one."""
    alone = {
        "office": BOARD,
        "seats": seal["max_board"],
        "choices": min(seal["max_choices"], len(seal["candidates"])),
        "candidates": [one["id"] for one in seal["candidates"]],
        "rules": seal["rules"]["board"],
        "stays": [],
        "posts": [],
    }
    found: list[dict[str, Any]] = seal.get("contests", [alone])
    return found


def _vacant(held: Held) -> tuple[Office, ...]:
    return tuple(post for post in BESIDE_CHAIR if post not in held)


def _beside(agreement: Agreement) -> RuleSet:
    """The rules on the executive without its chair, whom the board chooses later.

    The chair is then sure to be a tenant (art. 3.1c), and so is one of the tenants that are needed.
    """
    sure = not agreement.may_chair(tenant=False)
    return RuleSet(tuple(_less(one) if sure else one for one in agreement.executive.rules))


def _less(rule: Rule) -> Rule:
    if isinstance(rule, MinHard) and rule.group == TENANT:
        return rule._replace(value=max(0, rule.value - 1))
    return rule
