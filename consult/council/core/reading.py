"""Reading a file of rules strictly: each refusal says where, and what belongs there.

A rule that was mistyped would look like any other. So what is missing, unknown, doubled or of the
wrong kind is refused, by the place where it stands (``board[1].value``).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from consult.refusal import Refusal

LONGEST_TEXT = 200
"""Signs of a name or an article."""

Fields = Mapping[str, object]


def parse(raw: bytes) -> object:
    """The JSON in ``raw``, UTF-8; no field twice.

    Raises:
        Refusal: ``council.rules_not_utf8``, ``council.rules_not_json``,
            ``council.rules_field_twice``.
    """
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Refusal("council.rules_not_utf8", byte=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise Refusal("council.rules_not_json", line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise Refusal("council.rules_not_json", line=1, column=1) from error


def _once(pairs: Sequence[tuple[str, object]]) -> Fields:
    met: dict[str, object] = {}
    for name, value in pairs:
        if name in met:
            raise Refusal("council.rules_field_twice", field=_plain(name))
        met[name] = value
    return met


def fields(
    value: object, where: str, needed: Collection[str], optional: Collection[str] = ()
) -> Fields:
    """An object with the fields ``needed``, perhaps those ``optional``, and no others."""
    if not isinstance(value, dict):
        raise Refusal("council.rules_not_object", **_at(where or "{}", value))
    known = {*needed, *optional}
    for name in value:
        if name not in known:
            field = within(where, _plain(name))
            raise Refusal("council.rules_field_unknown", field=field, known=row(known))
    for name in sorted(needed):
        if name not in value:
            raise Refusal("council.rules_field_missing", field=within(where, name))
    return value


def items(value: object, where: str) -> list[tuple[str, object]]:
    """Each thing of a list, with its place."""
    if not isinstance(value, list):
        raise Refusal("council.rules_not_list", **_at(where, value))
    return [(f"{where}[{place}]", item) for place, item in enumerate(value)]


def whole(value: object, where: str, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal("council.rules_not_whole", **_at(where, value), least=least, most=most)
    return value


def text(value: object, where: str) -> str:
    """A text on one line that says something."""
    good = isinstance(value, str) and value.strip() == value and value and value.isprintable()
    if not good or not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Refusal("council.rules_not_text", **_at(where, value), most=LONGEST_TEXT)
    return value


def choice(value: object, where: str, choices: Collection[str]) -> str:
    """One of ``choices``."""
    if not isinstance(value, str) or value not in choices:
        raise Refusal("council.rules_not_choice", **_at(where, value), choices=row(choices))
    return value


def day(value: object, where: str) -> date:
    """A day, written as 2016-07-01 and in no other way."""
    try:
        found = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        raise Refusal("council.rules_not_day", **_at(where, value))
    return found


def yes_or_no(value: object, where: str) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise Refusal("council.rules_not_yes_no", **_at(where, value))
    return value


def within(where: str, name: str) -> str:
    """The place of a field in what stands at ``where``."""
    return f"{where}.{name}" if where else name


def row(names: Collection[str]) -> str:
    """Names in a fixed order, for a sentence."""
    return ", ".join(sorted(names))


def _at(where: str, value: object) -> dict[str, str]:
    try:
        found = json.dumps(value)
    except RecursionError:  # just shallow enough to be read, and too deep to be written again
        found = type(value).__name__
    return {"field": where, "found": _short(found)}


def _plain(name: str) -> str:
    """A name that a file gave, as a page can show it."""
    return name if name.isidentifier() and len(name) <= 40 else _short(json.dumps(name))


def _short(found: str) -> str:
    return found if len(found) <= 40 else f"{found[:37]}..."
