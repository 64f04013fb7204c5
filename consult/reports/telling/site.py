"""A report told in a language, and as the document that goes on the site."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from consult.reports.actions.editions import Edition
from consult.reports.actions.publishing import KIND
from consult.reports.actions.subjects import Made, Subject
from consult.reports.core.edition import Report
from consult.reports.core.geography import Boundaries
from consult.reports.figures.figure import Asked, Figure
from consult.reports.telling import annual
from consult.reports.telling.document import Matter, Told, text_of, told
from consult.reports.telling.provenance import origin
from consult.reports.telling.sentences import nothing_asked
from consult.reports.telling.sheet import FORMS
from consult.reports.telling.wording import Wording
from consult.site.core import Block, Document, Heading, Link
from consult.surveys.actions import naming
from consult.surveys.core.counts.results import Results
from consult.wording import LANGUAGES

_KEPT: Final = 24
_told: OrderedDict[tuple[object, ...], Told] = OrderedDict()
"""The latest reports by what they tell: drawing their figures takes a second."""


def told_in(made: Made, language: str) -> Told:
    """The report in a language."""
    known = (made.slug, made.readers, language, data_of(made), repr(made.boundaries))
    found = _told.get(known)
    if found is None:
        found = _told[known] = _tell(made, language)
        while len(_told) > _KEPT:  # another thread may have been here as well
            _told.pop(next(iter(_told)), None)
    return found


def _tell(made: Made, language: str) -> Told:
    wording = Wording.of(language)
    if made.subject is Subject.YEAR:
        matters = [_matter(one, wording) for one in made.editions]
        figures = tuple(_over_time(matters, wording))
        return annual.told(int(made.key), matters, figures, wording)
    only = made.editions[0]
    matter = _matter(only, wording)
    drawn = _figures(only, matter.asked, made.boundaries, wording)
    return told(replace(matter, figures=drawn), wording)


def document(made: Made) -> Document:
    """The report as it goes on the site, in all languages of the site."""
    return Document(
        made.slug,
        KIND,
        {
            language: text_of(told_in(made, language), tuple(_files(made, language)))
            for language in LANGUAGES
        },
    )


def data_of(made: Made) -> frozenset[str]:
    """The fingerprints of all that a report tells."""
    return frozenset(origin(one).data for one in made.editions)


def _files(made: Made, language: str) -> list[Block]:
    _ = Wording.of(language).translate
    links = [
        Link(_("Rapport als %(form)s", form=form.upper()), f"/uitslagen/{made.slug}/rapport.{form}")
        for form in FORMS
    ]
    return [Heading(_("Alle cijfers in een bestand")), *links]


def _matter(edition: Edition, wording: Wording) -> Matter:
    return Matter(
        title=edition.activity.title or wording.translate("Het bestuur"),
        kind=edition.activity.kind,
        report=edition.report,
        origin=origin(edition),
        asked=asked_in(edition.activity.results, wording.language),
    )


def _figures(
    edition: Edition, asked: Asked, boundaries: Boundaries | None, wording: Wording
) -> tuple[Figure, ...]:
    from consult.reports.figures.every import figures  # noqa: PLC0415 - only where one is drawn

    if not isinstance(edition.report, Report):
        return ()
    return figures(edition.report, wording, boundaries, asked)


def _over_time(matters: Sequence[Matter], wording: Wording) -> Iterator[Figure]:
    from consult.reports.figures.over_time import over_time  # noqa: PLC0415 - as above

    turns = [(one.title, one.report) for one in matters if isinstance(one.report, Report)]
    yield from over_time([turn for turn in turns if turn[1].total.invited], wording)


def asked_in(results: Results | None, language: str) -> Asked:
    """The words of questions and options in a language; the codes of what is not known."""
    if results is None:
        return nothing_asked
    known = {found.question.id: found for found in results.questions}

    def asked(question: str, option: str | None) -> str:
        found = known.get(question)
        if found is None:
            return option or question
        if option is None:
            return found.question.text.to(language)
        return naming.row(found.question, found.rows, option, language)

    return asked
