"""Open answers to read, look at and code, for tests that need a database."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.config import Settings
from consult.surveys.actions import coding, reading
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.open_answers.coding import Topic
from consult.surveys.core.open_answers.redaction import KEPT_DAYS, redacted
from consult.surveys.core.sealed.sealing import put_away
from consult.surveys.store import consultations, envelopes
from consult.surveys.store.reading import Asked
from tests.consultations import AFTER, SECRETARY, drafted

CHAIR = Actor("chair", frozenset({Role.CHAIR}))
MEMBER = Actor("member", frozenset({Role.MEMBER}))
TEXTS = tuple(
    f"{subject} Nummer {place} op de lijst."
    for place in "abcdefgh"
    for subject in ("Meer bomen in het park.", "De lift is weer stuk.")
)
"""Sixteen texts on two subjects."""


def key(settings: Settings) -> bytes:
    """Under which answers are kept."""
    return settings.key("surveys.answers")


def opened(
    session: Session,
    settings: Settings,
    texts: Iterable[str] = TEXTS,
    quotable: bool = True,
    consultation_id: str = "",
) -> Asked:
    """A consultation whose answers were opened, with ``texts`` at its open question."""
    made = consultation_id or drafted(session)
    consultations.change(session, made, unsealed_at=AFTER)
    put_texts(session, settings, (made, "q4"), texts, quotable=quotable)
    return made, "q4"


def put_texts(
    session: Session, settings: Settings, asked: Asked, texts: Iterable[object], *, quotable: bool
) -> None:
    """Texts as opening the envelopes leaves them."""
    bodies = (put_away(key(settings), {"answer": text, "quote": quotable}) for text in texts)
    envelopes.add_apart(session, asked[0], ((asked[1], body) for body in bodies))


def looked_at(session: Session, settings: Settings, asked: Asked) -> None:
    """The secretary looks at every text and leaves it as it is."""
    for one in reading.written(session, key(settings), *asked):
        assert (
            reading.redact(session, SECRETARY, AFTER, key(settings), asked, one.id, one.text)
            is None
        )


def ready(session: Session, settings: Settings, texts: Iterable[str] = TEXTS) -> Asked:
    """Texts that were looked at, a frame of two topics, and coding that has started."""
    asked = opened(session, settings, texts)
    start(session, settings, asked)
    return asked


def start(session: Session, settings: Settings, asked: Asked) -> None:
    """Look at every text, make two topics and fix them."""
    looked_at(session, settings, asked)
    for label in ("Groen", "Lift"):
        topic = Topic("", label, f"Alles over {label.lower()}")
        assert coding.put_topic(session, SECRETARY, AFTER, asked, topic) is None
    assert coding.start(session, SECRETARY, AFTER, key(settings), asked) is None


def erase(session: Session, settings: Settings) -> None:
    """Ninety days go by."""
    reading.erase_due(session, AFTER + timedelta(days=KEPT_DAYS), key(settings))


def topics_of(session: Session, asked: Asked) -> dict[str, str]:
    """The ids of topics by their labels."""
    from consult.surveys.store import reading as store

    return {topic.label: topic.id for topic in store.frame(session, asked).topics}


def code_all(
    session: Session,
    settings: Settings,
    asked: Asked,
    who: Actor,
    wrong: Sequence[str] = (),
) -> Problem | None:
    """Code every text by its first words, the ``wrong`` ones as about nothing; then hand in."""
    topics = topics_of(session, asked)
    for one in redacted(reading.written(session, key(settings), *asked)):
        topic = topics["Groen" if "bomen" in one.text else "Lift"]
        named = [] if one.id in wrong else [topic]
        coding.code(session, who, key(settings), asked, one.id, named)
    return coding.hand_in(session, who, AFTER, key(settings), asked)
