"""Rolls and turnout of before are the same after the migration, which can be taken back in time."""

from datetime import date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from consult.db import migrate
from consult.db.session import Database
from consult.elections.store import voters
from consult.refusal import Refusal
from consult.register.actions import rolls
from consult.register.core.base import AgeBand, Dwelling, Household, Kind, Tenancy
from consult.register.core.roll import Entry, Purpose, Roll, fingerprint
from consult.register.store import rolls as store

REVISION = "0016"
OLD = [Entry(f"e{n}", f"K{n}", Kind.TENANT, AgeBand.YOUNG, "Cool") for n in range(3)]
TRAITS = {"dwelling", "tenancy", "household"}


@pytest.fixture
def old(database: Database, tmp_path: Path) -> Database:
    """A database of before, with a frozen roll and turnout in clear."""
    if database.engine.dialect.name == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        with database.write() as session:
            session.execute(text("DROP SCHEMA public CASCADE"))
            session.execute(text("CREATE SCHEMA public"))
    config = migrate.config(url(database))
    before = ScriptDirectory.from_config(config).get_revision(REVISION).down_revision
    assert isinstance(before, str)
    command.upgrade(config, before)
    with database.write() as session:
        session.execute(
            text(
                "INSERT INTO roll (id, purpose, activity_id, reference_date, size, salt,"
                " fingerprint, kinds) VALUES ('r', 'election', 'x', '2026-10-01', 3, :salt,"
                " :sum, '[\"tenant\"]')"
            ),
            {"salt": b"salt", "sum": fingerprint(b"salt", OLD)},
        )
        for one in OLD:
            session.execute(
                text("INSERT INTO customer (number, language) VALUES (:number, 'nl')"),
                {"number": one.customer_number},
            )
            session.execute(
                text(
                    "INSERT INTO roll_entry (id, roll_id, customer_number, kind, age_band,"
                    " neighbourhood) VALUES (:id, 'r', :number, 'tenant', '18-34', 'Cool')"
                ),
                {"id": one.id, "number": one.customer_number},
            )
    return database


def url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def back(database: Database) -> None:
    config = migrate.config(url(database))
    before = ScriptDirectory.from_config(config).get_revision(REVISION).down_revision
    assert isinstance(before, str)
    command.downgrade(config, before)


def forth(database: Database) -> None:
    command.upgrade(migrate.config(url(database)), REVISION)


def test_a_roll_of_before_still_is_who_was_drawn(old: Database) -> None:
    forth(old)
    with old.write() as session:
        assert rolls.everybody(session, "r") == OLD
        filled = text("UPDATE roll_entry SET household = '1' WHERE id = 'e0'")
        session.execute(filled)
        with pytest.raises(Refusal, match=r"register\.roll_altered"):
            rolls.everybody(session, "r")
    old.dispose()


def test_it_can_be_taken_back_before_anything_new_is_kept(old: Database) -> None:
    forth(old)
    back(old)
    columns = {column["name"] for column in inspect(old.engine).get_columns("roll_entry")}
    assert not columns & TRAITS
    assert "sealed_turnout" not in inspect(old.engine).get_table_names()
    forth(old)
    with old.read() as session:
        assert rolls.everybody(session, "r") == OLD
    old.dispose()


def test_it_is_not_taken_back_from_a_roll_that_would_lose_its_fingerprint(old: Database) -> None:
    forth(old)
    known = Entry(
        "n", "K0", *(Kind.TENANT, AgeBand.YOUNG, "Cool"), Dwelling.FLAT, Tenancy.NEW, Household.ONE
    )
    drawn = Roll("s", Purpose.CONSULTATION, "y", date(2026, 10, 1), 1)
    with old.write() as session:
        store.add_roll(session, drawn, b"salt", [known])
    with pytest.raises(RuntimeError, match="fingerprint"):
        back(old)
    with old.read() as session:
        assert list(store.entries(session, "s")) == [known]
    old.dispose()


def test_it_is_not_taken_back_over_turnout_that_nobody_could_open(old: Database) -> None:
    forth(old)
    election(old)
    with old.write() as session:
        voters.keep_turnout(session, "e", 3, b"sealed")
    with pytest.raises(RuntimeError, match="Turnout"):
        back(old)
    with old.read() as session:
        assert voters.turnout(session, "e") == b"sealed"
    old.dispose()


def test_turnout_of_before_stays_readable(old: Database) -> None:
    election(old)
    with old.write() as session:
        row = "('e', 'tenant', '18-34', 'Cool', 30, 12)"
        session.execute(text(f"INSERT INTO turnout VALUES {row}"))  # noqa: S608 - a row of ours
    forth(old)
    with old.read() as session:
        assert voters.in_clear(session) == ["e"]
        assert voters.turnout_in_clear(session, "e") == [("tenant", "18-34", "Cool", 30, 12)]
        assert voters.count_participants(session, "e") == 12
    old.dispose()


def election(database: Database) -> None:
    """A row of an election, whatever its columns are at that revision."""
    values: dict[str, object] = {"id": "e", "uuid": "u", "lots": "{}"}
    for column in inspect(database.engine).get_columns("election"):
        if not column["nullable"] and column["default"] is None:
            values.setdefault(column["name"], _some(column["type"].python_type))
    names = ", ".join(values)
    held = ", ".join(f":{name}" for name in values)
    with database.write() as session:
        statement = f"INSERT INTO election ({names}) VALUES ({held})"  # noqa: S608 - our names
        session.execute(text(statement), values)


def _some(kind: type) -> object:
    given = {int: 1, bool: False, date: "2026-10-01", datetime: "2026-10-01 10:00:00"}
    return given.get(kind, "{}" if kind is dict else "x")
