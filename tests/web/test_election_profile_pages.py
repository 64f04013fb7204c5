"""The profile at the desk and in public, by role; each thing that is wrong stands at its field."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.core.profile import NOTHING, Needs
from consult.elections.store import elections as store
from tests import elections as story
from tests import profiles
from tests.consultations import PREPARED
from tests.profiles import BEGINS, CALLING, ENDS, NEEDS, fixed, two, written
from tests.web.election_desk import DESK, PLAN, Staff, agree, at, errors, words

READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with at(PREPARED):
        yield


@pytest.fixture
def draft(database: Database) -> str:
    with database.write() as session:
        return written(session)


@pytest.fixture
def published(database: Database, draft: str) -> str:
    with database.write() as session:
        fixed(session, draft, two(session))
    return draft


def needs_of(database: Database, election_id: str) -> Needs:
    with database.read() as session:
        return store.get(session, election_id).needs


def uuid_of(database: Database, election_id: str) -> str:
    with database.read() as session:
        return store.get(session, election_id).uuid


def stand(database: Database, election_id: str, numbers: dict[str, str]) -> None:
    with database.write() as session:
        profiles.stand(session, election_id, numbers)


# Who may


@pytest.mark.parametrize("role", READERS)
def test_the_council_and_its_observer_read_the_profile_the_trial_and_the_outlook(
    staff: Staff, published: str, database: Database, role: Role
) -> None:
    stand(database, published, {"M0": "Anna", "M1": "Bilal"})
    reader = staff(role)
    for page in ("profiel", "profiel/proef?kandidaten=10", "haalbaarheid"):
        assert (page, reader.get(f"{DESK}/{published}/{page}").status_code) == (page, 200)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REGISTRAR, Role.SELECTION])
def test_the_landlords_staff_and_others_read_nothing_of_it(
    staff: Staff, draft: str, role: Role
) -> None:
    other = staff(role)
    for page in ("profiel", "profiel/proef", "profiel/publiceren", "haalbaarheid"):
        assert (page, other.get(f"{DESK}/{draft}/{page}").status_code) == (page, 403)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.OBSERVER])
def test_only_the_secretary_writes(
    staff: Staff, database: Database, draft: str, role: Role
) -> None:
    reader = staff(role)
    assert "Wijzig" not in reader.get(f"{DESK}/{draft}/profiel").text
    for page, data in (
        ("profiel/kennis/nieuw", {"name": "Rekenen"}),
        ("profiel/kennis/luisteren", {"name": "Rekenen"}),
        ("profiel/plaatsen/nieuw/age", {"values": "75+", "seats": "1", "if_short": "hold"}),
        ("profiel/plaatsen/jong", {"values": "75+", "seats": "1", "if_short": "hold"}),
        ("profiel/jong/schikken", {"act": "drop"}),
    ):
        assert (page, reader.post(f"{DESK}/{draft}/{page}", data=data).status_code) == (page, 403)
    assert needs_of(database, draft) == NEEDS


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER])
def test_a_reader_sees_how_many_matter_but_no_names_of_candidates(
    staff: Staff, database: Database, published: str, role: Role
) -> None:
    stand(database, published, {"M1": "Bilal", "M2": "Cora", "M8": "Hans"})
    assert "Bilal" in staff(Role.CHAIR).get(f"{DESK}/{published}/haalbaarheid").text
    page = staff(role).get(f"{DESK}/{published}/haalbaarheid").text
    assert "Trekt zich terug" in page
    assert "Bilal" not in page


# The editor


def test_a_competence_is_added_changed_moved_and_taken_out(
    staff: Staff, database: Database, draft: str
) -> None:
    secretary, base = staff(Role.SECRETARY), f"{DESK}/{draft}/profiel"
    data = {"name": " Goed  rekenen ", "explanation": "Met geld.\nEn met uren."}
    assert secretary.post(f"{base}/kennis/nieuw", data=data).status_code == 303
    added = needs_of(database, draft).competences[-1]
    assert (added.name, added.about) == ("Goed rekenen", "Met geld. En met uren.")
    assert 'value="Goed rekenen"' in secretary.get(f"{base}/kennis/{added.id}").text
    secretary.post(f"{base}/kennis/{added.id}", data={"name": "Rekenen"})
    secretary.post(f"{base}/{added.id}/schikken", data={"act": "up"})
    assert [one.name for one in needs_of(database, draft).competences] == ["Rekenen", "Luisteren"]
    secretary.post(f"{base}/{added.id}/schikken", data={"act": "drop"})
    assert needs_of(database, draft) == NEEDS


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({"name": " "}, "name", "Vul dit in."),
        ({"name": "x" * 61}, "name", "Maak dit korter. Er passen 60 tekens in."),
        ({"name": "luisteren"}, "name", "Dit staat al in het profiel."),
        (
            {"name": "Rekenen", "explanation": "x" * 301},
            "explanation",
            "Maak dit korter. Er passen 300 tekens in.",
        ),
    ],
)
def test_what_is_wrong_with_a_competence_is_told_at_the_field(
    staff: Staff, database: Database, draft: str, data: dict[str, str], field: str, said: str
) -> None:
    page = staff(Role.SECRETARY).post(f"{DESK}/{draft}/profiel/kennis/nieuw", data=data).text
    [(at_field, told)] = errors(page)
    assert (at_field, said in told) == (field, True)
    assert needs_of(database, draft) == NEEDS


def test_seats_are_reserved_for_values_of_the_register(
    staff: Staff, database: Database, draft: str
) -> None:
    secretary, base = staff(Role.SECRETARY), f"{DESK}/{draft}/profiel/plaatsen"
    page = secretary.get(f"{base}/nieuw/neighbourhood").text
    assert 'value="Noord"' in page
    assert 'value="Zuid"' in page
    ages = secretary.get(f"{base}/nieuw/age").text
    assert 'value="75+"' in ages
    assert "0-17" not in ages
    assert "unknown" not in ages
    data = {"values": ["75+", "65-74"], "seats": "1", "if_short": "hold"}
    assert secretary.post(f"{base}/nieuw/age", data=data).status_code == 303
    added = needs_of(database, draft).reserved[-1]
    assert (added.values, added.seats, added.if_short) == (("75+", "65-74"), 1, "hold")
    page = words(secretary.get(f"{DESK}/{draft}/profiel").text)
    assert "Minstens 1: mensen van 75 jaar en ouder of 65 tot en met 74 jaar" in page
    changed = {"values": ["75+"], "seats": "2", "if_short": "release"}
    assert secretary.post(f"{base}/{added.id}", data=changed).status_code == 303
    assert needs_of(database, draft).reserved[-1].seats == 2


def test_a_new_seat_starts_with_what_the_agreement_says_of_empty_ones(
    staff: Staff, draft: str
) -> None:
    page = staff(Role.SECRETARY).get(f"{DESK}/{draft}/profiel/plaatsen/nieuw/kind").text
    assert '<option value="release" selected>' in page


def test_backgrounds_are_the_councils_own_words_after_a_warning(
    staff: Staff, database: Database, draft: str
) -> None:
    secretary, base = staff(Role.SECRETARY), f"{DESK}/{draft}/profiel/plaatsen/nieuw/background"
    page = words(secretary.get(base).text)
    assert "AVG, artikel 9" in page
    assert "wie daar zelf openlijk voor opkomt" in page
    data = {"values": " Kaapverdisch \n\n Surinaams", "seats": "1", "if_short": "release"}
    assert secretary.post(base, data=data).status_code == 303
    assert needs_of(database, draft).reserved[-1].values == ("Kaapverdisch", "Surinaams")


@pytest.mark.parametrize(
    ("attribute", "data", "field", "said"),
    [
        ("age", {"values": []}, "values", "Kies minstens één groep."),
        ("age", {"values": ["0-17"]}, "values", "Dit kennen wij niet of kan niet: 0-17."),
        ("age", {"values": ["unknown"]}, "values", "Dit kennen wij niet of kan niet: unknown."),
        ("age", {"values": ["18-34"]}, "values", "Voor deze groep zijn er al plaatsen."),
        ("neighbourhood", {"values": ["Atlantis"]}, "values", "Dit kennen wij niet of kan niet"),
        ("background", {"values": "a\na"}, "values", "Er staat iets dubbel."),
        ("kind", {"values": ["owner"], "seats": "0"}, "seats", "Kies een getal van 1"),
        ("kind", {"values": ["owner"], "seats": "6"}, "seats", "Kies een getal van 1"),
        ("kind", {"values": ["owner"], "seats": "3"}, "seats", "Zoveel plaatsen kan nooit"),
        ("kind", {"values": ["owner"], "seats": ""}, "seats", "Vul dit in."),
    ],
)
def test_what_is_wrong_with_reserved_seats_is_told_at_the_field(
    staff: Staff,
    database: Database,
    draft: str,
    attribute: str,
    data: dict[str, object],
    field: str,
    said: str,
) -> None:
    filled = {"seats": "1", "if_short": "release", **data}
    page = (
        staff(Role.SECRETARY)
        .post(f"{DESK}/{draft}/profiel/plaatsen/nieuw/{attribute}", data=filled)
        .text
    )
    [(at_field, told)] = errors(page)
    assert (at_field, said in told) == (field, True)
    assert needs_of(database, draft) == NEEDS


def test_parts_and_attributes_that_do_not_exist_are_not_found(staff: Staff, draft: str) -> None:
    secretary, base = staff(Role.SECRETARY), f"{DESK}/{draft}/profiel"
    for page in ("kennis/jong", "plaatsen/luisteren", "plaatsen/nieuw/length", "kennis/zzz"):
        assert (page, secretary.get(f"{base}/{page}").status_code) == (page, 404)


def test_more_than_two_groups_are_warned_of(staff: Staff, published: str, draft: str) -> None:
    assert (
        "Kies hoogstens één of twee groepen"
        not in staff(Role.CHAIR).get(f"{DESK}/{published}/profiel").text
    )
    assert (
        "Kies hoogstens één of twee groepen"
        in staff(Role.SECRETARY).get(f"{DESK}/{draft}/profiel/plaatsen/nieuw/age").text
    )


# The plan


@pytest.mark.parametrize(
    ("begin", "end", "field", "said"),
    [
        ("2026-11-02T09:00", "", "nominate_until", "Vul dit in."),
        ("", "2026-11-02T09:00", "nominate_from", "Vul dit in."),
        ("2026-10-31T09:00", "2026-11-05T09:00", "nominate_from", "Dit moment is al voorbij."),
        ("2026-11-02T09:00", "2026-11-02T09:00", "nominate_until", "Het einde moet na het begin"),
        ("2026-11-02T09:00", "2026-11-09T09:01", "nominate_until", "Het aanmelden moet klaar"),
    ],
)
def test_what_is_wrong_with_the_days_of_applying_is_told_at_the_field(
    staff: Staff, begin: str, end: str, field: str, said: str
) -> None:
    data = {**PLAN, "nominate_from": begin, "nominate_until": end}
    page = staff(Role.SECRETARY).post(f"{DESK}/nieuw", data=data).text
    [(at_field, told)] = errors(page)
    assert (at_field, said in told) == (field, True)


def test_preselection_and_days_of_applying_are_kept_and_shown_again(
    staff: Staff, database: Database
) -> None:
    secretary = staff(Role.SECRETARY)
    data = {
        **PLAN,
        "preselection": "committee",
        "nominate_from": "2026-11-02T09:00",
        "nominate_until": "2026-11-06T17:00",
    }
    base = secretary.post(f"{DESK}/nieuw", data=data).location
    page = secretary.get(f"{base}/plan").text
    assert '<option value="committee" selected>' in page
    assert 'value="2026-11-02T09:00"' in page
    assert 'value="2026-11-06T17:00"' in page


# The trial


def test_the_trial_warns_in_words_and_tenths(staff: Staff, draft: str) -> None:
    page = words(staff(Role.SECRETARY).get(f"{DESK}/{draft}/profiel/proef?kandidaten=10").text)
    assert "Wat gebeurt er met 10 kandidaten?" in page
    assert "van de 10 keer" in page
    assert "Mensen van 18 tot en met 34 jaar" in page


@pytest.mark.parametrize("asked", ["9", "61", "veel", "", "-20"])
def test_a_number_that_cannot_be_tried_is_told_at_its_field(
    staff: Staff, draft: str, asked: str
) -> None:
    page = staff(Role.SECRETARY).get(f"{DESK}/{draft}/profiel/proef?kandidaten={asked}").text
    assert errors(page) == [("kandidaten", "Kies een getal van 10 tot en met 60.")]
    assert "Wat gebeurt er met" not in page


def test_without_anybody_in_the_register_nothing_is_tried(staff: Staff, database: Database) -> None:
    base = staff(Role.SECRETARY).post(f"{DESK}/nieuw", data=PLAN).location
    page = staff(Role.MEMBER).get(f"{base}/profiel/proef").text
    assert "Er staat nog niemand in het klantenbestand." in page


# Publishing


def test_secretary_and_chair_publish_the_profile_and_then_it_stands(
    staff: Staff, database: Database, client: FlaskClient, draft: str
) -> None:
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    page, public = f"{DESK}/{draft}/profiel/publiceren", f"/verkiezing/{uuid_of(database, draft)}"
    assert client.get(f"{public}/profiel").status_code == 409
    assert "Stel dit voor" in secretary.get(page).text
    assert secretary.post(page, data={"act": "propose"}).status_code == 303
    assert "Het profiel van een verkiezing publiceren" in chair.get("/raad").text
    assert agree(secretary, page).status_code == 409
    assert agree(chair, page).status_code == 303
    assert "Het profiel staat op de website." in chair.get(page).text
    shown = words(client.get(f"{public}/profiel").text)
    for said in (
        "U kunt zich aanmelden vanaf",
        "mensen van 18 tot en met 34 jaar",
        "dan blijft de plaats leeg",
        "Iemand in twee groepen telt voor allebei.",
        "De raad kiest daarna wie op de lijst komt.",
        "Meer dan 70 % van het bestuur moet een woning huren.",
    ):
        assert said in shown
    file = client.get(f"{public}/profiel.json")
    assert file.mimetype == "application/json"
    assert file.json["schema"] == "consult-profile/1"  # type: ignore[index] # it has a body
    for change in ("plan", "profiel/kennis/nieuw"):
        answer = secretary.post(f"{DESK}/{draft}/{change}", data={**PLAN, "name": "Rekenen"})
        assert (change, answer.status_code) == (change, 409)
        assert "Het profiel is gepubliceerd." in answer.text
    assert "Wijzig" not in secretary.get(f"{DESK}/{draft}/profiel").text


def test_the_public_page_says_when_people_can_apply(
    client: FlaskClient, database: Database, published: str
) -> None:
    page = f"/verkiezing/{uuid_of(database, published)}/profiel"
    for moment, said in (
        (BEGINS, "U kunt zich nu aanmelden."),
        (ENDS, "Aanmelden kan niet meer."),
    ):
        with at(moment):
            assert said in client.get(page).text


def test_a_profile_that_cannot_be_published_says_why(
    staff: Staff, database: Database, draft: str
) -> None:
    with at(BEGINS):
        page = staff(Role.SECRETARY).get(f"{DESK}/{draft}/profiel/publiceren").text
    assert "Het aanmelden is al begonnen volgens het plan." in page
    assert "Stel dit voor" not in page


def test_the_desk_says_that_the_profile_comes_first(
    staff: Staff, database: Database, draft: str
) -> None:
    page = staff(Role.SECRETARY).get(f"{DESK}/{draft}").text
    assert "Publiceer het profiel. Dat moet voordat iemand zich aanmeldt." in page


# The pre-flight


def test_the_pre_flight_says_what_is_missing_and_the_opening_waits(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = written(session, story.PLAN, NOTHING)
    stand(database, made, {"M0": "Anna", "M4": "Els", "M9": "Ivo"})
    with database.write() as session:
        story.equipped(session, settings, made, two(session))
    secretary = staff(Role.SECRETARY)
    page = words(secretary.get(f"{DESK}/{made}/haalbaarheid").text)
    assert "Nee, met deze kandidaten kan er geen bestuur volgens de regels komen" in page
    assert "Met nog 1 huurder van een woning kan er een bestuur komen." in page
    assert "Met nog 2 huurders van een woning kan het bestuur vol worden." in page
    assert "huurders van een woning (artikel 3.1b) 3 1" in page
    assert "Dit gaat niet samen: huurders van een woning." in page
    opening = secretary.get(f"{DESK}/{made}/openen").text
    assert "Stel dit voor" not in opening
    assert secretary.post(f"{DESK}/{made}/openen", data={"act": "propose"}).status_code == 409


def test_the_pre_flight_of_a_smaller_board_stands_on_the_page_of_opening(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = written(session, replace(story.PLAN, max_board=9, max_choices=9), NOTHING)
    stand(database, made, {"M0": "Anna", "M1": "Bilal", "M2": "Cora", "M4": "Els", "M9": "Ivo"})
    with database.write() as session:
        story.equipped(session, settings, made, two(session))
    secretary = staff(Role.SECRETARY)
    page = words(secretary.get(f"{DESK}/{made}/haalbaarheid").text)
    assert "Het bestuur kan hoogstens 4 leden krijgen, en niet 9" in page
    assert "Trekt zich terug: een van 3: Anna, Bilal, Cora" in page
    assert "Maak het bestuur kleiner in het plan." in page
    assert "Laat mensen minder namen kiezen" in page
    opening = words(secretary.get(f"{DESK}/{made}/openen").text)
    assert "Het bestuur kan hoogstens 4 leden krijgen, en niet 9" in opening
    assert "Stel dit voor" in opening


def test_the_pre_flight_says_when_all_is_well(
    staff: Staff, database: Database, published: str
) -> None:
    stand(database, published, {f"M{n}": f"Kandidaat {n}" for n in range(20)})
    page = words(staff(Role.MEMBER).get(f"{DESK}/{published}/haalbaarheid").text)
    assert "Ja, er kan een bestuur van 5 leden komen" in page
    assert "Wie zich ook terugtrekt, één of twee mensen: het blijft zo." in page


def test_a_minimum_that_cannot_be_kept_is_told(
    staff: Staff, database: Database, published: str
) -> None:
    stand(database, published, {f"M{n}": f"Kandidaat {n}" for n in (2, 6, 8, 10, 13, 14, 16)})
    page = words(staff(Role.CHAIR).get(f"{DESK}/{published}/haalbaarheid").text)
    assert "Trekt zich terug: Kandidaat 13. Dan krijgt het bestuur hoogstens 4 leden." in page
    assert "Dan kunnen er nog 0 plaatsen vol komen voor mensen uit Noord." in page


def test_reserved_seats_without_candidates_are_told_with_their_number(
    staff: Staff, database: Database, published: str
) -> None:
    stand(database, published, {f"M{n}": f"Kandidaat {n}" for n in (1, 2, 6, 10, 13)})
    page = words(staff(Role.CHAIR).get(f"{DESK}/{published}/haalbaarheid").text)
    assert "Maar niet alle plaatsen voor groepen komen vol." in page
    assert "Er is 1 plaats voor mensen van 18 tot en met 34 jaar." in page
    assert "Met deze kandidaten worden het er 0." in page


# More time


def test_secretary_and_chair_give_more_time(
    staff: Staff, database: Database, client: FlaskClient, published: str
) -> None:
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    page = f"{DESK}/{published}/langer-aanmelden"
    early = {"act": "propose", "until": "2026-11-03T09:00"}
    assert errors(secretary.post(page, data=early).text) == [
        ("until", "Kies een later moment dan nu en dan het einde dat al bekend is.")
    ]
    late = {"act": "propose", "until": "2026-11-20T09:00"}
    assert [field for field, _ in errors(secretary.post(page, data=late).text)] == ["until"]
    good = {"act": "propose", "until": "2026-11-07T12:00"}
    assert secretary.post(page, data=good).status_code == 303
    assert "7 november 2026" in chair.get(page).text
    assert chair.post(page, data={"act": "approve", "shown": "x"}).status_code == 409
    assert agree(chair, page).status_code == 303
    with at(ENDS + timedelta(hours=1)):
        public = client.get(f"/verkiezing/{uuid_of(database, published)}/profiel").text
    assert "U kunt zich nu aanmelden. Dat kan tot 7 november 2026" in public


def test_the_chair_alone_proposes_no_more_time(
    staff: Staff, database: Database, published: str
) -> None:
    data = {"act": "propose", "until": "2026-11-07T12:00"}
    answer = staff(Role.CHAIR).post(f"{DESK}/{published}/langer-aanmelden", data=data)
    assert answer.status_code == 409
    with database.read() as session:
        assert store.get(session, published).extend_to is None


def test_more_time_is_not_offered_before_there_is_a_profile(staff: Staff, draft: str) -> None:
    page = staff(Role.SECRETARY).get(f"{DESK}/{draft}/langer-aanmelden").text
    assert "Dit kan niet (meer)." in page
    assert "<form" not in page.partition("<main")[2]


assert CALLING.nominate_until == ENDS
