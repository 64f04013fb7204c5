"""The pages of the rules: for everybody, and for those who give the board newer ones."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM, Role
from consult.clock import day_of, now
from consult.council.actions import board, co_optation
from consult.council.actions import rules as actions
from consult.council.actions.board import NewMandate
from consult.council.core.rule_file import read
from consult.council.store import agreements as store
from consult.db.session import Database
from tests.agreements import AGREEMENT_2016
from tests.rules import file

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)
OTHERS = tuple(role for role in Role if role not in READERS)
DESK = "/raad/regels"


def text(page: FlaskClient, url: str) -> str:
    """A page that opens."""
    answer = page.get(url)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


class Filled(HTMLParser):
    """What a form on a page would send as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag != "input" or not told.get("name"):
            return
        if told.get("type") not in {"radio", "checkbox"} or "checked" in told:
            self.sent.setdefault(str(told["name"]), []).append(told.get("value") or "")


def handed_in(page: FlaskClient, raw: bytes) -> str:
    """Hand in a file; the address of what it changes."""
    answer = page.post(f"{DESK}/inleveren", data={"file": (BytesIO(raw), "regels.json")})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def shown(page: FlaskClient, url: str) -> str:
    """The fingerprint that the page shows to who may agree."""
    return Filled(page.get(url).text).sent["shown"][0]


# ------------------------------------------------------------------ for everybody


def test_everybody_reads_the_rules_in_plain_words(client: FlaskClient) -> None:
    page = text(client, "/regels")
    assert "Meer dan 7 op de 10 leden huren een woning." in page
    assert "De voorzitter huurt een woning." in page
    assert "Minstens 2 mensen in het dagelijks bestuur huren een woning." in page
    assert "(artikel 3.1b)" in page
    assert "Het bestuur heeft hoogstens 13 leden." in page
    assert "Die tekst liep tot 1 januari 2018." in page
    assert 'href="/regels"' in text(client, "/bestuur")


def test_the_rules_can_be_taken_away_and_checked(client: FlaskClient) -> None:
    with_code = text(client, "/regels")
    print_of = sha256(client.get(_download(with_code)).data).hexdigest()
    assert print_of in with_code
    assert read(client.get(_download(with_code)).data) == AGREEMENT_2016
    assert client.get(f"/regels/{'0' * 64}.json").status_code == 404


def _download(page: str) -> str:
    return next(part for part in page.split('"') if part.startswith("/regels/"))


def test_what_nobody_decided_yet_is_not_public(client: FlaskClient, staff: Staff) -> None:
    raw = file(day_of(now()) + timedelta(3), ("board", "num", 8))
    handed_in(staff(Role.SECRETARY), raw)
    page = text(client, "/regels")
    assert "Overeenkomst 2027" not in page
    assert client.get(f"/regels/{sha256(raw).hexdigest()}.json").status_code == 404


# ------------------------------------------------------------------ who may what


@pytest.mark.parametrize("role", READERS)
def test_four_roles_read_which_rules_hold(staff: Staff, role: Role) -> None:
    page = text(staff(role), DESK)
    assert "geldt nu" in page
    assert ("Lever een bestand in" in page) == (role is Role.SECRETARY)


@pytest.mark.parametrize("role", OTHERS)
def test_the_landlord_and_others_see_nothing_of_it(staff: Staff, role: Role) -> None:
    url = handed_in(staff(Role.SECRETARY), file(day_of(now())))
    page = staff(role)
    for address in (DESK, url, f"{DESK}/nieuw", f"{DESK}/inleveren", "/raad/bestuur/aanvullen"):
        assert page.get(address).status_code == 403
    assert page.post(f"{url}/aannemen").status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_the_secretary_hands_in_and_proposes(staff: Staff, role: Role) -> None:
    url = handed_in(staff(Role.SECRETARY), file(day_of(now())))
    page = staff(role)
    for address in (f"{url}/voorstellen", f"{url}/afwijzen", f"{DESK}/nieuw", f"{DESK}/inleveren"):
        assert page.post(address).status_code == 403


# ------------------------------------------------------------------ from file to rule


def test_two_people_give_the_board_newer_rules(
    staff: Staff, client: FlaskClient, database: Database
) -> None:
    start = day_of(now()) + timedelta(3)
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    url = handed_in(secretary, file(start, ("board", "num", 8)))
    page = text(chair, url)
    assert "Wat verandert er?" in page
    assert "Meer dan 7 op de 10 leden huren een woning." in page
    assert "Meer dan 8 op de 10 leden huren een woning." in page
    assert page.index('<dt class="govuk-summary-list__key">Nu<') < page.index("Straks<")
    assert "Keur goed" not in page
    assert secretary.post(f"{url}/voorstellen").status_code == 303
    assert f'href="{url}"' in text(chair, "/raad/goedkeuringen")
    assert chair.post(f"{url}/aannemen", data={"shown": "0" * 64}).status_code == 409
    assert chair.post(f"{url}/aannemen", data={"shown": shown(chair, url)}).status_code == 303
    assert "gaat nog in" in text(chair, url)
    assert "Meer dan 8 op de 10 leden huren een woning." in text(client, "/regels")
    with database.read() as session:
        assert actions.agreement_on(session, start).source == "Overeenkomst 2027"


def test_the_page_shows_that_the_board_would_break_the_new_rules(
    staff: Staff, database: Database
) -> None:
    today = day_of(now())
    with database.write() as session:
        names = ("T1", "T2", "T3", "N1")
        end = today + timedelta(400)
        elected = [NewMandate(name, name[0] == "T", today, end) for name in names]
        board.seat(session, SYSTEM, now(), elected)
    raw = file(today + timedelta(3), ("board", "num", 8))
    secretary = staff(Role.SECRETARY)
    page = text(secretary, handed_in(secretary, raw))
    assert "4 leden, van wie er 3 een woning huren" in page
    assert "Van de 4 leden moeten er minstens 4 een woning huren. Het zijn er 3." in page
    assert "Let op: met deze regels klopt het bestuur niet op elke dag." in page


def test_a_set_that_is_turned_down_stays_turned_down(staff: Staff) -> None:
    page = staff(Role.SECRETARY)
    url = handed_in(page, file(day_of(now())))
    assert page.post(f"{url}/afwijzen").status_code == 303
    assert "afgewezen" in text(page, url)
    assert page.post(f"{url}/voorstellen").status_code == 409
    assert page.get(f"{DESK}/bestaat-niet").status_code == 404


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "Dit bestand is geen JSON. Het gaat mis op regel 1, teken 2."),
        (b"\xff", "Dit bestand is geen tekst in UTF-8 (teken 1)."),
        (b"{}", "Het veld “board” ontbreekt."),
        (b" " * 70_000, "Dit bestand is te groot."),
    ],
)
def test_what_is_wrong_with_a_file_is_told(staff: Staff, raw: bytes, said: str) -> None:
    data = {"file": (BytesIO(raw), "regels.json")}
    answer = staff(Role.SECRETARY).post(f"{DESK}/inleveren", data=data)
    assert answer.status_code == 200
    assert said in answer.text


def test_a_form_without_a_file_says_so(staff: Staff) -> None:
    assert "Kies eerst een bestand." in staff(Role.SECRETARY).post(f"{DESK}/inleveren").text


def test_names_in_a_file_are_shown_as_text(staff: Staff) -> None:
    raw = json.loads(file(day_of(now())))
    raw["source"] = "<b>Regels</b>"
    secretary = staff(Role.SECRETARY)
    page = text(secretary, handed_in(secretary, json.dumps(raw).encode()))
    assert "<b>Regels" not in page
    assert "&lt;b&gt;Regels" in page


# ------------------------------------------------------------------ the form


def test_the_menu_says_that_rules_belong_to_the_board(staff: Staff) -> None:
    page = text(staff(Role.SECRETARY), DESK)
    assert re.findall(r'aria-current="page">([^<]*)<', page) == ["Bestuur"]


def test_the_form_starts_from_the_rules_of_today_and_changes_numbers(
    staff: Staff, database: Database
) -> None:
    page = staff(Role.SECRETARY)
    found = text(page, f"{DESK}/nieuw")
    assert "door en uit de huurders" in found
    sent = Filled(found).sent
    assert sent["board_0_num"] == ["7"]
    assert sent["settings_electorate"] == ["tenant", "owner", "entrepreneur"]
    start = day_of(now()) + timedelta(2)
    sent |= {
        "start": [start.isoformat()],
        "source": ["Overeenkomst 2027"],
        "board_0_num": ["3"],
        "board_0_den": ["4"],
        "executive_0_article": ["9.2"],
        "settings_electorate": ["tenant"],
        "settings_most_terms": ["2"],
        "settings_co_optation": ["yes"],
    }
    answer = page.post(f"{DESK}/nieuw", data=sent)
    assert answer.status_code == 303
    with database.read() as session:
        (version,) = store.waiting(session)
    new = version.agreement
    assert (new.start, new.end, new.largest_board) == (start, None, 13)
    assert new.board.rules[0] == AGREEMENT_2016.board.rules[0]._replace(num=3, den=4)
    assert new.board.rules[1] == AGREEMENT_2016.board.rules[1]
    assert new.articles["executive_tenants"] == "9.2"
    settings = new.settings
    assert (settings.electorate, settings.most_terms) == (("tenant",), 2)
    assert settings.co_optation
    changed = text(page, answer.headers["Location"])
    assert "Meer dan 3 op de 4 leden huren een woning." in changed
    assert "hoogstens 2 keer" in changed


@pytest.mark.parametrize(
    ("name", "value", "field", "said"),
    [
        ("start", "2020-01-01", "start", "De eerste dag, 1 januari 2020, is al voorbij."),
        ("start", "", "start", "Vul dit in."),
        ("end", "2020-01-01", "end", "hoort een dag na de eerste dag"),
        ("board_0_num", "10", "board_0_num", "meer dan 10 van de 10 kan niet"),
        ("board_0_num", "", "board_0_num", "Vul dit in."),
        ("largest_board_value", "100", "largest_board_value", "van 1 tot en met 99"),
        ("settings_term_years", "0", "settings_term_years", "van 1 tot en met 12"),
        ("board_1_value", "14", "", "Met deze regels kan er geen bestuur zijn"),
        ("settings_ties", "age", "settings_ties", ""),
    ],
)
def test_what_is_wrong_is_told_at_the_field(
    staff: Staff, database: Database, name: str, value: str, field: str, said: str
) -> None:
    page = staff(Role.SECRETARY)
    sent = Filled(page.get(f"{DESK}/nieuw").text).sent
    sent |= {"start": [(day_of(now()) + timedelta(2)).isoformat()], "source": ["X"]}
    answer = page.post(f"{DESK}/nieuw", data={**sent, name: [value]})
    assert answer.status_code == 200
    assert said in answer.text
    assert ('<a href="#' + field + '">' if field else "Er klopt nog iets niet") in answer.text
    with database.read() as session:
        assert store.waiting(session) == ()


def test_a_form_without_voters_is_sent_back(staff: Staff) -> None:
    page = staff(Role.SECRETARY)
    sent = Filled(page.get(f"{DESK}/nieuw").text).sent
    del sent["settings_electorate"]
    sent |= {"start": [day_of(now()).isoformat()]}
    assert '<a href="#settings_electorate">' in page.post(f"{DESK}/nieuw", data=sent).text


# ------------------------------------------------------------------ without an election

ALL = "/raad/bestuur/aanvullen"


@pytest.fixture
def allowed(staff: Staff, database: Database) -> tuple[FlaskClient, FlaskClient]:
    """Secretary and chair of a board of four tenants that may take somebody in."""
    today = day_of(now())
    with database.write() as session:
        elected = [NewMandate(f"T{n}", True, today, today + timedelta(400)) for n in range(4)]
        board.seat(session, SYSTEM, now(), elected)
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    url = handed_in(secretary, file(today, ("settings", "co_optation", True)))
    secretary.post(f"{url}/voorstellen")
    chair.post(f"{url}/aannemen", data={"shown": shown(chair, url)})
    return secretary, chair


def newcomer(**changes: str) -> dict[str, str]:
    """A form that is in order."""
    today = day_of(now())
    end = (today + timedelta(300)).isoformat()
    return {"name": "Nadia", "tenant": "no", "start": today.isoformat(), "end": end} | changes


def test_without_a_rule_for_it_nobody_is_taken_in(staff: Staff) -> None:
    page = staff(Role.SECRETARY)
    assert "Dit kan nu niet." in text(page, ALL)
    answer = page.post(f"{ALL}/nieuw", data=newcomer())
    assert "De regels laten niet toe dat het bestuur zelf een lid vraagt." in answer.text


def test_two_people_take_somebody_in(
    client: FlaskClient, allowed: tuple[FlaskClient, FlaskClient]
) -> None:
    secretary, chair = allowed
    assert "Een lid vragen zonder verkiezing" in text(secretary, "/raad/bestuur")
    assert secretary.post(f"{ALL}/nieuw", data=newcomer()).status_code == 303
    assert "Nadia" not in text(client, "/bestuur")
    assert "Keur goed" not in text(secretary, ALL)
    page = text(chair, ALL)
    action = next(part for part in page.split('"') if part.endswith("/goedkeuren"))
    assert chair.post(action, data={"shown": shown(chair, ALL)}).status_code == 303
    assert "Nadia" in text(client, "/bestuur")
    assert "Nadia" not in text(chair, ALL)


def test_a_request_can_be_turned_down(
    allowed: tuple[FlaskClient, FlaskClient], database: Database
) -> None:
    secretary, _chair = allowed
    secretary.post(f"{ALL}/nieuw", data=newcomer())
    page = text(secretary, ALL)
    action = next(part for part in page.split('"') if part.endswith("/afwijzen"))
    assert secretary.post(action).status_code == 303
    assert "Nadia" not in text(secretary, ALL)
    with database.read() as session:
        assert co_optation.store.asked(session) == {}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": " "}, "name", "Vul een naam in."),
        ({"start": "2020-01-01"}, "start", "Die dag is al voorbij."),
        ({"end": "2020-01-01"}, "end", "De laatste dag ligt niet na de eerste dag."),
        ({"end": "2099-01-01"}, "end", "Een lid blijft hoogstens 4 jaar."),
    ],
)
def test_what_is_wrong_with_a_request_is_told_at_the_field(
    allowed: tuple[FlaskClient, FlaskClient], changes: dict[str, str], field: str, said: str
) -> None:
    answer = allowed[0].post(f"{ALL}/nieuw", data=newcomer(**changes))
    assert f'<a href="#{field}">{said}' in answer.text


def test_a_board_that_would_be_unlawful_takes_nobody_in(
    allowed: tuple[FlaskClient, FlaskClient],
) -> None:
    secretary, chair = allowed
    secretary.post(f"{ALL}/nieuw", data=newcomer())
    action = next(part for part in text(chair, ALL).split('"') if part.endswith("/goedkeuren"))
    chair.post(action, data={"shown": shown(chair, ALL)})
    answer = secretary.post(f"{ALL}/nieuw", data=newcomer(name="Noor"))
    assert '<a href="#tenant">Zo houdt het bestuur zich niet aan de regels' in answer.text


def test_a_board_that_would_be_unlawful_later_says_on_which_day(
    allowed: tuple[FlaskClient, FlaskClient],
) -> None:
    secretary, chair = allowed
    later = (day_of(now()) + timedelta(40)).isoformat()
    secretary.post(f"{ALL}/nieuw", data=newcomer(start=later))
    action = next(part for part in text(chair, ALL).split('"') if part.endswith("/goedkeuren"))
    chair.post(action, data={"shown": shown(chair, ALL)})
    answer = secretary.post(f"{ALL}/nieuw", data=newcomer(name="Noor"))
    assert '<a href="#tenant">Op ' in answer.text
    assert "houdt het bestuur zich dan niet meer aan de regels" in answer.text
