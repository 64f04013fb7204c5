"""Columns: what may stand in a register, and what is refused by header and by value."""

import pytest

from consult.register.core.columns import (
    SPELLINGS,
    forbidden_values,
    passes_eleven_test,
    places,
)
from consult.register.core.csvfile import Sheet, read
from consult.register.core.problems import Problem

BSN = ("111222333", "123456782", "999999990")  # made-up numbers that pass the test


def refused(*header: str) -> list[Problem]:
    return places(("klantnummer", "soort", *header))[1].kept


@pytest.mark.parametrize("header", [one for many in SPELLINGS.values() for one in many])
def test_every_spelling_is_taken_in_any_dress(header: str) -> None:
    assert places((header,))[0] == places((f" {header.upper().replace('_', ' - ')} ",))[0]
    assert len(places((header,))[0]) == 1


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Naam", "never_name"),
        ("achternaam partner", "never_name"),
        ("first name", "never_name"),
        ("voorletters", "never_name"),
        ("BSN", "never_bsn"),
        ("burgerservicenummer", "never_bsn"),
        ("Geboortedatum", "never_birth_date"),
        ("geb.datum", "never_birth_date"),
        ("date of birth", "never_birth_date"),
        ("nationaliteit", "never_nationality"),
        ("Nationality", "never_nationality"),
        ("geboorteland", "never_birth_country"),
        ("country_of_birth", "never_birth_country"),
        ("etniciteit", "never_birth_country"),
        ("telefoonnummer", "never_phone"),
        ("mobile", "never_phone"),
        ("adres", "never_address"),
        ("straatnaam", "never_address"),
        ("postcode", "never_address"),
        ("huisnummer", "never_address"),
    ],
)
def test_what_the_council_must_not_know_is_refused_by_header(header: str, reason: str) -> None:
    assert refused(header) == [Problem(reason, 1, header)]


def test_an_unknown_column_is_refused() -> None:
    assert refused("huurprijs") == [Problem("header_unknown", 1, "huurprijs")]


def test_a_column_without_a_name_is_told_by_its_place() -> None:
    assert refused("wijk", " ") == [Problem("header_blank", 1, fact="4")]


def test_the_same_column_twice_is_refused_also_in_two_languages() -> None:
    assert refused("wijk", "neighbourhood") == [Problem("header_twice", 1, "neighbourhood", "wijk")]
    assert refused("soort") == [Problem("header_twice", 1, "soort", "soort")]


def test_birth_year_and_age_band_together_are_refused() -> None:
    assert refused("geboortejaar", "leeftijdsgroep") == [
        Problem("header_two_ages", 1, "leeftijdsgroep")
    ]


def test_missing_columns_are_named() -> None:
    assert places(("wijk",))[1].kept == [
        Problem("header_missing", 1, "klantnummer"),
        Problem("header_missing", 1, "soort"),
    ]


def values(column: str, *cells: str) -> list[Problem]:
    text = f"{column};soort\n" + "".join(f"{cell};huurder\n" for cell in cells)
    sheet = read(text.encode())
    assert isinstance(sheet, Sheet)
    return list(forbidden_values(sheet, {SPELLING[column]: 0, "kind": 1}))


SPELLING = {"klantnummer": "customer_number", "wijk": "neighbourhood", "complex": "complex"}


@pytest.mark.parametrize("column", ["klantnummer", "complex"])
def test_a_column_of_citizen_numbers_is_refused_under_any_name(column: str) -> None:
    assert values(column, *BSN) == [Problem("values_bsn", 0, column, "3")]
    assert values(column, "111.222.333", "12345678 2", *BSN) == [
        Problem("values_bsn", 0, column, "5")
    ]


def test_customer_numbers_that_pass_by_chance_are_taken() -> None:
    numbers = [str(number) for number in range(100_000_000, 100_000_200)]
    assert sum(map(passes_eleven_test, numbers)) > 10
    assert values("klantnummer", *numbers) == []


@pytest.mark.parametrize(
    ("cell", "passes"),
    [
        ("123456782", True),
        ("111222333", True),
        ("123456789", False),
        ("000000000", False),
        ("10000008", True),  # eight digits: a spreadsheet took the leading zero
        ("K23456782", False),
        ("١٢٣٤٥٦٧٨٢", False),
    ],
)
def test_the_eleven_test(cell: str, passes: bool) -> None:
    assert passes_eleven_test(cell) is passes


def test_a_date_in_a_text_column_is_refused_in_its_row() -> None:
    assert values("wijk", "Cool", "12-03-1980", "1980-03-12") == [
        Problem("value_date", 3, "wijk"),
        Problem("value_date", 4, "wijk"),
    ]


def test_an_email_address_outside_its_column_is_refused() -> None:
    assert values("complex", "a@example.org") == [Problem("value_email", 2, "complex")]


def test_phone_numbers_and_postcodes_are_refused_by_value() -> None:
    assert values("klantnummer", "06-12345678", "0612345679", "+31612345670") == [
        Problem("values_phone", 0, "klantnummer", "3")
    ]
    assert values("complex", "3011 AB", "3012CD", "Kade 3 3013 EF") == [
        Problem("values_address", 0, "complex", "3")
    ]


def test_formulas_are_data() -> None:
    assert values("complex", "=1+1", "+2", "-3", "@SUM(A1)") == []
