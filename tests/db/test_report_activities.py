"""What reports are about: each activity with its chain, and whom the end of a chain tells of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.clock import day_of
from consult.config import Settings
from consult.council.actions.board import NewMandate, seat
from consult.council.store import board as council
from consult.council.tables import MandateRow
from consult.db.session import Database
from consult.elections.actions import closing as ending
from consult.elections.actions.listing import forget_applications
from consult.elections.core.election import Candidate
from consult.elections.core.profile import Attribute, Needs, Reserved
from consult.elections.store import applications, people
from consult.elections.store import elections as store
from consult.elections.tables.applications import ApplicationRow
from consult.elections.tables.people import Candidate as CandidateRow
from consult.refusal import Refusal
from consult.register.actions.rolls import draw_roll
from consult.register.core.base import AgeBand
from consult.register.core.base import Kind as CustomerKind
from consult.register.core.roll import Purpose
from consult.register.core.tallying import Tally, tally
from consult.register.store import rolls
from consult.register.tables import ContractRow, CustomerRow
from consult.reports.actions.activities import Activity, Keys, Kind
from consult.reports.actions.bodies import of_election
from consult.reports.actions.consulted import consultation_made
from consult.reports.actions.elected import election_made
from consult.reports.actions.seated import board_made
from consult.reports.actions.years import year_made
from consult.reports.core.chain import Dimension, Group, Members, Stage
from consult.reports.core.edition import Readers
from consult.surveys.actions import closing, participation, publishing
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.sealing import put_away
from consult.surveys.store import consultations, envelopes
from consult.surveys.store.envelopes import Tally as Kept
from tests import consultations as asking
from tests import elections as voting
from tests import preselections
from tests.consultations import AFTER, estate, taken_apart
from tests.elections import NAMES

INSIDE, OUTSIDE = Readers.INSIDE, Readers.OUTSIDE
SEATED = date(2027, 1, 1)


@pytest.fixture
def keys(settings: Settings) -> Keys:
    names = ("surveys.marks", "surveys.answers", "elections.marks")
    return Keys(*(settings.key(name) for name in names))


def varied(session: Session) -> None:
    """Every third customer lives alone since 2020; the others are two since 2001 in a house."""
    for row in session.query(CustomerRow):
        alone = int(row.number[1:]) % 3 == 0
        row.household_size = 1 if alone else 2
        start = date(2020, 1, 1) if alone else date(2001, 1, 1)
        home = "Galerijflat" if alone else "Hoekwoning"
        of_hers = ContractRow.customer_number == row.number
        values = {"dwelling_type": home, "started_on": start}
        session.execute(update(ContractRow).where(of_hers).values(values))


def asked(database: Database, settings: Settings) -> asking.Running:
    """A consultation of thirty people of whom twelve took part, closed and taken apart."""
    with database.write() as session:
        estate(session, 30)
        varied(session)
        run = asking.running(session, settings, people=0)
        for code in run.codes[:12]:
            asking.answer(session, settings, run, code)
        closing.pass_time(session, AFTER, AFTER.date())
    return run


# Consultations


def test_a_consultation_is_counted_by_each_trait_alone(
    database: Database, settings: Settings, keys: Keys
) -> None:
    run = asked(database, settings)
    with database.read() as session:
        live = consultation_made(session, keys.marks, keys.answers, run.id, INSIDE)
    margins = live.chain.margins
    assert margins.keys() == {Dimension.DWELLING, Dimension.TENANCY, Dimension.HOUSEHOLD}
    sizes = {
        dimension: {one.label: one.base for one in groups} for dimension, groups in margins.items()
    }
    assert sizes == {
        Dimension.DWELLING: {"flat": 10, "house": 20},
        Dimension.TENANCY: {"5-9": 10, "20+": 20},
        Dimension.HOUSEHOLD: {"1": 10, "2": 20},
    }
    for groups in margins.values():
        assert sum(one.participants for one in groups) == live.chain.total().participants == 12
    with database.write() as session:
        taken_apart(session, run)
        roll = rolls.roll_for(session, Purpose.CONSULTATION, run.id)
        kept = consultation_made(session, keys.marks, keys.answers, run.id, INSIDE)
    assert roll is not None
    assert kept.chain.margins == margins
    assert set(kept.chain.cells) == set(live.chain.cells)
    assert (kept.kind, kept.roll_size) == (Kind.CONSULTATION, 30)
    assert kept.roll_fingerprint == roll.fingerprint
    assert kept.results is None


def test_a_tally_that_was_kept_before_there_were_margins_still_opens(
    database: Database, settings: Settings, keys: Keys
) -> None:
    run = asked(database, settings)
    with database.write() as session:
        found = consultations.get(session, run.id)
        assert found is not None
        counts = participation.counts(session, keys.marks, found)
        rows = [[*cell, *pair] for cell, pair in sorted(counts.items())]
        body = put_away(participation._tally_key(keys.marks), rows)
        envelopes.keep_tally(session, run.id, Kept.PARTICIPATION, body)
        envelopes.drop_participation(session, run.id)
        made = consultation_made(session, keys.marks, keys.answers, run.id, INSIDE)
    assert made.chain.total() == Group("", 30, 30, 12)
    assert made.chain.margins == {}


def test_results_come_along_for_the_same_readers(
    database: Database, settings: Settings, keys: Keys
) -> None:
    run = asked(database, settings)
    with database.write() as session:
        asking.unsealed(session, run)
    with database.read() as session:
        inside, outside = (
            consultation_made(session, keys.marks, keys.answers, run.id, one) for one in Readers
        )
        assert inside.results == publishing.results(session, keys.answers, run.id)
        assert outside.results == publishing.public_results(session, keys.answers, run.id)
    assert inside.chain == outside.chain
    assert inside.results != outside.results


def test_a_consultation_that_is_open_or_unknown_is_refused(
    database: Database, settings: Settings, keys: Keys
) -> None:
    with database.write() as session:
        run = asking.running(session, settings)
        for made, code in ((run.id, "surveys.not_closed"), ("x", "surveys.unknown")):
            with pytest.raises(Refusal, match=code.replace(".", r"\.")):
                consultation_made(session, keys.marks, keys.answers, made, INSIDE)


# Elections


def bodies(made: Activity) -> dict[Stage, Members]:
    return {one.stage: one for one in made.chain.bodies}


def voted(database: Database, settings: Settings) -> voting.Running:
    """An election of twelve people with four candidates; three are elected and seated."""
    with database.write() as session:
        run = voting.running(session, settings)
        chosen = (NAMES[:2], NAMES[1:3], NAMES[:1], NAMES[2:3])
        for code, names in zip(run.codes, chosen, strict=False):
            voting.cast(session, settings, run, voting.ballot_of(session, run, code, *names))
        voting.closed(session, settings, run)
        for holder in run.keys:
            voting.decrypted(session, run, holder)
    return run


def test_an_election_tells_who_stood_after_closing_and_who_sits_after_publication(
    database: Database, settings: Settings, keys: Keys
) -> None:
    run = voted(database, settings)
    with database.read() as session:
        closed = election_made(session, keys.votes, run.id, INSIDE)
    assert (closed.chain.total().base, closed.chain.total().participants) == (12, 4)
    assert closed.chain.margins == {Dimension.DWELLING: (Group("flat", 12, 12, 4),)}
    assert bodies(closed) == {
        Stage.CANDIDATES: Members(
            Stage.CANDIDATES, 4, {Dimension.KIND: {"tenant": 4}, Dimension.AGE_BAND: {"35-49": 4}}
        )
    }
    voting.verified(database, settings, run)
    with database.write() as session:
        voting.published(session, run)
        published = election_made(session, keys.votes, run.id, INSIDE)
        outside = election_made(session, keys.votes, run.id, OUTSIDE)
    # Four candidates less three members is one person, whose age nobody may find.
    assert bodies(published)[Stage.BOARD] == Members(
        Stage.BOARD, 3, {Dimension.KIND: {"tenant": 3}}
    )
    assert bodies(outside)[Stage.BOARD] == Members(Stage.BOARD, 3, {Dimension.KIND: {"tenant": 3}})
    assert outside.chain.cells == published.chain.cells


def test_outside_candidates_are_counted_by_what_rules_speak_of_alone(
    database: Database, settings: Settings
) -> None:
    run = voted(database, settings)
    young = Reserved("r1", Attribute.AGE, ("18-34",), 1)
    old = Reserved("r2", Attribute.AGE, ("75+",), 1)
    base = Tally(
        {
            (CustomerKind.TENANT, AgeBand.YOUNG, "Noord"): (20, 5),
            (CustomerKind.TENANT, AgeBand.LATE_MIDDLE, "Noord"): (30, 5),
            (CustomerKind.OWNER, AgeBand.OLDEST, "Noord"): (4, 0),
        }
    )
    with database.write() as session:
        first, second, *_ = people.candidates(session, run.id)
        for one, groups in ((first, [young.group, "tenant"]), (second, [old.group])):
            session.execute(
                update(CandidateRow).where(CandidateRow.id == one.id).values(groups=groups)
            )
        election = replace(store.get(session, run.id), needs=Needs(reserved=(young, old)))
        [told] = of_election(session, election, base, OUTSIDE)
    assert told.groups == {Dimension.AGE_BAND: {"18-34": 1}}  # others than tenants are four


def test_an_election_that_is_not_closed_is_refused(
    database: Database, settings: Settings, keys: Keys
) -> None:
    with database.write() as session:
        run = voting.running(session, settings)
        for readers in Readers:
            with pytest.raises(Refusal, match=r"elections\.not_closed"):
                election_made(session, keys.votes, run.id, readers)


def test_a_candidate_who_is_not_on_the_roll_counts_as_unknown(
    database: Database, settings: Settings, keys: Keys
) -> None:
    run = voted(database, settings)
    with database.write() as session:
        first = people.candidates(session, run.id)[0]
        elsewhere = update(CandidateRow).where(CandidateRow.id == first.id)
        session.execute(elsewhere.values(customer_number="K99999"))
        made = bodies(election_made(session, keys.votes, run.id, INSIDE))[Stage.CANDIDATES]
    assert made.size == 4
    assert made.groups[Dimension.AGE_BAND] == {"35-49": 3, "unknown": 1}


def shortlisted(session: Session, keys: Keys, names: Sequence[str], admitted: Sequence[int]) -> str:
    """An election that is closed, of which a committee let some applicants through."""
    estate(session, 40)
    began = preselections.appointed(session, names=names)
    for place, one in enumerate(began.applications):
        mine = ApplicationRow.id == one
        session.execute(update(ApplicationRow).where(mine).values(customer_number=f"K{place:05}"))
    story = preselections.decided(session, began, admitted)
    for place in admitted:
        one = applications.get(session, story.applications[place])
        assert one is not None
        stands = Candidate(f"c{place}", one.name, one.statement, one.groups, application_id=one.id)
        people.add_candidate(session, story.id, stands, f"K{place:05}")
    day = store.get(session, story.id).plan.reference_date
    drawn = draw_roll(session, SYSTEM, AFTER, Purpose.ELECTION, story.id, day)
    store.mark(session, story.id, roll_id=drawn.id, closed_at=AFTER)
    nobody = tally(rolls.entries(session, drawn.id), lambda _: False)
    ending.keep_turnout(session, keys.votes, story.id, nobody)
    return story.id


def test_the_groups_of_applicants_are_hidden_where_one_was_refused(
    database: Database, keys: Keys
) -> None:
    with database.write() as session:
        made = shortlisted(session, keys, preselections.APPLICANTS, (0, 1))
        for readers in Readers:
            found = bodies(election_made(session, keys.votes, made, readers))
            assert found[Stage.CANDIDATES] == Members(Stage.CANDIDATES, 3, {})
            assert found[Stage.SHORTLIST].size == 2
            assert (Dimension.AGE_BAND in found[Stage.SHORTLIST].groups) is (readers is INSIDE)


def test_where_all_applicants_stand_all_are_counted(database: Database, keys: Keys) -> None:
    with database.write() as session:
        made = shortlisted(session, keys, preselections.APPLICANTS, (0, 1, 2))
        found = bodies(election_made(session, keys.votes, made, INSIDE))
        told = {Dimension.KIND: {"tenant": 3}, Dimension.AGE_BAND: {"35-49": 3}}
        assert found[Stage.CANDIDATES] == Members(Stage.CANDIDATES, 3, told)
        assert found[Stage.SHORTLIST] == Members(Stage.SHORTLIST, 3, told)
        outside = bodies(election_made(session, keys.votes, made, OUTSIDE))
        assert outside[Stage.CANDIDATES].groups == {Dimension.KIND: {"tenant": 3}}


def test_who_was_refused_and_then_withdrew_counts_on(database: Database, keys: Keys) -> None:
    with database.write() as session:
        made = shortlisted(session, keys, preselections.APPLICANTS, (0, 1))
        before = election_made(session, keys.votes, made, INSIDE)
        third = ApplicationRow.customer_number == "K00002"
        session.execute(update(ApplicationRow).where(third).values(withdrawn_at=AFTER))
        assert election_made(session, keys.votes, made, INSIDE) == before


def test_once_applications_are_erased_nothing_is_told_of_applicants(
    database: Database, keys: Keys
) -> None:
    with database.write() as session:
        made = shortlisted(session, keys, preselections.APPLICANTS, (0, 1))
        forget_applications(session, made)
        assert bodies(election_made(session, keys.votes, made, INSIDE)).keys() == {Stage.SHORTLIST}


# The board and the year


def board_of(session: Session, **numbers: str) -> None:
    """Three tenants and somebody who bought a home sit from the first day of 2027."""
    until = date(2030, 1, 1)
    members = [
        NewMandate(name, name != "Nora", SEATED, until, customer_number=number)
        for name, number in numbers.items()
    ]
    seat(session, SYSTEM, AFTER, members)


FOUR = {"Thea": "K00000", "Tom": "K00001", "Tilly": "K00002", "Nora": "K77777"}


def test_a_board_stands_beside_everybody_on_the_register_of_its_day(database: Database) -> None:
    with database.write() as session:
        estate(session, 40)
        varied(session)
        board_of(session, **FOUR)
        inside, outside = (board_made(session, SEATED, one) for one in Readers)
    assert (inside.kind, inside.id, inside.roll_size) == (Kind.BOARD, "2027-01-01", 40)
    assert inside.register_serial == 0
    assert day_of(inside.closed_at) == SEATED
    assert inside.chain.total() == Group("", 40, 0, 0)
    assert inside.chain.margins[Dimension.HOUSEHOLD] == (
        Group("1", 14, 0, 0),
        Group("2", 26, 0, 0),
    )
    assert bodies(inside)[Stage.BOARD] == Members(
        Stage.BOARD,
        4,
        {
            Dimension.KIND: {"tenant": 3, "unknown": 1},
            Dimension.AGE_BAND: {"35-49": 3, "unknown": 1},
        },
    )
    assert bodies(outside)[Stage.BOARD] == Members(Stage.BOARD, 4, {Dimension.KIND: {"tenant": 3}})


def test_of_a_board_with_a_member_who_is_forgotten_no_ages_are_told(database: Database) -> None:
    with database.write() as session:
        estate(session, 40)
        board_of(session, **FOUR)
        council.forget_customers(session, list(council.customer_numbers(session))[:1])
        made = board_made(session, SEATED, INSIDE)
    assert bodies(made)[Stage.BOARD].groups == {Dimension.KIND: {"tenant": 3}}


def test_a_member_who_comes_or_leaves_cannot_be_found_from_the_board_before(
    database: Database,
) -> None:
    """Else two reports of the board, less each other, are the age of one person."""
    later = date(2028, 1, 1)
    with database.write() as session:
        estate(session, 40)
        board_of(session, **FOUR)
        until = date(2030, 1, 1)
        ids = council.customer_numbers(session)
        leaves = next(mandate for mandate, number in ids.items() if number == "K00000")
        session.execute(update(MandateRow).where(MandateRow.id == leaves).values(end=later))
        before = board_made(session, date(2027, 12, 31), INSIDE)
        left = board_made(session, later, INSIDE)
        seat(
            session,
            SYSTEM,
            AFTER,
            [NewMandate("Ties", True, later, until, customer_number="K00009")],
        )
        replaced = board_made(session, later, INSIDE)
    assert Dimension.AGE_BAND in bodies(before)[Stage.BOARD].groups
    assert bodies(left)[Stage.BOARD].groups == {Dimension.KIND: {"tenant": 2}}
    assert bodies(replaced)[Stage.BOARD].groups == {Dimension.KIND: {"tenant": 3}}


def test_a_day_without_a_board_has_a_base_and_no_body(database: Database) -> None:
    with database.write() as session:
        estate(session, 40)
        made = board_made(session, SEATED, INSIDE)
    assert (made.chain.total().base, made.chain.bodies) == (40, ())


def test_before_the_first_rules_there_is_no_board_to_report_on(database: Database) -> None:
    with database.read() as session, pytest.raises(Refusal, match=r"council\.no_rules"):
        board_made(session, date(1999, 1, 1), INSIDE)


def test_a_year_holds_what_closed_in_it_and_ends_with_the_board(
    database: Database, settings: Settings, keys: Keys
) -> None:
    run = voted(database, settings)
    with database.write() as session:
        other = asking.running(session, settings, people=0)
        before = year_made(session, keys, 2026, AFTER, INSIDE)
        closing.pass_time(session, AFTER, AFTER.date())
        made = year_made(session, keys, 2026, AFTER, INSIDE)
        assert [one.id for one in before] == [run.id, day_of(AFTER).isoformat()]
        assert [one.id for one in made] == [other.id, run.id, day_of(AFTER).isoformat()]
        assert [one.kind for one in made] == [Kind.CONSULTATION, Kind.ELECTION, Kind.BOARD]
        later = AFTER.replace(year=2028)
        assert [one.id for one in year_made(session, keys, 2027, later, INSIDE)] == ["2027-12-31"]
        assert year_made(session, keys, 2029, later, INSIDE) == ()


def test_a_consultation_whose_groups_have_yet_to_be_made_is_left_out_of_the_year(
    database: Database, settings: Settings, keys: Keys
) -> None:
    by_age = replace(
        asking.PLAN, strata=(Stratum.AGE,), groups=(Stratum.AGE,), expected_response=50
    )
    with database.write() as session:
        run = asking.running(session, settings, 40, by_age)
        closing.pass_time(session, AFTER, AFTER.date())
        with pytest.raises(Refusal, match=r"surveys\.sealed"):
            consultation_made(session, keys.marks, keys.answers, run.id, INSIDE)
        assert [one.kind for one in year_made(session, keys, 2026, AFTER, INSIDE)] == [Kind.BOARD]
