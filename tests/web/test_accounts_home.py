"""The staff's first page, and what waits for a second person."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.accounts.actions.approvals import propose
from consult.accounts.core.approvals import ACTS
from consult.actor import Actor, Role
from consult.clock import now
from consult.db.session import Database
from tests.cast import join

Staff = Callable[..., FlaskClient]
OTTO = {"name": "Otto Bos", "email": "otto@example.org", "roles": ["observer"]}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_first_page(staff: Staff, role: Role) -> None:
    answer = staff(role).get("/raad")
    assert answer.status_code == 200
    approves = role in {Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER}
    assert ("Er wacht nu niets op u." in answer.text) == approves


def test_the_menu_marks_the_part_that_a_page_is_of(staff: Staff) -> None:
    council, committee = staff(Role.SECRETARY), staff(Role.SELECTION)
    for page, path, marked in (
        (council, "/raad", "/raad"),
        (council, "/raad/regels", "/raad/bestuur"),
        (council, "/raad/verkiezingen/nieuw", "/raad/verkiezingen"),
        (council, "/raad/goedkeuringen", "/raad"),
        (committee, "/raad", "/raad"),
        (committee, "/raad/voorselectie", "/raad/voorselectie"),
    ):
        assert f'<a href="{marked}" aria-current="page">' in page.get(path).text


def test_what_waits_for_me_is_linked_to_where_it_is_shown(staff: Staff) -> None:
    staff(Role.SECRETARY).post("/raad/mensen/uitnodigen", data=OTTO)
    chair = staff(Role.CHAIR)
    for page in ("/raad", "/raad/goedkeuringen"):
        text = chair.get(page).text
        assert "Rollen geven aan Otto Bos" in text
        assert "Voorgesteld door Sanne Secretaris" in text
        assert 'href="/raad/mensen/' in text


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_words_and_a_page_to_approve_it_on(
    app: Flask, database: Database, staff: Staff, act: str
) -> None:
    roles = frozenset({min(ACTS[act].proposes)})
    somebody = Actor(join(app, database, roles).id, roles)
    with database.write() as session:
        propose(session, somebody, now(), act, "subject", b"effect")
    role = Role.CHAIR if Role.CHAIR in ACTS[act].approves else min(ACTS[act].approves)
    page = staff(role, name="Iemand Anders").get("/raad").text
    assert re.search(r'<a [^>]*href="[^"]*/subject[^"]*"[^>]*>\w[^<]+</a>', page)


def test_what_waits_for_others_is_shown_without_a_link(staff: Staff) -> None:
    secretary = staff(Role.SECRETARY)
    secretary.post("/raad/mensen/uitnodigen", data=OTTO)
    assert "Wat op anderen wacht (1)" in secretary.get("/raad").text
    text = staff(Role.OBSERVER).get("/raad/goedkeuringen").text
    assert "Rollen geven aan Otto Bos" in text
    assert 'href="/raad/mensen/' not in text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SELECTION, Role.REGISTRAR])
def test_who_has_no_part_in_approvals_does_not_see_them(staff: Staff, role: Role) -> None:
    assert staff(role).get("/raad/goedkeuringen").status_code == 403


@pytest.mark.parametrize("page", ["/raad", "/raad/goedkeuringen", "/raad/mensen"])
def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.location) == (303, "/inloggen")
