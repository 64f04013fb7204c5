"""The room of a key holder: a key before the vote, a part of the opening after it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from gmpy2 import mpz
from werkzeug.test import TestResponse

from consult.belenios import ballot, election, reading, tally, trustee
from consult.belenios.archive import Kind
from consult.belenios.election import Election
from consult.config import Settings
from consult.council.core.agreement import Ties
from consult.db.session import Database
from consult.elections.actions import prepare
from consult.elections.actions.prepare import draw_exponent
from consult.elections.store import people
from tests import elections as story
from tests.consultations import PREPARED, SECRETARY
from tests.elections import AFTER, NAMES, PLAN, WHILE_OPEN, Running


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with at(PREPARED):
        yield


@pytest.fixture
def invited(database: Database) -> tuple[str, str]:
    """Id and token of a key holder of a draft, who has no key yet."""
    with database.write() as session:
        made = story.drafted(session)
        return prepare.invite_holder(session, SECRETARY, PREPARED, made, "Truus")


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    """An election that is closed, with one vote."""
    with database.write() as session:
        made = story.running(session, settings)
        vote = story.ballot_of(session, made, made.codes[0], NAMES[0])
        story.cast(session, settings, made, vote)
        story.closed(session, settings, made)
    return made


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def state(client: FlaskClient, holder_id: str) -> dict[str, Any]:
    """What the page tells its script."""
    page = client.get(f"/sleutelhouder/{holder_id}").text
    found = page.partition('id="trustee-data">')[2].partition("</script>")[0]
    told: dict[str, Any] = json.loads(found)
    return told


def post(client: FlaskClient, holder_id: str, token: str, act: str, body: Any) -> TestResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(
        f"/sleutelhouder/{holder_id}/{act}",
        data=raw,
        content_type="application/json",
        headers={"X-Trustee-Token": token},
    )


def public() -> dict[str, Any]:
    made = trustee.announce(trustee.new_private_key(draw_exponent), draw_exponent)
    shape = made.json()
    assert isinstance(shape, dict)
    return shape


def paper(client: FlaskClient, uuid: str) -> Election:
    return election.parse(client.get(f"/stemmen/{uuid}/election.json").data)


def downloaded(client: FlaskClient, uuid: str, kind: Kind) -> bytes:
    """The first data of the first event of that kind in the archive."""
    archive = reading.read(client.get(f"/stemmen/{uuid}/archief.bel").data)
    return next(bytes(event.data[0]) for event in archive.events if event.kind is kind)


def part(client: FlaskClient, uuid: str, private: int, of: tally.Tally | None = None) -> bytes:
    """A part of the opening, made from nothing but what anybody can download."""
    summed = of or tally.parse_tally(downloaded(client, uuid, Kind.ENCRYPTED_TALLY))
    return trustee.decrypt(mpz(private), summed, paper(client, uuid).fingerprint, draw_exponent)


def test_the_page_holds_no_secret_and_its_state_follows_what_happens(
    client: FlaskClient, invited: tuple[str, str]
) -> None:
    holder_id, token = invited
    page = client.get(f"/sleutelhouder/{holder_id}")
    assert page.status_code == 200
    assert token not in page.text
    assert "Set-Cookie" not in page.headers
    told = state(client, holder_id)
    assert (told["state"], told["public_key"]) == ("key", None)
    made = public()
    assert post(client, holder_id, token, "sleutel", made).status_code == 201
    assert state(client, holder_id)["public_key"] == made["public_key"]


def test_a_key_is_made_once_and_the_letters_end_it(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = story.drafted(session)
        holder_id, token, _ = story.hold_key(session, made, "Vera")
    first = state(client, holder_id)["public_key"]
    again = post(client, holder_id, token, "sleutel", public())
    assert (again.status_code, again.json) == (409, {"code": "elections.key_made"})
    with database.write() as session:
        story.equipped(session, settings, made)
    late = post(client, holder_id, token, "sleutel", public())
    assert (late.status_code, late.json) == (409, {"code": "elections.sealed"})
    assert state(client, holder_id)["state"] == "waiting"
    assert state(client, holder_id)["public_key"] == first


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 43])
@pytest.mark.parametrize("act", ["sleutel", "ontsleuteling"])
def test_without_the_token_of_the_link_nothing_is_taken(
    client: FlaskClient, invited: tuple[str, str], act: str, token: str
) -> None:
    answer = post(client, invited[0], token, act, public())
    assert (answer.status_code, answer.json) == (409, {"code": "elections.holder_unknown"})
    assert state(client, invited[0])["public_key"] is None


def test_the_link_of_one_holder_opens_no_other_room(
    client: FlaskClient, database: Database, invited: tuple[str, str]
) -> None:
    with database.write() as session:
        found = people.holder(session, invited[0])
        assert found is not None
        other = prepare.invite_holder(session, SECRETARY, PREPARED, found[0], "Umar")
    answer = post(client, other[0], invited[1], "sleutel", public())
    assert (answer.status_code, answer.json) == (409, {"code": "elections.holder_unknown"})
    assert client.get("/sleutelhouder/zzzzzzzzzzzzzzzzzzzzzzzzzz").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 20_000,
        b"\xff",
        [],
        None,
        {},
        {"public_key": "1", "pok": {"challenge": "1", "response": "1"}},
        {"public_key": 12, "pok": []},
        {"public_key": "x", "pok": {"challenge": {}, "response": [[]]}},
    ],
)
def test_what_is_no_key_with_its_proof_is_refused(
    client: FlaskClient, invited: tuple[str, str], body: Any
) -> None:
    answer = post(client, *invited, "sleutel", body)
    assert answer.status_code == 409
    assert (answer.json or {})["code"] == "elections.key_invalid"
    assert state(client, invited[0])["public_key"] is None


def test_a_key_with_the_proof_of_another_is_refused(
    client: FlaskClient, invited: tuple[str, str]
) -> None:
    answer = post(client, *invited, "sleutel", {**public(), "pok": public()["pok"]})
    assert (answer.json or {})["code"] == "elections.key_invalid"


def test_the_holders_open_the_sum_one_after_the_other(client: FlaskClient, run: Running) -> None:
    with at(AFTER):
        for number, (holder_id, token, private) in enumerate(run.keys):
            assert state(client, holder_id)["state"] == "decrypt"
            raw = part(client, run.uuid, private)
            last = number == len(run.keys) - 1
            answers = [post(client, holder_id, token, "ontsleuteling", raw) for _ in range(2)]
            assert [answer.status_code for answer in answers] == [201, 201]
            assert [answer.json for answer in answers] == [{"stored": True, "opened": last}] * 2
            assert state(client, holder_id)["state"] == "done"


def test_before_the_end_nothing_is_opened(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        running = story.running(session, settings)
    holder_id, token, _ = running.keys[0]
    with at(WHILE_OPEN):
        assert state(client, holder_id)["state"] == "waiting"
        answer = post(client, holder_id, token, "ontsleuteling", b"{}")
    assert (answer.status_code, answer.json) == (409, {"code": "elections.not_closed"})


@pytest.mark.parametrize("raw", [b"", b"{}", b"[[]]", b"[" * 20_000, b"\xff", b"null"])
def test_what_is_no_part_of_the_opening_is_refused(
    client: FlaskClient, run: Running, raw: bytes
) -> None:
    holder_id, token, _ = run.keys[0]
    with at(AFTER):
        answer = post(client, holder_id, token, "ontsleuteling", raw)
        assert answer.status_code == 409
        assert (answer.json or {})["code"] == "elections.decryption_invalid"
        assert state(client, holder_id)["state"] == "decrypt"


def test_the_part_of_another_holder_is_refused(client: FlaskClient, run: Running) -> None:
    (first, token, _), (_, _, other) = run.keys
    with at(AFTER):
        answer = post(client, first, token, "ontsleuteling", part(client, run.uuid, other))
    assert (answer.json or {})["code"] == "elections.decryption_invalid"


def test_a_part_of_a_single_ballot_instead_of_the_sum_is_refused(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = story.running(session, settings)
        for code, name in zip(made.codes, NAMES, strict=False):
            story.cast(session, settings, made, story.ballot_of(session, made, code, name))
        story.closed(session, settings, made)
    with at(AFTER):
        cast = ballot.parse(downloaded(client, made.uuid, Kind.BALLOT))
        single = tally.encrypted_tally(paper(client, made.uuid), [cast])
        holder_id, token, private = made.keys[0]
        raw = part(client, made.uuid, private, single)
        answer = post(client, holder_id, token, "ontsleuteling", raw)
    assert (answer.json or {})["code"] == "elections.decryption_invalid"


def test_no_one_elses_ballots_are_opened_with_a_part_of_another_election(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    with database.write() as session:
        other = story.ready(session, settings, people=0, two=(run.secretary, run.chair))
        story.opened(session, other)
        story.closed(session, settings, other)
    holder_id, token, private = run.keys[0]
    with at(AFTER):
        raw = part(client, other.uuid, private)
        answer = post(client, holder_id, token, "ontsleuteling", raw)
    assert (answer.json or {})["code"] == "elections.decryption_invalid"


# The number for a computed lot


@pytest.fixture
def drawn(database: Database, settings: Settings) -> Running:
    """A closed election whose lot would be computed."""
    plan = replace(PLAN, ties=Ties.COMMIT_BEACON, beacon="20 worpen op 3 december")
    with database.write() as session:
        made = story.running(session, settings, plan)
        story.cast(session, settings, made, story.ballot_of(session, made, made.codes[0], NAMES[0]))
        story.closed(session, settings, made)
    return made


def test_whoever_opened_the_sum_without_a_number_is_asked_for_it_until_it_is_there(
    client: FlaskClient, drawn: Running
) -> None:
    holder_id, token, private = drawn.keys[0]
    with at(AFTER):
        assert (state(client, holder_id)["state"], state(client, holder_id)["number_asked"]) == (
            "decrypt",
            True,
        )
        raw = part(client, drawn.uuid, private)
        assert post(client, holder_id, token, "ontsleuteling", raw).status_code == 201
        assert state(client, holder_id)["state"] == "number"
        assert "Geef uw getal voor de loting" in client.get(f"/sleutelhouder/{holder_id}").text
        number = {"number": story.number_of(drawn.uuid, private)}
        for _ in range(2):
            answer = post(client, holder_id, token, "getal", number)
            assert (answer.status_code, answer.json) == (201, {"stored": True})
        assert state(client, holder_id)["state"] == "done"


@pytest.mark.parametrize("body", [b"", b"[" * 20_000, [], {}, {"number": "00" * 32}, {"number": 1}])
def test_what_is_not_the_committed_number_is_refused(
    client: FlaskClient, drawn: Running, body: Any
) -> None:
    holder_id, token, _ = drawn.keys[0]
    with at(AFTER):
        answer = post(client, holder_id, token, "getal", body)
        assert (answer.status_code, answer.json) == (409, {"code": "elections.reveal_wrong"})


def test_a_number_with_the_token_of_another_holder_is_refused(
    client: FlaskClient, drawn: Running
) -> None:
    (first, _, private), (_, other, _), _ = drawn.keys
    with at(AFTER):
        number = {"number": story.number_of(drawn.uuid, private)}
        answer = post(client, first, other, "getal", number)
    assert (answer.json or {})["code"] == "elections.holder_unknown"


def test_where_lots_are_drawn_in_public_nobody_is_asked_for_a_number(
    client: FlaskClient, run: Running
) -> None:
    assert state(client, run.keys[0][0])["number_asked"] is False
