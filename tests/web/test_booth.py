"""The booth: the same bytes for everybody, and what it asks the server for."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from werkzeug.test import TestResponse

from consult.actor import Role
from consult.belenios import credential, wire
from consult.belenios.ballot import credential_of
from consult.config import Settings
from consult.db.session import Database
from consult.register.core.codes import Code
from tests import elections as story
from tests.elections import AFTER, NAMES, OPENS, PREPARED, WHILE_OPEN, Running

Staff = Callable[..., FlaskClient]
WRONG = {"credential": "1234567890"}


@pytest.fixture(autouse=True)
def _while_open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return story.running(session, settings)


def made(database: Database, run: Running, code: Code, *names: str) -> bytes:
    with database.read() as session:
        return story.ballot_of(session, run, code, *names)


def cast(client: FlaskClient, run: Running, raw: bytes) -> TestResponse:
    return client.post(f"/stemmen/{run.uuid}/stembus", data=raw, content_type="application/json")


def ask(client: FlaskClient, run: Running, body: object, network: str = "10.0.0.1") -> TestResponse:
    return client.post(
        f"/stemmen/{run.uuid}/code", json=body, environ_overrides={"REMOTE_ADDR": network}
    )


def public(run: Running, code: Code) -> str:
    return credential.public_credential(str(code), run.uuid)


# The page


def test_the_page_is_the_same_for_a_visitor_a_voter_and_staff(
    app: Flask, database: Database, staff: Staff, run: Running
) -> None:
    page = f"/stemmen/{run.uuid}/"
    visitor = app.test_client()
    first = visitor.get(page)
    english = app.test_client()
    english.get("/?taal=en")
    secretary = staff(Role.SECRETARY)
    assert cast(visitor, run, made(database, run, run.codes[0], NAMES[0])).status_code == 201
    for client in (app.test_client(), visitor, english, secretary):
        again = client.get(page, headers={"Cookie": "other=1"} if client is visitor else {})
        assert again.data == first.data
        assert dict(again.headers) == dict(first.headers)


def test_the_page_sets_no_cookie_and_depends_on_none(
    client: FlaskClient, staff: Staff, run: Running
) -> None:
    for one in (client, staff(Role.CHAIR)):
        for page in ("", "election.json", "archief.bel"):
            answer = one.get(f"/stemmen/{run.uuid}/{page}")
            assert answer.status_code == 200
            assert answer.data
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_session_is_left_alone_by_the_booth(staff: Staff, run: Running) -> None:
    chair = staff(Role.CHAIR)
    chair.get(f"/stemmen/{run.uuid}/")
    assert chair.get("/raad/verkiezingen").status_code == 200


def test_each_language_has_one_page(app: Flask, staff: Staff, run: Running) -> None:
    pages = {
        language: {
            client.get(f"/stemmen/{run.uuid}/?taal={language}").data
            for client in (app.test_client(), staff(Role.SECRETARY, name=f"Sanne {language}"))
        }
        for language in ("nl", "en")
    }
    assert [len(found) for found in pages.values()] == [1, 1]
    assert b'<html lang="en"' in pages["en"].pop()


def test_the_page_holds_the_paper_and_nothing_to_post_to_another_address(
    client: FlaskClient, run: Running
) -> None:
    page = client.get(f"/stemmen/{run.uuid}/").text
    found = page.partition('id="booth-data">')[2].partition("</script>")[0]
    raw = client.get(f"/stemmen/{run.uuid}/election.json").data
    assert json.loads(found)["fingerprint"] == wire.hash_base64(raw)
    assert [name for name in NAMES if name not in page] == []
    assert "csrf" not in page


@pytest.mark.parametrize(
    ("moment", "words"),
    [(PREPARED, "De stembus is nog niet open."), (AFTER, "De stembus is dicht.")],
)
def test_before_and_after_the_vote_the_page_says_so(
    client: FlaskClient, run: Running, moment: Any, words: str
) -> None:
    with time_machine.travel(moment, tick=False):
        assert words in client.get(f"/stemmen/{run.uuid}/").text


def test_the_election_is_the_exact_bytes_of_the_archive(
    client: FlaskClient, database: Database, run: Running
) -> None:
    answer = client.get(f"/stemmen/{run.uuid}/election.json")
    archive = client.get(f"/stemmen/{run.uuid}/archief.bel").data
    assert answer.mimetype == "application/json"
    assert answer.data in archive
    assert json.loads(answer.data)["uuid"] == run.uuid


@pytest.mark.parametrize("page", ["", "election.json", "archief.bel", "volgcode"])
@pytest.mark.parametrize("uuid", ["AAAAAAAAAAAAAA", "x", "%00"])
def test_an_election_that_is_not_there_is_refused(
    client: FlaskClient, page: str, uuid: str
) -> None:
    assert client.get(f"/stemmen/{uuid}/{page}").status_code in {400, 404, 409}


def test_a_draft_is_not_shown_to_anybody(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.ready(session, settings)
    assert client.get(f"/stemmen/{run.uuid}/").status_code == 409
    assert ask(client, run, {"credential": public(run, run.codes[0])}).status_code == 409
    assert client.get(f"/verkiezing/{run.uuid}/zegel.json").status_code == 409


# The code


def test_a_known_code_hears_whether_it_was_used(
    client: FlaskClient, database: Database, run: Running
) -> None:
    body = {"credential": public(run, run.codes[0])}
    assert ask(client, run, body).json == {"known": True, "voted": False}
    cast(client, run, made(database, run, run.codes[0]))
    assert ask(client, run, body).json == {"known": True, "voted": True}


@pytest.mark.parametrize(
    "body",
    [WRONG, {}, [], None, "x", {"credential": 12}, {"credential": "12x"}, {"credential": ""}],
)
def test_an_unknown_or_misshapen_code_is_refused(
    client: FlaskClient, run: Running, body: object
) -> None:
    answer = ask(client, run, body)
    assert (answer.status_code, answer.json) == (404, {"code": "elections.code_unknown"})


def test_a_body_that_is_not_json_is_an_unknown_code(client: FlaskClient, run: Running) -> None:
    for data in (b"{", b"\xff", b"[" * 20_000):
        answer = client.post(
            f"/stemmen/{run.uuid}/code", data=data, content_type="application/json"
        )
        assert answer.status_code == 404


def test_a_code_of_another_election_is_unknown(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    other = credential.public_credential(str(run.codes[0]), "AAAAAAAAAAAAAA")
    assert ask(client, run, {"credential": other}).status_code == 404


def test_wrong_codes_have_to_wait_and_a_right_one_does_not(
    client: FlaskClient, run: Running
) -> None:
    for _ in range(30):
        assert ask(client, run, WRONG).status_code == 404
    throttled = ask(client, run, WRONG)
    assert throttled.status_code == 429
    assert throttled.json is not None
    assert throttled.json["code"] == "elections.too_many_tries"
    assert 0 < throttled.json["seconds"] <= 60
    assert ask(client, run, WRONG, "10.0.0.200").status_code == 429  # a neighbour's address
    assert ask(client, run, WRONG, "10.0.1.1").status_code == 404
    assert ask(client, run, {"credential": public(run, run.codes[0])}).status_code == 200


def test_right_codes_are_never_counted(client: FlaskClient, run: Running) -> None:
    for _ in range(40):
        assert ask(client, run, {"credential": public(run, run.codes[0])}).status_code == 200
    assert ask(client, run, WRONG).status_code == 404


def test_a_forged_address_in_a_header_makes_no_new_network(
    client: FlaskClient, run: Running
) -> None:
    statuses = [
        client.post(
            f"/stemmen/{run.uuid}/code", json=WRONG, headers={"X-Forwarded-For": f"9.9.{n}.9"}
        ).status_code
        for n in range(31)
    ]
    assert statuses == [404] * 30 + [429]


# The ballot box


def test_a_ballot_gets_a_receipt_and_the_same_ballot_the_same_receipt(
    client: FlaskClient, database: Database, run: Running
) -> None:
    raw = made(database, run, run.codes[0], NAMES[0])
    first, again = cast(client, run, raw), cast(client, run, raw)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert first.json is not None
    assert first.json["tracker"] == wire.hash_base64(raw)
    with time_machine.travel(AFTER, tick=False):
        assert cast(client, run, raw).data == first.data


def test_the_receipt_is_signed_with_the_key_on_the_page_of_the_election(
    client: FlaskClient, database: Database, run: Running
) -> None:
    receipt = cast(client, run, made(database, run, run.codes[0])).json
    assert receipt is not None
    page = client.get(f"/verkiezing/{run.uuid}").text
    key = page.partition("Sleutel van onze bewijzen")[2].partition("</dd>")[0][-70:].strip()
    signed = f"consult-receipt/1|{run.uuid}|{receipt['tracker']}|{receipt['height']}"
    signature = base64.b64decode(receipt["signature"])
    verify = VerifyKey(bytes.fromhex(key.rpartition(">")[2].strip()))
    verify.verify(f"{signed}|{receipt['event']}".encode(), signature)
    with pytest.raises(BadSignatureError):
        verify.verify(f"{signed}0|{receipt['event']}".encode(), signature)


def test_the_answer_says_nothing_of_the_choice(
    client: FlaskClient, database: Database, run: Running
) -> None:
    choices = [(), NAMES[:1], NAMES[2:3], NAMES[:2]]
    answers = [
        cast(client, run, made(database, run, code, *names))
        for code, names in zip(run.codes, choices, strict=False)
    ]
    assert {tuple(sorted(answer.json or ())) for answer in answers} == {
        ("event", "height", "signature", "tracker")
    }
    assert len({len(answer.data) for answer in answers}) == 1
    assert len({frozenset(answer.headers.items()) for answer in answers}) == 1
    told = "".join(answer.text for answer in answers)
    assert [name for name in NAMES if name in told] == []


@pytest.mark.parametrize("moment", [PREPARED, OPENS.replace(hour=7, minute=59), AFTER])
def test_outside_the_hours_a_ballot_is_refused(
    client: FlaskClient, database: Database, run: Running, moment: Any
) -> None:
    raw = made(database, run, run.codes[0])
    with time_machine.travel(moment, tick=False):
        answer = cast(client, run, raw)
    assert (answer.status_code, answer.json) == (409, {"code": "elections.not_open"})


def test_a_ballot_with_a_strange_code_is_refused_before_its_proofs_are_looked_at(
    client: FlaskClient, database: Database, run: Running
) -> None:
    raw = made(database, run, Code("0" * 26))
    answer = cast(client, run, raw)
    assert (answer.status_code, answer.json) == (409, {"code": "elections.credential_unknown"})


def test_a_ballot_under_the_code_of_somebody_else_is_refused(
    client: FlaskClient, database: Database, run: Running
) -> None:
    raw = made(database, run, run.codes[0], NAMES[0])
    own, other = credential_of(raw), public(run, run.codes[1])
    answer = cast(client, run, raw.replace(own.encode(), other.encode()))
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["code"] == "elections.ballot_invalid"


def test_the_choices_of_somebody_else_under_an_own_signature_are_refused(
    client: FlaskClient, database: Database, run: Running
) -> None:
    theirs = json.loads(made(database, run, run.codes[0], NAMES[0]))
    own = json.loads(made(database, run, run.codes[1], NAMES[1]))
    answer = cast(client, run, wire.compact({**own, "answers": theirs["answers"]}))
    assert (answer.status_code, (answer.json or {})["reason"]) == (409, "signature_hash")


def test_a_ballot_of_another_election_is_refused(
    client: FlaskClient, database: Database, run: Running
) -> None:
    raw = made(database, run, run.codes[0])
    moved = raw.replace(run.uuid.encode(), b"AAAAAAAAAAAAAA")
    answer = cast(client, run, moved)
    assert (answer.status_code, (answer.json or {})["reason"]) == (409, "ballot_other_election")
    assert client.post("/stemmen/AAAAAAAAAAAAAA/stembus", data=moved).status_code == 409


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"null", b'"x"', b"\xff\xfe", b"{" * 5_000, b"[" * 3_000, b"0" * 90]
)
def test_what_is_no_ballot_is_refused(client: FlaskClient, run: Running, raw: bytes) -> None:
    answer = cast(client, run, raw)
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["code"] == "elections.ballot_invalid"


def test_what_is_longer_than_any_ballot_is_refused(
    client: FlaskClient, database: Database, run: Running
) -> None:
    raw = made(database, run, run.codes[0])
    assert cast(client, run, raw + b" " * 10_000).status_code == 413
    assert cast(client, run, b"x" * 300_000).status_code == 413


def test_without_a_body_of_json_the_refusal_is_still_one(client: FlaskClient, run: Running) -> None:
    assert client.post(f"/stemmen/{run.uuid}/stembus", data={"a": "b"}).status_code == 409
    assert client.get(f"/stemmen/{run.uuid}/stembus").status_code == 405
