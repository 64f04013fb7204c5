"""Elections, candidates, key holders and credentials."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from consult.elections import tables as t
from consult.elections.core.election import Candidate, Election, KeyHolder, Plan
from consult.elections.core.lots import Lots
from consult.refusal import Refusal

_PLAN = (
    "title",
    "profile",
    "max_board",
    "max_choices",
    "reference_date",
    "opens_at",
    "closes_at",
    "seats_from",
    "seats_until",
)


def add(session: Session, election: Election) -> None:
    """Store a new draft."""
    session.execute(
        insert(t.Election).values(
            id=election.id,
            uuid=election.uuid,
            lots={},
            **{field: getattr(election.plan, field) for field in _PLAN},
        )
    )


def change_plan(session: Session, election_id: str, plan: Plan) -> None:
    """Replace the plan of a draft."""
    _set(session, election_id, **{field: getattr(plan, field) for field in _PLAN})


def get(session: Session, election_id: str) -> Election | None:
    """The election, or ``None``."""
    row = session.get(t.Election, election_id)
    return None if row is None else _election(row)


def by_uuid(session: Session, uuid: str) -> Election | None:
    """The election with that public name, or ``None``."""
    row = session.scalars(select(t.Election).where(t.Election.uuid == uuid)).one_or_none()
    return None if row is None else _election(row)


def lock(session: Session, election_id: str) -> None:
    """Wait until nobody else is changing this election, and keep others waiting."""
    session.execute(select(t.Election.id).where(t.Election.id == election_id).with_for_update())


def every(session: Session) -> list[Election]:
    """All elections, the latest opening first."""
    rows = session.scalars(select(t.Election).order_by(t.Election.opens_at.desc(), t.Election.id))
    return [_election(row) for row in rows]


def to_close(session: Session, now: datetime) -> list[str]:
    """Ids of sealed elections whose end has come but that are not closed yet."""
    return list(
        session.scalars(
            select(t.Election.id).where(
                t.Election.sealed_at.is_not(None),
                t.Election.closed_at.is_(None),
                t.Election.closes_at <= now,
            )
        )
    )


def opened_unchecked(session: Session) -> list[str]:
    """Ids of elections with totals whose archive nobody has started to check."""
    return list(
        session.scalars(
            select(t.Election.id).where(
                t.Election.totals.is_not(None), t.Election.verified.is_(None)
            )
        )
    )


def mark(session: Session, election_id: str, **values: Any) -> None:
    """Note a decision or an event of an election."""
    _set(session, election_id, **values)


def details(session: Session, election_id: str) -> t.Election:
    """The row itself, for what only one action reads: seal, lots, verification.

    Raises:
        Refusal: ``elections.unknown``.
    """
    row = session.get(t.Election, election_id)
    if row is None:
        raise Refusal("elections.unknown")
    return row


def lots(session: Session, election_id: str) -> Lots:
    """What was drawn, and what is being entered of a draw."""
    held = details(session, election_id).lots
    return Lots(tuple(held.get("order", ())), held.get("entry", {}))


def keep_lots(session: Session, election_id: str, lots: Lots) -> None:
    """Keep what was drawn and entered."""
    entry = {account: list(order) for account, order in lots.entry.items()}
    _set(session, election_id, lots={"order": list(lots.order), "entry": entry})


def add_candidate(
    session: Session, election_id: str, candidate: Candidate, customer_number: str
) -> None:
    """Store a candidate."""
    session.execute(
        insert(t.Candidate).values(
            id=candidate.id,
            election_id=election_id,
            customer_number=customer_number,
            name=candidate.name,
            statement=candidate.statement,
            groups=sorted(candidate.groups),
        )
    )


def stands(session: Session, election_id: str, customer_number: str) -> bool:
    """Whether that customer stands already."""
    found = session.scalar(
        select(t.Candidate.id).where(
            t.Candidate.election_id == election_id, t.Candidate.customer_number == customer_number
        )
    )
    return found is not None


def remove_candidate(session: Session, election_id: str, candidate_id: str) -> bool:
    """Take a candidate off a draft; whether there was one."""
    done = session.execute(
        delete(t.Candidate).where(
            t.Candidate.election_id == election_id, t.Candidate.id == candidate_id
        )
    )
    return bool(done.rowcount)  # type: ignore[attr-defined] # a delete's result has it


def candidates(session: Session, election_id: str) -> list[Candidate]:
    """The candidates, by name."""
    rows = session.scalars(
        select(t.Candidate)
        .where(t.Candidate.election_id == election_id)
        .order_by(t.Candidate.name, t.Candidate.id)
    )
    return [Candidate(r.id, r.name, r.statement, frozenset(r.groups)) for r in rows]


def add_holder(session: Session, election_id: str, holder: KeyHolder, token_hash: str) -> None:
    """Store a key holder."""
    session.execute(
        insert(t.TrusteeRow).values(
            id=holder.id,
            election_id=election_id,
            owner=holder.owner,
            name=holder.name,
            token_hash=token_hash,
        )
    )


def holders(session: Session, election_id: str) -> list[KeyHolder]:
    """The key holders, in the order of the archive."""
    rows = session.scalars(
        select(t.TrusteeRow)
        .where(t.TrusteeRow.election_id == election_id)
        .order_by(t.TrusteeRow.owner)
    )
    return [KeyHolder(r.id, r.owner, r.name, r.key, r.decryption) for r in rows]


def holder(session: Session, holder_id: str) -> tuple[str, KeyHolder, str] | None:
    """Election, holder and hash of the token; ``None`` when there is no such holder."""
    r = session.get(t.TrusteeRow, holder_id)
    if r is None:
        return None
    return r.election_id, KeyHolder(r.id, r.owner, r.name, r.key, r.decryption), r.token_hash


def change_holder(session: Session, holder_id: str, **values: Any) -> None:
    """Note the key or the decryption of a holder."""
    session.execute(update(t.TrusteeRow).where(t.TrusteeRow.id == holder_id).values(**values))


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


def add_turnout(session: Session, election_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Store how many of each group were invited and took part."""
    session.execute(insert(t.Turnout), [{"election_id": election_id, **row} for row in rows])


def turnout(session: Session, election_id: str) -> list[tuple[str, str, str, int, int]]:
    """Kind, age band, neighbourhood, invited, participants."""
    rows = session.execute(
        select(
            t.Turnout.kind,
            t.Turnout.age_band,
            t.Turnout.neighbourhood,
            t.Turnout.invited,
            t.Turnout.participants,
        )
        .where(t.Turnout.election_id == election_id)
        .order_by(t.Turnout.kind, t.Turnout.age_band, t.Turnout.neighbourhood)
    )
    return [(r.kind, r.age_band, r.neighbourhood, r.invited, r.participants) for r in rows]


def _set(session: Session, election_id: str, **values: Any) -> None:
    session.execute(update(t.Election).where(t.Election.id == election_id).values(**values))
    session.expire_all()


def _election(row: t.Election) -> Election:
    return Election(
        id=row.id,
        uuid=row.uuid,
        plan=Plan(**{field: getattr(row, field) for field in _PLAN}),
        roll_id=row.roll_id,
        codes_at=row.codes_at,
        sealed_at=row.sealed_at,
        closed_at=row.closed_at,
        totals=None if row.totals is None else tuple(row.totals),
        published_at=row.published_at,
    )
