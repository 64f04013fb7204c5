"""Bad registers on the command line: a located message, exit code 1, and nothing changed."""

import json
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select

from consult.config import Settings
from consult.db import migrate
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register.commands import import_file
from consult.register.tables import CustomerRow, RegisterImport

SOUND = b"klantnummer;soort;wijk\nK1;huurder;Cool\nK2;koper;Cool\nK3;huurder;Cool\n"


@pytest.fixture
def ready(settings: Settings, database: Database) -> Settings:
    """Settings of a database that knows that it is up to date."""
    command.stamp(migrate.config(settings.database_url), "head")
    return settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def kept(database: Database) -> tuple[int, int]:
    with database.read() as session:
        return (
            session.scalar(select(func.count()).select_from(RegisterImport)) or 0,
            session.scalar(select(func.count()).select_from(CustomerRow)) or 0,
        )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (SOUND.replace(b";", b"\t"), "row 1"),
        (SOUND.replace(b"K2;koper;Cool", b"K2,koper,Cool"), "row 3"),
        (SOUND.replace(b"K2;koper;Cool", b"K2;koper"), "row 3"),
        (SOUND.replace(b"K2;", b"K2\x00;"), "row 3"),
        (SOUND.replace(b"wijk", b"soort"), "row 1, column 'soort'"),
        (SOUND.replace(b"wijk", b"Naam"), "row 1, column 'Naam'"),
        (SOUND.replace(b"wijk", b"BSN"), "row 1, column 'BSN'"),
        (SOUND.replace(b"wijk", b"geboortedatum"), "row 1, column 'geboortedatum'"),
        (SOUND.replace(b"wijk", b"nationaliteit"), "row 1, column 'nationaliteit'"),
        (SOUND.replace(b"wijk", b"geboorteland"), "row 1, column 'geboorteland'"),
        (SOUND.replace(b"wijk", b"telefoon"), "row 1, column 'telefoon'"),
        (SOUND.replace(b"wijk", b"adres"), "row 1, column 'adres'"),
        (SOUND.replace(b"wijk", b"huurprijs"), "row 1, column 'huurprijs'"),
        (SOUND.replace(b"K2;koper;Cool", b"K2;koper;" + b"x" * 1_000_000), "row 3"),
        (b"", "file"),
        (b"klantnummer;soort;wijk\n", "row 2"),
        (SOUND.decode().encode("utf-16"), "file"),
        (SOUND.replace(b"koper", b"student"), "row 3, column 'soort'"),
        (SOUND.replace(b"K2;koper", b"K1;huurder"), "row 3, column 'klantnummer'"),
        (SOUND.replace(b"K2;koper;Cool", b'K2;"koper;Cool'), "row 3"),
        (SOUND + "K4;koper;Cité\n".encode() + "K5;koper;Cité\n".encode("cp1252"), "row 5"),
    ],
    ids=[
        "tabs",
        "wrong delimiter in a row",
        "ragged",
        "nul",
        "duplicate header",
        "name",
        "bsn",
        "birth date",
        "nationality",
        "birth country",
        "phone",
        "address",
        "unknown column",
        "cell of 1 MB",
        "empty",
        "no rows",
        "utf-16",
        "unknown kind",
        "same row twice",
        "open quote",
        "two encodings",
    ],
)
def test_a_bad_register_is_refused_with_its_place_and_changes_nothing(
    data: bytes,
    told: str,
    file: Path,
    ready: Settings,
    database: Database,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file.write_bytes(data)
    assert import_file(file, ready) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"{told}: ")
    words = shown.err.split(": ", 1)[1]
    assert not words.startswith("register.problem"), "the problem has no words"
    assert kept(database) == (0, 0)


def test_a_sound_register_waits_for_approval_and_changes_nothing_yet(
    file: Path, ready: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(SOUND)
    assert import_file(file, ready) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["state"], shown["new"], shown["problems"]) == ("planned", 3, 0)
    assert kept(database) == (1, 0)


def test_of_very_many_problems_the_rest_is_counted(
    file: Path, ready: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(b"klantnummer;soort\n" + b"K1\n" * 1_000)
    assert import_file(file, ready) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 201
    assert lines[-1] == "… +800"


def test_a_file_that_is_not_there_is_refused(ready: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"register\.file_unreadable"):
        import_file(tmp_path / "nowhere.csv", ready)
