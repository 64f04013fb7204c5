"""The board over time, against brute force: by-elections, and what events can do."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.council.core.agreement import Office, rules_on
from consult.council.core.board import Mandate, Term, composition
from consult.council.core.events import Event, Happening, settle
from consult.council.core.remedies import needs, shrink
from consult.council.core.rules import TENANT, Person, RuleSet, ShareGt, lawful
from consult.council.core.whatif import exposure
from tests.agreements import AGREEMENT_2016

DAY, START, END = date(2026, 6, 1), date(2026, 1, 1), date(2030, 1, 1)
LARGEST = AGREEMENT_2016.largest_board
RULE_SETS = {
    "more than 70 %": AGREEMENT_2016.board,
    "more than half": RuleSet((ShareGt("half", TENANT, 1, 2),)),
    "more than three quarters": RuleSet((ShareGt("most", TENANT, 3, 4),)),
}


def people(tenants: int, others: int) -> list[Person]:
    """A board."""
    found = [Person(f"T{n}", frozenset({TENANT})) for n in range(tenants)]
    return found + [Person(f"N{n}") for n in range(others)]


@pytest.mark.parametrize("name", RULE_SETS)
def test_the_need_of_a_by_election_is_what_trying_every_board_finds(name: str) -> None:
    rules, tried = RULE_SETS[name], 0
    for size in range(LARGEST + 1):
        for tenants in range(size + 1):
            for need in needs(rules, LARGEST, size, tenants):
                lawful_with = [
                    new
                    for new in range(need.seats + 1)
                    if lawful(people(tenants + new, size - tenants + need.seats - new), rules)
                ]
                assert need.possible == bool(lawful_with)
                if lawful_with:
                    assert lawful_with == list(range(need.tenants, need.seats + 1))
                tried += 1
    assert tried == 455


@pytest.mark.parametrize("name", RULE_SETS)
def test_shrinking_is_the_fewest_others_whose_leaving_is_enough(name: str) -> None:
    rules = RULE_SETS[name]
    for size in range(1, LARGEST + 1):
        for tenants in range(size + 1):
            others = size - tenants
            enough = [
                gone
                for gone in range(1, others + 1)
                if lawful(people(tenants, others - gone), rules)
            ]
            found = shrink(rules, LARGEST, size, tenants)
            assert (found and found.others) == (min(enough) if enough else None)


def boards() -> Iterator[list[Mandate]]:
    """Boards of each size, with posts held by tenants and others, lawful or not."""
    chair, secretary, treasurer = Office
    for size, others in product((3, 4, 7, 10, 13), (0, 1, 3)):
        members = [
            Mandate(f"T{n}", f"T{n}", START, END, ((START, True),)) for n in range(size - others)
        ]
        members += [Mandate(f"N{n}", f"N{n}", START, END, ((START, False),)) for n in range(others)]
        yield members
        posts = [(0, chair), (1, secretary), (len(members) - 1, treasurer)]
        for place, office in posts:
            one = members[place]
            held = (*one.terms, Term(office, START))
            members[place] = Mandate(one.id, one.name, START, END, one.tenancy, held)
        yield list(members)


def tried(members: list[Mandate], events: int) -> Iterator[bool]:
    """For every choice of that many members and events: whether the board breaks a rule."""
    rules = rules_on([AGREEMENT_2016], DAY)
    for chosen in combinations(members, events):
        kinds = [
            (Happening.BOUGHT, Happening.RESIGNED) if one.is_tenant(DAY) else (Happening.RESIGNED,)
            for one in chosen
        ]
        for happened in product(*kinds):
            found = [
                Event("", one.id, what, DAY) for one, what in zip(chosen, happened, strict=True)
            ]
            yield not composition(settle(members, found, [AGREEMENT_2016]), rules, DAY).lawful


@pytest.mark.parametrize("events", [1, 2, 3])
def test_the_table_of_what_breaks_the_board_is_what_trying_every_choice_finds(events: int) -> None:
    for number, members in enumerate(boards()):
        if events == 3 and number % 6 != 5:
            continue  # a few thousand compositions each
        found = exposure(members, [AGREEMENT_2016], DAY, events)[events - 1]
        breaking = [*tried(members, events)]
        assert (found.ways, found.breaking) == (len(breaking), sum(breaking))


WEEKS = st.integers(1, 12).map(lambda week: START + timedelta(7 * week))
TERMS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(Office), WEEKS, st.booleans()), max_size=8
)
EVENTS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(Happening), WEEKS, st.sampled_from(Office)),
    max_size=8,
)


@given(TERMS, EVENTS)
def test_on_every_day_a_post_has_one_holder_who_sits_and_the_chair_is_a_tenant(
    given_terms: list[tuple[int, Office, date, bool]],
    happened: list[tuple[int, Happening, date, Office]],
) -> None:
    terms: dict[tuple[Office, date], tuple[int, Term]] = {
        (office, start): (who, Term(office, start, acting=acting))
        for who, office, start, acting in given_terms
    }  # no office begins twice on a day
    members = [
        Mandate(
            f"T{n}",
            f"T{n}",
            START,
            END,
            ((START, n < 4),),
            tuple(term for who, term in terms.values() if who == n),
        )
        for n in range(5)
    ]
    events = [
        Event("", f"T{who}", what, day, office if what is Happening.LEFT_OFFICE else None)
        for who, what, day, office in happened
    ]
    settled = settle(members, events, [AGREEMENT_2016])
    for day in (START + timedelta(n) for n in range(100)):
        for office in Office:
            holders = [one for one in settled if office in one.offices(day)]
            assert len(holders) <= 1
            assert all(one.sits(day) for one in holders)
            if office is Office.CHAIR:
                assert all(one.is_tenant(day) for one in holders)


@given(EVENTS, st.data())
def test_events_noted_in_parts_give_the_same_board_as_all_at_once(
    happened: list[tuple[int, Happening, date, Office]], data: st.DataObject
) -> None:
    posts = list(Office)
    members = [
        Mandate(
            f"T{n}",
            f"T{n}",
            START,
            END,
            ((START, True),),
            (Term(posts[n], START),) if n < len(posts) else (),
        )
        for n in range(5)
    ]
    events = [
        Event("", f"T{who}", what, day, office if what is Happening.LEFT_OFFICE else None)
        for who, what, day, office in happened
    ]
    cut = data.draw(st.integers(0, len(events)))
    rules = [AGREEMENT_2016]
    apart = settle(settle(members, events[:cut], rules), events[cut:], rules)
    whole = settle(members, events, rules)
    days = [START + timedelta(n) for n in range(100)]
    assert [_seen(apart, day) for day in days] == [_seen(whole, day) for day in days]


def _seen(members: Sequence[Mandate], day: date) -> list[tuple[object, ...]]:
    """What the rules see of each member, but for the chair: she does not come back."""
    return [(one.id, one.sits(day), one.is_tenant(day)) for one in members]
