"""Signing the official record: read on paper, typed back in part, published when two have."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import signing
from consult.elections.store import elections as store
from consult.site.pdf import pdf
from tests import elections as story
from tests.elections import AFTER, Running
from tests.web.election_desk import (
    CLEAR,
    DESK,
    Staff,
    at,
    counted,
    errors,
    on_paper,
    paper_words,
    sign,
    words,
)


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    """An election that is counted and checked."""
    made = counted(database, settings, CLEAR)
    story.verified(database, settings, made)
    return made


@pytest.fixture(autouse=True)
def _after() -> Iterator[None]:
    with at(AFTER):
        yield


@pytest.fixture
def base(run: Running) -> str:
    return f"{DESK}/{run.id}"


def test_secretary_and_chair_sign_and_then_it_can_be_published_once(
    staff: Staff, base: str, run: Running, client: FlaskClient
) -> None:
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    for client_ in (secretary, chair):
        assert "Publiceer de uitslag" not in client_.get(f"{base}/uitslag").text
    early = secretary.post(f"{base}/publiceren")
    assert (early.status_code, "moeten eerst ondertekenen" in words(early.text)) == (409, True)
    assert sign(secretary, base).status_code == 303
    half = chair.post(f"{base}/publiceren")
    assert (half.status_code, "moeten eerst ondertekenen" in words(half.text)) == (409, True)
    assert sign(chair, base).status_code == 303
    assert "Publiceer de uitslag" in chair.get(f"{base}/uitslag").text
    assert chair.post(f"{base}/publiceren").status_code == 303
    assert f"/uitslagen/verkiezing-{run.uuid.lower()}" in chair.get(f"{base}/uitslag").text
    assert secretary.post(f"{base}/publiceren").status_code == 409
    assert "al gepubliceerd" in secretary.get(f"{base}/ondertekenen").text
    assert client.get(f"/verkiezing/{run.uuid}/proces-verbaal.jsonl").status_code == 200


def test_the_chair_cannot_sign_before_the_secretary(staff: Staff, base: str) -> None:
    chair = staff(Role.CHAIR)
    answer = sign(chair, base)
    assert answer.status_code == 409
    page = words(chair.get(f"{base}/uitslag").text)
    assert "Dit moet nog ondertekend worden door: secretaris voorzitter" in page
    assert "Nog niemand heeft ondertekend." in page


def test_members_and_observers_sign_too_and_stand_in_the_published_record(
    staff: Staff, base: str, run: Running, client: FlaskClient
) -> None:
    people = {
        role: staff(role, name=f"Iemand als {role}")
        for role in (Role.SECRETARY, Role.MEMBER, Role.OBSERVER, Role.CHAIR)
    }
    for signer in people.values():
        assert sign(signer, base).status_code == 303
    assert people[Role.CHAIR].post(f"{base}/publiceren").status_code == 303
    published = words(client.get(f"/uitslagen/verkiezing-{run.uuid.lower()}").text)
    paper = paper_words(client.get(f"/verkiezing/{run.uuid}/proces-verbaal.pdf").data)
    for said in (published, paper):
        assert "Iemand als secretary secretaris 1 december 2026" in said
        assert "Iemand als member raadslid 1 december 2026" in said
        assert "Iemand als observer waarnemer 1 december 2026" in said
        assert "Iemand als chair voorzitter 1 december 2026" in said


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REGISTRAR, Role.SELECTION])
@pytest.mark.parametrize("page", ["uitslag", "ondertekenen", "proces-verbaal.pdf"])
def test_nobody_else_sees_the_result_before_it_is_published(
    staff: Staff, base: str, role: Role, page: str
) -> None:
    assert staff(role).get(f"{base}/{page}").status_code == 403


def _nothing(_groups: list[str]) -> dict[str, str]:
    return {"first": "", "second": ""}


def _wrong(groups: list[str]) -> dict[str, str]:
    return {"first": groups[0], "second": "zzzz"}


@pytest.mark.parametrize(
    ("typed", "told"), [(_nothing, "Vul dit in."), (_wrong, "klopt niet. Kijk op het papier")]
)
def test_what_is_mistyped_is_told_at_the_field_and_signs_nothing(
    staff: Staff,
    base: str,
    run: Running,
    database: Database,
    typed: Callable[[list[str]], dict[str, str]],
    told: str,
) -> None:
    secretary = staff(Role.SECRETARY)
    paper = on_paper(secretary.get(f"{base}/proces-verbaal.pdf").data)
    answer = secretary.post(f"{base}/ondertekenen", data=typed(paper))
    assert answer.status_code == 200
    found = errors(answer.text)
    assert found[0][0] == "first"
    assert told in found[0][1]
    with database.read() as session:
        assert signing.sheet(session, run.secretary, AFTER, run.id).signed == ()


def test_the_page_shows_fourteen_groups_and_none_of_the_two_that_are_asked(
    staff: Staff, base: str
) -> None:
    secretary = staff(Role.SECRETARY)
    paper = on_paper(secretary.get(f"{base}/proces-verbaal.pdf").data)
    page = secretary.get(f"{base}/ondertekenen").text
    shown = [group for group in paper if re.search(rf"\b{group}\b", page)]
    assert (len(paper), len(shown), page.count("(leeg)")) == (16, 14, 2)


def test_the_same_person_does_not_sign_twice(staff: Staff, base: str) -> None:
    observer = staff(Role.OBSERVER)
    assert sign(observer, base).status_code == 303
    page = observer.get(f"{base}/ondertekenen").text
    assert "U hebt dit proces-verbaal ondertekend." in page
    assert "<form" not in page.partition("<main")[2]


def test_a_changed_result_makes_signatures_void(
    staff: Staff, base: str, run: Running, database: Database
) -> None:
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    for signer in (secretary, chair):
        assert sign(signer, base).status_code == 303
    with database.write() as session:
        store.mark(session, run.id, totals=[[1, 1, 1, 0]])
    page = words(chair.get(f"{base}/uitslag").text)
    assert "Uw handtekening geldt niet meer." in page
    assert "Publiceer de uitslag" not in page
    answer = chair.post(f"{base}/publiceren")
    assert (answer.status_code, "moeten eerst ondertekenen" in words(answer.text)) == (409, True)


def test_when_the_chair_is_late_the_secretary_signs_anew(
    staff: Staff, base: str, run: Running, database: Database
) -> None:
    late = AFTER + timedelta(hours=25)
    with database.write() as session:
        story.signed(session, run, run.secretary)
    with at(late):
        chair = staff(Role.CHAIR)
        assert sign(chair, base).status_code == 409
        with database.read() as session:
            assert signing.sheet(session, run.secretary, late, run.id).may_sign
        with database.write() as session:
            story.signed(session, run, run.secretary, late)
        assert sign(chair, base).status_code == 303
    with database.read() as session:
        sheet = signing.sheet(session, run.secretary, AFTER, run.id)
        assert not signing.sheet(session, run.secretary, AFTER, run.id).may_sign, "once is enough"
    assert {one.role: one.signed_at for one in sheet.signed} == {
        Role.SECRETARY: late,
        Role.CHAIR: late,
    }


def test_the_paper_is_the_same_bytes_every_time(staff: Staff, base: str) -> None:
    secretary = staff(Role.SECRETARY)
    first = secretary.get(f"{base}/proces-verbaal.pdf").data
    pdf.cache_clear()
    assert secretary.get(f"{base}/proces-verbaal.pdf").data == first
