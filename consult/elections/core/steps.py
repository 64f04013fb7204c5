"""The decisions of a count, each with what it rests on.

A step is a value: people read it through the words of a template, machines through the record.
"""

from typing import NamedTuple


class Block(NamedTuple):
    """One of the rules that together rule something out.

    On a board of the size in question the rule asks for ``least`` to ``most`` of ``group``; had
    it been the only rule, ``fewest`` to ``highest`` would have been within reach.
    """

    rule: str
    group: str
    least: int
    most: int
    fewest: int
    highest: int


class RuleOf(NamedTuple):
    """A rule of one of the counts in a series."""

    office: str
    rule: str
    group: str


class MinimumLowered(NamedTuple):
    """A reserved number is larger than hard rules, earlier minima or candidates allow (§2.2.2)."""

    rule: str
    group: str
    asked: int
    effective: int
    if_short: str
    code: str = "minimum_lowered"


class SizeLowered(NamedTuple):
    """The board is smaller than it may be (§2.2.3).

    ``held`` seats stay empty for a group without enough candidates. ``blocks`` is why a board of
    one more was impossible: the rules, or nobody left to elect when there are none.
    """

    asked: int
    size: int
    held: int
    blocks: tuple[Block, ...]
    code: str = "size_lowered"


class NoLawfulBoard(NamedTuple):
    """No board of any size keeps the hard rules (§2.2.1).

    With ``extra`` more tenants one would; ``None``: no number of them helps.
    """

    rules: tuple[str, ...]
    extra: int | None
    code: str = "no_lawful_board"


class TieSettled(NamedTuple):
    """People had equal votes and no lot was needed: the rules leave room for ``possible`` only."""

    votes: int
    tied: tuple[str, ...]
    possible: tuple[str, ...]
    code: str = "tie_settled_by_rules"


class LotUsed(NamedTuple):
    """Equal votes, and who is elected depended on the lot: ``order`` is how it put them (§2.7)."""

    votes: int
    order: tuple[str, ...]
    code: str = "lot_used"


class Elected(NamedTuple):
    """The next in order of votes with whom a lawful board can still be made (§2.3)."""

    candidate: str
    votes: int
    seat: int
    code: str = "elected"


class PassedOver(NamedTuple):
    """With this person no lawful board could be made any more; ``blocks`` is why (§2.3).

    Of the rules in ``blocks`` none can be left out: without any one of them the person could have
    been elected.
    """

    candidate: str
    votes: int
    blocks: tuple[Block, ...]
    code: str = "passed_over"


class PassedOverAhead(NamedTuple):
    """With this person no lawful body could follow in a later count of the series.

    Of ``rules``, some of which are of later counts, none can be left out.
    """

    candidate: str
    votes: int
    rules: tuple[RuleOf, ...]
    code: str = "passed_over_ahead"


class NobodyAhead(NamedTuple):
    """Nobody can be elected here: after whoever it was, no lawful body could follow.

    Of ``rules``, some of which are of later counts, none can be left out.
    """

    rules: tuple[RuleOf, ...]
    code: str = "nobody_ahead"


class OutOfReach(NamedTuple):
    """Whoever is elected here, ``offices`` cannot be filled lawfully: they bind nobody now."""

    offices: tuple[str, ...]
    code: str = "out_of_reach"


class LeftRace(NamedTuple):
    """Elected to ``office`` earlier in the series, and so no candidate here any more (§2.8)."""

    candidate: str
    votes: int
    office: str
    code: str = "left_race"


class Struck(NamedTuple):
    """Somebody who may not hold the office at all: a chair must be a tenant (art. 3.1c, §2.8)."""

    candidate: str
    votes: int
    rules: tuple[str, ...]
    code: str = "struck"


class Uncontested(NamedTuple):
    """No more candidates than free seats, and what was fixed beforehand for that: ``way``."""

    candidates: int
    seats: int
    way: str
    code: str = "uncontested"


class NotConfirmed(NamedTuple):
    """Uncontested, and not chosen on more than half of the ballots: not elected."""

    candidate: str
    votes: int
    ballots: int
    code: str = "not_confirmed"


RuleStep = MinimumLowered | SizeLowered | NoLawfulBoard | NobodyAhead | OutOfReach
PersonStep = Elected | PassedOver | PassedOverAhead | LeftRace | Struck | NotConfirmed
Step = RuleStep | PersonStep | TieSettled | LotUsed | Uncontested
