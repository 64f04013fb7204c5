"""A double click, or an impatient one, through the whole application (security T14)."""

from concurrent.futures import ThreadPoolExecutor

import time_machine
from flask import Flask

from consult.config import Settings
from consult.db.session import Database
from consult.surveys.store import envelopes
from tests.consultations import WHILE_OPEN, running


def test_fifty_clicks_at_once_give_one_envelope_and_fifty_equal_answers(
    app: Flask, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, people=1)
    path = f"/meedoen/{run.slug}"
    with time_machine.travel(WHILE_OPEN, tick=False):
        client = app.test_client()
        client.post(path, data={"code": str(run.codes[0])})
        client.post(f"{path}/vraag/q1", data={"answer": "no"})
        client.post(f"{path}/vraag/q3", data={"answer": "4"})
        cookie = client.get_cookie("consult")
        assert cookie is not None

        def click(_: int) -> tuple[int, str | None]:
            clicking = app.test_client()
            clicking.set_cookie("consult", cookie.value)
            sent = clicking.post(f"{path}/controle")
            return sent.status_code, sent.location

        with ThreadPoolExecutor(16) as pool:
            outcomes = set(pool.map(click, range(50)))
    assert outcomes == {(303, f"{path}/bedankt")}
    with database.read() as session:
        assert envelopes.count_envelopes(session, run.id) == 1
        assert envelopes.count_participants(session, run.id) == 1
