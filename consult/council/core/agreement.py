"""The agreement's rules on the board, as dated values.

The numbers stand in files (``rule_file``), never here. A set stays in force until the first day of
a newer one, also after the last day that its own text names: a board without rules would be worse
than one with old rules. A contest that has begun keeps the set that it began with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from consult.council.core.rules import TENANT, IfShort, Person, RuleSet, lawful
from consult.refusal import Refusal

BOARD_SIZE = "board_size"
"""The name under which ``articles`` keeps where the largest board comes from."""


class Office(StrEnum):
    """The posts of the executive board: those who signed the agreement."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"


class Ties(StrEnum):
    """How a lot is made where equal votes decide (reference, counting §2.7).

    A public draw that two people enter, or an order computed from numbers of the key holders and
    a beacon: a number that nobody knew before and everybody can look up.
    """

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


class VoteUnit(StrEnum):
    """Who has one vote. The register knows persons and their contracts, not dwellings."""

    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the texts leave to the council (DOMAIN, open questions).

    ``electorate``: kinds of customers who may vote and stand. ``unfilled``: what happens to
    reserved seats without a candidate. ``most_terms``: how often in a row; ``None``: no limit.
    """

    vote_unit: VoteUnit = VoteUnit.PERSON
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
    """The rules that hold from ``start`` on, until a newer set starts.

    ``end`` is the first day on which the text itself no longer holds, when it names one.
    ``board``, ``chair`` and ``executive`` are rules for all members, for the chair alone, and for
    the persons in the executive board; those that stand first go first. ``articles`` names the
    article of the source per rule id.
    """

    source: str
    start: date
    largest_board: int
    board: RuleSet
    chair: RuleSet
    executive: RuleSet
    articles: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = Settings()
    end: date | None = None

    def may_chair(self, *, tenant: bool) -> bool:
        """Whether somebody who is, or is not, a tenant of a dwelling may be the chair."""
        groups = frozenset({TENANT}) if tenant else frozenset[str]()
        return lawful([Person("", groups)], self.chair)


def rules_on(agreements: Iterable[Agreement], day: date) -> Agreement:
    """The rules that are in force on a day.

    Of two sets that start on one day the later in the row holds: it was adopted later.

    Raises:
        Refusal: ``council.no_rules`` for a day before the first agreement.
    """
    found = None
    for agreement in agreements:
        if agreement.start <= day and (found is None or agreement.start >= found.start):
            found = agreement
    if found is None:
        raise Refusal("council.no_rules", day=day)
    return found
