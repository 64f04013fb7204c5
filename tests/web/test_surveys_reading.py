"""The council reads open answers in the browser: who may, and the way from text to topic."""

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import reading
from consult.surveys.core.open_answers.redaction import Reason, State
from consult.surveys.store import reading as store
from tests.consultations import AFTER
from tests.readings import (
    CHAIR,
    MEMBER,
    TEXTS,
    code_all,
    erase,
    key,
    looked_at,
    opened,
    ready,
    topics_of,
)

Staff = Callable[..., FlaskClient]
PAGES = (
    "",
    "/q4",
    "/q4/tekst/{text}",
    "/q4/citaten",
    "/q4/onderwerpen",
    "/q4/onderwerpen/nieuw",
    "/q4/coderen",
    "/q4/coderen/{text}",
    "/q4/overeenstemming",
    "/q4/verschillen/{text}",
)
ALONE = PAGES[1:4]
"""Of these the secretary's alone: texts as they came."""


@pytest.fixture(autouse=True)
def _after() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


def base(asked: tuple[str, str]) -> str:
    return f"/raad/raadplegingen/{asked[0]}/teksten"


def compared(database: Database, settings: Settings) -> tuple[tuple[str, str], str]:
    """Coded by two who differ on one text; that text."""
    with database.write() as session:
        asked = ready(session, settings)
        text = reading.written(session, key(settings), *asked)[0].id
        code_all(session, settings, asked, CHAIR)
        code_all(session, settings, asked, MEMBER, wrong=[text])
    return asked, text


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read(staff: Staff, database: Database, settings: Settings, role: Role) -> None:
    asked, text = compared(database, settings)
    with database.write() as session:
        store.put_coder(session, asked, "member", handed_in=True)
    browser = staff(role)
    council = role in {Role.SECRETARY, Role.CHAIR, Role.MEMBER}
    for page in PAGES:
        given = browser.get(base(asked) + page.format(text=text)).status_code
        may = role is Role.SECRETARY if page in ALONE else council
        if page.startswith("/q4/coderen") and may:
            assert given == 409, "two others code"
        else:
            assert given == (200 if may else 403), page


def test_the_secretary_goes_from_text_to_text(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        asked = opened(session, settings, TEXTS[:5])
        ids = [one.id for one in reading.written(session, key(settings), *asked)]
    secretary = staff(Role.SECRETARY)
    page = secretary.get(f"{base(asked)}/q4").text
    assert all(text in page for text in TEXTS[:5])
    assert "Nog 5 van 5 teksten nakijken." in page
    at = f"{base(asked)}/q4/tekst"
    assert (
        secretary.post(f"{at}/{ids[0]}", data={"text": "Meer groen."}).location == f"{at}/{ids[1]}"
    )
    aside = {"act": "aside", "reason": "hurtful"}
    assert secretary.post(f"{at}/{ids[1]}", data=aside).location == f"{at}/{ids[2]}"
    for text in ids[2:]:
        last = secretary.post(f"{at}/{text}", data={"text": "Goed zo."})
    assert last.location == f"{base(asked)}/q4"
    page = secretary.get(last.location).text
    assert "Nog 0 van 5 teksten nakijken." in page
    assert "De tekst scheldt of bedreigt iemand" in page
    with database.read() as session:
        found = reading.written(session, key(settings), *asked)
    assert found[0].text == "Meer groen."
    assert (found[1].state, found[1].reason) == (State.ASIDE, Reason.HURTFUL)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": " "}, "Er staat niets meer."),
        ({"act": "aside"}, "Maak een keuze."),
        ({"act": "aside", "reason": "x"}, "Maak een keuze."),
    ],
)
def test_what_cannot_be_kept_is_told_at_the_field(
    staff: Staff, database: Database, settings: Settings, data: dict[str, str], words: str
) -> None:
    with database.write() as session:
        asked = opened(session, settings)
        text = reading.written(session, key(settings), *asked)[0]
    page = staff(Role.SECRETARY).post(f"{base(asked)}/q4/tekst/{text.id}", data=data).text
    assert page.count(words) == 2
    assert text.text in page or data.get("text")


def test_many_texts_come_in_pages(staff: Staff, database: Database, settings: Settings) -> None:
    with database.write() as session:
        asked = opened(session, settings, [f"Tekst {n}." for n in range(60)])
    secretary = staff(Role.SECRETARY)
    first, second = (secretary.get(f"{base(asked)}/q4?blad={n}").text for n in (1, 2))
    assert (first.count("<blockquote"), second.count("<blockquote")) == (50, 10)
    assert secretary.get(f"{base(asked)}/q4?blad=veel").status_code == 200


def test_of_few_texts_none_is_shown(staff: Staff, database: Database, settings: Settings) -> None:
    with database.write() as session:
        asked = opened(session, settings, TEXTS[:4])
    secretary = staff(Role.SECRETARY)
    assert "Minder dan 5 mensen schreven iets." in secretary.get(base(asked)).text
    for page in ("/q4", "/q4/citaten"):
        assert TEXTS[0] not in secretary.get(base(asked) + page).text


def test_topics_are_made_and_fixed(staff: Staff, database: Database, settings: Settings) -> None:
    with database.write() as session:
        asked = opened(session, settings)
        looked_at(session, settings, asked)
    chair, at = staff(Role.CHAIR), f"{base(asked)}/q4/onderwerpen"
    assert "Maak minstens 2 onderwerpen." in chair.post(at, data={"act": "start"}).text
    for label in ("Groen", "Lift", "Vuil"):
        assert chair.post(f"{at}/nieuw", data={"label": label}).location == at
    assert "Dit onderwerp staat er al." in chair.post(f"{at}/nieuw", data={"label": "vuil"}).text
    with database.read() as session:
        found = topics_of(session, asked)
    chair.post(f"{at}/{found['Groen']}", data={"label": "Bomen", "explanation": "Ook planten"})
    chair.post(at, data={"drop": found["Vuil"]})
    assert "Ook planten" in chair.get(f"{at}/{found['Groen']}").text
    assert chair.get(f"{at}/niets").status_code == 409
    assert chair.post(at, data={"act": "start"}).status_code == 303
    page = chair.get(at).text
    assert "De onderwerpen staan vast" in page
    assert "Bomen" in page
    assert "Vuil" not in page
    chair.post(at, data={"act": "restart"})
    assert "De onderwerpen staan vast" not in chair.get(at).text


def test_the_computer_proposes_words_and_a_person_names_them(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        asked = opened(session, settings, [*TEXTS, *TEXTS])
        looked_at(session, settings, asked)
    page = staff(Role.MEMBER).get(f"{base(asked)}/q4/onderwerpen").text
    assert "De computer weet niet wat ze betekenen." in page
    assert "bomen" in page


def test_two_people_code_on_their_own_and_then_see_what_they_agree_on(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        asked = ready(session, settings, [*TEXTS])
        green = topics_of(session, asked)["Groen"]
    at = f"{base(asked)}/q4/coderen"
    for role in (Role.CHAIR, Role.MEMBER):
        browser = staff(role)
        assert browser.get(f"{base(asked)}/q4/overeenstemming").status_code == 409
        page = browser.get(at).text
        for n in range(len(TEXTS)):
            assert f"{n} van 16 teksten ingedeeld." in page
            [action] = re.findall(r'action="([^"]+/coderen/[^"]+)"', page)
            data = {"topics": green} if "bomen" in page else {}
            assert browser.post(action, data=data).location == at
            page = browser.get(at).text
        assert "Lever in" in page
        assert browser.post(at).location == at
        assert "U bent klaar" in browser.get(at).text
    page = browser.get(f"{base(asked)}/q4/overeenstemming").text
    assert "De twee zijn het goed met elkaar eens." in page
    assert "Er wacht geen verschil meer." in page
    assert "50 %" in page


def test_handing_in_too_early_is_told(staff: Staff, database: Database, settings: Settings) -> None:
    with database.write() as session:
        asked = ready(session, settings)
    page = staff(Role.CHAIR).post(f"{base(asked)}/q4/coderen").text
    assert "Nog niet genoeg. Doe er nog minstens 16." in page


def test_a_difference_is_settled_on_a_page_of_its_own(
    staff: Staff, database: Database, settings: Settings
) -> None:
    asked, text = compared(database, settings)
    secretary = staff(Role.SECRETARY)
    page = secretary.get(f"{base(asked)}/q4/overeenstemming").text
    assert "Over 1 tekst zijn zij het niet eens." in page
    assert "Waar de teksten over gaan" not in page
    at = f"{base(asked)}/q4/verschillen/{text}"
    assert "geen onderwerp" in secretary.get(at).text
    with database.read() as session:
        green = topics_of(session, asked)["Groen"]
    settled = secretary.post(at, data={"topics": green})
    assert settled.location == f"{base(asked)}/q4/overeenstemming"
    assert "Waar de teksten over gaan" in secretary.get(settled.location).text
    assert secretary.get(f"{base(asked)}/q4/verschillen/niets").status_code == 409


def test_quotes_are_shown_as_they_will_be_printed(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        asked = opened(session, settings)
        looked_at(session, settings, asked)
        one = reading.written(session, key(settings), *asked)[0]
    secretary, at = staff(Role.SECRETARY), f"{base(asked)}/q4/citaten"
    assert "U koos nog niets." in secretary.get(at).text
    secretary.post(at, data={"pick": one.id})
    assert f"“{one.text}”" in secretary.get(at).text.partition("Kies een citaat")[0]
    secretary.post(at, data={"drop": one.id})
    assert "U koos nog niets." in secretary.get(at).text


def test_when_the_texts_are_erased_what_was_agreed_can_still_be_read(
    staff: Staff, database: Database, settings: Settings
) -> None:
    asked, _text = compared(database, settings)
    with database.write() as session:
        erase(session, settings)
    secretary = staff(Role.SECRETARY)
    assert "De teksten zijn gewist." in secretary.get(base(asked)).text
    assert secretary.get(f"{base(asked)}/q4/overeenstemming").status_code == 200
