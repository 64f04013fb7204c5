"""What an edition of a report says, by rules from its numbers: the most important first.

A finding is a code and the numbers that belong to it; sentences are made of it elsewhere. Nothing
is found that the numbers do not carry: a group is missing only beyond chance (after Holm) and by
more than a trifle, a board mirrors its base unless the exact test says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from consult.reports.core.edition import CERTAIN, Body, Opinions, Report, Row, Seats, Table, Verdict

MOST: Final = 8
"""More findings than this nobody reads."""
MISSING: Final = 3
"""So many groups are named that took part less."""
MOVES: Final = 0.02
"""Weighting changes an answer when its share moves by more than this."""
EXPECTED: Final = 1.0
"""That nobody of a group sits in a body is worth telling when so many would be expected."""

Fact = str | int | float


class Code(StrEnum):
    """What is found, with its facts.

    ``dimension`` and ``label`` name a group; shares and rates run from 0 to 1. Of the hidden groups
    of a dimension together there is a code of its own, without ``label``.
    """

    RESPONSE = "response"
    """``base``, ``invited``, ``participants``, ``rate``."""
    UNDER = "under"
    """``dimension``, ``label``, ``share``, ``base_share``, ``index``, ``low``, ``high``."""
    UNDER_TOGETHER = "under_together"
    """As ``under``, without ``label``."""
    OVER = "over"
    """As ``under``: the group that took part most beyond its share."""
    OVER_TOGETHER = "over_together"
    """As ``under``, without ``label``."""
    NONE_UNDER = "none_under"
    """Of no dimension did a group clearly take part less; ``dimensions``: how many were told."""
    ALL_HIDDEN = "all_hidden"
    """All groups are too small to be told; no facts."""
    BODY_UNDER = "body_under"
    """``stage``, ``size``, ``dimension``, ``label``, ``members``, ``expected``, ``chance``."""
    BODY_OVER = "body_over"
    """As ``body_under``."""
    BODY_CHANCE = "body_chance"
    """As ``body_under``: fewer than expected, but it can be chance."""
    BODY_EVEN = "body_even"
    """``stage``, ``size``."""
    WEIGHTS_MOVE = "weights_move"
    """``lines``: answers that move; of the one that does most ``question``, ``option``, ``plain``,
    ``weighted``."""
    WEIGHTS_MOVE_NOTHING = "weights_move_nothing"
    """``lines``: answers looked at; ``most``: the largest difference."""
    NO_WEIGHTS = "no_weights"
    """There are answers, but no weighted shares; no facts."""
    NOT_MENDED = "not_mended"
    """What weighting cannot mend: ``question``, ``option``, ``weighted``, ``odds``, ``share``."""
    UNEVEN = "uneven"
    """Beyond chance: ``dimension``, ``dissimilarity``, ``noise_floor``, ``p_value``."""
    CHANCE = "chance"
    """All differences together can be chance: facts as ``uneven``, of the largest."""
    EVENNESS = "evenness"
    """``cv``, ``low``, ``high``, ``r``, ``lowest_r``, ``most_bias``: of a share, at most."""
    HIDDEN = "hidden"
    """``groups``: how many are not told, in ``dimensions``; ``least``: the smallest that is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the numbers say."""

    code: Code
    facts: Mapping[str, Fact] = field(default_factory=dict)


def findings(report: Report) -> tuple[Finding, ...]:
    """At most :data:`MOST`, the most important first; of a board alone, what its seats say."""
    if not report.total.invited:
        return tuple(_bodies(report))
    found = (
        _response(report),
        *_groups(report),
        *_bodies(report),
        *_weights(report),
        *_evenness(report),
        *_hidden(report),
    )
    return found[:MOST]


def _response(report: Report) -> Finding:
    total = report.total
    return Finding(
        Code.RESPONSE,
        {
            "base": total.base,
            "invited": total.invited,
            "participants": total.participants,
            "rate": total.participants / total.invited,
        },
    )


def _groups(report: Report) -> Iterator[Finding]:
    """Who is missing, by how many people; and who took part the most beyond their share."""
    told = [table for table in report.tables if table.rows]
    if not told:
        yield Finding(Code.ALL_HIDDEN)
        return
    under = _deviating(told, Verdict.UNDER)
    for table, row in under[:MISSING]:
        yield _named(Code.UNDER, Code.UNDER_TOGETHER, table, row)
    if not under:
        yield Finding(Code.NONE_UNDER, {"dimensions": len(told)})
    for table, row in _deviating(told, Verdict.OVER)[:1]:
        yield _named(Code.OVER, Code.OVER_TOGETHER, table, row)


def _deviating(tables: list[Table], direction: Verdict) -> list[tuple[Table, Row]]:
    found = [(table, row) for table in tables for row in table.deviating(direction)]
    return sorted(found, key=lambda one: -abs(one[1].difference))


def _named(code: Code, together: Code, table: Table, row: Row) -> Finding:
    facts: dict[str, Fact] = {
        "dimension": table.dimension,
        "share": row.share.value,
        "base_share": row.base_share,
        "index": row.index.value,
        "low": row.index.low,
        "high": row.index.high,
    }
    if row is table.together:
        return Finding(together, facts)
    return Finding(code, {**facts, "label": row.group.label})


def _bodies(report: Report) -> Iterator[Finding]:
    """The body that is farthest along the chain first; one finding of each."""
    for body in reversed(report.bodies):
        if any(body.seats.values()):
            yield _body(body)


def _body(body: Body) -> Finding:
    seats = [(dimension, one) for dimension, seen in body.seats.items() for one in seen]
    facts: dict[str, Fact] = {"stage": body.stage, "size": body.members}
    for code, direction in ((Code.BODY_UNDER, Verdict.UNDER), (Code.BODY_OVER, Verdict.OVER)):
        certain = [one for one in seats if one[1].verdict is direction]
        if certain:
            return Finding(code, facts | _seats(*min(certain, key=lambda one: one[1].chance)))
    fewer = [one for one in seats if one[1].members == 0 and one[1].expected >= EXPECTED]
    if fewer:
        least = min(fewer, key=lambda one: one[1].chance)
        return Finding(Code.BODY_CHANCE, facts | _seats(*least))
    return Finding(Code.BODY_EVEN, facts)


def _seats(dimension: str, seats: Seats) -> dict[str, Fact]:
    return {
        "dimension": dimension,
        "label": seats.label,
        "members": seats.members,
        "expected": seats.expected,
        "chance": seats.chance,
    }


def _weights(report: Report) -> Iterator[Finding]:
    if report.opinions is None:
        if report.asked:
            yield Finding(Code.NO_WEIGHTS)
        return
    yield _moved(report.opinions)
    yield _not_mended(report.opinions)


def _moved(opinions: Opinions) -> Finding:
    most = max(opinions.lines, key=lambda one: abs(one.moved))
    moving = sum(abs(one.moved) > MOVES for one in opinions.lines)
    if not moving:
        return Finding(
            Code.WEIGHTS_MOVE_NOTHING, {"lines": len(opinions.lines), "most": abs(most.moved)}
        )
    return Finding(
        Code.WEIGHTS_MOVE,
        {
            "lines": moving,
            "question": most.question,
            "option": most.option,
            "plain": most.plain.value,
            "weighted": most.weighted.value,
        },
    )


def _not_mended(opinions: Opinions) -> Finding:
    """The answer that would fall most, if those who give it were readier to take part."""
    falls = {
        (place, odds): line.weighted.value - share
        for place, line in enumerate(opinions.lines)
        for odds, share in line.sensitivity.items()
    }
    place, odds = max(falls, key=lambda one: falls[one])
    line = opinions.lines[place]
    return Finding(
        Code.NOT_MENDED,
        {
            "question": line.question,
            "option": line.option,
            "weighted": line.weighted.value,
            "odds": odds,
            "share": line.sensitivity[odds],
        },
    )


def _evenness(report: Report) -> Iterator[Finding]:
    if report.quality:
        cv = report.quality.cv
        facts = {"cv": cv.value, "low": cv.low, "high": cv.high, "most_bias": cv.value / 2}
        model = {"r": report.quality.r.value, "lowest_r": report.quality.lowest_r}
        yield Finding(Code.EVENNESS, facts | model)
    told = [table for table in report.tables if table.rows and table.freedom]
    if told:
        yield _together(told)


def _together(tables: list[Table]) -> Finding:
    """All groups of a dimension together: of the one that is farthest beyond chance, if any is."""
    certain = [
        one for one in tables if one.p_value < CERTAIN and one.dissimilarity > one.noise_floor
    ]
    most = max(certain or tables, key=lambda one: one.dissimilarity - one.noise_floor)
    return Finding(
        Code.UNEVEN if certain else Code.CHANCE,
        {
            "dimension": most.dimension,
            "dissimilarity": most.dissimilarity,
            "noise_floor": most.noise_floor,
            "p_value": most.p_value,
        },
    )


def _hidden(report: Report) -> Iterator[Finding]:
    sizes = [len(table.hidden) for table in report.tables if table.hidden]
    if sizes:
        least = report.readers.least
        facts = {"groups": sum(sizes), "dimensions": len(sizes), "least": least}
        yield Finding(Code.HIDDEN, facts)
