"""The council's people: listing, inviting, giving roles with four eyes, stopping."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.accounts.store.people import account, accounts
from consult.actor import Role
from consult.db.session import Database
from tests.cast import Member, join, sign_in

Staff = Callable[..., FlaskClient]
OTTO = {"name": "Otto Bos", "email": "otto@example.org", "roles": ["observer"]}


@pytest.fixture
def sanne(app: Flask, database: Database) -> Member:
    return join(app, database, [Role.SECRETARY])


@pytest.fixture
def secretary(app: Flask, sanne: Member) -> FlaskClient:
    return sign_in(app.test_client(), sanne)


def invited(secretary: FlaskClient, database: Database) -> str:
    secretary.post("/raad/mensen/uitnodigen", data=OTTO)
    with database.read() as session:
        return next(held.id for held in accounts(session) if held.name == "Otto Bos")


def roles_of(database: Database, account_id: str) -> frozenset[Role]:
    with database.read() as session:
        found = account(session, account_id)
    assert found is not None
    return found.roles


def test_everybody_is_listed_with_roles_and_state(
    secretary: FlaskClient, database: Database
) -> None:
    invited(secretary, database)
    page = secretary.get("/raad/mensen").text
    assert "Sanne Secretaris" in page
    assert "doet mee" in page
    assert "Otto Bos" in page
    assert "wacht op goedkeuring" in page


def test_an_observer_sees_the_list_and_no_way_to_change_it(
    secretary: FlaskClient, staff: Staff
) -> None:
    page = staff(Role.OBSERVER).get("/raad/mensen").text
    assert "Sanne Secretaris" in page
    assert "uitnodigen" not in page
    assert 'href="/raad/mensen/' not in page


def test_the_link_of_an_invitation_is_shown_once_and_works(
    app: Flask, secretary: FlaskClient
) -> None:
    page = secretary.post("/raad/mensen/uitnodigen", data=OTTO).text
    found = re.search(r"http://localhost(/uitnodiging/[\w-]+)", page)
    assert found is not None
    assert "Welkom, Otto Bos" in app.test_client().get(found[1]).text
    assert found[1] not in secretary.get("/raad/mensen").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "O"}, "Vul een naam in"),
        ({"email": "otto"}, "Vul een e-mailadres in"),
        ({"roles": []}, "Kies minstens één rol"),
        ({"roles": ["facilitator", "secretary"]}, "niet samen bij één persoon"),
        ({"roles": ["chair", "selection"]}, "niet samen bij één persoon"),
        ({"name": "Sanne Secretaris"}, "Eén persoon heeft één account"),
        ({"email": "sanne.secretaris@example.org"}, "Eén persoon heeft één account"),
    ],
)
def test_an_invitation_that_is_not_in_order_is_refused_beside_the_field(
    secretary: FlaskClient, database: Database, changed: dict[str, object], said: str
) -> None:
    answer = secretary.post("/raad/mensen/uitnodigen", data={**OTTO, **changed})
    assert said in answer.text
    assert "<title>Fout:" in answer.text
    with database.read() as session:
        assert len(accounts(session)) == 1


def test_a_role_that_does_not_exist_is_refused(secretary: FlaskClient, database: Database) -> None:
    secretary.post("/raad/mensen/uitnodigen", data={**OTTO, "roles": ["superuser"]})
    with database.read() as session:
        assert len(accounts(session)) == 1


def test_the_chair_approves_the_roles_that_the_secretary_proposed(
    secretary: FlaskClient, staff: Staff, database: Database
) -> None:
    otto = invited(secretary, database)
    chair = staff(Role.CHAIR)
    page = chair.get(f"/raad/mensen/{otto}").text
    assert "Sanne Secretaris stelt voor: Otto Bos krijgt deze rollen: waarnemer." in page
    answer = chair.post(f"/raad/mensen/{otto}/goedkeuren", data={"roles": ["observer"]})
    assert answer.status_code == 303
    assert roles_of(database, otto) == {Role.OBSERVER}


def test_the_secretary_cannot_approve_her_own_proposal(
    secretary: FlaskClient, database: Database
) -> None:
    otto = invited(secretary, database)
    assert "Rollen goedkeuren" not in secretary.get(f"/raad/mensen/{otto}").text
    answer = secretary.post(f"/raad/mensen/{otto}/goedkeuren", data={"roles": ["observer"]})
    assert answer.status_code == 403
    assert roles_of(database, otto) == frozenset()


def test_one_person_with_both_roles_cannot_approve_her_own_proposal(
    staff: Staff, database: Database
) -> None:
    both = staff(Role.SECRETARY, Role.CHAIR)
    otto = invited(both, database)
    answer = both.post(f"/raad/mensen/{otto}/goedkeuren", data={"roles": ["observer"]})
    assert answer.status_code == 409
    assert "U hebt dit zelf voorgesteld" in answer.text
    assert roles_of(database, otto) == frozenset()


def test_roles_that_changed_after_the_chair_looked_are_not_approved(
    secretary: FlaskClient, staff: Staff, database: Database
) -> None:
    otto = invited(secretary, database)
    chair = staff(Role.CHAIR)
    secretary.post(f"/raad/mensen/{otto}/rollen", data={"roles": ["member", "chair"]})
    answer = chair.post(f"/raad/mensen/{otto}/goedkeuren", data={"roles": ["observer"]})
    assert answer.status_code == 409
    assert "Er is iets veranderd na het voorstel" in answer.text
    assert roles_of(database, otto) == frozenset()


def test_roles_are_changed_in_the_same_way(
    secretary: FlaskClient, staff: Staff, database: Database, sanne: Member
) -> None:
    chair = staff(Role.CHAIR)
    answer = secretary.post(
        f"/raad/mensen/{sanne.id}/rollen", data={"roles": ["secretary", "member"]}
    )
    assert answer.status_code == 303
    assert roles_of(database, sanne.id) == {Role.SECRETARY}
    chair.post(f"/raad/mensen/{sanne.id}/goedkeuren", data={"roles": ["secretary", "member"]})
    assert roles_of(database, sanne.id) == {Role.SECRETARY, Role.MEMBER}


def test_roles_that_exclude_each_other_cannot_be_proposed(
    secretary: FlaskClient, database: Database, sanne: Member
) -> None:
    answer = secretary.post(
        f"/raad/mensen/{sanne.id}/rollen", data={"roles": ["secretary", "registrar"]}
    )
    assert "Deze rollen mogen niet samen bij één persoon: codebeheerder en secretaris." in (
        answer.text
    )


def test_stopping_somebody_ends_her_session(
    app: Flask, secretary: FlaskClient, database: Database
) -> None:
    amina = join(app, database, [Role.CHAIR])
    browser = sign_in(app.test_client(), amina)
    assert browser.get("/raad").status_code == 200
    assert secretary.post(f"/raad/mensen/{amina.id}/stoppen").status_code == 303
    assert browser.get("/raad").status_code == 303
    assert "gestopt" in secretary.get("/raad/mensen").text
    assert secretary.get(f"/raad/mensen/{amina.id}").status_code == 404


def test_the_secretary_cannot_stop_herself(secretary: FlaskClient, sanne: Member) -> None:
    assert "Account stoppen" not in secretary.get(f"/raad/mensen/{sanne.id}").text
    assert secretary.post(f"/raad/mensen/{sanne.id}/stoppen").status_code == 409


def test_somebody_unknown_is_not_found(secretary: FlaskClient) -> None:
    assert secretary.get("/raad/mensen/niemand").status_code == 404


def test_nothing_is_sent_without_the_forms_token(
    app: Flask, secretary: FlaskClient, database: Database, sanne: Member
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for path in ("uitnodigen", f"{sanne.id}/rollen", f"{sanne.id}/stoppen"):
        assert secretary.post(f"/raad/mensen/{path}", data=OTTO).status_code == 400
    with database.read() as session:
        assert len(accounts(session)) == 1
