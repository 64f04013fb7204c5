"""The agreement's rules on the board, as dated values.

Every number here comes from the agreement of 2016 (samenwerkingsovereenkomst) between council and
landlord. It ran until 31 December 2017; its rules stay in force here until a newer set is added
with its own first day. A contest that has begun keeps the set that it began with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from consult.council.core.rules import TENANT, IfShort, MinHard, RuleSet, ShareGt
from consult.refusal import Refusal

LARGEST_BOARD = 13
"""Members of the board, infographic of 2017."""


class Office(StrEnum):
    """The posts of the executive board: those who signed the agreement."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"


class Ties(StrEnum):
    """How a lot is drawn between equal votes that decide (reference, counting §2.7)."""

    PUBLIC_DRAW = "public_draw"
    COMMIT_BEACON = "commit_beacon"


class Elects(StrEnum):
    """Who gives an office: the board among its members, or the customers on the ballot."""

    BOARD = "board"
    VOTERS = "voters"


class Uncontested(StrEnum):
    """What happens when no more people stand than there are seats: never a silent seating."""

    CONFIRM = "confirm"
    ELECT = "elect"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the texts leave to the council (DOMAIN, open questions). One person has one vote.

    ``electorate``: kinds of customers who may vote and stand. ``unfilled``: what happens to
    reserved seats without a candidate. ``most_terms``: how often in a row; ``None``: no limit.
    """

    electorate: tuple[str, ...] = ("tenant", "owner", "entrepreneur")
    ties: Ties = Ties.PUBLIC_DRAW
    unfilled: IfShort = IfShort.RELEASE
    uncontested: Uncontested = Uncontested.CONFIRM
    chair_by: Elects = Elects.BOARD
    executive_by: Elects = Elects.BOARD
    term_years: int = 4
    most_terms: int | None = None
    co_optation: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """The rules that hold from ``start`` on.

    ``board``, ``chair`` and ``executive`` are rules for all members, for the chair alone, and for
    the persons in the executive board. ``articles`` names the source per rule id.
    """

    source: str
    start: date
    largest_board: int
    board: RuleSet
    chair: RuleSet
    executive: RuleSet
    articles: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = Settings()


AGREEMENT_2016 = Agreement(
    source="samenwerkingsovereenkomst-2016",
    start=date(2016, 7, 1),
    largest_board=LARGEST_BOARD,
    board=RuleSet(
        (
            ShareGt("tenant_share", TENANT, 7, 10),
            MinHard("executive_possible", TENANT, 2),
        )
    ),
    chair=RuleSet((MinHard("chair_tenant", TENANT, 1),)),
    executive=RuleSet((MinHard("executive_tenants", TENANT, 2),)),
    articles={
        "board_size": "S2",
        "tenant_share": "3.1b",
        "chair_tenant": "3.1c",
        "executive_possible": "3.1d",
        "executive_tenants": "3.1d",
    },
)

AGREEMENTS = (AGREEMENT_2016,)


def rules_on(day: date) -> Agreement:
    """The rules that are in force on a day.

    Raises:
        Refusal: ``council.no_rules`` for a day before the first agreement.
    """
    found = [agreement for agreement in AGREEMENTS if agreement.start <= day]
    if not found:
        raise Refusal("council.no_rules", day=day)
    return max(found, key=lambda agreement: agreement.start)
