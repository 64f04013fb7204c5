"""The council's way, in the browser: from a register to a published consultation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.actor import Role
from consult.register.core.codes import CONSULTATION_DIGITS, Code
from consult.surveys.core.questionnaire import Answers
from consult.surveys.core.questions.choices import OneChoice, SeveralChoices
from consult.surveys.store import consultations
from tests.browser.conftest import Visit
from tests.browser.office import Office, codes_in, download, print_letters
from tests.browser.server import Server
from tests.browser.visitor import Visitor
from tests.consultations import PASSPHRASE, Running, answer, server_keys

pytestmark = pytest.mark.browser

PEOPLE, ANSWERING = 60, 31
WHILE_OPEN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CALENDAR = {"opens_at": "2026-11-23T09:00", "closes_at": "2026-11-30T20:00"}
QUESTIONS = {
    "Eén antwoord kiezen": {"text": "Is er genoeg groen?", "options": "Ja\nNee"},
    "Meer antwoorden kiezen": {"text": "Wat mist u?", "options": "Bomen\nPerken\nWater"},
    "Schaal": {"text": "Hoe tevreden bent u?", "low": "Ontevreden", "high": "Tevreden"},
    "Open vraag": {"text": "Wat wilt u ons vertellen?"},
}
WILL_DO = "Wij vragen Woonstad om bomen."


def test_a_consultation_goes_from_the_register_to_the_site(
    server: Server, visit: Visit, tmp_path: Path
) -> None:
    office = Office(server, visit)
    apply_register(server, office, tmp_path)
    desk, key_file = prepare(office, tmp_path)
    letters = print_letters(office, desk, tmp_path)

    office.later(WHILE_OPEN)
    codes = codes_in(letters, CONSULTATION_DIGITS)
    assert len(codes) == PEOPLE
    answer_by_phone(visit, codes[0])
    answer_behind_it(server, codes[1:ANSWERING])

    office.later(AFTER)
    read_answers(server, office, desk, key_file)
    publish(office, desk)
    reader = visit()
    reader.go("/")
    reader.follow("Groen in uw buurt")
    assert WILL_DO in reader.text


def apply_register(server: Server, office: Office, folder: Path) -> None:
    """Woonstad hands the file in; the secretary proposes, the chair agrees."""
    rows = [f"K{n:05};huurder;{('Cool', 'Delfshaven')[n % 2]};{1940 + n}" for n in range(PEOPLE)]
    file = folder / "klanten.csv"
    file.write_text("\n".join(["klantnummer;soort;wijk;geboortejaar", *rows]))
    facilitator = office.desk(Role.FACILITATOR)
    facilitator.follow("Klantenbestand")
    facilitator.follow("Bestand inleveren")
    facilitator.page.set_input_files("[name=file]", file)
    facilitator.press("Inleveren")
    address = facilitator.page.url
    server.work()
    facilitator.page.get_by_text("Dit wacht op de secretaris.").wait_for()  # it reloads by itself
    secretary = office.desk(Role.SECRETARY)
    secretary.go(address)
    secretary.press("Stel voor om dit te verwerken")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("Het klantenbestand bijwerken")
    chair.press("Keur goed en verwerk")
    server.work()
    chair.page.get_by_text("Alles is verwerkt").wait_for()


def prepare(office: Office, folder: Path) -> tuple[str, Path]:
    """From the plan to the decision to open; the address of its desk, and the key file."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go("/raad")
    secretary.follow("Raadplegingen")
    secretary.follow("Nieuwe raadpleging")
    secretary.fill(title="Groen in uw buurt", intro="Vertel ons wat u vindt.", **CALENDAR)
    secretary.fill(reference_date="2026-11-01")
    secretary.press("Bewaar")
    desk = secretary.page.url
    add_questions(secretary)
    secretary.go(desk)
    secretary.follow("Sleutels")
    keys, chair = secretary.page.url, office.desk(Role.CHAIR)
    chair.go(keys)
    held = {}
    for holder, name in ((secretary, "secretaris"), (chair, "voorzitter")):
        holder.go(keys)
        holder.fill(passphrase=PASSPHRASE, again=PASSPHRASE)
        (folder / name).mkdir()
        held[name] = download(holder, "Maak mijn sleutel", folder / name)
    for holder, name in ((secretary, "secretaris"), (chair, "voorzitter")):
        holder.go(keys)
        holder.page.set_input_files("[name=file]", held[name])
        holder.fill(typed=PASSPHRASE)
        holder.press("Probeer mijn sleutel")
        assert "geprobeerd op" in holder.text
    secretary.go(desk)
    secretary.follow("Besluit om te openen")
    secretary.press("Besluit om te openen")
    assert "gaat nog open" in secretary.text
    return desk, held["secretaris"]


def add_questions(secretary: Visitor) -> None:
    """One of each kind, from the desk of the consultation."""
    secretary.follow("Vragen")
    for kind, fields in QUESTIONS.items():
        secretary.follow(kind)
        secretary.fill(**fields)
        secretary.press("Bewaar de vraag")


def answer_by_phone(visit: Visit, code: Code) -> None:
    """A tenant who comes to the first page and types her code."""
    tenant = visit()
    tenant.go("/")
    tenant.follow("Meedoen")
    tenant.fill(code=str(code))
    tenant.press("Begin")
    tenant.choose("Ja")
    tenant.press("Verder")
    tenant.choose("Bomen", "Water")
    tenant.press("Verder")
    tenant.choose("4")
    tenant.press("Verder")
    tenant.fill(answer="Meer bomen graag.")
    tenant.press("Verder")
    tenant.press("Verstuur mijn antwoorden")


def answer_behind_it(server: Server, codes: list[Code]) -> None:
    """The other tenants, who need no browser of their own."""
    with server.database.write() as session:
        [asked] = consultations.every(session)
        run = Running(asked.id, asked.slug, b"", tuple(codes), server_keys(server.settings))
        one, several, scale, text = asked.questions.questions
        assert isinstance(one, OneChoice)
        assert isinstance(several, SeveralChoices)
        beds = (several.options[1].code,)
        for number, code in enumerate(codes):
            choice, step = one.options[number % 2].code, 1 + number % 5
            given: Answers = {one.id: choice, several.id: beds, scale.id: step, text.id: "Bankjes."}
            answer(session, server.settings, run, code, given, WHILE_OPEN)


def read_answers(server: Server, office: Office, desk: str, key_file: Path) -> None:
    """Open the envelopes with the key file; look at the answers, and at who took part."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    secretary.follow("Antwoorden openen")
    assert "Nog even wachten" in secretary.text
    server.work()
    secretary.go(secretary.page.url)
    secretary.decide("propose")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("De antwoorden van een raadpleging openen")
    chair.decide("approve")
    secretary.go(secretary.page.url)
    secretary.page.set_input_files("[name=file]", key_file)
    secretary.fill(typed=PASSPHRASE)
    secretary.press("Open de antwoorden")
    assert f"{ANSWERING} mensen deden mee" in secretary.text
    secretary.go(desk)
    secretary.follow("Wie deden mee?")
    secretary.page.wait_for_selector(".chart .main-svg")


def publish(office: Office, desk: str) -> None:
    """Tell what was heard and what will be done; two people put it on the site."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    secretary.follow("Wat wij hoorden en gaan doen")
    secretary.fill(heard="U wilt meer bomen.", will_do=WILL_DO)
    secretary.press("Bewaar")
    secretary.decide("propose")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("De uitslag van een raadpleging publiceren")
    chair.decide("approve")
    chair.follow("Bekijk de pagina")
    assert WILL_DO in chair.text
