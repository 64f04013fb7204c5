"""Who may vote and stand: the kinds of customers that the rules of the board name."""

from sqlalchemy.orm import Session

from consult.elections.actions.paper import rules_for
from consult.elections.core.election import Election
from consult.refusal import Refusal
from consult.register.core.base import Kind
from consult.register.core.roll import Electorate
from consult.register.store import rolls


def electorate(session: Session, election: Election) -> Electorate:
    """Who may vote and stand under the rules of the election."""
    settings = rules_for(session, election).settings
    return Electorate(frozenset(Kind(kind) for kind in settings.electorate))


def refuse_other_electorate(session: Session, election: Election) -> None:
    """Refuse to go on with a roll that was drawn before newer rules said who may vote.

    Raises:
        Refusal: ``elections.roll_other_rules``.
    """
    drawn = rolls.roll(session, str(election.roll_id))
    if drawn is not None and drawn.kinds != electorate(session, election).kinds:
        raise Refusal("elections.roll_other_rules")
