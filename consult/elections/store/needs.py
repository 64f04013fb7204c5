"""What the profile of an election says that its board needs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.council.core.rules import IfShort
from consult.elections import tables as t
from consult.elections.core.profile import Attribute, Competence, Needs, Reserved


def needs(session: Session, election_id: str) -> Needs:
    """The competences and the reserved seats, in their order."""
    held = session.scalar(select(t.Election.needs).where(t.Election.id == election_id)) or {}
    return Needs(
        tuple(Competence(**one) for one in held.get("competences", ())),
        tuple(
            Reserved(
                one["id"],
                Attribute(one["attribute"]),
                tuple(one["values"]),
                one["seats"],
                IfShort(one["if_short"]),
            )
            for one in held.get("reserved", ())
        ),
    )
