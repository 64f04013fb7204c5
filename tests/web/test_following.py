"""Mail for who wish it: asking, showing that the address is yours, getting news, and ending it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message

import pytest
import time_machine
from flask.testing import FlaskClient

from consult.actor import SYSTEM, Role
from consult.audit.store import latest
from consult.clock import day_of
from consult.config import Settings
from consult.council import jobs as council_jobs
from consult.council.actions import dossiers
from consult.council.core.dossier import Outcome, Said, Step, Way
from consult.db.session import Database
from consult.delivery import jobs as delivery_jobs
from consult.delivery import store
from consult.surveys import jobs as surveys_jobs
from consult.surveys.actions import following, publishing
from consult.surveys.core.asking.words import words
from consult.surveys.core.following import wish, write
from tests.consultations import (
    AFTER,
    SECRETARY,
    WHILE_OPEN,
    Running,
    answer,
    person,
    running,
    unsealed,
)
from tests.web.pages import text

MINE = "mijn.adres@example.org"


@pytest.fixture(autouse=True)
def _while_open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        made = running(session, settings, people=12)
        answer(session, settings, made, made.codes[0])
    return made


@pytest.fixture
def sender(client: FlaskClient, run: Running) -> FlaskClient:
    """A browser that sent answers."""
    return sent(client, run)


def sent(page: FlaskClient, run: Running) -> FlaskClient:
    with page.session_transaction() as held:
        held["code"] = {"sent": run.id}
        held.pop("following", None)
    return page


def ask(page: FlaskClient, run: Running, address: str = MINE) -> str:
    answer = page.post(f"/meedoen/{run.slug}/bericht", data={"email": address})
    return str(answer.location or answer.text)


def mails(database: Database, settings: Settings) -> list[Message]:
    """Work off what is due, and read all mails that were written so far."""
    surveys_jobs.tick(database, settings)
    delivery_jobs.tick(database, settings)
    files = sorted((settings.var / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime)
    return [message_from_bytes(file.read_bytes()) for file in files]


def body(mail: Message) -> str:
    held = mail.get_payload(decode=True)
    assert isinstance(held, bytes)
    return held.decode()


def link(mail: Message, part: str) -> str:
    found = re.search(rf"http://localhost(/bericht/{part}/\S+)", body(mail))
    assert found is not None
    return found[1]


def following_now(database: Database, run: Running) -> int:
    with database.read() as session:
        return store.count_followers(session, run.id)


def confirmed(
    page: FlaskClient, run: Running, database: Database, settings: Settings, address: str = MINE
) -> None:
    assert ask(page, run, address).endswith("/bericht/mail")
    mail = next(one for one in reversed(mails(database, settings)) if one["To"] == address)
    before = following_now(database, run)
    page.post(link(mail, "ja"))
    assert following_now(database, run) == before + 1


def test_an_address_is_kept_only_after_its_owner_pressed_a_button(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    assert ask(sender, run).endswith("/bericht/mail")
    assert "Kijk in uw mail" in text(sender, f"/meedoen/{run.slug}/bericht/mail")
    (mail,) = mails(database, settings)
    assert (mail["To"], mail["Subject"]) == (MINE, "Wilt u bericht over: Groen in uw buurt?")
    page = link(mail, "ja")
    assert "Druk op de knop." in text(sender, page)
    assert following_now(database, run) == 0
    sender.post(page)
    sender.post(page)
    assert following_now(database, run) == 1


def test_only_a_browser_that_sent_answers_may_ask(client: FlaskClient, run: Running) -> None:
    url = f"/meedoen/{run.slug}/bericht"
    for told in (client.get(url), client.post(url, data={"email": MINE})):
        assert told.location == f"/raadplegingen/{run.slug}"
    assert client.get(f"{url}/mail").location == url


def test_one_address_is_asked_for_each_sending(
    sender: FlaskClient, run: Running, database: Database
) -> None:
    ask(sender, run)
    assert "U hebt al een adres opgegeven." in ask(sender, run, "ander@example.org")
    assert ask(sent(sender, run), run, "ander@example.org").endswith("/mail")


@pytest.mark.parametrize(
    "typed", ["", "geen adres", "a@b", "a@example.org\nBcc: b@example.org", "a" * 250 + "@b.nl"]
)
def test_what_is_no_address_is_told(sender: FlaskClient, run: Running, typed: str) -> None:
    page = ask(sender, run, typed)
    assert "Vul uw hele e-mailadres in, met een @." in page


def test_nobody_is_flooded_with_mail(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    told = [ask(sent(sender, run), run) for _ in range(following.MOST_PER_ADDRESS + 1)]
    assert "Er is te vaak iets gevraagd." in told[-1]
    assert len(mails(database, settings)) == 1


def test_a_network_asks_for_some_addresses_and_then_waits(
    sender: FlaskClient, run: Running
) -> None:
    told = [
        ask(sent(sender, run), run, f"a{number}@example.org")
        for number in range(following.MOST_PER_NETWORK + 1)
    ]
    assert "Er is te vaak iets gevraagd." in told[-1]
    assert all(page.endswith("/mail") for page in told[:-1])


@pytest.mark.parametrize("token", ["x", "AAAA", "é", "A" * 300])
def test_a_link_that_we_did_not_make_keeps_nothing(
    client: FlaskClient, run: Running, database: Database, token: str
) -> None:
    assert "Deze link werkt niet meer" in client.post(f"/bericht/ja/{token}").text
    assert following_now(database, run) == 0


def test_a_link_runs_out(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    ask(sender, run)
    (mail,) = mails(database, settings)
    with time_machine.travel(WHILE_OPEN + timedelta(days=8), tick=False):
        assert "Deze link werkt niet meer" in sender.post(link(mail, "ja")).text
    assert following_now(database, run) == 0


def news(database: Database, run: Running) -> None:
    """The outcome is published, and the council gives advice."""
    with database.write() as session:
        unsealed(session, run)
        secretary, chair = (person(session, role) for role in (Role.SECRETARY, Role.CHAIR))
        heard = words({"nl": "U wilt bomen.", "en": "You want trees."})
        publishing.write_feedback(session, secretary, AFTER, run.id, heard, words("Wij praten."))
        publishing.propose_publication(session, secretary, AFTER, run.answers_key, run.id)
        publishing.publish(session, chair, AFTER, run.answers_key, run.id)


def step(database: Database, run: Running, wanted: Step, day: datetime, **more: Way) -> None:
    said = Said(day=day_of(day), texts={"nl": f"Stap {wanted}."}, **more)  # type: ignore[arg-type]
    with database.write() as session:
        dossiers.advance(session, SECRETARY, day, day_of(day), run.id, step=wanted, said=said)


def test_every_step_is_mailed_once_to_everybody_in_her_language(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    confirmed(sender, run, database, settings)
    sender.get("/?taal=en")
    confirmed(sent(sender, run), run, database, settings, "hers@example.org")
    before = len(mails(database, settings))
    news(database, run)
    with time_machine.travel(AFTER, tick=False):
        for _ in range(2):
            got = mails(database, settings)[before:]
    subjects = {mail["To"]: mail["Subject"] for mail in got}
    assert (len(got), subjects[MINE]) == (2, "Nieuws over: Groen in uw buurt")
    texts = {mail["To"]: body(mail) for mail in got}
    assert "U wilt bomen." in texts[MINE]
    assert "You want trees." in texts["hers@example.org"]
    assert f"http://localhost/raadplegingen/{run.slug}" in texts[MINE]
    with time_machine.travel(AFTER + timedelta(days=5), tick=False):
        step(database, run, Step.ADVISED, AFTER + timedelta(days=5), way=Way.ORAL)
        got = mails(database, settings)[before + 2 :]
    assert len(got) == 2
    assert all("Stap advised." in body(mail) for mail in got)


def test_who_came_after_a_step_is_not_told_of_it(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    news(database, run)
    with time_machine.travel(AFTER, tick=False):
        mails(database, settings)
        confirmed(sent(sender, run), run, database, settings)
        assert len(mails(database, settings)) == 1  # the mail with the link


def test_stopping_takes_a_button_or_a_mail_program(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    confirmed(sender, run, database, settings)
    news(database, run)
    with time_machine.travel(AFTER, tick=False):
        mail = mails(database, settings)[-1]
        page = link(mail, "stop")
        assert mail["List-Unsubscribe"] == f"<http://localhost{page}>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "Wilt u stoppen?" in text(sender, page)
        assert following_now(database, run) == 1
        assert "Wij hebben uw adres gewist." in sender.post(page).text
        assert following_now(database, run) == 0
        assert "Wij hebben dit adres niet" in text(sender, page)


def test_one_click_of_a_mail_program_needs_no_token_of_a_form(
    app: object, sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    confirmed(sender, run, database, settings)
    with database.read() as session:
        ((follower, _body),) = store.followers(session, run.id)
    sender.application.config["WTF_CSRF_ENABLED"] = True
    clicked = {"List-Unsubscribe": "One-Click"}
    other = sender.application.test_client()
    assert other.post(f"/bericht/stop/{follower}", data=clicked).status_code == 200
    assert following_now(database, run) == 0


def test_addresses_are_erased_thirty_days_after_all_is_done(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    confirmed(sender, run, database, settings)
    news(database, run)
    with time_machine.travel(AFTER, tick=False):
        step(database, run, Step.ADVISED, AFTER, way=Way.ORAL)
        said = Said(day=day_of(AFTER), texts={"nl": "Goed."}, outcome=Outcome.FOLLOWS)
        with database.write() as session:
            dossiers.advance(
                session, SYSTEM, AFTER, day_of(AFTER), run.id, step=Step.DECIDED, said=said
            )
        step(database, run, Step.DONE, AFTER)
        mails(database, settings)
    for days, kept in ((30, 1), (31, 0)):
        with time_machine.travel(AFTER + timedelta(days=days), tick=False):
            council_jobs.tick(database, settings)
            surveys_jobs.tick(database, settings)
            assert following_now(database, run) == kept
    with database.read() as session:
        assert store.followed(session) == frozenset()


def test_addresses_are_erased_after_three_years_whatever_became_of_it(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    confirmed(sender, run, database, settings)
    with time_machine.travel(datetime(2029, 11, 20, 10, 0, tzinfo=UTC), tick=False):
        council_jobs.tick(database, settings)
        assert following_now(database, run) == 0


def test_nothing_that_is_kept_of_a_follower_can_be_read_without_the_key(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    confirmed(sender, run, database, settings)
    with database.read() as session:
        ((name, sealed),) = store.followers(session, run.id)
        files = [file for file in settings.var.parent.glob("*.db*") if file.is_file()]
    assert not any(MINE.encode() in file.read_bytes() for file in files)
    assert "example" not in name
    assert b"example" not in sealed


def test_a_draft_is_followed_by_nobody(client: FlaskClient) -> None:
    assert client.get("/meedoen/nothing/bericht").status_code == 404


def test_the_log_says_nothing_of_followers(
    sender: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    with database.read() as session:
        before = len(latest(session, 999))
    confirmed(sender, run, database, settings)
    with database.read() as session:
        assert len(latest(session, 999)) == before


def test_a_link_does_nothing_once_there_is_nothing_more_to_tell(
    database: Database, settings: Settings, run: Running
) -> None:
    late = WHILE_OPEN + dossiers.KEPT_AT_MOST + timedelta(days=2)
    post = following.post(settings)
    for moment, followers in ((late, 0), (WHILE_OPEN, 1)):
        token = write(post.wishes, wish(run.id, MINE, "nl", day_of(moment)))
        with database.write() as session:
            found = following.confirm(session, moment, post, token)
            assert (found is not None) is bool(followers)
            assert store.count_followers(session, run.id) == followers
