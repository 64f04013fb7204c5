"""Preselection from appointment to verdict, with the database; every refusal of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.audit.store import events
from consult.db.session import Database
from consult.elections.actions import assessing, assessors, preselection, shortlist
from consult.elections.core.election import Preselection
from consult.elections.core.preselection import LONGEST_REASON, REVIEW_LASTS, Left, Score, Stage
from consult.elections.store import elections as store
from consult.elections.tables.applications import ApplicationRow
from consult.elections.tables.preselection import AssessmentRow, ReviewRow, VerdictRow
from consult.refusal import Refusal
from tests import elections, preselections
from tests.preselections import APPLICANTS, MEMBERS, THEN, UNTIL, Story, given, somebody, verdicts

STRANGER = Actor("stranger", frozenset({Role.SELECTION}))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as held:
        yield held


@pytest.fixture
def asked(session: Session) -> Story:
    return preselections.appointed(session)


@pytest.fixture
def ready(session: Session, asked: Story) -> Story:
    return preselections.ready(session, asked)


@pytest.fixture
def decided(session: Session, asked: Story) -> Story:
    return preselections.decided(session, asked)


def stage(session: Session, story: Story) -> Stage:
    return preselection.room(session, story.secretary, THEN, story.id).stage


# Appointing


def test_a_committee_goes_from_appointment_to_the_shortlist(session: Session, asked: Story) -> None:
    assert stage(session, asked) is Stage.ASSESSING
    preselections.ready(session, asked)
    assert stage(session, asked) is Stage.COMPARING
    first, second, _ = asked.members
    shortlist.propose(session, first, THEN, asked.id, verdicts(asked, (0, 1)))
    assert stage(session, asked) is Stage.COMPARING
    shortlist.approve(session, second, THEN, asked.id)
    assert stage(session, asked) is Stage.REVIEWING
    after = THEN + REVIEW_LASTS
    assert preselection.admitted(session, after, asked.id) == set(asked.applications[:2])


def test_an_election_without_preselection_admits_everybody_who_applied(session: Session) -> None:
    made = preselections.drafted(session, Preselection.NONE)
    anna = preselections.applied(session, made, "Anna Appel")
    preselections.applied(session, made, "Bilal Berg", withdrawn_at=THEN)
    preselections.applied(session, made, "Cora Citroen", submitted_at=None)
    assert preselection.admitted(session, THEN, made) == {anna}
    with pytest.raises(Refusal, match=r"elections\.no_preselection"):
        preselection.room(session, STRANGER, THEN, made)


def test_a_committee_of_two_is_not_proposed(session: Session) -> None:
    made = preselections.drafted(session)
    secretary = somebody(session, "Sanne Secretaris", Role.SECRETARY)
    two = frozenset(somebody(session, name, Role.SELECTION).account_id for name in MEMBERS[:2])
    with pytest.raises(Refusal, match=r"elections\.assessors_few \(least=3, found=2\)"):
        assessors.propose(session, secretary, THEN, made, two)


def test_only_people_with_the_role_sit_in_the_committee(session: Session, asked: Story) -> None:
    wrong = {*(one.account_id for one in asked.members), asked.chair.account_id}
    with pytest.raises(Refusal, match=r"elections\.assessor_unfit"):
        assessors.propose(session, asked.secretary, THEN, asked.id, wrong)


def test_of_the_council_everybody_is_asked_whatever_was_ticked(session: Session) -> None:
    story = preselections.appointed(session, Preselection.COUNCIL, members=4)
    room = preselection.room(session, story.chair, THEN, story.id)
    assert room.selection is not None
    assert room.selection.assessors == {one.account_id for one in story.members}


def test_the_chair_approves_exactly_the_people_who_were_proposed(
    session: Session, asked: Story
) -> None:
    more = somebody(session, MEMBERS[3], Role.SELECTION).account_id
    people = {*(one.account_id for one in asked.members), more}
    assessors.propose(session, asked.secretary, THEN, asked.id, people)
    with pytest.raises(Refusal, match=r"accounts\.effect_changed"):
        assessors.approve(session, asked.chair, THEN, asked.id, "0" * 64)
    with pytest.raises(Refusal, match=r"accounts\.approve_own"):
        assessors.approve(session, asked.secretary, THEN, asked.id)
    assessors.approve(session, asked.chair, THEN, asked.id)
    assert preselection.room(session, asked.chair, THEN, asked.id).numbers.assessors == 4


def test_who_handed_in_stays_and_after_all_are_in_nobody_is_appointed(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    for application in range(3):
        preselections.assess(session, asked, 0, application)
    assessing.hand_in(session, asked.members[0], THEN, asked.id)
    more = somebody(session, MEMBERS[3], Role.SELECTION).account_id
    others = {*(one.account_id for one in asked.members[1:]), more}
    with pytest.raises(Refusal, match=r"elections\.assessor_handed_in"):
        assessors.propose(session, asked.secretary, THEN, asked.id, others)


def test_a_body_does_not_change_once_scores_were_seen(session: Session, ready: Story) -> None:
    people = {one.account_id for one in ready.members}
    with pytest.raises(Refusal, match=r"elections\.preselection_revealed"):
        assessors.propose(session, ready.secretary, THEN, ready.id, people)


def test_what_somebody_said_who_was_taken_off_is_erased(session: Session, asked: Story) -> None:
    preselections.joined(session, asked)
    preselections.assess(session, asked, 0, 0)
    more = somebody(session, MEMBERS[3], Role.SELECTION)
    preselections.appoint(
        session, asked.id, asked.secretary, asked.chair, [*asked.members[1:], more]
    )
    assert session.scalar(select(func.count()).select_from(AssessmentRow)) == 0


# Declaring


@pytest.mark.parametrize(
    ("stands", "landlord", "left"),
    [(True, False, Left.STANDS), (False, True, Left.LANDLORD)],
)
def test_who_stands_or_works_for_the_landlord_loses_the_seat(
    session: Session, asked: Story, stands: bool, landlord: bool, left: Left
) -> None:
    one = asked.members[0]
    answer = assessors.join(session, one, THEN, asked.id, stands=stands, landlord=landlord)
    assert answer is left
    with pytest.raises(Refusal, match=r"elections\.not_an_assessor"):
        assessing.sheet(session, one, THEN, asked.id, asked.applications[0])


def test_somebody_with_the_name_of_an_applicant_does_not_assess(session: Session) -> None:
    story = preselections.appointed(session, names=("Anna Appel", MEMBERS[0].upper()))
    with pytest.raises(Refusal, match=r"elections\.assessor_stands"):
        assessors.join(session, story.members[0], THEN, story.id, stands=False, landlord=False)


def test_nobody_sees_applicants_before_she_declared_to_be_free(
    session: Session, asked: Story
) -> None:
    room = preselection.room(session, asked.members[0], THEN, asked.id)
    assert room.applicants == {}
    with pytest.raises(Refusal, match=r"elections\.declare_first"):
        assessing.sheet(session, asked.members[0], THEN, asked.id, asked.applications[0])


def test_nobody_declares_before_it_is_known_who_applied(session: Session, asked: Story) -> None:
    early = UNTIL - timedelta(seconds=1)
    with pytest.raises(Refusal, match=r"elections\.preselection_early"):
        assessors.join(session, asked.members[0], early, asked.id, stands=False, landlord=False)


def test_a_stranger_with_the_role_and_a_member_without_it_see_nothing(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    without = Actor(asked.members[0].account_id, frozenset({Role.OBSERVER}))
    for who in (STRANGER, without, asked.secretary):
        assert preselection.room(session, who, THEN, asked.id).applicants is None
        with pytest.raises(Refusal, match=r"elections\.not_an_assessor"):
            assessing.sheet(session, who, THEN, asked.id, asked.applications[0])


def test_who_leaves_takes_her_scores_along_and_not_after_handing_in(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    preselections.assess(session, asked, 0, 0)
    assessors.leave(session, asked.members[0], THEN, asked.id)
    assert session.scalar(select(func.count()).select_from(AssessmentRow)) == 0
    for application in range(3):
        preselections.assess(session, asked, 1, application)
    assessing.hand_in(session, asked.members[1], THEN, asked.id)
    with pytest.raises(Refusal, match=r"elections\.handed_in"):
        assessors.leave(session, asked.members[1], THEN, asked.id)


def test_when_too_few_assessors_are_left_nothing_is_shown(session: Session, asked: Story) -> None:
    preselections.joined(session, asked)
    assessors.leave(session, asked.members[2], THEN, asked.id)
    for member in (0, 1):
        for application in range(3):
            preselections.assess(session, asked, member, application)
        assessing.hand_in(session, asked.members[member], THEN, asked.id)
    with pytest.raises(Refusal, match=r"elections\.assessors_gone"):
        assessing.scores(session, asked.members[0], THEN, asked.id)


# Assessing


def test_an_assessor_sees_her_own_scores_and_others_only_when_all_are_in(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    for member in range(3):
        for application in range(3):
            preselections.assess(session, asked, member, application, 1 + member, 5 - member)
    for member in (0, 1):
        assessing.hand_in(session, asked.members[member], THEN, asked.id)
    first = asked.members[0]
    mine = assessing.sheet(session, first, THEN, asked.id, asked.applications[0]).mine
    assert mine is not None
    assert mine.scores["listen"].value == 1
    room = preselection.room(session, first, THEN, asked.id)
    assert room.selection is not None
    assert {account for account, _ in room.selection.assessments} == {first.account_id}
    with pytest.raises(Refusal, match=r"elections\.scores_hidden \(left=1\)"):
        assessing.scores(session, first, THEN, asked.id)
    assessing.hand_in(session, asked.members[2], THEN, asked.id)
    seen = assessing.scores(session, first, THEN, asked.id)
    assert len(seen.selection.assessments) == 9
    assert {one.mean for one in seen.spreads.values()} == {3}


def test_scores_without_reasons_are_refused_by_competence(session: Session, asked: Story) -> None:
    preselections.joined(session, asked)
    wrong = {**given(3, 3), "plan": Score(3, " ")}
    with pytest.raises(Refusal, match=r"elections\.scores_wrong") as refused:
        assessing.assess(session, asked.members[0], THEN, asked.id, asked.applications[0], wrong)
    assert refused.value.facts["fields"] == {"plan": "reason"}


def test_scores_for_something_that_the_profile_does_not_name_are_not_kept(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    more = {**given(3, 3), "looks": Score(5, "Mooi.")}
    one, anna = asked.members[0], asked.applications[0]
    assessing.assess(session, one, THEN, asked.id, anna, more)
    mine = assessing.sheet(session, one, THEN, asked.id, anna).mine
    assert mine is not None
    assert mine.scores.keys() == {"listen", "plan"}


@pytest.mark.parametrize("why", ["", "  ", "x" * (LONGEST_REASON + 1)])
def test_a_conflict_says_why(session: Session, asked: Story, why: str) -> None:
    preselections.joined(session, asked)
    with pytest.raises(Refusal, match=r"elections\.conflict_unexplained"):
        assessing.declare_conflict(
            session, asked.members[0], THEN, asked.id, asked.applications[0], why
        )


def test_a_conflict_erases_the_scores_and_scores_withdraw_a_conflict(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    one, anna = asked.members[0], asked.applications[0]
    preselections.assess(session, asked, 0, 0)
    assessing.declare_conflict(session, one, THEN, asked.id, anna, "Mijn zus.")
    held = assessing.sheet(session, one, THEN, asked.id, anna).mine
    assert held is not None
    assert (held.conflict, held.scores) == ("Mijn zus.", {})
    preselections.assess(session, asked, 0, 0)
    held = assessing.sheet(session, one, THEN, asked.id, anna).mine
    assert held is not None
    assert held.conflict == ""


def test_an_applicant_with_too_few_assessors_is_named_to_them(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    for member in range(3):
        for application in range(1, 3):
            preselections.assess(session, asked, member, application)
    for member in (0, 1):
        one = asked.members[member]
        assessing.declare_conflict(session, one, THEN, asked.id, asked.applications[0], "Buur.")
    preselections.assess(session, asked, 2, 0)
    for one in asked.members:
        assessing.hand_in(session, one, THEN, asked.id)
    with pytest.raises(Refusal, match=r"elections\.assessors_missing \(names=Anna Appel\)"):
        assessing.scores(session, asked.members[2], THEN, asked.id)
    more = somebody(session, MEMBERS[3], Role.SELECTION)
    body = [*asked.members, more]
    preselections.appoint(session, asked.id, asked.secretary, asked.chair, body)
    with pytest.raises(Refusal, match=r"elections\.scores_hidden"):
        assessing.scores(session, asked.members[2], THEN, asked.id)


def test_handing_in_takes_everybody_and_after_it_nothing_changes(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    one = asked.members[0]
    preselections.assess(session, asked, 0, 0)
    with pytest.raises(Refusal, match=r"elections\.assessment_incomplete \(left=2\)"):
        assessing.hand_in(session, one, THEN, asked.id)
    for application in (1, 2):
        preselections.assess(session, asked, 0, application)
    assessing.hand_in(session, one, THEN, asked.id)
    for again in (
        lambda: assessing.hand_in(session, one, THEN, asked.id),
        lambda: preselections.assess(session, asked, 0, 0, 1, 1),
        lambda: assessing.declare_conflict(
            session, one, THEN, asked.id, asked.applications[0], "Toch."
        ),
    ):
        with pytest.raises(Refusal, match=r"elections\.handed_in"):
            again()


def test_an_applicant_of_elsewhere_or_who_withdrew_is_unknown(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    session.execute(
        update(ApplicationRow)
        .where(ApplicationRow.id == asked.applications[0])
        .values(withdrawn_at=THEN)
    )
    for application in ("elsewhere", asked.applications[0]):
        with pytest.raises(Refusal, match=r"elections\.application_unknown"):
            assessing.sheet(session, asked.members[0], THEN, asked.id, application)


# Deciding


def test_nobody_proposes_a_shortlist_before_all_are_in(session: Session, asked: Story) -> None:
    preselections.joined(session, asked)
    with pytest.raises(Refusal, match=r"elections\.scores_hidden"):
        shortlist.propose(session, asked.members[0], THEN, asked.id, verdicts(asked, (0,)))


def test_a_shortlist_without_reasons_says_where(session: Session, ready: Story) -> None:
    given = [replace(one, reason="") for one in verdicts(ready, (0, 1))]
    with pytest.raises(Refusal, match=r"elections\.shortlist_wrong") as refused:
        shortlist.propose(session, ready.members[0], THEN, ready.id, given)
    assert len(refused.value.facts["fields"]) == 3  # type: ignore[arg-type]


def test_a_verdict_against_the_order_asks_why_and_is_marked(session: Session, ready: Story) -> None:
    one = ready.members[0]
    with pytest.raises(Refusal, match=r"elections\.shortlist_wrong") as refused:
        shortlist.propose(session, one, THEN, ready.id, verdicts(ready, (1, 2)))
    assert refused.value.facts["fields"] == {(ready.applications[0], "against"): "against"}
    shortlist.propose(session, one, THEN, ready.id, verdicts(ready, (1, 2), "Zit in de raad."))
    seen = assessing.scores(session, one, THEN, ready.id)
    assert seen.against == {ready.applications[0]}


def test_a_shortlist_of_nobody_is_refused(session: Session, ready: Story) -> None:
    with pytest.raises(Refusal, match=r"elections\.shortlist_empty"):
        shortlist.propose(session, ready.members[0], THEN, ready.id, verdicts(ready, ()))


def test_nobody_approves_her_own_shortlist_nor_one_that_is_not_there(
    session: Session, ready: Story
) -> None:
    first, second, _ = ready.members
    with pytest.raises(Refusal, match=r"elections\.shortlist_missing"):
        shortlist.approve(session, second, THEN, ready.id)
    shortlist.propose(session, first, THEN, ready.id, verdicts(ready, (0, 1)))
    with pytest.raises(Refusal, match=r"accounts\.approve_own"):
        shortlist.approve(session, first, THEN, ready.id)
    with pytest.raises(Refusal, match=r"accounts\.effect_changed"):
        shortlist.approve(session, second, THEN, ready.id, "0" * 64)
    assert preselection.verdict_for(session, ready.applications[0]) is None


def test_a_decided_shortlist_cannot_be_proposed_again(session: Session, decided: Story) -> None:
    with pytest.raises(Refusal, match=r"elections\.shortlist_decided"):
        shortlist.propose(session, decided.members[2], THEN, decided.id, verdicts(decided, (0,)))


def test_who_has_a_conflict_leaves_the_shortlist_to_two_others(
    session: Session, asked: Story
) -> None:
    preselections.joined(session, asked)
    first, second, third = asked.members
    for member in range(3):
        for application in range(3):
            if (member, application) != (0, 0):
                preselections.assess(session, asked, member, application)
    assessing.declare_conflict(session, first, THEN, asked.id, asked.applications[0], "Zus.")
    for one in asked.members:
        assessing.hand_in(session, one, THEN, asked.id)
    with pytest.raises(Refusal, match=r"elections\.conflict_declared"):
        shortlist.propose(session, first, THEN, asked.id, verdicts(asked, (0, 1, 2)))
    shortlist.propose(session, second, THEN, asked.id, verdicts(asked, (0, 1, 2)))
    with pytest.raises(Refusal, match=r"elections\.conflict_declared"):
        shortlist.approve(session, first, THEN, asked.id)
    shortlist.approve(session, third, THEN, asked.id)


def test_two_who_share_a_conflict_do_not_decide_where_others_can(session: Session) -> None:
    story = preselections.joined(session, preselections.appointed(session, members=4))
    biased = {(0, 0), (1, 0), (2, 1), (3, 2)}
    for member, one in enumerate(story.members):
        for place, application in enumerate(story.applications):
            if (member, place) in biased:
                assessing.declare_conflict(session, one, THEN, story.id, application, "Buur.")
            else:
                preselections.assess(session, story, member, place)
        assessing.hand_in(session, one, THEN, story.id)
    first, second, third, _ = story.members
    shortlist.propose(session, first, THEN, story.id, verdicts(story, (0, 1, 2)))
    with pytest.raises(Refusal, match=r"elections\.conflict_declared"):
        shortlist.approve(session, second, THEN, story.id)
    shortlist.approve(session, third, THEN, story.id)


def test_the_council_decides_with_its_own_act(session: Session) -> None:
    story = preselections.decided(
        session, preselections.appointed(session, Preselection.COUNCIL, members=3)
    )
    after = THEN + REVIEW_LASTS
    assert preselection.admitted(session, after, story.id) == set(story.applications[:2])


# The applicant


def test_an_applicant_reads_her_own_verdict_and_nothing_of_others(
    session: Session, decided: Story
) -> None:
    told = preselection.verdict_for(session, decided.applications[2])
    assert told is not None
    assert (told.admitted, told.reason) == (False, "Reden 2 voor u.")
    assert told.ask_until == THEN + REVIEW_LASTS
    first = preselection.verdict_for(session, decided.applications[0])
    assert first is not None
    assert (first.admitted, first.ask_until) == (True, None)
    assert preselection.verdict_for(session, "nobody") is None


def test_a_review_is_asked_for_once_with_reasons_by_who_was_refused(
    session: Session, decided: Story
) -> None:
    anna, _, cora = decided.applications
    with pytest.raises(Refusal, match=r"elections\.review_reasonless"):
        preselection.ask_review(session, THEN, cora, "  ")
    with pytest.raises(Refusal, match=r"elections\.review_too_long"):
        preselection.ask_review(session, THEN, cora, "x" * (LONGEST_REASON + 1))
    for application, now in ((anna, THEN), (cora, THEN + REVIEW_LASTS), ("nobody", THEN)):
        with pytest.raises(Refusal, match=r"elections\.review_impossible"):
            preselection.ask_review(session, now, application, "Kijk nog eens.")
    preselection.ask_review(session, THEN, cora, "Kijk nog eens.")
    with pytest.raises(Refusal, match=r"elections\.review_impossible"):
        preselection.ask_review(session, THEN, cora, "En nog eens.")


def test_the_list_waits_for_the_term_and_for_an_open_review(
    session: Session, decided: Story
) -> None:
    last = THEN + REVIEW_LASTS
    with pytest.raises(Refusal, match=r"elections\.preselection_open"):
        preselection.admitted(session, last - timedelta(seconds=1), decided.id)
    preselection.ask_review(session, THEN, decided.applications[2], "Kijk nog eens.")
    with pytest.raises(Refusal, match=r"elections\.preselection_open"):
        preselection.admitted(session, last, decided.id)


@pytest.mark.parametrize("moment", ["before applying ends", "without verdicts"])
def test_nobody_is_admitted_before_there_are_verdicts(
    session: Session, asked: Story, moment: str
) -> None:
    now = UNTIL - timedelta(days=1) if moment == "before applying ends" else THEN
    with pytest.raises(Refusal, match=r"elections\.preselection_open"):
        preselection.admitted(session, now, asked.id)


def test_two_others_look_again_and_a_granted_review_admits(session: Session) -> None:
    story = preselections.decided(session, preselections.appointed(session, members=5))
    cora = story.applications[2]
    preselection.ask_review(session, THEN, cora, "Kijk nog eens.")
    writer, _, third, fourth, _ = story.members
    with pytest.raises(Refusal, match=r"elections\.review_own_verdict"):
        shortlist.propose_review(session, writer, THEN, cora, admits=True, reason="Ja.")
    with pytest.raises(Refusal, match=r"elections\.review_choiceless"):
        shortlist.propose_review(session, third, THEN, cora, admits=None, reason="Ja.")
    with pytest.raises(Refusal, match=r"elections\.review_unreasoned"):
        shortlist.propose_review(session, third, THEN, cora, admits=True, reason=" ")
    shortlist.propose_review(session, third, THEN, cora, admits=True, reason="U hebt gelijk.")
    with pytest.raises(Refusal, match=r"elections\.review_own_verdict"):
        shortlist.approve_review(session, writer, THEN, cora)
    told = preselection.verdict_for(session, cora)
    assert told is not None
    assert (told.admitted, told.looked_again) == (False, "")
    shortlist.approve_review(session, fourth, THEN, cora)
    told = preselection.verdict_for(session, cora)
    assert told is not None
    assert (told.admitted, told.looked_again) == (True, "U hebt gelijk.")
    assert preselection.admitted(session, THEN, story.id) == set(story.applications)
    with pytest.raises(Refusal, match=r"elections\.review_decided"):
        shortlist.propose_review(session, third, THEN, cora, admits=False, reason="Nee.")


def test_in_a_committee_of_three_the_third_takes_part_in_the_review(
    session: Session, decided: Story
) -> None:
    first, second, third = decided.members
    cora = decided.applications[2]
    preselection.ask_review(session, THEN, cora, "Kijk nog eens.")
    shortlist.propose_review(session, first, THEN, cora, admits=False, reason="Het blijft zo.")
    with pytest.raises(Refusal, match=r"elections\.review_own_verdict"):
        shortlist.approve_review(session, second, THEN, cora)
    shortlist.approve_review(session, third, THEN, cora)
    assert preselection.admitted(session, THEN, decided.id) == set(decided.applications[:2])


def test_a_review_that_nobody_asked_for_is_unknown(session: Session, decided: Story) -> None:
    for application in (decided.applications[0], "nobody"):
        with pytest.raises(Refusal, match=r"elections\.review_unknown"):
            shortlist.review(session, decided.members[2], THEN, application)


# What stays


def test_after_publication_scores_and_reasons_are_gone(session: Session, decided: Story) -> None:
    preselection.ask_review(session, THEN, decided.applications[2], "Kijk nog eens.")
    preselection.forget_assessments(session, decided.id)
    for table in (AssessmentRow, ReviewRow):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    left = session.execute(select(VerdictRow.application_id, VerdictRow.reason)).all()
    assert {tuple(row) for row in left} == {(one, "") for one in decided.applications[:2]}
    store.mark(session, decided.id, published_at=THEN)
    assert stage(session, decided) is Stage.FINAL
    with pytest.raises(Refusal, match=r"elections\.assessments_erased"):
        assessing.scores(session, decided.members[0], THEN, decided.id)


def test_the_log_names_no_applicant_and_no_score(session: Session, decided: Story) -> None:
    preselection.ask_review(session, THEN, decided.applications[2], "Kijk nog eens.")
    told = [one for one in events(session) if one.kind.startswith("elections.")]
    assert {one.kind for one in told} >= {
        "elections.assessors_appointed",
        "elections.assessor_joined",
        "elections.assessments_handed_in",
        "elections.shortlisted",
        "elections.review_asked",
    }
    for one in told:
        assert not any(name.split()[0].lower() in one.payload for name in APPLICANTS)
        assert set(one.facts) <= {"election", "assessors", "admitted", "refused"}


def test_the_other_tables_of_elections_are_left_alone(session: Session) -> None:
    made = elections.drafted(session)
    assert store.get(session, made).plan.preselection is Preselection.NONE
