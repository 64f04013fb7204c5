"""A whole year in one report: what was asked and elected, and who took part each time."""

from collections.abc import Iterator, Sequence

from consult.reports.core.edition import Report
from consult.reports.figures.figure import Figure
from consult.reports.telling import explaining, numbers
from consult.reports.telling.document import Chapter, Matter, Told
from consult.reports.telling.document import told as told_one
from consult.reports.telling.wording import Wording
from consult.site.core import Cell, Facts, Paragraph, Table


def told(year: int, matters: Sequence[Matter], figures: Sequence[Figure], wording: Wording) -> Told:
    """The report on a year, from the matters of its activities in the order of closing.

    ``figures``: of all activities side by side.
    """
    _ = wording.translate
    asked = [one for one in matters if isinstance(one.report, Report) and one.report.total.invited]
    people = sum(_report(one).total.participants for one in asked)
    answer = _(
        "In %(year)s deden klanten samen %(people)s keer mee.",
        year=year,
        people=wording.whole(people),
    )
    return Told(
        _("Wie deden mee in %(year)s?", year=year),
        answer,
        tuple(_points(asked, wording)),
        tuple(_chapters(matters, asked, figures, wording)),
    )


def _points(asked: Sequence[Matter], wording: Wording) -> Iterator[str]:
    _ = wording.translate
    if not asked:
        return
    rates = [(_rate(one), one) for one in asked]
    (most, best), (least, worst) = max(rates, key=_first), min(rates, key=_first)
    yield _(
        "De meeste mensen deden mee aan “%(title)s”: %(rate)s.",
        title=best.title,
        rate=wording.percent(most),
    )
    if worst is not best:
        yield _(
            "De minste mensen deden mee aan “%(title)s”: %(rate)s.",
            title=worst.title,
            rate=wording.percent(least),
        )
    yield _("De keren zijn alleen te vergelijken als de groepen dezelfde zijn.")


def _first(pair: tuple[float, Matter]) -> float:
    return pair[0]


def _chapters(
    matters: Sequence[Matter],
    asked: Sequence[Matter],
    figures: Sequence[Figure],
    wording: Wording,
) -> Iterator[Chapter]:
    _ = wording.translate
    yield Chapter(_("Alle keren naast elkaar"), (*figures, _waves(asked, wording)))
    for one in matters:
        alone = told_one(one, wording)
        parts = (Paragraph(alone.answer), *map(Paragraph, alone.points))
        yield Chapter(one.title, parts)
    if asked:
        reading = map(Paragraph, explaining.reading(_report(asked[0]), wording))
        yield Chapter(_("Zo leest u de cijfers"), tuple(reading))
    yield Chapter(_("Zo is dit rapport gemaakt"), (), (_method(matters, wording),))


def _waves(asked: Sequence[Matter], wording: Wording) -> Table:
    _ = wording.translate
    head = (
        _("Activiteit"),
        _("Deelname"),
        _("Deden mee"),
        _("Uitgenodigd"),
        _("Gesloten op"),
        _("CV"),
        _("Marge van"),
        _("Marge tot"),
    )
    rows = tuple(_wave(one, _report(one), wording) for one in asked)
    return Table(_("Deelname per keer"), head, rows, (1, 2, 3, 5, 6, 7))


def _wave(one: Matter, report: Report, wording: Wording) -> tuple[Cell, ...]:
    cv = report.quality.cv if report.quality else None
    ends = (cv.value, cv.low, cv.high) if cv else ()
    closed = one.origin.closed_at
    return (
        one.title,
        wording.percent(_rate(one)),
        report.total.participants,
        report.total.invited,
        explaining.moment(closed, wording) if closed else numbers.HIDDEN,
        *(map(wording.decimal, ends) if cv else [numbers.HIDDEN] * 3),
    )


def _method(matters: Sequence[Matter], wording: Wording) -> Facts:
    _ = wording.translate
    rows: list[tuple[str, Cell]] = [
        (_("Vingerafdruk van “%(title)s”", title=one.title), one.origin.data) for one in matters
    ]
    if matters:
        rows.append(explaining.programs(matters[0].origin, wording))
    return Facts(tuple(rows))


def _report(one: Matter) -> Report:
    if not isinstance(one.report, Report):
        raise TypeError("only matters with numbers are compared")
    return one.report


def _rate(one: Matter) -> float:
    total = _report(one).total
    return total.participants / total.invited
