"""The numbers of an edition as tables; every cell is what the page, the paper and the files say."""

from collections.abc import Callable, Iterator
from typing import Final

from consult.reports.core.chain import Dimension, Group, Stage
from consult.reports.core.edition import (
    Body,
    Estimate,
    Quality,
    Report,
    Row,
    Table,
)
from consult.reports.telling.wording import Wording
from consult.site.core import Cell, Facts
from consult.site.core import Table as Shown

HIDDEN: Final = "–"
COUNTED: Final = 6
"""Columns of the table of counts; the others are in the table of indices."""
Asked = Callable[[str, str | None], str]
"""The words of a question (option ``None``) or of one of its options, by their codes."""


def headlines(report: Report, wording: Wording) -> Facts:
    """Response, and how evenly people took part: what a reader quotes."""
    _ = wording.translate
    total = report.total
    rows: list[tuple[str, Cell]] = [(_("Klanten op de peildatum"), total.base)]
    if total.invited:
        rate = wording.percent(total.participants / total.invited)
        rows.append((_("Uitgenodigd"), total.invited))
        rows.append((_("Deden mee"), f"{wording.whole(total.participants)} ({rate})"))
    rows += ((stage(body.stage, wording), body.members) for body in report.bodies)
    if report.quality:
        rows += _quality(report.quality, wording)
    return Facts(tuple(rows))


def _quality(quality: Quality, wording: Wording) -> Iterator[tuple[str, Cell]]:
    _ = wording.translate
    yield _("Spreiding van de deelname (CV)"), _with_margin(quality.cv, wording)
    lowest = _("nooit lager dan %(low)s", low=wording.decimal(quality.lowest_r))
    yield _("R-indicator"), f"{_with_margin(quality.r, wording)}; {lowest}"


def differences(report: Report, wording: Wording) -> Shown:
    """How far participants are from the base, by each way to make groups."""
    _ = wording.translate
    rows = tuple(
        (
            wording.dimension(table.dimension),
            wording.percent(table.dissimilarity),
            wording.percent(table.noise_floor),
            wording.decimal(table.chi_square),
            table.freedom,
            chance(table.p_value, wording),
        )
        for table in report.tables
    )
    head = (_("Verdeling"), *difference_columns(wording))
    return Shown(differences_caption(wording), head, rows, (1, 2, 3, 4, 5))


def differences_caption(wording: Wording) -> str:
    """What the table of differences is called."""
    _ = wording.translate
    return _("Hoe ver liggen deelnemers en klanten uit elkaar?")


def difference_columns(wording: Wording) -> tuple[str, ...]:
    """Dissimilarity, noise floor, chi-square, degrees of freedom and p."""
    _ = wording.translate
    return (
        _("Verschil"),
        _("Door toeval alleen"),
        _("Chi-kwadraat"),
        _("Vrijheidsgraden"),
        _("Kans door toeval"),
    )


def groups(table: Table, total: Group, wording: Wording) -> tuple[Shown, Shown]:
    """All counts of one dimension, hidden groups with a dash, and everybody; then the indices."""
    by = (wording.dimension(table.dimension),)
    columns, captions = group_columns(wording), groups_captions(table.dimension, wording)
    rows = tuple(_rows(table, total, wording))
    counts, indices = columns[:COUNTED], columns[COUNTED:]
    return (
        Shown(
            captions[0],
            by + counts,
            tuple(row[: COUNTED + 1] for row in rows),
            tuple(range(1, COUNTED + 1)),
        ),
        Shown(
            captions[1],
            by + indices,
            tuple((row[0], *row[COUNTED + 1 :]) for row in rows),
            tuple(range(1, len(indices) + 1)),
        ),
    )


def groups_captions(dimension: Dimension, wording: Wording) -> tuple[str, str]:
    """What the two tables of a dimension are called."""
    _, by = wording.translate, wording.dimension(dimension).lower()
    return _("Alle aantallen: %(by)s", by=by), _("Index met marge: %(by)s", by=by)


def group_columns(wording: Wording) -> tuple[str, ...]:
    """Three counts and three shares; then what is computed from them."""
    _ = wording.translate
    return (
        _("Klanten"),
        _("Uitgenodigd"),
        _("Deden mee"),
        _("Deelname"),
        _("Deel van de klanten"),
        _("Deel van de deelnemers"),
        _("Index"),
        _("Marge van"),
        _("Marge tot"),
        _("Residu"),
        _("Kans door toeval"),
    )


def _rows(table: Table, total: Group, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    yield from (_row(table, row, wording) for row in table.rows)
    for group in table.hidden:
        chain = (HIDDEN if n is None else n for n in (group.base, group.invited))
        yield (wording.group(table.dimension, group.label), *chain, *[HIDDEN] * 9)
    if table.together:
        yield _row(table, table.together, wording)
    rate = wording.percent(total.participants / total.invited)
    counts = (total.base, total.invited, total.participants)
    ends = (wording.percent(1), wording.percent(1), wording.decimal(1), *[HIDDEN] * 4)
    yield (everybody(wording), *counts, rate, *ends)


def everybody(wording: Wording) -> str:
    """What the last row of a table is called."""
    _ = wording.translate
    return _("Iedereen")


def _row(table: Table, row: Row, wording: Wording) -> tuple[Cell, ...]:
    return (
        name(table, row, wording),
        row.group.base,
        row.group.invited,
        row.group.participants,
        HIDDEN if row.rate is None else wording.percent(row.rate),
        wording.percent(row.base_share),
        wording.percent(row.share.value),
        wording.decimal(row.index.value),
        wording.decimal(row.index.low),
        wording.decimal(row.index.high),
        wording.decimal(row.residual),
        chance(row.p_value, wording),
    )


def name(table: Table, row: Row, wording: Wording) -> str:
    """What a row of a table is called."""
    if row is table.together:
        return wording.together()
    return wording.group(table.dimension, row.group.label)


def seats(body: Body, wording: Wording) -> Iterator[Shown]:
    """Who sits in a small body beside what its groups are in the base."""
    _ = wording.translate
    for dimension, found in body.seats.items():
        by = wording.dimension(dimension)
        caption = _("%(body)s: %(by)s", body=stage(body.stage, wording), by=by.lower())
        head = (
            by,
            _("Leden"),
            _("Verwacht"),
            _("Deel van de klanten"),
            _("Kans door toeval"),
        )
        rows = tuple(
            (
                wording.group(dimension, one.label),
                one.members,
                wording.tenths(one.expected),
                wording.percent(one.base_share),
                chance(one.chance, wording),
            )
            for one in found
        )
        yield Shown(caption, head, rows, (1, 2, 3, 4))


def stage(of: Stage, wording: Wording) -> str:
    """What a stage of the chain is called."""
    _ = wording.translate
    return {
        Stage.BASE: _("Klanten"),
        Stage.INVITED: _("Uitgenodigd"),
        Stage.DELIVERED: _("Bezorgd"),
        Stage.TOOK_PART: _("Deden mee"),
        Stage.CANDIDATES: _("Kandidaten"),
        Stage.SHORTLIST: _("Op de lijst"),
        Stage.BOARD: _("Bestuur"),
        Stage.MEETING: _("Vergadering"),
    }[of]


def chance(p_value: float, wording: Wording) -> str:
    """A probability as a percentage; what rounds to nought is ``< 0,1 %``."""
    if p_value < 0.0005:
        return f"<\u00a0{wording.percent(0.001)}"
    return wording.percent(p_value)


def _with_margin(found: Estimate, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "%(value)s (marge %(low)s tot %(high)s)",
        value=wording.decimal(found.value),
        low=wording.decimal(found.low),
        high=wording.decimal(found.high),
    )
