"""The sets of rules: the one that the program ships with, and those that the council adopted."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.council.core.agreement import Agreement
from consult.council.core.rule_file import fingerprint, read, write
from consult.council.core.versions import Version
from consult.council.tables import AgreementRow

SHIPPED: Final = "2016"
"""The name of the set that every installation begins with."""


@cache
def first() -> Agreement:
    """The agreement of 2016, with which every installation begins."""
    return read((files("consult.council") / "agreements" / "2016.json").read_bytes())


def agreements(session: Session) -> tuple[Agreement, ...]:
    """All sets that hold or will, as :func:`adopted` orders them."""
    return tuple(version.agreement for version in adopted(session))


def adopted(session: Session) -> tuple[Version, ...]:
    """All sets that hold, held or will, by their first day.

    Of those with the same one the last adopted stands last.
    """
    rows = session.scalars(
        select(AgreementRow)
        .where(AgreementRow.adopted_at.is_not(None))
        .order_by(AgreementRow.start, AgreementRow.adopted_at, AgreementRow.id)
    )
    shipped = Version(SHIPPED, first(), fingerprint(first()))
    found = [shipped, *(_version(row) for row in rows)]
    return tuple(sorted(found, key=lambda one: one.agreement.start))


def by_fingerprint(session: Session, sha256: str) -> Agreement:
    """The set that something was sealed with; what was adopted is never erased."""
    return next(one.agreement for one in adopted(session) if one.sha256 == sha256)


def waiting(session: Session) -> tuple[Version, ...]:
    """The sets that were handed in and wait to be decided on, oldest first."""
    rows = session.scalars(
        select(AgreementRow)
        .where(AgreementRow.adopted_at.is_(None), AgreementRow.dropped_at.is_(None))
        .order_by(AgreementRow.handed_in_at, AgreementRow.id)
    )
    return tuple(_version(row) for row in rows)


def version(session: Session, version_id: str) -> Version | None:
    """One set, whatever became of it."""
    row = session.get(AgreementRow, version_id)
    if row is None:
        return next((one for one in adopted(session) if one.id == version_id), None)
    return _version(row)


def add(
    session: Session, who: Actor, now: datetime, version_id: str, agreement: Agreement
) -> Version:
    """Keep a set that was handed in."""
    made = Version(version_id, agreement, fingerprint(agreement), handed_in_at=now)
    session.execute(
        insert(AgreementRow).values(
            id=made.id,
            start=agreement.start,
            end=agreement.end,
            body=write(agreement),
            sha256=made.sha256,
            handed_in_by=who.account_id,
            handed_in_at=now,
        )
    )
    return made


def hold(session: Session) -> None:
    """Let nobody else adopt a set until the transaction ends: each replaces what it was shown."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        session.execute(text("LOCK TABLE council_agreement IN SHARE ROW EXCLUSIVE MODE"))


def adopt(session: Session, version_id: str, now: datetime) -> None:
    """The set is adopted: it holds from its first day on."""
    session.execute(
        update(AgreementRow).where(AgreementRow.id == version_id).values(adopted_at=now)
    )


def drop(session: Session, version_id: str, now: datetime) -> None:
    """The set is decided against."""
    session.execute(
        update(AgreementRow).where(AgreementRow.id == version_id).values(dropped_at=now)
    )


@cache
def _read(body: bytes) -> Agreement:
    return read(body)


def _version(row: AgreementRow) -> Version:
    return Version(
        row.id,
        _read(row.body),
        row.sha256,
        handed_in_at=row.handed_in_at,
        adopted_at=row.adopted_at,
        dropped_at=row.dropped_at,
    )
