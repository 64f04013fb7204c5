"""What is asked on the paper of an election, from the rules in force when the elected begin."""

from sqlalchemy.orm import Session

from consult.council.actions.board import officers_on
from consult.council.actions.rules import agreement_on
from consult.council.core.agreement import Agreement
from consult.council.store import agreements
from consult.elections.core.election import Election, parse_seal
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.paper import Asked, offices, paper
from consult.elections.core.profile import rules_of
from consult.elections.store import people
from consult.elections.store import profile as profiles

_QUESTIONS = {CHAIR: "%s – voorzitter", EXECUTIVE: "%s – dagelijks bestuur", BOARD: "%s"}


def rules_for(session: Session, election: Election) -> Agreement:
    """The rules of an election: those of its published profile, whatever was adopted since.

    Before that, the rules that are in force on the first day of the elected.
    """
    profile = profiles.seal(session, election.id)
    if profile is None:
        return agreement_on(session, election.plan.seats_from)
    return agreements.by_fingerprint(session, parse_seal(profile)["rules"]["sha256"])


def elects(session: Session, election: Election) -> tuple[str, ...]:
    """The offices that voters elect, in the order of the paper; the board is always there."""
    first_day = election.plan.seats_from
    return offices(rules_for(session, election), officers_on(session, first_day))


def asked(session: Session, election: Election) -> tuple[Asked, ...]:
    """The questions of the paper as they would be sealed now."""
    rules = rules_for(session, election)
    return paper(
        election.uuid,
        election.plan,
        people.candidates(session, election.id),
        rules,
        rules_of(rules.board, election.needs),
        officers_on(session, election.plan.seats_from),
    )


def question(title: str, office: str) -> str:
    """What a question is called in the files of the election, which are in Dutch."""
    return _QUESTIONS[office] % title
