"""The log, as the council and the observer read it."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM, Role
from consult.audit.actions import record
from consult.audit.store import head
from consult.clock import now
from consult.db.session import Database

Staff = Callable[..., FlaskClient]


ROOT = Path(__file__).resolve().parents[2]


def recorded_kinds() -> set[str]:
    """Every kind of event that the source records by its literal name."""
    calls = (
        node
        for path in (ROOT / "consult").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("record")
    )
    named = (call.args[3] for call in calls if len(call.args) > 3)
    kinds = {str(kind.value) for kind in named if isinstance(kind, ast.Constant)}
    return {kind for kind in kinds if "." in kind}


def test_every_kind_of_event_has_words() -> None:
    kinds = recorded_kinds()
    assert "accounts.signed_in" in kinds
    unworded = {
        kind
        for kind in kinds
        for words in [ROOT / "templates" / kind.partition(".")[0] / "_event.html"]
        if not words.exists() or f"'{kind}'" not in words.read_text(encoding="utf-8")
    }
    assert unworded == set()


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER])
def test_the_council_and_the_observer_read_the_log(staff: Staff, role: Role) -> None:
    page = staff(role).get("/raad/logboek").text
    assert "Het logboek klopt" in page
    assert "Ingelogd" in page


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SELECTION, Role.REGISTRAR])
def test_nobody_else_reads_it(staff: Staff, role: Role) -> None:
    assert staff(role).get("/raad/logboek").status_code == 403


def test_people_are_named_on_the_screen_and_not_in_the_record(
    staff: Staff, database: Database
) -> None:
    assert "Otto Waarnemer" in staff(Role.OBSERVER).get("/raad/logboek").text
    with database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT who, payload FROM audit_event").all()
    assert rows
    assert "Otto" not in repr(rows)


def test_an_event_without_words_is_shown_by_its_kind(staff: Staff, database: Database) -> None:
    with database.write() as session:
        record(session, SYSTEM, now(), "nowhere.something_done", {"rows": 3, "kinds": ["a", "b"]})
    page = staff(Role.OBSERVER).get("/raad/logboek").text
    assert "nowhere.something_done" in page
    assert "kinds: a, b; rows: 3" in page


def test_meddling_is_shown_with_the_first_line_that_is_wrong(
    staff: Staff, database: Database
) -> None:
    observer = staff(Role.OBSERVER)
    with database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE audit_event SET who = 'somebody' WHERE number = 2"
        )
    page = observer.get("/raad/logboek").text
    assert "Het logboek klopt niet vanaf regel 2" in page


def test_a_mark_that_was_noted_before_is_found_again(staff: Staff, database: Database) -> None:
    observer = staff(Role.OBSERVER)
    with database.write() as session:
        noted = head(session)
        record(session, SYSTEM, now(), "nowhere.something_done", {})
    query = {
        "nummer": noted.number,
        "controlegetal": f" {noted.hash[:32]} {noted.hash[32:].upper()} ",
    }
    assert (
        "Uw controlegetal staat nog in het logboek"
        in observer.get("/raad/logboek", query_string=query).text
    )
    query["controlegetal"] = "f" * 64
    assert (
        "Uw controlegetal staat niet in het logboek"
        in observer.get("/raad/logboek", query_string=query).text
    )


def test_older_lines_are_a_page_further(staff: Staff, database: Database) -> None:
    with database.write() as session:
        for rows in range(60):
            record(session, SYSTEM, now(), "nowhere.something_done", {"rows": rows})
    observer = staff(Role.OBSERVER)
    page = observer.get("/raad/logboek").text
    assert "rows: 59" in page
    assert "rows: 3<" not in page
    older = observer.get("/raad/logboek?voor=15").text
    assert "rows: 13<" in older
    assert "rows: 59" not in older


@pytest.mark.parametrize(
    "query", ["voor=x", "nummer=x&controlegetal=y", "nummer=1", "controlegetal=%20"]
)
def test_an_address_with_nonsense_shows_the_log(staff: Staff, query: str) -> None:
    assert staff(Role.OBSERVER).get(f"/raad/logboek?{query}").status_code == 200
