"""Letters: what stands in them. They carry a customer number and never a name: the printer, who
has no codes but these, joins the address by that number (reference/security.md D5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Asks(StrEnum):
    """What a letter asks of people: to take part, to stand for election, or to finish applying."""

    TAKE_PART = "take_part"
    STAND = "stand"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """What all letters of one mailing share.

    ``title`` names the consultation or election, ``deadline`` is its closing (aware),
    ``address`` is what people type when they do not scan.
    """

    council: str
    title: str
    deadline: datetime
    address: str
    helpline: str
    asks: Asks = Asks.TAKE_PART


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. ``code`` is in its printed form; ``link`` holds it in the URL's fragment.

    A letter without a code only reminds: its link leads to where the code is asked for.
    """

    customer_number: str
    code: str
    link: str


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as one SVG path; ``side`` counts modules, the quiet zone of four included."""

    side: int
    path: str


QUIET_ZONE = 4


def square(modules: list[bytes]) -> Square:
    """The path of a matrix of modules (rows of 0 and 1): one rectangle for each dark run."""
    parts = []
    for y, row in enumerate(modules, QUIET_ZONE):
        for x, width in _dark_runs(row):
            parts.append(f"M{x + QUIET_ZONE} {y}h{width}v1h-{width}z")
    return Square(len(modules) + 2 * QUIET_ZONE, "".join(parts))


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
