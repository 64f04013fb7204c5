"""Time passes: the runner of jobs closes what has reached its end."""

import time_machine

from consult.config import Settings
from consult.db.session import Database
from consult.surveys.jobs import tick
from consult.surveys.store import consultations
from tests.consultations import AFTER, CLOSES, PREPARED, WHILE_OPEN, answer, running


def test_the_tick_counts_once_a_day_and_closes_in_time(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings)
        for code in run.codes[:12]:
            answer(session, settings, run, code)
    seen = []
    for moment in (PREPARED, WHILE_OPEN, AFTER):
        with time_machine.travel(moment, tick=False):
            tick(database, settings)
            tick(database, settings)
        with database.read() as session:
            found = consultations.get(session, run.id)
        assert found is not None
        seen.append((found.shown_count, found.closed_at))
    assert seen == [(0, None), (10, None), (10, CLOSES)]
