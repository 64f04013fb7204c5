"""Closing a consultation of 60,000 answers, step by step: time, memory, and the floor of crypto.

Run: python bench/consultation_closing.py [envelopes ...]; without numbers 6,000 and 60,000, to see
that memory stays flat. Each size runs in a process of its own, on a fresh SQLite file with every
commit on the disk. The floor: opening one sealed box and one secret box for each of the same
envelopes in a bare loop. Goal: all steps together under five minutes on two cores.
"""

import pickle
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.db.session import Database
from consult.register.core.roll import Entry
from consult.register.store import rolls
from consult.register.tables import ContractRow, CustomerRow
from consult.schema import metadata
from consult.surveys.actions import closing, opening
from consult.surveys.core.asking.answers import to_data
from consult.surveys.core.consultation import Consultation, Stratum
from consult.surveys.core.sealed.closing import Step
from consult.surveys.core.sealed.keyfile import Owner, read
from consult.surveys.core.sealed.sealing import BOX_BYTES, Content, mark, seal
from consult.surveys.core.sealed.strata import going_along
from consult.surveys.jobs import proceed
from consult.surveys.store import consultations, envelopes, holders
from consult.surveys.tables import EnvelopeRow, ParticipationRow
from tests.consultations import (
    AFTER,
    CLOSES,
    PASSPHRASE,
    PLAN,
    PREPARED,
    SECRETARY,
    TODAY,
    Running,
    agreed,
    opened,
    server_keys,
    with_key,
)

SIZES = (6_000, 60_000)
PEOPLE = 60_000
Row = dict[str, object]
PLANNED = replace(
    PLAN,
    strata=tuple(Stratum),
    groups=(Stratum.AGE, Stratum.NEIGHBOURHOOD),
    expected_response=100,
)


def main() -> None:
    """Filling and each size in a process of their own, as the peak of memory is a process's."""
    match sys.argv[1:]:
        case ["--fill", size, folder]:
            run = filled(_database(folder), _settings(folder), int(size))
            (Path(folder) / "run").write_bytes(pickle.dumps(run))
        case ["--steps", size, folder]:
            run = pickle.loads((Path(folder) / "run").read_bytes())  # noqa: S301 - our own
            measure(folder, run, int(size))
        case sizes:
            for size in sizes or map(str, SIZES):
                with tempfile.TemporaryDirectory() as folder:
                    for part in ("--fill", "--steps"):
                        subprocess.run([sys.executable, __file__, part, size, folder], check=True)


def measure(folder: str, run: Running, size: int) -> None:
    """One size, from the stored closing to clean files."""
    database = _database(folder)
    megabytes = (Path(folder) / "bench.db").stat().st_size / 1e6
    print(f"\n{size:,} envelopes, {megabytes:.0f} MB, {PEOPLE:,} on the roll", flush=True)
    bare = floor(database, run)
    started, worked, before = time.perf_counter(), time.process_time(), peak()
    steps(database, run)
    whole, work = time.perf_counter() - started, time.process_time() - worked
    print(
        f"{'all steps':<20} {whole:7.1f} s   CPU {work:6.1f} s   peak {peak()} MB, before {before}"
    )
    print(f"{'CPU per envelope':<20} {work / size * 1e6:7.0f} µs, {work / size / bare:.1f} floors")
    check(database, run, size)


def _settings(folder: str) -> Settings:
    return Settings(
        secret="kT9v-2mQx-81Lz-pW4c-Yh7n-R5bd-0sGf-jU3e",  # noqa: S106 - of nothing
        database_url=f"sqlite:///{Path(folder) / 'bench.db'}",
        base_url="http://localhost",
        hosts=("localhost",),
        secure_cookies=False,
        helpline="",
        var=Path(folder),
    )


def _database(folder: str) -> Database:
    database = Database(_settings(folder).database_url)
    with database.write() as session:
        metadata().create_all(session.connection())
    return database


def steps(database: Database, run: Running) -> None:
    """Every step, each with its time and the peak of memory so far."""
    with timed("frozen"), database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    with timed("shuffled"):
        with database.write() as session:
            closing.shuffle(session, run.id)
        database.rewrite()
        with database.write() as session:
            closing.note_step(session, AFTER, run.id, Step.SHUFFLED)
    with timed("cut"):
        with database.write() as session:
            closing.cut(session, run.server.marks, run.id)
        database.rewrite()
        with database.write() as session:
            closing.note_step(session, AFTER, run.id, Step.CUT)
    with database.write() as session:
        agreed(session, run)
    with timed("opened and weighed"), database.write() as session:
        print(" ", opened(session, run))
    with timed("clean"):
        proceed(database, run.server.marks, run.id)


def filled(database: Database, settings: Settings, size: int) -> Running:
    """A consultation that ``size`` of 60,000 people answered, written without the web."""
    with database.write() as session:
        estate(session)
        made, file = with_key(session, PLANNED)
    with database.write() as session:
        opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
    server = server_keys(settings)
    with database.write() as session:
        asked = consultations.get(session, made)
        assert asked is not None
        everybody = list(rolls.entries(session, asked.roll_id or ""))
        sent = secrets.SystemRandom().sample(everybody, size)
        for start in range(0, size, 1000):
            rows = [
                _row(asked, server.marks, entry, number)
                for number, entry in enumerate(sent[start : start + 1000], start)
            ]
            session.execute(insert(ParticipationRow), [marked for marked, _ in rows])
            session.execute(insert(EnvelopeRow), [envelope for _, envelope in rows])
    return Running(made, asked.slug, file, (), server)


def _row(asked: Consultation, marks: bytes, entry: Entry, number: int) -> tuple[Row, Row]:
    """The participation and the envelope of one person."""
    along = going_along(Stratum, entry.kind, entry.age_band, entry.neighbourhood)
    quotes = ("q4",) if number % 2 else ()
    content = Content(asked.id, given(number), along, "web", quotes)
    envelope = seal(asked.recipients, content, asked.questions.longest())
    return (
        {"consultation_id": asked.id, "mark": mark(marks, asked.id, entry.id)},
        {"slot": secrets.token_hex(32), "consultation_id": asked.id, "body": envelope},
    )


def given(number: int) -> dict[str, object]:
    """Answers of some length; every second person writes something."""
    text = {"q4": f"Graag meer bomen en bankjes, zei nummer {number}. " * 3} if number % 2 else {}
    text = {key: value.strip() for key, value in text.items()}
    return to_data({"q1": ("yes", "no", "unsure")[number % 3], "q3": 1 + number % 5, **text})


def estate(session: Session) -> None:
    """60,000 customers in 40 neighbourhoods of unequal size."""
    rows = [
        (f"K{n:06}", 1935 + n * 7 % 70, ("tenant", "tenant", "tenant", "owner")[n % 4], n * n % 40)
        for n in range(PEOPLE)
    ]
    session.execute(
        insert(CustomerRow),
        [{"number": key, "birth_year": year, "language": "nl"} for key, year, _, _ in rows],
    )
    session.execute(
        insert(ContractRow),
        [
            {
                "id": f"c-{key}",
                "customer_number": key,
                "kind": kind,
                "dwelling_type": "flat",
                "complex": "C1",
                "neighbourhood": f"Wijk {place}",
            }
            for key, _, kind, place in rows
        ],
    )


def floor(database: Database, run: Running) -> float:
    """Seconds of processor for each envelope to open its two boxes, and nothing else."""
    with database.read() as session:
        held = next(
            one for one in holders.holders(session, run.id) if one.account_id == "secretary"
        )
        asked = consultations.get(session, run.id)
        assert asked is not None
        bodies = list(session.scalars(select(EnvelopeRow.body).limit(2000)))
    owner = Owner(run.id, "secretary")
    private = read(run.key_file, PASSPHRASE, owner, held.public_key)
    assert isinstance(private, bytes)
    box, place = SealedBox(PrivateKey(private)), asked.recipients.index(held.public_key)
    first, behind = 1 + place * BOX_BYTES, 1 + 2 * BOX_BYTES
    started = time.process_time()
    for body in bodies:
        SecretBox(box.decrypt(body[first : first + BOX_BYTES])).decrypt(body[behind:])
    each = (time.process_time() - started) / len(bodies)
    print(f"{'floor: two boxes':<20} {each * 1e6:7.0f} µs for each envelope")
    return each


def check(database: Database, run: Running, size: int) -> None:
    """Nothing was lost or doubled."""
    with database.read() as session:
        kept = sum(1 for _ in envelopes.answers(session, run.id))
        wrote = sum(1 for _ in envelopes.apart(session, run.id, "q4"))
    assert (kept, wrote) == (size, size // 2), (kept, wrote)


def peak() -> int:
    """The largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, and the largest memory of the process so far."""
    started, worked = time.perf_counter(), time.process_time()
    yield
    took, work = time.perf_counter() - started, time.process_time() - worked
    print(f"{what:<20} {took:7.1f} s   CPU {work:6.1f} s   peak {peak()} MB")


if __name__ == "__main__":
    main()
