"""What the register proposes about members."""

from datetime import date, timedelta

import pytest

from consult.council.core.events import ENDS, Happening
from consult.council.core.signals import (
    ANSWERS,
    Proposal,
    Signal,
    State,
    fits,
    lapsed,
    news,
    proposal,
)
from consult.register.core.base import Contract, Customer, Kind
from tests.unit.council.boards import DAY, END, START, member

ENDED = DAY - timedelta(9)
LEASE, OVER = Contract(Kind.TENANT), Contract(Kind.TENANT, ended_on=ENDED)
OWNED, SHOP = Contract(Kind.OWNER), Contract(Kind.ENTREPRENEUR)
CASES = {
    "a lease: nothing new": ("T1", [LEASE], None),
    "a lease and an old one": ("T1", [LEASE, OVER], None),
    "bought": ("T1", [OVER, OWNED], (Happening.BOUGHT, ENDED)),
    "kept only a shop": ("T1", [OVER, SHOP], (Happening.NO_DWELLING, ENDED)),
    "kept only a parking place": (
        "T1",
        [OVER, Contract(Kind.SPACE)],
        (Happening.NO_DWELLING, ENDED),
    ),
    "no contract any more": ("T1", [OVER], (Happening.NOT_CUSTOMER, ENDED)),
    "between two contracts": (
        "T1",
        [OVER, Contract(Kind.TENANT, started_on=DAY + timedelta(9), ended_on=DAY + timedelta(99))],
        (Happening.NOT_CUSTOMER, ENDED),
    ),
    "an owner who left": (
        "N1",
        [Contract(Kind.OWNER, ended_on=DAY)],
        (Happening.NOT_CUSTOMER, DAY),
    ),
    "an owner: nothing new": ("N1", [OWNED], None),
    "an owner who rents again": (
        "N1",
        [OWNED, Contract(Kind.TENANT, started_on=ENDED)],
        (Happening.TENANT, ENDED),
    ),
    "rents, nobody knows since when": ("N1", [LEASE], (Happening.TENANT, DAY)),
    "never had a contract": ("T1", [], (Happening.NOT_CUSTOMER, DAY)),
    "a lease that starts later": (
        "N1",
        [OWNED, Contract(Kind.TENANT, started_on=DAY + timedelta(1))],
        None,
    ),
    "ended before the seat began": (
        "T1",
        [Contract(Kind.TENANT, ended_on=date(2020, 1, 1)), OWNED],
        (Happening.BOUGHT, START),
    ),
    "left before the seat began": (
        "T1",
        [Contract(Kind.TENANT, ended_on=date(2020, 1, 1))],
        (Happening.NOT_CUSTOMER, START + timedelta(1)),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_register_proposes_what_the_board_does_not_know(case: str) -> None:
    name, contracts, expected = CASES[case]
    found = proposal(member(name), Customer("K1", contracts=frozenset(contracts)), DAY)
    assert (found and (found.happened, found.day)) == expected


def test_a_number_that_the_register_never_knew_says_nothing() -> None:
    assert proposal(member("T1"), None, DAY) is None


def test_of_somebody_who_does_not_sit_any_more_nothing_is_proposed() -> None:
    assert proposal(member("T1"), Customer("K1"), END) is None


BOUGHT = Proposal("T1", Happening.BOUGHT, DAY)


@pytest.mark.parametrize(
    ("state", "new"), [(State.OPEN, 0), (State.REJECTED, 0), (State.CONFIRMED, 1)]
)
def test_a_proposal_that_waits_or_was_rejected_is_not_made_again(state: State, new: int) -> None:
    assert len(news([BOUGHT], [Signal("s", BOUGHT, state)])) == new


def test_a_rejected_proposal_of_another_day_is_new() -> None:
    other = Proposal("T1", Happening.BOUGHT, DAY + timedelta(1))
    assert news([other], [Signal("s", BOUGHT, State.REJECTED)]) == (other,)


def test_an_open_signal_that_the_register_takes_back_lapses() -> None:
    open_one = Signal("s", BOUGHT)
    assert lapsed([], [open_one]) == (open_one,)
    assert lapsed([BOUGHT], [open_one]) == ()
    assert lapsed([], [Signal("s", BOUGHT, State.REJECTED)]) == ()


def test_people_choose_the_reason_that_the_register_cannot_know() -> None:
    assert ANSWERS.keys() == {
        Happening.BOUGHT,
        Happening.NO_DWELLING,
        Happening.TENANT,
        Happening.NOT_CUSTOMER,
    }
    assert all(fits(Happening.NOT_CUSTOMER, one) for one in ENDS)
    assert not fits(Happening.NOT_CUSTOMER, Happening.BOUGHT)
    assert not fits(Happening.TENANT, Happening.BOUGHT)
