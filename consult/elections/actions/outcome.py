"""From totals to a board: the count under the rules, and a draw where one is needed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.elections.actions.lot import lot_of
from consult.elections.core.balance import Balance
from consult.elections.core.election import Election, digest, parse_seal
from consult.elections.core.outcome import Count
from consult.elections.core.sealed import OfficeCount, Outcome, count_sealed
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import voters
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Counted:
    """An election whose count is complete, with the people in it.

    ``offices``: the count of each, the board last. ``names`` are by candidate; ``voters`` is how
    many could vote. The hashes are those of the roll, the seal and the record.
    """

    election: Election
    offices: tuple[OfficeCount, ...]
    names: Mapping[str, str]
    voters: int
    balance: Balance
    roll_hash: str
    seal_hash: str
    record_hash: str

    @property
    def result(self) -> Count:
        """How the count of the board ended."""
        return self.offices[-1].result

    @property
    def elected(self) -> tuple[str, ...]:
        """Everybody who was elected, to whatever office, in the order of the counts."""
        return tuple(one for office in self.offices for one in office.result.elected)


def outcome(session: Session, election_id: str) -> Outcome:
    """Count the totals under the rules of the seal; the same totals always give the same bytes.

    Raises:
        Refusal: ``elections.no_totals`` as long as the votes are not opened;
            ``elections.unknown``.
    """
    election, seal = store.get(session, election_id), store.seal(session, election_id)
    if election.totals is None or seal is None:
        raise Refusal("elections.no_totals")
    lot = lot_of(session, election)
    return count_sealed(seal, election.totals, election.voters or 0, lot)


def counted(session: Session, election_id: str) -> Counted:
    """The count of an election with the people in it.

    Raises:
        Refusal: as :func:`outcome`; ``elections.draw_needed``.
    """
    found = outcome(session, election_id)
    if not found.offices:
        raise Refusal("elections.draw_needed")
    seal = store.seal(session, election_id) or b""
    sealed = parse_seal(seal)
    return Counted(
        election=store.get(session, election_id),
        offices=found.offices,
        names={one["id"]: one["name"] for one in sealed["candidates"]},
        voters=voters.count_credentials(session, election_id),
        balance=balance(session, election_id),
        roll_hash=sealed["roll_fingerprint"],
        seal_hash=digest(seal),
        record_hash=digest(found.record),
    )


def balance(session: Session, election_id: str) -> Balance:
    """The ballot box of a closed election, counted in ways that know nothing of each other."""
    return Balance(
        cast=box.count_ballots(session, election_id),
        replaced=box.count_replaced(session, election_id),
        counted=store.get(session, election_id).voters or 0,
        marked=voters.count_participants(session, election_id),
    )
