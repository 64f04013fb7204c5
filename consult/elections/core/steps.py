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


Step = MinimumLowered | SizeLowered | NoLawfulBoard | TieSettled | LotUsed | Elected | PassedOver
