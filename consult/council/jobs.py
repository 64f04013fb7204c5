"""What happens to the board as time passes: it is compared with each new state of the register."""

from consult.actor import SYSTEM
from consult.clock import now
from consult.config import Settings
from consult.council.actions import signals
from consult.db.session import Database


def tick(database: Database, settings: Settings) -> None:
    """Compare the board with the register when that changed, or when the board did."""
    del settings
    with database.read() as session:
        if not signals.due(session):
            return
    with database.write() as session:
        signals.compare(session, SYSTEM, now())
