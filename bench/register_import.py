"""How long a register of 60,000 rows takes: plan, apply, plan again, draw a roll, give out codes.

Run: python bench/register_import.py [rows]. Limits: plan and apply under 30 s and 500 MB together
(reference/security.md R11).
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from consult.actor import SYSTEM
from consult.db.session import Database
from consult.register.actions import imports, rolls
from consult.register.core.roll import Purpose
from consult.register.store import base
from consult.register.store.seal import Seal, Seals
from consult.schema import metadata

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = date(2026, 11, 22)
KINDS = ("huurder",) * 8 + ("koper", "ondernemer")


def register(rows: int) -> bytes:
    """A made-up register: one row in twenty is a second contract of the customer before."""
    lines = ["klantnummer;soort;woningtype;complex;wijk;geboortejaar;ingangsdatum;email;taal"]
    for number in range(rows):
        again = number % 20 == 19
        customer = 100_000 + number - again
        kind = KINDS[number % 10] if not again else "huurder"
        year = 1930 + (number - again) * 7 % 78
        lines.append(
            f"{customer};{kind};{'Berging' if again else 'Portiekflat'};C{number % 600};"
            f"Wijk {number % 75};{year};{2000 + number % 26}-03-01;k{customer}@example.org;nl"
        )
    return "\r\n".join(lines).encode("utf-8-sig")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, and the largest memory of the process so far."""
    started = time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<28} {time.perf_counter() - started:6.2f} s   peak {peak} MB")


def main() -> None:
    """Time each step on a fresh SQLite file."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    file = register(rows)
    keys = Seals(Seal(b"e" * 32), Seal(b"f" * 32))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        with database.write() as session:
            metadata().create_all(session.connection())
        print(f"{rows} rows, {len(file) / 1e6:.1f} MB")
        with timed("plan"), database.read() as session:
            prepared = imports.prepare_file(session, AT, keys, file, lambda _: None)
        assert not prepared.plan.problems, prepared.plan.problems[:3]
        with timed("apply"), database.write() as session:
            base.apply(session, prepared.plan, prepared.held, keys.email, TODAY)
        with timed("plan the same file again"), database.read() as session:
            again = imports.prepare_file(session, AT, keys, file, lambda _: None)
        assert again.plan.empty
        with timed("draw a roll"), database.write() as session:
            roll = rolls.draw_roll(session, SYSTEM, AT, Purpose.CONSULTATION, "a", TODAY)
        with timed("freeze it"), database.write() as session:
            rolls.freeze_roll(session, SYSTEM, AT, roll.id)
        with timed("give out codes"), database.write() as session:
            pairs = rolls.issue_consultation_codes(session, SYSTEM, AT, b"k" * 32, roll.id)
        print(f"{roll.size} people on the roll, {sum(1 for _ in pairs)} codes")


if __name__ == "__main__":
    main()
