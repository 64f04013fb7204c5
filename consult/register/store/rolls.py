"""Where rolls, their entries and their codes are kept."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.register.core.base import AgeBand, Dwelling, Household, Kind, Tenancy
from consult.register.core.roll import Entry, Purpose, Roll
from consult.register.store.chunks import CHUNK, write
from consult.register.tables import RollCodeRow, RollEntryRow, RollRow

_ENTRY = (
    RollEntryRow.id,
    RollEntryRow.customer_number,
    RollEntryRow.kind,
    RollEntryRow.age_band,
    RollEntryRow.neighbourhood,
    RollEntryRow.dwelling,
    RollEntryRow.tenancy,
    RollEntryRow.household,
)


def add_roll(session: Session, roll: Roll, salt: bytes, entries: Iterable[Entry]) -> None:
    """Keep a new roll with its entries."""
    session.execute(
        insert(RollRow).values(
            id=roll.id,
            purpose=roll.purpose,
            activity_id=roll.activity_id,
            reference_date=roll.reference_date,
            size=roll.size,
            salt=salt,
            fingerprint=roll.fingerprint,
            kinds=sorted(roll.kinds),
        )
    )
    rows = ({"roll_id": roll.id, **_columns(entry)} for entry in entries)
    write(session, insert(RollEntryRow), rows)


def roll(session: Session, roll_id: str) -> Roll | None:
    """The roll of that id."""
    return _one(session, RollRow.id == roll_id)


def roll_for(session: Session, purpose: Purpose, activity_id: str) -> Roll | None:
    """The roll that was drawn for an activity."""
    return _one(session, (RollRow.purpose == purpose) & (RollRow.activity_id == activity_id))


def salt(session: Session, roll_id: str) -> bytes:
    """The secret salt of a roll's fingerprint, for freezing and for an auditor."""
    return session.execute(select(RollRow.salt).where(RollRow.id == roll_id)).scalar_one()


def freeze(session: Session, roll_id: str, now: datetime) -> bool:
    """Freeze the roll unless it was frozen before; whether that happened."""
    frozen = session.execute(
        update(RollRow)
        .where(RollRow.id == roll_id, RollRow.frozen_at.is_(None))
        .values(frozen_at=now)
        .returning(RollRow.id)
    )
    return frozen.first() is not None


def entries(session: Session, roll_id: str) -> Iterator[Entry]:
    """Everybody on the roll, in the meaningless order of entry ids."""
    chosen = select(*_ENTRY).where(RollEntryRow.roll_id == roll_id).order_by(RollEntryRow.id)
    for row in session.execute(chosen.execution_options(yield_per=CHUNK)):
        yield _entry(*row)


def entry(session: Session, entry_id: str) -> Entry | None:
    """One entry of any roll."""
    row = session.execute(select(*_ENTRY).where(RollEntryRow.id == entry_id)).one_or_none()
    return None if row is None else _entry(*row)


def entry_by_number(session: Session, roll_id: str, customer_number: str) -> Entry | None:
    """The entry of that customer on the roll."""
    chosen = select(*_ENTRY).where(
        RollEntryRow.roll_id == roll_id, RollEntryRow.customer_number == customer_number
    )
    row = session.execute(chosen).one_or_none()
    return None if row is None else _entry(*row)


def has_codes(session: Session, roll_id: str) -> bool:
    """Whether codes were ever made for the roll."""
    any_code = (
        select(RollCodeRow.tag)
        .join(RollEntryRow, RollEntryRow.id == RollCodeRow.entry_id)
        .where(RollEntryRow.roll_id == roll_id)
        .limit(1)
    )
    return session.execute(any_code).first() is not None


def add_codes(session: Session, tags: Iterable[tuple[str, str]]) -> None:
    """Keep pairs of tag and entry id."""
    rows = ({"tag": tag, "entry_id": entry_id} for tag, entry_id in tags)
    write(session, insert(RollCodeRow), rows)


def drop_codes(session: Session, roll_id: str) -> None:
    """Erase the tags of a roll's codes: nobody takes part with them any more."""
    entries_of_roll = select(RollEntryRow.id).where(RollEntryRow.roll_id == roll_id)
    session.execute(delete(RollCodeRow).where(RollCodeRow.entry_id.in_(entries_of_roll)))


def entry_by_tag(session: Session, roll_id: str, tag: str) -> Entry | None:
    """The entry of that roll whose code has this tag."""
    found = (
        select(*_ENTRY)
        .join(RollCodeRow, RollCodeRow.entry_id == RollEntryRow.id)
        .where(RollCodeRow.tag == tag, RollEntryRow.roll_id == roll_id)
    )
    row = session.execute(found).one_or_none()
    return None if row is None else _entry(*row)


def _one(session: Session, condition: object) -> Roll | None:
    columns = (
        RollRow.id,
        RollRow.purpose,
        RollRow.activity_id,
        RollRow.reference_date,
        RollRow.size,
        RollRow.frozen_at,
        RollRow.fingerprint,
        RollRow.kinds,
    )
    row = session.execute(select(*columns).where(condition)).one_or_none()  # type: ignore[arg-type]
    if row is None:
        return None
    return Roll(row[0], Purpose(row[1]), *row[2:7], frozenset(Kind(kind) for kind in row[7]))


def _columns(entry: Entry) -> dict[str, str]:
    return {
        "id": entry.id,
        "customer_number": entry.customer_number,
        "kind": entry.kind,
        "age_band": entry.age_band,
        "neighbourhood": entry.neighbourhood,
        "dwelling": entry.dwelling,
        "tenancy": entry.tenancy,
        "household": entry.household,
    }


def _entry(
    entry_id: str,
    number: str,
    kind: str,
    band: str,
    neighbourhood: str,
    dwelling: str,
    tenancy: str,
    household: str,
) -> Entry:
    return Entry(
        entry_id,
        number,
        Kind(kind),
        AgeBand(band),
        neighbourhood,
        Dwelling(dwelling),
        Tenancy(tenancy),
        Household(household),
    )
