"""The official record of an election, in Dutch and in English: every seat explains itself.

The same blocks are the page on the site and the paper that people sign.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from consult.clock import AMSTERDAM
from consult.elections.actions import proof
from consult.elections.actions.explain import explain
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.official import Counted
from consult.elections.core.sealed import OfficeCount
from consult.elections.core.signing import Signed
from consult.site.core import Block, Document, Facts, Heading, Paragraph, Table, Text
from consult.wording import LANGUAGES, gettext

OFFICES: Mapping[str, Callable[[Callable[[str], str]], str]] = {
    CHAIR: lambda _: _("Voorzitter"),
    EXECUTIVE: lambda _: _("Dagelijks bestuur"),
    BOARD: lambda _: _("Bestuur"),
}
"""What an office is called, in the language of its ``gettext``."""


def document(counted: Counted, signed: Sequence[Signed] = ()) -> Document:
    """Everything that is published of a counted election, with who signed it."""
    return Document(
        slug_of(counted.uuid),
        "election",
        {
            language: Text(counted.sealed["title"], tuple(_blocks(counted, signed, language)))
            for language in LANGUAGES
        },
    )


def slug_of(uuid: str) -> str:
    """Under which name the record of an election stands on the site."""
    return f"verkiezing-{uuid.lower()}"


def on_paper(text: Text, language: str) -> Text:
    """The same text under the name that it has on paper."""
    _ = gettext(language)
    return Text(_("Proces-verbaal") + f": {text.title}", text.blocks)


def _blocks(counted: Counted, signed: Sequence[Signed], language: str) -> Iterator[Block]:
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
    for place, office in enumerate(counted.offices):
        if len(counted.offices) > 1:
            yield Heading(OFFICES[office.office](_))
        for step in office.steps:
            yield Paragraph(explain(step, counted.names, language))
        yield from proof.close(counted, place, language)
    yield from proof.lot(counted, language)
    yield Heading(_("De cijfers"))
    yield _summary(counted, language)
    yield Paragraph(
        _("Hoeveel mensen blanco stemden, weet niemand.")
        + " "
        + _("Wij openen alleen de optelsom, nooit één stembiljet.")
    )
    yield Heading(_("Wie deze verkiezing hield"))
    yield _held(counted, language)
    yield from proof.signatures(signed, language)
    yield from proof.checking(counted, language)


def _summary(counted: Counted, language: str) -> Facts:
    _ = gettext(language)
    box, result = counted.box.balance, counted.result
    turnout = box.counted * 1000 // counted.box.voters / 10
    return Facts(
        (
            (_("Stemmen kon vanaf"), _moment(counted.sealed["opens_at"], language)),
            (_("Stemmen kon tot"), _moment(counted.sealed["closes_at"], language)),
            (_("Mochten stemmen"), counted.box.voters),
            (_("Stembiljetten in de stembus"), box.cast),
            (_("Vervangen door een latere stem"), box.replaced),
            (_("Geteld: van iedere stemmer het laatste"), box.counted),
            (_("Opkomst"), f"{format_decimal(turnout, '0.0', locale=language)} %"),
            (
                _("Leden van het bestuur na deze verkiezing"),
                result.board_size or _("geen bestuur mogelijk volgens de regels"),
            ),
            (_("Lege plaatsen"), result.vacant),
            (_("De gekozen leden blijven tot"), _day(counted.sealed["seats_until"], language)),
        )
    )


def _held(counted: Counted, language: str) -> Facts:
    """What was chosen, and by whom the vote was kept."""
    _ = gettext(language)
    sealed = counted.sealed
    seats = _("het bestuur, hoogstens %(most)s leden") % {"most": sealed["max_board"]}
    holders = ", ".join(holder["name"] for holder in sealed["key_holders"])
    return Facts(
        (
            (_("Wat er gekozen werd"), seats),
            (_("Leden die bleven"), len(sealed["sitting"])),
            (_("Namen die iemand mocht kiezen"), sealed["max_choices"]),
            (_("Mochten stemmen: klanten op"), _day(sealed["reference_date"], language)),
            (_("Sleutelhouders, die samen de optelsom openden"), holders),
            (_("De codes zijn gemaakt door"), _("de codebeheerder, op onze server")),
            (_("De gekozen leden beginnen op"), _day(sealed["seats_from"], language)),
        )
    )


def _chosen(counted: Counted, language: str) -> Iterator[Block]:
    """Who is elected; with several offices also to which."""
    _ = gettext(language)
    said = _("Gekozen zijn: %(names)s.")
    for office in counted.offices:
        names = ", ".join(counted.names[one] for one in office.result.elected)
        if len(counted.offices) > 1:
            yield Paragraph(f"{OFFICES[office.office](_)}: {names or _('niemand')}.")
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
        caption = f"{OFFICES[office.office](_)}: {caption.lower()}"
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


def _moment(said: str, language: str) -> str:
    moment = datetime.fromisoformat(said)
    return str(format_datetime(moment, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=language))


def _day(said: str, language: str) -> str:
    return str(format_date(datetime.fromisoformat(said), "d MMMM yyyy", locale=language))
