"""Migrations from nothing make exactly the schema that the code expects."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from consult.db import migrate
from consult.db.session import Database
from consult.refusal import Refusal
from consult.schema import metadata


@pytest.fixture
def empty(database: Database, tmp_path: Path) -> Database:
    """A database without any table, on the server that the tests run on."""
    if database.engine.dialect.name == "sqlite":
        return Database(f"sqlite:///{tmp_path / 'empty.db'}")
    with database.write() as session:
        session.execute(text("DROP SCHEMA public CASCADE"))
        session.execute(text("CREATE SCHEMA public"))
    return database


def url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def test_migrating_from_nothing_gives_the_schema_of_the_code(empty: Database) -> None:
    migrate.upgrade(url(empty))
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == []
    migrate.check_current(empty, url(empty))
    empty.dispose()


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrate.upgrade(url(empty))
    migrate.upgrade(url(empty))
    migrate.check_current(empty, url(empty))
    empty.dispose()


def test_a_database_that_is_behind_is_refused(empty: Database) -> None:
    with pytest.raises(Refusal, match=r"db\.behind"):
        migrate.check_current(empty, url(empty))
    empty.dispose()


def test_a_database_with_rolls_takes_those_for_nominations(empty: Database) -> None:
    command.upgrade(migrate.config(url(empty)), "0002")
    insert = text(
        "INSERT INTO roll (id, purpose, activity_id, reference_date, size, salt, fingerprint)"
        " VALUES (:id, :id, :id, '2026-10-01', 0, :salt, '')"
    )
    with empty.write() as session:
        session.execute(insert, {"id": "election", "salt": b"s"})
    with empty.write() as session, pytest.raises(IntegrityError):
        session.execute(insert, {"id": "nomination", "salt": b"s"})
    migrate.upgrade(url(empty))
    with empty.write() as session:
        session.execute(insert, {"id": "nomination", "salt": b"s"})
    with empty.write() as session, pytest.raises(IntegrityError):
        session.execute(insert, {"id": "something", "salt": b"s"})
    with empty.read() as session:
        assert session.scalars(text("SELECT id FROM roll ORDER BY id")).all() == [
            "election",
            "nomination",
        ]
    empty.dispose()
