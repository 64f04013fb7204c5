"""Short ways to write a board down."""

from datetime import date

from consult.council.core.agreement import Agreement, Office
from consult.council.core.board import Mandate, Term
from consult.council.core.events import Event, Happening
from tests.agreements import AGREEMENT_2016

START, END = date(2026, 1, 1), date(2030, 1, 1)
DAY = date(2026, 6, 1)
CHAIR, SECRETARY, TREASURER = Office
RULES = AGREEMENT_2016
AGREEMENTS: tuple[Agreement, ...] = (RULES,)


def member(name: str, *offices: Office, start: date = START, end: date = END) -> Mandate:
    """A member who has her offices from the first day; a name with a T is a tenant's."""
    terms = tuple(Term(office, start, id=f"{name}-{office}") for office in offices)
    return Mandate(name, name, start, end, ((start, name.startswith("T")),), terms)


def board(tenants: int, others: int) -> list[Mandate]:
    """A board without offices: T0, T1, … and N0, N1, …"""
    return [member(f"T{n}") for n in range(tenants)] + [member(f"N{n}") for n in range(others)]


def event(name: str, happened: Happening, day: date = DAY, office: Office | None = None) -> Event:
    """Something that happened to a member."""
    return Event(f"{name}-{happened}-{day}", name, happened, day, office)
