"""Several offices from a file: who stands for what, with votes, rules and lot of each."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from consult.council.core.rules import Person
from consult.elections.core import case as single
from consult.elections.core.case_rules import LARGEST_BOARD, Groups, rule_set
from consult.elections.core.series import OFFICES, Race
from consult.reading import choice, fields, items, text, whole
from consult.refusal import Refusal


class SeriesCase(NamedTuple):
    """What :func:`consult.elections.core.series.count_series` is told.

    ``draws`` holds an office only where a lot was drawn. ``refill_of``: as in a case of one count.
    """

    people: tuple[Person, ...]
    sitting: tuple[Person, ...]
    races: tuple[Race, ...]
    totals: Mapping[str, Mapping[str, int]]
    draws: Mapping[str, tuple[str, ...]]
    refill_of: str | None = None


def of(value: object) -> SeriesCase:
    """The series in what was parsed.

    Raises:
        Refusal: ``reading.*``, ``elections.case_*``; ``field`` names the place.
    """
    case = fields(
        value,
        "",
        needed={"contests", "people"},
        optional={"sitting", "kind", "groups", "ballots", "refill_of", *single.ABOUT},
    )
    choice(case.get("kind", "series"), "kind", ("series",))
    ballots = single.ballots(case)
    sitting = single.people(case.get("sitting", []), "sitting")
    people = single.people(case["people"], "people")
    single.all_different({"sitting": sitting, "people": people})
    if not sitting and not people:
        raise Refusal("elections.case_nobody", field="people")
    groups = Groups(case, [*sitting, *people])
    groups.check_people(sitting, "sitting")
    groups.check_people(people, "people")
    reading = _Reading(people, sitting, groups, ballots)
    for where, item in items(case["contests"], "contests"):
        reading.race(item, where)
    if "board" not in reading.totals:
        raise Refusal("elections.case_board_last", field="contests")
    return SeriesCase(
        tuple(people),
        tuple(sitting),
        tuple(reading.races),
        reading.totals,
        reading.draws,
        single.refill_of(case),
    )


def check_lot(case: SeriesCase, office: str, tied: Collection[str]) -> None:
    """Refuse a lot of an office that leaves out people between whom it has to decide.

    Raises:
        Refusal: ``elections.case_lot_incomplete``.
    """
    place = [race.office for race in case.races].index(office)
    single.refuse_gap(f"contests[{place}].lot_order", case.draws.get(office), tied)


class _Reading:
    """The races of a file, one after the other."""

    def __init__(
        self,
        people: Sequence[Person],
        sitting: Sequence[Person],
        groups: Groups,
        ballots: int | None,
    ) -> None:
        self._sitting = frozenset(person.id for person in sitting)
        self._people = frozenset(person.id for person in people) | self._sitting
        self._groups, self._ballots = groups, ballots
        self.races: list[Race] = []
        self.totals: dict[str, Mapping[str, int]] = {}
        self.draws: dict[str, tuple[str, ...]] = {}

    def race(self, item: object, where: str) -> None:
        """Read one office; they stand in the order in which they are counted."""
        found = fields(
            item,
            where,
            needed={"id", "seats", "candidates", "rules"},
            optional={"stays", "lot_order", "uncontested"},
        )
        office = self._office(found["id"], f"{where}.id")
        largest = 1 if office == "chair" else LARGEST_BOARD
        seats = whole(found["seats"], f"{where}.seats", least=1, most=largest)
        stays = self._stays(found.get("stays", []), f"{where}.stays", office)
        taken = self._sitting if office == "board" else frozenset(stays)
        totals = self._totals(found["candidates"], f"{where}.candidates", taken)
        if not totals and not taken and office != "board":
            raise Refusal("elections.case_nobody", field=f"{where}.candidates")
        rules = rule_set(found["rules"], f"{where}.rules", self._groups, seats)
        unopposed = single.unopposed(found, where, self._ballots)
        self.races.append(Race(office, seats, tuple(totals), rules, stays, unopposed))
        self.totals[office] = totals
        if "lot_order" in found:
            self.draws[office] = single.lot(found["lot_order"], f"{where}.lot_order", totals)

    def _office(self, value: object, where: str) -> str:
        last = OFFICES.index(self.races[-1].office) + 1 if self.races else 0
        if last == len(OFFICES):
            raise Refusal("elections.case_board_last", field=where)
        return choice(value, where, OFFICES[last:])

    def _stays(self, value: object, where: str, office: str) -> tuple[str, ...]:
        listed = items(value, where)
        if listed and office != "executive":
            raise Refusal("elections.case_stays_misplaced", field=where)
        stays: list[str] = []
        for spot, item in listed:
            one = text(item, spot)
            self._check(one, spot, self._sitting, stays)
            stays.append(one)
        return tuple(stays)

    def _totals(self, value: object, where: str, taken: Collection[str]) -> dict[str, int]:
        totals: dict[str, int] = {}
        for spot, item in items(value, where):
            found = fields(item, spot, needed={"id", "votes"})
            one = text(found["id"], f"{spot}.id")
            self._check(one, f"{spot}.id", self._people, totals)
            if one in taken:
                raise Refusal("elections.case_sits_already", field=f"{spot}.id", id=one)
            totals[one] = single.votes(found["votes"], spot, self._ballots)
        return totals

    def _check(self, one: str, where: str, known: Collection[str], met: Collection[str]) -> None:
        if one not in known:
            raise Refusal("elections.case_person_unknown", field=where, id=one)
        if one in met:
            raise Refusal("elections.case_id_twice", field=where, id=one)
