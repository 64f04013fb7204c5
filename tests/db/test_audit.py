"""The chain in the database: appended one by one, also by many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from consult.actor import SYSTEM, Actor
from consult.audit import store
from consult.audit.actions import first_broken, record
from consult.audit.core import Head
from consult.db.session import Database


def write(database: Database, at: datetime, rows: int) -> None:
    with database.write() as session:
        record(session, SYSTEM, at, "register.import_applied", {"rows": rows})


def test_an_empty_chain_is_whole(database: Database) -> None:
    with database.read() as session:
        assert first_broken(session) is None
        assert store.head(session) == Head()


def test_events_come_back_as_they_were_recorded(database: Database, at: datetime) -> None:
    who = Actor("abcdefghijklmnopqrstuvwxyz")
    with database.write() as session:
        record(session, who, at, "register.import_approved", {"import": "x2", "rows": 12})
        record(session, SYSTEM, at, "register.import_applied", {"kinds": ["a", "b"]})
    with database.read() as session:
        newest, oldest = store.latest(session, 10)
        assert (oldest.number, oldest.who, oldest.at) == (1, who.account_id, at)
        assert (oldest.part, oldest.facts) == ("register", {"import": "x2", "rows": 12})
        assert newest.facts == {"kinds": ["a", "b"]}
        assert store.head(session) == Head(2, newest.hash)
        assert first_broken(session) is None


def test_what_is_rolled_back_leaves_no_event(database: Database, at: datetime) -> None:
    def write_and_fail() -> None:
        with database.write() as session:
            record(session, SYSTEM, at, "register.import_applied", {"rows": 2})
            raise ZeroDivisionError

    write(database, at, 1)
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    write(database, at, 3)
    with database.read() as session:
        assert [event.facts["rows"] for event in store.events(session)] == [1, 3]
        assert first_broken(session) is None


def test_many_at_once_make_one_unbroken_chain(database: Database, at: datetime) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda rows: write(database, at, rows), range(40)))
    with database.read() as session:
        assert first_broken(session) is None
        assert store.head(session).number == 40


def test_who_looks_while_others_write_sees_one_moment(database: Database, at: datetime) -> None:
    write(database, at, 1)
    with database.read() as session:
        seen = store.head(session)
        write(database, at, 2)
        assert store.head(session) == seen
        assert [event.number for event in store.events(session)] == [1]
        assert first_broken(session) is None


@pytest.mark.parametrize(
    ("meddling", "first"),
    [
        ("UPDATE audit_event SET payload = '{\"rows\":99}' WHERE number = 2", 2),
        ("UPDATE audit_event SET payload = 'no json' WHERE number = 2", 2),
        ("DELETE FROM audit_event WHERE number = 2", 2),
        ("DELETE FROM audit_event WHERE number = 4", 4),
        ("DELETE FROM audit_event", 1),
        ("UPDATE audit_head SET number = 3", 5),
    ],
)
def test_meddling_in_the_database_is_found(
    database: Database, at: datetime, meddling: str, first: int
) -> None:
    for rows in range(4):
        write(database, at, rows)
    with database.write() as session:
        session.connection().exec_driver_sql(meddling)
    with database.read() as session:
        assert first_broken(session) == first


def test_the_chain_has_one_head(database: Database, at: datetime) -> None:
    write(database, at, 1)
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO audit_head (id, number, hash) VALUES (2, 0, 'x')"))


def test_older_events_are_read_page_by_page(database: Database, at: datetime) -> None:
    for rows in range(5):
        write(database, at, rows)
    with database.read() as session:
        assert [event.number for event in store.latest(session, 2)] == [5, 4]
        assert [event.number for event in store.latest(session, 2, before=4)] == [3, 2]
