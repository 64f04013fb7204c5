"""One case from a file: a contest with its votes, rules and lot (schema composition-cases/1).

Reading is strict. A count that started from a mistyped rule would look like any other, so a field
that is missing, unknown, doubled or of the wrong kind is refused, and the refusal says where it
stands (``candidates[3].votes``) and, in its words, what belongs there. Several offices in one file
are read by :mod:`.series_case`; both shapes are described in docs/case-format.md.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from consult.council.core.rules import Person, RuleSet
from consult.elections.core.case_rules import LARGEST_BOARD, Groups, rule_set
from consult.elections.core.outcome import Contest
from consult.elections.core.unopposed import Unopposed, Way
from consult.reading import Fields, at, choice, fields, items, parsed, text, whole
from consult.refusal import Refusal

MOST_VOTES = 10**12
ABOUT = frozenset({"id", "title", "reason", "expected", "comparison"})
"""Fields that say something about a case and change nothing in its count."""

_HASH_DIGITS = 64


class Case(NamedTuple):
    """What :func:`consult.elections.core.count.count` is told.

    ``refill_of``: the SHA-256 of the record whose vacancy is filled on the same totals.
    """

    contest: Contest
    totals: Mapping[str, int]
    rules: RuleSet
    lot_order: tuple[str, ...] | None
    unopposed: Unopposed | None = None
    refill_of: str | None = None


def read(raw: bytes) -> Case:
    """The case in ``raw``, UTF-8 JSON.

    Raises:
        Refusal: ``reading.*``, ``elections.case_*``; ``field`` names the place, other facts what
            was found there.
    """
    return of(parsed(raw))


def of(value: object) -> Case:
    """The case in what was parsed; see :func:`read`."""
    case = fields(
        value,
        "",
        needed={"max_board", "candidates", "rules"},
        optional={
            *("sitting", "lot_order", "kind", "groups", "uncontested", "ballots", "refill_of"),
            *ABOUT,
        },
    )
    choice(case.get("kind", "totals"), "kind", ("totals",))
    max_board = whole(case["max_board"], "max_board", least=1, most=LARGEST_BOARD)
    most = ballots(case)
    sitting = people(case.get("sitting", []), "sitting")
    candidates, totals = [], {}
    for where, item in items(case["candidates"], "candidates"):
        found = fields(item, where, needed={"id", "votes", "groups"})
        candidates.append(_person(found, where))
        totals[candidates[-1].id] = votes(found["votes"], where, most)
    all_different({"sitting": sitting, "candidates": candidates})
    if not sitting and not candidates:
        raise Refusal("elections.case_nobody", field="candidates")
    groups = Groups(case, [*sitting, *candidates])
    groups.check_people(sitting, "sitting")
    groups.check_people(candidates, "candidates")
    return Case(
        Contest(max_board, tuple(sitting), tuple(candidates)),
        totals,
        rule_set(case["rules"], "rules", groups, max_board),
        lot(case["lot_order"], "lot_order", totals) if "lot_order" in case else None,
        unopposed(case, "", most),
        refill_of(case),
    )


def check_lot(case: Case, tied: Collection[str]) -> None:
    """Refuse a lot that was drawn but leaves out people between whom it has to decide.

    Raises:
        Refusal: ``elections.case_lot_incomplete`` with the ids that are missing.
    """
    refuse_gap("lot_order", case.lot_order, tied)


def refuse_gap(where: str, order: Collection[str] | None, tied: Collection[str]) -> None:
    """As :func:`check_lot`, for a lot at any place."""
    if order is not None:
        missing = ", ".join(one for one in tied if one not in order)
        raise Refusal("elections.case_lot_incomplete", field=where, missing=missing)


def people(value: object, where: str) -> list[Person]:
    """People with their groups."""
    return [
        _person(fields(item, spot, needed={"id", "groups"}), spot)
        for spot, item in items(value, where)
    ]


def votes(value: object, where: str, most: int | None) -> int:
    """Somebody's votes: no more than there were ballots, as far as that is known."""
    return whole(value, f"{where}.votes", most=MOST_VOTES if most is None else most)


def ballots(case: Fields) -> int | None:
    """How many ballots were cast, if the file says so."""
    return whole(case["ballots"], "ballots", most=MOST_VOTES) if "ballots" in case else None


def unopposed(found: Fields, where: str, number: int | None) -> Unopposed | None:
    """What was fixed for when there are no more candidates than seats."""
    if "uncontested" not in found:
        return None
    spot = f"{where}.uncontested" if where else "uncontested"
    way = Way(choice(found["uncontested"], spot, [str(one) for one in Way]))
    if way is Way.CONFIRM and number is None:
        raise Refusal("reading.field_missing", field="ballots")
    return Unopposed(way, number)


def refill_of(case: Fields) -> str | None:
    """The record whose vacancy is filled."""
    if "refill_of" not in case:
        return None
    digits = text(case["refill_of"], "refill_of")
    if len(digits) != _HASH_DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise Refusal("elections.case_not_hash", **at("refill_of", digits))
    return digits


def lot(value: object, where: str, totals: Collection[str]) -> tuple[str, ...]:
    """The order that a lot gave: candidates, each once."""
    order: list[str] = []
    for spot, item in items(value, where):
        candidate = text(item, spot)
        if candidate not in totals:
            raise Refusal("elections.case_lot_unknown", field=spot, id=candidate)
        if candidate in order:
            raise Refusal("elections.case_id_twice", field=spot, id=candidate)
        order.append(candidate)
    return tuple(order)


def all_different(lists: Mapping[str, Sequence[Person]]) -> None:
    """Refuse an id that is given twice.

    Raises:
        Refusal: ``elections.case_id_twice``.
    """
    met: set[str] = set()
    for name, listed in lists.items():
        for place, person in enumerate(listed):
            if person.id in met:
                field = f"{name}[{place}].id"
                raise Refusal("elections.case_id_twice", field=field, id=person.id)
            met.add(person.id)


def _person(found: Fields, where: str) -> Person:
    groups = [text(item, spot) for spot, item in items(found["groups"], f"{where}.groups")]
    for place, group in enumerate(groups):
        if group in groups[:place]:
            raise Refusal("elections.case_id_twice", field=f"{where}.groups[{place}]", id=group)
    return Person(text(found["id"], f"{where}.id"), frozenset(groups))
