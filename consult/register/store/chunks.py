"""Writing and reading many rows: few round trips, little memory."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from sqlalchemy import Executable
from sqlalchemy.orm import Session

CHUNK: Final = 2_000
"""Rows for one statement."""


def write(session: Session, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
    """Carry out the statement for each of the rows, which need not be in memory together."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        session.connection().execute(statement, chunk)
