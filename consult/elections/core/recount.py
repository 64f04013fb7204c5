"""From a file to its count and its record, as anybody may do it again."""

from collections.abc import Iterable, Mapping
from typing import Any

from consult.canonical import canonical
from consult.council.core.rules import Person, RuleSet, as_json
from consult.elections.core import case as single
from consult.elections.core.case import Case
from consult.elections.core.count import count
from consult.elections.core.outcome import Count, DrawNeeded
from consult.elections.core.record import record, series_record
from consult.elections.core.series import Race, Series, count_series
from consult.elections.core.series_case import SeriesCase
from consult.elections.core.series_case import check_lot as check_series_lot
from consult.elections.core.series_case import of as series_of
from consult.elections.core.unopposed import Unopposed
from consult.reading import parsed


def read(raw: bytes) -> Case | SeriesCase:
    """The case in a file: one count, or several offices when it has ``contests``.

    Raises:
        Refusal: ``reading.*``, ``elections.case_*``, with the place in ``field``.
    """
    value = parsed(raw)
    several = isinstance(value, dict) and "contests" in value
    return series_of(value) if several else single.of(value)


def counted(case: Case | SeriesCase) -> Count | Series | DrawNeeded:
    """The count of a case.

    Raises:
        Refusal: ``elections.count_too_hard``; ``elections.case_lot_incomplete`` when a lot was
            drawn but leaves out people between whom it has to decide.
    """
    if isinstance(case, SeriesCase):
        result = count_series(case.people, case.sitting, case.races, case.totals, case.draws)
        if isinstance(result, DrawNeeded):
            check_series_lot(case, result.office, result.tied)
        return result
    found = count(
        case.contest, case.totals, case.rules, case.lot_order or (), unopposed=case.unopposed
    )
    if isinstance(found, DrawNeeded):
        single.check_lot(case, found.tied)
    return found


def record_of(case: Case | SeriesCase, outcome: Count | Series) -> bytes:
    """The record of a count that is complete, as a file of JSON lines.

    Raises:
        ValueError: the outcome is of another shape than the case.
    """
    if isinstance(case, SeriesCase) and isinstance(outcome, Series):
        return series_record(case.sitting, outcome, case.refill_of)
    if isinstance(case, Case) and isinstance(outcome, Count):
        return record(
            case.contest,
            case.totals,
            case.rules,
            case.lot_order or (),
            outcome,
            unopposed=case.unopposed,
            refill_of=case.refill_of,
        )
    raise ValueError("this is not the outcome of this case")


def write(case: Case | SeriesCase, about: Mapping[str, str] | None = None) -> bytes:
    """The case as the file that :func:`read` reads; ``about`` may hold ``id`` and ``title``.

    Every group that people or rules speak of is declared, so that a reserved seat that nobody
    stands for is not taken for a typing error.
    """
    shape = _series(case) if isinstance(case, SeriesCase) else _single(case)
    if case.refill_of is not None:
        shape["refill_of"] = case.refill_of
    return canonical({**(about or {}), **shape})


def _single(case: Case) -> dict[str, Any]:
    contest = case.contest
    people = (*contest.sitting, *contest.candidates)
    shape: dict[str, Any] = {
        "kind": "totals",
        "max_board": contest.max_board,
        "groups": _groups(people, [case.rules]),
        "sitting": _people(contest.sitting),
        "candidates": [
            {**one, "votes": case.totals[one["id"]]} for one in _people(contest.candidates)
        ],
        "rules": as_json(case.rules),
        **_uncontested(case.unopposed),
    }
    if case.unopposed is not None and case.unopposed.ballots is not None:
        shape["ballots"] = case.unopposed.ballots
    if case.lot_order is not None:
        shape["lot_order"] = list(case.lot_order)
    return shape


def _series(case: SeriesCase) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "kind": "series",
        "groups": _groups((*case.people, *case.sitting), [race.rules for race in case.races]),
        "sitting": _people(case.sitting),
        "people": _people(case.people),
        "contests": [_race(race, case) for race in case.races],
    }
    for race in case.races:
        if race.unopposed is not None and race.unopposed.ballots is not None:
            shape["ballots"] = race.unopposed.ballots
    return shape


def _race(race: Race, case: SeriesCase) -> dict[str, Any]:
    totals = case.totals[race.office]
    shape: dict[str, Any] = {
        "id": race.office,
        "seats": race.seats,
        "candidates": [{"id": one, "votes": totals[one]} for one in race.candidates],
        "rules": as_json(race.rules),
        **_uncontested(race.unopposed),
    }
    if race.stays:
        shape["stays"] = list(race.stays)
    if race.office in case.draws:
        shape["lot_order"] = list(case.draws[race.office])
    return shape


def _uncontested(unopposed: Unopposed | None) -> dict[str, str]:
    return {} if unopposed is None else {"uncontested": unopposed.way.value}


def _people(people: Iterable[Person]) -> list[dict[str, Any]]:
    return [{"id": person.id, "groups": sorted(person.groups)} for person in people]


def _groups(people: Iterable[Person], rules: Iterable[RuleSet]) -> list[str]:
    held = {group for person in people for group in person.groups}
    return sorted(held | {rule.group for one in rules for rule in one.rules})
