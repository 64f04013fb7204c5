"""What time does: closings are stored, coarse counts made, the steps after closing taken, and
followers told."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.clock import day_of, now
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing, following, reading
from consult.surveys.core.sealed.closing import Step, upcoming
from consult.surveys.store import steps

_Act = Callable[[Session, bytes, str], None]
_STEPS: Final[Mapping[Step, tuple[_Act, tuple[str, ...]]]] = {
    Step.SHUFFLED: (
        lambda session, _, one: closing.shuffle(session, one),
        ("envelope", "shuffled_envelope", "draft", "helped"),
    ),
    Step.CUT: (closing.cut, ("participation", "roll_code")),
    Step.CLEAN: (lambda *_: None, ("shuffled_envelope", "opened_part")),
}
"""What each step does that nobody has to ask for, and the tables that are written anew after it."""


def tick(database: Database, settings: Settings) -> None:
    """Do what has become due; nothing is locked when nothing is."""
    moment = now()
    today = day_of(moment)
    with database.read() as session:
        due = closing.anything_due(session, moment, today)
    if due:
        with database.write() as session:
            closing.pass_time(session, moment, today)
    with database.read() as session:
        waiting = steps.unfinished(session)
    for consultation_id in waiting:
        proceed(database, settings.key("surveys.marks"), consultation_id)
    _tell_followers(database, settings, moment)
    erase_old_texts(database, settings.key("surveys.answers"))


def proceed(database: Database, key: bytes, consultation_id: str) -> None:
    """Take the steps of a closed consultation that are due, up to where a person is needed.

    ``key`` is ``settings.key("surveys.marks")``. Each step is done, then written anew, then noted;
    whatever breaks off is taken up again there.
    """
    while (step := _upcoming(database, consultation_id)) is not None and step in _STEPS:
        act, tables = _STEPS[step]
        with database.write() as session:
            act(session, key, consultation_id)
        database.rewrite(*tables)
        with database.write() as session:
            closing.note_step(session, now(), consultation_id, step)


def erase_old_texts(database: Database, key: bytes) -> None:
    """Erase open answers whose time is over, from the files as well.

    ``key`` is ``settings.key("surveys.answers")``.
    """
    moment = now()
    with database.read() as session:
        due = reading.erasure_due(session, moment)
    if due:
        with database.write() as session:
            reading.erase_due(session, moment, key)
        database.rewrite("apart_answer")


def _upcoming(database: Database, consultation_id: str) -> Step | None:
    with database.read() as session:
        return upcoming(steps.taken(session, consultation_id))


def _tell_followers(database: Database, settings: Settings, moment: datetime) -> None:
    """Put mail about new steps in the outbox: each step once, whoever notes it and however."""
    with database.read() as session:
        news = following.to_tell(session, day_of(moment))
    if news:
        with database.write() as session:
            following.tell(session, moment, following.post(settings))
