"""Not too much at once: the limit, the calendar, and what the plan says of others."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.surveys.actions import opening
from consult.surveys.core.asking.words import words
from tests.consultations import (
    CLOSES,
    OPENS,
    PLAN,
    PREPARED,
    SECRETARY,
    TODAY,
    estate,
    with_key,
)
from tests.web.pages import text

Staff = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with time_machine.travel(PREPARED, tick=False):
        yield


@pytest.fixture
def three(database: Database) -> list[str]:
    """Three that may open in the same days."""
    with database.write() as session:
        estate(session, 12)
        titles = ("Eerste", "Tweede", "Derde")
        return [with_key(session, replace(PLAN, title=words(title)))[0] for title in titles]


def opened(database: Database, made: str, most: int = 2) -> None:
    with database.write() as session:
        opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made, most)


def test_one_more_than_the_limit_is_refused_with_the_others_and_their_days(
    database: Database, three: list[str]
) -> None:
    for made in three[:2]:
        opened(database, made)
    with pytest.raises(Refusal, match=r"surveys\.too_many_open") as refused:
        opened(database, three[2])
    others = refused.value.facts["others"]
    assert isinstance(others, list)
    assert sorted(others) == [("Eerste", OPENS, CLOSES), ("Tweede", OPENS, CLOSES)]
    opened(database, three[2], 3)


def test_the_limit_is_a_setting_and_the_page_says_what_is_in_the_way(
    staff: Staff, app: Flask, database: Database, settings: Settings, three: list[str]
) -> None:
    app.extensions["consult.settings"] = replace(settings, most_open=1)
    secretary = staff(Role.SECRETARY)
    assert secretary.post(f"/raad/raadplegingen/{three[0]}/openen").status_code == 303
    page = secretary.post(f"/raad/raadplegingen/{three[1]}/openen").text
    assert "Er mag 1 raadpleging tegelijk open zijn." in page
    assert "“Eerste” (van 9 november 2026 tot 30 november 2026)." in page


def test_another_time_has_room(database: Database, three: list[str]) -> None:
    opened(database, three[0], 1)
    with database.write() as session:
        later = replace(PLAN, opens_at=CLOSES, closes_at=CLOSES + timedelta(days=9))
        made, _file = with_key(session, later)
    opened(database, made, 1)


def test_the_plan_says_what_else_is_open(staff: Staff, three: list[str]) -> None:
    page = text(staff(Role.SECRETARY), f"/raad/raadplegingen/{three[0]}/plan")
    assert "“Tweede”: van 9 november 2026 tot 30 november 2026" in page
    assert "“Eerste”:" not in page


def test_the_calendar_shows_a_year_with_what_is_open_at_once(
    staff: Staff, three: list[str]
) -> None:
    page = text(staff(Role.CHAIR), "/raad/kalender")
    assert "Kalender 2026" in page
    assert page.count('class="year__open"') == 3
    assert "Derde" in page
    assert "Dit jaar is er geen raadpleging." in text(
        staff(Role.MEMBER), "/raad/kalender?jaar=2027"
    )


@pytest.mark.parametrize("year", ["0", "99999", "-1", "x", "99999999999"])
def test_a_strange_year_is_no_error(staff: Staff, year: str) -> None:
    assert staff(Role.SECRETARY).get(f"/raad/kalender?jaar={year}").status_code == 200


def test_a_new_year_begins_in_amsterdam(staff: Staff, database: Database) -> None:
    begin = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight there
    with database.write() as session:
        with_key(session, replace(PLAN, opens_at=begin, closes_at=begin + timedelta(days=3)))
    page = staff(Role.SECRETARY)
    assert 'class="year__open"' not in text(page, "/raad/kalender?jaar=2026")
    assert 'class="year__open"' in text(page, "/raad/kalender?jaar=2027")
