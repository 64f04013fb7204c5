"""Which columns a register may have, how their cells are read, and what is never taken.

The list is an allowlist. Names, citizen numbers, birth dates, nationality, birth country, phone
numbers and addresses are refused by header and by what stands in the cells, each with its reason
(reference/security.md L3, L4). White space around a value is not part of it; everything else is
kept as it stands, formulas too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from consult.register.core.csvfile import Sheet
from consult.register.core.problems import Problem, Problems

NUMBER: Final = "customer_number"
KIND: Final = "kind"
REQUIRED: Final = (NUMBER, KIND)

SPELLINGS: Final[Mapping[str, tuple[str, ...]]] = {
    NUMBER: ("customer_number", "klantnummer", "klantnr"),
    KIND: ("kind", "soort", "soort_klant", "klantsoort"),
    "dwelling_type": ("dwelling_type", "woningtype", "type_woning"),
    "complex": ("complex", "complexnummer", "complexnaam", "complex_number"),
    "neighbourhood": (
        "neighbourhood",
        "neighborhood",
        "wijk",
        "buurt",
        "wijknaam",
        "buurtnaam",
    ),
    "birth_year": ("birth_year", "geboortejaar", "year_of_birth"),
    "age_band": ("age_band", "leeftijdsgroep", "leeftijdsklasse", "age_group"),
    "tenancy_start": ("tenancy_start", "ingangsdatum", "huur_sinds", "ingangsdatum_contract"),
    "household_size": ("household_size", "huishoudgrootte", "aantal_bewoners"),
    "email": ("email", "e_mail", "emailadres", "e_mailadres", "e_mail_adres", "email_address"),
    "language": ("language", "taal", "voorkeurstaal"),
    "label": ("label",),
}
"""The columns that are taken, each with its Dutch and English headers."""

_COLUMN_OF: Final = {
    spelling: column for column, spellings in SPELLINGS.items() for spelling in spellings
}
_NEVER: Final = (
    ("bsn", ("bsn", "burgerservice", "sofi", "citizen_service")),
    ("birth_country", ("geboorteland", "geboorteplaats", "herkomst", "afkomst", "etnici")),
    ("birth_country", ("birth_country", "country_of_birth", "place_of_birth", "ethnic")),
    ("nationality", ("nationalit",)),
    ("birth_date", ("geboorte", "geb_datum", "birth", "dob")),
    ("phone", ("telefoon", "mobiel", "phone", "mobile", "gsm")),
    ("address", ("adres", "straat", "huisnummer", "postcode", "woonplaats")),
    ("address", ("address", "street", "house_number", "postal", "zip_code")),
    ("name", ("naam", "name", "voorletter", "initial", "tussenvoegsel")),
)
_FREE_TEXT: Final = ("dwelling_type", "complex", "neighbourhood")
_BIRTH_DATE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE: Final = re.compile(r"(\+31|0031|0)[1-9]\d{8}")
_ADDRESS: Final = re.compile(r"\d{4} ?[A-Z]{2}( .*)?|.* \d{4} ?[A-Z]{2}")
_BSN: Final = re.compile(r"\d{8,9}")
_PUNCTUATION: Final = str.maketrans("", "", " .-")
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
LEAST_CELLS: Final = 3
"""Fewer look-alikes than this are chance."""


def places(header: tuple[str, ...]) -> tuple[dict[str, int], Problems]:
    """Where each known column stands, and what is wrong with the header."""
    found: dict[str, int] = {}
    problems = Problems()
    for place, written in enumerate(header):
        column = _COLUMN_OF.get(_plain(written))
        if column is None:
            problems.add(_refused(written, place))
        elif column in found:
            problems.add(Problem("header_twice", 1, written, header[found[column]]))
        else:
            found[column] = place
    if "birth_year" in found and "age_band" in found:
        problems.add(Problem("header_two_ages", 1, header[found["age_band"]]))
    missing = [column for column in REQUIRED if column not in found]
    problems.extend(Problem("header_missing", 1, SPELLINGS[column][1]) for column in missing)
    return found, problems


def forbidden_values(sheet: Sheet, found: Mapping[str, int]) -> Iterator[Problem]:
    """Columns of a permitted name that hold what is never taken.

    A birth date or e-mail address is refused wherever it stands. Customer numbers may look like a
    citizen number, phone number or postcode by chance, so those are refused when at least three
    cells and three quarters of the filled ones do.
    """
    for column in (NUMBER, *_FREE_TEXT):
        if column not in found:
            continue
        place = found[column]
        cells = [(row.number, row.cells[place].strip()) for row in sheet.rows]
        name = sheet.header[place]
        yield from _always_refused(cells, name, dates=column != NUMBER)
        yield from _mostly_refused([cell for _, cell in cells if cell], name)


def is_date(text: str) -> bool:
    """Whether the text has the shape of a full date."""
    return _BIRTH_DATE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether the text has the shape of an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def passes_eleven_test(text: str) -> bool:
    """Whether the digits pass the test that every BSN passes (and one in eleven numbers)."""
    digits = text.translate(_PUNCTUATION)
    if not _BSN.fullmatch(digits) or not digits.isascii():
        return False
    weighed = sum(
        weight * int(digit) for weight, digit in zip(_WEIGHTS, digits.zfill(9), strict=True)
    )
    return weighed % 11 == 0 and int(digits) > 0


def _plain(header: str) -> str:
    return re.sub(r"[\s._-]+", "_", header.strip().casefold()).strip("_")


def _refused(written: str, place: int) -> Problem:
    plain = _plain(written)
    for reason, stems in _NEVER:
        if any(stem in plain for stem in stems):
            return Problem(f"never_{reason}", 1, written)
    if not plain:
        return Problem("header_blank", 1, fact=str(place + 1))
    return Problem("header_unknown", 1, written)


def _always_refused(
    cells: Iterable[tuple[int, str]], name: str, *, dates: bool
) -> Iterator[Problem]:
    for number, cell in cells:
        if dates and is_date(cell):
            yield Problem("value_date", number, name)
        elif is_email(cell):
            yield Problem("value_email", number, name)


def _mostly_refused(cells: list[str], name: str) -> Iterator[Problem]:
    tests = (
        ("bsn", passes_eleven_test),
        ("phone", lambda cell: _PHONE.fullmatch(cell.translate(_PUNCTUATION)) is not None),
        ("address", lambda cell: _ADDRESS.fullmatch(cell) is not None),
    )
    for reason, looks_like in tests:
        alike = sum(1 for cell in cells if looks_like(cell))
        if alike >= LEAST_CELLS and 4 * alike >= 3 * len(cells):
            yield Problem(f"values_{reason}", 0, name, str(alike))
            return
