"""What no browser sends: none of it is a crash, whoever sends it."""

import pytest
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from tests import elections as story
from tests.cast import signed_in

HUGE = "9" * 30
NUL = "%00" * 43


@pytest.mark.parametrize(
    "path",
    [
        f"/uitslagen/x?versie={HUGE}",
        f"/uitslagen/x.json?versie=-{HUGE}",
        "/uitslagen/%00",
        "/uitslagen/%00.json",
        "/meedoen/%00",
        "/meedoen/%ff%ed%a0%80",
        "/verkiezing/%00",
        "/stemmen/%00/",
        "/sleutelhouder/%00",
        "/uitnodiging/%00",
        f"/?taal={HUGE}%0d%0aSet-Cookie:a=b",
    ],
)
def test_a_strange_address_is_answered_calmly(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {200, 400, 404}


@pytest.mark.parametrize("path", [f"/raad/logboek?voor={HUGE}", f"/raad/logboek?voor=-{HUGE}"])
def test_a_strange_number_in_the_log_is_answered_calmly(
    database: Database, client: FlaskClient, path: str
) -> None:
    observer = signed_in(client.application, database, [Role.OBSERVER])
    assert observer.get(path).status_code == 200


@pytest.mark.parametrize("field", ["email", "password"])
def test_a_sign_that_nobody_can_type_is_refused(client: FlaskClient, field: str) -> None:
    typed = {"email": "a@example.org", "password": "vier groene fietsen"}
    answer = client.post("/inloggen", data={**typed, field: [typed[field], "a\0b@example.org"]})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body", ["[" * 60_000, '{"a":' * 10_000, "\0", '{"credential":"\\ud800"}', "NaN", '"' * 99]
)
def test_strange_json_is_refused_in_so_many_words(
    client: FlaskClient, database: Database, settings: Settings, body: str
) -> None:
    with database.write() as session:
        run = story.ready(session, settings)
        story.opened(session, run)
    holder_id, token, _ = run.keys[0]
    headers = {"X-Trustee-Token": token, "Content-Type": "application/json"}
    for path in (
        f"/stemmen/{run.uuid}/code",
        f"/stemmen/{run.uuid}/stembus",
        f"/sleutelhouder/{holder_id}/sleutel",
        f"/sleutelhouder/{holder_id}/ontsleuteling",
    ):
        answer = client.post(path, data=body, headers=headers)
        assert (path, answer.status_code in {404, 409, 413}) == (path, True)
        assert answer.json["code"] != "web.crash"


def test_a_tracker_of_strange_signs_is_refused(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
    assert client.get(f"/stemmen/{run.uuid}/volgcode?code={NUL}").status_code == 400
