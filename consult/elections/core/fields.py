"""Strict reading of a JSON file: whatever is wrong is refused, with the place where it stands."""

import json
from collections.abc import Collection, Mapping, Sequence

from consult.refusal import Refusal

Fields = Mapping[str, object]


def parsed(raw: bytes) -> object:
    """The JSON in ``raw``, UTF-8, with no field twice."""
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
    met: dict[str, object] = {}
    for name, value in pairs:
        if name in met:
            raise Refusal("elections.case_field_twice", field=name)
        met[name] = value
    return met


def fields(
    value: object, where: str, *, needed: Collection[str], allowed: Collection[str] = ()
) -> Fields:
    """An object with all fields that are needed, and none that is not allowed."""
    if not isinstance(value, dict):
        raise Refusal("elections.case_not_object", **at(where, value))
    known = {*needed, *allowed}
    for name in value:
        if name not in known:
            field = _within(where, name)
            raise Refusal("elections.case_field_unknown", field=field, known=_list(known))
    for name in sorted(needed):
        if name not in value:
            raise Refusal("elections.case_field_missing", field=_within(where, name))
    return value


def items(value: object, where: str) -> list[tuple[str, object]]:
    """A list: each item with its place."""
    if not isinstance(value, list):
        raise Refusal("elections.case_not_list", **at(where, value))
    return [(f"{where}[{place}]", item) for place, item in enumerate(value)]


def whole(value: object, where: str, *, least: int = 0, most: int) -> int:
    """A whole number; ``2.0`` and ``true`` are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal("elections.case_not_whole", **at(where, value), least=least, most=most)
    return value


def text(value: object, where: str) -> str:
    """A text of one line that is not blank."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Refusal("elections.case_not_text", **at(where, value))
    return value


def choice(value: object, where: str, choices: Collection[str]) -> str:
    """One of the texts that may stand here."""
    chosen = text(value, where)
    if chosen not in choices:
        raise Refusal("elections.case_not_choice", **at(where, value), choices=_list(choices))
    return chosen


def at(where: str, value: object) -> dict[str, str]:
    """The facts of a refusal: the place, and what was found there."""
    try:
        found = json.dumps(value)
    except RecursionError:  # just shallow enough to be read, and too deep to be written again
        found = type(value).__name__
    return {"field": where, "found": found if len(found) <= 40 else f"{found[:37]}..."}


def _within(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _list(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
