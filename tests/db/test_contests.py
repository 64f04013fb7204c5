"""Chair and executive on the same paper: from nomination to posts, and each refusal on the way."""

import json
from dataclasses import replace

import pytest

from consult.belenios.verify import verify_archive
from consult.config import Settings
from consult.council.actions import board, offices
from consult.council.core.agreement import Elects, Office
from consult.db.session import Database
from consult.elections.actions import draws, opening, outcome, prepare, public, voting
from consult.elections.actions.prepare import Nomination
from consult.elections.core.gaps import Gap
from consult.elections.core.outcome import DrawNeeded
from consult.elections.core.recount import counted, read, record_of
from consult.elections.core.series import Series
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal
from tests import contests
from tests import elections as story
from tests.consultations import PREPARED, SECRETARY, estate
from tests.contests import BY_VOTERS, STANDING, ballot_of
from tests.elections import AFTER, NAMES, PLAN

A, B, C, D, E, F = STANDING
VOTES = (
    ([A], [C, D], [A, E, F]),
    ([A], [C, B], [B, E, C]),
    ([B], [C, D], [B, E, F]),
    ([A], [D, C], [B, D]),
    ([], [], []),
)


def names(database: Database, election_id: str) -> dict[str, str]:
    with database.read() as session:
        return {one.id: one.name for one in people.candidates(session, election_id)}


def test_an_election_with_three_questions_gives_a_chair_an_executive_and_a_board(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = contests.counted(session, settings, VOTES)
        paper = voting.paper_of(session, run.id)
        totals = store.get(session, run.id).totals
    assert [question.max for question in paper.questions] == [1, 2, 3]
    assert [len(question.answers) for question in paper.questions] == [2, 4, 6]
    assert totals is not None
    for question, votes, place in zip(paper.questions, totals, range(3), strict=True):
        expected = [sum(name in one[place] for one in VOTES) for name in question.answers]
        assert list(votes) == expected
    story.verified(database, settings, run)
    called = names(database, run.id)
    with database.write() as session:
        story.published(session, run)
        found = outcome.counted(session, run.id)
        status = board.status_on(session, PLAN.seats_from)
        archive = b"".join(public.archive_blocks(session, run.id))
    elected = [[called[one] for one in office.result.elected] for office in found.offices]
    assert [elected[0], elected[1], sorted(elected[2])] == [[A], [C, D], [B, E]]
    assert {one.name for one in status.members} == {A, B, C, D, *elected[2]}
    holders = {office: status.holder(office) for office in Office}
    assert {office: one and one.name for office, one in holders.items()} == {
        Office.CHAIR: A,
        Office.SECRETARY: C,
        Office.TREASURER: D,
    }
    assert status.lawful
    report = verify_archive(archive)
    assert report.findings == ()
    assert report.figures.counts == totals


def test_the_seal_says_each_contest_and_the_published_case_gives_the_same_record(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = contests.counted(session, settings, VOTES)
        seal = json.loads(public.seal_file(session, run.uuid))
        found = outcome.outcome(session, run.id)
    offices = ["chair", "executive", "board"]
    assert [one["office"] for one in seal["contests"]] == offices
    assert [one["seats"] for one in seal["contests"]] == [1, 3, 5]
    assert [one["posts"] for one in seal["contests"]] == [["chair"], ["secretary", "treasurer"], []]
    assert seal["contests"][0]["rules"] == seal["rules"]["chair"]
    case = read(found.case)
    again = counted(case)
    assert isinstance(again, Series)
    assert found.record.startswith(record_of(case, again))
    assert [one.office for one in found.offices] == offices


def test_an_election_of_the_board_alone_has_one_contest_and_a_case_as_before(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        seal = json.loads(public.seal_file(session, run.uuid))
        paper = voting.paper_of(session, run.id)
        story.cast(session, settings, run, story.ballot_of(session, run, run.codes[0], *NAMES[:2]))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
        case = json.loads(outcome.outcome(session, run.id).case)
    [only] = seal["contests"]
    assert (only["office"], only["stays"], only["posts"]) == ("board", [], [])
    assert only["candidates"] == [one["id"] for one in seal["candidates"]]
    assert [question.question for question in paper.questions] == [PLAN.title]
    assert (case["kind"], case["uncontested"], case["ballots"]) == ("totals", "confirm", 1)


def test_only_a_tenant_may_stand_for_chair(database: Database) -> None:
    with database.write() as session:
        contests.adopt(session)
        estate(session, 12)
        contests.owner(session, "E00001")
        made = prepare.draft(session, SECRETARY, PREPARED, PLAN)
        prepare.draw_roll(session, SECRETARY, PREPARED, made)
        owner = Nomination("E00001", "Olga Ooievaar", "Ik kocht.", frozenset({"board", "chair"}))
        with pytest.raises(Refusal, match=r"elections\.chair_not_tenant") as refused:
            prepare.nominate(session, SECRETARY, PREPARED, made, owner)
        assert refused.value.facts == {"name": "Olga Ooievaar"}
        for_board = replace(owner, stands_for=frozenset({"board", "executive"}))
        prepare.nominate(session, SECRETARY, PREPARED, made, for_board)
        [stored] = people.candidates(session, made)
        assert stored.stands_for == {"board", "executive"}


def test_nobody_stands_for_an_office_that_voters_do_not_elect(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        wanted = Nomination("K00009", "Gina Geer", "Ik ben Gina.", frozenset({"board", "chair"}))
        with pytest.raises(Refusal, match=r"elections\.office_not_elected"):
            prepare.nominate(session, SECRETARY, PREPARED, made, wanted)


def test_without_anybody_for_chair_the_election_does_not_open(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        contests.adopt(session)
        made = story.drafted(session)
        with pytest.raises(Refusal, match=r"elections\.not_ready") as refused:
            opening.opening_effect(session, made, PREPARED)
    missing = refused.value.facts["gaps"]
    assert isinstance(missing, tuple)
    assert missing[:2] == (Gap.NO_CHAIR, Gap.NO_EXECUTIVE)


def test_a_chair_who_keeps_the_office_is_not_elected_again(
    database: Database, settings: Settings
) -> None:
    since = PREPARED.date()
    with database.write() as session:
        two = contests.adopt(session)
        stay = [board.NewMandate(one, True, since, PLAN.seats_until) for one in ("Yves", "Zita")]
        yves, _ = board.seat(session, SECRETARY, PREPARED, stay)
        offices.appoint_office(session, SECRETARY, PREPARED, yves, Office.CHAIR, since)
        run = contests.running(session, settings, two=two)
        seal = json.loads(public.seal_file(session, run.uuid))
    executive, only_board = seal["contests"]
    assert (executive["office"], only_board["office"]) == ("executive", "board")
    assert (executive["seats"], executive["stays"]) == (3, [yves])


def test_equal_votes_for_chair_and_for_the_board_take_a_draw_each(
    database: Database, settings: Settings
) -> None:
    votes = (([A], [C, D], [A, B, E]), ([B], [C, D], [A, B, F]))
    with database.write() as session:
        run = contests.counted(session, settings, votes)
        called = {one.id: one.name for one in people.candidates(session, run.id)}
        ids = {name: one for one, name in called.items()}
        offices = []
        for _ in range(2):
            found = outcome.outcome(session, run.id).result
            assert isinstance(found, DrawNeeded)
            drawing = draws.drawing(session, run.id, AFTER)
            assert (drawing.tied, drawing.office) == (found.tied, found.office)
            offices.append((found.office, {called[one] for one in found.tied}))
            order = sorted(found.tied, key=lambda one: called[one], reverse=True)
            draws.enter_lot(session, run.secretary, AFTER, run.id, order)
            draws.enter_lot(session, run.chair, AFTER, run.id, order)
        chair, _, last = outcome.outcome(session, run.id).offices
    assert offices == [("chair", {A, B}), ("board", {E, F})]
    assert chair.result.elected == (ids[B],)
    assert set(last.result.elected) == {ids[A], ids[F]}


def test_a_post_that_the_rules_refuse_takes_back_the_whole_publication(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = contests.counted(session, settings, VOTES)
    story.verified(database, settings, run)
    later, until = PLAN.seats_from.replace(day=20), PLAN.seats_until
    with database.write() as session:
        # Somebody was given the chair from a later day on: the appointment would cross it.
        given = [board.NewMandate(one, True, later, until) for one in ("Yves", "Zita")]
        yves, _ = board.seat(session, SECRETARY, AFTER, given)
        offices.appoint_office(session, SECRETARY, AFTER, yves, Office.CHAIR, later)
    with pytest.raises(Refusal, match=r"council\.office_later"), database.write() as session:
        story.published(session, run)
    with database.read() as session:
        assert store.get(session, run.id).published_at is None
        status = board.status_on(session, later)
    assert [one.name for one in status.members] == ["Yves", "Zita"]


@pytest.mark.parametrize("question", range(3))
def test_a_ballot_that_is_wrong_in_one_question_is_refused(
    database: Database, settings: Settings, question: int
) -> None:
    with database.write() as session:
        run = contests.running(session, settings)
        raw = ballot_of(session, run, run.codes[0], VOTES[0])
        paper = voting.paper_of(session, run.id)
    shape = json.loads(raw)
    shape["answers"][question]["overall_proof"].reverse()
    with pytest.raises(Refusal, match=r"elections\.ballot_invalid"):
        voting.check_ballot(paper, json.dumps(shape, separators=(",", ":")).encode())


def test_the_executive_alone_by_voters_needs_one_tenant_beside_the_chair_to_come(
    database: Database, settings: Settings
) -> None:
    settings_of = replace(BY_VOTERS.settings, chair_by=Elects.BOARD)
    agreement = replace(BY_VOTERS, settings=settings_of)
    with database.write() as session:
        run = contests.running(session, settings, agreement=agreement)
        seal = json.loads(public.seal_file(session, run.uuid))
    executive = seal["contests"][0]
    assert (executive["office"], executive["seats"]) == ("executive", 2)
    assert [rule["value"] for rule in executive["rules"]] == [1]
