"""The pages that tell who took part, their file, and their publication."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import cli
from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.db.types import new_id
from consult.elections.actions import closing as election_closing
from consult.elections.core.election import Election, Plan
from consult.elections.store import elections
from consult.refusal import Refusal
from consult.register.core.base import AgeBand, Kind
from consult.register.core.tallying import Tally
from consult.register.store import rolls
from consult.register.tables import CustomerRow
from consult.reports import views
from consult.reports.actions.activities import Keys
from consult.reports.actions.publishing import KIND, publish_report
from consult.reports.actions.subjects import Subject, made
from consult.reports.core.edition import Readers
from consult.reports.core.fingerprint import fingerprint
from consult.site.actions import publish
from consult.site.core import Document, Facts, Text
from consult.site.store import versions
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


ROWS = (("18-34", "Noord", 400, 20), ("35-49", "Noord", 500, 100), ("75+", "Zuid", 300, 4))
"""Age band, neighbourhood, invited, and how many of them voted."""


def voted(
    session: Session, settings: Settings, rows: Iterable[tuple[str, str, int, int]] = ROWS
) -> str:
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
        {(Kind.TENANT, AgeBand(age), place): (invited, came) for age, place, invited, came in rows}
    )
    election_closing.keep_turnout(session, settings.key("elections.marks"), made.id, found)
    return made.id


@pytest.fixture
def consultation(database: Database, settings: Settings) -> str:
    with database.write() as session:
        return taken_part(session, settings, 20, 70)


@pytest.fixture
def election(database: Database, settings: Settings) -> str:
    with database.write() as session:
        return voted(session, settings)


def page_of(what: str, key: str) -> str:
    return f"/raad/{what}/{key}/rapport"


def outside(subject: str, key: str) -> str:
    return f"/raad/rapporten/{subject}/{key}/website"


def file_of(subject: str, key: str, form: str, name: str = "rapport") -> str:
    return f"/raad/rapporten/{subject}/{key}/{name}.{form}"


def rows_of(answer: TestResponse) -> list[list[str]]:
    text = answer.text.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("role", READERS)
def test_the_council_and_observers_read_reports(
    staff: Staff, consultation: str, election: str, role: Role
) -> None:
    reader = staff(role)
    for page in (
        "/raad/rapporten",
        page_of("raadplegingen", consultation),
        page_of("verkiezingen", election),
        "/raad/bestuur/rapport",
        "/raad/jaar/2026/rapport",
        outside("verkiezing", election),
        file_of("raadpleging", consultation, "csv"),
    ):
        assert (page, reader.get(page).status_code) == (page, 200)


@pytest.mark.parametrize("role", OTHERS)
def test_who_facilitates_registers_or_selects_is_refused(
    staff: Staff, consultation: str, role: Role
) -> None:
    other = staff(role)
    for page in (
        "/raad/rapporten",
        page_of("raadplegingen", consultation),
        "/raad/bestuur/rapport",
        "/raad/jaar/2026/rapport",
        outside("raadpleging", consultation),
        *(file_of("raadpleging", consultation, form) for form in ("csv", "xlsx", "pdf")),
    ):
        assert (page, other.get(page).status_code) == (page, 403)
    assert other.post(outside("raadpleging", consultation)).status_code == 403
    assert "/raad/rapporten" not in other.get("/raad").text


def test_a_visitor_is_sent_to_the_front_door(client: FlaskClient, consultation: str) -> None:
    answer = client.get(page_of("raadplegingen", consultation))
    assert (answer.status_code, answer.location) == (303, "/inloggen")


def test_all_reports_are_one_step_from_the_menu(
    staff: Staff, consultation: str, election: str
) -> None:
    member = staff(Role.MEMBER)
    assert 'href="/raad/rapporten"' in member.get("/raad").text
    shown = member.get("/raad/rapporten").text
    for page in (
        page_of("raadplegingen", consultation),
        page_of("verkiezingen", election),
        "/raad/bestuur/rapport",
        "/raad/jaar/2026/rapport",
    ):
        assert f'href="{page}"' in shown
    assert "Op de website" not in shown


def test_the_page_tells_the_answer_the_numbers_and_how_to_read_them(
    staff: Staff, consultation: str
) -> None:
    page = unescape(staff(Role.MEMBER).get(page_of("raadplegingen", consultation)).text)
    assert page.count("<h1") == 1
    for said in (
        "90 van de 500 uitgenodigde mensen deden mee. Dat is 18,0\u00a0%.",
        "Van elke 100 klanten zijn zij er 40, van elke 100 deelnemers 22.",
        ">90 (18,0\u00a0%)<",
        ">0,56<",
        "De index is geteld, niet geschat.",
        "1 oktober 2026",
        "consult check-report rapport.csv",
    ):
        assert said in page
    assert "style=" not in page
    order = ("In het kort", "Leeftijd", "Wijk", "Soort klant", "Zo leest u", "Zo is dit")
    places = [page.index(f"<h2>{heading}") for heading in order]
    assert places == sorted(places)


def test_each_figure_has_its_table_and_a_file_of_it(staff: Staff, consultation: str) -> None:
    member = staff(Role.MEMBER)
    page = member.get(page_of("raadplegingen", consultation)).text
    names = re.findall(rf"/raad/rapporten/raadpleging/{consultation}/([a-z_0-9-]+).csv", page)
    names = [name for name in dict.fromkeys(names) if name != "rapport"]
    assert len(names) == page.count('class="figure"') > 3
    head, *rows = rows_of(member.get(file_of("raadpleging", consultation, "csv", names[0])))
    assert len(head) > 1
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    assert member.get(file_of("raadpleging", consultation, "csv", "geen-figuur")).status_code == 404


def test_an_election_tells_turnout_by_group_and_never_a_choice(staff: Staff, election: str) -> None:
    page = unescape(staff(Role.OBSERVER).get(page_of("verkiezingen", election)).text)
    assert "Bestuur 2027" in page
    assert ">124 (10,3\u00a0%)<" in page
    assert "Overige groepen samen" in page
    assert "ewogen" not in page


def test_a_group_of_four_voters_is_nowhere_on_page_or_paper_or_in_a_file(
    staff: Staff, election: str
) -> None:
    observer = staff(Role.OBSERVER)
    cells = re.findall(
        r"<t[dh][^>]*>([^<]*)</t[dh]>", observer.get(page_of("verkiezingen", election)).text
    )
    assert "75 jaar en ouder" in cells
    assert "4" not in cells
    values = {row[3] for row in rows_of(observer.get(file_of("verkiezing", election, "csv")))}
    assert "4" not in values


def test_the_outside_sees_larger_groups_and_rounded_bases_only(
    database: Database, settings: Settings, staff: Staff
) -> None:
    rows = [("18-34", "Noord", 403, 50), ("35-49", "Noord", 502, 100), ("75+", "Zuid", 301, 7)]
    with database.write() as session:
        made = voted(session, settings, rows)
    member = staff(Role.MEMBER)
    inside = unescape(member.get(page_of("verkiezingen", made)).text)
    preview = unescape(member.get(outside("verkiezing", made)).text)
    assert ">7</td>" in inside
    assert ">7</td>" not in preview
    assert ">403</td>" in inside
    assert ">403</td>" not in preview
    assert "Groepen van minder dan 5 mensen" in inside
    assert "Groepen van minder dan 10 mensen" in preview


def test_csv_workbook_and_paper_say_what_the_page_says(
    staff: Staff, consultation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chair = staff(Role.CHAIR)
    page = unescape(chair.get(page_of("raadplegingen", consultation)).text)
    held = chair.get(file_of("raadpleging", consultation, "csv"))
    assert held.mimetype == "text/csv"
    assert held.headers["Content-Disposition"] == 'attachment; filename="rapport-raadpleging.csv"'
    young = {
        column: value
        for table, row, column, value in rows_of(held)
        if row == "18 t/m 34 jaar" and table.endswith(": leeftijd")
    }
    assert (young["Klanten"], young["Deden mee"], young["Index"]) == ("200", "20", "0,56")
    assert young["Deelname"] == "0,1"
    book = load_workbook(io.BytesIO(chair.get(file_of("raadpleging", consultation, "xlsx")).data))
    assert book.sheetnames[0] == "Bevindingen"
    sheet = next(list(one.values) for one in book if one.title.startswith("Alle aantallen  l"))
    assert sheet[2][:5] == ("18 t/m 34 jaar", 200, 200, 20, 0.1)
    paper = PdfReader(io.BytesIO(chair.get(file_of("raadpleging", consultation, "pdf")).data))
    said = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    ages = re.findall(
        r"(?:Alle aantallen|Index met marge): leeftijd</caption>.*?</table>", page, re.S
    )
    assert len(ages) == 2
    for cell in re.findall(r"<td[^>]*>([^<]+)</td>", " ".join(ages)):
        assert " ".join(cell.split()) in said
    file = tmp_path / "rapport.csv"
    file.write_bytes(held.data)
    capsys.readouterr()
    assert cli.main(["check-report", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["agreed"] is True


def test_too_few_participants_give_words_and_no_number(
    database: Database, settings: Settings, staff: Staff
) -> None:
    with database.write() as session:
        made = taken_part(session, settings, 2, 2)
    secretary = staff(Role.SECRETARY)
    page = secretary.get(page_of("raadplegingen", made))
    assert page.status_code == 200
    assert "te weinig mensen" in page.text
    assert "<table" not in page.text
    assert len(rows_of(secretary.get(file_of("raadpleging", made, "csv")))) == 1
    assert "te weinig mensen" in secretary.get(outside("raadpleging", made)).text


def test_there_is_no_report_while_people_can_still_take_part(
    database: Database, settings: Settings, staff: Staff
) -> None:
    with database.write() as session:
        made = taken_part(session, settings, 20, 70, closed=False)
    chair = staff(Role.CHAIR)
    assert chair.get(page_of("raadplegingen", made)).status_code == 409
    assert chair.get(file_of("raadpleging", made, "csv")).status_code == 409
    assert chair.post(outside("raadpleging", made)).status_code == 409
    assert made not in chair.get("/raad/rapporten").text


def test_a_year_in_which_nothing_closed_has_no_report(
    database: Database, settings: Settings
) -> None:
    key = settings.key
    keys = Keys(key("surveys.marks"), key("surveys.answers"), key("elections.marks"))
    for year, code in (("2026", "reports.nothing_closed"), ("2027", "reports.unknown")):
        with database.read() as session, pytest.raises(Refusal) as refused:
            made(session, keys, Subject.YEAR, year, CLOSES, Readers.OUTSIDE)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (page_of("raadplegingen", "x"), 409),
        (page_of("verkiezingen", "x"), 409),
        ("/raad/jaar/1999/rapport", 409),
        ("/raad/jaar/2999/rapport", 409),
        ("/raad/jaar/2001/rapport", 409),
        ("/raad/rapporten/weer/2026/rapport.csv", 404),
        ("/raad/rapporten/bestuur/2026/rapport.docx", 404),
        ("/raad/rapporten/jaar/nu/website", 409),
        ("/uitslagen/er-is-niets/rapport.csv", 404),
    ],
)
def test_something_unknown_has_no_report(staff: Staff, page: str, status: int) -> None:
    assert staff(Role.CHAIR).get(page).status_code == status


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR])
def test_secretary_and_chair_put_the_report_on_the_site_after_seeing_it(
    staff: Staff, client: FlaskClient, consultation: str, role: Role
) -> None:
    person = staff(role)
    preview = outside("raadpleging", consultation)
    assert preview in person.get(page_of("raadplegingen", consultation)).text
    assert "Zet op de website" in person.get(preview).text
    answer = person.post(preview)
    assert (answer.status_code, answer.location) == (
        303,
        "/uitslagen/deelname-raadpleging-groen-in-uw-buurt",
    )
    shown = unescape(client.get(answer.location).text)
    assert "Wie deden mee? Groen in uw buurt" in shown
    assert "van elke 100 deelnemers 22" in shown
    assert "<svg" in shown
    assert (
        "Dit rapport staat op de website" in person.get(page_of("raadplegingen", consultation)).text
    )
    assert '<form method="post"' not in person.get(preview).text.split("<main", 1)[1]
    assert "Op de website" in person.get("/raad/rapporten").text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER])
def test_others_read_but_do_not_publish(staff: Staff, election: str, role: Role) -> None:
    reader = staff(role)
    assert "Zet op de website" not in reader.get(outside("verkiezing", election)).text
    assert reader.post(outside("verkiezing", election)).status_code == 403


@pytest.mark.parametrize(("language", "rate"), [("nl", "18,0\u00a0%"), ("en", "18.0\u00a0%")])
def test_a_published_report_stands_in_both_languages_with_its_files(
    staff: Staff, client: FlaskClient, consultation: str, language: str, rate: str
) -> None:
    address = staff(Role.CHAIR).post(outside("raadpleging", consultation)).location
    page = unescape(client.get(f"{address}?taal={language}").text)
    assert rate in page
    for form in ("csv", "xlsx", "pdf"):
        assert f'href="{address}/rapport.{form}"' in page
        assert client.get(f"{address}/rapport.{form}").status_code == 200
    (value,) = {
        row[3]
        for row in rows_of(client.get(f"{address}/rapport.csv"))
        if row[1] in {"Mensen op de lijst", "People on the roll"}
    }
    assert value == "500"


def test_another_document_of_the_site_is_no_report(database: Database, client: FlaskClient) -> None:
    with database.write() as session:
        publish(session, SECRETARY, CLOSES, Document("iets", "profile", {"nl": Text("Iets")}))
    assert client.get("/uitslagen/iets/rapport.csv").status_code == 404


def test_all_four_kinds_are_published(staff: Staff, client: FlaskClient, election: str) -> None:
    chair = staff(Role.CHAIR)
    for subject, key, slug in (
        ("verkiezing", election, "verkiezing-abc123def456gh"),
        ("bestuur", "2026", "bestuur-2026"),
        ("jaar", "2026", "jaar-2026"),
    ):
        answer = chair.post(outside(subject, key))
        assert answer.location == f"/uitslagen/deelname-{slug}"
        assert client.get(answer.location).status_code == 200
    assert "Bestuur 2027" in unescape(client.get("/uitslagen/deelname-jaar-2026").text)


def test_numbers_on_the_site_are_never_replaced_by_others(database: Database) -> None:
    def told(*data: str) -> Document:
        facts = Facts(tuple(("Vingerafdruk", one) for one in data))
        return Document("deelname-jaar-2026", KIND, {"nl": Text("Wie deden mee?", (facts,))})

    first, second, third = (fingerprint(one) for one in "abc")
    with database.write() as session:
        publish_report(session, SECRETARY, CLOSES, told(first), {first})
        more = publish_report(session, SECRETARY, CLOSES, told(first, second), {first, second})
        assert more.version == 2, "another activity has closed"
        with pytest.raises(Refusal, match=r"reports\.published_already"):
            publish_report(session, SECRETARY, CLOSES, told(first, third), {first, third})
        again = publish_report(session, SECRETARY, CLOSES, told(first, second), {first, second})
        assert again.version == 2, "the same is no news"


def test_a_year_gets_a_new_version_when_more_of_it_has_closed(
    database: Database,
    settings: Settings,
    staff: Staff,
    election: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "now", lambda: CLOSES)  # in the year, which has yet to end
    chair = staff(Role.CHAIR)
    address = chair.post(outside("jaar", "2026")).location
    with database.write() as session:
        taken_part(session, settings, 20, 70)
    assert chair.post(outside("jaar", "2026")).status_code == 303
    with database.read() as session:
        found = versions(session, address.rsplit("/", 1)[1])
    assert [version for version, _ in found] == [2, 1]


def test_the_application_starts_without_pandas_and_plotly(settings: Settings) -> None:
    script = (
        "import sys, consult.app\nsys.exit(', '.join({'pandas', 'plotly'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
