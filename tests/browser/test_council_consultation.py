"""The council's way, in the browser: from a register to a published consultation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.actor import Role
from consult.config import ROOT
from consult.register.core.codes import CONSULTATION_DIGITS, Code
from consult.surveys.core.asking.reaching import paths
from consult.surveys.store import consultations
from tests.browser.office import Office, codes_in, download, print_letters
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.consultations import Running, answer, server_keys

pytestmark = pytest.mark.browser

PEOPLE, ANSWERING = 60, 31
WHILE_OPEN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CALENDAR = {"opens_at": "2026-11-23T09:00", "closes_at": "2026-11-30T20:00"}
FILE = ROOT / "consult" / "demo" / "warmth.json"
PHRASE = "zeven gele fietsen in de gang"
NEW = {
    "Tekst om te lezen": {"text-nl": "Deze vragen gaan over groen."},
    "Eén antwoord kiezen": {
        "text-nl": "Is er genoeg groen?",
        "text-en": "Is there enough green?",
        "text-tr": "Yeterince yeşillik var mı?",
        "text-ar": "هل توجد مساحات خضراء كافية؟",
        "options-o1-nl": "Ja",
        "options-o1-ar": "نعم",
        "options-o2-nl": "Nee",
        "options-o2-ar": "لا",
    },
    "Meer antwoorden kiezen": {
        "text-nl": "Wat mist u?",
        "options-o1-nl": "Bomen",
        "options-o2-nl": "Water",
        "most": "2",
    },
    "Schaal": {
        "text-nl": "Hoe tevreden bent u?",
        "low-nl": "Ontevreden",
        "high-nl": "Tevreden",
    },
    "Op volgorde zetten": {
        "text-nl": "Wat komt eerst?",
        "options-o1-nl": "Bomen",
        "options-o2-nl": "Water",
        "places": "2",
    },
    "Getal": {"text-nl": "Hoeveel bomen ziet u?", "high": "50", "unit-nl": "bomen"},
    "Dag": {
        "text-nl": "Sinds wanneer woont u hier?",
        "first": "1950-01-01",
        "last": "2026-12-31",
    },
    "Open vraag": {"text-nl": "Wat wilt u ons vertellen?"},
    "Punten verdelen": {
        "text-nl": "Hoe verdeelt u 10 punten?",
        "options-o1-nl": "Bomen",
        "options-o2-nl": "Water",
        "total": "10",
    },
}
TITLE = "Warmte en servicekosten"
WILL_DO = "Wij vragen Woonstad om een duidelijke rekening."


def test_a_consultation_goes_from_the_register_to_the_site(
    server: Server, visit: Visit, tmp_path: Path
) -> None:
    office = Office(server, visit)
    apply_register(server, office, tmp_path)
    desk = plan(office)
    make_each_kind(office, desk)
    route(office, desk)
    take_over_a_file(office, desk)
    key_file = prepare(office, desk, tmp_path)
    letters = print_letters(office, desk, tmp_path)

    office.later(WHILE_OPEN)
    codes = codes_in(letters, CONSULTATION_DIGITS)
    assert len(codes) == PEOPLE
    answer_behind_it(server, codes[:ANSWERING])

    office.later(AFTER)
    read_answers(server, office, desk, key_file)
    publish(office, desk)
    reader = visit()
    reader.go("/")
    reader.follow(TITLE)
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


def plan(office: Office) -> str:
    """A new consultation in four languages; the address of its desk."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go("/raad")
    secretary.follow("Raadplegingen")
    secretary.follow("Nieuwe raadpleging")
    secretary.fill(**{"title-nl": TITLE, "intro-nl": "Vertel ons wat u vindt."}, **CALENDAR)
    secretary.fill(reference_date="2026-11-01")
    secretary.choose("English", "Türkçe", "العربية")
    secretary.press("Bewaar")
    return secretary.page.url


def make_each_kind(office: Office, desk: str) -> None:
    """One question of each kind, the second in all languages, seen on the phone while typing."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(f"{desk}/vragen")
    for kind, fields in NEW.items():
        for summary in secretary.page.locator("details:not([open]) > summary").all():
            summary.click()
        secretary.follow(kind)
        secretary.fill(**fields)
        if "text-ar" in fields:
            secretary.page.select_option("#shown", "ar")
            phone = secretary.page.locator("#preview .phone[lang=ar][dir=rtl]")
            phone.get_by_text(fields["text-ar"]).wait_for()
            phone.get_by_text(fields["options-o2-ar"]).wait_for()
        secretary.press("Bewaar de vraag")
    assert "Deze vragen kunnen wij stellen" in secretary.text


def route(office: Office, desk: str) -> None:
    """A section for who misses something, with a rule; the map shows it, and a fault in it."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(f"{desk}/vragen")
    secretary.follow("Nieuw deel")
    secretary.fill(**{"title-nl": "Wat er mist"})
    secretary.page.select_option("#about", label="Is er genoeg groen?")
    secretary.press("Voeg een regel toe")
    secretary.choose("Nee")
    secretary.press("Bewaar het deel")
    assert "Alleen bij: Vraag 1: ‘Nee’" in secretary.text
    assert "In dit deel staat geen vraag." in secretary.text
    last = secretary.page.locator(".card").last
    secretary.await_page(last.get_by_role("button", name="Omlaag").tap)
    assert "Deze vragen kunnen wij stellen" in secretary.text
    secretary.follow("Kaart van de vragen")
    assert secretary.page.locator(".map .map__line").count() == 1
    assert "Elke vraag is te bereiken" in secretary.text
    secretary.go(f"{desk}/vertalingen")
    assert secretary.page.get_by_text("missen er").count() == 3


def take_over_a_file(office: Office, desk: str) -> None:
    """25 questions in four languages from a file, which replace those; nothing is lost."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(f"{desk}/vragen")
    secretary.follow("Vragen uit een bestand")
    secretary.page.set_input_files("[name=file]", FILE)
    secretary.press("Lees het bestand")
    assert "Weg: Hoeveel bomen ziet u?" in secretary.text
    secretary.press("Neem deze vragen over")
    assert "25. Wat wilt u de raad nog vertellen" in secretary.text
    secretary.follow("Kaart van de vragen")
    assert secretary.page.locator(".map .map__line").count() == 9
    secretary.go(f"{desk}/vertalingen")
    assert secretary.page.get_by_text("missen er 2.").count() == 3  # title and intro
    secretary.go(f"{desk}/voorlezen?shown=ar")
    secretary.page.get_by_text("كيف تتم تدفئة مسكنك؟").wait_for()
    secretary.go(f"{desk}/versies")
    assert secretary.heading == "Versies"


def prepare(office: Office, desk: str, folder: Path) -> Path:
    """Two keys, what it belongs to, and the decision to open; the secretary's key file."""
    secretary, chair = office.desk(Role.SECRETARY), office.desk(Role.CHAIR)
    files: dict[Visitor, Path] = {}
    for person in (secretary, chair):
        person.go(f"{desk}/sleutel")
        person.fill(passphrase=PHRASE, again=PHRASE)
        files[person] = download(person, "Maak mijn sleutel", folder / str(len(files)))
    for person, file in files.items():
        person.page.reload()
        person.page.set_input_files("[name=file]", file)
        person.fill(typed=PHRASE)
        person.press("Probeer mijn sleutel")
    secretary.go(desk)
    secretary.follow("Waar dit bij hoort")
    secretary.follow("Kies waar dit bij hoort")
    secretary.page.locator("[name=topics]").first.check()
    secretary.press("Bewaar")
    secretary.go(desk)
    secretary.follow("Besluit om te openen")
    secretary.press("Besluit om te openen")
    assert "gaat nog open" in secretary.text
    return files[secretary]


def answer_behind_it(server: Server, codes: list[Code]) -> None:
    """Tenants, who need no browser of their own: each goes another way through the questions."""
    with server.database.write() as session:
        [asked] = consultations.every(session)
        run = Running(asked.id, asked.slug, b"", tuple(codes), server_keys(server.settings))
        ways = list(paths(asked.questions).values())
        for number, code in enumerate(codes):
            answer(session, server.settings, run, code, ways[number % len(ways)], WHILE_OPEN)


def read_answers(server: Server, office: Office, desk: str, key_file: Path) -> None:
    """Two people agree, one opens with her key; look at the answers, and at who took part."""
    server.work()
    secretary, chair = office.desk(Role.SECRETARY), office.desk(Role.CHAIR)
    for person, act in ((secretary, "propose"), (chair, "approve")):
        person.go(f"{desk}/zegels")
        person.decide(act)
    secretary.page.reload()
    secretary.page.set_input_files("[name=file]", key_file)
    secretary.fill(typed=PHRASE)
    secretary.context.set_default_timeout(120_000)  # opening and the first results take long
    secretary.press("Open de antwoorden")
    secretary.follow("Bekijk de uitslag")
    assert f"{ANSWERING} mensen" in secretary.text
    secretary.go(desk)
    secretary.follow("Wie deden mee?")
    secretary.page.locator(".plot").first.scroll_into_view_if_needed()
    secretary.page.wait_for_selector(".plot__drawn .main-svg")


def publish(office: Office, desk: str) -> None:
    """Tell what was heard and what will be done; two people put it on the site."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    secretary.follow("Wat wij hoorden en gaan doen")
    secretary.fill(**{"heard-nl": "U begrijpt de rekening niet.", "will_do-nl": WILL_DO})
    secretary.press("Bewaar")
    secretary.decide("propose")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("De uitslag van een raadpleging publiceren")
    chair.decide("approve")
    chair.follow("Bekijk de pagina")
    assert WILL_DO in chair.text
