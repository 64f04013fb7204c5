"""Who may get an office: agreement, art. 3.1c and 3.1d."""

from dataclasses import replace
from datetime import timedelta

from consult.council.core.agreement import Elects, Settings
from consult.council.core.appointing import Short, elected_by_voters, eligible, leaves_short
from consult.council.core.board import Term
from consult.council.core.events import Happening, settle
from tests.unit.council.boards import (
    AGREEMENTS,
    CHAIR,
    DAY,
    END,
    RULES,
    SECRETARY,
    TREASURER,
    board,
    event,
    member,
)


def names(*args: object) -> list[str]:
    """The names of those who are eligible."""
    return [one.name for one in eligible(*args)]  # type: ignore[arg-type]


def test_only_tenants_may_chair() -> None:
    assert names(board(3, 1), RULES, CHAIR, DAY) == ["T0", "T1", "T2"]


def test_who_bought_may_chair_up_to_the_day_and_not_on_it() -> None:
    people = settle(board(3, 1), [event("T1", Happening.BOUGHT)], AGREEMENTS)
    assert names(people, RULES, CHAIR, DAY - timedelta(1)) == ["T0", "T1", "T2"]
    assert names(people, RULES, CHAIR, DAY) == ["T0", "T2"]


def test_who_holds_the_office_is_not_offered_it_again() -> None:
    assert names([member("Tc", CHAIR), *board(2, 0)], RULES, CHAIR, DAY) == ["T0", "T1"]


def test_nobody_is_offered_who_does_not_sit_that_day() -> None:
    assert names(board(3, 1), RULES, SECRETARY, END) == []


def test_while_posts_are_vacant_one_of_them_may_go_to_somebody_else() -> None:
    assert "N0" in names(board(3, 2), RULES, SECRETARY, DAY)
    people = [member("Ns", SECRETARY), *board(3, 2)]
    assert names(people, RULES, TREASURER, DAY) == ["T0", "T1", "T2"]
    assert leaves_short(people, RULES, people[-1], TREASURER, DAY) == Short(0, 2)


def test_one_person_with_two_posts_counts_once() -> None:
    people = [member("Tc", CHAIR), member("Ns", SECRETARY), *board(2, 0)]
    assert names(people, RULES, TREASURER, DAY) == ["T0", "T1"]


def test_a_chair_can_be_found_although_other_posts_make_the_executive_short() -> None:
    people = [member("Ns", SECRETARY), member("Nt", TREASURER), *board(5, 0)]
    assert names(people, RULES, CHAIR, DAY) == ["T0", "T1", "T2", "T3", "T4"]


def test_in_an_executive_that_is_short_nobody_gets_a_second_post() -> None:
    people = [member("Tc", CHAIR), member("Ns", SECRETARY), member("Nt", TREASURER), *board(5, 0)]
    assert names(people, RULES, SECRETARY, DAY) == ["T0", "T1", "T2", "T3", "T4"]


def test_in_an_executive_that_is_short_nobody_is_appointed_who_does_not_count() -> None:
    people = [member("Ns", SECRETARY), member("Nt", TREASURER), *board(5, 1)]
    assert "N0" not in names(people, RULES, SECRETARY, DAY)


def test_who_elects_an_office_is_a_setting() -> None:
    assert not elected_by_voters(RULES, CHAIR)
    rules = replace(RULES, settings=Settings(chair_by=Elects.VOTERS))
    assert elected_by_voters(rules, CHAIR)
    assert not elected_by_voters(rules, TREASURER)


def test_a_post_given_from_a_later_day_on_is_counted_on_that_day() -> None:
    """Secretary and treasurer both no tenants, because the later one was given first."""
    later = DAY + timedelta(30)
    treasurer = replace(member("Nt"), terms=(Term(TREASURER, later, id="later"),))
    people = [member("Tc", CHAIR), treasurer, *board(6, 1)]
    assert "N0" not in names(people, RULES, SECRETARY, DAY)
    assert leaves_short(people, RULES, people[-1], SECRETARY, DAY) == Short(1, 2)
    assert leaves_short(people, RULES, people[2], SECRETARY, DAY) is None
    assert leaves_short(people, RULES, people[-1], SECRETARY, later) == Short(1, 2)


def test_what_is_short_later_anyway_keeps_nobody_out_now() -> None:
    later = DAY + timedelta(30)
    both = (Term(SECRETARY, later, id="a"), Term(TREASURER, later, id="b"))
    people = [replace(member("Nb"), terms=both), *board(6, 0)]
    assert leaves_short(people, RULES, people[-1], CHAIR, DAY) is None
