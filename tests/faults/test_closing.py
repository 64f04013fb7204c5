"""A machine that dies in the middle of a closing loses and doubles nothing (security T46, R15).

A process of its own takes the steps and is killed with SIGKILL at a chosen place; then another
takes them up where they were left.
"""

import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consult.audit.actions import first_broken
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing, publishing
from consult.surveys.core.sealed.closing import Step
from consult.surveys.jobs import proceed
from consult.surveys.store import envelopes, steps
from tests.consultations import (
    CLOSES,
    Running,
    agreed,
    answer,
    opened,
    opened_answers,
    opened_apart,
    running,
)

PEOPLE = 24
DIES = """
import os, pickle, signal, sys
from pathlib import Path
from consult.db.session import Database
from consult.surveys import jobs
from consult.surveys.actions import closing, unsealing
from consult.surveys.store import envelopes
from tests.consultations import opened

url, told, place, when = sys.argv[1:5]
run = pickle.loads(Path(told).read_bytes())

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def breaks(holder, name):
    whole = getattr(holder, name)
    def broken(*args, **more):
        if when == "before":
            die()
        whole(*args, **more)
        die()
    setattr(holder, name, broken)

owner, _, name = place.partition(".")
if owner:
    breaks({"envelopes": envelopes, "closing": closing, "Database": Database}[owner], name)
print("begins", flush=True)
database = Database(url)
if "open" in sys.argv[5:]:
    with database.write() as session:
        opened(session, run)
jobs.proceed(database, run.server.marks, run.id)
"""
BEFORE_OPENING = [
    ("envelopes.shuffle", "before"),
    ("envelopes.shuffle", "after"),
    ("Database.rewrite", "before"),
    ("Database.rewrite", "after"),
    ("closing.note_step", "before"),
    ("closing.note_step", "after"),
    ("envelopes.keep_tally", "after"),
    ("envelopes.drop_participation", "after"),
]
AT_OPENING = [
    ("envelopes.lay_apart", "after"),
    ("envelopes.add_answers", "after"),
    ("envelopes.add_apart", "after"),
    ("envelopes.drop_shuffled", "after"),
    ("Database.rewrite", "before"),
    ("closing.note_step", "before"),
]


def started(
    run: Running, url: str, folder: Path, place: str = "", when: str = "", *more: str
) -> "subprocess.Popen[str]":
    told = folder / "run"
    told.write_bytes(pickle.dumps(run))
    command = [sys.executable, "-c", DIES, url, str(told), place, when, *more]
    return subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True, env=os.environ
    )


def killed(*args: object) -> None:
    """Run it until it kills itself."""
    with started(*args) as process:  # type: ignore[arg-type]
        assert process.wait(timeout=60) == -signal.SIGKILL


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    """A closed consultation to which everybody gave answers of her own."""
    with database.write() as session:
        made = running(session, settings, people=PEOPLE)
        for number, code in enumerate(made.codes):
            answer(session, settings, made, code, {"q1": "no", "q3": 2, "q4": f"Tekst {number:02}"})
        closing.pass_time(session, CLOSES, CLOSES.date())
    return made


@contextmanager
def nothing_lost(database: Database, run: Running) -> Iterator[None]:
    """Around what may die: afterwards the rest is done, and everybody's answers are there once."""
    with database.read() as session:
        before = publishing.participation_counts(session, run.server.marks, run.id)
    yield
    proceed(database, run.server.marks, run.id)
    with database.read() as session:
        done = steps.taken(session, run.id)
        assert publishing.participation_counts(session, run.server.marks, run.id) == before
    if Step.OPENED not in done:
        with database.write() as session:
            assert envelopes.count_shuffled(session, run.id) == PEOPLE
            agreed(session, run)
            opened(session, run)
        proceed(database, run.server.marks, run.id)
    with database.read() as session:
        assert set(steps.taken(session, run.id)) == set(Step)
        assert len(opened_answers(session, run)) == PEOPLE
        told = Counter(one["answer"] for one in opened_apart(session, run, "q4"))
        assert told == Counter(f"Tekst {number:02}" for number in range(PEOPLE))
        assert envelopes.count_envelopes(session, run.id) == 0
        assert envelopes.count_shuffled(session, run.id) == 0
        assert list(envelopes.parts(session)) == []
        assert first_broken(session) is None


def dies_before_opening(
    database: Database, run: Running, folder: Path, place: str, when: str
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    with nothing_lost(database, run):
        killed(run, url, folder, place, when)
        with database.read() as session:
            assert Step.OPENED not in steps.taken(session, run.id)


def dies_at_opening(database: Database, run: Running, folder: Path, place: str, when: str) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    proceed(database, run.server.marks, run.id)
    with database.write() as session:
        agreed(session, run)
    committed = place in {"Database.rewrite", "closing.note_step"}
    with nothing_lost(database, run):
        killed(run, url, folder, place, when, "open")
        with database.read() as session:
            assert (Step.OPENED in steps.taken(session, run.id)) == committed
            assert len(opened_answers(session, run)) == (PEOPLE if committed else 0)
            assert envelopes.count_shuffled(session, run.id) == (0 if committed else PEOPLE)
        if not committed:
            with database.write() as session:
                opened(session, run)


def test_who_dies_between_two_steps_is_taken_over(
    database: Database, run: Running, tmp_path: Path
) -> None:
    dies_before_opening(database, run, tmp_path, "Database.rewrite", "before")


def test_who_dies_while_opening_has_opened_nothing(
    database: Database, run: Running, tmp_path: Path
) -> None:
    dies_at_opening(database, run, tmp_path, "envelopes.add_answers", "after")


@pytest.mark.slow
@pytest.mark.parametrize(("place", "when"), BEFORE_OPENING)
def test_who_dies_at_any_place_before_opening_is_taken_over(
    database: Database, run: Running, tmp_path: Path, place: str, when: str
) -> None:
    dies_before_opening(database, run, tmp_path, place, when)


@pytest.mark.slow
@pytest.mark.parametrize(("place", "when"), AT_OPENING)
def test_who_dies_at_any_place_of_opening_leaves_all_or_nothing(
    database: Database, run: Running, tmp_path: Path, place: str, when: str
) -> None:
    dies_at_opening(database, run, tmp_path, place, when)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_who_is_killed_at_any_moment_is_taken_over(
    database: Database, run: Running, tmp_path: Path, seed: int
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    if seed % 2:
        proceed(database, run.server.marks, run.id)
        with database.write() as session:
            agreed(session, run)
    with nothing_lost(database, run):
        with started(run, url, tmp_path, "", "", *(["open"] if seed % 2 else [])) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.Random(seed).uniform(0, 0.3))
            process.kill()
        with database.read() as session:
            done = Step.OPENED in steps.taken(session, run.id)
            assert len(opened_answers(session, run)) == (PEOPLE if done else 0)
        if seed % 2 and not done:
            with database.write() as session:
                opened(session, run)
