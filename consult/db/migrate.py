"""Bringing a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from consult.db.session import Database
from consult.refusal import Refusal


def config(url: str) -> Config:
    """Alembic's settings for the database at ``url``."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["url"] = url
    return made


def upgrade(url: str) -> None:
    """Run the migrations that the database has not had yet."""
    command.upgrade(config(url), "head")


def check_current(database: Database, url: str) -> None:
    """Refuse a database that has not had all migrations.

    Raises:
        Refusal: ``db.behind``.
    """
    with database.engine.connect() as connection:
        held = MigrationContext.configure(connection).get_current_heads()
    if set(held) != set(ScriptDirectory.from_config(config(url)).get_heads()):
        raise Refusal("db.behind")
