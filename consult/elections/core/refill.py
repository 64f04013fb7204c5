"""A vacancy filled on the old totals (reference §2.8, case ``casual-vacancy``).

Those who sit now stay; the next in votes come in, as far as a lawful board allows. Nobody votes
again, so whoever was on the paper then is a candidate still, unless elected, seated or gone.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from consult.council.core.rules import Person
from consult.elections.core.case import Case
from consult.elections.core.count import count
from consult.elections.core.outcome import Contest, Count, DrawNeeded
from consult.elections.core.series import Race, Series, count_series
from consult.elections.core.series_case import SeriesCase
from consult.elections.core.steps import NotConfirmed


class Refill(NamedTuple):
    """The case of a refill, with its count. The case names the record that it goes back to."""

    case: Case | SeriesCase
    outcome: Count | Series | DrawNeeded


def refill(
    case: Case,
    outcome: Count,
    record_hash: str,
    sitting: Sequence[Person],
    gone: Collection[str],
    *,
    today: Mapping[str, frozenset[str]] | None = None,
    draws: Sequence[str] | None = None,
) -> Refill:
    """Fill the empty seats of a board from a counted case.

    Args:
        case: what was counted.
        outcome: how it ended; whoever was elected and does not sit any more has left.
        record_hash: the SHA-256 of its record, in hex.
        sitting: who sits now, with the groups of today.
        gone: candidates who are no longer available.
        today: groups of candidates where they changed since.
        draws: the lot of this count; by default that of the old one.

    Raises:
        Refusal: ``elections.count_too_hard``.
    """
    out = {*gone, *outcome.elected, *_refused(outcome), *(person.id for person in sitting)}
    candidates = _standing(case.contest.candidates, out, today or {})
    totals = {person.id: case.totals[person.id] for person in candidates}
    order = case.lot_order if draws is None else tuple(draws)
    again = Case(
        Contest(case.contest.max_board, tuple(sitting), candidates),
        totals,
        case.rules,
        None if order is None else tuple(one for one in order if one in totals),
        refill_of=record_hash,
    )
    found = count(again.contest, again.totals, again.rules, again.lot_order or ())
    return Refill(again, found)


def refill_series(
    case: SeriesCase,
    outcome: Series,
    record_hash: str,
    sitting: Sequence[Person],
    gone: Collection[str],
    *,
    posts: Mapping[str, Sequence[str]],
    today: Mapping[str, frozenset[str]] | None = None,
    draws: Mapping[str, Sequence[str]] | None = None,
) -> Refill:
    """Fill the empty posts and seats from a counted series; arguments as for :func:`refill`.

    ``posts`` are the members who hold a post now, per office: the chair, and the executive with
    the chair in it. An office without an empty post is not counted again; the board always is. A
    sitting member may move up to an empty post that they stood for.
    """
    elected = set(outcome.elected)
    inside = {person.id for person in sitting}
    left = {*gone, *(elected - inside)}
    for counted_race in outcome.races:
        left |= _refused(counted_race.result) - inside
    people = _standing((*case.people, *case.sitting), {*left, *inside}, today or {})
    races, totals, lots = [], {}, {}
    for race in case.races:
        stays = tuple(posts.get(race.office, ())) if race.office != "board" else ()
        if race.office != "board" and len(stays) >= race.seats:
            continue
        out = {*left, *(inside if race.office == "board" else stays)}
        candidates = tuple(one for one in race.candidates if one not in out)
        races.append(Race(race.office, race.seats, candidates, race.rules, stays))
        totals[race.office] = {one: case.totals[race.office][one] for one in candidates}
        order = (case.draws if draws is None else draws).get(race.office)
        if order is not None:
            lots[race.office] = tuple(one for one in order if one in candidates)
    again = SeriesCase(people, tuple(sitting), tuple(races), totals, lots, record_hash)
    return Refill(again, count_series(people, sitting, races, totals, lots))


def _standing(
    people: Sequence[Person], out: Collection[str], today: Mapping[str, frozenset[str]]
) -> tuple[Person, ...]:
    return tuple(
        Person(person.id, today.get(person.id, person.groups))
        for person in people
        if person.id not in out
    )


def _refused(outcome: Count) -> set[str]:
    """Whom the voters did not confirm: no vacancy brings them in after all."""
    return {step.candidate for step in outcome.steps if isinstance(step, NotConfirmed)}
