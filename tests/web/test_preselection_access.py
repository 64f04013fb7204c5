"""Who sees what of a preselection, and when: role by page by moment."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from consult.actor import Role
from consult.db.session import Database
from consult.elections.actions import preselection
from consult.elections.core.preselection import REVIEW_LASTS
from tests import preselections
from tests.preselections import APPLICANTS, THEN
from tests.web.election_desk import DESK, at, words
from tests.web.preselection_cast import Office, office

MOMENTS = ("assessing", "revealed", "decided", "final")
WHO = ("visitor", *Role, "Evi")
_OUTSIDE = dict.fromkeys(MOMENTS, 409)
_NEVER = dict.fromkeys(MOMENTS, 403)
_ALWAYS = dict.fromkeys(MOMENTS, 200)
_AFTER = {**_ALWAYS, "assessing": 409}
_AT_THE_END = {**_OUTSIDE, "final": 200}
COUNCIL = ("secretary", "chair", "member")
ASSESSORS = (*COUNCIL, "selection")

# Per page, who gets which answer at which moment; who is not named is not let in at all.
TABLE: dict[str, dict[str, dict[str, int]]] = {
    "": dict.fromkeys((*ASSESSORS, "observer", "Evi"), _ALWAYS),
    "/beoordelaars": dict.fromkeys(("secretary", "chair"), _ALWAYS),
    "/verklaring": {**dict.fromkeys(ASSESSORS, _OUTSIDE), "Evi": _ALWAYS},
    "/kandidaat/{anna}": {**dict.fromkeys(ASSESSORS, _OUTSIDE), "Evi": _ALWAYS},
    "/kandidaat/{anna}/foto.jpg": {
        **dict.fromkeys(ASSESSORS, _OUTSIDE),
        "Evi": dict.fromkeys(MOMENTS, 404),
    },
    "/scores": {**dict.fromkeys(ASSESSORS, _OUTSIDE), "Evi": _AFTER},
    "/besluit": {
        **dict.fromkeys(ASSESSORS, _OUTSIDE),
        "Evi": {"assessing": 409, "revealed": 200, "decided": 303, "final": 303},
    },
    "/besluit/goedkeuren": {**dict.fromkeys(ASSESSORS, _OUTSIDE), "Evi": _AFTER},
    "/uitkomst": dict.fromkeys((*ASSESSORS, "observer", "Evi"), _AT_THE_END),
}


@pytest.fixture
def place(app: Flask, database: Database) -> Iterator[Office]:
    with at(THEN):
        yield office(app, database)


def bring(place: Office, moment: str) -> datetime:
    """Let it be that moment; the time then."""
    with place.database.write() as session:
        if moment == "assessing":
            preselections.joined(session, place.story)
            for application in range(3):
                preselections.assess(session, place.story, 0, application)
                preselections.assess(session, place.story, 1, application, 2, 2)
        elif moment == "revealed":
            preselections.ready(session, place.story)
        else:
            preselections.decided(session, place.story)
    return THEN + REVIEW_LASTS if moment == "final" else THEN


@pytest.mark.parametrize("moment", MOMENTS)
def test_everybody_gets_the_answer_of_the_table(place: Office, moment: str) -> None:
    anna, wrong = place.story.applications[0], []
    with at(bring(place, moment)):
        for page, told in TABLE.items():
            for who in WHO:
                closed = 303 if who == "visitor" else 403
                expected = told[who][moment] if who in told else closed
                address = place.page + page.format(anna=anna)
                found = place.browser(who).get(address).status_code
                if found != expected:
                    wrong.append((page, who, found, expected))
    assert wrong == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_without_a_seat_nobody_reads_a_name_a_score_or_a_reason(place: Office, moment: str) -> None:
    with at(bring(place, moment)):
        for who in (*COUNCIL, "observer", "selection"):
            for page in ("", "/uitkomst", "/beoordelaars", "/scores", "/besluit/goedkeuren"):
                text = words(place.browser(who).get(place.page + page).text)
                for secret in (*APPLICANTS, "Reden", "Dat bleek", "luister graag"):
                    assert (who, page, secret in text) == (who, page, False)


def test_before_all_are_in_an_assessor_reads_nothing_of_what_others_said(place: Office) -> None:
    bring(place, "assessing")
    with place.database.write() as session:
        for application in range(3):
            preselections.assess(session, place.story, 1, application, 1, 1)
    evi = place.browser("Evi")
    for page in ("", f"/kandidaat/{place.story.applications[0]}", "/scores"):
        text = evi.get(place.page + page).text
        assert MEMBER_OF_OTHERS not in text
    assert "Nog niet iedereen heeft ingeleverd" in evi.get(f"{place.page}/scores").text


MEMBER_OF_OTHERS = "Fons Fijn"


@pytest.mark.parametrize("who", ["selection", "Evi"])
def test_a_committee_sees_nothing_of_the_election_desk(place: Office, who: str) -> None:
    browser = place.browser(who)
    for page in ("", f"/{place.story.id}", f"/{place.story.id}/kandidaten", "/nieuw"):
        assert browser.get(DESK + page).status_code == 403
    assert browser.get("/raad/klantenbestand").status_code == 403


def test_an_applicant_reads_her_own_verdict_and_nobody_elses(place: Office) -> None:
    bring(place, "decided")
    browser = place.app.test_client()
    with browser.session_transaction() as session:
        session["nomination"] = {
            "election": place.story.id,
            "application": place.story.applications[2],
        }
    text = words(browser.get("/kandidaat/besluit").text)
    assert "U bent niet toegelaten." in text
    assert "Reden 2 voor u." in text
    secrets = ("Reden 0", "Reden 1", "Dat bleek", "Evi", "Fons", "Gita", "Anna", "Bilal")
    assert [secret for secret in secrets if secret in text] == []


def test_a_visitor_without_an_application_reads_no_verdict(place: Office) -> None:
    bring(place, "decided")
    text = words(place.browser("visitor").get("/kandidaat/besluit").text)
    assert "Gebruik eerst de code uit uw brief." in text
    assert "Reden" not in text
    answer = place.browser("visitor").post("/kandidaat/besluit", data={"reasons": "Kijk nog eens."})
    assert answer.status_code == 200
    with place.database.read() as session:
        told = preselection.verdict_for(session, place.story.applications[2])
    assert told is not None
    assert told.asked_at is None


def test_the_menu_of_a_committee_says_where_she_is(place: Office) -> None:
    bring(place, "assessing")
    page = place.browser("Evi").get(place.page)
    assert re.findall(r'aria-current="page">([^<]*)<', page.text) == ["Voorselectie"]
