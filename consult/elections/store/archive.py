"""The archive of an election: an append-only chain of blocks, and where each ballot stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from consult.belenios.archive import BLOCK, Appended, Chain, Kind
from consult.elections.tables import archive as t


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ballot stands in the archive."""

    tracker: str
    height: int
    event: str


def begin(session: Session, election_id: str, begun: Appended) -> None:
    """Start the archive: its header."""
    chain = begun.chain
    session.execute(
        insert(t.ArchiveHead).values(
            election_id=election_id,
            timestamp=chain.timestamp,
            height=chain.height,
            head=chain.head,
            last=chain.last,
        )
    )
    _add_block(session, election_id, 0, begun.block)


def chain(session: Session, election_id: str) -> Chain | None:
    """Where the archive stands; nobody else can append until this transaction ends."""
    head = t.ArchiveHead
    row = session.execute(
        select(head.timestamp, head.height, head.head, head.last)
        .where(head.election_id == election_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return None
    return Chain(row.timestamp, row.height, row.head, Kind(row.last) if row.last else None)


def append(session: Session, election_id: str, appended: Appended) -> None:
    """Append one event to the chain that :func:`chain` gave."""
    after = appended.chain
    session.execute(
        update(t.ArchiveHead)
        .where(t.ArchiveHead.election_id == election_id)
        .values(height=after.height, head=after.head, last=after.last)
    )
    _add_block(session, election_id, after.height, appended.block)


def place(session: Session, election_id: str, tracker: str) -> Place | None:
    """Where the ballot with that tracker stands, or ``None``."""
    row = session.execute(
        select(t.Ballot.tracker, t.Ballot.height, t.Ballot.event).where(
            t.Ballot.election_id == election_id, t.Ballot.tracker == tracker
        )
    ).one_or_none()
    return None if row is None else Place(row.tracker, row.height, row.event)


def has_voted(session: Session, election_id: str, credential_hash: str) -> bool:
    """Whether a ballot of that credential is in the archive."""
    found = session.scalar(
        select(t.Ballot.height)
        .where(t.Ballot.election_id == election_id, t.Ballot.credential == credential_hash)
        .limit(1)
    )
    return found is not None


def is_last(session: Session, election_id: str, tracker: str) -> bool:
    """Whether this ballot is the one of its voter that counts."""
    own = select(t.Ballot.credential, t.Ballot.height).where(
        t.Ballot.election_id == election_id, t.Ballot.tracker == tracker
    )
    row = session.execute(own).one()
    latest = session.scalar(
        select(func.max(t.Ballot.height)).where(
            t.Ballot.election_id == election_id, t.Ballot.credential == row.credential
        )
    )
    return bool(latest == row.height)


def add_ballot(
    session: Session, election_id: str, where: Place, credential_hash: str, size: int
) -> None:
    """Note where a ballot stands."""
    session.execute(
        insert(t.Ballot).values(
            election_id=election_id,
            tracker=where.tracker,
            credential=credential_hash,
            height=where.height,
            event=where.event,
            size=size,
        )
    )


def voters(session: Session, election_id: str) -> list[str]:
    """Hashes of the credentials that have voted, each once."""
    return list(
        session.scalars(
            select(t.Ballot.credential).where(t.Ballot.election_id == election_id).distinct()
        )
    )


def count_voters(session: Session, election_id: str) -> int:
    """How many people have voted."""
    counted = func.count(t.Ballot.credential.distinct())
    return session.scalar(select(counted).where(t.Ballot.election_id == election_id)) or 0


def count_ballots(session: Session, election_id: str) -> int:
    """How many ballots were taken in, those that were replaced later included."""
    counted = select(func.count()).select_from(t.Ballot).where(t.Ballot.election_id == election_id)
    return session.scalar(counted) or 0


def count_replaced(session: Session, election_id: str) -> int:
    """How many ballots are followed by a later one of the same credential."""
    later = aliased(t.Ballot)
    followed = exists().where(
        later.election_id == t.Ballot.election_id,
        later.credential == t.Ballot.credential,
        later.height > t.Ballot.height,
    )
    counted = select(func.count()).select_from(t.Ballot)
    return session.scalar(counted.where(t.Ballot.election_id == election_id, followed)) or 0


def last_ballots(session: Session, election_id: str) -> Iterator[bytes]:
    """The bytes of the ballots that count: of each credential the one cast last."""
    latest = (
        select(func.max(t.Ballot.height).label("height"))
        .where(t.Ballot.election_id == election_id)
        .group_by(t.Ballot.credential)
        .subquery()
    )
    rows = session.execute(
        select(t.ArchiveBlock.block, t.Ballot.size)
        .join(latest, t.ArchiveBlock.number == latest.c.height + 1)
        .join(
            t.Ballot,
            (t.Ballot.election_id == t.ArchiveBlock.election_id)
            & (t.Ballot.height == latest.c.height),
        )
        .where(t.ArchiveBlock.election_id == election_id)
        .order_by(t.ArchiveBlock.number)
        .execution_options(yield_per=500)
    )
    for row in rows:
        yield row.block[BLOCK : BLOCK + row.size]


def blocks(session: Session, election_id: str) -> Iterator[bytes]:
    """The archive, block by block; who takes no more of them closes the iterator."""
    found = (
        select(t.ArchiveBlock.block)
        .where(t.ArchiveBlock.election_id == election_id)
        .order_by(t.ArchiveBlock.number)
        .execution_options(yield_per=200)
    )
    with session.scalars(found) as rows:
        yield from rows


def _add_block(session: Session, election_id: str, number: int, block: bytes) -> None:
    session.execute(
        insert(t.ArchiveBlock).values(election_id=election_id, number=number, block=block)
    )
