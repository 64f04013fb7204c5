"""An attack on a report that was made: what can its reader work out of all that it shows?

It knows nothing of how numbers were hidden. It collects every number of an edition, puts beside
them what is in the register, and asks a linear program for the least and the most of each hidden
number. Numbers that are not plain counts must follow from counts that are shown.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from math import ceil, floor, isclose

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from consult.reports.core.chain import CROSSED, Chain, Dimension
from consult.reports.core.edition import (
    Crossed,
    Hidden,
    Readers,
    Report,
    Row,
    Small,
    Table,
)
from consult.reports.core.response.representation import compare

Place = tuple[str, ...]
"""A dimension and a label; or a neighbourhood and an age, behind ``crossed``."""

KEPT_APART = tuple(dimension for dimension in Dimension if dimension not in CROSSED)

EXAMINED = {
    Report: {
        "readers",
        "total",
        "tables",
        "crossed",
        "quality",  # test_making shows that it follows from the tables and the register
        "bodies",  # public persons, and the bases that are shown
        "opinions",  # shares of the results, audited with them
        "asked",
    },
    Table: {
        "dimension",
        "rows",
        "hidden",
        "together",
        "dissimilarity",
        "noise_floor",
        "chi_square",
        "freedom",
        "p_value",
    },
    Row: {
        "group",
        "rate",
        "base_share",
        "share",
        "index",
        "residual",
        "p_value",
        "verdict",
    },
    Hidden: {"label", "base", "invited"},
    Crossed: {"rows_by", "columns_by", "columns", "overall", "rows"},
    Small: {"label", "rates", "people"},
}
"""All that a report can say. Who adds a field must say here how it is examined."""


def leaks(report: Report, chain: Chain, told: Collection[Dimension] = ()) -> list[str]:
    """All that a reader of this edition can say too much of; it must be empty.

    ``told``: dimensions whose groups have their participants told elsewhere, and so are known.
    """
    for value, known in EXAMINED.items():
        assert {one.name for one in fields(value)} == known, value
    return [
        *_small(report),
        *_unexplained(report),
        *_narrow(report, chain, told),
        *_bases(report, chain),
    ]


def took_part(report: Report) -> dict[Place, int]:
    """Every number of participants that follows from one shown number alone."""
    found: dict[Place, int] = {
        (table.dimension.value, row.group.label): row.group.participants
        for table in report.tables
        for row in table.rows
    }
    for row, age, rate, people in _crossings(report):
        found["crossed", row, age] = round(rate * people)
    return found


def _crossings(report: Report) -> Iterator[tuple[str, str, float, int]]:
    if report.crossed is None:
        return
    for row in report.crossed.rows:
        for age, rate, people in zip(report.crossed.columns, row.rates, row.people, strict=True):
            if rate is not None:
                assert people is not None
                yield row.label, age, rate, people


def _small(report: Report) -> Iterator[str]:
    """Shown counts, of participants and of those who stayed away, that are too small."""
    least = report.readers.least
    slack = 4 if report.readers is Readers.OUTSIDE else 0  # invited people are rounded there
    shown = [
        (table.dimension, one.group)
        for table in report.tables
        for one in (*table.rows, table.together)
        if one
    ]
    for where, group in [("everybody", report.total), *shown]:
        for count in (group.participants, group.invited - group.participants + slack):
            if count < least:
                yield f"{where} {group.label!r}: {count}"
    for row, age, rate, people in _crossings(report):
        for count in (round(rate * people), people - round(rate * people) + slack):
            if count < least:
                yield f"{row!r} by {age!r}: {count}"


def _unexplained(report: Report) -> Iterator[str]:
    """Numbers that are no function of the counts shown beside them."""
    for table in report.tables:
        rows = [one for one in (*table.rows, table.together) if one]
        base = np.array([one.group.base for one in rows], dtype=np.int64)
        came = np.array([one.group.participants for one in rows], dtype=np.int64)
        found = compare(base, came)
        whole = [
            (table.dissimilarity, found.dissimilarity),
            (table.noise_floor, found.noise_floor),
            (table.chi_square, found.chi_square),
            (table.freedom, found.freedom),
            (table.p_value, found.p_overall),
        ]
        for place, row in enumerate(rows):
            whole += [
                (row.base_share, base[place] / base.sum()),
                (row.share.value, came[place] / came.sum()),
                (row.share.low, found.share_low[place]),
                (row.share.high, found.share_high[place]),
                (row.index.value, found.index[place]),
                (row.index.low, found.low[place]),
                (row.index.high, found.high[place]),
                (row.residual, found.residual[place]),
                (row.p_value, found.p_value[place]),
            ]
            if row.rate is not None:
                whole.append((row.rate, came[place] / row.group.invited))
        for said, follows in whole:
            if not isclose(said, follows, rel_tol=1e-9, abs_tol=1e-12):
                yield f"{table.dimension}: {said} is not {follows}"


@dataclass(frozen=True, slots=True)
class _World:
    """Unknown numbers, the sums of them that are places, and how large each can be."""

    most: tuple[int, ...]
    places: Mapping[Place, tuple[int, ...]]


def _world(chain: Chain, count: str, apart: Collection[Dimension]) -> _World:
    """Each cell is an unknown, and each group of the dimensions ``apart``, that cross nothing."""
    crossed = [dimension for dimension in CROSSED if dimension not in apart]
    most: dict[Place, int] = {}
    places: dict[Place, list[Place]] = {(): []}
    for cell in chain.cells:
        unknown = ("unknown", *(getattr(cell, dimension) for dimension in crossed))
        most[unknown] = most.get(unknown, 0) + getattr(cell, count)
        places[()].append(unknown)
        places.setdefault(("crossed", cell.neighbourhood, cell.age_band), []).append(unknown)
        for dimension in crossed:
            where = (dimension.value, getattr(cell, dimension))
            places.setdefault(where, []).append(unknown)
    for dimension in apart:
        groups = {(dimension.value, one.label): one for one in chain.margin(dimension)}
        most |= {where: getattr(group, count) for where, group in groups.items()}
        places |= {where: [where] for where in groups}
        if groups:
            places["all", dimension.value] = list(groups)
    at = {unknown: n for n, unknown in enumerate(most)}
    return _World(
        tuple(most.values()),
        {where: tuple(sorted({at[one] for one in parts})) for where, parts in places.items()},
    )


def _ranges(
    world: _World, known: Mapping[Place, int], wanted: Mapping[Place, int], *, bounded: bool
) -> dict[Place, tuple[int, int]]:
    """The least and the most that the ``wanted`` places can be, until they are that far apart."""
    rows = [world.places[place] for place in known]
    at = [n for n, parts in enumerate(rows) for _ in parts]
    flat = [part for parts in rows for part in parts]
    matrix = csr_array((np.ones(len(flat)), (at, flat)), shape=(len(rows), len(world.most)))
    limits = [(0, most if bounded else None) for most in world.most]
    seen: dict[Place, list[float]] = {place: [float("inf"), float("-inf")] for place in wanted}
    for place, width in wanted.items():
        for sign in (1, -1):
            if seen[place][1] - seen[place][0] >= width:
                continue
            costs = np.zeros(len(world.most))
            costs[list(world.places[place])] = sign
            solved = linprog(costs, A_eq=matrix, b_eq=list(known.values()), bounds=limits)
            assert solved.success, solved.message
            for other in wanted:
                value = float(solved.x[list(world.places[other])].sum())
                seen[other] = [min(seen[other][0], value), max(seen[other][1], value)]
    return {place: (ceil(low - 1e-6), floor(high + 1e-6)) for place, (low, high) in seen.items()}


def _narrow(report: Report, chain: Chain, told: Collection[Dimension]) -> Iterator[str]:
    """Hidden participants of whom a reader with the register knows too well how many they are."""
    world = _world(chain, "invited", KEPT_APART)
    total: dict[Place, int] = {(): report.total.participants}
    total |= {place: report.total.participants for place in world.places if place[:1] == ("all",)}
    elsewhere: dict[Place, int] = {
        (dimension.value, group.label): group.participants
        for dimension in told
        for group in chain.margin(dimension)
    }
    shown = took_part(report)
    known = {**total, **elsewhere, **shown}
    hidden = [place for place in world.places if place and place[0] != "all" and place not in known]
    least = report.readers.least
    before = _ranges(world, {**total, **elsewhere}, dict.fromkeys(hidden, least), bounded=True)
    wanted = {place: min(least, high - low) for place, (low, high) in before.items()}
    after = _ranges(world, known, wanted, bounded=True)
    for place, (low, high) in after.items():
        if high - low < wanted[place]:
            yield f"{place}: from {low} to {high} took part"


def _bases(report: Report, chain: Chain) -> Iterator[str]:
    """Hidden bases that follow from the shown ones, for a reader without the register.

    Of a crossing no base is told without its turnout, so it is a small one that must be safe.
    Outside they are rounded; the attack is on the exact ones, which tell more. She may know where
    nobody lives of an age, but not which kinds of customers live where.
    """
    world = _world(chain, "base", (*KEPT_APART, Dimension.KIND))
    hidden: set[Place] = {
        (table.dimension.value, one.label)
        for table in report.tables
        for one in table.hidden
        if one.base is None
    }
    true = {place: sum(world.most[part] for part in parts) for place, parts in world.places.items()}
    told = {(row, age) for row, age, _, _ in _crossings(report)}
    apart = {place for place in world.places if place[:1] == ("crossed",) and place[1:] not in told}
    wanted = hidden | {place for place in apart if true[place] < report.readers.least}
    hidden |= apart
    known = {place: count for place, count in true.items() if place not in hidden}
    least = report.readers.least
    whole = {place: count for place, count in true.items() if place[:1] in {(), ("all",)}}
    before = _ranges(world, whole, dict.fromkeys(sorted(wanted), least), bounded=False)
    widths = {place: min(least, high - low) for place, (low, high) in before.items()}
    found = _ranges(world, known, widths, bounded=False)
    for place, (low, high) in found.items():
        if high - low < widths[place]:
            yield f"{place}: a base from {low} to {high}"
