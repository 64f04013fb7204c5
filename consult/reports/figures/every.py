"""All figures of one edition of a report."""

from collections.abc import Iterator

from consult.reports.core.chain import Dimension
from consult.reports.core.edition import Report, Table
from consult.reports.core.geography import Boundaries
from consult.reports.figures.chain import chain, fits
from consult.reports.figures.dumbbell import dumbbell
from consult.reports.figures.figure import Asked, Figure
from consult.reports.figures.groups import rows
from consult.reports.figures.index import index
from consult.reports.figures.multiples import multiples
from consult.reports.figures.neighbourhoods import neighbourhoods
from consult.reports.figures.partials import partials
from consult.reports.figures.pyramid import pyramid
from consult.reports.figures.weighted import weighted
from consult.reports.telling.wording import Wording


def figures(
    report: Report,
    words: Wording,
    boundaries: Boundaries | None = None,
    asked: Asked | None = None,
) -> tuple[Figure, ...]:
    """The figures that the values of ``report`` allow, in the order in which they are read.

    Of one group there is nothing to compare, and so no figure.

    ``boundaries``: where the neighbourhoods lie; without them there is no map. ``asked``: what
    was asked; without it there are no results beside weighted ones.
    """
    shown = [table for table in report.tables if table.rows and len(rows(table)) > 1]
    return (
        *(chain(report, table, words) for table in shown if _in_chain(report, table)),
        *(made for table in shown for made in _of_groups(report, table, words, boundaries)),
        *_of_all(report, words),
        *(weighted(report, report.opinions, words, asked) if report.opinions and asked else ()),
    )


def _in_chain(report: Report, table: Table) -> bool:
    """By age always; by what else the small bodies are told by."""
    told = any(body.seats.get(table.dimension) for body in report.bodies)
    return fits(table) and (told or table.dimension is Dimension.AGE_BAND)


def _of_groups(
    report: Report, table: Table, words: Wording, boundaries: Boundaries | None
) -> Iterator[Figure]:
    yield dumbbell(report, table, words)
    yield index(report, table, words)
    if table.dimension is Dimension.AGE_BAND:
        yield pyramid(report, table, words)
    if table.dimension is Dimension.NEIGHBOURHOOD:
        if boundaries and any(row.group.label in boundaries.areas for row in table.rows):
            yield neighbourhoods(report, table, boundaries, words)
        if report.crossed and report.crossed.rows and len(report.crossed.columns) > 1:
            yield multiples(report, report.crossed, words)


def _of_all(report: Report, words: Wording) -> Iterator[Figure]:
    if report.quality and report.quality.partials:
        yield partials(report, report.quality, words)
