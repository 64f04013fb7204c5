"""The pages that tell who took part, their file, and their publication."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from re import DOTALL, findall

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.db.types import new_id
from consult.elections.actions import closing as election_closing
from consult.elections.core.election import Election, Plan
from consult.elections.store import elections
from consult.register.core.base import AgeBand, Kind
from consult.register.core.tallying import Tally
from consult.register.store import rolls
from consult.register.tables import CustomerRow
from consult.surveys.actions import closing, opening
from consult.surveys.core.sealed.sealing import mark
from consult.surveys.store import consultations, envelopes
from tests.consultations import CLOSES, PREPARED, SECRETARY, TODAY, estate, keys, with_key

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER)
OTHERS = (Role.FACILITATOR, Role.REGISTRAR, Role.SELECTION)


def taken_part(
    session: Session, settings: Settings, young: int, older: int, closed: bool = True
) -> str:
    """A consultation of 200 people under 35 and 300 of 35 to 49, of whom so many took part."""
    estate(session, 500)
    under_35 = CustomerRow.number < "K00200"
    session.execute(update(CustomerRow).where(under_35).values(birth_year=2000))
    made, _key = with_key(session)
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
    found = consultations.get(session, made)
    assert found is not None
    left = {"18-34": young, "35-49": older}
    for entry in rolls.entries(session, found.roll_id or ""):
        if left[entry.age_band] > 0:
            left[entry.age_band] -= 1
            envelopes.mark_participation(session, made, mark(keys(settings).marks, made, entry.id))
    if closed:
        closing.pass_time(session, CLOSES, CLOSES.date())
    return made


def voted(session: Session, settings: Settings) -> str:
    """An election that is closed, with its turnout."""
    made = Election(
        id=new_id(),
        uuid="Abc123Def456Gh",
        plan=Plan(
            title="Bestuur 2027",
            profile="Een mens uit elke wijk.",
            max_board=5,
            max_choices=3,
            reference_date=date(2026, 10, 1),
            opens_at=CLOSES - timedelta(days=7),
            closes_at=CLOSES,
            seats_from=date(2027, 1, 1),
            seats_until=date(2030, 12, 31),
        ),
    )
    elections.add(session, made)
    elections.mark(session, made.id, closed_at=CLOSES)
    found = Tally(
        {
            (Kind.TENANT, AgeBand.YOUNG, "Noord"): (400, 20),
            (Kind.TENANT, AgeBand.EARLY_MIDDLE, "Noord"): (500, 100),
            (Kind.TENANT, AgeBand.OLDEST, "Zuid"): (300, 4),
        }
    )
    election_closing.keep_turnout(session, settings.key("elections.marks"), made.id, found)
    return made.id


@pytest.fixture
def consultation(database: Database, settings: Settings) -> str:
    with database.write() as session:
        return f"/raad/raadplegingen/{taken_part(session, settings, 20, 70)}/rapport"


@pytest.fixture
def election(database: Database, settings: Settings) -> str:
    with database.write() as session:
        return f"/raad/verkiezingen/{voted(session, settings)}/rapport"


@pytest.mark.parametrize("role", READERS)
def test_the_council_and_observers_read_reports(
    staff: Staff, consultation: str, election: str, role: Role
) -> None:
    reader = staff(role)
    for page in (consultation, election, f"{consultation}.csv", f"{election}.csv"):
        assert reader.get(page).status_code == 200


@pytest.mark.parametrize("role", OTHERS)
def test_who_facilitates_registers_or_selects_is_refused(
    staff: Staff, consultation: str, election: str, role: Role
) -> None:
    other = staff(role)
    for page in (consultation, election, f"{consultation}.csv", f"{election}.csv"):
        assert other.get(page).status_code == 403
    assert other.post(consultation).status_code == 403


def test_a_visitor_is_sent_to_the_front_door(client: FlaskClient, consultation: str) -> None:
    answer = client.get(consultation)
    assert (answer.status_code, answer.location) == (303, "/inloggen")


def test_the_page_tells_the_finding_the_numbers_and_how_to_read_them(
    staff: Staff, consultation: str
) -> None:
    page = unescape(staff(Role.MEMBER).get(consultation).text)
    assert page.count("<h1") == 1
    assert (
        "Klanten van 18 t/m 34 jaar deden minder mee: "
        "22 van de 100 deelnemers, 40 van de 100 klanten."
    ) in page
    assert ">90 (18,0\u00a0%)<" in page
    assert ">0,56<" in page
    assert "De index is geteld, niet geschat." in page
    assert "1 oktober 2026" in page


def test_each_dimension_has_a_figure_with_a_place_of_its_height_and_a_table(
    staff: Staff, consultation: str
) -> None:
    page = staff(Role.MEMBER).get(consultation).text
    found = findall(
        r'<script type="application/json" class="figure">(.*?)</script>\s*(<svg[^>]*>)',
        page,
        DOTALL,
    )
    assert len(found) == page.count("<table") == 3
    for figure, place in found:
        drawn = json.loads(figure)
        assert f'height="{drawn["layout"]["height"]}"' in place
        assert len(drawn["data"]) == 5
    assert "charts.mjs" in page
    assert "style=" not in page


def test_an_election_tells_turnout_by_group_and_never_a_choice(staff: Staff, election: str) -> None:
    page = unescape(staff(Role.OBSERVER).get(election).text)
    assert "Bestuur 2027" in page
    assert ">124 (10,3\u00a0%)<" in page
    assert "Niet getoonde groepen samen" in page


def test_a_group_of_four_voters_is_nowhere_on_the_page_or_in_the_file(
    staff: Staff, election: str
) -> None:
    observer = staff(Role.OBSERVER)
    page = observer.get(election).text
    cells = findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", page)
    assert "75 jaar en ouder" in cells
    assert "4" not in cells
    assert '"4"' not in observer.get(f"{election}.csv").text


def test_the_file_is_a_download_with_the_numbers_of_the_page(
    staff: Staff, consultation: str
) -> None:
    answer = staff(Role.CHAIR).get(f"{consultation}.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="deelname-raadpleging-groen-in-uw-buurt.csv"'
    )
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][:5] == ["Leeftijd", "18 t/m 34 jaar", "200", "200", "20"]


def test_too_few_participants_give_words_and_no_number(
    database: Database, settings: Settings, staff: Staff
) -> None:
    with database.write() as session:
        made = taken_part(session, settings, 3, 4)
    secretary = staff(Role.SECRETARY)
    page = secretary.get(f"/raad/raadplegingen/{made}/rapport")
    assert page.status_code == 200
    assert "te weinig mensen" in page.text
    assert "<table" not in page.text
    assert "te weinig mensen" in secretary.get(f"/raad/raadplegingen/{made}/rapport.csv").text


def test_there_is_no_report_while_people_can_still_take_part(
    database: Database, settings: Settings, staff: Staff
) -> None:
    with database.write() as session:
        made = taken_part(session, settings, 20, 70, closed=False)
    chair = staff(Role.CHAIR)
    assert chair.get(f"/raad/raadplegingen/{made}/rapport").status_code == 409
    assert chair.get(f"/raad/raadplegingen/{made}/rapport.csv").status_code == 409
    assert chair.post(f"/raad/raadplegingen/{made}/rapport").status_code == 409


@pytest.mark.parametrize("what", ["raadplegingen", "verkiezingen"])
def test_something_unknown_has_no_report(staff: Staff, what: str) -> None:
    assert staff(Role.CHAIR).get(f"/raad/{what}/{new_id()}/rapport").status_code == 409


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR])
def test_secretary_and_chair_put_the_report_on_the_site(
    staff: Staff, client: FlaskClient, consultation: str, role: Role
) -> None:
    person = staff(role)
    assert "Zet op de website" in person.get(consultation).text
    answer = person.post(consultation)
    assert (answer.status_code, answer.location) == (
        303,
        "/uitslagen/deelname-raadpleging-groen-in-uw-buurt",
    )
    shown = unescape(client.get(answer.location).text)
    assert "Wie deden mee? Groen in uw buurt" in shown
    assert "22 van de 100 deelnemers" in shown
    after = person.get(consultation).text
    assert "Dit rapport staat op de website" in after
    assert "<form" not in after


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER])
def test_others_read_but_do_not_publish(staff: Staff, election: str, role: Role) -> None:
    reader = staff(role)
    assert "Zet op de website" not in reader.get(election).text
    assert reader.post(election).status_code == 403


def test_the_report_on_an_election_is_published_too(
    staff: Staff, client: FlaskClient, election: str
) -> None:
    answer = staff(Role.CHAIR).post(election)
    assert answer.location == "/uitslagen/deelname-verkiezing-abc123def456gh"
    assert "Wie deden mee? Bestuur 2027" in unescape(client.get(answer.location).text)


def test_a_published_report_stands_in_both_languages(
    staff: Staff, client: FlaskClient, consultation: str
) -> None:
    address = staff(Role.CHAIR).post(consultation).location
    for language, rate in (("nl", "18,0\u00a0%"), ("en", "18.0\u00a0%")):
        assert rate in client.get(f"{address}?taal={language}").text


def test_the_application_starts_without_pandas_and_plotly(settings: Settings) -> None:
    script = (
        "import sys, consult.app\nsys.exit(', '.join({'pandas', 'plotly'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
