"""Counts of what went wrong: who has to wait, for how long, and what is forgotten."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from consult.config import Settings
from consult.db.session import Database
from consult.serving import ticks
from consult.web import throttle
from consult.web.tables import Attempts

MINUTE = timedelta(minutes=1)


def fail(database: Database, now: datetime, bucket: str = "door") -> None:
    with database.write() as session:
        throttle.note(session, now, bucket, seconds=60)


def waits(database: Database, now: datetime, bucket: str = "door") -> int:
    with database.read() as session:
        return throttle.wait(session, now, bucket, limit=2, seconds=60)


def test_from_the_limit_on_one_waits_until_the_window_ends(
    database: Database, at: datetime
) -> None:
    fail(database, at)
    assert waits(database, at) == 0
    fail(database, at + MINUTE / 4)
    assert waits(database, at + MINUTE / 2) == 30
    assert waits(database, at + MINUTE) == 0


def test_one_bucket_does_not_make_another_wait(database: Database, at: datetime) -> None:
    for _ in range(3):
        fail(database, at)
    assert waits(database, at, "window") == 0


def test_what_went_right_is_forgotten(database: Database, at: datetime) -> None:
    for _ in range(3):
        fail(database, at)
    with database.write() as session:
        throttle.forget(session, "door")
    assert waits(database, at) == 0


def test_within_the_limit_an_attempt_is_counted_and_beyond_it_no_more(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        allowed = [throttle.allow(session, at, "door", 2, 60) for _ in range(4)]
        count = session.scalar(select(Attempts.count))
    assert (allowed, count) == ([0, 0, 60, 60], 2)


def test_after_a_day_the_runner_has_forgotten_everybody(
    database: Database, settings: Settings, at: datetime
) -> None:
    fail(database, at, "left and never came back")
    throttle.forget_old(database, at + timedelta(hours=23))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempts)) == 1
    with time_machine.travel(at + timedelta(hours=25), tick=False):
        for tick in ticks():
            tick(database, settings)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempts)) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0/24"),
        ("::ffff:192.0.2.17", "192.0.2.0/24"),
        ("2001:db8:0:7::17", "2001:db8::/48"),
        ("2001:db8::17", "2001:db8::/48"),
        ("not an address", "unknown"),
        (None, "unknown"),
    ],
)
def test_of_an_address_only_the_network_is_kept(address: str | None, network: str) -> None:
    assert throttle.network(address) == network
