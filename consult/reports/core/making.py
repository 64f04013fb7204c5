"""One edition of a report, made from a chain: every number that its readers may see, and no more.

Outside, base counts are rounded to five before anything is computed from them, so no share, index
or test tells more of them than the rounded counts do. Rounded counts of groups need not add up to
that of everybody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.reports.core.chain import Chain, Dimension, Group, together
from consult.reports.core.edition import (
    CERTAIN,
    ORDINARY,
    SMALLEST_BASE,
    Body,
    Crossed,
    Estimate,
    Hidden,
    Readers,
    Report,
    Row,
    Small,
    Table,
    TooFew,
    Verdict,
)
from consult.reports.core.hidden.hiding import Hiding, hide
from consult.reports.core.hidden.places import (
    COLUMNS,
    EVERYBODY,
    ROWS,
    crossing_at,
    group_at,
    places,
)
from consult.reports.core.opinions import opinions
from consult.reports.core.quality import quality
from consult.reports.core.response.representation import compare
from consult.reports.core.seating import seated_in, small_bases
from consult.surveys.core.counts.results import Results

ROUNDED: Final = 5
"""Outside, base counts are multiples of this."""


def make(
    chain: Chain,
    readers: Readers,
    told: Collection[Dimension] = (),
    results: Results | None = None,
) -> Report | TooFew:
    """The edition for these readers.

    ``told``: dimensions whose groups have their numbers of participants told elsewhere, in results.
    ``results``: those of a consultation for the same readers; of an election there are none.
    """
    return editions(chain, told, {readers: results} if results else {})[readers]


def editions(
    chain: Chain,
    told: Collection[Dimension] = (),
    results: Mapping[Readers, Results] | None = None,
) -> Mapping[Readers, Report | TooFew]:
    """Both editions; it costs as much as the one for outside, which hides what the other does."""
    hidden = hide(chain, told)
    seen = results or {}
    return {one: edition(chain, one, hidden, seen.get(one)) for one in Readers}


def edition(
    chain: Chain,
    readers: Readers,
    hidden: Mapping[Readers, Hiding],
    results: Results | None = None,
) -> Report | TooFew:
    """One edition; ``hidden`` is what :mod:`consult.reports.core.hidden.hiding` found for it."""
    if readers not in hidden:
        return TooFew()
    return _Making(chain, readers, hidden[readers]).report(results)


def seated(chain: Chain, readers: Readers) -> Report:
    """The edition on a body for which nobody took part in anything: its base and its seats.

    All but the base of groups is hidden, and that too where a group is small.
    """
    hidden = frozenset(places(chain).groups) - {EVERYBODY}
    people = frozenset(
        group_at(dimension, label)
        for dimension in Dimension
        for label in small_bases(chain.margin(dimension), readers.least)
    )
    making = _Making(chain, readers, Hiding(hidden, people))
    return Report(readers, making.told_total(), (), bodies=making.bodies_on_base())


@dataclass(frozen=True, slots=True)
class _Making:
    chain: Chain
    readers: Readers
    hiding: Hiding

    def report(self, results: Results | None) -> Report:
        """All of it."""
        tables = tuple(self._table(one) for one in Dimension if self.chain.margin(one))
        total = self._told(self.chain.total())
        return Report(
            self.readers,
            total,
            tables,
            self._crossed(tables),
            quality(self.chain, self._shown()),
            tuple(seated_in(one, tables, total.base) for one in self.chain.bodies),
            opinions(results, total.participants / total.invited) if results else None,
            results is not None,
        )

    def told_total(self) -> Group:
        """Everybody, as these readers see it."""
        return self._told(self.chain.total())

    def bodies_on_base(self) -> tuple[Body, ...]:
        """The bodies beside the base of groups, where no turnout is told."""
        tables = [self._base_alone(one) for one in Dimension if self.chain.margin(one)]
        return tuple(seated_in(one, tables, self.told_total().base) for one in self.chain.bodies)

    def _base_alone(self, dimension: Dimension) -> Table:
        hidden = tuple(self._hidden(dimension, one) for one in self.chain.margin(dimension))
        return Table(dimension, (), hidden, None, 0.0, 0.0, 0.0, 0, 1.0)

    def _table(self, dimension: Dimension) -> Table:
        """Ages keep their order; others go from the most under-represented to the most over."""
        groups = self.chain.margin(dimension)
        concealed = [one for one in groups if not self._shows(group_at(dimension, one.label))]
        shown = [one for one in groups if one not in concealed]
        parts = [*shown, together(concealed)] if concealed else shown
        told = [self._told(one) for one in parts]
        base = np.array([one.base for one in told], dtype=np.int64)
        came = np.array([one.participants for one in told], dtype=np.int64)
        found = compare(base, came)
        rows = [
            Row(
                group,
                self._rate(group),
                group.base / int(base.sum()),
                Estimate(
                    group.participants / int(came.sum()),
                    float(found.share_low[place]),
                    float(found.share_high[place]),
                ),
                Estimate(
                    float(found.index[place]), float(found.low[place]), float(found.high[place])
                ),
                float(found.residual[place]),
                float(found.p_value[place]),
                verdict(float(found.index[place]), float(found.p_value[place])),
            )
            for place, group in enumerate(told)
        ]
        last = rows.pop() if concealed else None
        if dimension is not Dimension.AGE_BAND:
            rows.sort(key=lambda row: (row.index.value, row.group.label))
        return Table(
            dimension,
            tuple(rows),
            tuple(self._hidden(dimension, one) for one in concealed),
            last,
            found.dissimilarity,
            found.noise_floor,
            found.chi_square,
            found.freedom,
            found.p_overall,
        )

    def _hidden(self, dimension: Dimension, group: Group) -> Hidden:
        if group_at(dimension, group.label) in self.hiding.people:
            return Hidden(group.label, None, None)
        told = self._told(group)
        return Hidden(group.label, told.base, told.invited)

    def _crossed(self, tables: Sequence[Table]) -> Crossed | None:
        """Rows in the order of their own table; those of which nothing can be seen are left out."""
        by = {table.dimension: table for table in tables}
        ages = {row.group.label: row.rate for row in by[COLUMNS].rows}
        columns = tuple(one.label for one in self.chain.margin(COLUMNS))
        counts: dict[tuple[str, str], list[Group]] = {}
        for cell in self.chain.cells:
            group = Group("", cell.base, cell.invited, cell.participants)
            counts.setdefault((cell.neighbourhood, cell.age_band), []).append(group)
        seen = {
            where: self._told(together(parts))
            for where, parts in counts.items()
            if self._shows(crossing_at(*where))
        }
        order = [row.group.label for row in by[ROWS].rows] + [one.label for one in by[ROWS].hidden]
        rows = [self._small(label, [seen.get((label, age)) for age in columns]) for label in order]
        told = tuple(row for row in rows if any(rate is not None for rate in row.rates))
        overall = tuple(ages.get(age) for age in columns)
        return Crossed(ROWS, COLUMNS, columns, overall, told) if told else None

    def _small(self, label: str, groups: Sequence[Group | None]) -> Small:
        return Small(
            label,
            tuple(self._rate(one) if one else None for one in groups),
            tuple(one.invited if one else None for one in groups),
        )

    def _shown(self) -> Mapping[Dimension, frozenset[str]]:
        """The groups whose participants are seen."""
        return {
            dimension: frozenset(
                one.label
                for one in self.chain.margin(dimension)
                if self._shows(group_at(dimension, one.label))
            )
            for dimension in Dimension
        }

    def _shows(self, where: tuple[str, ...]) -> bool:
        return where not in self.hiding.turnout

    def _rate(self, group: Group) -> float | None:
        """Participants per invited person."""
        outside = self.readers is Readers.OUTSIDE
        if group.invited == 0 or (outside and group.invited < SMALLEST_BASE):
            return None
        return group.participants / group.invited

    def _told(self, group: Group) -> Group:
        """The group as these readers see it."""
        if self.readers is Readers.INSIDE:
            return group
        base, invited = rounded(group.base), rounded(group.invited)
        return Group(group.label, base, invited, group.participants)


def rounded(count: int) -> int:
    """The nearest multiple of :data:`ROUNDED`."""
    return (count + ROUNDED // 2) // ROUNDED * ROUNDED


def verdict(index: float, p_value: float) -> Verdict:
    """Whether a group clearly took part less or more than the others."""
    if p_value >= CERTAIN or ORDINARY[0] <= index <= ORDINARY[1]:
        return Verdict.EQUAL
    return Verdict.UNDER if index < 1 else Verdict.OVER
