"""Year themes and working groups (agreement, art. 1.6).

Contacts are roles at the landlord ("contactpersoon wonen en zorg"), never names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from consult.refusal import Refusal

LONGEST_NAME: Final = 120
FIRST_YEAR: Final = 2016
LAST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class Theme:
    """What the council works on in a year; ``contact`` is empty while nobody was made available."""

    id: str
    year: int
    title: str
    contact: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """Who prepare a theme. ``members`` are seats of the board, by their ids."""

    id: str
    name: str
    theme_id: str | None
    contact: str
    members: tuple[str, ...]
    closed: bool = False


def check_theme(theme: Theme) -> None:
    """Refuse what is no theme.

    Raises:
        Refusal: ``council.theme_name``, ``council.theme_year``; ``field`` names the field.
    """
    _check_name(theme.title, "title")
    _check_contact(theme.contact)
    if not FIRST_YEAR <= theme.year <= LAST_YEAR:
        raise Refusal("council.theme_year", field="year", least=FIRST_YEAR, most=LAST_YEAR)


def check_group(group: WorkingGroup, themes: Iterable[Theme], seats: Iterable[str]) -> None:
    """Refuse what is no working group; ``seats`` are those of the board.

    Raises:
        Refusal: ``council.theme_name``, ``council.theme_unknown``, ``council.unknown_mandate``.
    """
    _check_name(group.name, "name")
    _check_contact(group.contact)
    if group.theme_id is not None and group.theme_id not in {theme.id for theme in themes}:
        raise Refusal("council.theme_unknown", field="theme")
    if not set(group.members) <= set(seats):
        raise Refusal("council.unknown_mandate", field="members")


def without_contact(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """The running themes for which the landlord made nobody available (art. 1.6)."""
    return tuple(theme for theme in themes if not theme.closed and not theme.contact)


def _check_name(name: str, field: str) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal("council.theme_name", field=field, most=LONGEST_NAME)


def _check_contact(contact: str) -> None:
    if len(contact) > LONGEST_NAME:
        raise Refusal("council.theme_name", field="contact", most=LONGEST_NAME)
