"""What makes an official record one that can be checked: the lot, the signatures, the numbers."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date

from consult.actor import Role
from consult.elections.core.lotfile import ComputedLot
from consult.elections.core.official import Counted
from consult.elections.core.sealed import contests
from consult.elections.core.signing import Signed, groups
from consult.site.core import Block, Facts, Heading, Link, Paragraph, Table
from consult.wording import gettext

_IN_A_ROW = 4


def lot(counted: Counted, language: str) -> Iterator[Block]:
    """How a computed lot came about. A public draw is told where it decided."""
    _ = gettext(language)
    made = counted.lot
    if not isinstance(made, ComputedLot):
        return
    yield Heading(_("De loting"))
    if made.beacon is None:
        yield Paragraph(_("Er hoefde niet geloot te worden."))
    else:
        yield Paragraph(
            _("Het lot volgt uit getallen van de sleutelhouders en een getal van buiten.")
            + " "
            + _("Het getal van buiten kwam als laatste. Daarom kon niemand het lot sturen.")
        )
        for contest, standing in contests(counted.sealed).items():
            put = ", ".join(counted.names[one] for one in made.order_of(contest, standing))
            yield Paragraph(_("Het lot gaf deze volgorde: %(names)s.") % {"names": put})
        yield Facts(
            (
                (_("Getal van buiten"), made.beacon.value),
                (_("Na te kijken in"), made.beacon.source),
                (_("Zo stond het vooraf vast"), made.named),
                (_("Controlegetal van de optelsom, van vóór de loting"), made.totals),
                (_("Getal waaruit de volgorde volgt"), made.seed or ""),
            )
        )
    yield Facts(tuple(_numbers(made, language)))


def close(counted: Counted, place: int, language: str) -> Iterator[Block]:
    """How close a count was: what one candidate's votes alone would have had to be."""
    _ = gettext(language)
    margin = counted.margins[place]
    names = ", ".join(counted.names[one] for one in margin["closest"] if one in counted.names)
    if not margin["votes"]:
        return
    said = _("Het kleinste verschil is %(votes)s, bij: %(names)s.")
    votes = margin["votes"]
    number = _("1 stem") if votes == 1 else _("%(votes)s stemmen") % {"votes": votes}
    yield Paragraph(
        said % {"votes": number, "names": names}
        + " "
        + _("Met zoveel stemmen meer of minder was de uitslag anders, of besliste het lot.")
    )


def _numbers(made: ComputedLot, language: str) -> Iterator[tuple[str, str]]:
    _ = gettext(language)
    for holder in made.holders:
        yield _("%(name)s, vooraf beloofd") % {"name": holder.name}, holder.commitment
        if made.beacon is not None:
            name = _("%(name)s, getal") % {"name": holder.name}
            yield name, holder.reveal or _("niet gegeven, dus niet meegeteld")


def signatures(signed: Sequence[Signed], language: str) -> Iterator[Block]:
    """Who signed the record, and when."""
    _ = gettext(language)
    yield Heading(_("Ondertekend"))
    if not signed:
        yield Paragraph(_("Nog niemand heeft ondertekend."))
        return
    roles = {
        str(Role.SECRETARY): _("secretaris"),
        str(Role.CHAIR): _("voorzitter"),
        str(Role.MEMBER): _("raadslid"),
        str(Role.OBSERVER): _("waarnemer"),
    }
    yield Table(
        _("Wie ondertekenden"),
        (_("Naam"), _("Rol"), _("Datum")),
        tuple(
            (one.name, roles[one.role], format_date(one.day, "d MMMM yyyy", locale=language))
            for one in signed
        ),
    )
    yield Paragraph(
        _("Wie ondertekende, las het papier en typte twee groepen van het controlegetal over.")
    )


def checking(counted: Counted, language: str) -> Iterator[Block]:
    """The fingerprints of everything, and where to get it."""
    _ = gettext(language)
    yield Heading(_("Controlegetal van dit proces-verbaal"))
    yield _in_groups(counted.record_hash, language)
    yield Heading(_("Zelf controleren"))
    yield Paragraph(
        _("Iedereen kan deze verkiezing narekenen met een programma dat niet van ons is.")
        + " "
        + _("De codes zijn op onze server gemaakt.")
        + " "
        + _("Wie de server beheert, had kunnen stemmen voor mensen die niet stemden.")
    )
    yield Facts(
        (
            (_("Controlegetal van de lijst"), counted.sealed["roll_fingerprint"]),
            (_("Controlegetal van het zegel"), counted.seal_hash),
            (_("Controlegetal van de stembus"), counted.box.head),
            (_("Controlegetal van de optelsom"), counted.box.totals),
            (_("Controlegetal van wat geteld is"), counted.case_hash),
            (_("Controlegetal van de telling"), counted.record_hash),
        )
    )
    yield from _links(counted, language)


def _in_groups(fingerprint: str, language: str) -> Table:
    _ = gettext(language)
    parts = groups(fingerprint)
    return Table(
        _("Zestien groepen"),
        (_("Groep"), _("Controlegetal")),
        tuple(
            (f"{place + 1}–{place + _IN_A_ROW}", " ".join(parts[place : place + _IN_A_ROW]))
            for place in range(0, len(parts), _IN_A_ROW)
        ),
    )


def _links(counted: Counted, language: str) -> Iterator[Link]:
    _ = gettext(language)
    base = f"/verkiezing/{counted.uuid}"
    yield Link(_("Alles in één bestand, om na te rekenen"), f"{base}/bundel.zip")
    yield Link(_("Dit proces-verbaal op papier"), f"{base}/proces-verbaal.pdf")
    yield Link(_("Alle stembiljetten, versleuteld"), f"/stemmen/{counted.uuid}/archief.bel")
    yield Link(_("Wat vooraf vastlag"), f"{base}/zegel.json")
    yield Link(_("Wat geteld is"), f"{base}/telling.json")
    if counted.lot is not None:
        yield Link(_("De loting"), f"{base}/loting.json")
    yield Link(_("Elke stap van de telling"), f"{base}/proces-verbaal.jsonl")
