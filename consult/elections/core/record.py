"""The record of a count: everything that a stranger needs to count again, and each decision.

JSON lines: what was counted, one line per step, the result. Sorted keys, UTF-8, whole numbers and
no clock times, so that whoever counts again gets the same bytes (reference, counting §7).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.canonical import canonical
from consult.council.core.rules import Person, RuleSet, as_json
from consult.elections.core.outcome import Contest, Count

METHOD = "count-totals/1"


def record(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    outcome: Count,
) -> bytes:
    """The record as a file. Its SHA-256 (:func:`..election.digest`) stands for all of it."""
    return b"".join(
        canonical(line) + b"\n" for line in _lines(contest, totals, rules, draws, outcome)
    )


def _lines(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    outcome: Count,
) -> Iterator[Mapping[str, object]]:
    yield {
        "line": "counted",
        "method": METHOD,
        "max_board": contest.max_board,
        "sitting": [_person(person) for person in contest.sitting],
        "candidates": [
            {**_person(person), "votes": totals[person.id]} for person in contest.candidates
        ],
        "rules": as_json(rules),
        "lot_order": list(draws),
    }
    for number, step in enumerate(outcome.steps, start=1):
        yield {"line": "step", "number": number, **_fields(step)}
    yield {"line": "result", **_fields(outcome._replace(steps=()))}


def _person(person: Person) -> dict[str, object]:
    return {"id": person.id, "groups": sorted(person.groups)}


def _plain(value: object) -> object:
    """Named tuples as objects, at any depth."""
    if hasattr(value, "_asdict"):
        return _fields(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _fields(value: Any) -> dict[str, object]:
    return {name: _plain(field) for name, field in value._asdict().items()}
