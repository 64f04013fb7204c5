"""The record of a count: everything that a stranger needs to count again, and each decision.

JSON lines: what was counted, one line per step, how close it was, the result; in a series these
for each office in turn. Sorted keys, UTF-8, whole numbers and no clock times, so that whoever
counts again gets the same bytes (reference, counting §7).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.canonical import canonical
from consult.council.core.rules import Person, RuleSet, as_json
from consult.elections.core.feasibility import Ahead
from consult.elections.core.margin import margins
from consult.elections.core.outcome import Contest, Count
from consult.elections.core.series import RaceCount, Series
from consult.elections.core.steps import Step
from consult.elections.core.unopposed import Unopposed

METHOD = "count-totals/2"

Line = Mapping[str, object]


def record(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    outcome: Count,
    *,
    unopposed: Unopposed | None = None,
    refill_of: str | None = None,
) -> bytes:
    """The record as a file. Its SHA-256 (:func:`..election.digest`) stands for all of it."""
    counted = {
        "line": "counted",
        "method": METHOD,
        **_counted(contest, contest.candidates, totals, rules, draws, unopposed),
        **_refill(refill_of),
    }
    rest = _decided(contest, totals, rules, draws, outcome, unopposed, None, ())
    return _file([counted, *rest])


def series_record(sitting: Sequence[Person], series: Series, refill_of: str | None = None) -> bytes:
    """The record of a series: a first line for all of it, then each office with its own lines."""
    first = {
        "line": "series",
        "method": METHOD,
        "offices": [one.office for one in series.races],
        "sitting": [_person(person) for person in sitting],
        **_refill(refill_of),
    }
    lines: list[Line] = [first]
    for one in series.races:
        lines += [{**line, "office": one.office} for line in _race(one)]
    return _file(lines)


def _race(one: RaceCount) -> Iterator[Line]:
    stays, unopposed = list(one.race.stays), one.race.unopposed
    on_paper = _counted(one.contest, one.paper, one.votes, one.race.rules, one.draws, unopposed)
    yield {"line": "counted", **on_paper, "stays": stays}
    yield from _decided(
        one.contest,
        one.totals,
        one.race.rules,
        one.draws,
        one.result,
        unopposed,
        one.ahead,
        one.before,
    )


def _counted(
    contest: Contest,
    candidates: Sequence[Person],
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    unopposed: Unopposed | None,
) -> dict[str, object]:
    line: dict[str, object] = {
        "max_board": contest.max_board,
        "sitting": [_person(person) for person in contest.sitting],
        "candidates": [{**_person(person), "votes": totals[person.id]} for person in candidates],
        "rules": as_json(rules),
        "lot_order": list(draws),
    }
    if unopposed is not None:
        line |= {"uncontested": unopposed.way.value, "ballots": unopposed.ballots}
    return line


def _decided(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    outcome: Count,
    unopposed: Unopposed | None,
    ahead: Ahead | None,
    before: Sequence[Step],
) -> Iterator[Line]:
    for number, step in enumerate((*before, *outcome.steps), start=1):
        yield {"line": "step", "number": number, **_fields(step)}
    close = margins(contest, totals, rules, draws, outcome, unopposed=unopposed, ahead=ahead)
    yield {"line": "margins", **_fields(close)}
    yield {"line": "result", **_fields(outcome._replace(steps=()))}


def _refill(of: str | None) -> dict[str, object]:
    return {} if of is None else {"refill_of": of}


def _file(lines: Sequence[Line]) -> bytes:
    return b"".join(canonical(line) + b"\n" for line in lines)


def _person(person: Person) -> dict[str, object]:
    return {"id": person.id, "groups": sorted(person.groups)}


def _plain(value: object) -> object:
    """Named tuples as objects, at any depth."""
    if hasattr(value, "_asdict"):
        return _fields(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _fields(value: Any) -> dict[str, object]:
    return {name: _plain(field) for name, field in value._asdict().items()}
