"""The pages of a preselection: what people fill in, what is wrong with it, and where it goes."""

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from consult.actor import Role
from consult.db.session import Database
from consult.elections.actions import assessing, preselection
from consult.elections.actions import shortlist as decisions
from consult.elections.core.preselection import REVIEW_LASTS
from consult.elections.tables.applications import ApplicationRow, PhotoRow
from tests import preselections
from tests.preselections import MEMBERS, THEN
from tests.web.election_desk import DESK, agree, at, errors, words
from tests.web.preselection_cast import Office, office

SCORES = {
    "act": "scores",
    "value_listen": "4",
    "reason_listen": "Luistert goed.",
    "value_plan": "2",
    "reason_plan": "Plant nog weinig.",
}


@pytest.fixture
def place(app: Flask, database: Database) -> Iterator[Office]:
    with at(THEN):
        yield office(app, database)


@pytest.fixture
def evi(place: Office) -> FlaskClient:
    """A member of the committee who has begun."""
    browser = place.browser("Evi")
    browser.post(f"{place.page}/verklaring", data={"free": "free"})
    return browser


def form_of(place: Office, application: int) -> str:
    return f"{place.page}/kandidaat/{place.story.applications[application]}"


def test_a_committee_member_finds_her_elections_from_the_first_page(place: Office) -> None:
    evi = place.browser("Evi")
    assert 'href="/raad/voorselectie"' in evi.get("/raad").text
    assert place.page in evi.get("/raad/voorselectie").text
    nobody = place.browser("selection")
    assert "U bent nog voor geen verkiezing gevraagd." in nobody.get("/raad/voorselectie").text


def test_the_council_finds_it_at_the_desk_of_the_election(place: Office) -> None:
    assert place.page in place.browser("secretary").get(f"{DESK}/{place.story.id}").text


def test_two_people_decide_who_assesses(place: Office) -> None:
    page, secretary = f"{place.page}/beoordelaars", place.browser("secretary")
    fourth = place.people["selection"].id
    accounts = [*(one.account_id for one in place.story.members), fourth]
    assert secretary.post(page, data={"accounts": accounts[:2]}).status_code == 200
    assert errors(secretary.post(page, data={"accounts": accounts[:2]}).text) == [
        ("accounts", "Kies minstens 3 mensen die kunnen beoordelen. Nu zijn het er 2.")
    ]
    assert secretary.post(page, data={"accounts": accounts}).status_code == 303
    chair = place.browser("chair")
    assert "Aanwijzen wie kandidaten beoordelen" in chair.get("/raad").text
    assert "Celia Commissie" in chair.get(page).text
    assert agree(chair, page).status_code == 303
    assert "Celia Commissie is gevraagd" in words(chair.get(page).text)


def test_who_stands_herself_is_not_shown_the_applicants(place: Office) -> None:
    evi = place.browser("Evi")
    page = f"{place.page}/verklaring"
    assert errors(evi.post(page, data={}).text) == [("free", "Kies wat voor u klopt.")]
    evi.post(page, data={"free": "stands"})
    text = words(evi.get(place.page).text)
    assert "U beoordeelt deze kandidaten niet." in text
    assert "Anna Appel" not in text


def test_scores_are_kept_and_shown_again(place: Office, evi: FlaskClient) -> None:
    assert evi.post(form_of(place, 0), data=SCORES).status_code == 303
    page = evi.get(form_of(place, 0)).text
    assert 'value="4" checked' in page
    assert "Plant nog weinig." in page
    assert "U bent klaar met 1 van 3" in words(evi.get(place.page).text)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("value_plan", "", "Kies een cijfer van 1 tot en met 5."),
        ("value_plan", "6", "Kies een cijfer van 1 tot en met 5."),
        ("value_plan", "²", "Kies een cijfer van 1 tot en met 5."),
        ("reason_plan", " ", "Schrijf op waarom u dit cijfer geeft. Er passen 2000 tekens in."),
    ],
)
def test_what_is_wrong_with_a_score_is_told_at_the_field_and_nothing_is_lost(
    place: Office, evi: FlaskClient, field: str, value: str, said: str
) -> None:
    page = evi.post(form_of(place, 0), data={**SCORES, field: value}).text
    assert errors(page) == [(field, f"Plannen: {said}")]
    assert f'id="{field}"' in page
    assert "Luistert goed." in page
    assert "nog te doen" in evi.get(place.page).text


def test_a_conflict_of_interest_takes_a_reason(place: Office, evi: FlaskClient) -> None:
    page = evi.post(form_of(place, 0), data={"act": "conflict", "conflict": " "}).text
    said = "Schrijf op waarom u niet oordeelt, in hoogstens 2000 tekens."
    assert errors(page) == [("conflict", said)]
    evi.post(form_of(place, 0), data={"act": "conflict", "conflict": "Mijn zus."})
    assert "u oordeelt niet" in evi.get(place.page).text


def test_who_is_not_free_to_judge_reads_so_before_writing_a_shortlist(place: Office) -> None:
    story = place.story
    with place.database.write() as session:
        preselections.joined(session, story)
        for member, application in product(range(3), range(3)):
            preselections.assess(session, story, member, application)
        first = (session, story.members[0], THEN, story.id, story.applications[0])
        assessing.declare_conflict(*first, "Mijn zus.")
        for one in story.members:
            assessing.hand_in(session, one, THEN, story.id)
    evi, fons = place.browser("Evi"), place.browser("Fons")
    assert "Twee anderen doen een voorstel." in evi.get(place.page).text
    assert "Laat dit aan twee anderen over." in evi.get(f"{place.page}/besluit").text
    assert "<form" not in evi.get(f"{place.page}/besluit").text
    fons.post(f"{place.page}/besluit", data=verdicts(place, "yes", "yes", "yes"))
    assert 'value="approve"' not in evi.get(f"{place.page}/besluit/goedkeuren").text
    assert 'value="approve"' in place.browser("Gita").get(f"{place.page}/besluit/goedkeuren").text


def test_what_an_applicant_says_of_herself_is_before_who_assesses(place: Office) -> None:
    with place.database.write() as session:
        session.execute(
            update(ApplicationRow)
            .where(ApplicationRow.id == place.story.applications[0])
            .values(
                stands_for=["board", "chair", "executive"],
                conflicts="Mijn broer zit in de raad.",
                backgrounds=["Kaapverdisch"],
            )
        )
    evi = place.browser("Evi")
    evi.post(f"{place.page}/verklaring", data={"free": "free"})
    text = words(evi.get(form_of(place, 0)).text)
    assert "Ik luister elke dag." in text
    assert "Mijn broer zit in de raad." in text
    assert "Wil ook voorzitter worden. Wil ook in het dagelijks bestuur." in text
    assert "Kaapverdisch" not in text, "a background is for the seat, not for the score"


def test_a_photo_is_shown_to_who_assesses(place: Office, evi: FlaskClient) -> None:
    with place.database.write() as session:
        session.add(PhotoRow(application_id=place.story.applications[0], jpeg=b"\xff\xd8\xff"))
    assert "Foto van Anna Appel" in evi.get(form_of(place, 0)).text
    answer = evi.get(f"{form_of(place, 0)}/foto.jpg")
    assert (answer.mimetype, answer.data) == ("image/jpeg", b"\xff\xd8\xff")


def test_handing_in_is_offered_when_everybody_was_assessed(place: Office, evi: FlaskClient) -> None:
    for application in range(3):
        assert "Lever in" not in evi.get(place.page).text
        evi.post(form_of(place, application), data=SCORES)
    assert "Lever in" in evi.get(place.page).text
    evi.post(f"{place.page}/inleveren")
    assert "U hebt ingeleverd." in words(evi.get(place.page).text)
    assert "U hebt dit ingeleverd." in evi.get(form_of(place, 0)).text
    assert evi.post(form_of(place, 0), data=SCORES).status_code == 409


def test_who_stops_has_her_scores_erased(place: Office, evi: FlaskClient) -> None:
    evi.post(form_of(place, 0), data=SCORES)
    assert "Te weinig mensen" not in place.browser("secretary").get(place.page).text
    assert evi.post(f"{place.page}/stoppen").status_code == 303
    assert "Te weinig mensen" in place.browser("secretary").get(place.page).text
    assert "U beoordeelt deze kandidaten niet." in evi.get(place.page).text


def test_all_scores_stand_side_by_side_when_all_are_in(place: Office) -> None:
    with place.database.write() as session:
        preselections.ready(session, place.story)
    text = words(place.browser("Evi").get(f"{place.page}/scores").text)
    assert "De beoordelaars zijn het goed met elkaar eens. Overeenstemming: 1." in text
    for name in MEMBERS[:3]:
        assert name in text
    assert "Anna Appel 4,5 4,5 4,5 – 4,5 0 3" in text


def verdicts(place: Office, *admitted: str, against: str = "") -> dict[str, str]:
    found = {}
    for one, answer in zip(place.story.applications, admitted, strict=True):
        found |= {f"admitted_{one}": answer, f"reason_{one}": f"Reden: {answer}."}
        found |= {f"against_{one}": against}
    return found


def test_a_shortlist_is_proposed_by_one_and_approved_by_another(place: Office) -> None:
    with place.database.write() as session:
        preselections.ready(session, place.story)
    evi, fons = place.browser("Evi"), place.browser("Fons")
    page = f"{place.page}/besluit"
    anna, bilal, _ = place.story.applications
    lacking = verdicts(place, "yes", "no", "no")
    del lacking[f"admitted_{anna}"]
    lacking[f"reason_{bilal}"] = ""
    told = errors(evi.post(page, data=lacking).text)
    assert (f"admitted_{anna}", "Anna Appel: Kies of deze kandidaat mag meedoen.") in told
    assert any(field == f"reason_{bilal}" for field, _ in told)
    nobody = errors(evi.post(page, data=verdicts(place, "no", "no", "no")).text)
    assert nobody[0][1].startswith("U laat niemand toe.")
    against = errors(evi.post(page, data=verdicts(place, "no", "yes", "yes")).text)
    assert [field for field, _ in against] == [f"against_{anna}"]
    given = verdicts(place, "no", "yes", "yes", against="Anna zit al in de raad.")
    assert evi.post(page, data=given).status_code == 303
    approve = f"{page}/goedkeuren"
    shown = words(evi.get(approve).text)
    assert "tegen de volgorde" in shown
    assert "Anna zit al in de raad." in shown
    assert "Keur goed" not in shown
    assert "Beslissen wie kandidaat wordt" in fons.get("/raad").text
    assert "Te vullen met deze lijst" in words(fons.get(approve).text)
    assert agree(fons, approve).status_code == 303
    assert "Dit besluit staat vast." in words(fons.get(approve).text)
    with place.database.read() as session:
        told_anna = preselection.verdict_for(session, anna)
    assert told_anna is not None
    assert not told_anna.admitted


def test_a_shortlist_that_leaves_no_lawful_board_is_warned_for(place: Office) -> None:
    with place.database.write() as session:
        preselections.ready(session, place.story)
        for one in place.story.applications[1:]:
            session.execute(
                update(ApplicationRow).where(ApplicationRow.id == one).values(groups=[])
            )
    evi = place.browser("Evi")
    evi.post(f"{place.page}/besluit", data=verdicts(place, "yes", "yes", "yes"))
    text = words(evi.get(f"{place.page}/besluit/goedkeuren").text)
    assert "geen bestuur volgens de regels" in text


def test_an_applicant_asks_to_look_again_and_two_people_do(place: Office) -> None:
    with place.database.write() as session:
        preselections.decided(session, place.story)
    cora = place.story.applications[2]
    browser = place.app.test_client()
    with browser.session_transaction() as session:
        session["nomination"] = {"election": place.story.id, "application": cora}
    told = errors(browser.post("/kandidaat/besluit", data={"reasons": " "}).text)
    assert told == [("reasons", "Schrijf op waarom wij nog eens moeten kijken.")]
    reasons = {"reasons": "Ik heb wel ervaring."}
    assert browser.post("/kandidaat/besluit", data=reasons).status_code == 303
    assert "Het antwoord komt hier." in browser.get("/kandidaat/besluit").text
    gita, fons = place.browser("Gita"), place.browser("Fons")
    assert "Nog eens kijken: Cora Citroen" in gita.get(place.page).text
    page = f"/raad/voorselectie/herziening/{cora}"
    assert "Ik heb wel ervaring." in gita.get(page).text
    told = errors(gita.post(page, data={"act": "propose", "reason": "Ja."}).text)
    assert told == [("admits", "Kies of de kandidaat toch mag meedoen.")]
    told = errors(gita.post(page, data={"act": "propose", "admits": "yes", "reason": ""}).text)
    assert told[0][0] == "reason"
    gita.post(page, data={"act": "propose", "admits": "yes", "reason": "U hebt gelijk."})
    assert agree(gita, page).status_code == 409
    assert agree(fons, page).status_code == 303
    assert "mag toch meedoen" in fons.get(page).text
    assert "U hebt gelijk." in browser.get("/kandidaat/besluit").text
    assert "U bent toegelaten." in browser.get("/kandidaat/besluit").text


def test_with_two_others_the_writers_of_a_verdict_are_told_to_leave_it(
    app: Flask, database: Database, place: Office
) -> None:
    with place.database.write() as session:
        story = preselections.decided(
            session,
            preselections.begun(
                session,
                place.story.secretary,
                place.story.chair,
                (
                    *place.story.members,
                    preselections.somebody(session, "Hans Haver", Role.SELECTION),
                ),
            ),
        )
        preselection.ask_review(session, THEN, story.applications[2], "Kijk nog eens.")
    text = place.browser("Evi").get(f"/raad/voorselectie/herziening/{story.applications[2]}").text
    assert "Nu kijken twee anderen." in text
    assert "Stel dit voor" not in text


def test_the_outcome_is_published_by_the_secretary_when_all_is_final(place: Office) -> None:
    with place.database.write() as session:
        preselections.decided(session, place.story)
    with at(THEN + REVIEW_LASTS):
        secretary = place.browser("secretary")
        page = f"{place.page}/uitkomst"
        assert "Publiceer dit" in secretary.get(page).text
        assert "Publiceer dit" not in place.browser("chair").get(page).text
        assert secretary.post(page).status_code == 303
        assert "Dit staat op de website" in secretary.get(page).text
        public = words(place.browser("visitor").get("/uitslagen").text)
        assert "Voorselectie: Bestuur 2027" in public


def test_an_act_of_another_body_is_not_approved_from_the_council(place: Office) -> None:
    with place.database.write() as session:
        preselections.ready(session, place.story)
        given = preselections.verdicts(place.story, (0, 1))
        decisions.propose(session, place.story.members[0], THEN, place.story.id, given)
    page = f"{place.page}/besluit/goedkeuren"
    assert place.browser("chair").post(page, data={"act": "approve"}).status_code == 409
    assert "Beslissen wie kandidaat wordt" not in place.browser("chair").get("/raad").text
