"""The council's way, in the browser: from the plan of an election to the new board."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.actor import Role
from consult.register.core.codes import ELECTION_DIGITS
from tests.browser.accessibility import in_both_schemes, too_wide
from tests.browser.office import Office, codes_in, print_letters
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.consultations import estate
from tests.web.election_desk import on_paper

pytestmark = pytest.mark.browser

PEOPLE = 20
WHILE_OPEN, AFTER, SEATED = (
    datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
    datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
    datetime(2027, 1, 2, 9, 0, tzinfo=UTC),
)
PLAN = {
    "title": "Bestuur 2027",
    "profile": "Mensen die luisteren.",
    "max_board": "3",
    "max_choices": "2",
    "reference_date": "2026-11-01",
    "opens_at": "2026-11-23T09:00",
    "closes_at": "2026-11-30T20:00",
    "seats_from": "2027-01-01",
    "seats_until": "2031-01-01",
}
CANDIDATES = ("Anna Appel", "Bilal Berg", "Cora Citroen", "Daan Dorp")
HOLDERS = ("Truus Sleutel", "Umar Slot")
VOTES = (("Anna Appel", "Bilal Berg"), ("Anna Appel", "Cora Citroen"), ("Anna Appel", "Bilal Berg"))


def test_an_election_goes_from_its_plan_to_the_new_board(
    server: Server, visit: Visit, tmp_path: Path
) -> None:
    with server.database.write() as session:
        estate(session, PEOPLE)
    office = Office(server, visit)
    desk = prepare(office)
    keys = [make_key(office, visit, desk, name, tmp_path) for name in HOLDERS]
    letters = print_letters(office, desk, tmp_path)
    open_it(office, desk)

    office.later(WHILE_OPEN)
    vote(visit, letters)

    office.later(AFTER)
    for key in keys:
        decrypt(visit, key)
    server.work()
    publish(office, desk)

    office.later(SEATED)
    reader = visit()
    reader.go("/bestuur")
    assert all(name in reader.text for name in CANDIDATES[:3])
    assert CANDIDATES[3] not in reader.text


def prepare(office: Office) -> str:
    """From the plan to the list of candidates; the address of the election's desk."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go("/raad")
    secretary.follow("Verkiezingen")
    secretary.follow("Nieuwe verkiezing")
    secretary.fill(**PLAN)
    secretary.press("Bewaar het plan")
    desk = secretary.page.url
    secretary.press("Maak de lijst van wie mag stemmen")
    secretary.follow("Kandidaten")
    for number, name in enumerate(CANDIDATES):
        secretary.fill(customer_number=f"K{number:05}", name=name, statement=f"Ik ben {name}.")
        secretary.press("Zet op de lijst")
    return desk


def make_key(office: Office, visit: Visit, desk: str, name: str, folder: Path) -> tuple[str, Path]:
    """A key holder makes a key in the room behind her link: the link and the file that she kept."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    secretary.follow("Sleutelhouders")
    secretary.fill(name=name)
    secretary.press("Maak een link")
    assert in_both_schemes(secretary) + too_wide(secretary) == []
    link = secretary.page.inner_text(".code-line")
    holder = visit()
    holder.go(link)
    holder.step("key")
    holder.page.tap("[data-step=key] form button")
    holder.step("keep")
    with holder.page.expect_download() as coming:
        holder.page.tap("[data-download]")
    file = folder / f"sleutel van {name}.json"
    coming.value.save_as(file)
    holder.page.set_input_files("#kept", file)
    holder.page.tap("[data-step=keep] form button")
    holder.step("waiting")
    return link, file


def open_it(office: Office, desk: str) -> None:
    """The secretary proposes to open it and the chair agrees."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    secretary.follow("Openen")
    secretary.decide("propose")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("Een verkiezing openen")
    chair.decide("approve")
    assert "klaar, gaat nog open" in chair.text


def vote(visit: Visit, letters: Path) -> None:
    """Some tenants vote on their phones, by the link of their letter."""
    booth = letters.read_text().split("Of ga naar ")[1].split(" ")[0]
    for code, names in zip(codes_in(letters, ELECTION_DIGITS), VOTES, strict=False):
        voter = visit()
        voter.go(f"{booth}#code={code.digits}")
        voter.step("code")
        voter.page.tap("[data-step=code] form button")
        voter.step("choose")
        voter.choose(*names)
        voter.page.tap("[data-step=choose] form button")
        voter.step("review")
        voter.page.tap(".booth__cast")
        voter.step("done")


def decrypt(visit: Visit, key: tuple[str, Path]) -> None:
    """The key holder's own computer checks every ballot and opens the sum, nothing else."""
    link, file = key
    holder = visit()
    holder.go(link)
    holder.step("decrypt")
    holder.page.set_input_files("#opening", file)
    holder.page.tap("[data-step=decrypt] form button")
    holder.step("checked")
    assert holder.page.inner_text("[data-fact=counted]") == str(len(VOTES))
    holder.page.tap("[data-step=checked] form button")
    holder.step("done")


def publish(office: Office, desk: str) -> None:
    """Two people make the result public; the elected are seated by it."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    assert "alles klopt" in secretary.text
    secretary.follow("Uitslag")
    secretary.follow("Lees en onderteken")
    sign(secretary)
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("De uitslag van een verkiezing publiceren")
    sign(chair)
    chair.press("Publiceer de uitslag")
    chair.follow("Naar de openbare uitslag")
    assert "Anna Appel" in chair.text


def sign(signer: Visitor) -> None:
    """Open the paper, and type the two groups that are blank on the screen."""
    with signer.page.expect_download() as coming:
        signer.page.get_by_role("link", name="Open het proces-verbaal").tap()
    paper = on_paper(Path(coming.value.path()).read_bytes())
    blank = re.findall(r">Groep (\d+)</label>", signer.page.content())
    first, second = (paper[int(number) - 1] for number in blank)
    assert in_both_schemes(signer) + too_wide(signer) == []
    signer.fill(first=first, second=second)
    signer.press("Onderteken")
