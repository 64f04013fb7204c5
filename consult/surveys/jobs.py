"""What time does: closings are stored and coarse counts made."""

from consult.clock import day_of, now
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions.closing import anything_due, pass_time
from consult.surveys.actions.reading import erase_due, erasure_due


def tick(database: Database, _settings: Settings) -> None:
    """Do what has become due; nothing is locked when nothing is."""
    moment = now()
    today = day_of(moment)
    with database.read() as session:
        due = anything_due(session, moment, today)
    if due:
        with database.write() as session:
            pass_time(session, moment, today)
    erase_old_texts(database)


def erase_old_texts(database: Database) -> None:
    """Erase open answers whose time is over."""
    moment = now()
    with database.read() as session:
        due = erasure_due(session, moment)
    if due:
        with database.write() as session:
            erase_due(session, moment)
