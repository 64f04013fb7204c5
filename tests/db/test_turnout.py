"""Turnout of an election is kept sealed, also what was once kept in clear."""

import pytest
import time_machine
from nacl.exceptions import CryptoError
from sqlalchemy import func, insert, select

from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import closing, outcome
from consult.elections.jobs import tick
from consult.elections.store import voters
from consult.elections.tables.voters import SealedTurnout, Turnout
from consult.register.core.roll import Trait
from tests import elections as story
from tests.elections import AFTER, Running, tied
from tests.linkage import snapshot


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    """Four of twelve people voted, and the votes are added up."""
    with database.write() as session:
        return tied(session, settings)


@pytest.fixture
def key(settings: Settings) -> bytes:
    return settings.key("elections.marks")


def rows(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Turnout)) or 0


def put_in_clear(database: Database, key: bytes, run: Running) -> None:
    """Keep turnout as it was kept before it was sealed; one place has a name to look for."""
    with database.write() as session:
        found = closing.turnout(session, key, run.id)
        sealed = session.get(SealedTurnout, run.id)
        session.delete(sealed)
        session.flush()
        for (kind, band, place), (invited, participants) in found.cells.items():
            session.execute(
                insert(Turnout).values(
                    election_id=run.id,
                    kind=kind,
                    age_band=band,
                    neighbourhood=f"Hier-{place}",
                    invited=invited,
                    participants=participants,
                )
            )


def test_nothing_of_a_group_stands_in_clear(database: Database, run: Running, key: bytes) -> None:
    with database.read() as session:
        kept = voters.turnout(session, run.id)
        found = closing.turnout(session, key, run.id)
    assert rows(database) == 0
    assert kept is not None
    for clear in (b"tenant", b"35-49", b"Noord", b"dwelling", b"flat"):
        assert clear not in kept
    invited = {cell[2]: people for cell, (people, _) in found.cells.items()}
    assert invited == {"Noord": 6, "Zuid": 6}
    assert found.margins == {Trait.DWELLING: {"flat": (12, 4)}}


def test_with_another_key_turnout_stays_shut(
    database: Database, settings: Settings, run: Running
) -> None:
    with database.read() as session, pytest.raises(CryptoError):
        closing.turnout(session, settings.key("surveys.marks"), run.id)


def test_the_number_of_voters_is_known_without_a_key_and_fits_the_ballots(
    database: Database, run: Running, key: bytes
) -> None:
    with database.read() as session:
        balance = outcome.balance(session, run.id)
        assert balance.holds
        assert balance.marked == closing.turnout(session, key, run.id).participants == 4


def test_turnout_of_before_is_read_as_it_stands(
    database: Database, run: Running, key: bytes
) -> None:
    with database.read() as session:
        before = closing.turnout(session, key, run.id)
        marked = voters.count_participants(session, run.id)
    put_in_clear(database, key, run)
    with database.read() as session:
        found = closing.turnout(session, key, run.id)
        assert voters.count_participants(session, run.id) == marked
    assert sorted(found.cells.values()) == sorted(before.cells.values())
    assert found.margins == {}


def test_the_next_run_of_the_jobs_seals_it_and_takes_it_out_of_the_files(
    database: Database, settings: Settings, run: Running, key: bytes
) -> None:
    put_in_clear(database, key, run)
    with database.read() as session:
        before = closing.turnout(session, key, run.id)
        numbers = closing.participation_counts(session, key, run.id)
    with time_machine.travel(AFTER, tick=False):
        tick(database, settings)
    assert rows(database) == 0
    with database.read() as session:
        assert closing.turnout(session, key, run.id) == before
        assert closing.participation_counts(session, key, run.id) == numbers
    if database.engine.dialect.name == "sqlite":
        assert not any(b"Hier-Noord" in one for one in snapshot(database, "after").data)


def test_a_run_that_breaks_off_is_taken_up_again(
    database: Database,
    settings: Settings,
    run: Running,
    key: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_in_clear(database, key, run)
    with database.read() as session:
        before = closing.turnout(session, key, run.id)

    def held_up(*_: object) -> None:
        raise TimeoutError

    with time_machine.travel(AFTER, tick=False):
        with monkeypatch.context() as broken:
            broken.setattr(Database, "rewrite", held_up)
            with pytest.raises(TimeoutError):
                tick(database, settings)
        assert rows(database) > 0
        with database.read() as session:
            assert closing.turnout(session, key, run.id) == before
        tick(database, settings)
    assert rows(database) == 0
    with database.read() as session:
        assert closing.turnout(session, key, run.id) == before


def test_closing_again_counts_nothing_twice(
    database: Database, settings: Settings, run: Running, key: bytes
) -> None:
    with database.write() as session:
        before = closing.turnout(session, key, run.id)
        story.closed(session, settings, run)
        assert closing.turnout(session, key, run.id) == before
