"""From the last answer to the opened ones: the steps, the agreement of two, and what stays."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from nacl.public import PrivateKey
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from consult.accounts.core.approvals import fingerprint
from consult.actor import Role
from consult.audit.tables import AuditEvent
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register.store import rolls
from consult.register.tables import ContractRow, CustomerRow, RollCodeRow
from consult.surveys.actions import (
    answering,
    closing,
    drafting,
    opening,
    participation,
    publishing,
    sending,
    unsealing,
)
from consult.surveys.actions.answering import Entered
from consult.surveys.core.asking.questions.base import Declined, Problem
from consult.surveys.core.asking.questions.choices import OneChoice
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import (
    Channel,
    Consultation,
    Mode,
    Phase,
    Sheet,
    Stratum,
    Ticket,
    Unsealing,
)
from consult.surveys.core.sealed.closing import Step, upcoming
from consult.surveys.store import consultations, envelopes, steps
from consult.surveys.tables import EnvelopeRow, ShuffledEnvelopeRow
from tests.consultations import (
    AFTER,
    ANSWERS,
    CLOSES,
    PASSPHRASE,
    PLAN,
    PREPARED,
    REGISTRAR,
    SECRETARY,
    TODAY,
    WHILE_OPEN,
    Running,
    agreed,
    answer,
    estate,
    keys,
    opened,
    opened_answers,
    opened_apart,
    options,
    person,
    running,
    server_keys,
    taken_apart,
    unsealed,
    with_key,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as opened_session:
        yield opened_session


@pytest.fixture
def run(session: Session, settings: Settings) -> Running:
    """A consultation in which twelve of thirty have answered."""
    made = running(session, settings)
    for code in made.codes[:12]:
        answer(session, settings, made, code)
    return made


def get(session: Session, run: Running) -> Consultation:
    found = consultations.get(session, run.id)
    assert found is not None
    return found


def events(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.kind).order_by(AuditEvent.number)))


# Step by step


def test_each_step_is_noted_with_its_moment_and_logged(session: Session, run: Running) -> None:
    assert steps.unfinished(session) == []
    taken_apart(session, run)
    assert steps.taken(session, run.id) == {
        Step.FROZEN: CLOSES,
        Step.SHUFFLED: AFTER,
        Step.CUT: AFTER,
    }
    assert steps.unfinished(session) == [run.id]
    agreed(session, run)
    assert isinstance(opened(session, run), Unsealing)
    assert upcoming(steps.taken(session, run.id)) is Step.CLEAN
    closing.note_step(session, AFTER, run.id, Step.CLEAN)
    assert steps.unfinished(session) == []
    kinds = [kind for kind in events(session) if kind.startswith("surveys.")]
    assert kinds[-6:] == [
        "surveys.closed",
        "surveys.step_taken",
        "surveys.step_taken",
        "surveys.unsealed",
        "surveys.weighed",
        "surveys.step_taken",
    ]


def test_no_step_is_taken_before_the_one_it_waits_for(session: Session, run: Running) -> None:
    for act in (
        lambda: closing.shuffle(session, run.id),
        lambda: closing.cut(session, run.server.marks, run.id),
        lambda: closing.note_step(session, AFTER, run.id, Step.CUT),
        lambda: unsealing.propose_opening(session, SECRETARY, AFTER, run.id),
        lambda: opened(session, run),
    ):
        with pytest.raises(Refusal, match="missing=frozen") as refused:
            act()
        assert refused.value.code == "surveys.step_early"
    closing.pass_time(session, CLOSES, CLOSES.date())
    with pytest.raises(Refusal, match="missing=shuffled"):
        closing.cut(session, run.server.marks, run.id)
    closing.shuffle(session, run.id)
    closing.note_step(session, AFTER, run.id, Step.SHUFFLED)
    with pytest.raises(Refusal, match="missing=cut"):
        opened(session, run)
    assert envelopes.participants(session, run.id)


def test_a_step_that_was_taken_is_not_taken_again(session: Session, run: Running) -> None:
    taken_apart(session, run)
    before = steps.taken(session, run.id)
    closing.shuffle(session, run.id)
    closing.cut(session, run.server.marks, run.id)
    closing.note_step(session, AFTER + timedelta(days=1), run.id, Step.CUT)
    closing.pass_time(session, AFTER, AFTER.date())
    assert steps.taken(session, run.id) == before
    assert envelopes.count_shuffled(session, run.id) == 12


def test_a_step_of_nothing_known_is_refused(session: Session) -> None:
    for act in (
        lambda: closing.note_step(session, AFTER, "x", Step.CUT),
        lambda: closing.cut(session, b"k" * 32, "x"),
        lambda: unsealing.agreed(session, AFTER, "x"),
    ):
        with pytest.raises(Refusal, match=r"surveys\.unknown"):
            act()


def test_shuffling_leaves_every_envelope_under_a_new_id_without_its_slot(
    session: Session, run: Running
) -> None:
    bodies = set(session.scalars(select(EnvelopeRow.body)))
    slots = set(session.scalars(select(EnvelopeRow.slot)))
    closing.pass_time(session, CLOSES, CLOSES.date())
    closing.shuffle(session, run.id)
    assert envelopes.count_envelopes(session, run.id) == 0
    assert Counter(envelopes.shuffled(session, run.id)) == Counter(bodies)
    assert slots.isdisjoint(session.scalars(select(ShuffledEnvelopeRow.id)))


def test_cutting_keeps_the_counts_and_erases_marks_and_codes(
    session: Session, run: Running
) -> None:
    roll_id = get(session, run).roll_id or ""
    closing.pass_time(session, CLOSES, CLOSES.date())
    before = publishing.participation_counts(session, run.server.marks, run.id)
    taken_apart(session, run)
    assert publishing.participation_counts(session, run.server.marks, run.id) == before
    assert sum(people for _, people in before.values()) == 12
    assert envelopes.participants(session, run.id) == frozenset()
    assert not rolls.has_codes(session, roll_id)
    assert session.scalar(select(func.count()).select_from(RollCodeRow)) == 0


def test_codes_of_another_consultation_stay(session: Session, settings: Settings) -> None:
    run, other = (running(session, settings, people) for people in (12, 0))
    for code in run.codes:
        answer(session, settings, run, code)
        answer(session, settings, other, other.codes[run.codes.index(code)])
    taken_apart(session, run)
    assert rolls.has_codes(session, get(session, other).roll_id or "")
    assert len(envelopes.participants(session, other.id)) == 12
    assert envelopes.count_envelopes(session, other.id) == 12


# Two people agree


def test_the_seals_stay_shut_until_two_people_agreed(session: Session, run: Running) -> None:
    taken_apart(session, run)
    one, other = person(session, Role.CHAIR), person(session, Role.MEMBER)
    with pytest.raises(Refusal, match=r"surveys\.seals_not_agreed"):
        opened(session, run)
    unsealing.propose_opening(session, one, AFTER, run.id)
    with pytest.raises(Refusal, match=r"surveys\.seals_not_agreed"):
        opened(session, run)
    shown = fingerprint(unsealing.effect_of(session, run.id))
    with pytest.raises(Refusal, match=r"accounts\.approve_own"):
        unsealing.approve_opening(session, one, AFTER, run.id, shown)
    with pytest.raises(Refusal, match=r"accounts\.effect_changed"):
        unsealing.approve_opening(session, other, AFTER, run.id, "0" * 64)
    unsealing.approve_opening(session, other, AFTER, run.id, shown)
    assert opened(session, run) == Unsealing(participants=12, answers=12, unreadable=0)
    assert get(session, run).unsealed_at == AFTER
    for again in (
        lambda: opened(session, run),
        lambda: unsealing.propose_opening(session, one, AFTER, run.id),
    ):
        with pytest.raises(Refusal, match=r"surveys\.unsealed"):
            again()


def test_a_key_that_is_not_among_those_that_were_sealed_to_opens_nothing(
    session: Session, run: Running
) -> None:
    taken_apart(session, run)
    others = tuple(bytes(PrivateKey.generate().public_key) for _ in range(2))
    consultations.change(session, run.id, recipients=others)
    agreed(session, run)
    assert opened(session, run) == Problem("key_file_old")
    assert envelopes.count_shuffled(session, run.id) == 12


def test_an_agreement_holds_for_a_day_and_for_these_envelopes_only(
    session: Session, run: Running
) -> None:
    taken_apart(session, run)
    agreed(session, run)
    assert unsealing.agreed(session, AFTER + timedelta(hours=23), run.id)
    assert not unsealing.agreed(session, AFTER + timedelta(hours=24), run.id)
    envelopes.drop_shuffled(session, run.id)
    assert not unsealing.agreed(session, AFTER, run.id)


def test_a_wrong_passphrase_or_file_opens_nothing(session: Session, run: Running) -> None:
    taken_apart(session, run)
    agreed(session, run)
    assert opened(session, run, "een andere wachtzin") == Problem("passphrase_wrong")
    assert opened(session, replace(run, key_file=b"{}")) == Problem("key_file_unreadable")
    assert envelopes.count_shuffled(session, run.id) == 12
    assert opened_answers(session, run) == []
    assert isinstance(opened(session, run), Unsealing)


def test_who_holds_no_key_opens_nothing(session: Session, run: Running) -> None:
    taken_apart(session, run)
    agreed(session, run)
    with pytest.raises(Refusal, match=r"surveys\.key_missing"):
        unsealing.open_seals(
            session,
            person(session, Role.CHAIR),
            AFTER,
            run.server,
            run.id,
            run.key_file,
            PASSPHRASE,
        )


def test_results_wait_for_the_opening(session: Session, run: Running) -> None:
    with pytest.raises(Refusal, match=r"surveys\.sealed"):
        publishing.results(session, run.answers_key, run.id)


# What stays


def test_an_envelope_that_we_did_not_seal_is_counted_apart(session: Session, run: Running) -> None:
    envelopes.put_envelope(session, run.id, "forged", b"nonsense")
    assert unsealed(session, run) == Unsealing(participants=12, answers=12, unreadable=1)


def test_open_answers_stand_apart_from_the_rest(session: Session, run: Running) -> None:
    unsealed(session, run)
    rest = {key: value for key, value in ANSWERS.items() if key != "q4"}
    rest["q2"] = ["trees", "water"]  # type: ignore[assignment] # as JSON has it
    assert [one["answers"] for one in opened_answers(session, run)] == [rest] * 12
    assert (
        opened_apart(session, run, "q4") == [{"answer": "Meer bomen graag.", "quote": False}] * 12
    )
    assert envelopes.count_shuffled(session, run.id) == 0
    assert list(envelopes.parts(session)) == []


def send(
    session: Session, settings: Settings, run: Running, number: int, sheet: Sheet
) -> Phase | Problem:
    among = [get(session, run)]
    entered = answering.enter(
        session, WHILE_OPEN, keys(settings), str(run.codes[number]), "10.0.0.0/24", among
    )
    assert isinstance(entered, Entered)
    return sending.submit(session, WHILE_OPEN, run.id, entered.ticket, sheet)


def test_only_open_answers_can_be_quoted_and_personal_data_in_them_are_masked(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings)
    text = "Bel mij op 06 12345678, dan praten wij."
    sheet = Sheet({**ANSWERS, "q4": text}, frozenset({"q1", "q4", "q9"}), Channel.PHONE)
    assert send(session, settings, run, 0, sheet) is Phase.OPEN
    assert send(session, settings, run, 1, Sheet(ANSWERS)) is Phase.OPEN
    unsealed(session, run)
    quotes = {one["answer"]: one["quote"] for one in opened_apart(session, run, "q4")}
    assert len(quotes) == 2
    assert quotes["Meer bomen graag."] is False
    [masked] = [said for said, quote in quotes.items() if quote]
    assert "12345678" not in masked
    assert masked.startswith("Bel mij op [")
    assert participation.channels(session, run.answers_key, run.id) == {"phone": 1, "web": 1}
    assert all(set(one) == {"answers", "weight", "groups"} for one in opened_answers(session, run))


def test_how_answers_came_is_counted_and_stays_with_none_of_them(
    session: Session, run: Running
) -> None:
    assert participation.channels(session, run.answers_key, run.id) == {}
    unsealed(session, run)
    assert participation.channels(session, run.answers_key, run.id) == {"web": 12}


def test_answers_to_what_she_does_not_come_by_are_left_out(
    session: Session, settings: Settings
) -> None:
    run = running(session, settings)
    sheet = Sheet({**ANSWERS, "q9": "elsewhere"})
    assert send(session, settings, run, 0, sheet) is Phase.OPEN
    unsealed(session, run)
    [kept] = opened_answers(session, run)
    assert "q9" not in kept["answers"]


def test_a_sensitive_answer_stands_apart(session: Session, settings: Settings) -> None:
    estate(session, 12)
    made, file = with_key(session)
    drafting.put_question(
        session,
        SECRETARY,
        PREPARED,
        made,
        OneChoice(
            id="s1",
            text=words("Hebt u een beperking?"),
            options=options(yes="Ja", no="Nee"),
            declines=(Declined.RATHER_NOT,),
            required=False,
            sensitive=True,
        ),
    )
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
    key = settings.key("register.codes")
    codes = tuple(code for _, code in opening.issue_codes(session, REGISTRAR, PREPARED, key, made))
    run = Running(made, "x", file, codes, server_keys(settings))
    answer(session, settings, run, codes[0], {**ANSWERS, "s1": "yes"})
    answer(session, settings, run, codes[1], {**ANSWERS, "s1": Declined.RATHER_NOT})
    unsealed(session, run)
    assert all("s1" not in one["answers"] for one in opened_answers(session, run))
    told = [one["answer"] for one in opened_apart(session, run, "s1")]
    assert sorted(map(str, told)) == ["yes", "{'declined': 'rather_not'}"]


def mixed_estate(session: Session, people: int) -> None:
    """Tenants in four neighbourhoods of very different size, young and old."""
    rows = [(f"K{n:05}", 1950 if n % 3 else 2000, _place(n)) for n in range(people)]
    session.execute(
        insert(CustomerRow),
        [{"number": number, "birth_year": year, "language": "nl"} for number, year, _ in rows],
    )
    session.execute(
        insert(ContractRow),
        [
            {
                "id": f"c-{number}",
                "customer_number": number,
                "kind": "tenant",
                "dwelling_type": "flat",
                "complex": "C1",
                "neighbourhood": place,
            }
            for number, _, place in rows
        ],
    )


def _place(number: int) -> str:
    if number % 20 == 0:
        return "Klein"
    return ("Noord", "Zuid")[number % 2]


def test_strata_become_groups_of_ten_and_weights_that_ten_share(
    session: Session, settings: Settings
) -> None:
    mixed_estate(session, 600)
    plan = replace(
        PLAN,
        strata=tuple(Stratum),
        groups=(Stratum.NEIGHBOURHOOD,),
        expected_response=100,
    )
    run = running(session, settings, people=0, plan=plan)
    for number, code in enumerate(run.codes):
        if number % 2:
            answer(session, settings, run, code)
    told = unsealed(session, run)
    kept = opened_answers(session, run)
    assert told.answers == len(kept) == 300
    groups = Counter(tuple(one["groups"].items()) for one in kept)
    assert {name for one in kept for name in one["groups"]} == {"neighbourhood"}
    assert min(groups.values()) >= 10
    classes = Counter((one["weight"], tuple(one["groups"].items())) for one in kept)
    assert min(classes.values()) >= 10
    assert sum(one["weight"] for one in kept) == pytest.approx(300, abs=0.1)
    assert "65+" not in str(kept)


def test_too_few_answers_keep_no_group_and_no_weight(session: Session, settings: Settings) -> None:
    mixed_estate(session, 60)
    plan = replace(PLAN, strata=tuple(Stratum), groups=(), expected_response=100)
    run = running(session, settings, people=0, plan=plan)
    for code in run.codes[:8]:
        answer(session, settings, run, code)
    unsealed(session, run)
    assert {(one["weight"], str(one["groups"])) for one in opened_answers(session, run)} == {
        (1.0, "{}")
    }


def test_an_open_poll_has_no_roll_and_seals_its_answers_alike(
    session: Session, settings: Settings
) -> None:
    made, file = with_key(session, replace(PLAN, mode=Mode.POLL))
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
    run = Running(made, "x", file, (), server_keys(settings))
    for number in range(23):
        ticket = Ticket(None, f"browser-{number}")
        outcome = sending.submit(session, WHILE_OPEN, made, ticket, Sheet(ANSWERS))
        assert outcome is Phase.OPEN
    assert unsealed(session, run) == Unsealing(participants=23, answers=23, unreadable=0)
    assert get(session, run).shown_count == 20
    assert get(session, run).roll_id is None
    assert {(one["weight"], str(one["groups"])) for one in opened_answers(session, run)} == {
        (1.0, "{}")
    }
