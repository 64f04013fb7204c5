"""The database: one engine, and the two kinds of transaction that doors open."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from consult.refusal import Refusal


class Database:
    """Transactions on one database.

    SQLite has one writer at a time and its busy handler is unfair: waiting writers can starve for
    seconds. So writers queue on a lock file beside the database and then begin IMMEDIATE.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._lock = _lock_path(self.engine)
        self._reader = self.engine
        if self.engine.dialect.name == "postgresql":  # which shows each statement a newer moment
            self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction for reading: one moment of the database; nothing that it did is kept."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction for writing: committed at the end, rolled back on any exception."""
        with (
            _queue(self._lock),
            self.engine.connect().execution_options(consult_write=True) as connection,
            connection.begin(),
            Session(connection) as session,
        ):
            yield session
            session.flush()

    def rewrite(self, *tables: str) -> None:
        """Write tables anew, so that nothing is left in the files of what was erased from them.

        On SQLite that is the whole database, and its log is emptied. Nobody else writes meanwhile.

        Raises:
            TimeoutError: when readers hold on to the log; it can be tried again.
        """
        raw = self.engine.raw_connection()  # outside any transaction
        try:
            with _queue(self._lock):
                if self.engine.dialect.name == "sqlite":
                    _rewrite_file(raw.cursor())
                else:
                    _rewrite_tables(raw.driver_connection, tables)
        finally:
            raw.close()

    def check_durable(self) -> None:
        """Refuse a database that may lose what it has confirmed.

        Raises:
            Refusal: ``db.not_durable``; the facts name the setting and its value.
        """
        with self.engine.connect() as connection:
            for name, value, wanted in _durability(connection):
                if value not in wanted:
                    raise Refusal("db.not_durable", setting=name, value=value)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine with the settings that Consult needs; ``postgresql://`` means psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        _make_files(Path(parsed.database))
    engine = create_engine(parsed, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_files(path: Path) -> None:
    """For us alone: SQLite gives its log the permissions of the database."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for one in (path, Path(f"{path}-writers")):
        if not one.exists():
            one.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("consult_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _rewrite_file(cursor: Any) -> None:
    cursor.execute("VACUUM")
    [busy, *_] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise TimeoutError("somebody still reads what was erased")


def _rewrite_tables(connection: Any, tables: Sequence[str]) -> None:
    connection.autocommit = True
    try:
        for table in tables:
            connection.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
    finally:
        connection.autocommit = False


def _lock_path(engine: Engine) -> Path | None:
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return None
    return Path(f"{database}-writers")


@contextmanager
def _queue(path: Path | None) -> Iterator[None]:
    if path is None:
        yield
        return
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _durability(connection: Connection) -> Iterator[tuple[str, str, set[str]]]:
    if connection.dialect.name == "sqlite":
        yield "synchronous", str(connection.scalar(text("PRAGMA synchronous"))), {"2", "3"}
        yield "journal_mode", str(connection.scalar(text("PRAGMA journal_mode"))), {"wal"}
        yield "foreign_keys", str(connection.scalar(text("PRAGMA foreign_keys"))), {"1"}
        return
    for name, wanted in (
        ("synchronous_commit", {"on", "remote_apply"}),
        ("fsync", {"on"}),
        ("full_page_writes", {"on"}),
    ):
        yield name, str(connection.scalar(text(f"SHOW {name}"))), wanted
