"""Who is on a roll, as what, and what its fingerprint hides and shows."""

from datetime import date

import pytest

from consult.register.core.base import AgeBand, Contract, Customer, Kind, age_band
from consult.register.core.roll import EVERY_CUSTOMER, Electorate, Entry, entitled, fingerprint

DAY = date(2026, 11, 22)


def customer(*contracts: Contract, year: int | None = 1980) -> Customer:
    return Customer("K-1", birth_year=year, contracts=frozenset(contracts))


def on_roll(one: Customer, rule: Electorate = EVERY_CUSTOMER) -> list[Kind]:
    return [entry.kind for entry in entitled([one], rule, DAY)]


def test_somebody_with_a_dwelling_and_a_shop_is_one_tenant() -> None:
    both = customer(Contract(Kind.ENTREPRENEUR), Contract(Kind.TENANT), Contract(Kind.SPACE))
    assert on_roll(both) == [Kind.TENANT]


def test_an_owner_with_a_shop_counts_as_owner() -> None:
    assert on_roll(customer(Contract(Kind.ENTREPRENEUR), Contract(Kind.OWNER))) == [Kind.OWNER]


def test_a_parking_place_alone_gives_no_entry() -> None:
    assert on_roll(customer(Contract(Kind.SPACE))) == []


def test_the_council_may_keep_the_roll_to_tenants() -> None:
    rule = Electorate(kinds=frozenset({Kind.TENANT}))
    assert on_roll(customer(Contract(Kind.OWNER)), rule) == []


@pytest.mark.parametrize(
    ("contract", "entries"),
    [
        (Contract(Kind.TENANT, started_on=DAY), 1),
        (Contract(Kind.TENANT, started_on=date(2026, 11, 23)), 0),
        (Contract(Kind.TENANT, ended_on=DAY), 0),
        (Contract(Kind.TENANT, ended_on=date(2026, 11, 23)), 1),
        (Contract(Kind.TENANT), 1),
    ],
)
def test_a_contract_counts_from_its_first_day_until_the_day_it_ended(
    contract: Contract, entries: int
) -> None:
    assert len(on_roll(customer(contract))) == entries


@pytest.mark.parametrize(
    ("year", "entries"), [(2008, 1), (2009, 0), (None, 1)], ids=["18", "17", "unknown"]
)
def test_people_are_let_in_from_the_year_they_turn_18(year: int | None, entries: int) -> None:
    assert len(on_roll(customer(Contract(Kind.TENANT), year=year))) == entries


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (17, AgeBand.MINOR),
        (18, AgeBand.YOUNG),
        (34, AgeBand.YOUNG),
        (35, AgeBand.EARLY_MIDDLE),
        (49, AgeBand.EARLY_MIDDLE),
        (50, AgeBand.LATE_MIDDLE),
        (64, AgeBand.LATE_MIDDLE),
        (65, AgeBand.OLDER),
        (74, AgeBand.OLDER),
        (75, AgeBand.OLDEST),
        (110, AgeBand.OLDEST),
    ],
)
def test_age_bands_have_these_edges(age: int, band: AgeBand) -> None:
    assert age_band(DAY.year - age, DAY) is band


def test_the_neighbourhood_is_that_of_the_dwelling_that_still_holds() -> None:
    corrected = customer(
        Contract(Kind.TENANT, neighbourhood="Cool", ended_on=date(2026, 12, 1)),
        Contract(Kind.TENANT, neighbourhood="Katendrecht"),
        Contract(Kind.SPACE, neighbourhood="Feijenoord"),
    )
    assert [one.neighbourhood for one in entitled([corrected], EVERY_CUSTOMER, DAY)] == [
        "Katendrecht"
    ]


def entry(number: str) -> Entry:
    return Entry(f"id-{number}", number, Kind.TENANT, AgeBand.YOUNG, "Cool")


def test_the_fingerprint_does_not_depend_on_the_order_of_reading() -> None:
    one, two = entry("1"), entry("2")
    assert fingerprint(b"salt", [one, two]) == fingerprint(b"salt", [two, one])


def test_the_fingerprint_changes_with_any_entry_and_with_the_salt() -> None:
    known = {
        fingerprint(b"salt", [entry("1")]),
        fingerprint(b"salt", [entry("2")]),
        fingerprint(b"salt", [entry("1"), entry("2")]),
        fingerprint(b"pepper", [entry("1")]),
    }
    assert len(known) == 4
