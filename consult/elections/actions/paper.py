"""What is asked on the paper of an election, from the rules in force when the elected begin."""

from sqlalchemy.orm import Session

from consult.council.actions.board import officers_on
from consult.council.actions.rules import agreement_on
from consult.council.core.agreement import Agreement
from consult.elections.core.election import Election, Plan
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.paper import Asked, offices, paper
from consult.elections.store import people

_QUESTIONS = {CHAIR: "%s – voorzitter", EXECUTIVE: "%s – dagelijks bestuur", BOARD: "%s"}


def rules_for(session: Session, plan: Plan) -> Agreement:
    """The rules that are in force on the first day of the elected."""
    return agreement_on(session, plan.seats_from)


def elects(session: Session, plan: Plan) -> tuple[str, ...]:
    """The offices that voters elect, in the order of the paper; the board is always there."""
    return offices(rules_for(session, plan), officers_on(session, plan.seats_from))


def asked(session: Session, election: Election) -> tuple[Asked, ...]:
    """The questions of the paper as they would be sealed now."""
    rules = rules_for(session, election.plan)
    return paper(
        election.uuid,
        election.plan,
        people.candidates(session, election.id),
        rules,
        rules.board,
        officers_on(session, election.plan.seats_from),
    )


def question(title: str, office: str) -> str:
    """What a question is called in the files of the election, which are in Dutch."""
    return _QUESTIONS[office] % title
