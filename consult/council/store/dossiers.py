"""Where dossiers are kept. There is no function that changes an entry."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.council.core.dossier import Dossier, Entry, Kind, Outcome, Said, Step, Way
from consult.council.tables import DossierEntryRow, SubjectRow


def add(session: Session, consultation_id: str, entry: Entry) -> None:
    """Keep a new entry."""
    session.execute(
        insert(DossierEntryRow).values(
            consultation_id=consultation_id,
            number=entry.number,
            kind=entry.kind,
            step=entry.step,
            day=entry.said.day,
            due=entry.said.due,
            texts=dict(entry.said.texts),
            way=entry.said.way,
            outcome=entry.said.outcome,
            noted_at=entry.noted_at,
            corrects=entry.corrects,
        )
    )


def claim(session: Session, consultation_id: str) -> Dossier:
    """The dossier, for this transaction alone to add to."""
    held = select(SubjectRow.consultation_id).where(SubjectRow.consultation_id == consultation_id)
    session.execute(held.with_for_update())
    return dossier(session, consultation_id)


def dossier(session: Session, consultation_id: str) -> Dossier:
    """The dossier of one consultation; without entries before it opened."""
    rows = session.scalars(
        select(DossierEntryRow)
        .where(DossierEntryRow.consultation_id == consultation_id)
        .order_by(DossierEntryRow.number)
    )
    return Dossier(tuple(_read(rows)))


def dossiers(session: Session) -> dict[str, Dossier]:
    """All dossiers, by the id of the consultation."""
    found = defaultdict(list)
    for row in session.scalars(select(DossierEntryRow).order_by(DossierEntryRow.number)):
        found[row.consultation_id].append(row)
    return {name: Dossier(tuple(_read(rows))) for name, rows in found.items()}


def _read(rows: Iterable[DossierEntryRow]) -> list[Entry]:
    return [
        Entry(
            number=row.number,
            kind=Kind(row.kind),
            step=Step(row.step),
            said=Said(
                day=row.day,
                texts=row.texts,
                due=row.due,
                way=Way(row.way) if row.way else None,
                outcome=Outcome(row.outcome) if row.outcome else None,
            ),
            noted_at=row.noted_at,
            corrects=row.corrects,
        )
        for row in rows
    ]
