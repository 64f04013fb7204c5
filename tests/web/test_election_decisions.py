"""What two people decide at the election desk: opening, a draw, publication."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import outcome, publication
from consult.elections.core.outcome import DrawNeeded
from consult.elections.tables.voters import SealedTurnout
from tests import elections as story
from tests.consultations import PREPARED
from tests.elections import AFTER, Running
from tests.web.election_desk import (
    CLEAR,
    DESK,
    TIED,
    Staff,
    agree,
    at,
    counted,
    errors,
    sign,
    words,
)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with at(PREPARED):
        yield


@pytest.fixture
def draft(database: Database) -> str:
    with database.write() as session:
        return story.drafted(session)


@pytest.fixture
def ready(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return story.ready(session, settings)


# Opening


def test_what_is_missing_is_named_and_opening_refused(staff: Staff, draft: str) -> None:
    secretary = staff(Role.SECRETARY)
    page = f"{DESK}/{draft}/openen"
    told = words(secretary.get(page).text)
    assert "Vraag minstens twee sleutelhouders." in told
    assert "moet de brieven nog maken." in told
    answer = secretary.post(page, data={"act": "propose"})
    assert (answer.status_code, "nog niet klaar" in answer.text) == (409, True)


def test_opening_is_proposed_by_the_secretary_and_approved_by_the_chair(
    staff: Staff, ready: Running
) -> None:
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    page = f"{DESK}/{ready.id}/openen"
    assert "De secretaris moet dit eerst voorstellen." in chair.get(page).text
    assert "Anna Appel" in chair.get(page).text  # sees what she is asked to agree with
    for client, act in ((chair, "propose"), (chair, "approve"), (secretary, "approve")):
        assert client.post(page, data={"act": act}).status_code == 409
    assert secretary.post(page, data={"act": "propose"}).status_code == 303
    assert 'value="approve"' not in secretary.get(page).text
    assert secretary.post(page, data={"act": "approve"}).status_code == 409
    assert chair.post(page, data={"act": "approve", "shown": "0" * 64}).status_code == 409
    assert agree(chair, page).status_code == 303
    assert "Deze verkiezing is al geopend." in chair.get(page).text
    again = secretary.post(page, data={"act": "propose"})
    assert (again.status_code, "ligt vast" in again.text) == (409, True)


def test_a_proposal_runs_out_after_a_day(staff: Staff, app: Flask, ready: Running) -> None:
    page = f"{DESK}/{ready.id}/openen"
    staff(Role.SECRETARY).post(page, data={"act": "propose"})
    with at(PREPARED.replace(day=PREPARED.day + 1, hour=PREPARED.hour + 1)):
        chair = staff(Role.CHAIR)
        assert 'value="approve"' not in chair.get(page).text
        assert agree(chair, page).status_code == 409


# The draw


def test_a_draw_is_entered_by_two_people_each_alone(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = counted(database, settings, TIED)
    with at(AFTER):
        secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
        page = f"{DESK}/{run.id}/loting"
        assert secretary.get(f"{DESK}/{run.id}/uitslag").location == page
        with database.read() as session:
            needed = outcome.outcome(session, run.id).result
        assert isinstance(needed, DrawNeeded)
        first = {one: str(place) for place, one in enumerate(needed.tied, 1)}
        other = dict(zip(first, reversed(first.values()), strict=True))
        answer = secretary.post(page, data={**first, "act": "enter"})
        assert (answer.status_code, answer.location) == (303, f"{DESK}/{run.id}/uitslag")
        assert "Nu nog iemand anders." in words(secretary.get(page).text)
        assert "is gekozen" not in words(chair.get(page).text)
        [(_, told)] = errors(chair.post(page, data={**other, "act": "enter"}).text)
        assert told.startswith("Dit is een andere volgorde")
        assert chair.post(page, data={"act": "again"}).status_code == 303
        for client in (chair, secretary):
            assert client.post(page, data={**other, "act": "enter"}).status_code == 303
        assert "Er hoeft niet geloot te worden." in chair.get(page).text
        assert "Het lot gaf deze volgorde" in chair.get(f"{DESK}/{run.id}/uitslag").text
        [(_, told)] = errors(chair.post(page, data={**other, "act": "enter"}).text)
        assert told == "Er hoeft niet geloot te worden."


@pytest.mark.parametrize(
    "places", [("1", "1"), ("1", "3"), ("1",), (), ("x", "y"), ("9" * 5_000, "1"), ("²", "1")]
)
def test_a_draw_without_a_place_for_everybody_is_told_and_what_was_filled_in_stays(
    staff: Staff, database: Database, settings: Settings, places: tuple[str, ...]
) -> None:
    run = counted(database, settings, TIED)
    with at(AFTER):
        with database.read() as session:
            needed = outcome.outcome(session, run.id).result
        assert isinstance(needed, DrawNeeded)
        data = dict(zip(needed.tied, places, strict=False))
        page = staff(Role.CHAIR).post(f"{DESK}/{run.id}/loting", data={**data, "act": "enter"}).text
        assert errors(page) == [("", "Geef elke kandidaat een eigen plaats.")]
        assert page.count('<option value="1" selected>') == places.count("1")


# The result


def test_before_the_votes_are_opened_there_is_no_result(staff: Staff, ready: Running) -> None:
    for page in ("uitslag", "loting"):
        answer = staff(Role.SECRETARY, name=f"Sanne {page}").get(f"{DESK}/{ready.id}/{page}")
        assert (answer.status_code, "nog niet geteld" in answer.text) == (409, True)


def test_when_the_check_found_something_the_desk_says_so_and_nothing_is_published(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = counted(database, settings, CLEAR)
    with database.write() as session:
        publication.note_verified(session, run.id, "0" * 64, ["ballot_invalid"])
    with at(AFTER):
        secretary = staff(Role.SECRETARY)
        assert "er klopt iets niet" in secretary.get(f"{DESK}/{run.id}").text
        page = secretary.get(f"{DESK}/{run.id}/uitslag").text
        assert "Er klopt iets niet met de stembiljetten." in page
        assert "Lees en onderteken" not in page
        assert sign(secretary, f"{DESK}/{run.id}").status_code == 409


def test_when_the_numbers_do_not_meet_nothing_is_published(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = counted(database, settings, CLEAR)
    story.verified(database, settings, run)
    with database.write() as session:
        session.execute(update(SealedTurnout).values(participants=SealedTurnout.participants + 1))
    with at(AFTER):
        answer = sign(staff(Role.SECRETARY), f"{DESK}/{run.id}")
    assert answer.status_code == 409
    assert "4 stembiljetten, 0 vervangen, 4 geteld, 5 stemmers" in answer.text
