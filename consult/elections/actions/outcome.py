"""From totals to a board: the count under the rules of the seal."""

from sqlalchemy.orm import Session

from consult.belenios import tally
from consult.elections.actions.lot import lot_of
from consult.elections.core import official
from consult.elections.core.balance import Balance
from consult.elections.core.election import digest
from consult.elections.core.official import Box, Counted
from consult.elections.core.sealed import Outcome, count_sealed
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import voters
from consult.refusal import Refusal


def outcome(session: Session, election_id: str) -> Outcome:
    """Count the totals under the rules of the seal; the same totals always give the same bytes.

    Raises:
        Refusal: ``elections.no_totals`` as long as the votes are not opened;
            ``elections.unknown``.
    """
    election, seal = store.get(session, election_id), store.seal(session, election_id)
    if election.totals is None or seal is None:
        raise Refusal("elections.no_totals")
    return count_sealed(seal, election.totals, election.voters or 0, lot_of(session, election))


def counted(session: Session, election_id: str) -> Counted:
    """The count of an election with the people in it.

    Raises:
        Refusal: as :func:`outcome`; ``elections.draw_needed``.
    """
    found, election = outcome(session, election_id), store.get(session, election_id)
    chain = box.chain(session, election_id)
    return official.counted(
        store.seal(session, election_id) or b"",
        found,
        lot_of(session, election),
        Box(
            balance=balance(session, election_id),
            voters=voters.count_credentials(session, election_id),
            head=str(chain.head) if chain else "",
            totals=digest(tally.result_file(election.totals or ())),
        ),
    )


def balance(session: Session, election_id: str) -> Balance:
    """The ballot box of a closed election, counted in ways that know nothing of each other."""
    return Balance(
        cast=box.count_ballots(session, election_id),
        replaced=box.count_replaced(session, election_id),
        counted=store.get(session, election_id).voters or 0,
        marked=voters.count_participants(session, election_id),
    )
