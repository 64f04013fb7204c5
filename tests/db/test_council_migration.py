"""A board from before events were kept is the same board after the migration."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from consult.council.core.agreement import Office
from consult.council.core.board import Ending
from consult.council.store import board as store
from consult.council.store import events
from consult.db import migrate
from consult.db.session import Database

START, LEFT, BOUGHT, END = (date(2026, 1, 1), date(2026, 5, 1), date(2026, 6, 1), date(2030, 1, 1))
MANDATES = (
    ("t", "Thea", START, END, None),
    ("b", "Bram", START, END, None),
    ("l", "Loes", START, LEFT, "resigned"),
    ("n", "Nico", START, END, None),
)
TENANCIES = (("t", START, True), ("b", START, True), ("b", BOUGHT, False), ("l", START, True))
TENANCIES += (("n", START, False),)
TERMS = (("chair", START, "b", BOUGHT), ("secretary", START, "t", None))


@pytest.fixture
def old(database: Database, tmp_path: Path) -> Database:
    """A database of before, with a board to which things happened."""
    if database.engine.dialect.name == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        with database.write() as session:
            session.execute(text("DROP SCHEMA public CASCADE"))
            session.execute(text("CREATE SCHEMA public"))
    config = migrate.config(_url(database))
    before = ScriptDirectory.from_config(config).get_revision("0009").down_revision
    assert isinstance(before, str)
    command.upgrade(config, before)
    with database.write() as session:
        for row in MANDATES:
            session.execute(
                text("INSERT INTO council_mandates VALUES (:id, :name, :start, :end, NULL, :why)"),
                dict(zip(("id", "name", "start", "end", "why"), row, strict=True)),
            )
        for row in TENANCIES:
            session.execute(
                text("INSERT INTO council_tenancies VALUES (:id, :since, :tenant)"),
                dict(zip(("id", "since", "tenant"), row, strict=True)),
            )
        for row in TERMS:
            session.execute(
                text(
                    'INSERT INTO council_terms (office, start, mandate_id, "end") '
                    "VALUES (:office, :start, :id, :end)"
                ),
                dict(zip(("office", "start", "id", "end"), row, strict=True)),
            )
    return database


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def test_what_happened_is_taken_over(old: Database) -> None:
    command.upgrade(migrate.config(_url(old)), "0009")
    migrate.upgrade(_url(old))
    with old.read() as session:
        found = {one.name: one for one in store.mandates(session)}
        noted = [
            (one.event.mandate_id, one.event.happened, one.event.day)
            for one in events.noted(session)
        ]
    old.dispose()
    assert [name for name, one in found.items() if one.is_tenant(START)] == ["Bram", "Loes", "Thea"]
    assert [name for name, one in found.items() if one.is_tenant(BOUGHT)] == ["Loes", "Thea"]
    assert (found["Loes"].end, found["Loes"].ending) == (LEFT, Ending.RESIGNED)
    assert found["Bram"].offices(START) == (Office.CHAIR,)
    assert found["Bram"].offices(BOUGHT) == ()
    assert found["Thea"].offices(BOUGHT) == (Office.SECRETARY,)
    assert noted == [("l", "resigned", LEFT), ("b", "bought", BOUGHT)]
