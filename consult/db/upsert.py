"""Insert or replace in one statement, which both databases spell alike and SQLAlchemy does not."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.db.types import Base


def insert_into(session: Session, row: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ``on_conflict_do_update`` and ``on_conflict_do_nothing``.

    Two requests that write the same row at once then both succeed, the later one last.
    """
    table = cast("Table", row.__table__)
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if on_sqlite else postgresql.insert(table)
