"""What happens as time passes: the board is compared with each new state of the register, and
addresses of people who followed something that is over are erased."""

from consult.actor import SYSTEM
from consult.clock import day_of, now
from consult.config import Settings
from consult.council.actions import dossiers, signals
from consult.db.session import Database


def tick(database: Database, settings: Settings) -> None:
    """Compare the board when it or the register changed, and forget whom we need not know."""
    del settings
    moment = now()
    with database.read() as session:
        due = signals.due(session)
        over = dossiers.over(session, day_of(moment))
    if due:
        with database.write() as session:
            signals.compare(session, SYSTEM, moment)
    if over:
        with database.write() as session:
            dossiers.forget_followers(session, SYSTEM, moment, day_of(moment))
