"""One case from a file: a contest with its votes, rules and lot (schema composition-cases/1).

Reading is strict. A count that started from a mistyped rule would look like any other, so a field
that is missing, unknown, doubled or of the wrong kind is refused, and the refusal says where it
stands (``candidates[3].votes``) and, in its words, what belongs there.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from consult.council.core.rules import IfShort, Max, Min, MinHard, Person, Rule, RuleSet, ShareGt
from consult.elections.core.outcome import Contest
from consult.refusal import Refusal

LARGEST_BOARD = 1000
MOST_VOTES = 10**12
_ABOUT = frozenset({"id", "title", "reason", "expected", "comparison"})
_RULE_FIELDS = {
    "share_gt": frozenset({"num", "den"}),
    "max": frozenset({"value"}),
    "min_hard": frozenset({"value"}),
    "min": frozenset({"value"}),
}

Fields = Mapping[str, object]


class Case(NamedTuple):
    """What :func:`consult.elections.core.count.count` is told."""

    contest: Contest
    totals: Mapping[str, int]
    rules: RuleSet
    lot_order: tuple[str, ...] | None


def read(raw: bytes) -> Case:
    """The case in ``raw``, UTF-8 JSON.

    Raises:
        Refusal: ``elections.case_*``; ``field`` names the place, other facts what was found there.
    """
    case = _fields(
        _json(raw),
        "",
        needed={"max_board", "candidates", "rules"},
        allowed={"sitting", "lot_order", "kind", *_ABOUT},
    )
    _choice(case.get("kind", "totals"), "kind", ("totals",))
    max_board = _whole(case["max_board"], "max_board", least=1, most=LARGEST_BOARD)
    sitting = [
        _person(_fields(item, where, needed={"id", "groups"}), where)
        for where, item in _items(case.get("sitting", []), "sitting")
    ]
    candidates, totals = [], {}
    for where, item in _items(case["candidates"], "candidates"):
        fields = _fields(item, where, needed={"id", "votes", "groups"})
        candidates.append(_person(fields, where))
        totals[candidates[-1].id] = _whole(fields["votes"], f"{where}.votes", most=MOST_VOTES)
    rules = [_rule(item, where) for where, item in _items(case["rules"], "rules")]
    _all_different({"sitting": sitting, "candidates": candidates})
    _all_different({"rules": rules})
    lot = _lot(case["lot_order"], totals) if "lot_order" in case else None
    contest = Contest(max_board, tuple(sitting), tuple(candidates))
    return Case(contest, totals, RuleSet(tuple(rules)), lot)


def check_lot(case: Case, tied: Collection[str]) -> None:
    """Refuse a lot that was drawn but leaves out people between whom it has to decide.

    Raises:
        Refusal: ``elections.case_lot_incomplete`` with the ids that are missing.
    """
    if case.lot_order is not None:
        missing = ", ".join(one for one in tied if one not in case.lot_order)
        raise Refusal("elections.case_lot_incomplete", field="lot_order", missing=missing)


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Refusal("elections.case_not_utf8", byte=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise Refusal(
            "elections.case_not_json", line=error.lineno, column=error.colno, found=error.msg
        ) from error
    except (RecursionError, ValueError) as error:
        raise Refusal("elections.case_not_json", line=1, column=1, found="too large") from error


def _once(pairs: Sequence[tuple[str, object]]) -> Fields:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal("elections.case_field_twice", field=twice)
    return fields


def _fields(
    value: object, where: str, *, needed: Collection[str], allowed: Collection[str] = ()
) -> Fields:
    if not isinstance(value, dict):
        raise Refusal("elections.case_not_object", **_at(where, value))
    known = {*needed, *allowed}
    for name in value:
        if name not in known:
            field = _within(where, name)
            raise Refusal("elections.case_field_unknown", field=field, known=_list(known))
    for name in sorted(needed):
        if name not in value:
            raise Refusal("elections.case_field_missing", field=_within(where, name))
    return value


def _items(value: object, where: str) -> list[tuple[str, object]]:
    if not isinstance(value, list):
        raise Refusal("elections.case_not_list", **_at(where, value))
    return [(f"{where}[{place}]", item) for place, item in enumerate(value)]


def _whole(value: object, where: str, *, least: int = 0, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal("elections.case_not_whole", **_at(where, value), least=least, most=most)
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Refusal("elections.case_not_text", **_at(where, value))
    return value


def _choice(value: object, where: str, choices: Collection[str]) -> str:
    text = _text(value, where)
    if text not in choices:
        raise Refusal("elections.case_not_choice", **_at(where, value), choices=_list(choices))
    return text


def _person(fields: Fields, where: str) -> Person:
    groups = [_text(item, spot) for spot, item in _items(fields["groups"], f"{where}.groups")]
    for place, group in enumerate(groups):
        if group in groups[:place]:
            raise Refusal("elections.case_id_twice", field=f"{where}.groups[{place}]", id=group)
    return Person(_text(fields["id"], f"{where}.id"), frozenset(groups))


def _rule(item: object, where: str) -> Rule:
    kind = _rule_kind(item, where)
    needed = {"id", "group", "type", *_RULE_FIELDS[kind]}
    fields = _fields(item, where, needed=needed, allowed={"if_short"} if kind == "min" else ())
    name, group = _text(fields["id"], f"{where}.id"), _text(fields["group"], f"{where}.group")
    if kind == "share_gt":
        den = _whole(fields["den"], f"{where}.den", least=1, most=LARGEST_BOARD)
        return ShareGt(name, group, _whole(fields["num"], f"{where}.num", most=den - 1), den)
    value = _whole(fields["value"], f"{where}.value", most=LARGEST_BOARD)
    if kind == "min":
        spot, choices = f"{where}.if_short", [str(choice) for choice in IfShort]
        if_short = _choice(fields.get("if_short", str(IfShort.RELEASE)), spot, choices)
        return Min(name, group, value, IfShort(if_short))
    return Max(name, group, value) if kind == "max" else MinHard(name, group, value)


def _rule_kind(item: object, where: str) -> str:
    """The type comes first: it says which other fields belong there."""
    names = item if isinstance(item, dict) else ()
    fields = _fields(item, where, needed={"type"}, allowed=names)
    return _choice(fields["type"], f"{where}.type", _RULE_FIELDS)


def _lot(value: object, totals: Mapping[str, int]) -> tuple[str, ...]:
    order: list[str] = []
    for where, item in _items(value, "lot_order"):
        candidate = _text(item, where)
        if candidate not in totals:
            raise Refusal("elections.case_lot_unknown", field=where, id=candidate)
        if candidate in order:
            raise Refusal("elections.case_id_twice", field=where, id=candidate)
        order.append(candidate)
    return tuple(order)


def _all_different(lists: Mapping[str, Sequence[Person] | Sequence[Rule]]) -> None:
    met: set[str] = set()
    for name, items in lists.items():
        for place, item in enumerate(items):
            if item.id in met:
                raise Refusal("elections.case_id_twice", field=f"{name}[{place}].id", id=item.id)
            met.add(item.id)


def _at(where: str, value: object) -> dict[str, str]:
    found = json.dumps(value)
    return {"field": where, "found": found if len(found) <= 40 else f"{found[:37]}..."}


def _within(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _list(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
