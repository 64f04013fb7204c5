"""How to read a report, and how it was made: the same for every report of a kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.dates import format_date, format_datetime

from consult.clock import AMSTERDAM
from consult.reports.core.edition import ORDINARY, SMALLEST_BASE, Readers, Report
from consult.reports.telling.wording import Wording
from consult.site.core import Cell, Facts

_LEVEL: Final = "95\u00a0%"
_CERTAIN: Final = "5\u00a0%"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report was computed from, and with what.

    ``roll``: fingerprint of the roll, empty where there is none; ``data``: fingerprint of what the
    report shows; ``versions``: of the programs.
    """

    reference_date: date
    closed_at: datetime | None
    roll: str
    roll_size: int
    register_serial: int | None
    data: str
    versions: Mapping[str, str]


def reading(report: Report, wording: Wording) -> Iterator[str]:
    """How to read the numbers, and what they cannot say."""
    _ = wording.translate
    if report.tables:
        yield from _index(wording)
    if report.bodies:
        yield _(
            "Een bestuur is klein. Ook bij loten zou het niet precies op alle klanten lijken. "
            "Wij noemen een groep alleen als toeval dat bijna nooit geeft. "
            "Van sommige leden tonen wij de groep niet. "
            "De groepen tellen dan samen niet op tot iedereen."
        )
    if report.quality:
        yield from _quality(wording)
    if report.total.invited:
        yield _("De cijfers zeggen niet wat mensen vinden die niet meededen.")
    yield _(
        "Groepen van minder dan %(fewest)s mensen laten wij niet zien. "
        "Daar staat een streepje. Soms ook bij een grotere groep: "
        "anders is de kleine groep uit te rekenen.",
        fewest=report.readers.least,
    )
    if report.readers is Readers.OUTSIDE:
        yield _(
            "Aantallen klanten ronden wij af op vijf. Alle delen zijn daarmee berekend. "
            "Een percentage geven wij vanaf %(least)s mensen.",
            least=SMALLEST_BASE,
        )


def _index(wording: Wording) -> Iterator[str]:
    _ = wording.translate
    yield _("De index vergelijkt de deelnemers met alle klanten. Bij 1 is het deel even groot.")
    yield _(
        "De index is geteld, niet geschat. De marge laat zien hoeveel het toeval kan schelen. "
        "Wij rekenen alsof iedereen in een groep evenveel kans had om mee te doen."
    )
    yield _(
        "Wij noemen een groep alleen bij een groot verschil dat bijna geen toeval kan zijn. "
        "De index is dan lager dan %(low)s of hoger dan %(high)s.",
        low=wording.decimal(ORDINARY[0]),
        high=wording.decimal(ORDINARY[1]),
    )


def _quality(wording: Wording) -> Iterator[str]:
    _ = wording.translate
    yield _(
        "De CV laat zien hoe ongelijk groepen meededen. Bij 0 deden alle groepen even vaak mee. "
        "Een deel van een antwoord zit er hoogstens de helft van de CV naast. "
        "Dat geldt als alleen deze kenmerken verschil maken."
    )
    yield _(
        "De R-indicator zegt hetzelfde op een andere schaal. Bij 1 deden alle groepen even vaak "
        "mee. Doen weinig mensen mee, dan is R altijd hoog. Kijk dus eerst naar de CV."
    )


def method(report: Report, origin: Origin, wording: Wording) -> Facts:
    """How the numbers came about, so that a statistician can judge and repeat them."""
    _ = wording.translate
    rows = (
        *_subject(report, origin, wording),
        *(_comparing(report, wording) if report.tables else ()),
        *_hiding(report, wording),
        *_weighing(report, wording),
        (_("Vingerafdruk van de cijfers"), origin.data),
        programs(origin, wording),
    )
    again = (_("Zelf narekenen"), "consult check-report rapport.csv")
    return Facts((*rows, again) if report.tables else rows)


def _subject(report: Report, origin: Origin, wording: Wording) -> Iterator[tuple[str, Cell]]:
    _ = wording.translate
    inside = report.readers is Readers.INSIDE
    yield _("Voor wie"), _("De klantenraad") if inside else _("Iedereen")
    yield _("Peildatum"), day(origin.reference_date, wording)
    if origin.closed_at:
        yield _("Gesloten op"), moment(origin.closed_at, wording)
    if origin.roll:
        yield _("Mensen op de lijst"), origin.roll_size
        yield _("Controlegetal van de lijst"), origin.roll
    if origin.register_serial is not None:
        yield _("Klantenbestand"), _("na inlezen %(n)s", n=origin.register_serial)


def _comparing(report: Report, wording: Wording) -> Iterator[tuple[str, Cell]]:
    _ = wording.translate
    made_by = (wording.dimension(table.dimension).lower() for table in report.tables)
    yield _("Verdelingen"), ", ".join(made_by)
    yield (
        _("Index"),
        _(
            "Deel van de deelnemers gedeeld door deel van de klanten. Marge van %(level)s met de "
            "logaritmische methode van Katz (1978). Bij minder dan vijf deelnemers: Wilson.",
            level=_LEVEL,
        ),
    )
    yield (
        _("Toets per groep"),
        _(
            "Aangepast residu van een trekking zonder teruglegging, met de correctie van Holm. "
            "Wij noemen een groep bij een kans onder %(certain)s en een index buiten "
            "%(low)s–%(high)s.",
            certain=_CERTAIN,
            low=wording.decimal(ORDINARY[0]),
            high=wording.decimal(ORDINARY[1]),
        ),
    )
    if report.quality:
        dimensions = (wording.dimension(one).lower() for one in report.quality.dimensions)
        yield (
            _("Model van de deelname"),
            _(
                "Logistische regressie op %(dimensions)s, zonder interactie. CV en R gecorrigeerd "
                "voor vertekening (Shlomo, Skinner en Schouten 2012). De marge volgt uit de ruis "
                "van de spreiding, op de manier van Wilson.",
                dimensions=", ".join(dimensions),
            ),
        )


def _hiding(report: Report, wording: Wording) -> Iterator[tuple[str, Cell]]:
    _ = wording.translate
    yield (
        _("Kleine groepen"),
        _(
            "Kleinste groep: %(least)s. Ook weg: wat anders uit te rekenen is. Gecontroleerd met "
            "lineaire programmering: elk weggelaten getal kan minstens %(least)s waarden hebben, "
            "of evenveel als zonder dit rapport. Dat geldt ook voor wie alle klanten kent "
            "naar leeftijd, wijk en soort.",
            least=report.readers.least,
        ),
    )


def _weighing(report: Report, wording: Wording) -> Iterator[tuple[str, Cell]]:
    _ = wording.translate
    if report.bodies:
        yield (
            _("Kandidaten en bestuur"),
            _("Exacte hypergeometrische kans, met de correctie van Holm. Geen benadering."),
        )
    if report.opinions is None:
        return
    yield (
        _("Weging"),
        _(
            "Raking met de methode van Newton. De gewogen verdeling is dan gelijk aan die van alle "
            "klanten, tot op 1e-10. Geen gewicht is hoger dan vijf keer het gemiddelde. "
            "Groepen van minder dan tien deelnemers gaan samen met een buur. "
            "Daarna krijgen mensen met bijna hetzelfde gewicht precies hetzelfde gewicht. "
            "Zo is niemand te herkennen. De verdeling klopt dan nog bijna."
        ),
    )
    yield (
        _("Marge na weging"),
        _(
            "%(level)s, met de methode van Wilson en de t-verdeling, eerder te breed dan te smal. "
            "Het is de onzekerheidsmarge als meedoen alleen van deze kenmerken afhangt.",
            level=_LEVEL,
        ),
    )
    yield (
        _("Gevoeligheid"),
        _(
            "“Keer zo vaak” is een odds ratio: de odds om mee te doen, gedeeld door die van "
            "anderen. Het deel van alle klanten volgt dan uit de respons en de regel van Bayes."
        ),
    )
    yield _("Deelnemers tellen na weging als"), round(report.opinions.effective)


def programs(origin: Origin, wording: Wording) -> tuple[str, Cell]:
    """What computed the numbers."""
    _ = wording.translate
    return _("Programma’s"), ", ".join(f"{name} {held}" for name, held in origin.versions.items())


def day(held: date, wording: Wording) -> str:
    """``1 oktober 2026``."""
    return str(format_date(held, "d MMMM yyyy", locale=wording.language))


def moment(held: datetime, wording: Wording) -> str:
    """``1 oktober 2026 21:00``, on the clocks of Amsterdam."""
    said = format_datetime(held, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=wording.language)
    return str(said)
