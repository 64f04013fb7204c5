"""What of open answers is printed: topics with their shares, and quotes."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.raters import Level
from consult.surveys.actions.coding import compared, topic_counts
from consult.surveys.actions.reading import asked_at, open_questions, quotes
from consult.surveys.core.counts.results import SMALLEST_BASE
from consult.surveys.core.open_answers.coding import TopicShare, shares

_USABLE = {Level.FIRM, Level.TENTATIVE}


@dataclass(frozen=True, slots=True)
class Told:
    """Of the answers to one open question. ``topics``: without those that may not be told."""

    topics: tuple[TopicShare, ...] = ()
    quotes: tuple[str, ...] = ()


def told(session: Session, key: bytes, consultation_id: str) -> dict[str, Told]:
    """What may be printed at each open question, by its id.

    Topics only when two coders agreed well enough and of thirty texts or more: shares of fewer say
    nothing. ``key`` is ``settings.key("surveys.answers")``.

    Raises:
        Refusal: ``surveys.unknown`` or ``surveys.sealed``.
    """
    return {
        question.id: Told(
            _topics(session, key, consultation_id, question.id),
            quotes(session, key, consultation_id, question.id),
        )
        for question in open_questions(session, consultation_id)
    }


def _topics(
    session: Session, key: bytes, consultation_id: str, question_id: str
) -> tuple[TopicShare, ...]:
    counted = topic_counts(session, key, consultation_id, question_id)
    if counted is None or counted.base < SMALLEST_BASE:
        return ()
    asked = asked_at(session, consultation_id, question_id)
    if compared(session, key, asked).agreement.level not in _USABLE:
        return ()
    return tuple(one for one in shares(counted) if one.share is not None)
