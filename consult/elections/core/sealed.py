"""From what is published to the record: the seal, the totals and the lot give the same bytes.

Nothing else goes into a count, so that whoever has these three counts the very same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from consult.canonical import canonical
from consult.elections.core import recount
from consult.elections.core.case import Case
from consult.elections.core.count import count
from consult.elections.core.election import parse_seal
from consult.elections.core.lotfile import Lot, lot_file, lot_line
from consult.elections.core.nomination import BOARD
from consult.elections.core.outcome import Count, DrawNeeded
from consult.elections.core.paper import contests as asked
from consult.elections.core.series import Series, count_series
from consult.elections.core.series_case import SeriesCase
from consult.elections.core.steps import Step

Totals = Sequence[Sequence[int]]
"""Votes of each place of the paper, question by question."""


class OfficeCount(NamedTuple):
    """How the count of one office ended; ``steps`` are all decisions, in their order."""

    office: str
    votes: Mapping[str, int]
    steps: tuple[Step, ...]
    result: Count


class Outcome(NamedTuple):
    """What a count came to, with the files that it follows from.

    ``offices`` are in the order of the count, the board last; nobody as long as a lot is needed.
    ``lot`` is empty where there was none, ``record`` as long as a lot is needed.
    """

    case: bytes
    result: Count | Series | DrawNeeded
    offices: tuple[OfficeCount, ...]
    record: bytes
    lot: bytes


def contests(sealed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The candidates of each contest of a seal, in the order of the paper."""
    return {one["office"]: one["candidates"] for one in asked(sealed)}


def count_sealed(seal: bytes, totals: Totals, ballots: int, lot: Lot | None) -> Outcome:
    """Count the totals under the rules of the seal.

    ``ballots``: how many were added up, as the archive says; where no more people stand than there
    are seats, more than half of them may have to be for somebody.

    Raises:
        Refusal: ``elections.case_*`` when the seal makes no case, ``elections.count_too_hard``.
        KeyError, TypeError, ValueError: of a seal that this program did not write.
    """
    sealed = parse_seal(seal)
    raw = canonical(_shape(sealed, totals, ballots, lot))
    case = recount.read(raw)
    result = _counted(case)
    if isinstance(result, DrawNeeded):
        return Outcome(raw, result, (), b"", lot_file(lot) if lot else b"")
    written = recount.record_of(case, result) + lot_line(lot)
    return Outcome(raw, result, offices_of(case, result), written, lot_file(lot) if lot else b"")


def _counted(case: Case | SeriesCase) -> Count | Series | DrawNeeded:
    if isinstance(case, SeriesCase):
        return count_series(case.people, case.sitting, case.races, case.totals, case.draws)
    order = case.lot_order or ()
    found = count(case.contest, case.totals, case.rules, order, unopposed=case.unopposed)
    return found._replace(office=BOARD) if isinstance(found, DrawNeeded) else found


def offices_of(case: Case | SeriesCase, result: Count | Series) -> tuple[OfficeCount, ...]:
    """How the count of each office ended, in the order of the count."""
    if isinstance(case, SeriesCase) and isinstance(result, Series):
        return tuple(
            OfficeCount(
                one.office,
                case.totals[one.office],
                (*one.before, *one.result.steps),
                one.result,
            )
            for one in result.races
        )
    if isinstance(case, Case) and isinstance(result, Count):
        return (OfficeCount(BOARD, case.totals, result.steps, result),)
    raise ValueError("this is not the outcome of this case")


def _shape(
    sealed: Mapping[str, Any], totals: Totals, ballots: int, lot: Lot | None
) -> dict[str, Any]:
    """What is counted, as the file that ``consult count`` reads."""
    questions = list(zip(asked(sealed), totals, strict=True))
    about = {"id": sealed["uuid"], "title": sealed["title"], "ballots": ballots}
    rules = [rule for question, _ in questions for rule in question["rules"]]
    common = {**about, "groups": _groups(sealed, rules), "sitting": sealed["sitting"]}
    races = [_race(sealed, question, votes, lot) for question, votes in questions]
    if len(races) > 1:
        people = [{"id": one["id"], "groups": one["groups"]} for one in sealed["candidates"]]
        return {**common, "kind": "series", "people": people, "contests": races}
    (alone,) = races
    groups = {one["id"]: one["groups"] for one in sealed["candidates"]}
    return {
        **common,
        "kind": "totals",
        "max_board": sealed["max_board"],
        **{name: alone[name] for name in ("rules", "uncontested", "lot_order") if name in alone},
        "candidates": [{**one, "groups": groups[one["id"]]} for one in alone["candidates"]],
    }


def _race(
    sealed: Mapping[str, Any], question: Mapping[str, Any], votes: Sequence[int], lot: Lot | None
) -> dict[str, Any]:
    office, candidates = question["office"], question["candidates"]
    shape: dict[str, Any] = {
        "id": office,
        "seats": question["seats"],
        "candidates": [
            {"id": one, "votes": number} for one, number in zip(candidates, votes, strict=True)
        ],
        "rules": question["rules"],
    }
    if question["stays"]:
        shape["stays"] = question["stays"]
    settings = sealed["rules"].get("settings", {})
    if "uncontested" in settings:
        shape["uncontested"] = settings["uncontested"]
    if order := lot.order_of(office, candidates) if lot else ():
        shape["lot_order"] = list(order)
    return shape


def _groups(sealed: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every group that people or rules speak of: a reserved seat may have no candidate."""
    people = [*sealed["sitting"], *sealed["candidates"]]
    held = {group for person in people for group in person["groups"]}
    return sorted(held | {rule["group"] for rule in rules})
