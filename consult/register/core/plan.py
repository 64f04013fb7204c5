"""The plan of an import: what would change in the base, before anything does.

A file is the whole register of its day: who is in the base and not in the file has left.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import chain

from consult.register.core import columns, rows
from consult.register.core.base import Contract, Customer
from consult.register.core.csvfile import Sheet, read
from consult.register.core.problems import Problem, Problems


class Stage(IntEnum):
    """How far making a plan has come."""

    READ = 1
    CHECK = 2
    COMPARE = 3
    READY = 4


Reached = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A customer who is in the base and in the file, but not with the same facts."""

    before: Customer
    after: Customer


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a plan comes down to; ``problems`` counts all of them, also those not kept."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    excluded_stadswonen: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. With any problem it would do nothing.

    ``serial`` is the number of imports that the base it was made for had had. ``fingerprint`` is
    SHA-256 in hex over that serial and every change: what two people approve, and what must still
    hold when it is applied.
    """

    new: tuple[Customer, ...] = ()
    changed: tuple[Change, ...] = ()
    ended: tuple[Customer, ...] = ()
    unchanged: int = 0
    excluded_stadswonen: int = 0
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    serial: int = 0
    fingerprint: str = ""

    @property
    def empty(self) -> bool:
        """Whether the file is sound and says what the base says."""
        return not (self.new or self.changed or self.ended or self.problem_count)

    @property
    def numbers(self) -> Numbers:
        """The plan in numbers."""
        return Numbers(
            len(self.new),
            len(self.changed),
            len(self.ended),
            self.unchanged,
            self.excluded_stadswonen,
            self.problem_count,
        )


def make_plan(
    data: bytes,
    base: Mapping[str, Customer],
    serial: int,
    today: date,
    reached: Reached = lambda _: None,
) -> ImportPlan:
    """The plan for a file against the base as it stands after import number ``serial``.

    ``base`` holds every known customer with the contracts that hold now. ``reached`` is told
    each stage.
    """
    reached(Stage.READ)
    sheet = read(data)
    if isinstance(sheet, Problem):
        return ImportPlan(problems=(sheet,), problem_count=1)
    reached(Stage.CHECK)
    reading = _check(sheet, today)
    if isinstance(reading, Problems):
        return ImportPlan(problems=tuple(reading.kept), problem_count=reading.count)
    reached(Stage.COMPARE)
    plan = _compare(reading, base, serial)
    reached(Stage.READY)
    return plan


def _check(sheet: Sheet, today: date) -> rows.Reading | Problems:
    """The customers of a sheet, or everything that is wrong at the first step that finds fault."""
    places, problems = columns.places(sheet.header)
    problems.merge(sheet.problems)
    if not problems:
        problems.extend(columns.forbidden_values(sheet, places))
    if problems:
        return problems
    reading = rows.customers(sheet, places, today, problems)
    return problems or reading


def _compare(reading: rows.Reading, base: Mapping[str, Customer], serial: int) -> ImportPlan:
    new: list[Customer] = []
    changed: list[Change] = []
    unchanged = 0
    for number, after in sorted(reading.customers.items()):
        before = base.get(number)
        if before is None or not before.contracts:
            new.append(after)
        elif before != after:
            changed.append(Change(before, after))
        else:
            unchanged += 1
    gone = sorted(base.keys() - reading.customers.keys())
    ended = [base[number] for number in gone if base[number].contracts]
    return ImportPlan(
        tuple(new),
        tuple(changed),
        tuple(ended),
        unchanged,
        reading.excluded_stadswonen,
        serial=serial,
        fingerprint=_fingerprint(serial, new, changed, ended),
    )


def _fingerprint(
    serial: int, new: list[Customer], changed: list[Change], ended: list[Customer]
) -> str:
    running = hashlib.sha256()
    lines: Iterator[object] = chain(
        [["serial", serial]],
        (["new", _canonical(one)] for one in new),
        (["changed", _canonical(one.before), _canonical(one.after)] for one in changed),
        (["ended", _canonical(one)] for one in ended),
    )
    for line in lines:
        running.update(json.dumps(line, ensure_ascii=True).encode() + b"\n")
    return running.hexdigest()


def _canonical(customer: Customer) -> list[object]:
    return [
        customer.number,
        customer.birth_year,
        customer.band,
        customer.household_size,
        customer.email,
        customer.language,
        sorted(_contract(one) for one in customer.contracts),
    ]


def _contract(contract: Contract) -> list[str]:
    started = contract.started_on.isoformat() if contract.started_on else ""
    return [
        contract.kind,
        contract.dwelling_type,
        contract.complex,
        contract.neighbourhood,
        started,
    ]
