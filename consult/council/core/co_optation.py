"""Somebody whom the board wants to take in between elections."""

from dataclasses import dataclass
from datetime import date

from consult.canonical import canonical


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who, and for how long: ``end`` is the first day without the seat."""

    name: str
    tenant: bool
    start: date
    end: date

    @property
    def effect(self) -> bytes:
        """What two people agree on."""
        return canonical(
            {
                "name": self.name,
                "tenant": self.tenant,
                "start": self.start.isoformat(),
                "end": self.end.isoformat(),
            }
        )
