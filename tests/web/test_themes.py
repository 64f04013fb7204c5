"""Year themes and working groups on the desk."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM, Role
from consult.clock import day_of, now, years_later
from consult.council.actions import board
from consult.council.actions.board import NewMandate
from consult.council.store import themes as store
from consult.council.store.board import mandates
from consult.db.session import Database
from tests.web.pages import text

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)
ALL = "/raad/themas"
THEME = {"title": "Wonen en zorg", "year": "2026", "contact": "Contactpersoon zorg"}
GROUP = {"name": "Leefbare stad", "theme": "-", "contact": "Contactpersoon wijken"}


def test_a_theme_is_added_changed_and_closed(staff: Staff, database: Database) -> None:
    page = staff(Role.SECRETARY)
    assert page.post(f"{ALL}/nieuw", data={**THEME, "contact": ""}).location == ALL
    assert "Het thema “Wonen en zorg” heeft geen contactpersoon." in text(page, ALL)
    with database.read() as session:
        (theme,) = store.themes(session)
    assert 'value="Wonen en zorg"' in text(page, f"{ALL}/{theme.id}")
    page.post(f"{ALL}/{theme.id}", data=THEME)
    assert "heeft geen contactpersoon" not in text(page, ALL)
    page.post(f"{ALL}/{theme.id}", data={**THEME, "contact": "", "closed": "y"})
    shown = text(page, ALL)
    assert "gestopt" in shown
    assert "heeft geen contactpersoon" not in shown


def test_a_working_group_has_a_theme_and_members_of_the_board(
    staff: Staff, database: Database
) -> None:
    page = staff(Role.SECRETARY)
    page.post(f"{ALL}/nieuw", data=THEME)
    with database.write() as session:
        names = ("Nadia Nieuw", "Olga Oud", "Piet Pas")
        end = years_later(day_of(now()), 1)
        board.seat(
            session, SYSTEM, now(), [NewMandate(one, True, day_of(now()), end) for one in names]
        )
        mandate = next(one for one in mandates(session) if one.name == names[0])
        (theme,) = store.themes(session)
    sent = {**GROUP, "theme": theme.id, "members": [mandate.id]}
    assert page.post("/raad/werkgroepen/nieuw", data=sent).location == ALL
    shown = text(page, ALL)
    assert "Leefbare stad" in shown
    assert "Nadia Nieuw" in shown
    with database.read() as session:
        (group,) = store.groups(session)
    assert f'value="{mandate.id}" checked' in text(page, f"/raad/werkgroepen/{group.id}")
    page.post(f"/raad/werkgroepen/{group.id}", data={**GROUP, "closed": "y"})
    with database.read() as session:
        (group,) = store.groups(session)
    assert (group.closed, group.members, group.theme_id) == (True, (), None)


@pytest.mark.parametrize(
    ("where", "sent", "told"),
    [
        (f"{ALL}/nieuw", {**THEME, "title": ""}, "Vul een naam in."),
        (f"{ALL}/nieuw", {**THEME, "title": "x" * 121}, "hoogstens 120 tekens"),
        (f"{ALL}/nieuw", {**THEME, "year": "1999"}, "Kies een jaar van 2016"),
        (f"{ALL}/nieuw", {**THEME, "year": ""}, "Vul een jaar in."),
        ("/raad/werkgroepen/nieuw", {**GROUP, "contact": "x" * 121}, "hoogstens 120 tekens"),
        ("/raad/werkgroepen/nieuw", {**GROUP, "name": ""}, "Vul een naam in."),
    ],
)
def test_what_is_wrong_is_told(staff: Staff, where: str, sent: dict[str, str], told: str) -> None:
    answer = staff(Role.SECRETARY).post(where, data=sent)
    assert (answer.status_code, told in answer.text) == (200, True)


@pytest.mark.parametrize("role", Role)
def test_who_may_read_and_write(staff: Staff, role: Role) -> None:
    page = staff(role)
    assert page.get(ALL).status_code == (200 if role in READERS else 403)
    for url in (f"{ALL}/nieuw", "/raad/werkgroepen/nieuw"):
        assert page.get(url).status_code == (200 if role is Role.SECRETARY else 403)


@pytest.mark.parametrize("url", [f"{ALL}/nothing", "/raad/werkgroepen/nothing"])
def test_what_is_not_there_is_not_found(staff: Staff, url: str) -> None:
    assert staff(Role.SECRETARY).get(url).status_code == 404
