"""What a count is about, and how it can end."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from consult.council.core.rules import Person
from consult.elections.core.steps import Step


class Status(StrEnum):
    """How a count ended."""

    FULL = "full"
    REDUCED = "reduced"
    NO_LAWFUL_BOARD = "no_lawful_board"


class Contest(NamedTuple):
    """What is counted: the largest board, who stays on it, and who stands.

    Candidates stand in the order of the paper. It decides nothing: it is only the order in which
    people with equal votes are listed when no lot was drawn.
    """

    max_board: int
    sitting: tuple[Person, ...]
    candidates: tuple[Person, ...]


class ByVotes(NamedTuple):
    """Who would have been elected if there were no rules.

    ``tied`` had equal votes for the seats that were left then; no lot is drawn for a comparison.
    """

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()


class Count(NamedTuple):
    """The outcome of a count.

    ``elected`` and ``passed_over`` are in the order in which the count came to them. Who is in
    neither was not reached: the seats had been filled.

    With ``no_lawful_board`` nobody is elected and ``board_size`` is ``None``. ``extra_needed``
    more tenants would make a board possible, and ``provisional`` would then be elected as well
    (as far as no lot decides); ``extra_needed`` is ``None`` when no number of tenants helps.
    """

    status: Status
    board_size: int | None
    vacant: int
    held: int
    effective_minima: Mapping[str, int]
    elected: tuple[str, ...]
    passed_over: tuple[str, ...]
    by_votes: ByVotes
    steps: tuple[Step, ...]
    extra_needed: int | None = None
    provisional: tuple[str, ...] = ()


class DrawNeeded(NamedTuple):
    """The count cannot go on before a lot puts ``tied`` in order. ``elected`` are certain.

    In a series ``office`` says which count.
    """

    tied: tuple[str, ...]
    votes: int
    elected: tuple[str, ...]
    office: str = ""
