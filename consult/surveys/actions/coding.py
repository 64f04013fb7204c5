"""Coding open answers: the frame, two coders apart, their differences, and the count of topics.

``key`` is ``settings.key("surveys.answers")`` throughout; ``asked`` is from ``reading.asked_at``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.surveys.actions.reading import asked_at, erased, open_questions, written
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.counts.disclosure import INSIDE
from consult.surveys.core.open_answers import coding as core
from consult.surveys.core.open_answers.coding import Agreement, Frame, Topic, TopicCounts
from consult.surveys.core.open_answers.redaction import State, Written, redacted
from consult.surveys.core.open_answers.topics import Proposal, propose
from consult.surveys.core.sealed.sealing import put_away, take_out
from consult.surveys.store import reading as store
from consult.surveys.store.reading import SETTLED, Asked

CODERS = 2


@dataclass(frozen=True, slots=True)
class Work:
    """What one coder has before her. ``texts`` are those that were looked at; ``mine`` is what she
    said so far; ``others`` is how many other coders there are."""

    frame: Frame
    texts: tuple[Written, ...]
    mine: core.Coded
    others: int
    handed_in: bool

    @property
    def todo(self) -> tuple[Written, ...]:
        """What she did not code yet."""
        return tuple(one for one in self.texts if one.id not in self.mine)

    @property
    def needed(self) -> int:
        """How many texts each coder judges at least."""
        return core.needed(len(self.texts))


@dataclass(frozen=True, slots=True)
class Compared:
    """What two coders said, once both handed in. ``differing``: texts that wait for a last word."""

    frame: Frame
    first: core.Coded
    second: core.Coded
    settled: core.Coded
    agreement: Agreement
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of one open question is. ``texts``: how many people wrote, ``None`` when
    fewer than five did."""

    question: OpenText
    texts: int | None
    looked_at: int
    erased: bool
    frame: Frame
    coders: int
    handed_in: int
    quotes: int

    @property
    def compared(self) -> bool:
        """Whether there is something to compare."""
        return self.coders == self.handed_in == CODERS


def overview(session: Session, key: bytes, consultation_id: str) -> tuple[Progress, ...]:
    """How far the reading of each open question of a consultation is.

    Raises:
        Refusal: ``surveys.unknown`` or ``surveys.sealed``.
    """
    found = []
    for question in open_questions(session, consultation_id):
        asked = (consultation_id, question.id)
        texts = written(session, key, *asked)
        coders = store.coders(session, asked)
        found.append(
            Progress(
                question,
                len(texts) or None,
                sum(one.state is not State.TO_DO for one in texts),
                erased(session, consultation_id),
                store.frame(session, asked),
                len(coders),
                sum(coders.values()),
                len(store.quotes(session, asked)),
            )
        )
    return tuple(found)


def proposals(session: Session, key: bytes, asked: Asked) -> tuple[Proposal, ...]:
    """Topics that a machine sees in the texts that were looked at.

    Raises:
        Refusal: as :func:`~consult.surveys.actions.reading.written`.
    """
    return propose([one.text for one in redacted(written(session, key, *asked))])


def topic(session: Session, asked: Asked, topic_id: str) -> Topic:
    """One topic of the frame.

    Raises:
        Refusal: ``surveys.topic_unknown``.
    """
    for one in store.frame(session, asked).topics:
        if one.id == topic_id:
            return one
    raise Refusal("surveys.topic_unknown")


def put_topic(
    session: Session, who: Actor, now: datetime, asked: Asked, topic: Topic
) -> Problem | None:
    """Add a topic (``topic.id`` empty) or change one, or say what is wrong with it.

    Raises:
        Refusal: ``surveys.frame_frozen``.
    """
    frame = _thawed(session, asked)
    made = frame.put(topic if topic.id in frame.ids else replace(topic, id=new_id()))
    if isinstance(made, Problem):
        return made
    _keep(session, who, now, asked, made)
    return None


def drop_topic(session: Session, who: Actor, now: datetime, asked: Asked, topic_id: str) -> None:
    """Take a topic out of the frame.

    Raises:
        Refusal: ``surveys.frame_frozen``.
    """
    _keep(session, who, now, asked, _thawed(session, asked).drop(topic_id))


def start(session: Session, who: Actor, now: datetime, key: bytes, asked: Asked) -> Problem | None:
    """Freeze the frame so that coding can start, or say what is not ready.

    Raises:
        Refusal: as :func:`~consult.surveys.actions.reading.written`; ``surveys.frame_frozen``.
    """
    frame = _thawed(session, asked)
    texts = written(session, key, *asked)
    waiting = sum(one.state is State.TO_DO for one in texts)
    if waiting:
        return Problem("texts_waiting", waiting)
    if len(redacted(texts)) < INSIDE:
        return Problem("texts_few", INSIDE)
    if problem := frame.problem():
        return problem
    store.put_frame(session, asked, replace(frame, frozen=True))
    record(session, who, now, "surveys.coding_started", _facts(asked))
    return None


def restart(session: Session, who: Actor, now: datetime, asked: Asked) -> None:
    """Throw away what coders said, so that the frame can change again.

    Raises:
        Refusal: ``surveys.texts_gone``: nobody could code them again.
    """
    store.hold_frame(session, asked)
    _there(session, asked)
    store.drop_coding(session, asked)
    store.put_frame(session, asked, replace(store.frame(session, asked), frozen=False))
    record(session, who, now, "surveys.coding_restarted", _facts(asked))


def work(session: Session, who: Actor, key: bytes, asked: Asked) -> Work:
    """What ``who`` has to code; nothing of what another coder said.

    Raises:
        Refusal: as :func:`~consult.surveys.actions.reading.written`; ``surveys.frame_open`` before
            coding started; ``surveys.coders_full``: two others code; ``surveys.texts_gone``.
    """
    _there(session, asked)
    frame, coders = _coders(session, who, asked)
    return Work(
        frame,
        redacted(written(session, key, *asked)),
        _said(session, key, asked, who.account_id),
        len(coders.keys() - {who.account_id}),
        coders.get(who.account_id, False),
    )


def code(
    session: Session,
    who: Actor,
    key: bytes,
    asked: Asked,
    text_id: str,
    topics: Iterable[str],
) -> None:
    """Say which topics a text is about; none is an answer. It can be said again until handing in.

    Not in the log one by one: handing in is.

    Raises:
        Refusal: as :func:`work`; ``surveys.coding_handed_in``; ``surveys.text_unknown``.
    """
    store.hold_frame(session, asked)
    now = work(session, who, key, asked)
    if now.handed_in:
        raise Refusal("surveys.coding_handed_in")
    if text_id not in {one.id for one in now.texts}:
        raise Refusal("surveys.text_unknown")
    store.put_coder(session, asked, who.account_id, handed_in=False)
    _keep_mark(session, key, asked, who.account_id, text_id, topics)


def hand_in(
    session: Session, who: Actor, now: datetime, key: bytes, asked: Asked
) -> Problem | None:
    """Say that one is done, after which nothing changes; or say what is still missing.

    Each coder judges at least a hundred texts, or all; together they judge all.

    Raises:
        Refusal: as :func:`work`; ``surveys.coding_handed_in``.
    """
    store.hold_frame(session, asked)
    mine = work(session, who, key, asked)
    if mine.handed_in:
        raise Refusal("surveys.coding_handed_in")
    done = len(mine.texts) - len(mine.todo)
    if done < mine.needed:
        return Problem("coding_short", mine.needed - done)
    others = [
        _said(session, key, asked, account)
        for account, handed_in in store.coders(session, asked).items()
        if handed_in
    ]
    if others:
        left = sum(one.id not in others[0] for one in mine.todo)
        if left:
            return Problem("coding_together_short", left)
    store.put_coder(session, asked, who.account_id, handed_in=True)
    record(session, who, now, "surveys.coded", {**_facts(asked), "texts": done})
    return None


def compared(session: Session, key: bytes, asked: Asked) -> Compared:
    """How far both coders agree, and where they differ.

    Raises:
        Refusal: ``surveys.coding_unfinished`` until both handed in.
    """
    coders = store.coders(session, asked)
    if len(coders) < CODERS or not all(coders.values()):
        raise Refusal("surveys.coding_unfinished")
    frame, kept = store.frame(session, asked), _kept(session, asked)
    first, second, settled = (
        {text: named for text, named in _said(session, key, asked, one).items() if text in kept}
        for one in (*coders, SETTLED)
    )
    return Compared(
        frame,
        first,
        second,
        settled,
        core.agreement(frame, first, second),
        core.differences(first, second, settled),
    )


def settle(
    session: Session,
    who: Actor,
    now: datetime,
    key: bytes,
    asked: Asked,
    text_id: str,
    topics: Iterable[str],
) -> None:
    """The last word on a text on which two coders differ. Their agreement stays what it was.

    Raises:
        Refusal: as :func:`compared`; ``surveys.text_unknown``: they do not differ on it;
            ``surveys.texts_gone``.
    """
    _there(session, asked)
    found = compared(session, key, asked)
    if text_id not in core.differences(found.first, found.second):
        raise Refusal("surveys.text_unknown")
    _keep_mark(session, key, asked, SETTLED, text_id, topics)
    record(session, who, now, "surveys.difference_settled", _facts(asked))


def topic_counts(
    session: Session, key: bytes, consultation_id: str, question_id: str
) -> TopicCounts | None:
    """How many texts are about each topic, unsuppressed; ``None`` until all is coded and settled.

    What of it may be told is ``core.coding.shares``, or the disclosure control of a publication.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.sealed`` or ``surveys.question_unknown``.
    """
    asked = asked_at(session, consultation_id, question_id)
    coders = store.coders(session, asked)
    if len(coders) < CODERS or not all(coders.values()):
        return None
    found = compared(session, key, asked)
    last = core.outcome(found.first, found.second, found.settled)
    return None if last is None else core.count_topics(found.frame, last)


def _coders(session: Session, who: Actor, asked: Asked) -> tuple[Frame, dict[str, bool]]:
    frame, coders = store.frame(session, asked), store.coders(session, asked)
    if not frame.frozen:
        raise Refusal("surveys.frame_open")
    if len(coders.keys() - {who.account_id}) >= CODERS:
        raise Refusal("surveys.coders_full")
    return frame, coders


def _there(session: Session, asked: Asked) -> None:
    """Nobody judges a text that she cannot read."""
    if erased(session, asked[0]):
        raise Refusal("surveys.texts_gone")


def _thawed(session: Session, asked: Asked) -> Frame:
    store.hold_frame(session, asked)
    frame = store.frame(session, asked)
    if frame.frozen:
        raise Refusal("surveys.frame_frozen")
    return frame


def _keep(session: Session, who: Actor, now: datetime, asked: Asked, frame: Frame) -> None:
    store.put_frame(session, asked, frame)
    facts = {**_facts(asked), "topics": len(frame.topics)}
    record(session, who, now, "surveys.topics_changed", facts)


def _kept(session: Session, asked: Asked) -> frozenset[str]:
    """The texts that count: looked at and not set aside; known also after they are erased."""
    states = store.states(session, asked)
    return frozenset(one for one, (state, _) in states.items() if state is State.REDACTED)


def _said(session: Session, key: bytes, asked: Asked, coder: str) -> dict[str, frozenset[str]]:
    found = {text: take_out(key, body) for text, body in store.marks(session, asked, coder).items()}
    return {
        text: frozenset(body["topics"]) for text, body in found.items() if isinstance(body, dict)
    }


def _keep_mark(
    session: Session, key: bytes, asked: Asked, coder: str, text_id: str, topics: Iterable[str]
) -> None:
    named = sorted(set(topics) & store.frame(session, asked).ids)
    body: dict[str, Any] = {"topics": named}
    store.put_mark(session, asked, coder, text_id, put_away(key, body))


def _facts(asked: Asked) -> dict[str, str | int | None]:
    consultation_id, question_id = asked
    return {"consultation": consultation_id, "question": question_id}
