"""The files of the embedded database are for the account that the program runs as alone."""

import os
from pathlib import Path

from consult.db.session import Database
from consult.schema import metadata


def test_nobody_else_on_the_machine_may_read_or_lock_the_database(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        database = Database(f"sqlite:///{tmp_path / 'var' / 'consult.db'}")
        with database.write() as session:
            metadata().create_all(session.connection())
        modes = {one.name: one.stat().st_mode & 0o777 for one in (tmp_path / "var").iterdir()}
        database.dispose()
    finally:
        os.umask(before)
    assert {"consult.db", "consult.db-wal", "consult.db-writers"} <= modes.keys()
    assert set(modes.values()) == {0o600}
