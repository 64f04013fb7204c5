"""The attacks of somebody who has every file of the database, at several moments, and its secrets.

What she wants is to join opened answers to people. She sorts what she has of people in every way
that a database remembers (how rows lie, in which transaction they came, by each column, by length,
by where their bytes stand in the files), sorts answers in the same ways, and lays the two beside
each other (reference/security.md, finding 1 and T7). She is given for nothing whose mark, slot and
envelope each are, and what every answer says.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from consult.db.session import Database

Label = str
Order = list[Label]
Labels = Callable[[Mapping[str, Any]], Label | None]
"""Of whom a row is; ``None`` when it is of somebody else's consultation."""


@dataclass(frozen=True)
class Snapshot:
    """The files of the database at one moment."""

    name: str
    data: tuple[bytes, ...]

    def place(self, token: bytes) -> tuple[int, int]:
        """The first file and the first place in it where a token stands; (-1, -1) when nowhere.

        In a log that is when it was written.
        """
        for number, one in enumerate(self.data):
            if (found := one.find(token)) >= 0:
                return number, found
        return -1, -1


def snapshot(database: Database, name: str) -> Snapshot:
    """All bytes that somebody who runs the machine can copy."""
    engine = database.engine
    if engine.dialect.name == "sqlite":
        path = str(engine.url.database)
        files = [Path(path + ending) for ending in ("-wal", "")]
    else:
        with engine.connect() as connection:
            folder = Path(str(connection.scalar(text("SHOW data_directory"))))
        files = [one for one in sorted((folder / "pg_wal").iterdir()) if one.is_file()]
    return Snapshot(name, tuple(one.read_bytes() for one in files if one.exists()))


def orders(
    database: Database, table: str, label: Labels, snapshots: Sequence[Snapshot] = ()
) -> dict[str, Order]:
    """Everybody with a row in ``table``, in each order that the table and the files betray."""
    with database.engine.connect() as connection:
        found = dict(_stored(connection, table, label))
    lying = found["as rows lie"]
    for column in lying[0][1] if lying else ():
        found[f"by {column}"] = sorted(lying, key=lambda row: _sortable(row[1][column]))
        found[f"by the length of {column}"] = sorted(
            lying, key=lambda row: len(str(row[1][column]))
        )
        for one in snapshots:
            places = [(one.place(_token(row[1][column])), row) for row in lying]
            if all(place >= (0, 0) for place, _ in places):
                ordered = sorted(places, key=lambda pair: pair[0])
                found[f"by {column} in the files {one.name}"] = [row for _, row in ordered]
    return {f"{table} {how}": [who for who, _ in rows] for how, rows in found.items()}


_Rows = list[tuple[Label, dict[str, Any]]]


def _stored(connection: Connection, table: str, label: Labels) -> Iterator[tuple[str, _Rows]]:
    hidden = {"as rows lie": ""}
    if connection.dialect.name == "postgresql":
        hidden = {
            "as rows lie": " ORDER BY ctid",
            "by transaction": " ORDER BY xmin::text::bigint, ctid",
        }
    for how, order in hidden.items():
        rows = connection.execute(text(f"SELECT * FROM {table}{order}")).mappings()  # noqa: S608
        labelled = ((label(dict(row)), dict(row)) for row in rows)
        yield how, [(who, row) for who, row in labelled if who is not None]


def _token(value: object) -> bytes:
    """Enough of a value to find it by."""
    return bytes(value)[:40] if isinstance(value, bytes | memoryview) else str(value).encode()


def _sortable(value: object) -> tuple[str, bytes]:
    return type(value).__name__, _token(value)


def best(
    people: Mapping[str, Order], answers: Mapping[str, Order]
) -> dict[tuple[str, str, str], int]:
    """How many people each way of laying two orders beside each other joins rightly."""
    found = {}
    for how, one in people.items():
        for other_how, other in answers.items():
            for way, laid in (("along", other), ("against", other[::-1])):
                hits = sum(a == b for a, b in zip(one, laid, strict=False))
                found[how, other_how, way] = hits
    return found
