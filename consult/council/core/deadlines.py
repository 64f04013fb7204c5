"""By when the council mends what a rule asks for.

Agreement and infographic are silent on it (DOMAIN, gap): these are defaults, and the house rules
decide. They stand here and nowhere else.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from consult.council.core.board import Part

DAYS: Final[Mapping[Part, int]] = {
    Part.CHAIR: 0,  # "at all times" (art. 3.1c): an acting chair on the day itself
    Part.EXECUTIVE: 14,
    Part.BOARD: 60,  # by then a by-election has been called
}

HORIZON: Final = timedelta(365)
"""What is known to happen later than this is no alarm yet; a regular election comes first."""


def due(part: Part, since: date) -> date:
    """The last day for mending a rule that is not kept from ``since`` on."""
    return since + timedelta(DAYS[part])
