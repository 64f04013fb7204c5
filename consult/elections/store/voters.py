"""Who may vote, known by hashes alone, and how many of each group did."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.elections.tables import voters as t


def add_credentials(
    session: Session,
    election_id: str,
    file: bytes,
    hashes: Iterable[str],
    marks: Iterable[tuple[str, str]],
) -> None:
    """Store the public credentials in the order of their hashes, and the marks of the voters.

    Both are sorted by a hash, so that the order of the rows joins nothing.
    """
    session.execute(insert(t.CredentialFile).values(election_id=election_id, body=file))
    session.execute(
        insert(t.PublicCredential),
        [{"election_id": election_id, "hash": one} for one in sorted(hashes)],
    )
    session.execute(
        insert(t.VoterMark),
        [
            {"election_id": election_id, "mark": mark, "entry_id": entry}
            for mark, entry in sorted(marks)
        ],
    )


def credentials_file(session: Session, election_id: str) -> bytes:
    """The public credentials, as the archive carries them."""
    return session.get_one(t.CredentialFile, election_id).body


def knows_credential(session: Session, election_id: str, credential_hash: str) -> bool:
    """Whether the credential is one of the election's."""
    found = session.scalar(
        select(t.PublicCredential.hash).where(
            t.PublicCredential.election_id == election_id,
            t.PublicCredential.hash == credential_hash,
        )
    )
    return found is not None


def count_credentials(session: Session, election_id: str) -> int:
    """How many people may vote."""
    return (
        session.scalar(
            select(func.count())
            .select_from(t.PublicCredential)
            .where(t.PublicCredential.election_id == election_id)
        )
        or 0
    )


def entries_by_mark(session: Session, election_id: str) -> Mapping[str, str]:
    """Entry of the roll by mark, for the one count of turnout after closing."""
    rows = session.execute(
        select(t.VoterMark.mark, t.VoterMark.entry_id).where(t.VoterMark.election_id == election_id)
    )
    return {row.mark: row.entry_id for row in rows}


def forget_marks(session: Session, election_id: str) -> None:
    """Erase what could have joined a person to a credential."""
    session.execute(delete(t.VoterMark).where(t.VoterMark.election_id == election_id))


def count_participants(session: Session, election_id: str) -> int:
    """How many people on the roll took part, over all groups; 0 before closing."""
    sealed = select(t.SealedTurnout.participants).where(t.SealedTurnout.election_id == election_id)
    found = session.scalar(sealed)
    if found is not None:
        return found
    in_clear = func.sum(t.Turnout.participants)
    return session.scalar(select(in_clear).where(t.Turnout.election_id == election_id)) or 0


def keep_turnout(session: Session, election_id: str, participants: int, body: bytes) -> None:
    """Keep sealed counts of who was invited and took part."""
    session.execute(
        insert(t.SealedTurnout).values(
            election_id=election_id, participants=participants, body=body
        )
    )


def turnout(session: Session, election_id: str) -> bytes | None:
    """What :func:`keep_turnout` kept, or ``None`` before that."""
    return session.scalar(
        select(t.SealedTurnout.body).where(t.SealedTurnout.election_id == election_id)
    )


def in_clear(session: Session) -> list[str]:
    """Ids of the elections of which turnout stands in clear, as it was kept once."""
    return list(session.scalars(select(t.Turnout.election_id).distinct()))


def turnout_in_clear(session: Session, election_id: str) -> list[tuple[str, str, str, int, int]]:
    """Kind, age band, neighbourhood, invited, participants."""
    rows = session.execute(
        select(
            t.Turnout.kind,
            t.Turnout.age_band,
            t.Turnout.neighbourhood,
            t.Turnout.invited,
            t.Turnout.participants,
        ).where(t.Turnout.election_id == election_id)
    )
    return [(r.kind, r.age_band, r.neighbourhood, r.invited, r.participants) for r in rows]


def blank_turnout_in_clear(session: Session, election_id: str) -> None:
    """Erase turnout in clear; one empty row says that the files still hold it."""
    drop_turnout_in_clear(session, election_id)
    empty = {"kind": "", "age_band": "", "neighbourhood": "", "invited": 0, "participants": 0}
    session.execute(insert(t.Turnout).values(election_id=election_id, **empty))


def drop_turnout_in_clear(session: Session, election_id: str) -> None:
    """Erase all rows of turnout in clear."""
    session.execute(delete(t.Turnout).where(t.Turnout.election_id == election_id))
