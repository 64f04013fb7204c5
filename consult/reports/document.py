"""A report in sentences and tables: for its page, its file and its publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consult.reports.core.chain import Group
from consult.reports.core.disclosure import FEWEST
from consult.reports.core.report import ORDINARY, Report, Row, Table, TooFew, Verdict, out_of
from consult.reports.wording import Translate, Wording
from consult.site.core import Bars, Block, Facts, Heading, Paragraph
from consult.site.core import Table as TableBlock

HIDDEN: Final = "–"


@dataclass(frozen=True, slots=True)
class Section:
    """One dimension: its finding in a sentence, the numbers, and a note on the whole."""

    source: Table
    heading: str
    finding: str
    bars: Bars
    table: TableBlock
    note: str


def document_blocks(
    made: Report | TooFew, translate: Translate, language: str = "nl"
) -> tuple[Block, ...]:
    """The report as blocks of a publication, in the language that ``translate`` speaks."""
    wording = Wording(translate, language)
    _ = translate
    if isinstance(made, TooFew):
        return (Paragraph(too_few(wording)),)
    blocks: list[Block] = [totals(made.total, wording)]
    for section in sections(made, wording):
        blocks += [Heading(section.heading), Paragraph(section.finding), section.bars]
        blocks += [section.table, Paragraph(section.note)]
    blocks.append(Heading(_("Zo leest u de cijfers")))
    return (*blocks, *map(Paragraph, reading_texts(wording)))


def too_few(wording: Wording) -> str:
    """Why there are no numbers."""
    _ = wording.translate
    return _("Er deden te weinig mensen mee, of bijna iedereen. Daarom tonen wij geen cijfers.")


def totals(total: Group, wording: Wording) -> Facts:
    """The chain of everybody together."""
    _ = wording.translate
    rate = wording.percent(total.participants / total.invited)
    return Facts(
        (
            (_("Klanten op de peildatum"), wording.whole(total.base)),
            (_("Uitgenodigd"), wording.whole(total.invited)),
            (_("Deden mee"), f"{wording.whole(total.participants)} ({rate})"),
        )
    )


def sections(made: Report, wording: Wording) -> tuple[Section, ...]:
    """The dimensions of a report, one by one."""
    return tuple(
        Section(
            source=table,
            heading=wording.dimension(table.dimension),
            finding=finding(table, wording),
            bars=_bars(table, wording),
            table=_table(table, made.total, wording),
            note=_note(table, wording),
        )
        for table in made.tables
    )


def finding(table: Table, wording: Wording) -> str:
    """What stands out in a table, in one or two sentences."""
    _ = wording.translate
    if not table.rows:
        return _("De groepen zijn te klein om te tonen.")
    told = [
        _deviation(table, table.deviating(verdict), wording)
        for verdict in (Verdict.UNDER, Verdict.OVER)
        if table.deviating(verdict)
    ]
    return " ".join(told) or _("Geen groep deed duidelijk meer of minder mee dan de andere.")


def reading_texts(wording: Wording) -> tuple[str, ...]:
    """How to read the numbers, and what they cannot say."""
    _ = wording.translate
    return (
        _("De index vergelijkt de deelnemers met alle klanten. Bij 1 is het deel even groot."),
        _(
            "De index is geteld, niet geschat. De marge laat zien hoeveel het toeval kan schelen. "
            "Wij rekenen alsof iedereen in een groep evenveel kans had om mee te doen."
        ),
        _(
            "Wij noemen een groep alleen bij een groot verschil dat bijna geen toeval kan zijn. "
            "De index is dan lager dan %(low)s of hoger dan %(high)s.",
            low=wording.decimal(ORDINARY[0]),
            high=wording.decimal(ORDINARY[1]),
        ),
        _("De cijfers zeggen niet wat mensen vinden die niet meededen."),
        _(
            "Groepen van minder dan %(fewest)s mensen laten wij niet zien. "
            "Daar staat een streepje. Soms ook bij een grotere groep: "
            "anders is de kleine groep uit te rekenen.",
            fewest=FEWEST,
        ),
    )


def _deviation(table: Table, rows: Sequence[Row], wording: Wording) -> str:
    _ = wording.translate
    most, *others = rows
    of = out_of(most)
    facts = {
        "people": wording.together()
        if most is table.together
        else wording.people(table.dimension, most.group.label),
        "ours": wording.whole(round(most.share * of)),
        "theirs": wording.whole(round(most.base_share * of)),
        "of": wording.whole(of),
    }
    also = ", ".join(_name(table, row, wording) for row in others)
    if most.verdict is Verdict.UNDER:
        more = _("Ook minder: %(groups)s.", groups=also)
        told = _(
            "%(people)s deden minder mee: "
            "%(ours)s van de %(of)s deelnemers, %(theirs)s van de %(of)s klanten.",
            **facts,
        )
        return f"{told} {more}" if also else told
    more = _("Ook meer: %(groups)s.", groups=also)
    told = _(
        "%(people)s deden meer mee: "
        "%(ours)s van de %(of)s deelnemers, %(theirs)s van de %(of)s klanten.",
        **facts,
    )
    return f"{told} {more}" if also else told


def _bars(table: Table, wording: Wording) -> Bars:
    _ = wording.translate
    caption = _("Hoeveel van elke groep deden mee?")
    rows = [
        (
            _name(table, row, wording),
            wording.whole(row.group.participants),
            wording.percent(row.rate),
            round(row.rate * 1000),
        )
        for row in (*table.rows, table.together)
        if row
    ]
    return Bars(caption, tuple(rows))


def _table(table: Table, total: Group, wording: Wording) -> TableBlock:
    _ = wording.translate
    head = (
        wording.dimension(table.dimension),
        _("Klanten"),
        _("Uitgenodigd"),
        _("Deden mee"),
        _("Deelname"),
        _("Deel van de klanten"),
        _("Deel van de deelnemers"),
        _("Index"),
        _("Marge"),
    )
    caption = _("Klanten en deelnemers: %(by)s", by=wording.dimension(table.dimension).lower())
    return TableBlock(
        caption, head, tuple(_rows(table, total, wording)), tuple(range(1, len(head)))
    )


def _rows(table: Table, total: Group, wording: Wording) -> list[tuple[str, ...]]:
    _ = wording.translate
    rows = [_row(table, row, wording) for row in table.rows]
    for group in table.hidden:
        name = wording.group(table.dimension, group.label)
        chain = (HIDDEN if n is None else wording.whole(n) for n in (group.base, group.invited))
        rows.append((name, *chain, *[HIDDEN] * 6))
    if table.together:
        rows.append(_row(table, table.together, wording))
    everybody = (total.base, total.invited, total.participants)
    rate = wording.percent(total.participants / total.invited)
    whole = (wording.percent(1), wording.percent(1), wording.decimal(1), HIDDEN)
    name = _("Iedereen")
    return [*rows, (name, *map(wording.whole, everybody), rate, *whole)]


def _row(table: Table, row: Row, wording: Wording) -> tuple[str, ...]:
    group = row.group
    return (
        _name(table, row, wording),
        wording.whole(group.base),
        wording.whole(group.invited),
        wording.whole(group.participants),
        wording.percent(row.rate),
        wording.percent(row.base_share),
        wording.percent(row.share),
        wording.decimal(row.index),
        f"{wording.decimal(row.low)} – {wording.decimal(row.high)}",
    )


def _name(table: Table, row: Row, wording: Wording) -> str:
    if row is table.together:
        return wording.together()
    return wording.group(table.dimension, row.group.label)


def _note(table: Table, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "Verschil in totaal: %(gap)s van de deelnemers zou bij een andere groep moeten horen. "
        "Dan was de verdeling precies gelijk. Toeval alleen geeft al ongeveer %(floor)s.",
        gap=wording.percent(table.dissimilarity),
        floor=wording.percent(table.noise_floor),
    )
