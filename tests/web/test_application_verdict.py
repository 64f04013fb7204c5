"""From application through a committee to the list: what applicants read, and who comes on it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import listing
from consult.elections.core.election import Preselection
from consult.elections.core.preselection import REVIEW_LASTS
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal
from tests import preselections
from tests.nominations import CALLING, WHILE, Calling, applied, calling, listed
from tests.preselections import APPLICANTS, MEMBERS, THEN, UNTIL, Story, somebody

SETTLED = THEN + REVIEW_LASTS + timedelta(hours=1)


@pytest.fixture
def run(database: Database, settings: Settings) -> Calling:
    """Three people applied, and a committee will choose among them."""
    with database.write() as session:
        plan = replace(CALLING, preselection=Preselection.COMMITTEE, nominate_until=UNTIL)
        made = calling(session, settings, plan)
        store.mark(session, made.id, needs=dict(preselections.NEEDS))
        return made


@pytest.fixture
def story(database: Database, run: Calling) -> Story:
    """The committee let two of them through."""
    with database.write() as session:
        secretary = somebody(session, "Sanne Secretaris", Role.SECRETARY)
        chair = somebody(session, "Amina Voorzitter", Role.CHAIR)
        members = tuple(somebody(session, name, Role.SELECTION) for name in MEMBERS[:3])
        found = tuple(applied(session, run, n, name) for n, name in enumerate(APPLICANTS))
        preselections.appoint(session, run.id, secretary, chair, members)
        made = Story(run.id, members, found, secretary, chair)
        return preselections.decided(session, made)


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with at(THEN + timedelta(hours=1)):
        yield


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def mine(client: FlaskClient, run: Calling, number: int) -> str:
    client.post(f"/kandidaat/{run.uuid}", data={"code": str(run.codes[number])})
    return client.get(f"/kandidaat/{run.uuid}/mijn").text


def test_before_the_verdict_an_applicant_reads_that_it_will_come(
    client: FlaskClient, run: Calling, database: Database
) -> None:
    with database.write() as session:
        applied(session, run)
    with at(WHILE):
        assert "U krijgt dan een besluit met een reden." in mine(client, run, 0)


def test_everybody_reads_her_own_verdict_with_its_reason(
    client: FlaskClient, run: Calling, story: Story
) -> None:
    admitted = mine(client, run, 0)
    assert "U bent toegelaten." in admitted
    assert "Reden 0 voor u." in admitted
    refused = mine(client, run, 2)
    assert "U bent niet toegelaten." in refused
    assert "Reden 2 voor u." in refused
    assert "Reden 0" not in refused
    assert not [name for name in (*APPLICANTS[:2], *MEMBERS) if name in refused]


def test_whoever_was_refused_asks_to_look_again_with_the_same_code(
    client: FlaskClient, run: Calling, story: Story, database: Database
) -> None:
    assert 'href="/kandidaat/besluit"' in mine(client, run, 2)
    answer = client.post("/kandidaat/besluit", data={"reasons": "Ik luister al twintig jaar."})
    assert answer.status_code == 303
    assert "U vroeg op" in mine(client, run, 2)
    with database.read() as session, pytest.raises(Refusal, match=r"elections\.preselection_open"):
        listing.to_list(session, SETTLED, run.id)


def test_the_list_waits_until_nobody_can_ask_any_more(
    run: Calling, story: Story, database: Database
) -> None:
    with database.read() as session:
        with pytest.raises(Refusal, match=r"elections\.preselection_open"):
            listing.to_list(session, THEN + timedelta(hours=1), run.id)
        standing = listing.to_list(session, SETTLED, run.id)
    assert [one.name for one in standing] == list(APPLICANTS[:2])


def test_only_who_was_let_through_comes_on_the_list(
    client: FlaskClient, run: Calling, story: Story, database: Database
) -> None:
    with database.write() as session:
        assert listed(session, run, (story.secretary, story.chair), SETTLED) == 2
        assert [one.name for one in people.candidates(session, run.id)] == list(APPLICANTS[:2])
    with at(SETTLED):
        assert "U staat op de lijst met kandidaten" in mine(client, run, 0)
        refused = mine(client, run, 2)
        public = client.get(f"/uitslagen/kandidaten-{run.uuid.lower()}").text
    assert "U bent niet toegelaten." in refused
    assert APPLICANTS[2] not in public
    assert "Reden" not in public
