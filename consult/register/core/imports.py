"""An import from the moment that a file is handed in until it is applied, refused or rejected."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from consult.register.core.plan import Numbers
from consult.register.core.problems import Problem


class State(StrEnum):
    """Where an import stands.

    uploaded → planned → approved → applied. A file with problems is refused, and so is an approved
    one whose base changed meanwhile. People may reject one that is not over. A plan that changes
    nothing is applied at once.
    """

    UPLOADED = "uploaded"
    PLANNED = "planned"
    APPROVED = "approved"
    APPLIED = "applied"
    REFUSED = "refused"
    REJECTED = "rejected"


OVER: Final = frozenset({State.APPLIED, State.REFUSED, State.REJECTED})
REJECTABLE: Final = frozenset(State) - OVER


@dataclass(frozen=True, slots=True)
class Import:
    """One import. ``plan_serial`` tells for which base the plan was made."""

    id: str
    state: State
    filename: str
    uploaded_by: str
    uploaded_at: datetime
    ended_at: datetime | None
    job_id: str | None
    plan_serial: int
    fingerprint: str
    numbers: Numbers
    problems: tuple[Problem, ...]
