"""Who acts: the roles that staff may hold, and the person that doors hand to actions."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a staff account may be. The rules on sharing them stand in ``accounts.core``."""

    SECRETARY = "secretary"
    MEMBER = "member"
    CHAIR = "chair"
    SELECTION = "selection"
    FACILITATOR = "facilitator"
    REGISTRAR = "registrar"
    OBSERVER = "observer"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member of staff, or the program itself (``account_id`` ``"system"``)."""

    account_id: str
    roles: frozenset[Role] = frozenset()


SYSTEM = Actor("system")
