"""A report as chapters of sentences, tables and figures: for its page, its paper and the site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from consult.reports.actions.activities import Kind
from consult.reports.core.chain import Dimension
from consult.reports.core.edition import Opinions, Report, TooFew
from consult.reports.core.findings import findings
from consult.reports.figures.figure import Figure
from consult.reports.telling import explaining, numbers
from consult.reports.telling.explaining import Origin
from consult.reports.telling.numbers import Asked
from consult.reports.telling.sentences import nothing_asked, sentences
from consult.reports.telling.weighted import cannot_mend, opinions, sensitivity
from consult.reports.telling.wording import Wording
from consult.site.core import Block, Heading, Paragraph, Table, Text

Part = Block | Figure
_TOLD_BELOW: Final = frozenset({"index", "pyramid", "map", "weighted"})
"""Kinds of figures of which a chapter has all numbers in tables of its own."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Parts under a heading; ``more``: what a page may show only when asked for."""

    heading: str
    parts: tuple[Part, ...]
    more: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A report in one language. ``answer``: in one sentence; ``points``: what else was found."""

    title: str
    answer: str
    points: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """All figures, in order."""
        parts = (part for one in self.chapters for part in (*one.parts, *one.more))
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
    """The report as a document: figures as pictures, with their numbers in a table below them."""
    blocks: list[Block] = [Paragraph(report.answer), *map(Paragraph, report.points)]
    for chapter in report.chapters:
        blocks.append(Heading(chapter.heading))
        for part in chapter.parts:
            blocks += _drawn(part) if isinstance(part, Figure) else [part]
        for part in chapter.more:
            blocks += _drawn(part) if isinstance(part, Figure) else [_folded(part)]
    return Text(report.title, (*blocks, *after))


def _drawn(figure: Figure) -> list[Block]:
    from consult.reports.figures.drawing import picture  # noqa: PLC0415 - only where something is drawn

    drawn = picture(figure)
    return [drawn] if _kind(figure) in _TOLD_BELOW else [drawn, _folded(figure.table)]


def _folded(block: Block) -> Block:
    return replace(block, folded=True) if isinstance(block, Table) else block


def _kind(figure: Figure) -> str:
    return figure.name.partition("-")[0]


def _chapters(matter: Matter, report: Report, wording: Wording) -> Iterator[Chapter]:
    _ = wording.translate
    drawn = _Drawn(matter.figures)
    short: list[Part] = [numbers.headlines(report, wording)]
    if report.tables:
        short.append(numbers.differences(report, wording))
    yield Chapter(_("In het kort"), (*short, *drawn.named("chain", "partials")))
    for table in report.tables:
        figures = drawn.of(table.dimension)
        shown = numbers.groups(table, report.total, wording)
        yield Chapter(wording.dimension(table.dimension), figures, shown)
    seats = tuple(shown for body in report.bodies for shown in numbers.seats(body, wording))
    if seats:
        yield Chapter(_("Kandidaten en bestuur"), seats)
    if report.opinions:
        weighed = tuple(_weighed(report.opinions, matter.asked, wording))
        yield Chapter(_("Gewogen en ongewogen"), (*drawn.named("weighted"), *weighed))
    reading = map(Paragraph, explaining.reading(report, wording))
    yield Chapter(_("Zo leest u de cijfers"), tuple(reading))
    method = explaining.method(report, matter.origin, wording)
    yield Chapter(_("Zo is dit rapport gemaakt"), (), (method,))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Figures by what their name begins with, and by the dimension it ends with."""

    figures: tuple[Figure, ...]

    def named(self, *kinds: str) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures if _kind(one) in kinds)

    def of(self, dimension: Dimension) -> tuple[Figure, ...]:
        maps = self.named("map") if dimension is Dimension.NEIGHBOURHOOD else ()
        ours = self.named("shares", "index", "pyramid", "multiples")
        return (*(one for one in ours if one.name.endswith(f"-{dimension}")), *maps)


def _weighed(found: Opinions, asked: Asked, wording: Wording) -> Iterator[Block]:
    yield from map(Paragraph, cannot_mend(found, asked, wording))
    yield from opinions(found, asked, wording)
    yield from sensitivity(found, asked, wording)
