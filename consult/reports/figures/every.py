"""All figures of one edition of a report."""

from collections.abc import Iterator

from consult.reports.core.edition import Report
from consult.reports.figures.dumbbell import dumbbell
from consult.reports.figures.figure import Asked, Boundaries, Figure
from consult.reports.figures.index import index
from consult.reports.wording import Wording


def figures(
    report: Report,
    words: Wording,
    boundaries: Boundaries | None = None,
    asked: Asked | None = None,
) -> tuple[Figure, ...]:
    """The figures that the values of ``report`` allow, in the order in which they are read.

    ``boundaries``: where the neighbourhoods lie; without them there is no map. ``asked``: what
    was asked; without it there are no results beside weighted ones.
    """
    return tuple(_tables(report, words))


def _tables(report: Report, words: Wording) -> Iterator[Figure]:
    for table in report.tables:
        if table.rows:
            yield dumbbell(report, table, words)
            yield index(report, table, words)
