"""An election as an activity to report on: who took part, never what they chose."""

from sqlalchemy.orm import Session

from consult.elections.actions import closing
from consult.elections.store import elections
from consult.register.store import rolls
from consult.reports.actions import bodies
from consult.reports.actions.activities import Activity, Kind
from consult.reports.core import counted
from consult.reports.core.edition import Readers


def election_made(session: Session, votes: bytes, election_id: str, readers: Readers) -> Activity:
    """Who took part in an election, who stood, and who sits.

    ``votes`` is ``settings.key("elections.marks")``.

    Raises:
        Refusal: ``elections.unknown``, or ``elections.not_closed`` while people may still vote.
    """
    found = closing.turnout(session, votes, election_id)
    election = elections.get(session, election_id)
    roll = rolls.roll(session, election.roll_id or "")
    return Activity(
        id=election.id,
        kind=Kind.ELECTION,
        title=election.plan.title,
        slug=f"deelname-verkiezing-{election.uuid.lower()}",
        reference_date=election.plan.reference_date,
        closed_at=election.closed_at or election.plan.closes_at,
        chain=counted.asked(found, bodies.of_election(session, election, found, readers)),
        roll_fingerprint=roll.fingerprint if roll else "",
        roll_size=roll.size if roll else 0,
    )
