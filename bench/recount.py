"""What counting a published election again costs, over verifying its archive alone.

Run ``python bench/recount.py``. An election of 14 candidates with 200 ballots is made, published
and bundled; then ``consult recount`` and ``consult verify`` take turns, each a process of its own.
The promise is a ratio of at most 1.5: all but the proofs should cost next to nothing.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from consult.config import Settings
from consult.db import migrate
from consult.db.session import Database
from consult.elections.actions import prepare
from consult.elections.actions.prepare import Nomination
from consult.elections.core.bundle import ARCHIVE
from tests import elections as story
from tests.consultations import PREPARED, SECRETARY, estate

CANDIDATES, BALLOTS, ROUNDS = 14, 200, 3
MOST = 1.5


def main() -> int:
    """Measure, print, and fail when the promise is broken."""
    consult = str(Path(sys.executable).with_name("consult"))
    with tempfile.TemporaryDirectory() as folder:
        bundle, archive = Path(folder) / "bundel.zip", Path(folder) / "archief.bel"
        bundle.write_bytes(published(Path(folder)))
        with ZipFile(bundle) as packed:
            archive.write_bytes(packed.read(ARCHIVE))
        pairs = [
            (seconds([consult, "verify", str(archive)]), seconds([consult, "recount", str(bundle)]))
            for _ in range(ROUNDS)
        ]
        size = archive.stat().st_size
    verify, recount = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{BALLOTS} ballots, {CANDIDATES} candidates, archive of {size / 1e6:.1f} MB")
    print(f"consult verify  {verify:6.2f} s")
    print(f"consult recount {recount:6.2f} s")
    print(f"ratio           {recount / verify:6.2f}   (promise: {MOST} at most)")
    return 0 if recount <= MOST * verify else 1


def published(folder: Path) -> bytes:
    """The bundle of an election with that many ballots."""
    address = f"sqlite:///{folder / 'bench.db'}"
    settings = Settings(
        secret="bench" * 10,
        database_url=address,
        base_url="http://localhost",
        hosts=("localhost",),
        secure_cookies=False,
        helpline="",
        var=folder / "var",
    )
    migrate.upgrade(address)
    database = Database(address)
    with database.write() as session:
        estate(session, BALLOTS)
        plan = replace(story.PLAN, max_board=5, max_choices=5)
        made = prepare.draft(session, SECRETARY, PREPARED, plan)
        prepare.draw_roll(session, SECRETARY, PREPARED, made)
        names = [f"Kandidaat {number:02}" for number in range(CANDIDATES)]
        for number, name in enumerate(names):
            nomination = Nomination(f"K{number:05}", name, f"Ik ben {name}.")
            prepare.nominate(session, SECRETARY, PREPARED, made, nomination)
        run = story.equipped(session, settings, made)
        story.opened(session, run)
        for number, code in enumerate(run.codes):
            chosen = [names[(number * step) % CANDIDATES] for step in range(1, 1 + number % 5)]
            story.cast(session, settings, run, story.ballot_of(session, run, code, *chosen))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    made_bundle = story.bundled(database, run)
    database.dispose()
    return made_bundle


def seconds(command: list[str]) -> float:
    """How long the command takes, in seconds of the clock."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
