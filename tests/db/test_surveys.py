"""A consultation from draft to publication, in the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.site.store import announcements, publication
from consult.surveys.actions import (
    answering,
    closing,
    drafting,
    opening,
    publishing,
    reading,
    sending,
    unsealing,
)
from consult.surveys.actions.answering import Entered
from consult.surveys.core.asking.questionnaire import Answers
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.questions.choices import OneChoice
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Consultation, Phase, Sheet
from consult.surveys.store import consultations, envelopes
from consult.web import throttle
from tests.consultations import (
    AFTER,
    ANSWERS,
    CLOSES,
    NOBODYS_CODE,
    OPENS,
    PLAN,
    PREPARED,
    QUESTIONS,
    REGISTRAR,
    SECRETARY,
    TODAY,
    WHILE_OPEN,
    answer,
    drafted,
    key_file,
    keys,
    opened_answers,
    options,
    person,
    running,
    unsealed,
    with_key,
)

HERE = "10.0.0.0/24"
ELSEWHERE = "10.9.9.0/24"

WE_PLANT = words("Wij planten.")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as opened:
        yield opened


def get(session: Session, consultation_id: str) -> Consultation:
    found = consultations.get(session, consultation_id)
    assert found is not None
    return found


def test_a_draft_is_read_back_as_it_was_written(session: Session) -> None:
    found = get(session, drafted(session))
    assert (found.slug, found.title, found.questions.questions) == (
        "groen-in-uw-buurt",
        PLAN.title,
        QUESTIONS,
    )
    assert (found.opens_at, found.closes_at) == (OPENS, CLOSES)


def test_two_consultations_of_one_title_have_two_addresses(session: Session) -> None:
    first, second = drafted(session), drafted(session)
    assert (get(session, first).slug, get(session, second).slug) == (
        "groen-in-uw-buurt",
        "groen-in-uw-buurt-2",
    )


def test_a_plan_with_a_problem_is_not_kept(session: Session) -> None:
    wrong = replace(PLAN, closes_at=OPENS)
    assert drafting.draft(session, SECRETARY, PREPARED, wrong) == Problem("calendar_order")
    made = drafted(session)
    assert drafting.edit(session, SECRETARY, PREPARED, made, wrong) == Problem("calendar_order")
    assert get(session, made).closes_at == CLOSES


def test_a_draft_can_be_edited(session: Session) -> None:
    made = drafted(session)
    assert (
        drafting.edit(session, SECRETARY, PREPARED, made, replace(PLAN, title=words("Anders")))
        is None
    )
    assert (get(session, made).title, get(session, made).slug) == (
        words("Anders"),
        "groen-in-uw-buurt",
    )


def test_questions_can_be_moved_replaced_and_taken_out(session: Session) -> None:
    made = drafted(session)
    drafting.move_question(session, SECRETARY, PREPARED, made, "q3", -2)
    drafting.drop_question(session, SECRETARY, PREPARED, made, "q2")
    changed = OneChoice(id="q1", text=words("Anders?"), options=options(x="x", y="y"))
    drafting.put_question(session, SECRETARY, PREPARED, made, changed)
    assert [q.id for q in get(session, made).questions.questions] == ["q3", "q1", "q4"]
    assert get(session, made).questions.find("q1") == changed


def test_a_question_that_cannot_be_asked_is_not_kept(session: Session) -> None:
    made = drafted(session)
    wrong = OneChoice(id="q9", text="", options=("x", "y"))
    assert drafting.put_question(session, SECRETARY, PREPARED, made, wrong) == Problem(
        "text_missing"
    )
    assert len(get(session, made).questions) == 4


def test_once_opening_is_decided_nothing_of_it_changes(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings)
    for change in (
        lambda: drafting.edit(session, SECRETARY, PREPARED, run.id, PLAN),
        lambda: drafting.drop_question(session, SECRETARY, PREPARED, run.id, "q1"),
        lambda: key_file(session, run.id, SECRETARY),
        lambda: opening.open_consultation(session, SECRETARY, PREPARED, TODAY, run.id),
    ):
        with pytest.raises(Refusal, match=r"surveys\.not_draft"):
            change()


def test_an_unknown_consultation_is_refused_everywhere(
    session: Session, settings: Settings
) -> None:
    ticket = answering.Ticket("e", "s")
    for act in (
        lambda: drafting.edit(session, SECRETARY, PREPARED, "x", PLAN),
        lambda: opening.issue_codes(session, REGISTRAR, PREPARED, b"k", "x"),
        lambda: sending.submit(session, WHILE_OPEN, "x", ticket, Sheet({})),
        lambda: unsealing.propose_opening(session, SECRETARY, AFTER, "x"),
        lambda: closing.shuffle(session, "x"),
        lambda: publishing.results(session, b"k", "x"),
        lambda: publishing.participation_counts(session, b"k", "x"),
    ):
        with pytest.raises(Refusal, match=r"surveys\.unknown"):
            act()


def test_opening_freezes_the_roll_and_is_announced(session: Session, settings: Settings) -> None:
    run = running(session, settings)
    assert get(session, run.id).phase(PREPARED) is Phase.SCHEDULED
    assert get(session, run.id).phase(OPENS) is Phase.OPEN
    [shown] = announcements(session, PREPARED)
    assert (shown.href, shown.opens_at, shown.closes_at) == (f"/meedoen/{run.slug}", OPENS, CLOSES)


def test_codes_are_issued_once_and_only_for_what_opens(
    session: Session, settings: Settings
) -> None:
    key = settings.key("register.codes")
    with pytest.raises(Refusal, match=r"surveys\.not_open"):
        opening.issue_codes(session, REGISTRAR, PREPARED, key, drafted(session))
    run = running(session, settings)
    with pytest.raises(Refusal, match=r"register\.codes_issued"):
        opening.issue_codes(session, REGISTRAR, PREPARED, key, run.id)


def test_a_code_finds_its_consultation_among_several(session: Session, settings: Settings) -> None:
    run = running(session, settings, people=3)
    other, _ = with_key(session)
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, other)
    among = consultations.running(session)
    typed = str(run.codes[0]).replace("-", " ")
    for _ in range(3):
        entered = answering.enter(session, WHILE_OPEN, keys(settings), typed, HERE, among)
        assert isinstance(entered, Entered)
        assert entered.consultation.id == run.id


def test_a_wrong_code_is_told_apart_from_an_unknown_one(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings, people=2)
    code = str(run.codes[0])
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"

    def enter(typed: str) -> object:
        return answering.enter(
            session, WHILE_OPEN, keys(settings), typed, HERE, [get(session, run.id)]
        )

    assert enter("") == Problem("code_missing")
    assert enter("1234") == Problem("code_length", 16)
    assert enter(wrong) == Problem("code_digit")
    assert enter(NOBODYS_CODE) == Problem("code_unknown")


def test_guessing_is_slowed_down_but_others_are_let_through(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings, people=2)
    unknown, good = NOBODYS_CODE, str(run.codes[0])

    def enter(typed: str, network: str) -> object:
        among = [get(session, run.id)]
        return answering.enter(session, WHILE_OPEN, keys(settings), typed, network, among)

    for _ in range(throttle.MOST_PER_NETWORK):
        assert enter(unknown, HERE) == Problem("code_unknown")
    assert enter(good, HERE) == Problem("code_wait", 10)
    assert isinstance(enter(good, ELSEWHERE), Entered)


def test_when_many_networks_guess_only_those_that_made_mistakes_wait(
    session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST_ALTOGETHER", 3)
    run = running(session, settings, people=2)
    unknown, good = NOBODYS_CODE, str(run.codes[0])

    def enter(typed: str, network: str) -> object:
        among = [get(session, run.id)]
        return answering.enter(session, WHILE_OPEN, keys(settings), typed, network, among)

    for number in range(3):
        assert enter(unknown, f"10.0.{number}.0/24") == Problem("code_unknown")
    assert enter(good, "10.0.0.0/24") == Problem("code_wait", 10)
    assert isinstance(enter(good, ELSEWHERE), Entered)


def test_sending_again_replaces_the_answers_and_marks_nobody_twice(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings)
    for code in run.codes:
        answer(session, settings, run, code)
    for code in run.codes:
        answer(session, settings, run, code, {"q1": "yes", "q3": 5})
    assert envelopes.count_envelopes(session, run.id) == 30
    assert envelopes.count_participants(session, run.id) == 30
    unsealed(session, run)
    assert [one["answers"] for one in opened_answers(session, run)] == [{"q1": "yes", "q3": 5}] * 30


def test_answers_without_a_required_one_are_not_kept(session: Session, settings: Settings) -> None:
    run = running(session, settings, people=1)
    entered = answering.enter(
        session, WHILE_OPEN, keys(settings), str(run.codes[0]), HERE, [get(session, run.id)]
    )
    assert isinstance(entered, Entered)
    sent = sending.submit(session, WHILE_OPEN, run.id, entered.ticket, Sheet({"q1": "yes"}))
    assert sent == Problem("answer_missing")
    assert envelopes.count_participants(session, run.id) == 0


def test_answers_are_kept_from_opening_until_the_second_of_closing(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings, people=1)
    entered = answering.enter(
        session, OPENS, keys(settings), str(run.codes[0]), HERE, [get(session, run.id)]
    )
    assert isinstance(entered, Entered)
    second = timedelta(seconds=1)
    for moment, phase in (
        (OPENS - second, Phase.SCHEDULED),
        (OPENS, Phase.OPEN),
        (CLOSES - second, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ):
        assert sending.submit(session, moment, run.id, entered.ticket, Sheet(ANSWERS)) is phase
    assert envelopes.count_envelopes(session, run.id) == 1


def test_while_it_is_open_the_coarse_number_moves_once_a_day(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings)
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    for code in run.codes[:19]:
        answer(session, settings, run, code)
    assert closing.anything_due(session, WHILE_OPEN, monday)
    closing.pass_time(session, WHILE_OPEN, monday)
    assert get(session, run.id).shown_count == 10
    for code in run.codes[19:25]:
        answer(session, settings, run, code)
    assert not closing.anything_due(session, WHILE_OPEN, monday)
    closing.pass_time(session, WHILE_OPEN, monday)
    assert get(session, run.id).shown_count == 10
    closing.pass_time(session, WHILE_OPEN, tuesday)
    assert get(session, run.id).shown_count == 20


def test_results_and_texts_are_read_after_opening(session: Session, settings: Settings) -> None:
    run = running(session, settings)
    for number, code in enumerate(run.codes):
        given: Answers = {
            "q1": ("yes", "no", "unsure")[number % 3],
            "q3": 1 + number % 3,
            "q4": f"Tekst {number:02}",
        }
        answer(session, settings, run, code, given)
    unsealed(session, run)
    found = publishing.results(session, run.answers_key, run.id)
    assert found.people == 30
    assert [line.count for line in found.questions[0].total.lines] == [10, 10, 10]
    written = reading.written(session, run.answers_key, run.id, "q4")
    assert sorted(one.text for one in written) == [f"Tekst {number:02}" for number in range(30)]


def test_participation_is_counted_per_stratum_after_closing_only(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings)
    for code in run.codes[:14]:
        answer(session, settings, run, code)
    with pytest.raises(Refusal, match=r"surveys\.not_closed"):
        publishing.participation_counts(session, keys(settings).marks, run.id)
    closing.pass_time(session, CLOSES, CLOSES.date())
    counts = publishing.participation_counts(session, keys(settings).marks, run.id)
    assert {stratum[2] for stratum in counts} == {"Noord", "Zuid"}
    assert [sum(pair) for pair in zip(*counts.values(), strict=True)] == [30, 14]


def test_two_persons_publish_exactly_what_they_agreed_on(
    session: Session, settings: Settings
) -> None:
    secretary, chair = person(session, Role.SECRETARY), person(session, Role.CHAIR)
    run = running(session, settings)
    for code in run.codes:
        answer(session, settings, run, code)
    unsealed(session, run)
    with pytest.raises(Refusal, match=r"surveys\.feedback_missing"):
        publishing.propose_publication(session, secretary, AFTER, run.answers_key, run.id)
    publishing.write_feedback(session, secretary, AFTER, run.id, words("Bomen."), WE_PLANT)
    publishing.propose_publication(session, secretary, AFTER, run.answers_key, run.id)
    both = Actor(secretary.account_id, frozenset({Role.SECRETARY, Role.CHAIR}))
    with pytest.raises(Refusal, match=r"accounts\.approve_own"):
        publishing.publish(session, both, AFTER, run.answers_key, run.id)
    publishing.write_feedback(session, secretary, AFTER, run.id, words("Bomen!"), WE_PLANT)
    with pytest.raises(Refusal, match=r"accounts\.effect_changed"):
        publishing.publish(session, chair, AFTER, run.answers_key, run.id)
    publishing.propose_publication(session, secretary, AFTER, run.answers_key, run.id)
    publishing.publish(session, chair, AFTER, run.answers_key, run.id)
    shown = publication(session, f"raadpleging-{run.slug}")
    assert shown is not None
    assert set(shown.document.texts) == {"nl", "en"}
    assert b"Meer bomen graag." not in shown.canonical
    assert b"Bomen!" in shown.canonical
    assert get(session, run.id).phase(WHILE_OPEN) is Phase.PUBLISHED


def test_a_correction_is_a_new_version(session: Session, settings: Settings) -> None:
    secretary, chair = person(session, Role.SECRETARY), person(session, Role.CHAIR)
    run = running(session, settings)
    for code in run.codes:
        answer(session, settings, run, code)
    unsealed(session, run)
    for version, heard in enumerate(("Bomen.", "Bomen en water."), 1):
        publishing.write_feedback(session, secretary, AFTER, run.id, words(heard), WE_PLANT)
        publishing.propose_publication(session, secretary, AFTER, run.answers_key, run.id)
        assert publishing.publish(session, chair, AFTER, run.answers_key, run.id).version == version


@pytest.mark.parametrize(
    ("heard", "will_do", "code"),
    [
        ("", "Iets", "heard_missing"),
        ("Iets", "", "will_do_missing"),
        ("x" * 10_001, "Iets", "feedback_long"),
    ],
)
def test_feedback_needs_both_what_was_heard_and_what_will_be_done(
    session: Session, settings: Settings, heard: str, will_do: str, code: str
) -> None:
    run = running(session, settings)
    unsealed(session, run)
    found = publishing.write_feedback(
        session, SECRETARY, AFTER, run.id, words(heard), words(will_do)
    )
    assert isinstance(found, Problem)
    assert found.code == code
