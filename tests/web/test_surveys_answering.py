"""The tenant's journey: a code, questions, a check, thanks; and what goes wrong on the way."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing
from consult.surveys.store import consultations, envelopes
from tests.consultations import (
    CLOSES,
    NOBODYS_CODE,
    OPENS,
    PREPARED,
    WHILE_OPEN,
    Running,
    drafted,
    running,
)


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return running(session, settings, people=15)


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def enter(client: FlaskClient, run: Running, number: int = 0) -> TestResponse:
    return client.post(f"/meedoen/{run.slug}", data={"code": str(run.codes[number])})


def page_of(run: Running, question: str) -> str:
    return f"/meedoen/{run.slug}/vraag/{question}"


def answer(
    client: FlaskClient, run: Running, question: str, *values: str, **more: str
) -> TestResponse:
    return client.post(page_of(run, question), data={"answer": list(values), **more})


def fill_in(client: FlaskClient, run: Running, number: int = 0) -> None:
    enter(client, run, number)
    answer(client, run, "q1", "no")
    answer(client, run, "q2", "trees", "water")
    answer(client, run, "q3", "4")
    answer(client, run, "q4", "Meer bomen graag.")


def send(client: FlaskClient, run: Running) -> TestResponse:
    return client.post(f"/meedoen/{run.slug}/controle")


def goes_to(response: TestResponse, path: str) -> bool:
    return response.status_code == 303 and response.location == path


def envelopes_of(database: Database, run: Running) -> int:
    with database.read() as session:
        return envelopes.count_envelopes(session, run.id)


def test_the_whole_journey(client: FlaskClient, run: Running, database: Database) -> None:
    path = f"/meedoen/{run.slug}"
    assert "Uw antwoorden zijn vertrouwelijk" in client.get(path).text
    assert goes_to(enter(client, run), page_of(run, "q1"))
    page = client.get(page_of(run, "q1")).text
    assert "Stap 1 van 4" in page
    assert "Is er genoeg groen?" in page
    assert goes_to(answer(client, run, "q1", "no"), page_of(run, "q2"))
    assert goes_to(answer(client, run, "q2", "trees", "water"), page_of(run, "q3"))
    assert goes_to(answer(client, run, "q3", "4"), page_of(run, "q4"))
    assert goes_to(answer(client, run, "q4", "Meer bomen graag."), f"{path}/controle")
    check = client.get(f"{path}/controle").text
    for told in ("Nee", "Bomen · Water", "Meer bomen graag."):
        assert told in check
    assert goes_to(send(client, run), f"{path}/bedankt")
    thanks = client.get(f"{path}/bedankt").text
    assert "Uw antwoorden zijn binnen." in thanks
    assert "30 november 2026 23:59" in thanks
    assert f'href="/raadplegingen/{run.slug}"' in thanks
    assert envelopes_of(database, run) == 1


def test_the_code_is_found_without_the_name_of_the_consultation(
    client: FlaskClient, run: Running
) -> None:
    assert "Groen in uw buurt" in client.get("/meedoen").text
    entered = client.post("/meedoen", data={"code": str(run.codes[3])})
    assert goes_to(entered, page_of(run, "q1"))


def test_without_an_open_consultation_the_start_says_so(client: FlaskClient) -> None:
    assert "Er is nu geen raadpleging open." in client.get("/meedoen").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Vul uw code in."),
        ("1234", "Vul 16 cijfers in."),
        ("1234 5678 9012 3456", "Er klopt een cijfer niet."),
        (NOBODYS_CODE, "Wij kennen deze code niet."),
    ],
)
def test_a_wrong_code_is_told_at_the_field_and_kept(
    client: FlaskClient, run: Running, typed: str, words: str
) -> None:
    for path in (f"/meedoen/{run.slug}", "/meedoen"):
        page = client.post(path, data={"code": typed}).text
        assert 'href="#code"' in page
        assert page.count(words) == 2
        assert f'value="{typed}"' in page
        assert "<title>Fout:" in page


def test_many_wrong_codes_have_to_wait(client: FlaskClient, run: Running) -> None:
    for _ in range(10):
        client.post(f"/meedoen/{run.slug}", data={"code": NOBODYS_CODE})
    page = enter(client, run).text
    assert "Wacht 10 minuten" in page


def test_looking_uses_nothing_up(client: FlaskClient, run: Running, database: Database) -> None:
    for _ in range(20):
        client.get(f"/meedoen/{run.slug}")
        client.head(f"/meedoen/{run.slug}")
    fill_in(client, run)
    for page in ("vraag/q1", "controle", "bedankt"):
        client.get(f"/meedoen/{run.slug}/{page}")
        client.head(f"/meedoen/{run.slug}/{page}")
    assert envelopes_of(database, run) == 0


def test_the_session_gets_a_new_token_at_the_code(client: FlaskClient, run: Running) -> None:
    client.get(f"/meedoen/{run.slug}?taal=en")
    before = client.get_cookie("consult")
    enter(client, run)
    after = client.get_cookie("consult")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_required_question_cannot_be_skipped(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    page = answer(client, run, "q1").text
    assert page.count("Geef een antwoord op deze vraag.") == 2
    assert 'href="#answer"' in page


def test_too_many_choices_are_told_and_kept(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    page = answer(client, run, "q2", "trees", "beds", "water").text
    assert "Kies hoogstens 2 antwoorden." in page
    assert page.count(" checked") == 3


def test_a_text_that_is_too_long_is_told_and_kept(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    for more in ({}, {"go": "back"}):
        page = answer(client, run, "q4", "lang" * 101, **more).text
        assert "Er passen 300 tekens in." in page
        assert "lang" * 101 in page


def test_a_question_that_may_be_skipped_can_be_and_says_so(
    client: FlaskClient, run: Running
) -> None:
    enter(client, run)
    assert "U mag deze vraag overslaan." in client.get(page_of(run, "q2")).text
    assert goes_to(answer(client, run, "q2"), page_of(run, "q3"))


def test_going_back_loses_nothing(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    answer(client, run, "q1", "unsure")
    assert goes_to(answer(client, run, "q2", "beds", go="back"), page_of(run, "q1"))
    assert 'value="unsure" checked' in client.get(page_of(run, "q1")).text
    assert 'value="beds" checked' in client.get(page_of(run, "q2")).text


def test_going_back_keeps_also_what_is_no_answer_yet(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    answer(client, run, "q1", "no")
    assert goes_to(
        answer(client, run, "q2", "trees", "beds", "water", go="back"), page_of(run, "q1")
    )
    assert client.get(page_of(run, "q2")).text.count(" checked") == 3


def test_going_back_from_an_empty_question_is_no_mistake(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    assert goes_to(answer(client, run, "q3", go="back"), page_of(run, "q2"))


def test_a_change_from_the_check_returns_to_the_check(client: FlaskClient, run: Running) -> None:
    fill_in(client, run)
    change = f"{page_of(run, 'q1')}?naar=controle"
    assert change in client.get(f"/meedoen/{run.slug}/controle").text
    assert goes_to(client.post(change, data={"answer": "yes"}), f"/meedoen/{run.slug}/controle")


def test_another_language_keeps_the_page_and_what_was_filled_in(
    client: FlaskClient, run: Running
) -> None:
    enter(client, run)
    sent = answer(client, run, "q1", "no", taal="en")
    assert goes_to(sent, f"{page_of(run, 'q1')}?taal=en")
    page = client.get(sent.location).text
    assert 'value="no" checked' in page
    assert '<html lang="en"' in page


def test_what_is_missing_is_told_at_sending(
    client: FlaskClient, run: Running, database: Database
) -> None:
    enter(client, run)
    answer(client, run, "q1", "no")
    page = send(client, run).text
    assert 'href="#row-q3"' in page
    assert 'id="row-q3"' in page
    assert 'href="#row-q1"' not in page
    assert envelopes_of(database, run) == 0


def test_a_question_that_is_none_is_not_found(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    assert client.get(page_of(run, "q9")).status_code == 404


def test_the_same_code_goes_on_elsewhere_where_she_was(
    client: FlaskClient, app: Flask, run: Running
) -> None:
    enter(client, run)
    answer(client, run, "q1", "no")
    answer(client, run, "q2")
    other = app.test_client()
    assert goes_to(enter(other, run), page_of(run, "q3"))
    assert 'value="no" checked' in other.get(page_of(run, "q1")).text
    answer(other, run, "q3", "4")
    assert goes_to(answer(client, run, "q4", "Bomen."), f"/meedoen/{run.slug}/controle")
    assert "Hier ontbreekt" not in client.get(f"/meedoen/{run.slug}/controle").text


def test_who_lost_her_session_goes_on_with_her_code(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    answer(client, run, "q1", "no")
    client.delete_cookie("consult")
    assert goes_to(answer(client, run, "q2", "trees"), "/meedoen?eerst=1")
    assert "Met uw code gaat u verder waar u was." in client.get("/meedoen?eerst=1").text
    assert goes_to(enter(client, run), page_of(run, "q2"))


def test_the_device_on_which_she_did_not_send_shows_thanks(
    client: FlaskClient, app: Flask, run: Running
) -> None:
    other = app.test_client()
    fill_in(client, run)
    enter(other, run)
    send(client, run)
    for sent in (other.get(page_of(run, "q1")), send(other, run), answer(other, run, "q1", "no")):
        assert sent.location in {f"/meedoen/{run.slug}/bedankt", f"/meedoen/{run.slug}"}
    assert "Meer bomen" not in other.get(f"/meedoen/{run.slug}/bedankt").text


def test_after_sending_the_next_person_sees_nothing(client: FlaskClient, run: Running) -> None:
    fill_in(client, run)
    send(client, run)
    for page in ("vraag/q1", "vraag/q4", "controle", ""):
        shown = client.get(f"/meedoen/{run.slug}/{page}".rstrip("/"), follow_redirects=True).text
        assert "Meer bomen graag." not in shown
        assert "checked" not in shown
    with client.session_transaction() as session:
        assert set(session["code"]) == {"sent"}


def test_sending_twice_has_one_outcome(
    client: FlaskClient, run: Running, database: Database
) -> None:
    fill_in(client, run)
    outcomes = {send(client, run).location for _ in range(3)}
    assert outcomes == {f"/meedoen/{run.slug}/bedankt"}
    assert envelopes_of(database, run) == 1


def test_answers_are_changed_by_answering_again(
    client: FlaskClient, app: Flask, run: Running, database: Database
) -> None:
    fill_in(client, run)
    send(client, run)
    other = app.test_client()
    enter(other, run)
    assert "checked" not in other.get(page_of(run, "q1")).text
    answer(other, run, "q1", "yes")
    answer(other, run, "q3", "1")
    send(other, run)
    assert envelopes_of(database, run) == 1


def test_thanks_are_for_who_has_sent(client: FlaskClient, run: Running) -> None:
    assert goes_to(client.get(f"/meedoen/{run.slug}/bedankt"), f"/meedoen/{run.slug}")


def test_questions_are_for_who_has_a_code(client: FlaskClient, run: Running) -> None:
    for page in ("vraag/q1", "controle"):
        answered = client.get(f"/meedoen/{run.slug}/{page}")
        assert goes_to(answered, "/meedoen?eerst=1")
    assert "Vul eerst uw code in" in client.get("/meedoen?eerst=1").text


def test_a_code_opens_no_other_consultation(
    client: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    enter(client, run)
    with database.write() as session:
        other = consultations.get(session, drafted(session))
        assert other is not None
        consultations.change(session, other.id, opened_at=PREPARED)
    for page in ("vraag/q1", "controle"):
        shown = client.get(f"/meedoen/{other.slug}/{page}")
        assert goes_to(shown, f"/meedoen/{other.slug}")
    assert client.post(f"/meedoen/{other.slug}/controle").location == f"/meedoen/{other.slug}"


def test_a_draft_and_an_unknown_name_are_not_found(client: FlaskClient, database: Database) -> None:
    with database.write() as session:
        drafted(session)
    assert client.get("/meedoen/groen-in-uw-buurt").status_code == 404
    assert client.get("/meedoen/niets").status_code == 404


def test_before_opening_and_after_closing_nobody_gets_in(
    client: FlaskClient, run: Running, database: Database
) -> None:
    for moment, words in ((PREPARED, "nog niet open"), (CLOSES, "is gesloten")):
        with at(moment):
            page = enter(client, run)
            assert words in page.text
            assert 'name="code"' not in page.text
    with database.read() as session:
        found = consultations.get(session, run.id)
        assert found is not None
        assert found.closed_at == CLOSES


def test_who_is_still_answering_at_closing_is_told(
    client: FlaskClient, run: Running, database: Database
) -> None:
    with at(CLOSES - timedelta(minutes=1)):
        fill_in(client, run)
    with at(CLOSES):
        assert goes_to(send(client, run), f"/meedoen/{run.slug}")
        assert goes_to(answer(client, run, "q1", "no"), f"/meedoen/{run.slug}")
        assert "is gesloten" in client.get(f"/meedoen/{run.slug}").text
    assert envelopes_of(database, run) == 0


def test_a_clock_that_goes_back_does_not_reopen(client: FlaskClient, run: Running) -> None:
    with at(CLOSES):
        client.get(f"/meedoen/{run.slug}")
    with at(OPENS):
        assert "is gesloten" in enter(client, run).text


def test_who_signed_in_as_staff_is_signed_out_by_a_code(client: FlaskClient, run: Running) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    enter(client, run)
    with client.session_transaction() as session:
        assert "_user_id" not in session


def test_a_form_from_elsewhere_is_refused(app: Flask, run: Running) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    path = f"/meedoen/{run.slug}"
    assert client.post(path, data={"code": str(run.codes[0])}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert token is not None
    data = {"code": str(run.codes[0]), "csrf_token": token[1]}
    assert goes_to(client.post(path, data=data), page_of(run, "q1"))


def test_no_answer_and_no_code_comes_into_the_address(client: FlaskClient, run: Running) -> None:
    fill_in(client, run)
    for response in (enter(client, run), answer(client, run, "q1", "no"), send(client, run)):
        assert "?" not in (response.location or "")
        assert run.codes[0].digits not in (response.location or "")


def test_the_closing_page_of_a_published_consultation_leads_to_the_result(
    client: FlaskClient, run: Running, database: Database
) -> None:
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
        consultations.change(session, run.id, published_at=CLOSES)
    assert f"/uitslagen/raadpleging-{run.slug}" in client.get(f"/meedoen/{run.slug}").text


# What a script asks for


def test_a_script_is_told_where_to_go_on_and_sees_errors_as_they_are(
    client: FlaskClient, run: Running
) -> None:
    enter(client, run)
    by_script = {"X-Sent-By": "script"}
    sent = client.post(page_of(run, "q1"), data={"answer": "no"}, headers=by_script)
    assert (sent.status_code, sent.headers["X-Next"]) == (204, page_of(run, "q2"))
    assert sent.data == b""
    wrong = client.post(page_of(run, "q3"), data={"answer": ""}, headers=by_script)
    assert wrong.status_code == 200
    client.delete_cookie("consult")
    lost = client.post(page_of(run, "q2"), data={}, headers=by_script)
    assert (lost.status_code, lost.headers["X-Next"]) == (204, "/meedoen?eerst=1")


def test_asking_for_more_time_gives_it(client: FlaskClient, run: Running) -> None:
    enter(client, run)
    with at(WHILE_OPEN + timedelta(minutes=59)):
        assert client.post(f"/meedoen/{run.slug}/langer").status_code == 204
    with at(WHILE_OPEN + timedelta(minutes=90)):
        page = client.get(page_of(run, "q1"))
        assert page.status_code == 200
        assert "Voor deze bladzijde hebt u tot 13:30 uur." in page.text
    with at(WHILE_OPEN + timedelta(minutes=151)):
        assert goes_to(client.get(page_of(run, "q1")), "/meedoen?eerst=1")
