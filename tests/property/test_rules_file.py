"""Rules as a file: whatever is written reads back the same; for each day exactly one set holds."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consult.council.core.agreement import (
    BOARD_SIZE,
    Agreement,
    Elects,
    Settings,
    Ties,
    Uncontested,
    rules_on,
)
from consult.council.core.board import Mandate, Office, Term, composition
from consult.council.core.rule_file import KINDS, fingerprint, read, write
from consult.council.core.rules import IfShort, Max, Min, MinHard, Rule, RuleSet, ShareGt
from consult.refusal import Refusal

DAY = date(2030, 1, 1)
DAYS = st.dates(date(2016, 7, 1), date(2100, 1, 1))
TEXTS = st.text("abcé \"\\'<&", min_size=1, max_size=20).filter(lambda text: text == text.strip())
SETTINGS = st.builds(
    Settings,
    electorate=st.sets(st.sampled_from(KINDS), min_size=1).map(
        lambda kinds: tuple(sorted(kinds, key=KINDS.index))
    ),
    ties=st.sampled_from(Ties),
    unfilled=st.sampled_from(IfShort),
    uncontested=st.sampled_from(Uncontested),
    chair_by=st.sampled_from(Elects),
    executive_by=st.sampled_from(Elects),
    term_years=st.integers(1, 12),
    most_terms=st.none() | st.integers(1, 20),
    co_optation=st.booleans(),
)


@st.composite
def rule_sets(draw: st.DrawFn, part: str, most: int) -> RuleSet:
    """Rules on tenants, hard ones first, that leave room for boards or do not."""
    small = st.integers(1, most)
    hard: list[Rule] = []
    for number in range(draw(st.integers(0, 2))):
        name = f"{part}-{number}"
        den = draw(small) + 1
        hard.append(
            draw(
                st.sampled_from(
                    [
                        ShareGt(name, "tenant", draw(st.integers(0, den - 1)), den),
                        Max(name, "tenant", draw(st.integers(0, most))),
                        MinHard(name, "tenant", draw(small)),
                    ]
                )
            )
        )
    minima = [
        Min(f"{part}-min-{number}", "tenant", draw(small), draw(st.sampled_from(IfShort)))
        for number in range(draw(st.integers(0, 2)))
    ]
    return RuleSet((*hard, *minima))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Any set of rules, possible or not."""
    board, chair, executive = (
        draw(rule_sets(part, most)) for part, most in (("board", 9), ("chair", 1), ("exec", 3))
    )
    names = [BOARD_SIZE, *(rule.id for part in (board, chair, executive) for rule in part.rules)]
    start = draw(DAYS)
    return Agreement(
        source=draw(TEXTS),
        start=start,
        largest_board=draw(st.integers(1, 9)),
        board=board,
        chair=chair,
        executive=executive,
        articles={name: draw(TEXTS) for name in names},
        settings=draw(SETTINGS),
        end=draw(st.none() | st.integers(1, 9999).map(lambda days: start + timedelta(days))),
    )


def is_possible(agreement: Agreement) -> bool:
    """Whether the reader takes it; nothing else can be wrong with what was written."""
    try:
        read(write(agreement))
    except Refusal as refusal:
        if refusal.code not in {"council.rules_impossible", "council.rules_max_below_min"}:
            raise
        return False
    return True


def some_board_is_lawful(agreement: Agreement) -> bool:
    """Brute force: every board, with every chair and every filled executive board."""
    for size in range(1, agreement.largest_board + 1):
        for tenants in range(size + 1):
            for posts in range(1, min(size, 3) + 1):
                for among in range(max(0, posts - size + tenants), min(posts, tenants) + 1):
                    for chair in {among > 0, among == posts}:
                        if lawful(agreement, size, tenants, posts, among, chair=chair):
                            return True
    return False


def lawful(
    agreement: Agreement, size: int, tenants: int, posts: int, among: int, *, chair: bool
) -> bool:
    """One board as the platform itself judges it; all three posts are filled."""
    kinds = [True] * tenants + [False] * (size - tenants)
    executive = [True] * among + [False] * (posts - among)
    executive.sort(key=lambda tenant: tenant is not chair)
    rest = list(kinds)
    for one in executive:
        rest.remove(one)
    offices = [[office] for office in Office][:posts]
    offices[-1] += list(Office)[posts:]
    people = [
        Mandate(
            str(number),
            "",
            DAY,
            DAY + timedelta(1),
            ((DAY, tenant),),
            tuple(Term(office, DAY) for office in offices[number]) if number < posts else (),
        )
        for number, tenant in enumerate([*executive, *rest])
    ]
    return composition(people, agreement, DAY).lawful


@given(agreements())
def test_what_is_written_reads_back_the_same(agreement: Agreement) -> None:
    assume(is_possible(agreement))
    assert read(write(agreement)) == agreement
    assert fingerprint(read(write(agreement))) == fingerprint(agreement)


@given(agreements())
def test_rules_are_taken_exactly_when_some_board_can_keep_them(agreement: Agreement) -> None:
    assert is_possible(agreement) == some_board_is_lawful(agreement)


@given(st.lists(agreements(), min_size=1, max_size=5), DAYS)
def test_for_each_day_exactly_one_set_holds(known: list[Agreement], day: date) -> None:
    """The newest that has begun; of those with one first day the last in the row."""
    begun = [one for one in known if one.start <= day]
    if not begun:
        with pytest.raises(Refusal, match=r"council\.no_rules"):
            rules_on(known, day)
        return
    held = rules_on(known, day)
    assert held in begun
    assert held == [one for one in begun if one.start == max(each.start for each in begun)][-1]
