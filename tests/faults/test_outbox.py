"""Mail in bad weather: everybody gets exactly one, or is listed as undelivered (security R16)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from consult.clock import now as clock
from consult.config import Settings, Smtp
from consult.db.session import Database
from consult.delivery import actions, jobs, store
from consult.delivery.core import WAITS, Mailing, MailText, name_of
from consult.delivery.tables import MailRow
from tests.mailbox import Mailbox, serving

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
STOP = "http://localhost/bericht/stop/"
ROUND = Mailing(
    "dossier-c1-2",
    "c1",
    {"nl": MailText("Nieuws", "Lees het.\n{link}\n"), "en": MailText("N", "{link}")},
)
SOME = 60


class Time:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def posted(box: Mailbox, settings: Settings) -> Iterator[Settings]:
    """Settings with a mail server."""
    with serving(box) as smtp:
        yield replace(settings, smtp=smtp)


def address(number: int) -> str:
    return f"volger{number}@example.org"


def key(settings: Settings) -> bytes:
    return settings.key("delivery.addresses")


def told(database: Database, settings: Settings, numbers: Iterable[int]) -> None:
    """Followers, and a round of mail to all of them."""
    with database.write() as session:
        for number in numbers:
            language = "en" if number % 2 else "nl"
            actions.follow(session, key(settings), "c1", address(number), language)
        actions.tell(session, NOW, key(settings), ROUND, STOP)


def work(database: Database, settings: Settings, time: Time, patience: float = 5.0) -> None:
    """Send until nothing waits, moving the clock on by each pause."""
    for pause in (timedelta(0), *WAITS, timedelta(0)):
        time.at += pause + jobs.LEASE
        while True:
            with database.read() as session:
                if not store.anything_due(session, time()):
                    break
            if not jobs.send_batch(database, settings, time, patience):
                break


def states(database: Database) -> dict[str, int]:
    with database.read() as session:
        found = store.counts(session, "c1")
    return {state: count for (_round, state), count in found.items()}


def got_one(box: Mailbox, numbers: Iterable[int]) -> bool:
    return all(len(box.to(address(number))) == 1 for number in numbers)


def test_everybody_gets_one_mail_in_her_language_with_her_own_way_out(
    database: Database, posted: Settings, box: Mailbox
) -> None:
    told(database, posted, range(SOME))
    work(database, posted, Time())
    assert (got_one(box, range(SOME)), states(database)) == (True, {"sent": SOME})
    (mail,) = box.to(address(1))
    own = f"{STOP}{name_of(key(posted), 'c1', address(1))}"
    assert (mail["Subject"], mail["List-Unsubscribe"]) == ("N", f"<{own}>")
    assert own in mail.get_payload()
    assert box.to(address(2))[0]["Subject"] == "Nieuws"


def test_telling_twice_sends_once(database: Database, posted: Settings, box: Mailbox) -> None:
    told(database, posted, range(3))
    work(database, posted, Time())
    told(database, posted, range(3))
    work(database, posted, Time())
    assert got_one(box, range(3))
    assert set(box.handed.values()) == {1}


def test_a_server_that_is_away_is_tried_again(
    database: Database, settings: Settings, box: Mailbox
) -> None:
    time = Time()
    told(database, settings, range(SOME))
    away = replace(settings, smtp=Smtp("127.0.0.1", 9, "a@example.org", starttls=False))
    assert not jobs.send_batch(database, away, time)
    assert states(database) == {"waiting": SOME}
    with serving(box) as smtp:
        work(database, replace(settings, smtp=smtp), time)
    assert (got_one(box, range(SOME)), states(database)) == (True, {"sent": SOME})


def test_after_the_last_try_a_mail_is_listed_as_undelivered(
    database: Database, posted: Settings, box: Mailbox
) -> None:
    box.at_rcpt = lambda to: 450 if to == address(1) else None
    told(database, posted, range(3))
    work(database, posted, Time())
    assert (states(database), got_one(box, (0, 2))) == ({"sent": 2, "undelivered": 1}, True)
    assert box.to(address(1)) == []


@pytest.mark.parametrize("where", ["at_rcpt", "after_data"])
def test_an_address_that_is_refused_for_good_is_undelivered_at_once(
    database: Database, posted: Settings, box: Mailbox, where: str
) -> None:
    setattr(box, where, lambda to: 550 if to == address(1) else None)
    told(database, posted, range(3))
    jobs.send_batch(database, posted, Time())
    assert (states(database), got_one(box, (0, 2))) == ({"sent": 2, "undelivered": 1}, True)


@pytest.mark.parametrize("where", ["at_rcpt", "after_data"])
def test_a_mail_that_is_put_off_arrives_later_once(
    database: Database, posted: Settings, box: Mailbox, where: str
) -> None:
    tried: set[str] = set()

    def first_time(to: str) -> int | None:
        known = to in tried
        tried.add(to)
        return None if known else 451

    setattr(box, where, first_time)
    told(database, posted, range(5))
    work(database, posted, Time())
    assert (got_one(box, range(5)), states(database)) == (True, {"sent": 5})


@pytest.mark.parametrize("greeting", [421, 554])
def test_a_server_that_refuses_us_leaves_all_mail_waiting(
    database: Database, posted: Settings, box: Mailbox, greeting: int
) -> None:
    time = Time()
    box.greeting = greeting
    told(database, posted, range(3))
    assert not jobs.send_batch(database, posted, time)
    assert states(database) == {"waiting": 3}
    box.greeting = 220
    work(database, posted, time)
    assert (got_one(box, range(3)), states(database)) == (True, {"sent": 3})


def test_a_line_that_breaks_after_the_text_is_tried_again_as_the_same_mail(
    database: Database, posted: Settings, box: Mailbox
) -> None:
    broke: set[str] = set()

    def once(to: str) -> int | None:
        known = to in broke
        broke.add(to)
        return None if known else 1

    box.hangs_up = once
    told(database, posted, range(3))
    work(database, posted, Time())
    assert (got_one(box, range(3)), states(database)) == (True, {"sent": 3})


def test_a_server_that_is_too_slow_is_given_up_for_now(
    database: Database, posted: Settings, box: Mailbox
) -> None:
    time = Time()
    box.slow_seconds = 0.4
    told(database, posted, range(2))
    assert not jobs.send_batch(database, posted, time, patience=0.1)
    assert states(database) == {"waiting": 2}
    box.slow_seconds = 0
    work(database, posted, time)
    assert (got_one(box, range(2)), states(database)) == (True, {"sent": 2})


def test_two_workers_do_not_take_the_same_mail(database: Database, settings: Settings) -> None:
    told(database, settings, range(10))
    taken = []
    for worker in ("one", "two"):
        with database.write() as session:
            taken += store.lease(session, NOW, NOW + jobs.LEASE, worker, 6)
    assert len({recipient for _round, recipient, _body, _tries in taken}) == len(taken) == 10


def test_a_worker_that_lost_its_lease_notes_nothing(database: Database, settings: Settings) -> None:
    told(database, settings, range(1))
    late = NOW + 2 * jobs.LEASE
    with database.write() as session:
        ((mailing, recipient, _body, _tries),) = store.lease(
            session, NOW, NOW + jobs.LEASE, "one", 5
        )
        assert len(store.lease(session, late, late + jobs.LEASE, "two", 5)) == 1
        store.note(session, "one", mailing, recipient, state="undelivered")
    assert states(database) == {"waiting": 1}


KILLED = """
import sys
from consult.clock import now
from consult import config
from consult.db.session import Database
from consult.delivery import jobs
settings = config.read()
while jobs.send_batch(Database(settings.database_url), settings, now):
    pass
"""


@pytest.mark.parametrize("kills", [3])
def test_killed_workers_leave_nobody_without_and_nobody_with_two(
    database: Database, posted: Settings, box: Mailbox, kills: int
) -> None:
    _killed(database, posted, box, 500, kills)


@pytest.mark.slow
def test_sixty_thousand_mails_with_killed_workers(
    database: Database, posted: Settings, box: Mailbox
) -> None:
    _killed(database, posted, box, 60_000, 25)


def _killed(database: Database, posted: Settings, box: Mailbox, count: int, kills: int) -> None:
    told(database, posted, range(count))
    assert posted.smtp is not None
    environment = {
        **os.environ,
        "CONSULT_SECRET": posted.secret,
        "DATABASE_URL": posted.database_url,
        "CONSULT_BASE_URL": posted.base_url,
        "CONSULT_SMTP_URL": f"smtp://127.0.0.1:{posted.smtp.port}",
        "CONSULT_MAIL_FROM": posted.smtp.sender,
    }
    for kill in range(kills):
        with subprocess.Popen([sys.executable, "-c", KILLED], env=environment) as worker:
            aim = (kill + 1) * count // (kills + 2)
            _until(lambda aim=aim: len(box.handed) >= aim)  # type: ignore[misc] # bound at once
            worker.send_signal(signal.SIGKILL)
    later = Time()
    later.at = clock() + jobs.LEASE
    work(database, posted, later)
    assert (got_one(box, range(count)), states(database)) == (True, {"sent": count})
    assert sum(box.handed.values()) - count <= kills


def _until(done: Any) -> None:
    end = time.monotonic() + 600
    while not done():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_addresses_are_in_no_log_and_not_in_the_outbox_afterwards(
    database: Database,
    posted: Settings,
    box: Mailbox,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    box.at_rcpt = lambda to: 550 if to == address(1) else None
    told(database, posted, range(4))
    with database.write() as session:
        waiting = store.lease(session, NOW, NOW, "reader", 9)
    assert not any(b"volger" in body for _round, _to, body, _tries in waiting)
    assert len({len(body) for _round, _to, body, _tries in waiting}) == 1
    work(database, posted, Time())
    shown = capfd.readouterr()
    assert "volger" not in shown.out + shown.err + caplog.text
    with database.read() as session:
        assert not store.anything_due(session, NOW + timedelta(365))
        kept = session.execute(select(MailRow.state, MailRow.body)).all()
    assert sorted(map(tuple, kept)) == [("sent", b"")] * 3 + [("undelivered", b"")]


def test_without_a_server_mail_is_written_to_files(database: Database, settings: Settings) -> None:
    told(database, settings, range(3))
    work(database, settings, Time())
    files = sorted((settings.var / "outbox").glob("*.eml"))
    assert (len(files), states(database)) == (3, {"sent": 3})
    assert any(f"To: {address(0)}" in file.read_text() for file in files)
    assert {oct(file.stat().st_mode)[-3:] for file in files} == {"600"}


def test_who_stops_following_gets_nothing_that_still_waits(
    database: Database, posted: Settings, box: Mailbox
) -> None:
    told(database, posted, range(3))
    with database.write() as session:
        actions.unfollow(session, name_of(key(posted), "c1", address(1)))
    work(database, posted, Time())
    assert (got_one(box, (0, 2)), box.to(address(1))) == (True, [])
    with database.read() as session:
        assert store.count_followers(session, "c1") == 2


def test_forgetting_erases_followers_and_mail(database: Database, settings: Settings) -> None:
    told(database, settings, range(3))
    with database.write() as session:
        store.forget(session, "c1")
    with database.read() as session:
        assert (store.followed(session), store.counts(session, "c1")) == (frozenset(), {})
