"""Dwelling, tenancy and household: in which group somebody is, and what the fingerprint shows."""

import csv
from dataclasses import replace
from datetime import date
from itertools import chain

import pytest

from consult.demo import estate
from consult.demo.chance import Chance
from consult.register.core import vera
from consult.register.core.base import (
    AgeBand,
    Contract,
    Customer,
    Dwelling,
    Household,
    Kind,
    Tenancy,
    household,
    tenancy,
)
from consult.register.core.roll import EVERY_CUSTOMER, Entry, entitled, fingerprint
from tests.reference import reference

DAY = date(2026, 11, 22)
NO_HOME = {"overig", "bedrijfsruimte", "maatschappelijk_vastgoed", "parkeergelegenheid"}


@pytest.mark.parametrize(
    ("start", "band"),
    [
        (date(2026, 11, 22), Tenancy.NEW),
        (date(2024, 11, 23), Tenancy.NEW),
        (date(2024, 11, 22), Tenancy.RECENT),
        (date(2021, 11, 23), Tenancy.RECENT),
        (date(2021, 11, 22), Tenancy.SETTLED),
        (date(2016, 11, 23), Tenancy.SETTLED),
        (date(2016, 11, 22), Tenancy.LONG),
        (date(2006, 11, 23), Tenancy.LONG),
        (date(2006, 11, 22), Tenancy.LONGEST),
        (date(1950, 1, 1), Tenancy.LONGEST),
        (None, Tenancy.UNKNOWN),
    ],
)
def test_a_tenancy_counts_in_whole_years(start: date | None, band: Tenancy) -> None:
    assert tenancy(start, DAY) is band


def test_a_tenancy_of_a_leap_day_is_a_year_longer_from_the_first_of_march() -> None:
    start = date(2024, 2, 29)
    assert tenancy(start, date(2026, 2, 28)) is Tenancy.NEW
    assert tenancy(start, date(2026, 3, 1)) is Tenancy.RECENT


@pytest.mark.parametrize(
    ("size", "band"),
    [
        (1, Household.ONE),
        (2, Household.TWO),
        (3, Household.FEW),
        (4, Household.FEW),
        (5, Household.MANY),
        (30, Household.MANY),
        (None, Household.UNKNOWN),
    ],
)
def test_households_have_these_edges(size: int | None, band: Household) -> None:
    assert household(size) is band


def test_every_type_of_vera_is_in_a_group_by_code_and_by_name() -> None:
    text = reference("vera_eenheiddetailsoort.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 77
    for row in rows:
        group = vera.dwelling(row["code"])
        assert group is vera.dwelling(row["naam"].upper()) is not Dwelling.UNKNOWN, row
        if row["eenheidsoort"] == "woonruimte":
            assert group is not Dwelling.NONE, row
        if row["eenheidsoort"] in NO_HOME and row["code"] != "WWI":
            assert group is Dwelling.NONE, row


def test_every_home_of_the_demo_is_in_a_group() -> None:
    homes = {name for name, _ in chain.from_iterable(estate.STOCKS.values())}
    groups = {vera.dwelling(name) for name in homes}
    assert groups == {Dwelling.HOUSE, Dwelling.DUPLEX, Dwelling.FLAT, Dwelling.SENIOR}


def test_customers_of_the_demo_differ_in_all_three() -> None:
    rows = estate.rows(Chance(1989), 600, DAY)
    known = [row for row in rows if not row.label and row.kind == "huurder"]
    assert {tenancy(row.since, DAY) for row in known} == set(Tenancy) - {Tenancy.UNKNOWN}
    assert {household(row.household) for row in known} == set(Household) - {Household.UNKNOWN}
    assert Dwelling.UNKNOWN not in {vera.dwelling(row.dwelling) for row in rows if not row.label}


@pytest.mark.parametrize(
    ("named", "group"),
    [
        ("Seniorenflat", Dwelling.SENIOR),
        ("3-kamerflat met lift", Dwelling.FLAT),
        ("Appartement", Dwelling.FLAT),
        ("Eengezinswoning hoek", Dwelling.HOUSE),
        (" portiekflat ", Dwelling.FLAT),
        ("Onzelfstandige eenheid", Dwelling.ROOM),
        ("Woning", Dwelling.UNKNOWN),
        ("", Dwelling.UNKNOWN),
    ],
)
def test_a_word_tells_what_kind_of_home_a_landlord_means(named: str, group: Dwelling) -> None:
    assert vera.dwelling(named) is group


def test_the_contract_that_says_what_somebody_is_gives_dwelling_and_tenancy() -> None:
    one = Customer(
        "K-1",
        birth_year=1980,
        household_size=4,
        contracts=frozenset(
            {
                Contract(Kind.SPACE, "Garage", started_on=date(2000, 1, 1)),
                Contract(Kind.TENANT, "Galerijflat", started_on=date(2023, 1, 1)),
            }
        ),
    )
    [found] = entitled([one], EVERY_CUSTOMER, DAY)
    assert (found.dwelling, found.tenancy, found.household) == (
        Dwelling.FLAT,
        Tenancy.RECENT,
        Household.FEW,
    )
    [then] = entitled([one], EVERY_CUSTOMER, date(2024, 6, 1))
    assert then.tenancy is Tenancy.NEW


OLD = Entry("id-1", "K-1", Kind.TENANT, AgeBand.YOUNG, "Cool")
KNOWN = replace(OLD, dwelling=Dwelling.FLAT, tenancy=Tenancy.NEW, household=Household.ONE)


def test_a_roll_of_before_keeps_the_fingerprint_that_was_published() -> None:
    # computed by the program as it was before rolls knew the three
    published = "7f267c295db52b72b579c46fc89e063a122cba799dd86e812208ff8361b348be"
    assert fingerprint(b"salt", [OLD]) == published


@pytest.mark.parametrize(
    "changed",
    [
        replace(KNOWN, dwelling=Dwelling.HOUSE),
        replace(KNOWN, tenancy=Tenancy.LONG),
        replace(KNOWN, household=Household.TWO),
        replace(KNOWN, household=Household.UNKNOWN),
        OLD,
    ],
)
def test_the_fingerprint_shows_a_change_of_any_of_the_three(changed: Entry) -> None:
    assert fingerprint(b"salt", [changed]) != fingerprint(b"salt", [KNOWN])


def test_the_fingerprint_shows_what_is_written_into_an_old_roll() -> None:
    filled = replace(OLD, household=Household.ONE)
    assert fingerprint(b"salt", [filled]) != fingerprint(b"salt", [OLD])
