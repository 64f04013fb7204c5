"""A made-up landlord: its neighbourhoods, its customers, and their register as a file.

The neighbourhoods do not exist. Their ages, households and shares of owners have the spread that
neighbourhoods of a large Dutch city have (Statistics Netherlands, key figures of 2017 and 2022).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeVar

from consult.demo.chance import Chance

Choice = TypeVar("Choice")

COLUMNS: Final = (
    "klantnummer",
    "soort",
    "label",
    "woningtype",
    "complex",
    "wijk",
    "geboortejaar",
    "ingangsdatum",
    "huishoudgrootte",
    "email",
    "taal",
)


class Neighbourhood(NamedTuple):
    """A neighbourhood and its margins.

    ``share``: of all customers, in thousandths. ``ages``: per cent of the customers in each of
    :data:`AGES`. ``owners``: per cent. ``stock``: one of :data:`STOCKS`. ``keen``: how readily
    people take part, 100 for the average.
    """

    name: str
    share: int
    ages: tuple[int, int, int, int, int]
    owners: int
    household: float
    stock: str
    keen: int


AGES: Final = ((19, 34), (35, 49), (50, 64), (65, 74), (75, 94))

NEIGHBOURHOODS: Final = (
    Neighbourhood("Ankerhof", 72, (27, 28, 26, 11, 8), 4, 2.1, "stack", 70),
    Neighbourhood("Touwslagersbuurt", 68, (33, 30, 23, 9, 5), 6, 2.0, "stack", 60),
    Neighbourhood("Zonneweide", 66, (14, 20, 28, 20, 18), 7, 1.9, "garden", 125),
    Neighbourhood("Scheepmakershoek", 64, (30, 30, 25, 9, 6), 5, 2.2, "stack", 65),
    Neighbourhood("Populierenveld", 62, (15, 21, 27, 18, 19), 9, 1.9, "gallery", 120),
    Neighbourhood("Lange Kade", 60, (38, 28, 20, 9, 5), 8, 1.7, "stack", 85),
    Neighbourhood("Rietbeek", 57, (17, 27, 31, 15, 10), 10, 2.3, "gallery", 95),
    Neighbourhood("Ketelbinkerf", 55, (31, 31, 24, 9, 5), 4, 2.2, "stack", 60),
    Neighbourhood("Molenweer", 53, (20, 25, 28, 15, 12), 9, 2.0, "gallery", 100),
    Neighbourhood("Veenlust", 51, (18, 26, 29, 15, 12), 11, 2.1, "garden", 110),
    Neighbourhood("Tuindorp Waterlinie", 50, (13, 22, 29, 19, 17), 3, 1.9, "garden", 140),
    Neighbourhood("Havikshorst", 48, (21, 29, 29, 13, 8), 8, 2.3, "gallery", 90),
    Neighbourhood("Linnenhof", 46, (35, 30, 22, 8, 5), 6, 1.9, "stack", 75),
    Neighbourhood("Spoorsingel-Oost", 44, (29, 29, 25, 10, 7), 7, 1.8, "stack", 85),
    Neighbourhood("Meerkoetplas", 42, (12, 24, 30, 18, 16), 14, 2.4, "garden", 130),
    Neighbourhood("Oude Drift", 40, (22, 27, 27, 14, 10), 9, 2.0, "stack", 105),
    Neighbourhood("Wilgenkamp", 38, (16, 24, 27, 17, 16), 8, 2.0, "gallery", 115),
    Neighbourhood("Lampenbuurt", 33, (26, 29, 27, 11, 7), 5, 2.1, "stack", 75),
    Neighbourhood("Vlonderpark", 29, (41, 34, 16, 6, 3), 12, 1.6, "stack", 90),
    Neighbourhood("Dijkzicht-Buiten", 22, (11, 20, 30, 20, 19), 15, 2.2, "garden", 135),
)

STOCKS: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "stack": (("Portiekflat", 45), ("Bovenwoning", 25), ("Benedenwoning", 20), ("Maisonnette", 10)),
    "gallery": (("Galerijflat", 60), ("Eengezinswoning", 25), ("Seniorenwoning", 15)),
    "garden": (("Eengezinswoning", 65), ("Benedenwoning", 15), ("Seniorenwoning", 20)),
}
_PREMISES: Final = ("Winkelruimte", "Atelierruimte", "Kantoorruimte", "Praktijkruimte")
_SPACES: Final = ("Parkeerplaats auto", "Garage", "Berging")
_STUDENTS: Final = "Stadswonen"
_LANGUAGES: Final = (("nl", 78), ("en", 8), ("tr", 5), ("ar", 5), ("pl", 4))


@dataclass(frozen=True, slots=True)
class Row:
    """One contract with the person who has it, as the register writes it."""

    number: str
    kind: str
    dwelling: str
    complex: str
    neighbourhood: str
    birth_year: int
    since: date
    household: int
    email: str
    language: str
    label: str = ""


def rows(chance: Chance, customers: int, day: date) -> list[Row]:
    """The register of ``day``: customers with all their contracts, and students at the end."""
    found: list[Row] = []
    for serial in range(customers):
        where = _drawn(chance, ((one, one.share) for one in NEIGHBOURHOODS))
        first = _first(chance, f"K{100_000 + serial}", where, day)
        found.append(first)
        found.extend(_further(chance, first, day))
    students = [_student(chance, f"S{500_000 + serial}", day) for serial in range(customers // 25)]
    return found + students


def as_file(listed: Iterable[Row]) -> bytes:
    """The register as a spreadsheet writes it here: semicolons, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in listed:
        writer.writerow(
            (
                one.number,
                one.kind,
                one.label,
                one.dwelling,
                one.complex,
                one.neighbourhood,
                one.birth_year,
                one.since.isoformat(),
                one.household,
                one.email,
                one.language,
            )
        )
    return text.getvalue().encode("utf-8-sig")


def _first(chance: Chance, number: str, where: Neighbourhood, day: date) -> Row:
    kind = _drawn(chance, (("koper", where.owners), ("ondernemer", 2), ("huurder", 97)))
    ages = zip(AGES, where.ages, strict=True)
    youngest, oldest = _drawn(chance, ages)
    if kind != "huurder":
        youngest, oldest = max(youngest, 28), max(oldest, 49)
    age = chance.randint(youngest, oldest)
    dwelling = chance.choice(_PREMISES) if kind == "ondernemer" else _home(chance, where)
    if kind == "huurder" and chance.random() < 0.01:
        dwelling = chance.choice(_SPACES)
    household = max(1, min(7, round(chance.gauss(where.household, 1.1))))
    return Row(
        number,
        kind,
        dwelling,
        _complex(chance, where),
        where.name,
        day.year - age,
        _since(chance, age, day),
        1 if kind == "ondernemer" else household,
        f"{number.lower()}@example.org" if chance.random() < 0.62 else "",
        _drawn(chance, _LANGUAGES),
    )


def _further(chance: Chance, first: Row, day: date) -> Iterator[Row]:
    """More contracts of the same person: a parking place, premises, a student's room."""
    with_space, with_premises, with_room = (chance.random() for _ in range(3))
    since = _since(chance, 19, day)
    if with_space < 0.07:
        yield replace(first, kind="huurder", dwelling="Parkeerplaats auto", since=since)
    if first.kind != "ondernemer" and with_premises < 0.004:
        yield replace(first, kind="ondernemer", dwelling="Winkelruimte", since=since)
    if with_room < 0.003:
        yield replace(
            first, kind="huurder", dwelling="Studentenkamer", since=since, label=_STUDENTS
        )


def _student(chance: Chance, number: str, day: date) -> Row:
    where = chance.choice(NEIGHBOURHOODS)
    age = chance.randint(18, 27)
    return Row(
        number,
        "huurder",
        "Studentenkamer",
        _complex(chance, where),
        where.name,
        day.year - age,
        _since(chance, age, day),
        1,
        f"{number.lower()}@example.org",
        "nl",
        _STUDENTS,
    )


def _home(chance: Chance, where: Neighbourhood) -> str:
    return _drawn(chance, STOCKS[where.stock])


def _complex(chance: Chance, where: Neighbourhood) -> str:
    return f"C{NEIGHBOURHOODS.index(where) + 1:02}{chance.randint(1, 6):02}"


def _since(chance: Chance, age: int, day: date) -> date:
    """A first day somewhere between coming of age and ``day``; most contracts are young."""
    longest = max(1, (age - 18) * 365)
    return day - timedelta(days=1 + min(int(chance.expovariate(1 / 3300)), longest))


def _drawn(chance: Chance, weighted: Iterable[tuple[Choice, int]]) -> Choice:
    listed = list(weighted)
    weights = [weight for _, weight in listed]
    return chance.choices(listed, weights)[0][0]
