"""From question to answer: where a consultation belongs, its dossier, and what everybody reads."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.council.core.dossier import DAYS, Step
from consult.council.store import dossiers
from consult.db.session import Database
from consult.surveys.actions import drafting, publishing
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Consultation
from tests.consultations import (
    AFTER,
    CLOSES,
    PLAN,
    PREPARED,
    SECRETARY,
    WHILE_OPEN,
    Running,
    drafted,
    person,
    running,
    unsealed,
)
from tests.web.pages import text

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)
OTHERS = tuple(role for role in Role if role not in READERS)
SUBJECT = {
    "topics": ["incasso", "overlast"],
    "organiser": "council",
    "own_initiative": "y",
    "form": "questionnaire",
    "theme": "-",
    "group": "-",
}
LATER = datetime(2026, 12, 10, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with time_machine.travel(PREPARED, tick=False):
        yield


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return running(session, settings, people=15)


@pytest.fixture
def published(database: Database, run: Running) -> Running:
    """One whose outcome two people published."""
    with database.write() as session:
        unsealed(session, run)
        secretary, chair = (person(session, role) for role in (Role.SECRETARY, Role.CHAIR))
        heard = words({"nl": "U wilt meer bomen.", "en": "You want more trees."})
        publishing.write_feedback(session, secretary, AFTER, run.id, heard, words("Wij praten."))
        publishing.propose_publication(session, secretary, AFTER, run.answers_key, run.id)
        publishing.publish(session, chair, AFTER, run.answers_key, run.id)
    return run


def desk(run: Running) -> str:
    return f"/raad/raadplegingen/{run.id}/dossier"


def seen(database: Database, run: Running) -> str:
    with database.read() as session:
        return str(len(dossiers.dossier(session, run.id).entries))


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def send(
    page: FlaskClient, database: Database, run: Running, where: str, **more: str
) -> tuple[int, str]:
    """Send a step as the page would."""
    data = {"seen": seen(database, run), "day": "2026-12-05", "text_nl": "Plant bomen.", **more}
    answer = page.post(f"{desk(run)}/{where}", data=data)
    return answer.status_code, plain(answer.text)


# Where it belongs


def test_a_consultation_opens_only_when_it_is_said_what_it_belongs_to(
    staff: Staff, database: Database
) -> None:
    secretary = staff(Role.SECRETARY)
    with database.write() as session:
        draft = drafting.draft(session, SECRETARY, PREPARED, PLAN)
        assert isinstance(draft, Consultation)
    made = f"/raad/raadplegingen/{draft.id}"
    missing = "Kies eerst over welke onderwerpen het gaat."
    assert missing in text(secretary, f"{made}/openen")
    assert "Dit is nog niet gekozen." in text(secretary, f"{made}/onderwerp")
    assert "Incassobeleid (advies)" in text(secretary, f"{made}/onderwerp/kiezen")
    assert secretary.post(f"{made}/onderwerp/kiezen", data=SUBJECT).status_code == 303
    shown = plain(text(secretary, f"{made}/onderwerp"))
    assert "Incassobeleid : advies." in shown or "Incassobeleid: advies." in shown
    assert "Eigen initiatief ja" in shown
    assert missing not in text(secretary, f"{made}/openen")
    assert 'value="overlast" checked' in text(secretary, f"{made}/onderwerp/kiezen")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"topics": []}, "Kies minstens één onderwerp uit de lijst."),
        ({"organiser": "landlord"}, "Een eigen initiatief is van de raad alleen."),
    ],
)
def test_what_is_wrong_with_a_subject_is_told_at_its_field(
    staff: Staff, database: Database, changed: dict[str, object], told: str
) -> None:
    with database.write() as session:
        made = drafted(session)
    url = f"/raad/raadplegingen/{made}/onderwerp/kiezen"
    answer = staff(Role.SECRETARY).post(url, data={**SUBJECT, **changed})
    assert (answer.status_code, told in answer.text) == (200, True)


def test_what_an_open_consultation_belongs_to_stays(staff: Staff, run: Running) -> None:
    url = f"/raad/raadplegingen/{run.id}/onderwerp/kiezen"
    answer = staff(Role.SECRETARY).post(url, data=SUBJECT)
    assert "De raadpleging staat vast." in answer.text
    assert "kiezen" not in staff(Role.SECRETARY, name="Anna Ander").get(url[:-7]).text


# The dossier


def test_a_dossier_begins_when_the_consultation_opens(
    client: FlaskClient, staff: Staff, run: Running
) -> None:
    due = (CLOSES + timedelta(DAYS[Step.HEARD])).day
    with at(WHILE_OPEN):
        page = plain(text(client, f"/raadplegingen/{run.slug}"))
        assert "Gevraagd 9 november 2026 Wij willen weten wat u vindt." in page
        assert f"De raad vertelt uiterlijk op {due} januari 2027 wat mensen vonden." in page
        assert "De volgende stap komt vanzelf" in text(staff(Role.SECRETARY), desk(run))


def test_publishing_the_outcome_is_the_step_heard(client: FlaskClient, published: Running) -> None:
    with at(LATER):
        page = text(client, f"/raadplegingen/{published.slug}")
    assert "U wilt meer bomen." in page
    assert f'href="/uitslagen/raadpleging-{published.slug}"' in page
    assert "De raad geeft uiterlijk op 12 januari 2027 advies." in plain(page)
    with at(LATER):
        english = text(client, f"/raadplegingen/{published.slug}?taal=en")
    assert "You want more trees." in english


def test_a_consultation_goes_on_to_advice_decision_and_done(
    client: FlaskClient, staff: Staff, database: Database, published: Running
) -> None:
    with at(LATER):
        secretary = staff(Role.SECRETARY)
        page = text(secretary, f"{desk(published)}/stap/advised")
        assert 'value="2027-01-21"' in page  # the term that we propose
        where = "stap/advised"
        assert send(secretary, database, published, where, way="written")[0] == 303
        again = {"way": "oral", "day": "2026-12-06", "text_nl": "Ook banken."}
        assert send(secretary, database, published, where, **again)[0] == 303
        decided = {"outcome": "partly", "text_nl": "Wij planten er tien.", "day": "2026-12-07"}
        assert send(secretary, database, published, "stap/decided", **decided)[0] == 303
        done = {"day": "2026-12-08", "text_nl": "De bomen staan er."}
        assert send(secretary, database, published, "stap/done", **done)[0] == 303
        page = plain(text(client, f"/raadplegingen/{published.slug}"))
    parts = (
        "Dit is helemaal klaar.",
        "5 december 2026, schriftelijk Plant bomen.",
        "6 december 2026, mondeling Ook banken.",
        "Woonstad volgt een deel van het advies",
        "De bomen staan er.",
    )
    assert [part for part in parts if part not in page] == []
    with at(LATER):
        assert "niet meer" not in text(secretary, desk(published))
        assert secretary.get(f"{desk(published)}/termijn").status_code == 404


def test_a_correction_is_a_new_entry_and_the_old_words_stay(
    client: FlaskClient, staff: Staff, database: Database, published: Running
) -> None:
    with at(LATER):
        secretary = staff(Role.SECRETARY)
        assert f"{desk(published)}/verbeter/2" in text(secretary, desk(published))
        page = text(secretary, f"{desk(published)}/verbeter/2")
        assert "U wilt meer bomen." in page
        better = {"text_nl": "U wilt meer bomen en banken.", "day": "2026-12-01"}
        assert send(secretary, database, published, "verbeter/2", **better)[0] == 303
        page = plain(text(client, f"/raadplegingen/{published.slug}"))
        assert "U wilt meer bomen en banken." in page
        assert "Verbeterd op 10 december 2026. Wat stond er eerst?" in page
        assert "U wilt meer bomen." in page
        assert secretary.get(f"{desk(published)}/verbeter/2").status_code == 404


def test_a_term_moves_with_consent(
    client: FlaskClient, staff: Staff, database: Database, published: Running
) -> None:
    with at(LATER):
        secretary = staff(Role.SECRETARY)
        moved = {"due": "2027-03-01", "text_nl": "Wij hebben meer tijd nodig."}
        assert send(secretary, database, published, "termijn", **moved)[0] == 303
        page = plain(text(client, f"/raadplegingen/{published.slug}"))
    told = "Op 5 december 2026 spraken de raad en Woonstad een andere dag af: 1 maart 2027."
    assert told in page
    assert "De raad geeft uiterlijk op 1 maart 2027 advies." in page


@pytest.mark.parametrize(
    ("where", "sent", "told"),
    [
        ("stap/advised", {"way": "written", "text_nl": ""}, "Schrijf de tekst in het Nederlands."),
        ("stap/advised", {"way": "written", "day": "2026-12-11"}, "Deze dag moet nog komen."),
        ("stap/advised", {"way": "written", "due": "2026-12-01"}, "Kies een latere dag."),
        ("stap/advised", {"way": "written", "day": "2026-11-30"}, "De stap hiervoor was op 1"),
        ("stap/advised", {}, "Maak een keuze."),
        ("stap/advised", {"way": "written", "day": ""}, "Vul een dag in."),
        ("stap/decided", {"outcome": "not"}, "Deze stap is nu niet aan de beurt."),
        ("termijn", {}, "Kies de nieuwe dag."),
        (
            "stap/advised",
            {"way": "written", "seen": "1"},
            "Iemand heeft het dossier net aangevuld.",
        ),
    ],
)
def test_what_is_wrong_with_a_step_is_told(
    staff: Staff,
    database: Database,
    published: Running,
    where: str,
    sent: dict[str, str],
    told: str,
) -> None:
    with at(LATER):
        status, page = send(staff(Role.SECRETARY), database, published, where, **sent)
    assert (status, told in page) == (200, True)


def test_a_second_click_is_no_second_advice(
    staff: Staff, database: Database, published: Running
) -> None:
    with at(LATER):
        secretary = staff(Role.SECRETARY)
        once = seen(database, published)
        for _ in range(2):
            sent = {"way": "written", "seen": once}
            status, _page = send(secretary, database, published, "stap/advised", **sent)
            assert status == 303
    assert int(seen(database, published)) == int(once) + 1


@pytest.mark.parametrize("where", ["stap/asked", "stap/heard", "stap/nonsense", "verbeter/99"])
def test_there_is_no_page_for_what_cannot_be_noted(
    staff: Staff, published: Running, where: str
) -> None:
    with at(LATER):
        assert staff(Role.SECRETARY).get(f"{desk(published)}/{where}").status_code == 404


def test_what_is_overdue_is_said_on_the_desk_and_to_everybody(
    client: FlaskClient, staff: Staff, database: Database, published: Running
) -> None:
    with at(LATER):
        secretary = staff(Role.SECRETARY)
        send(secretary, database, published, "stap/advised", way="written")
        assert "Er is niets te laat." in text(secretary, "/raad/dossiers")
    late = "Woonstad had uiterlijk op 16 januari 2027 moeten antwoorden. Er is nog geen antwoord."
    with at(datetime(2027, 1, 17, 10, 0, tzinfo=UTC)):
        pages = (
            (staff(Role.SECRETARY, name="Lea Later"), "/raad/dossiers"),
            (client, "/raadplegingen"),
            (client, f"/raadplegingen/{published.slug}"),
        )
        for page, url in pages:
            assert late in plain(text(page, url))


def test_a_draft_has_no_dossier_and_no_page(
    client: FlaskClient, staff: Staff, database: Database
) -> None:
    with database.write() as session:
        made = drafted(session)
    page = f"/raad/raadplegingen/{made}/dossier"
    assert "Het dossier begint als" in text(staff(Role.SECRETARY), page)
    assert "Groen in uw buurt" not in text(client, "/raadplegingen")
    assert client.get("/raadplegingen/groen-in-uw-buurt").status_code == 404
    assert client.get("/raadplegingen/nothing").status_code == 404
    assert staff(Role.SECRETARY, name="Berend Bos").get(f"{page}/stap/advised").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_who_may_read_and_write(staff: Staff, published: Running, role: Role) -> None:
    page = staff(role)
    one = f"/raad/raadplegingen/{published.id}"
    for url in (desk(published), "/raad/dossiers", "/raad/kalender", f"{one}/onderwerp"):
        assert page.get(url).status_code == (200 if role in READERS else 403)
    for url in ("stap/advised", "verbeter/2", "termijn"):
        wanted = 200 if role is Role.SECRETARY else 403
        assert page.get(f"{desk(published)}/{url}").status_code == wanted


# The powers


def test_everybody_reads_the_powers_and_what_was_asked_about_each(
    client: FlaskClient, run: Running
) -> None:
    page = text(client, "/bevoegdheden")
    assert page.count("<h2") == 11
    assert page.count("Bijlage 1, rij") == 49
    assert f'href="/raadplegingen/{run.slug}"' in page
    shown = plain(page)
    assert "Woonstad doet dit alleen als de raad ja zegt." in shown
    assert "/bevoegdheden" in text(client, "/")
