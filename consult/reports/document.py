"""A report as chapters of sentences, tables and figures: for its page, its paper and the site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.reports import explaining, numbers
from consult.reports.actions.activities import Kind
from consult.reports.core.edition import Report, TooFew
from consult.reports.core.findings import findings
from consult.reports.explaining import Origin
from consult.reports.figures.figure import Figure
from consult.reports.numbers import Asked
from consult.reports.sentences import cannot_mend, nothing_asked, sentences
from consult.reports.wording import Wording
from consult.site.core import Block, Heading, Paragraph, Table, Text

Part = Block | Figure


@dataclass(frozen=True, slots=True)
class Chapter:
    """Parts under a heading; ``folded``: a page may show them only when asked for."""

    heading: str
    parts: tuple[Part, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A report in one language. ``answer``: in one sentence; ``points``: what else was found."""

    title: str
    answer: str
    points: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """All figures, in order."""
        parts = (part for chapter in self.chapters for part in chapter.parts)
        return (part for part in parts if isinstance(part, Figure))


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report is told from: an edition, its figures, and what stands around it."""

    kind: Kind
    title: str
    report: Report | TooFew
    origin: Origin
    figures: tuple[Figure, ...] = ()
    asked: Asked = nothing_asked


def told(matter: Matter, wording: Wording) -> Told:
    """The whole report in a language."""
    _ = wording.translate
    if matter.kind is Kind.BOARD:
        title = _("Voor wie spreekt het bestuur?")
    else:
        title = _("Wie deden mee? %(title)s", title=matter.title)
    if isinstance(matter.report, TooFew):
        return Told(title, too_few(wording))
    said = tuple(sentences(findings(matter.report), matter.asked, wording))
    answer, *points = said or (nobody_known(wording),)
    return Told(title, answer, tuple(points), tuple(_chapters(matter, matter.report, wording)))


def too_few(wording: Wording) -> str:
    """Why there are no numbers."""
    _ = wording.translate
    return _("Er deden te weinig mensen mee, of bijna iedereen. Daarom tonen wij geen cijfers.")


def nobody_known(wording: Wording) -> str:
    """Why nothing is said of a board."""
    _ = wording.translate
    return _("Wij weten niet bij welke groepen de leden van het bestuur horen.")


def text_of(report: Told, after: Sequence[Block] = ()) -> Text:
    """The report as a document: figures as pictures, each with its table below it."""
    blocks: list[Block] = [Paragraph(report.answer), *map(Paragraph, report.points)]
    for chapter in report.chapters:
        blocks.append(Heading(chapter.heading))
        for part in chapter.parts:
            blocks += _drawn(part) if isinstance(part, Figure) else [part]
    return Text(report.title, (*blocks, *after))


def _drawn(figure: Figure) -> list[Block]:
    from consult.reports.drawing import picture  # noqa: PLC0415 - only where something is drawn

    return [picture(figure), figure.table]


def _chapters(matter: Matter, report: Report, wording: Wording) -> Iterator[Chapter]:
    _ = wording.translate
    yield Chapter(
        _("In het kort"),
        (numbers.headlines(report, wording), numbers.differences(report, wording)),
    )
    if matter.figures:
        yield Chapter(_("In beeld"), matter.figures)
    tables = [numbers.groups(one, report.total, wording) for one in report.tables]
    seats = [shown for body in report.bodies for shown in numbers.seats(body, wording)]
    yield Chapter(_("Alle cijfers per groep"), (*tables, *seats), folded=True)
    if report.opinions:
        yield Chapter(_("Gewogen en ongewogen"), tuple(_weighed(matter, report, wording)))
    reading = map(Paragraph, explaining.reading(report, wording))
    yield Chapter(_("Zo leest u de cijfers"), tuple(reading))
    yield Chapter(
        _("Zo is dit rapport gemaakt"),
        (explaining.method(report, matter.origin, wording),),
        folded=True,
    )


def _weighed(matter: Matter, report: Report, wording: Wording) -> Iterator[Block]:
    if report.opinions is None:
        return
    yield numbers.opinions(report.opinions, matter.asked, wording)
    supposed = numbers.sensitivity(report.opinions, matter.asked, wording)
    yield from map(Paragraph, cannot_mend(report.opinions, matter.asked, wording))
    if isinstance(supposed, Table):
        yield supposed
