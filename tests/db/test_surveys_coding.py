"""From a frame of topics by two coders to counts that may be told."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.config import Settings
from consult.db.session import Database
from consult.raters import Level
from consult.refusal import Refusal
from consult.surveys.actions import coding, reading
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.open_answers.coding import Topic, shares
from consult.surveys.core.open_answers.redaction import Reason
from consult.surveys.store import reading as store
from tests.consultations import AFTER, SECRETARY
from tests.readings import (
    CHAIR,
    MEMBER,
    TEXTS,
    code_all,
    erase,
    key,
    looked_at,
    opened,
    ready,
    topics_of,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as held:
        yield held


def test_a_machine_proposes_topics_of_the_texts_that_were_looked_at(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings, [*TEXTS, *TEXTS])
    assert coding.proposals(session, key(settings), asked) == ()
    looked_at(session, settings, asked)
    [first, second] = coding.proposals(session, key(settings), asked)[:2]
    assert {first.words[0], second.words[0]} <= {"bomen", "park", "lift", "stuk"}


def test_topics_are_made_changed_and_dropped_until_coding_starts(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    assert coding.put_topic(session, SECRETARY, AFTER, asked, Topic("", "Groen")) is None
    assert coding.put_topic(session, CHAIR, AFTER, asked, Topic("", "Lift")) is None
    label = Problem("label_double")
    assert coding.put_topic(session, CHAIR, AFTER, asked, Topic("", "lift")) == label
    found = topics_of(session, asked)
    assert coding.put_topic(session, CHAIR, AFTER, asked, Topic(found["Lift"], "Liften")) is None
    coding.drop_topic(session, MEMBER, AFTER, asked, found["Groen"])
    assert list(topics_of(session, asked)) == ["Liften"]
    assert coding.topic(session, asked, found["Lift"]).label == "Liften"
    with pytest.raises(Refusal, match=r"surveys\.topic_unknown"):
        coding.topic(session, asked, found["Groen"])


def test_coding_starts_when_every_text_was_looked_at_and_there_are_topics(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    started = coding.start(session, SECRETARY, AFTER, key(settings), asked)
    assert started == Problem("texts_waiting", len(TEXTS))
    looked_at(session, settings, asked)
    started = coding.start(session, SECRETARY, AFTER, key(settings), asked)
    assert started == Problem("topics_few", 2)
    for one in reading.written(session, key(settings), *asked)[4:]:
        reading.set_aside(session, SECRETARY, AFTER, key(settings), asked, one.id, Reason.NOTHING)
    started = coding.start(session, SECRETARY, AFTER, key(settings), asked)
    assert started == Problem("texts_few", 5)


def test_a_frame_stays_as_it_is_once_coding_started(session: Session, settings: Settings) -> None:
    asked = ready(session, settings)
    with pytest.raises(Refusal, match=r"surveys\.frame_frozen"):
        coding.put_topic(session, SECRETARY, AFTER, asked, Topic("", "Lawaai"))
    with pytest.raises(Refusal, match=r"surveys\.frame_frozen"):
        coding.drop_topic(session, SECRETARY, AFTER, asked, "x")


def test_before_coding_started_there_is_nothing_to_code(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    with pytest.raises(Refusal, match=r"surveys\.frame_open"):
        coding.work(session, CHAIR, key(settings), asked)


def test_a_coder_sees_what_is_left_and_nothing_of_the_other(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings)
    code_all(session, settings, asked, CHAIR)
    found = coding.work(session, MEMBER, key(settings), asked)
    assert (len(found.todo), found.mine, found.others) == (len(TEXTS), {}, 1)
    text, topic = found.todo[0].id, topics_of(session, asked)["Groen"]
    coding.code(session, MEMBER, key(settings), asked, text, [topic, "made up"])
    coding.code(session, MEMBER, key(settings), asked, found.todo[1].id, [])
    found = coding.work(session, MEMBER, key(settings), asked)
    assert found.mine[text] == {topic}
    assert len(found.todo) == len(TEXTS) - 2


def test_a_third_person_does_not_code(session: Session, settings: Settings) -> None:
    asked = ready(session, settings)
    for who in (CHAIR, MEMBER):
        code_all(session, settings, asked, who)
    with pytest.raises(Refusal, match=r"surveys\.coders_full"):
        coding.work(session, SECRETARY, key(settings), asked)


def test_an_unknown_text_is_not_coded(session: Session, settings: Settings) -> None:
    asked = ready(session, settings)
    with pytest.raises(Refusal, match=r"surveys\.text_unknown"):
        coding.code(session, CHAIR, key(settings), asked, "no", [])


def test_nothing_changes_after_handing_in(session: Session, settings: Settings) -> None:
    asked = ready(session, settings)
    code_all(session, settings, asked, CHAIR)
    text = reading.written(session, key(settings), *asked)[0].id
    with pytest.raises(Refusal, match=r"surveys\.coding_handed_in"):
        coding.code(session, CHAIR, key(settings), asked, text, [])
    with pytest.raises(Refusal, match=r"surveys\.coding_handed_in"):
        coding.hand_in(session, CHAIR, AFTER, key(settings), asked)


def test_one_person_never_counts_as_two_coders(session: Session, settings: Settings) -> None:
    asked = ready(session, settings)
    both_roles = Actor(CHAIR.account_id, frozenset({Role.CHAIR, Role.SECRETARY}))
    code_all(session, settings, asked, CHAIR)
    with pytest.raises(Refusal, match=r"surveys\.coding_handed_in"):
        code_all(session, settings, asked, both_roles)
    with pytest.raises(Refusal, match=r"surveys\.coding_unfinished"):
        coding.compared(session, key(settings), asked)


def test_each_coder_judges_a_hundred_and_both_together_all(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings, [f"Boom {n * 'i'}" for n in range(103)])
    texts = [one.id for one in reading.written(session, key(settings), *asked)]

    def code(who: Actor, some: list[str]) -> Problem | None:
        for text in some:
            coding.code(session, who, key(settings), asked, text, [])
        return coding.hand_in(session, who, AFTER, key(settings), asked)

    assert code(CHAIR, texts[:99]) == Problem("coding_short", 1)
    assert code(CHAIR, texts[99:100]) is None
    assert code(MEMBER, texts[:101]) == Problem("coding_together_short", 2)
    assert code(MEMBER, texts[101:]) is None
    found = coding.topic_counts(session, key(settings), *asked)
    assert found is not None
    assert found.base == 103
    assert coding.compared(session, key(settings), asked).agreement.texts == 100


def test_two_coders_who_agree_are_firm_and_topics_are_counted(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings, [*TEXTS, *TEXTS])
    assert coding.topic_counts(session, key(settings), *asked) is None
    for who in (CHAIR, MEMBER):
        assert coding.topic_counts(session, key(settings), *asked) is None
        assert code_all(session, settings, asked, who) is None
    assert coding.compared(session, key(settings), asked).agreement.level is Level.FIRM
    found = coding.topic_counts(session, key(settings), *asked)
    assert found is not None
    assert [(topic.label, count) for topic, count in found.topics] == [("Groen", 16), ("Lift", 16)]
    assert [told.count for told in shares(found)] == [16, 16]


def test_differences_are_settled_by_a_third_act_and_agreement_stays_what_it_was(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings)
    texts = [one.id for one in reading.written(session, key(settings), *asked)]
    code_all(session, settings, asked, CHAIR)
    code_all(session, settings, asked, MEMBER, wrong=texts[:2])
    before = coding.compared(session, key(settings), asked)
    assert before.differing == tuple(texts[:2])
    assert coding.topic_counts(session, key(settings), *asked) is None
    green = topics_of(session, asked)["Groen"]
    for text in texts[:2]:
        coding.settle(session, SECRETARY, AFTER, key(settings), asked, text, [green])
    after = coding.compared(session, key(settings), asked)
    assert (after.differing, after.agreement) == ((), before.agreement)
    assert coding.topic_counts(session, key(settings), *asked) is not None
    with pytest.raises(Refusal, match=r"surveys\.text_unknown"):
        coding.settle(session, SECRETARY, AFTER, key(settings), asked, texts[5], [green])


def test_a_text_set_aside_after_coding_is_counted_no_more(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings)
    for who in (CHAIR, MEMBER):
        code_all(session, settings, asked, who)
    one = reading.written(session, key(settings), *asked)[0]
    reading.set_aside(session, SECRETARY, AFTER, key(settings), asked, one.id, Reason.RECOGNISABLE)
    found = coding.topic_counts(session, key(settings), *asked)
    assert found is not None
    assert found.base == len(TEXTS) - 1


def test_starting_again_forgets_the_codes_and_opens_the_frame(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings)
    for who in (CHAIR, MEMBER):
        code_all(session, settings, asked, who)
    coding.restart(session, SECRETARY, AFTER, asked)
    assert store.coders(session, asked) == {}
    assert coding.put_topic(session, SECRETARY, AFTER, asked, Topic("", "Lawaai")) is None
    assert coding.start(session, SECRETARY, AFTER, key(settings), asked) is None
    assert coding.work(session, CHAIR, key(settings), asked).mine == {}


def test_what_is_erased_can_be_coded_settled_or_started_again_no_more(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings)
    texts = [one.id for one in reading.written(session, key(settings), *asked)]
    code_all(session, settings, asked, CHAIR)
    code_all(session, settings, asked, MEMBER, wrong=texts[:1])
    erase(session, settings)
    with pytest.raises(Refusal, match=r"surveys\.texts_gone"):
        coding.work(session, CHAIR, key(settings), asked)
    with pytest.raises(Refusal, match=r"surveys\.texts_gone"):
        coding.settle(session, SECRETARY, AFTER, key(settings), asked, texts[0], [])
    with pytest.raises(Refusal, match=r"surveys\.texts_gone"):
        coding.restart(session, SECRETARY, AFTER, asked)
