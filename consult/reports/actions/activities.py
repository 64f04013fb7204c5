"""What a report is about: a consultation, an election, the board, or all of a year.

Everything is counted on the register of the activity's own reference date. Nothing of it is hidden
yet: that is for who makes an edition of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from consult.reports.core.chain import Chain, Dimension
from consult.surveys.core.counts.results import Results


class Kind(StrEnum):
    """What an activity is."""

    CONSULTATION = "consultation"
    ELECTION = "election"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Keys:
    """``settings.key`` of ``"surveys.marks"``, ``"surveys.answers"`` and ``"elections.marks"``."""

    marks: bytes
    answers: bytes
    votes: bytes


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity that is over, counted for some readers.

    ``id``: of the consultation or election; of a board its day. ``slug``: where the report stands
    as a document. ``closed_at``: of a board the beginning of its day.
    ``roll_fingerprint`` and ``roll_size``: of the roll that everything is counted on; a board has
    no roll but the register as it stood after the import ``register_serial`` (0: after none).
    ``results``: of a consultation that was opened, those for the same readers.
    ``told``: groups in which results are told; the cells of the chain are in these very groups.
    """

    id: str
    kind: Kind
    title: str
    slug: str
    reference_date: date
    closed_at: datetime
    chain: Chain
    roll_fingerprint: str = ""
    roll_size: int = 0
    register_serial: int | None = None
    results: Results | None = None
    told: Mapping[Dimension, frozenset[str]] = field(default_factory=dict)
