"""The finished document of an election, in Dutch and in English: every seat explains itself."""

from collections.abc import Callable, Iterator, Mapping

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from consult.clock import AMSTERDAM
from consult.elections.actions.explain import explain
from consult.elections.actions.outcome import Counted
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.sealed import OfficeCount
from consult.site.core import Block, Document, Facts, Heading, Link, Paragraph, Table, Text
from consult.wording import LANGUAGES, gettext

_OFFICES: Mapping[str, Callable[[Callable[[str], str]], str]] = {
    CHAIR: lambda _: _("Voorzitter"),
    EXECUTIVE: lambda _: _("Dagelijks bestuur"),
    BOARD: lambda _: _("Bestuur"),
}
"""What an office is called, in the language of its ``gettext``."""


def document(counted: Counted) -> Document:
    """Everything that is published of a counted election."""
    return Document(
        f"verkiezing-{counted.election.uuid.lower()}",
        "election",
        {
            language: Text(counted.election.plan.title, tuple(_blocks(counted, language)))
            for language in LANGUAGES
        },
    )


def _blocks(counted: Counted, language: str) -> Iterator[Block]:
    _ = gettext(language)
    if language != "nl":
        yield Paragraph(_("De raad schreef de naam en het profiel in het Nederlands."))
    yield Paragraph(_("Klanten kozen zelf hun bestuur. Hier leest u wie gekozen zijn, en waarom."))
    yield from _chosen(counted, language)
    for office in counted.offices:
        yield _table(counted, office, language)
    yield Heading(_("Zo is er geteld"))
    yield Paragraph(
        _("Wij gaan de lijst af op volgorde van stemmen.")
        + " "
        + _("Iemand wordt alleen overgeslagen als er anders geen bestuur volgens de regels kan.")
    )
    for office in counted.offices:
        if len(counted.offices) > 1:
            yield Heading(_OFFICES[office.office](_))
        for step in office.steps:
            yield Paragraph(explain(step, counted.names, language))
    yield Heading(_("De cijfers"))
    yield _summary(counted, language)
    yield Paragraph(
        _("Hoeveel mensen blanco stemden, weet niemand.")
        + " "
        + _("Wij openen alleen de optelsom, nooit één stembiljet.")
    )
    yield Heading(_("Zelf controleren"))
    yield from _checking(counted, language)


def _summary(counted: Counted, language: str) -> Facts:
    _ = gettext(language)
    plan, box, result = counted.election.plan, counted.balance, counted.result
    opened, closed = (
        format_datetime(moment, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=language)
        for moment in (plan.opens_at, plan.closes_at)
    )
    turnout = box.counted * 1000 // counted.voters / 10
    return Facts(
        (
            (_("Stemmen kon vanaf"), opened),
            (_("Stemmen kon tot"), closed),
            (_("Mochten stemmen"), counted.voters),
            (_("Stembiljetten in de stembus"), box.cast),
            (_("Vervangen door een latere stem"), box.replaced),
            (_("Geteld: van iedere stemmer het laatste"), box.counted),
            (_("Opkomst"), f"{format_decimal(turnout, '0.0', locale=language)} %"),
            (
                _("Leden van het bestuur na deze verkiezing"),
                result.board_size or _("geen bestuur mogelijk volgens de regels"),
            ),
            (_("Lege plaatsen"), result.vacant),
            (
                _("De gekozen leden blijven tot"),
                format_date(plan.seats_until, "d MMMM yyyy", locale=language),
            ),
        )
    )


def _chosen(counted: Counted, language: str) -> Iterator[Block]:
    """Who is elected; with several offices also to which."""
    _ = gettext(language)
    said = _("Gekozen zijn: %(names)s.")
    for office in counted.offices:
        names = ", ".join(counted.names[one] for one in office.result.elected)
        if len(counted.offices) > 1:
            yield Paragraph(f"{_OFFICES[office.office](_)}: {names or _('niemand')}.")
        elif names:
            yield Paragraph(said % {"names": names})


def _table(counted: Counted, office: OfficeCount, language: str) -> Table:
    _ = gettext(language)
    votes, before = office.votes, _before(counted, office)
    by_votes, elected = set(office.result.by_votes.elected), set(office.result.elected)
    ranked = sorted(votes, key=lambda one: (-votes[one], counted.names[one]))
    outcomes = {
        (True, True): _("gekozen"),
        (True, False): _("niet gekozen, zonder de regels wel"),
        (False, True): _("gekozen, zonder de regels niet"),
        (False, False): _("niet gekozen"),
    }
    caption = _("Stemmen per kandidaat")
    if len(counted.offices) > 1:
        caption = f"{_OFFICES[office.office](_)}: {caption.lower()}"
    return Table(
        caption,
        (_("Kandidaat"), _("Aantal stemmen"), _("Uitkomst")),
        tuple(
            (
                counted.names[one],
                votes[one],
                _("al gekozen") if one in before else outcomes[one in by_votes, one in elected],
            )
            for one in ranked
        ),
        numeric=(1,),
    )


def _before(counted: Counted, office: OfficeCount) -> set[str]:
    """Who was elected to an office that is counted before this one."""
    place = counted.offices.index(office)
    return {one for earlier in counted.offices[:place] for one in earlier.result.elected}


def _checking(counted: Counted, language: str) -> Iterator[Block]:
    _ = gettext(language)
    uuid = counted.election.uuid
    yield Paragraph(
        _("Iedereen kan deze verkiezing narekenen met een programma dat niet van ons is.")
        + " "
        + _("De codes zijn op onze server gemaakt.")
        + " "
        + _("Wie de server beheert, had kunnen stemmen voor mensen die niet stemden.")
    )
    yield Facts(
        (
            (_("Controlegetal van de lijst"), counted.roll_hash),
            (_("Controlegetal van het zegel"), counted.seal_hash),
            (_("Controlegetal van de telling"), counted.record_hash),
        )
    )
    yield Link(_("Alle stembiljetten, versleuteld"), f"/stemmen/{uuid}/archief.bel")
    yield Link(_("Wat vooraf vastlag"), f"/verkiezing/{uuid}/zegel.json")
    yield Link(_("Wat geteld is"), f"/verkiezing/{uuid}/telling.json")
    yield Link(_("Elke stap van de telling"), f"/verkiezing/{uuid}/proces-verbaal.jsonl")
