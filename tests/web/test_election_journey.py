"""The whole way of an election over the web, and who is led where."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from gmpy2 import mpz

from consult.actor import Role
from consult.belenios import ballot, credential, election, reading, tally, trustee
from consult.belenios.archive import Kind
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import opening
from consult.elections.actions.prepare import draw_exponent
from consult.elections.jobs import tick, verify
from consult.elections.store import elections as store
from tests import elections as story
from tests.cast import Member, join, sign_in
from tests.consultations import PREPARED, estate
from tests.elections import AFTER, NAMES, WHILE_OPEN, Running
from tests.web.election_desk import CLEAR, DESK, PLAN, Staff, agree, at, counted, sign, words


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with at(PREPARED):
        yield


@pytest.fixture
def ready(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return story.ready(session, settings)


class Office:
    """The staff, each in a browser of her own; all sign in again when time has passed."""

    def __init__(self, app: Flask, database: Database) -> None:
        roles = (Role.SECRETARY, Role.CHAIR, Role.REGISTRAR, Role.OBSERVER)
        self._app = app
        self._members: dict[Role, Member] = {role: join(app, database, [role]) for role in roles}
        self.enter()

    def enter(self) -> None:
        """Everybody signs in."""
        self._inside = {
            role: sign_in(self._app.test_client(), member) for role, member in self._members.items()
        }

    def post(self, role: Role, address: str, **data: str) -> str:
        """Send a form that must be taken; the address that it leads to."""
        answer = self._inside[role].post(address, data=data)
        assert answer.status_code == 303, words(answer.text)
        return str(answer.location)

    def agree(self, role: Role, address: str) -> None:
        """Approve what the page shows."""
        assert agree(self._inside[role], address).status_code == 303

    def sign(self, role: Role, base: str) -> None:
        """Sign the official record from its paper."""
        assert sign(self._inside[role], base).status_code == 303

    def page(self, role: Role, address: str, **data: str) -> str:
        """A page that opens, or the answer to a form that stays on its page."""
        client = self._inside[role]
        answer = client.post(address, data=data) if data else client.get(address)
        assert answer.status_code == 200, words(answer.text)
        return answer.text


def test_an_election_goes_from_plan_to_publication_over_the_web_alone(
    app: Flask, database: Database, settings: Settings, client: FlaskClient
) -> None:
    with database.write() as session:
        estate(session, 12)
    office = Office(app, database)
    base = office.post(Role.SECRETARY, f"{DESK}/nieuw", **PLAN)
    office.post(Role.SECRETARY, f"{base}/kiezerslijst")
    for number, name in enumerate(NAMES):
        who = {"customer_number": f"K{number:05}", "name": name, "statement": f"Ik ben {name}."}
        office.post(Role.SECRETARY, f"{base}/kandidaten", **who)
    keys = [_key(office, client, base, name) for name in ("Truus", "Umar")]
    letters = office.page(Role.REGISTRAR, f"{base}/brieven", act="make")
    links = re.findall(r"letter__code\"><bdi[^>]*>([\d -]+)<", letters)
    assert len(set(links)) == 12
    office.post(Role.SECRETARY, f"{base}/openen", act="propose")
    office.agree(Role.CHAIR, f"{base}/openen")
    public = re.search(r'href="/verkiezing/(\w+)"', office.page(Role.OBSERVER, base))
    assert public is not None
    uuid = public[1]
    with at(WHILE_OPEN):
        paper = election.parse(client.get(f"/stemmen/{uuid}/election.json").data)
        for code, names in zip(links, CLEAR, strict=False):
            _vote(client, paper, code, names)
    with at(AFTER):
        tick(database, settings)
        office.enter()
        assert "dicht, wacht op de sleutelhouders" in words(office.page(Role.OBSERVER, base))
        for holder in keys:
            _open(client, paper, holder)
        verify(database, settings, {"election": base.rpartition("/")[2]}, lambda *_: None)
        assert "alles klopt" in words(office.page(Role.OBSERVER, base))
        for role in (Role.SECRETARY, Role.CHAIR, Role.OBSERVER):
            office.sign(role, base)
        assert "Anna Appel" not in client.get("/bestuur").text
        office.post(Role.CHAIR, f"{base}/publiceren")
        result = client.get(f"/uitslagen/verkiezing-{uuid.lower()}").text
        assert "Anna Appel kreeg 3 stemmen en is gekozen." in words(result)
        assert client.get(f"/verkiezing/{uuid}/telling.json").status_code == 200
    with at(datetime.fromisoformat("2027-01-02T10:00:00+00:00")):
        board = words(client.get("/bestuur").text)
        assert [name for name in NAMES if name in board] == list(NAMES[:3])


def _key(office: Office, client: FlaskClient, base: str, name: str) -> tuple[str, str, mpz]:
    """A key holder is asked, opens the link and makes a key: address, token, private key."""
    page = unescape(office.page(Role.SECRETARY, f"{base}/sleutelhouders", name=name))
    link = re.search(r"http://localhost(/sleutelhouder/\w+)#token=([\w-]+)", page)
    assert link is not None
    assert link[2] not in office.page(Role.SECRETARY, f"{base}/sleutelhouders")
    private = trustee.new_private_key(draw_exponent)
    made = trustee.announce(private, draw_exponent).json()
    headers = {"X-Trustee-Token": link[2]}
    assert client.post(f"{link[1]}/sleutel", json=made, headers=headers).status_code == 201
    return link[1], link[2], private


def _vote(client: FlaskClient, paper: election.Election, code: str, names: tuple[str, ...]) -> None:
    """What a phone does with the code of a letter."""
    secret = credential.secret_exponent(code, paper.uuid)
    choice = [int(one in names) for one in paper.questions[0].answers]
    known = {"credential": credential.public_credential(code, paper.uuid)}
    assert client.post(f"/stemmen/{paper.uuid}/code", json=known).status_code == 200
    raw = ballot.create(paper, secret, [choice], draw_exponent)
    assert client.post(f"/stemmen/{paper.uuid}/stembus", data=raw).status_code == 201


def _open(client: FlaskClient, paper: election.Election, holder: tuple[str, str, mpz]) -> None:
    """What a key holder's browser does after the end."""
    room, token, private = holder
    events = reading.read(client.get(f"/stemmen/{paper.uuid}/archief.bel").data).events
    [summed] = [event for event in events if event.kind is Kind.ENCRYPTED_TALLY]
    opened = tally.parse_tally(bytes(summed.data[0]))
    raw = trustee.decrypt(private, opened, paper.fingerprint, draw_exponent)
    headers = {"X-Trustee-Token": token}
    assert client.post(f"{room}/ontsleuteling", data=raw, headers=headers).status_code == 201


ROLES = (
    Role.SECRETARY,
    Role.CHAIR,
    Role.MEMBER,
    Role.REGISTRAR,
    Role.OBSERVER,
    Role.FACILITATOR,
)


def test_nobody_is_led_to_a_page_that_is_shut_for_her(
    staff: Staff, database: Database, settings: Settings
) -> None:
    held = counted(database, settings, CLEAR)
    story.verified(database, settings, held)
    with database.write() as session:
        draft = story.drafted(session, people=0)
        ready = story.ready(session, settings, people=0, two=(held.secretary, held.chair)).id
    seen = {}
    for role in ROLES:
        with at(AFTER):
            start = [DESK, *(f"{DESK}/{one}" for one in (draft, ready, held.id))]
            seen[role] = _walk(staff(role, name=f"Iemand {role}"), start)
    for page, roles in (
        (
            f"{DESK}/{held.id}/uitslag",
            {Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER},
        ),
        (f"{DESK}/{ready}/brieven", {Role.REGISTRAR}),
        (f"{DESK}/{draft}/kandidaten", {Role.SECRETARY}),
    ):
        assert {role for role, pages in seen.items() if page in pages} == roles


def _walk(client: FlaskClient, pages: list[str]) -> set[str]:
    """Every page of the desk that links lead to; each of them opens, and so does each form."""
    seen: set[str] = set()
    while pages:
        page = pages.pop()
        answer = client.get(page)
        assert (page, answer.status_code) == (page, 200)
        seen.add(page)
        if answer.mimetype != "text/html":
            continue
        inside = answer.text.partition("<main")[2]
        assert "K0000" not in inside  # no customer's number
        links = set(re.findall(r'href="(/raad/[^"#?]*)"', inside))
        pages += sorted(links - seen - set(pages))
        for action in re.findall(r'<form[^>]*action="([^"]*)"', inside):
            assert (action, client.get(action).status_code) != (action, 403)
    return seen


def test_before_the_end_nobody_sees_votes_per_candidate(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        for code in run.codes[:9]:
            story.cast(session, settings, run, story.ballot_of(session, run, code, NAMES[0]))
    with at(WHILE_OPEN):
        for role in ROLES:
            page = words(staff(role, name=f"Iemand {role}").get(f"{DESK}/{run.id}").text)
            assert "Stemden, naar beneden afgerond minder dan 10" in page
            assert "Anna Appel" not in page


@pytest.mark.parametrize(
    "page",
    ["", "/plan", "/kandidaten", "/sleutelhouders", "/brieven", "/openen", "/loting", "/uitslag"],
)
def test_an_election_that_is_not_there_is_refused_in_words(staff: Staff, page: str) -> None:
    role = Role.REGISTRAR if page == "/brieven" else Role.SECRETARY
    answer = staff(role).get(f"{DESK}/zzzzzzzzzzzzzzzzzzzzzzzzzz{page}")
    assert answer.status_code == 409
    assert "Deze verkiezing kennen wij niet." in answer.text


def test_two_elections_in_preparation_do_not_share_a_proposal(
    staff: Staff, database: Database, settings: Settings, ready: Running
) -> None:
    two = (ready.secretary, ready.chair)
    with database.write() as session:
        other = story.ready(session, settings, people=0, two=two)
    staff(Role.SECRETARY).post(f"{DESK}/{ready.id}/openen", data={"act": "propose"})
    chair = staff(Role.CHAIR)
    page = chair.get(f"{DESK}/{ready.id}/openen").text
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    approval = {"act": "approve", "shown": shown}
    answer = chair.post(f"{DESK}/{other.id}/openen", data=approval)
    assert answer.status_code == 409
    with database.read() as session:
        assert opening.opening_effect(session, other.id, PREPARED)
        assert store.get(session, other.id).sealed_at is None
