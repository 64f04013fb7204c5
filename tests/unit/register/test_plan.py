"""Plans: what a file would change, and everything that may be wrong with its rows."""

from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from consult.register.core.base import AgeBand, Contract, Customer, Kind
from consult.register.core.plan import Change, ImportPlan, Stage, make_plan
from consult.register.core.problems import Problem

TODAY = date(2026, 11, 22)
HEADER = "klantnummer;soort;woningtype;complex;wijk;geboortejaar;ingangsdatum;email;label"
TENANT = "K1;huurder;Portiekflat;C1;Cool;1980;2010-05-01;a@example.org;Woonstad"


def plan(
    *lines: str, base: Mapping[str, Customer] | None = None, serial: int = 0, header: str = HEADER
) -> ImportPlan:
    return make_plan("\n".join([header, *lines]).encode(), base or {}, serial, TODAY)


def problems(*lines: str, header: str = HEADER) -> list[Problem]:
    found = plan(*lines, header=header)
    assert found.numbers.new == found.numbers.changed == found.numbers.ended == 0
    return list(found.problems)


def as_base(customers: Iterable[Customer]) -> dict[str, Customer]:
    return {one.number: one for one in customers}


def test_a_row_is_read_as_a_customer_with_a_contract() -> None:
    contract = Contract(Kind.TENANT, "Portiekflat", "C1", "Cool", date(2010, 5, 1))
    assert plan(TENANT).new == (
        Customer("K1", 1980, email="a@example.org", contracts=frozenset({contract})),
    )


def test_the_same_file_again_changes_nothing() -> None:
    first = plan(TENANT, "K2;koper;;C2;Cool;;;;")
    again = plan(TENANT, "K2;koper;;C2;Cool;;;;", base=as_base(first.new), serial=1)
    assert again.empty
    assert again.unchanged == 2


def test_rows_in_another_order_change_nothing() -> None:
    lines = (TENANT, "K1;ondernemer;Winkelruimte;C9;Cool;;;;", "K2;koper;;;;;;;")
    first = plan(*lines)
    assert plan(*reversed(lines), base=as_base(first.new)).empty


def test_new_changed_ended_and_unchanged_customers_are_told_apart() -> None:
    base = as_base(plan(TENANT, "K2;koper;;;;;;;", "K3;koper;;;;;;;").new)
    found = plan(TENANT, "K2;huurder;;;;;;;", "K4;koper;;;;;;;", base=base)
    assert [one.number for one in found.new] == ["K4"]
    assert [one.after.number for one in found.changed] == ["K2"]
    assert [one.number for one in found.ended] == ["K3"]
    assert found.unchanged == 1


def test_a_corrected_fact_is_a_change_with_before_and_after() -> None:
    base = as_base(plan(TENANT).new)
    found = plan(TENANT.replace("1980", "1981"), base=base)
    assert found.changed == (Change(base["K1"], plan(TENANT.replace("1980", "1981")).new[0]),)


def test_somebody_who_returns_is_new() -> None:
    assert [one.number for one in plan(TENANT, base={"K1": Customer("K1")}).new] == ["K1"]


def test_somebody_who_left_before_does_not_leave_again() -> None:
    found = plan(TENANT, base={"K9": Customer("K9")})
    assert found.ended == ()


@pytest.mark.parametrize(
    "line",
    [
        "K2;huurder;;;;;;;Stadswonen",
        "K2;huurder Stadswonen;;;;;;;",
        "K2;huurder;;STADSWONEN Kralingen;;;;;",
        "K2;huurder;Kamer Stadswonen;;;;;;",
    ],
)
def test_contracts_of_stadswonen_stay_out_and_are_counted(line: str) -> None:
    found = plan(TENANT, line)
    assert [one.number for one in found.new] == ["K1"]
    assert found.excluded_stadswonen == 1


def test_somebody_with_both_stays_in_by_the_other_contract() -> None:
    found = plan(TENANT, "K1;huurder;Kamer;;;;;;Stadswonen")
    assert len(found.new[0].contracts) == 1
    assert found.excluded_stadswonen == 1


def test_somebody_who_moved_to_stadswonen_has_left() -> None:
    base = as_base(plan(TENANT, "K2;koper;;;;;;;").new)
    found = plan("K2;koper;;;;;;;", TENANT.replace("Woonstad", "Stadswonen"), base=base)
    assert [one.number for one in found.ended] == ["K1"]


@pytest.mark.parametrize(
    ("kind", "dwelling_type", "expected"),
    [
        ("huurder van een woning", "Benedenwoning", Kind.TENANT),
        ("Tenant", "BEN", Kind.TENANT),
        ("huurder", "Hofje van eigen naam", Kind.TENANT),
        ("huurder", "Parkeerplaats auto", Kind.SPACE),
        ("huurder", "BER", Kind.SPACE),
        ("huurder", "Winkelruimte", Kind.ENTREPRENEUR),
        ("ondernemer", "Parkeerplaats auto", Kind.ENTREPRENEUR),
        ("KOPER", "Parkeerplaats auto", Kind.OWNER),
        ("huurder", "Woon-/Winkelpand", Kind.TENANT),
    ],
)
def test_a_lease_of_something_else_makes_no_tenant_of_a_dwelling(
    kind: str, dwelling_type: str, expected: Kind
) -> None:
    (customer,) = plan(f"K1;{kind};{dwelling_type};;;;;;").new
    assert {contract.kind for contract in customer.contracts} == {expected}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (";huurder;;;;;;;", Problem("cell_empty", 2, "klantnummer")),
        ("De Vries;huurder;;;;;;;", Problem("cell_number", 2, "klantnummer")),
        (f"{'1' * 33};huurder;;;;;;;", Problem("cell_number", 2, "klantnummer")),
        ("K1;;;;;;;;", Problem("cell_empty", 2, "soort")),
        ("K1;student;;;;;;;", Problem("cell_kind", 2, "soort")),
        ("K1;huurder;;;;12-03-1980;;;", Problem("cell_birth_date", 2, "geboortejaar")),
        ("K1;huurder;;;;80;;;", Problem("cell_year", 2, "geboortejaar")),
        ("K1;huurder;;;;2027;;;", Problem("cell_year", 2, "geboortejaar")),
        ("K1;huurder;;;;١٩٨٠;;;", Problem("cell_year", 2, "geboortejaar")),
        ("K1;huurder;;;;;31-02-2020;;", Problem("cell_date", 2, "ingangsdatum")),
        ("K1;huurder;;;;;lente;;", Problem("cell_date", 2, "ingangsdatum")),
        ("K1;huurder;;;;;;Jan de Vries;", Problem("cell_email", 2, "email")),
        ("K1;huurder;;;;;;;Vestia", Problem("cell_label", 2, "label")),
    ],
)
def test_a_wrong_cell_is_told_with_row_and_column(line: str, problem: Problem) -> None:
    assert problems(line) == [problem]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("leeftijdsgroep", "18-35", "cell_band"),
        ("leeftijdsgroep", "12-03-1980", "cell_birth_date"),
        ("huishoudgrootte", "0", "cell_household"),
        ("huishoudgrootte", "2,5", "cell_household"),
        ("taal", "Nederlands", "cell_language"),
    ],
)
def test_the_other_columns_are_checked_too(column: str, cell: str, code: str) -> None:
    header = f"klantnummer;soort;{column}"
    assert problems(f"K1;huurder;{cell}", header=header) == [Problem(code, 2, column)]


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("18-34", AgeBand.YOUNG),
        ("75+", AgeBand.OLDEST),
        ("50 – 64", AgeBand.LATE_MIDDLE),
        ("", None),
        ("onbekend", None),
    ],
)
def test_age_bands_are_read(cell: str, band: AgeBand | None) -> None:
    (customer,) = plan(f"K1;huurder;{cell}", header="klantnummer;soort;leeftijdsgroep").new
    assert customer.band is band


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("2010-05-01", date(2010, 5, 1)),
        ("1-5-2010", date(2010, 5, 1)),
        ("01/05/2010", date(2010, 5, 1)),
        ("2010", date(2010, 1, 1)),
        ("", None),
    ],
)
def test_a_start_is_a_day_or_a_year(cell: str, start: date | None) -> None:
    (customer,) = plan(f"K1;huurder;{cell}", header="klantnummer;soort;huur_sinds").new
    assert {contract.started_on for contract in customer.contracts} == {start}


def test_the_same_contract_twice_is_refused() -> None:
    assert problems(TENANT, TENANT) == [Problem("row_twice", 3, "klantnummer", "2")]


def test_rows_of_one_customer_must_agree_on_the_person() -> None:
    other = "K1;koper;;C2;Cool;1981;;b@example.org;"
    assert problems(TENANT, other) == [
        Problem("row_disagrees", 3, "geboortejaar", "2"),
        Problem("row_disagrees", 3, "email", "2"),
    ]


def test_an_empty_cell_in_a_second_row_says_nothing() -> None:
    (customer,) = plan("K1;huurder;BER;;;;;;", TENANT).new
    assert customer.birth_year == 1980
    assert len(customer.contracts) == 2


def test_formulas_are_kept_as_they_stand() -> None:
    (customer,) = plan("=K1;huurder;+1;-2;@SUM(A1:A9);;;;").new
    assert customer.number == "=K1"
    (contract,) = customer.contracts
    assert (contract.dwelling_type, contract.complex) == ("+1", "-2")
    assert contract.neighbourhood == "@SUM(A1:A9)"


def test_header_and_ragged_rows_are_told_together() -> None:
    assert problems("K1;huurder;x;y", header="klantnummer;soort;BSN") == [
        Problem("never_bsn", 1, "BSN"),
        Problem("row_ragged", 2, fact="4/3"),
    ]


def test_citizen_numbers_as_customer_numbers_are_refused() -> None:
    lines = [f"{number};huurder" for number in ("111222333", "123456782", "999999990")]
    assert problems(*lines, header="klantnummer;soort") == [
        Problem("values_bsn", 0, "klantnummer", "3")
    ]


def test_all_wrong_rows_are_counted_and_200_are_kept() -> None:
    found = plan(*["K1;student;;;;;;;"] * 1_000)
    assert len(found.problems) == 200
    assert found.problem_count == 1_000


def test_the_fingerprint_follows_the_changes_and_the_base() -> None:
    marks = {
        plan(TENANT).fingerprint,
        plan(TENANT, serial=1).fingerprint,
        plan(TENANT.replace("1980", "1981")).fingerprint,
        plan(TENANT.replace("a@", "b@")).fingerprint,
        plan(
            TENANT, base={"K2": Customer("K2", contracts=frozenset({Contract(Kind.OWNER)}))}
        ).fingerprint,
    }
    assert len(marks) == 5
    assert plan(TENANT).fingerprint == plan(TENANT).fingerprint


def test_each_stage_is_told() -> None:
    told: list[Stage] = []
    make_plan(f"{HEADER}\n{TENANT}".encode(), {}, 0, TODAY, told.append)
    assert told == list(Stage)
