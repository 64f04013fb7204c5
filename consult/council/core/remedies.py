"""What would mend a board that breaks a rule: possibilities, and nobody's duty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from consult.council.core.agreement import Agreement, Office
from consult.council.core.appointing import elected_by_voters, eligible
from consult.council.core.board import Check, Mandate, Part, Status
from consult.council.core.rules import TENANT, Person, RuleSet, lawful, limits


@dataclass(frozen=True, slots=True)
class TakeOver:
    """These members may get the office on the day; ``acting``: only for the time being."""

    kind: ClassVar[str] = "take_over"

    office: Office
    members: tuple[Mandate, ...]
    acting: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A by-election for ``seats``: at least ``tenants`` of those elected must be tenants.

    ``possible`` is false when more tenants are needed than there are seats to fill.
    """

    seats: int
    tenants: int
    possible: bool


@dataclass(frozen=True, slots=True)
class ByElection:
    """A by-election, for each number of free seats."""

    kind: ClassVar[str] = "by_election"

    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Shrink:
    """How many members who are no tenants would have to leave: a fact, nobody's duty."""

    kind: ClassVar[str] = "shrink"

    others: int


@dataclass(frozen=True, slots=True)
class Refill:
    """The old totals of this election may fill a seat, if people stood who were not elected."""

    kind: ClassVar[str] = "refill"

    election_id: str


@dataclass(frozen=True, slots=True)
class CoOpt:
    """The rule set lets the board itself add a member."""

    kind: ClassVar[str] = "co_opt"


Option = TakeOver | ByElection | Shrink | Refill | CoOpt


def options(
    mandates: Sequence[Mandate], rules: Agreement, status: Status, check: Check
) -> Iterator[Option]:
    """What would mend the check on the day of the status."""
    if check.part is Part.BOARD:
        yield from _board_options(rules, status)
        return
    offices = (Office.CHAIR,) if check.part is Part.CHAIR else tuple(Office)
    for office in offices:
        members = eligible(mandates, rules, office, status.day)
        if check.part is Part.EXECUTIVE:
            members = tuple(one for one in members if one.is_tenant(status.day))
            if status.holder(office) is not None and _counts(status, office):
                continue
        if members:
            yield TakeOver(office, members, elected_by_voters(rules, office))


def needs(rules: RuleSet, largest: int, size: int, tenants: int) -> tuple[Need, ...]:
    """What a by-election needs, for each number of free seats beside ``size`` who stay.

    At least ``max(0, least(size + seats) - tenants)`` of the seats, where ``least`` is what the
    rules ask of a board of that size (reference, counting §2.1: a share in whole numbers).
    """
    found = []
    for seats in range(1, largest - size + 1):
        least, most = limits(rules.hard, size + seats).get(TENANT, (0, size + seats))
        wanted = max(0, least - tenants)
        found.append(Need(seats, wanted, wanted <= seats and tenants + wanted <= most))
    return tuple(found)


def shrink(rules: RuleSet, largest: int, size: int, tenants: int) -> Shrink | None:
    """The fewest members who are no tenants whose leaving would make the board lawful."""
    for gone in range(max(1, size - largest), size - tenants + 1):
        board = [Person(str(n), frozenset({TENANT})) for n in range(tenants)]
        board += [Person(str(n)) for n in range(tenants, size - gone)]
        if lawful(board, rules):
            return Shrink(gone)
    return None


def _counts(status: Status, office: Office) -> bool:
    holder = status.holder(office)
    return holder is not None and holder.is_tenant(status.day)


def _board_options(rules: Agreement, status: Status) -> Iterator[Option]:
    found = needs(rules.board, rules.largest_board, status.size, status.tenants)
    if found:
        yield ByElection(found)
        if rules.settings.co_optation:
            yield CoOpt()
        elections = [(one.start, one.election_id) for one in status.members if one.election_id]
        if elections:
            yield Refill(max(elections)[1])
    smaller = shrink(rules.board, rules.largest_board, status.size, status.tenants)
    if smaller is not None:
        yield smaller
