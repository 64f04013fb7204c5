"""Reading a JSON file strictly: each refusal says where, and what belongs there.

A rule or a vote that was mistyped would look like any other. So what is missing, unknown, doubled
or of the wrong kind is refused, by the place where it stands (``board[1].value``).
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from consult.refusal import Refusal

Fields = Mapping[str, object]
_NAME: Final = re.compile(r"[a-z0-9_]{1,20}", re.ASCII)


def parsed(raw: bytes, *, most: int | None = None) -> object:
    """The JSON in ``raw``, UTF-8, of at most ``most`` bytes; no field twice.

    Raises:
        Refusal: ``reading.too_large``, ``reading.not_utf8``, ``reading.not_json``,
            ``reading.field_twice``.
    """
    if most is not None and len(raw) > most:
        raise Refusal("reading.too_large", kilobytes=most // 1024)
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Refusal("reading.not_utf8", byte=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise Refusal("reading.not_json", line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise Refusal("reading.not_json", line=1, column=1) from error


def _once(pairs: Sequence[tuple[str, object]]) -> Fields:
    met: dict[str, object] = {}
    for name, value in pairs:
        if name in met:
            raise Refusal("reading.field_twice", field=_plain(name))
        met[name] = value
    return met


def fields(
    value: object, where: str, *, needed: Collection[str], optional: Collection[str] = ()
) -> Fields:
    """An object with the fields ``needed``, perhaps those ``optional``, and no others."""
    if not isinstance(value, dict):
        raise Refusal("reading.not_object", **at(where or "{}", value))
    known = {*needed, *optional}
    for name in value:
        if name not in known:
            field = within(where, _plain(name))
            raise Refusal("reading.field_unknown", field=field, known=row(known))
    for name in sorted(needed):
        if name not in value:
            raise Refusal("reading.field_missing", field=within(where, name))
    return value


def items(value: object, where: str) -> list[tuple[str, object]]:
    """Each thing of a list, with its place."""
    if not isinstance(value, list):
        raise Refusal("reading.not_list", **at(where, value))
    return [(f"{where}[{place}]", item) for place, item in enumerate(value)]


def whole(value: object, where: str, *, least: int = 0, most: int) -> int:
    """A whole number from ``least`` to ``most``; ``2.0`` and ``true`` are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal("reading.not_whole", **at(where, value), least=least, most=most)
    return value


def text(value: object, where: str) -> str:
    """A text of one line that is not blank."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Refusal("reading.not_text", **at(where, value))
    return value


def line(value: object, where: str, *, most: int) -> str:
    """As :func:`text`, without spaces around it and of at most ``most`` signs."""
    good = isinstance(value, str) and value.strip() == value and value and value.isprintable()
    if not good or not isinstance(value, str) or len(value) > most:
        raise Refusal("reading.not_line", **at(where, value), most=most)
    return value


def name(value: object, where: str) -> str:
    """A name for the program: one to twenty of a–z, 0–9 and ``_``."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise Refusal("reading.not_name", **at(where, value))
    return value


def prose(value: object, where: str, *, most: int) -> str:
    """A text of one or more lines that is not blank, of at most ``most`` signs."""
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise Refusal("reading.not_prose", **at(where, value), most=most)
    return value


def choice(value: object, where: str, choices: Collection[str]) -> str:
    """One of ``choices``."""
    if not isinstance(value, str) or value not in choices:
        raise Refusal("reading.not_choice", **at(where, value), choices=row(choices))
    return value


def day(value: object, where: str) -> date:
    """A day, written as 2016-07-01 and in no other way."""
    try:
        found = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        raise Refusal("reading.not_day", **at(where, value))
    return found


def yes_or_no(value: object, where: str) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise Refusal("reading.not_yes_no", **at(where, value))
    return value


def within(where: str, name: str) -> str:
    """The place of a field in what stands at ``where``."""
    return f"{where}.{name}" if where else name


def row(names: Collection[str]) -> str:
    """Names in a fixed order, for a sentence."""
    return ", ".join(sorted(names))


def at(where: str, value: object) -> dict[str, str]:
    """The facts of a refusal: the place, and what was found there."""
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
