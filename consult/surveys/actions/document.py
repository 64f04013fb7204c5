"""The finished document of a consultation, in Dutch and in English.

Labels are translated; what the council asked, heard and will do stands as the council wrote it.
"""

from collections.abc import Iterator
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from consult.clock import AMSTERDAM
from consult.register.core.roll import Roll
from consult.site.core import Bars, Block, Document, Facts, Heading, Paragraph, Text
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.questions.choices import SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.results import QuestionResult, Results, Row
from consult.surveys.core.suppression import LEAST
from consult.wording import LANGUAGES, gettext

HIDDEN: Final = "–"


def document(asked: Consultation, results: Results, roll: Roll) -> Document:
    """Everything that is published of a consultation whose envelopes are open."""
    return Document(
        f"raadpleging-{asked.slug}",
        "consultation",
        {
            language: Text(asked.title.to(language), tuple(_blocks(asked, results, roll, language)))
            for language in LANGUAGES
        },
    )


def share(permille: int, language: str) -> str:
    """A share in thousandths as a percentage with one decimal, ``12,5 %``."""
    return f"{format_decimal(permille / 10, '0.0', locale=language)} %"


def _blocks(asked: Consultation, results: Results, roll: Roll, language: str) -> Iterator[Block]:
    _ = gettext(language)
    if language != "nl":
        yield Paragraph(_("De raad schreef de vragen en teksten in het Nederlands."))
    if asked.intro:
        yield Paragraph(asked.intro.to(language))
    yield _facts(asked, results, roll, language)
    yield Heading(_("Wat wij hoorden"))
    yield Paragraph(asked.heard.to(language))
    yield Heading(_("Wat wij gaan doen"))
    yield Paragraph(asked.will_do.to(language))
    yield Heading(_("De antwoorden"))
    yield Paragraph(
        _("Groepen van minder dan 10 mensen laten wij niet zien.")
        + " "
        + _("Daar staat een streepje. Zo herkent niemand u.")
    )
    for table in results.questions:
        yield _question(table, language)


def _facts(asked: Consultation, results: Results, roll: Roll, language: str) -> Facts:
    _ = gettext(language)
    opened, closed = (
        format_datetime(moment, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=language)
        for moment in (asked.opens_at, asked.closes_at)
    )
    few = _("Minder dan %(least)s") % {"least": LEAST}
    return Facts(
        (
            (_("Open vanaf"), opened),
            (_("Gesloten op"), closed),
            (_("Uitgenodigd"), roll.size),
            (_("Deden mee"), few if results.base is None else results.base),
            (_("Peildatum"), format_date(roll.reference_date, "d MMMM yyyy", locale=language)),
            (_("Controlegetal van de lijst"), roll.fingerprint),
        )
    )


def _question(table: QuestionResult, language: str) -> Block:
    _ = gettext(language)
    question = table.question
    if not table.enough:
        words = _("Minder dan 10 mensen gaven antwoord. Daarom tonen wij hier niets.")
        return Paragraph(f"{question.text.to(language)}\n\n{words}")
    if isinstance(question, OpenText):
        words = _("Mensen schreven hier zelf iets. De raad heeft alles gelezen.")
        if table.answered is not None:
            words = _("%(count)s mensen schreven hier zelf iets. De raad heeft alles gelezen.") % {
                "count": format_decimal(table.answered, locale=language)
            }
        return Paragraph(f"{question.text.to(language)}\n\n{words}")
    rows = tuple(_row(row, language) for row in _labelled(table, language))
    caption = question.text.to(language)
    if isinstance(question, SeveralChoices):
        several = _("meer antwoorden mogelijk")
        caption = f"{caption} ({several})"
    return Bars(caption, rows)


def _labelled(table: QuestionResult, language: str) -> Iterator[Row]:
    _ = gettext(language)
    for row in table.rows:
        yield Row(row.label or _("Geen antwoord"), row.count, row.permille)
    if table.together is not None and any(row.count is not None for row in table.rows):
        yield Row(_("Alles met een streepje samen"), table.together.count, table.together.permille)


def _row(row: Row, language: str) -> tuple[str, int | str, str, int | None]:
    count = HIDDEN if row.count is None else row.count
    part = HIDDEN if row.permille is None else share(row.permille, language)
    return (row.label or "", count, part, row.permille)
