"""The finished document of a consultation, in each of its languages and those of the site."""

from collections.abc import Iterator, Mapping

from babel.dates import format_date, format_datetime

from consult.clock import AMSTERDAM
from consult.register.core.roll import Roll
from consult.site.core import Block, Document, Facts, Heading, Link, Paragraph, Text
from consult.surveys.actions.presenting import blocks
from consult.surveys.actions.telling import Told
from consult.surveys.core.asking.words import Words
from consult.surveys.core.consultation import Channel, Consultation, Mode
from consult.surveys.core.counts.disclosure import OUTSIDE
from consult.surveys.core.counts.results import Results
from consult.wording import LANGUAGES, gettext


def slug_of(asked: Consultation) -> str:
    """The slug of its document."""
    return f"raadpleging-{asked.slug}"


def document(
    asked: Consultation,
    results: Results,
    roll: Roll | None,
    channels: Mapping[str, int],
    spoken: Mapping[str, Told],
) -> Document:
    """Everything that is published of a consultation whose envelopes are open.

    ``channels``: how many answers came by which channel; small numbers are not told. ``spoken``:
    what is told of open answers, by question.
    """

    def blocks_in(language: str) -> Iterator[Block]:
        yield from _before(asked, _facts(asked, results, roll, channels, language), language)
        yield from blocks(results, language, spoken)
        yield from _after(asked, results, language)

    return Document(
        slug_of(asked),
        "consultation",
        {
            language: Text(
                asked.title.to(language),
                tuple(blocks_in(language)),
            )
            for language in dict.fromkeys((*LANGUAGES, *asked.languages))
        },
    )


def _before(asked: Consultation, facts: Facts, language: str) -> Iterator[Block]:
    _ = gettext(language)
    if any(not text.has(language) for text in _texts(asked)):
        yield Paragraph(_("Een deel van de teksten is er alleen in het Nederlands."))
    if asked.intro:
        yield Paragraph(asked.intro.to(language))
    yield facts
    yield Heading(_("Wat wij hoorden"))
    yield Paragraph(asked.heard.to(language))
    yield Heading(_("Wat wij gaan doen"))
    yield Paragraph(asked.will_do.to(language))
    yield Heading(_("De antwoorden"))


def _after(asked: Consultation, results: Results, language: str) -> Iterator[Block]:
    _ = gettext(language)
    if results.people is not None:
        yield Heading(_("Alle cijfers in een bestand"))
        for form in ("xlsx", "ods", "csv"):
            name = _("Cijfers als %(form)s") % {"form": form.upper()}
            yield Link(name, f"/uitslagen/{slug_of(asked)}/cijfers.{form}")


def _texts(asked: Consultation) -> Iterator[Words]:
    said = (asked.title, asked.intro, asked.heard, asked.will_do, *asked.questions.texts())
    return (text for text in said if text)


def _facts(
    asked: Consultation,
    results: Results,
    roll: Roll | None,
    channels: Mapping[str, int],
    language: str,
) -> Facts:
    _ = gettext(language)
    opened, closed = (
        format_datetime(moment, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=language)
        for moment in (asked.opens_at, asked.closes_at)
    )
    few = _("Minder dan %(least)s") % {"least": OUTSIDE}
    poll = _("Open peiling: wie meedeed koos daar zelf voor")
    sealed = _("Vertrouwelijk: op uitnodiging, met een code")
    rows = [
        (_("Soort"), poll if asked.mode is Mode.POLL else sealed),
        (_("Open vanaf"), opened),
        (_("Gesloten op"), closed),
    ]
    people = few if results.people is None else results.people
    helped = channels.get(Channel.PAPER, 0) + channels.get(Channel.PHONE, 0)
    counted: list[tuple[str, str | int]] = [*rows]
    if roll is not None:
        counted.append((_("Uitgenodigd"), roll.size))
    counted.append((_("Deden mee"), people))
    if results.people is not None and OUTSIDE <= helped <= results.people - OUTSIDE:
        counted.append((_("Daarvan op papier of aan de telefoon"), helped))
    if roll is not None:
        day = format_date(roll.reference_date, "d MMMM yyyy", locale=language)
        counted += [(_("Peildatum"), day), (_("Controlegetal van de lijst"), roll.fingerprint)]
    return Facts(tuple(counted))
