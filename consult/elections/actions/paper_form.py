"""An application on paper: the secretary enters what somebody without a phone wrote and signed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.db.types import new_id
from consult.elections.actions.call import call_for, roll_of
from consult.elections.actions.standing import accepted_now, asked_of
from consult.elections.core.asking import Asked, Kind, Page, Problem, Step, answered
from consult.elections.core.nomination import Application, Call
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.register.store.rolls import entry_by_number

Given = Mapping[str, Sequence[str]]


def answer_field(number: int) -> str:
    """The field with the answer on page ``number``; the form shows all pages at once."""
    return f"answer-{number}"


def enter_on_paper(
    session: Session,
    who: Actor,
    now: datetime,
    election_id: str,
    number: str,
    given: Given,
    jpeg: bytes | None = None,
) -> Problem | None:
    """Hand in the application of the customer with that number, all pages at once.

    The same tests hold as on the phone; the signed form says that she wants it. What somebody
    began by phone is hers, and is not overwritten.

    Raises:
        Refusal: ``elections.unknown``; ``elections.nominations_early``,
            ``elections.nominations_over``; ``elections.candidate_not_on_roll``;
            ``elections.application_exists``; ``elections.barred_*``, ``elections.name_taken``.
    """
    store.lock(session, election_id)
    election = store.get(session, election_id)
    call, roll = call_for(election, now), roll_of(session, election_id)
    if call is Call.OVER:
        raise Refusal("elections.nominations_over")
    if call is not Call.OPEN or roll is None:
        raise Refusal("elections.nominations_early")
    entry = entry_by_number(session, roll.id, number.strip())
    if entry is None:
        raise Refusal("elections.candidate_not_on_roll", number=number)
    begun = Application(new_id(), election_id, "", on_paper=True)
    written = _written(begun, asked_of(session, election, entry.kind), given, now)
    if isinstance(written, Problem):
        return written
    if applications.of(session, election_id, entry.customer_number) is not None:
        raise Refusal("elections.application_exists")  # last: a number alone tells nobody's plans
    accepted = accepted_now(session, now, election, entry, written)
    applications.add(session, accepted, entry.customer_number, now)
    if jpeg is not None:
        applications.put_photo(session, accepted.id, jpeg)
    record(session, who, now, "elections.applied_on_paper", {"election": election_id})
    return None


def _written(
    application: Application, asked: Asked, given: Given, now: datetime
) -> Application | Problem:
    for number, step in enumerate(asked.steps, 1):
        found = answered(application, Page(asked, step, _of(step, number, given), now))
        if isinstance(found, Problem):
            is_answer = step.kind is Kind.ANSWER
            return replace(found, field=answer_field(number)) if is_answer else found
        application = found
    return application


def _of(step: Step, number: int, given: Given) -> Given:
    """The fields of one page; only answers share a name between pages."""
    if step.kind is not Kind.ANSWER:
        return given
    return {"answer": given.get(answer_field(number), ())}
