"""The pages of the register: who may do what, and what each shows."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.actor import Role
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register import jobs
from consult.web.queue import run_next
from consult.wording import sentence

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}.csv"
SOUND = b"klantnummer;soort;wijk;label\nK1;huurder;Cool;\nK2;koper;Cool;\nK9;huurder;;Stadswonen\n"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def work(database: Database, settings: Settings) -> Callable[[], None]:
    def run() -> None:
        while run_next(database, settings, jobs.HANDLERS, now):
            pass

    return run


def hand_in(browser: FlaskClient, data: bytes = SOUND, name: str = "export.csv") -> str:
    answer = browser.post(
        "/raad/klantenbestand/nieuw", data={"file": (io.BytesIO(data), name), "send": "1"}
    )
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def page(browser: FlaskClient, url: str) -> str:
    answer: TestResponse = browser.get(url)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    return re.sub(r"\s+", " ", answer.text)


def test_a_register_goes_from_file_to_base_by_two_people(
    staff: Staff, work: Callable[[], None]
) -> None:
    facilitator, secretary, chair = (
        staff(role) for role in (Role.FACILITATOR, Role.SECRETARY, Role.CHAIR)
    )
    url = hand_in(facilitator)
    assert "data-progress" in page(facilitator, url)
    work()
    waiting = page(facilitator, url)
    assert "Dit wacht op de secretaris." in waiting
    assert 'Nieuwe klanten</dt> <dd class="govuk-summary-list__value">2' in waiting
    assert 'niet meegenomen</dt> <dd class="govuk-summary-list__value">1' in waiting
    assert "Stel voor" in page(secretary, url)
    assert secretary.post(f"{url}/voorstellen").status_code == 303
    assert "Dit wacht op de voorzitter." in page(secretary, url)
    assert "Keur goed" in page(chair, url)
    assert chair.post(f"{url}/goedkeuren").status_code == 303
    assert "Wordt verwerkt" in page(chair, url)
    work()
    assert "Alles is verwerkt" in page(facilitator, url)
    overview = page(secretary, "/raad/klantenbestand")
    assert "export.csv" in overview
    assert "Huurders van een woning" in overview


def test_problems_are_shown_with_row_column_and_what_to_do(
    staff: Staff, work: Callable[[], None]
) -> None:
    facilitator = staff(Role.FACILITATOR)
    url = hand_in(facilitator, b"klantnummer;soort\nK1;student\n" + b"K2;x\n" * 300)
    work()
    shown = page(facilitator, url)
    assert "Rij 2, kolom soort" in shown
    assert "Kies uit huurder, koper of ondernemer." in shown
    assert "En nog 101 andere plaatsen." in shown
    assert "Stel voor" not in shown


def test_the_same_file_again_says_that_nothing_changes(
    staff: Staff, work: Callable[[], None]
) -> None:
    facilitator, secretary, chair = (
        staff(role) for role in (Role.FACILITATOR, Role.SECRETARY, Role.CHAIR)
    )
    url = hand_in(facilitator)
    work()
    secretary.post(f"{url}/voorstellen")
    chair.post(f"{url}/goedkeuren")
    work()
    again = hand_in(facilitator)
    work()
    assert "Er verandert niets" in page(facilitator, again)


def test_a_file_that_would_end_many_contracts_is_pointed_at(
    staff: Staff, work: Callable[[], None]
) -> None:
    facilitator, secretary, chair = (
        staff(role) for role in (Role.FACILITATOR, Role.SECRETARY, Role.CHAIR)
    )
    url = hand_in(facilitator)
    work()
    secretary.post(f"{url}/voorstellen")
    chair.post(f"{url}/goedkeuren")
    work()
    half = hand_in(facilitator, b"klantnummer;soort;wijk\nK1;huurder;Cool\n")
    work()
    assert "Veel klanten vertrekken" in page(secretary, half)


def test_a_plan_for_an_older_base_offers_no_approval(
    staff: Staff, work: Callable[[], None]
) -> None:
    facilitator, secretary, chair = (
        staff(role) for role in (Role.FACILITATOR, Role.SECRETARY, Role.CHAIR)
    )
    older = hand_in(facilitator, b"klantnummer;soort\nK5;koper\n")
    url = hand_in(facilitator)
    work()
    secretary.post(f"{url}/voorstellen")
    chair.post(f"{url}/goedkeuren")
    work()
    assert "Dit plan is verouderd" in page(secretary, older)
    answer = secretary.post(f"{older}/voorstellen")
    assert answer.status_code == 409
    assert "Lever het bestand opnieuw in." in answer.text


def test_a_form_without_a_file_says_what_to_do(staff: Staff) -> None:
    answer = staff(Role.FACILITATOR).post("/raad/klantenbestand/nieuw", data={"send": "1"})
    assert answer.status_code == 200
    assert "Kies eerst een bestand." in answer.text
    assert 'href="#file"' in answer.text


def test_a_facilitator_sees_only_files_of_her_own(staff: Staff) -> None:
    mine, other = staff(Role.FACILITATOR), staff(Role.FACILITATOR, name="Fien Ander")
    url = hand_in(mine, name="mijn-export.csv")
    assert "mijn-export.csv" not in page(other, "/raad/klantenbestand")
    for path in (url, f"{url}/voortgang"):
        assert other.get(path).status_code == 404
    assert other.post(f"{url}/afwijzen").status_code == 409
    assert "Wordt gelezen" in page(mine, url)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SECRETARY, Role.CHAIR])
def test_a_file_can_be_rejected_before_it_is_approved(
    staff: Staff, work: Callable[[], None], role: Role
) -> None:
    facilitator = staff(Role.FACILITATOR)
    url = hand_in(facilitator)
    work()
    decides = facilitator if role is Role.FACILITATOR else staff(role)
    assert decides.post(f"{url}/afwijzen").status_code == 303
    assert "Afgewezen" in page(facilitator, url)
    assert decides.post(f"{url}/afwijzen").status_code == 409


@pytest.mark.parametrize("path", ["", "/voortgang"])
def test_an_import_that_does_not_exist_is_not_found(staff: Staff, path: str) -> None:
    assert staff(Role.SECRETARY).get(f"/raad/klantenbestand/nergens{path}").status_code == 404


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.SECRETARY, "voorstellen"),
        (Role.CHAIR, "goedkeuren"),
        (Role.FACILITATOR, "afwijzen"),
    ],
)
def test_nobody_decides_about_an_import_that_does_not_exist(
    staff: Staff, role: Role, act: str
) -> None:
    answer = staff(role).post(f"/raad/klantenbestand/nergens/{act}")
    assert answer.status_code == 409
    assert "Dit bestand kennen wij niet." in answer.text


def test_a_file_on_which_the_work_broke_off_can_be_taken_back(
    staff: Staff, database: Database, settings: Settings
) -> None:
    def breaks(*_: object) -> None:
        raise MemoryError

    facilitator = staff(Role.FACILITATOR)
    url = hand_in(facilitator)
    run_next(database, settings, {"register.plan": breaks}, now)
    assert "Er ging iets mis" in page(facilitator, url)
    assert facilitator.post(f"{url}/afwijzen").status_code == 303
    assert "Afgewezen" in page(facilitator, url)


def test_progress_is_told_to_the_page_that_waits(staff: Staff, work: Callable[[], None]) -> None:
    facilitator = staff(Role.FACILITATOR)
    url = hand_in(facilitator)
    assert facilitator.get(f"{url}/voortgang").json == {"busy": True, "done": 0, "total": 0}
    work()
    assert facilitator.get(f"{url}/voortgang").json == {"busy": False}


def test_a_name_of_a_file_and_a_header_cannot_carry_script(
    staff: Staff, work: Callable[[], None]
) -> None:
    facilitator = staff(Role.FACILITATOR)
    url = hand_in(facilitator, b"klantnummer;soort;<script>alert(2)</script>\n1;koper;x\n", HOSTILE)
    work()
    shown = page(facilitator, url)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(2)" in shown


def test_a_body_over_20_mb_is_refused(staff: Staff) -> None:
    answer = staff(Role.FACILITATOR).post(
        "/raad/klantenbestand/nieuw",
        data=b"x" * (22 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


def _problem_codes() -> set[str]:
    core = Path(__file__).parents[2] / "consult" / "register" / "core"
    source = "".join(path.read_text() for path in core.glob("*.py"))
    codes = set(re.findall(r'(?:Problem|_WrongCell)\(\s*"([a-z0-9_]+)"', source))
    codes |= {f"never_{one}" for one in re.findall(r'^    \("([a-z_]+)", \(', source, re.M)}
    codes |= {f"values_{one}" for one in re.findall(r'^        \("([a-z]+)", ', source, re.M)}
    return codes | {"cell_kind", "cell_empty", "cell_too_long", "quotes", "cell_band"}


@pytest.mark.parametrize("code", sorted(_problem_codes()))
def test_every_problem_has_words(code: str) -> None:
    words = sentence(Refusal("register.problem", problem=code, fact="1/2"))
    assert not words.startswith("register.problem")
