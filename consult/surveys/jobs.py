"""What time does: closings are stored, coarse counts made, and followers told."""

from datetime import datetime

from consult.clock import day_of, now
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import following
from consult.surveys.actions.closing import anything_due, pass_time


def tick(database: Database, settings: Settings) -> None:
    """Do what has become due; nothing is locked when nothing is."""
    moment = now()
    today = day_of(moment)
    with database.read() as session:
        due = anything_due(session, moment, today)
    if due:
        with database.write() as session:
            pass_time(session, moment, today)
    _tell_followers(database, settings, moment)


def _tell_followers(database: Database, settings: Settings, moment: datetime) -> None:
    """Put mail about new steps in the outbox: each step once, whoever notes it and however."""
    with database.read() as session:
        news = following.to_tell(session, day_of(moment))
    if news:
        with database.write() as session:
            following.tell(session, moment, following.post(settings))
