"""Applying on a phone: a code, one page at a time, a check, "I stand"; and what goes wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import nomination, standing
from consult.elections.core.nomination import Application
from consult.elections.core.photo import NoPhoto, portrait
from consult.elections.forms.nomination import WORDS
from consult.elections.store import elections as store
from tests.consultations import NOBODYS_CODE, person
from tests.nominations import (
    CALLED,
    CONFLICT,
    OVER,
    WHILE,
    Calling,
    applications_in,
    applied,
    calling,
    filled,
    jpeg,
    left,
    listed,
)
from tests.web.election_desk import errors, words

PAGES = (
    {"name": "Anna Appel"},
    {"statement": "Ik luister graag naar mijn buren."},
    {"answer": "Dat doe ik al jaren."},
    {"answer": "Op een telraam."},
    {"background": "Turks"},
    {},
    {"staff": "no", "committee": "no", "interests": CONFLICT},
    {"consent": "y"},
)
STATEMENT, PHOTO, CONFLICTS, CONSENT = 2, 6, 7, 8


@pytest.fixture
def run(database: Database, settings: Settings) -> Calling:
    with database.write() as session:
        return calling(session, settings)


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    with at(WHILE):
        yield


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def enter(client: FlaskClient, run: Calling, number: int = 0) -> TestResponse:
    return client.post(f"/kandidaat/{run.uuid}", data={"code": str(run.codes[number])})


def send(
    client: FlaskClient, run: Calling, number: int, given: Mapping[str, object], query: str = ""
) -> TestResponse:
    return client.post(f"/kandidaat/{run.uuid}/stap/{number}{query}", data=dict(given))


def send_photo(
    client: FlaskClient, run: Calling, raw: bytes, go: str = "keep", name: str = "IMG_1234.JPG"
) -> TestResponse:
    """By hand: the test client keeps what is large in a file that it does not close."""
    head = b"--x\r\nContent-Disposition: form-data; name="
    parts = (
        head + f'"photo"; filename="{name}"\r\n'.encode(),
        b"Content-Type: image/jpeg\r\n\r\n" + raw,
        head + f'"go"\r\n\r\n{go}'.encode(),
    )
    return client.post(
        f"/kandidaat/{run.uuid}/stap/{PHOTO}",
        data=parts[0] + parts[1] + b"\r\n" + parts[2] + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )


def fill_in(client: FlaskClient, run: Calling, number: int = 0) -> None:
    enter(client, run, number)
    for place, given in enumerate(PAGES, 1):
        send(client, run, place, given)


def stand(client: FlaskClient, run: Calling) -> TestResponse:
    return client.post(f"/kandidaat/{run.uuid}/controle")


def goes_to(response: TestResponse, run: Calling, page: str) -> bool:
    return (response.status_code, response.location) == (303, f"/kandidaat/{run.uuid}/{page}")


def own(database: Database, run: Calling, number: int = 0) -> Application:
    with database.read() as session:
        found = nomination.mine(session, WHILE, run.applicant(number)).application
    assert found is not None
    return found


def test_the_whole_way_from_letter_to_candidate(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    front = client.get(f"/kandidaat/{run.uuid}").text
    assert "Luisteren: U hoort wat klanten zeggen." in front
    assert "27 oktober 2026 00:59" not in front, "23:59 in Amsterdam, on the wall"
    assert goes_to(enter(client, run), run, "stap/1")
    for place, given in enumerate(PAGES, 1):
        page = client.get(f"/kandidaat/{run.uuid}/stap/{place}").text
        assert f"Stap {place} van 8" in page
        there = "controle" if place == 8 else f"stap/{place + 1}"
        assert goes_to(send(client, run, place, given), run, there)
    check = client.get(f"/kandidaat/{run.uuid}/controle").text
    for told in ("Anna Appel", "Ik luister graag", "Op een telraam.", "Turks", CONFLICT):
        assert told in check
    assert "nog niet verstuurd" in check
    assert goes_to(stand(client, run), run, "mijn")
    assert "U stelde zich kandidaat." in client.get(f"/kandidaat/{run.uuid}/mijn").text
    assert own(database, run).submitted_at == WHILE


def test_the_code_is_found_without_the_name_of_the_election(
    client: FlaskClient, run: Calling
) -> None:
    assert "Bestuur 2027" in client.get("/kandidaat").text
    entered = client.post("/kandidaat", data={"code": run.codes[2].digits})
    assert goes_to(entered, run, "stap/1")


def test_without_an_open_call_the_start_says_so(client: FlaskClient) -> None:
    assert "U kunt zich nu niet aanmelden als kandidaat." in client.get("/kandidaat").text


@pytest.mark.parametrize("page", ["/kandidaat", "/kandidaat/{uuid}"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Vul uw code in."),
        ("1234", "Vul 16 cijfers in."),
        ("1234 5678 9012 3456", "Er klopt een cijfer niet."),
        (NOBODYS_CODE, "Wij kennen deze code niet."),
        ("1" * 26, "Dit is een code om te stemmen."),
    ],
)
def test_what_is_wrong_with_a_code_is_told_at_the_field(
    client: FlaskClient, run: Calling, page: str, typed: str, told: str
) -> None:
    shown = client.post(page.format(uuid=run.uuid), data={"code": typed}).text
    ((field, said),) = errors(shown)
    assert field == "code"
    assert told in said
    assert "<title>Fout:" in shown


def test_who_guesses_has_to_wait(client: FlaskClient, run: Calling) -> None:
    for _ in range(10):
        client.post("/kandidaat", data={"code": NOBODYS_CODE})
    page = client.post("/kandidaat", data={"code": str(run.codes[0])}).text
    assert "Wacht 10 minuten, of bel ons." in page


def test_a_code_for_another_device_goes_on_where_she_was(
    app: Flask, client: FlaskClient, run: Calling
) -> None:
    enter(client, run)
    for place in (1, 2):
        send(client, run, place, PAGES[place - 1])
    other = app.test_client()
    assert goes_to(enter(other, run), run, "stap/3")
    assert "Ik luister graag" in other.get(f"/kandidaat/{run.uuid}/stap/2").text


@pytest.mark.parametrize(
    ("place", "given", "field", "told"),
    [
        (1, {"name": " "}, "name", "Vul uw naam in."),
        (1, {"name": "x" * 81}, "name", "Er passen 80 tekens in."),
        (2, {"statement": ""}, "statement", "Schrijf hier iets."),
        (2, {"statement": "woord " * 151}, "statement", "Er passen 150 woorden in."),
        (2, {"statement": "x" * 1501}, "statement", "Er passen 1500 tekens in."),
        (3, {"answer": "woord " * 76}, "answer", "Er passen 75 woorden in."),
        (5, {"background": "Fries"}, "background", "Kies uit de lijst."),
        (7, {"committee": "no"}, "staff", "Kies ja of nee."),
        (7, {"staff": "no"}, "committee", "Kies ja of nee."),
        (8, {}, "consent", "Zonder uw toestemming"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field_and_what_was_typed_stays(
    client: FlaskClient, run: Calling, place: int, given: dict[str, str], field: str, told: str
) -> None:
    enter(client, run)
    page = send(client, run, place, given).text
    ((there, said),) = errors(page)
    assert there == field
    assert told in said
    assert f'id="{field}"' in page
    assert all(typed.strip() in page for name, typed in given.items() if name != "background")


def test_the_way_back_keeps_what_was_filled_in_and_asks_for_nothing(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    enter(client, run)
    send(client, run, 1, PAGES[0])
    assert goes_to(send(client, run, 2, {"statement": "", "go": "back"}), run, "stap/1")
    assert goes_to(send(client, run, 2, {"statement": "Ik.", "go": "back"}), run, "stap/1")
    assert own(database, run).statement == "Ik."
    wrong = send(client, run, 2, {"statement": "w " * 151, "go": "back"})
    assert "150 woorden" in wrong.text


def test_one_page_is_changed_from_the_check(client: FlaskClient, run: Calling) -> None:
    fill_in(client, run)
    check = client.get(f"/kandidaat/{run.uuid}/controle").text
    assert f'href="/kandidaat/{run.uuid}/stap/2?naar=controle"' in check
    changed = send(client, run, 2, {"statement": "Anders."}, "?naar=controle")
    assert goes_to(changed, run, "controle")


def test_pages_that_are_missing_are_named_before_anything_is_sent(
    client: FlaskClient, run: Calling
) -> None:
    enter(client, run)
    send(client, run, 1, PAGES[0])
    page = stand(client, run).text
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert re.findall(r'href="#(row-\d)"', summary) == [f"row-{n}" for n in (2, 3, 4, 7, 8)]
    assert 'id="row-2"' in page
    assert "Hier ontbreekt nog iets: Luisteren" in page


def test_standing_twice_gives_the_same_outcome_as_once(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    fill_in(client, run)
    assert goes_to(stand(client, run), run, "mijn")
    assert goes_to(stand(client, run), run, "mijn")
    with at(OVER):
        enter(client, run)
        assert goes_to(stand(client, run), run, "mijn")
    assert own(database, run).submitted_at == WHILE


def test_a_change_after_standing_has_to_be_sent_again(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    fill_in(client, run)
    stand(client, run)
    assert "Uw aanmelding is al binnen" in client.get(f"/kandidaat/{run.uuid}/stap/1").text
    send(client, run, 1, {"name": "Anna Peer"}, "?naar=controle")
    assert "Uw aanmelding is nog niet verstuurd" in client.get(f"/kandidaat/{run.uuid}/mijn").text
    stand(client, run)
    assert own(database, run).name == "Anna Peer"


def test_stepping_back_is_asked_once_more_and_can_be_undone(
    client: FlaskClient, run: Calling
) -> None:
    fill_in(client, run)
    stand(client, run)
    page = client.get(f"/kandidaat/{run.uuid}/terugtrekken").text
    assert "Wilt u zich terugtrekken?" in page
    assert "U kunt zich nog opnieuw kandidaat stellen" in page
    for _ in range(2):
        assert goes_to(client.post(f"/kandidaat/{run.uuid}/terugtrekken"), run, "mijn")
    mine = client.get(f"/kandidaat/{run.uuid}/mijn").text
    assert "U trok zich terug" in mine
    assert "Stel mij toch kandidaat" in mine
    assert goes_to(stand(client, run), run, "mijn")
    assert "U stelde zich kandidaat." in client.get(f"/kandidaat/{run.uuid}/mijn").text


def test_a_draft_that_is_given_up_is_erased(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    fill_in(client, run)
    assert "Wij wissen alles" in client.get(f"/kandidaat/{run.uuid}/terugtrekken").text
    client.post(f"/kandidaat/{run.uuid}/terugtrekken")
    assert applications_in(database) == 0
    assert "Ga verder" in client.get(f"/kandidaat/{run.uuid}/mijn").text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"staff": "no", "committee": "yes"}, "Wie in de selectiecommissie zit"),
        ({"staff": "yes", "committee": "no"}, ""),
    ],
)
def test_what_keeps_somebody_from_standing_is_told_on_the_check(
    client: FlaskClient, run: Calling, given: dict[str, str], told: str
) -> None:
    fill_in(client, run)
    send(client, run, CONFLICTS, given)
    page = stand(client, run)
    assert ([said for _, said in errors(page.text)] or [""])[0].startswith(told)
    assert page.status_code == (200 if told else 303)


def test_whoever_moved_out_reads_why_she_cannot_stand(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    fill_in(client, run)
    with database.write() as session:
        left(session, 0)
    assert "hebt u geen contract meer" in stand(client, run).text


# the photo


def test_a_photo_comes_on_the_page_without_what_the_camera_wrote(
    client: FlaskClient, run: Calling
) -> None:
    enter(client, run)
    assert client.get(f"/kandidaat/{run.uuid}/mijn-foto.jpg").status_code == 404
    assert goes_to(send_photo(client, run, jpeg(side=900)), run, f"stap/{PHOTO}")
    shown = client.get(f"/kandidaat/{run.uuid}/mijn-foto.jpg")
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert shown.data == portrait(jpeg(side=900))
    assert 'alt="Uw foto"' in client.get(f"/kandidaat/{run.uuid}/stap/{PHOTO}").text
    assert goes_to(send(client, run, PHOTO, {"go": "drop"}), run, f"stap/{PHOTO}")
    assert client.get(f"/kandidaat/{run.uuid}/mijn-foto.jpg").status_code == 404


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "Kies eerst een foto."),
        (b"%PDF-1.7", "Wij kunnen deze foto niet lezen."),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "(HEIC)"),
        (jpeg(side=50), "minstens 120 beeldpunten"),
        (b"x" * (8 * 1024 * 1024 + 1), "hoogstens 8 MB"),
    ],
    ids=["none", "pdf", "heic", "small", "large"],
)
def test_what_is_no_photo_is_told_at_the_field(
    client: FlaskClient, run: Calling, raw: bytes, told: str
) -> None:
    enter(client, run)
    page = send_photo(client, run, raw).text
    ((field, said),) = errors(page)
    assert field == "photo"
    assert told in said


def test_a_photo_that_was_chosen_is_kept_by_the_button_that_goes_on_too(
    client: FlaskClient, run: Calling
) -> None:
    enter(client, run)
    assert goes_to(send_photo(client, run, jpeg(), go="next"), run, f"stap/{PHOTO + 1}")
    assert client.get(f"/kandidaat/{run.uuid}/mijn-foto.jpg").data == portrait(jpeg())


def test_going_on_without_a_photo_asks_for_none(client: FlaskClient, run: Calling) -> None:
    enter(client, run)
    assert goes_to(send_photo(client, run, b"", go="", name=""), run, f"stap/{PHOTO + 1}")
    assert "Kies eerst een foto." in send_photo(client, run, b"", name="").text


def test_a_file_beyond_all_measure_is_refused_unread(client: FlaskClient, run: Calling) -> None:
    enter(client, run)
    assert send_photo(client, run, b"x" * (9 * 1024 * 1024 + 1)).status_code == 413


# her own only


def test_nobody_gets_in_without_a_code(client: FlaskClient, run: Calling) -> None:
    for page in ("stap/1", "controle", "mijn", "terugtrekken", "mijn-foto.jpg"):
        answer = client.get(f"/kandidaat/{run.uuid}/{page}")
        assert (answer.status_code, answer.location) == (303, "/kandidaat?eerst=1")
    assert "Vul eerst uw code in" in client.get("/kandidaat?eerst=1").text


def test_a_code_of_one_election_shows_nothing_of_another(
    client: FlaskClient, run: Calling, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        other = calling(session, settings, people=0)
    enter(client, run)
    for page in ("stap/1", "controle", "mijn", "terugtrekken"):
        answer = client.get(f"/kandidaat/{other.uuid}/{page}")
        assert (answer.status_code, answer.location) == (303, f"/kandidaat/{other.uuid}")
    assert client.get(f"/kandidaat/{other.uuid}/mijn-foto.jpg").status_code == 404


def test_the_pages_of_one_applicant_say_nothing_of_another(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    with database.write() as session:
        applied(session, run, 1, "Bilal Berg")
    fill_in(client, run)
    for page in ("stap/1", "controle", "mijn", "terugtrekken"):
        assert "Bilal" not in client.get(f"/kandidaat/{run.uuid}/{page}").text


def test_whoever_has_the_phone_next_sees_nothing(client: FlaskClient, run: Calling) -> None:
    fill_in(client, run)
    answer = client.post(f"/kandidaat/{run.uuid}/klaar")
    assert (answer.status_code, answer.location) == (303, f"/kandidaat/{run.uuid}")
    assert client.get(f"/kandidaat/{run.uuid}/mijn").location == "/kandidaat?eerst=1"


def test_no_page_and_no_session_holds_the_customer_number(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    fill_in(client, run)
    stand(client, run)
    for page in ("stap/1", "stap/7", "mijn", "terugtrekken"):
        assert "K00000" not in client.get(f"/kandidaat/{run.uuid}/{page}").text
    with client.session_transaction() as session:
        assert session["nomination"] == {
            "election": run.id,
            "entry": run.entries[0],
            "application": own(database, run).id,
        }


# before and after


def test_before_the_first_day_the_page_says_when(client: FlaskClient, run: Calling) -> None:
    with at(CALLED):
        assert (
            "Dat kan vanaf 5 oktober 2026 09:00 uur." in client.get(f"/kandidaat/{run.uuid}").text
        )
        assert goes_to(enter(client, run), run, "mijn")
        assert "U kunt zich nog niet aanmelden" in client.get(f"/kandidaat/{run.uuid}/mijn").text
        assert goes_to(client.get(f"/kandidaat/{run.uuid}/stap/1"), run, "mijn")


def test_after_the_deadline_a_draft_is_no_application(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    with database.write() as session:
        filled(session, run)
    with at(OVER):
        assert "Aanmelden kan niet meer" in client.get(f"/kandidaat/{run.uuid}").text
        assert goes_to(enter(client, run), run, "mijn")
        assert "U bent geen kandidaat" in client.get(f"/kandidaat/{run.uuid}/mijn").text
        assert goes_to(send(client, run, 1, PAGES[0]), run, "mijn")


def test_after_the_list_everybody_reads_whether_she_is_on_it(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    with database.write() as session:
        applied(session, run, 0)
        applied(session, run, 1, "Bilal Berg")
        left(session, 1)
        two = (person(session, Role.SECRETARY), person(session, Role.CHAIR))
    with at(OVER):
        enter(client, run)
        assert (
            "De lijst met kandidaten wordt gemaakt."
            in client.get(f"/kandidaat/{run.uuid}/mijn").text
        )
        with database.write() as session:
            listed(session, run, two)
        assert (
            "U staat op de lijst met kandidaten" in client.get(f"/kandidaat/{run.uuid}/mijn").text
        )
        enter(client, run, 1)
        assert (
            "U staat niet op de lijst met kandidaten"
            in client.get(f"/kandidaat/{run.uuid}/mijn").text
        )


def test_after_the_letters_for_voting_stepping_back_is_told_as_it_is(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    with database.write() as session:
        applied(session, run, 0)
        listed(session, run, (person(session, Role.SECRETARY), person(session, Role.CHAIR)))
        store.mark(session, run.id, codes_at=OVER)
    with at(OVER):
        enter(client, run)
        page = client.get(f"/kandidaat/{run.uuid}/terugtrekken").text
        assert "Uw naam blijft daarop staan." in page
        client.post(f"/kandidaat/{run.uuid}/terugtrekken")
        assert "dat u zich terugtrok" in client.get(f"/kandidaat/{run.uuid}/mijn").text


def test_an_election_that_nobody_is_called_for_has_no_page(client: FlaskClient) -> None:
    assert client.get("/kandidaat/bestaatniet").status_code == 404


def test_a_page_that_is_not_asked_is_none(client: FlaskClient, run: Calling) -> None:
    enter(client, run)
    for number in (0, 9):
        assert client.get(f"/kandidaat/{run.uuid}/stap/{number}").status_code == 404


def test_offices_are_asked_where_voters_give_them(
    client: FlaskClient, run: Calling, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "elects", lambda *_: ("chair", "board"))
    enter(client, run)
    page = client.get(f"/kandidaat/{run.uuid}/stap/6").text
    assert "Wilt u ook een andere functie?" in page
    send(client, run, 1, PAGES[0])
    assert goes_to(send(client, run, 6, {"office": "chair"}), run, "stap/7")
    assert "Voorzitter" in words(client.get(f"/kandidaat/{run.uuid}/stap/6").text)
    assert own(database, run).stands_for == {"board", "chair"}
    assert "voorzitter" in client.get(f"/kandidaat/{run.uuid}/controle").text


def test_every_problem_has_words(app: Flask) -> None:
    with app.test_request_context():
        told: Sequence[str] = [str(words) for words in WORDS.values()]
    assert all(re.match(r"[A-Z].*\.$", one) for one in told)
    assert NoPhoto("photo_pixels", 26).code in WORDS
