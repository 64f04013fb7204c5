"""What ends by itself as time passes."""

from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.web.sessions import forget_idle
from consult.web.throttle import forget_old


def tick(database: Database, _settings: Settings) -> None:
    """Erase sessions and counts of attempts that have run out."""
    forget_idle(database, now())
    forget_old(database, now())
