"""Rows of text to customers: each cell read as what its column holds."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from consult.register.core import columns, vera
from consult.register.core.base import AgeBand, Contract, Customer, Kind
from consult.register.core.csvfile import Row, Sheet
from consult.register.core.problems import Problem, Problems

STADSWONEN: Final = "stadswonen"
TELLTALE_COLUMNS: Final = ("label", "kind", "complex", "dwelling_type")
LABELS: Final = frozenset({"", "woonstad"})
EARLIEST_YEAR: Final = 1900
MOST_IN_HOUSEHOLD: Final = 30

KINDS: Final[Mapping[str, Kind]] = {
    "huurder": Kind.TENANT,
    "huurder van een woning": Kind.TENANT,
    "huurder woning": Kind.TENANT,
    "tenant": Kind.TENANT,
    "tenant of a dwelling": Kind.TENANT,
    "koper": Kind.OWNER,
    "eigenaar": Kind.OWNER,
    "owner": Kind.OWNER,
    "owner-occupier": Kind.OWNER,
    "ondernemer": Kind.ENTREPRENEUR,
    "entrepreneur": Kind.ENTREPRENEUR,
}
_PERSONAL: Final = ("birth_year", "band", "household_size", "email", "language")
_COLUMN: Final = {"band": "age_band"}
_NUMBER: Final = re.compile(r"(?=\S*[0-9])\S{1,32}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_WHOLE: Final = re.compile(r"[0-9]{1,4}")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DUTCH_DAY: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rows say: customers by number, and how many Stadswonen contracts stay out."""

    customers: Mapping[str, Customer]
    excluded_stadswonen: int


class _WrongCell(Exception):
    """A cell that does not hold what its column asks; the text is the problem's code."""


def customers(sheet: Sheet, places: Mapping[str, int], today: date, problems: Problems) -> Reading:
    """Read all rows. What is wrong goes to ``problems``; the reading counts if there is nothing.

    A customer with several contracts has several rows, which must agree on the person; an empty
    cell says nothing. Contracts of Stadswonen are left out by rule (DOMAIN 1.3).
    """
    gathered: dict[str, _Gathered] = {}
    excluded = 0
    for row in sheet.rows:
        cells = {column: row.cells[place].strip() for column, place in places.items()}
        if any(STADSWONEN in cells.get(column, "").casefold() for column in TELLTALE_COLUMNS):
            excluded += 1
            continue
        wrong = [
            replace(problem, row=row.number, column=sheet.header[places[problem.column]])
            for problem in _take(gathered, row, cells, today)
        ]
        problems.extend(wrong)
    found = {number: one.customer() for number, one in gathered.items()}
    return Reading(found, excluded)


@dataclass(slots=True)
class _Gathered:
    """A customer in the making: the facts and contracts so far, each with its row."""

    number: str
    facts: dict[str, tuple[Any, int]]
    contracts: dict[Contract, int]

    def customer(self) -> Customer:
        facts = {name: value for name, (value, _) in self.facts.items()}
        return Customer(self.number, contracts=frozenset(self.contracts), **facts)


def _take(
    gathered: dict[str, _Gathered], row: Row, cells: Mapping[str, str], today: date
) -> Iterator[Problem]:
    """Add one row to what was gathered; the problems still lack their place."""
    values: dict[str, Any] = {}
    for column, cell in cells.items():
        try:
            values[column] = _READERS[column](cell, today)
        except _WrongCell as wrong:
            yield Problem(str(wrong), column=column)
    if len(values) < len(cells):
        return
    number = values[columns.NUMBER]
    person = gathered.setdefault(number, _Gathered(number, {}, {}))
    yield from _agree(person, values, row.number)
    contract = _contract(values)
    earlier = person.contracts.setdefault(contract, row.number)
    if earlier != row.number:
        yield Problem("row_twice", column=columns.NUMBER, fact=str(earlier))


def _agree(person: _Gathered, values: Mapping[str, Any], row: int) -> Iterator[Problem]:
    for name in _PERSONAL:
        column = _COLUMN.get(name, name)
        value = values.get(column)
        if value in {None, ""}:
            continue
        said, earlier = person.facts.setdefault(name, (value, row))
        if said != value:
            yield Problem("row_disagrees", column=column, fact=str(earlier))


def _contract(values: Mapping[str, Any]) -> Contract:
    dwelling_type = values.get("dwelling_type", "")
    kind = values[columns.KIND]
    if kind is Kind.TENANT and dwelling_type.casefold() in vera.SPACES:
        kind = Kind.SPACE
    elif kind is Kind.TENANT and dwelling_type.casefold() in vera.WORKPLACES:
        kind = Kind.ENTREPRENEUR
    return Contract(
        kind,
        dwelling_type,
        values.get("complex", ""),
        values.get("neighbourhood", ""),
        values.get("tenancy_start"),
    )


def _read_number(cell: str, _today: date) -> str:
    if not cell:
        raise _WrongCell("cell_empty")
    if not _NUMBER.fullmatch(cell):
        raise _WrongCell("cell_number")
    return cell


def _read_kind(cell: str, _today: date) -> Kind:
    kind = KINDS.get(" ".join(cell.casefold().split()))
    if kind is None:
        raise _WrongCell("cell_kind" if cell else "cell_empty")
    return kind


def _read_text(cell: str, _today: date) -> str:
    return cell


def _read_birth_year(cell: str, today: date) -> int | None:
    if not cell:
        return None
    if columns.is_date(cell):
        raise _WrongCell("cell_birth_date")
    if not _WHOLE.fullmatch(cell) or not EARLIEST_YEAR <= int(cell) <= today.year:
        raise _WrongCell("cell_year")
    return int(cell)


def _read_age_band(cell: str, _today: date) -> AgeBand | None:
    plain = cell.casefold().replace("–", "-").replace(" ", "")
    if plain in {"", "onbekend", "unknown"}:
        return None
    try:
        return AgeBand(plain)
    except ValueError:
        raise _WrongCell("cell_birth_date" if columns.is_date(cell) else "cell_band") from None


def _read_start(cell: str, _today: date) -> date | None:
    """A day, or a year, which counts from its first day."""
    if not cell:
        return None
    if iso := _ISO_DAY.fullmatch(cell):
        year, month, day = (int(part) for part in iso.groups())
    elif dutch := _DUTCH_DAY.fullmatch(cell):
        day, month, year = (int(part) for part in dutch.groups())
    elif _WHOLE.fullmatch(cell):
        year, month, day = int(cell), 1, 1
    else:
        raise _WrongCell("cell_date")
    if not EARLIEST_YEAR <= year <= 2199:
        raise _WrongCell("cell_date")
    try:
        return date(year, month, day)
    except ValueError:
        raise _WrongCell("cell_date") from None


def _read_household(cell: str, _today: date) -> int | None:
    if not cell:
        return None
    if not _WHOLE.fullmatch(cell) or not 1 <= int(cell) <= MOST_IN_HOUSEHOLD:
        raise _WrongCell("cell_household")
    return int(cell)


def _read_email(cell: str, _today: date) -> str:
    if cell and not columns.is_email(cell):
        raise _WrongCell("cell_email")
    return cell


def _read_language(cell: str, _today: date) -> str:
    if cell and not _LANGUAGE.fullmatch(cell.casefold()):
        raise _WrongCell("cell_language")
    return cell.casefold()


def _read_label(cell: str, _today: date) -> str:
    if cell.casefold() not in LABELS:
        raise _WrongCell("cell_label")
    return cell


_READERS: Final[Mapping[str, Callable[[str, date], Any]]] = {
    columns.NUMBER: _read_number,
    columns.KIND: _read_kind,
    "dwelling_type": _read_text,
    "complex": _read_text,
    "neighbourhood": _read_text,
    "birth_year": _read_birth_year,
    "age_band": _read_age_band,
    "tenancy_start": _read_start,
    "household_size": _read_household,
    "email": _read_email,
    "language": _read_language,
    "label": _read_label,
}
