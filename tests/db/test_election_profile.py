"""A profile from its first line to the seal of the election, and each refusal on the way."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.config import Settings
from consult.council.core.rules import TENANT, as_json
from consult.db.session import Database
from consult.elections.actions import extension, needs, opening, outcome, preflight, prepare
from consult.elections.actions import profile as profiles
from consult.elections.actions.explain import explain
from consult.elections.actions.prepare import Nomination
from consult.elections.core.election import digest, parse_seal
from consult.elections.core.gaps import Gap, gaps
from consult.elections.core.needs import Wrong
from consult.elections.core.outcome import Status
from consult.elections.core.profile import Attribute, Competence, Needs, Reserved, rules_of
from consult.elections.core.steps import PassedOver
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.elections.tables.elections import Election
from consult.refusal import Refusal
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import EVERY_CUSTOMER, Stratum
from consult.register.store import margins
from consult.site import store as site
from tests import elections as story
from tests.agreements import AGREEMENT_2016
from tests.consultations import PREPARED, SECRETARY
from tests.elections import OPENS, PLAN, Running
from tests.profiles import (
    BEGINS,
    CALLING,
    ENDS,
    LISTENS,
    NEEDS,
    NORTH,
    YOUNG,
    fixed,
    listed,
    stand,
    two,
    written,
)

LATER = ENDS + timedelta(days=1)
STANDING = {
    "M0": "Anna",
    "M1": "Bilal",
    "M2": "Cora",
    "M3": "Daan",
    "M4": "Els",
    "M5": "Fatma",
    "M7": "Gert",
}


def refuses(code: str, act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code
    return refused.value


def published(session: Session, plan: story.Plan = CALLING) -> str:
    made = written(session, plan)
    fixed(session, made, two(session))
    return made


# Writing


def test_a_profile_is_kept_part_by_part_in_order_of_priority(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        assert store.get(session, made).needs == NEEDS
        needs.move(session, SECRETARY, PREPARED, made, "noord", -1)
        needs.drop(session, SECRETARY, PREPARED, made, "luisteren")
        assert store.get(session, made).needs == Needs((), (NORTH, YOUNG))


def test_a_part_with_something_wrong_is_told_and_not_kept(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        atlantis = Reserved("x", Attribute.NEIGHBOURHOOD, ("Atlantis",), 1)
        [problem] = needs.put(session, SECRETARY, PREPARED, made, atlantis)
        assert (problem.wrong, problem.value) == (Wrong.VALUE_UNKNOWN, "Atlantis")
        assert store.get(session, made).needs == NEEDS


def test_the_editor_knows_the_neighbourhoods_of_the_register(database: Database) -> None:
    with database.write() as session:
        held = needs.editing(session, written(session))
        assert held.neighbourhoods == ("Noord", "Zuid")
        assert (held.fixed, held.problems) == ("", ())
        assert held.unfilled is AGREEMENT_2016.settings.unfilled


def test_needs_that_are_stored_wrong_are_refused_and_not_guessed(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        session.execute(update(Election).values(needs={"reserved": []}))
        refuses("elections.needs_unreadable", lambda: store.get(session, made))


# Publishing


def test_what_two_people_agree_on_is_what_is_published_byte_for_byte(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        effect = profiles.profile_effect(session, made, PREPARED)
        fixed(session, made, two(session))
        election = store.get(session, made)
        found = profiles.published(session, election.uuid)
        assert (found.raw, found.sha256) == (effect, digest(effect))
        assert election.profile_at == PREPARED
        said = found.content
        assert said["schema"] == "consult-profile/1"
        assert (said["nominate_from"], said["preselection"]) == (BEGINS.isoformat(), "council")
        assert [one["name"] for one in said["competences"]] == ["Luisteren"]
        assert [one["id"] for one in said["reserved"]] == ["jong", "noord"]
        assert said["rules"]["board"] == as_json(rules_of(AGREEMENT_2016.board, NEEDS))
        assert said["rules"]["source"] == AGREEMENT_2016.source
        assert said["rules"]["settings"]["unfilled"] == "release"


def test_the_profile_stands_on_the_site_with_its_fingerprint_in_two_languages(
    database: Database,
) -> None:
    with database.write() as session:
        election = store.get(session, published(session))
        found = site.publication(session, f"profiel-{election.uuid.lower()}")
        assert found is not None
        dutch, english = (json.dumps(str(found.document.texts[one])) for one in ("nl", "en"))
        assert profiles.published(session, election.uuid).sha256 in dutch
        for words in ("Luisteren", "18 tot en met 34 jaar", "mensen uit Noord", "blijft de plaats"):
            assert words in dutch
        assert "mensen uit Noord" not in english


@pytest.mark.parametrize(
    "act",
    [
        lambda session, made: needs.put(session, SECRETARY, PREPARED, made, LISTENS),
        lambda session, made: needs.drop(session, SECRETARY, PREPARED, made, "jong"),
        lambda session, made: needs.move(session, SECRETARY, PREPARED, made, "noord", -1),
        lambda session, made: prepare.change_plan(
            session, SECRETARY, PREPARED, made, replace(CALLING, title="Anders")
        ),
        lambda session, made: profiles.profile_effect(session, made, PREPARED),
    ],
)
def test_a_published_profile_and_its_plan_cannot_change(
    database: Database, act: Callable[[Session, str], object]
) -> None:
    with database.write() as session:
        made = published(session)
        refuses("elections.profile_published", lambda: act(session, made))


def test_one_person_alone_publishes_no_profile(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        refuses(
            "elections.not_approved",
            lambda: profiles.publish_profile(session, SECRETARY, PREPARED, made),
        )


def test_a_profile_that_changed_after_the_proposal_is_not_approved(database: Database) -> None:
    with database.write() as session:
        made, (secretary, chair) = written(session), two(session)
        effect = profiles.profile_effect(session, made, PREPARED)
        approvals.propose(session, secretary, PREPARED, profiles.PUBLISH, made, effect)
        needs.drop(session, SECRETARY, PREPARED, made, "jong")
        changed = profiles.profile_effect(session, made, PREPARED)
        refuses(
            "accounts.effect_changed",
            lambda: approvals.approve(session, chair, PREPARED, profiles.PUBLISH, made, changed),
        )


def test_once_nominations_have_begun_it_is_too_late_for_a_profile(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        profiles.profile_effect(session, made, BEGINS - timedelta(seconds=1))
        refuses(
            "elections.nominations_begun", lambda: profiles.profile_effect(session, made, BEGINS)
        )


def test_a_profile_that_no_board_could_meet_is_not_published(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        prepare.change_plan(
            session, SECRETARY, PREPARED, made, replace(CALLING, max_board=1, max_choices=1)
        )
        more = Reserved("oud", Attribute.AGE, ("75+",), 1)
        assert needs.put(session, SECRETARY, PREPARED, made, more) != ()
        session.execute(update(Election).values(max_board=0))
        refuses("elections.needs_wrong", lambda: profiles.profile_effect(session, made, PREPARED))


def test_when_somebody_stands_already_it_is_too_late_for_a_profile(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        for act in (
            lambda: profiles.profile_effect(session, made, PREPARED),
            lambda: needs.put(session, SECRETARY, PREPARED, made, LISTENS),
        ):
            refuses("elections.profile_late", act)
        assert needs.editing(session, made).fixed == "elections.profile_late"


def test_after_the_letters_there_is_no_profile_any_more(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.ready(session, settings)
        refuses("elections.sealed", lambda: profiles.profile_effect(session, run.id, PREPARED))


def test_a_profile_that_is_not_published_is_nobodys_to_read(database: Database) -> None:
    with database.write() as session:
        uuid = store.get(session, written(session)).uuid
        refuses("elections.unknown", lambda: profiles.published(session, uuid))


# Standing and opening


def test_nobody_stands_before_the_profile_is_published(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        prepare.draw_roll(session, SECRETARY, PREPARED, made)
        who = Nomination("M0", "Anna", "Ik ben Anna.")
        refuses(
            "elections.by_application",
            lambda: prepare.nominate(session, SECRETARY, PREPARED, made, who),
        )
        by_desk = replace(CALLING, nominate_from=None, nominate_until=None)
        prepare.change_plan(session, SECRETARY, PREPARED, made, by_desk)
        refuses(
            "elections.no_profile",
            lambda: prepare.nominate(session, SECRETARY, PREPARED, made, who),
        )
        election = store.get(session, made)
        assert Gap.NO_PROFILE in gaps(election, (), (), PREPARED)
        plain = replace(election, needs=Needs(), plan=PLAN)
        assert Gap.NO_PROFILE not in gaps(plain, (), (), PREPARED)
        assert Gap.NO_PROFILE in gaps(replace(plain, needs=NEEDS), (), (), PREPARED)


def test_candidates_are_in_the_groups_of_the_profile(database: Database) -> None:
    with database.write() as session:
        made = published(session)
        stand(session, made, STANDING)
        listed(session, made)
        groups = {one.name: one.groups for one in people.candidates(session, made)}
        assert groups["Anna"] == {TENANT, YOUNG.group}
        assert groups["Bilal"] == {TENANT, NORTH.group}
        assert groups["Els"] == {YOUNG.group}


def equipped(session: Session, settings: Settings, plan: story.Plan = CALLING) -> Running:
    pair = two(session)
    made = written(session, plan)
    fixed(session, made, pair)
    stand(session, made, STANDING)
    if plan.nominate_from is not None:
        listed(session, made)
    return story.equipped(session, settings, made, pair)


def test_the_count_keeps_the_rules_of_the_published_profile(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = equipped(session, settings)
        story.opened(session, run)
        seal = parse_seal(store.seal(session, run.id) or b"")
        found = profiles.published(session, run.uuid)
        assert seal["profile_digest"] == found.sha256
        assert seal["rules"] == found.content["rules"]
        assert seal["outlook"] == {
            "status": "full",
            "size": 5,
            "wanted": 5,
            "held": 0,
            "minima": {"jong": 1, "noord": 1},
        }
        ballots = [*[("Cora", "Fatma")] * 3, *[("Bilal", "Daan")] * 3, ("Gert", "Anna"), ("Gert",)]
        for code, names in zip(run.codes, ballots, strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
        counted = outcome.counted(session, run.id)
        [passed] = counted.result.passed_over
        assert counted.names[passed] == "Gert"
        assert {counted.names[one] for one in counted.result.elected} == {
            *("Anna", "Bilal", "Cora", "Daan", "Fatma")
        }
        step = next(one for one in counted.result.steps if isinstance(one, PassedOver))
        assert [block.rule for block in step.blocks] == ["jong"]
        assert "minstens 1 mensen van 18 tot en met 34 jaar" in explain(step, counted.names, "nl")


def test_a_plan_that_differs_from_the_published_profile_does_not_open(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = equipped(session, settings)
        session.execute(update(Election).values(max_choices=1))
        refuses(
            "elections.profile_altered",
            lambda: opening.opening_effect(session, run.id, PREPARED),
        )


def test_without_a_profile_an_election_opens_as_before(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        seal = parse_seal(store.seal(session, run.id) or b"")
        assert seal["profile_digest"] is None
        assert seal["rules"]["board"] == as_json(AGREEMENT_2016.board)


# Pre-flight


def short(session: Session, settings: Settings, tenants: int, plan: story.Plan = PLAN) -> Running:
    """An election in which so many tenants stand, and two buyers."""
    made = written(session, plan, Needs())
    numbers = [*[f"M{n}" for n in range(20) if n % 5 != 4][:tenants], "M4", "M9"]
    stand(session, made, {number: f"Kandidaat {number}" for number in numbers})
    return story.equipped(session, settings, made, two(session))


def test_an_election_without_a_lawful_board_does_not_open(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = short(session, settings, tenants=1)
        found = preflight.flight(session, run.id)
        assert (found.lawful, found.chair, found.executive) == (False, True, False)
        refuses(
            "elections.no_board_possible",
            lambda: opening.opening_effect(session, run.id, PREPARED),
        )


def test_a_smaller_board_than_wanted_is_part_of_what_both_approve(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = short(session, settings, tenants=3, plan=replace(PLAN, max_board=9))
        assert preflight.flight(session, run.id).found.status is Status.REDUCED
        effect = parse_seal(opening.opening_effect(session, run.id, PREPARED))
        assert effect["outlook"] == {
            "status": "reduced",
            "size": 4,
            "wanted": 9,
            "held": 0,
            "minima": {},
        }
        story.opened(session, run)
        assert parse_seal(store.seal(session, run.id) or b"")["outlook"] == effect["outlook"]


def test_the_pre_flight_names_whose_withdrawal_would_matter(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = published(session)
        stand(session, made, {"M1": "Bilal", "M2": "Cora", "M6": "Gert", "M8": "Hans"})
        found = preflight.flight(session, made)
        alone = {
            found.names[one]
            for loss in found.found.losses
            if len(loss.people) == 1
            for one in loss.people[0]
        }
        assert alone == {"Bilal", "Cora", "Gert", "Hans"}
        assert found.called(tuple(found.names)) == ["Bilal", "Cora", "Gert", "Hans"]


# More time


def test_two_people_give_more_time_and_the_profile_gets_a_next_version(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = written(session)
        secretary, chair = pair = two(session)
        fixed(session, made, pair)
        uuid = store.get(session, made).uuid
        first = profiles.published(session, uuid)
        extension.propose_extension(session, secretary, ENDS, made, LATER)
        effect = extension.extension_effect(session, made, ENDS)
        refuses(
            "elections.not_approved",
            lambda: extension.extend_nominations(session, chair, ENDS, made),
        )
        approvals.approve(session, chair, ENDS, extension.EXTEND, made, effect)
        extension.extend_nominations(session, chair, ENDS, made)
        second = profiles.published(session, uuid)
        assert second.raw == effect
        assert second.content["nominate_until"] == LATER.isoformat()
        assert second.content["previous"] == first.sha256
        changed = {name for name in first.content if first.content[name] != second.content[name]}
        assert changed == {"nominate_until", "previous"}
        election = store.get(session, made)
        assert (election.plan.nominate_until, election.extend_to) == (LATER, None)
        versions = site.versions(session, f"profiel-{uuid.lower()}")
        assert [number for number, _ in versions] == [2, 1]
        stand(session, made, STANDING)
        listed(session, made)
        story.opened(session, story.equipped(session, settings, made, pair))


@pytest.mark.parametrize(
    ("until", "now", "code"),
    [
        (ENDS, PREPARED, "elections.extension_early"),
        (ENDS - timedelta(hours=1), PREPARED, "elections.extension_early"),
        (LATER, LATER, "elections.extension_early"),
        (OPENS + timedelta(seconds=1), PREPARED, "elections.extension_late"),
    ],
)
def test_more_time_is_later_than_now_and_before_the_vote(
    database: Database, until: story.datetime, now: story.datetime, code: str
) -> None:
    with database.write() as session:
        made = published(session)
        refuses(code, lambda: extension.propose_extension(session, SECRETARY, now, made, until))
        assert store.get(session, made).extend_to is None


def test_there_is_no_more_time_before_the_profile_or_after_the_list_is_fixed(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        drafted = prepare.draft(session, SECRETARY, PREPARED, CALLING)
        run = equipped(session, settings)
        for made in (drafted, run.id):
            refuses(
                "elections.not_extendable",
                lambda made=made: extension.propose_extension(
                    session, SECRETARY, PREPARED, made, LATER
                ),
            )


def test_more_time_that_nobody_proposed_has_no_effect(database: Database) -> None:
    with database.write() as session:
        made = published(session)
        refuses(
            "elections.no_extension", lambda: extension.extension_effect(session, made, PREPARED)
        )


# The trial and the numbers of the register


def test_a_trial_needs_somebody_in_the_register(database: Database) -> None:
    with database.write() as session:
        made = prepare.draft(session, SECRETARY, PREPARED, PLAN)
        assert needs.trial(session, made, 12) is None


def test_the_same_profile_gives_the_same_trial_and_another_profile_another(
    database: Database,
) -> None:
    with database.write() as session:
        made = written(session)
        first = needs.trial(session, made, 12)
        assert first == needs.trial(session, made, 12)
        assert first is not None
        assert [one.reserved for one in first.seats] == ["jong", "noord"]
        needs.put(session, SECRETARY, PREPARED, made, Competence("x", "Rekenen"))
        assert needs.trial(session, made, 12) == first
        needs.put(session, SECRETARY, PREPARED, made, replace(YOUNG, seats=2))
        other = needs.trial(session, made, 12)
        assert other is not None
        assert other.seats[0].short > first.seats[0].short
        assert other.seats[1].displaced != first.seats[1].displaced


def test_who_stood_the_last_time_makes_half_of_the_trial(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = equipped(session, settings)
        story.opened(session, run)
        later = replace(CALLING, opens_at=CALLING.opens_at + timedelta(days=1))
        made = prepare.draft(session, SECRETARY, PREPARED, later)
        old = Reserved("koper", Attribute.KIND, ("owner",), 1)
        assert needs.put(session, SECRETARY, PREPARED, made, old) == ()
        found = needs.trial(session, made, 10)
        assert found is not None
        share = (1 / 5 + 1 / 7) / 2  # of the register, and of the seven who stood
        assert found.seats[0].short == round(1000 * (1 - share) ** 10)


def test_a_roll_and_the_base_give_the_same_numbers(database: Database) -> None:
    with database.write() as session:
        made = written(session)
        prepare.draw_roll(session, SECRETARY, PREPARED, made)
        roll = margins.of_roll(session, store.get(session, made).roll_id or "")
        base = margins.of_base(session, EVERY_CUSTOMER, PLAN.reference_date)
        assert sorted(map(str, roll)) == sorted(map(str, base))
        assert Stratum(Kind.TENANT, AgeBand.LATE_MIDDLE, "Noord", 16) in roll
        assert sum(one.people for one in roll) == 40
