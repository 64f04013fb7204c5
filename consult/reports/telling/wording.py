"""What groups and numbers are called, in one language."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.numbers import format_decimal

from consult.register.core.base import AgeBand, Dwelling, Household, Kind, Tenancy
from consult.reports.core.chain import Dimension
from consult.surveys.actions import naming
from consult.wording import gettext

Translate = Callable[..., str]
_COARSE = frozenset({"35-64", "65+", "other"})
"""Groups that only the results of consultations have (``consult.surveys.core.sealed.strata``)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """``translate`` is gettext of the language; ``language`` writes the numbers."""

    translate: Translate
    language: str

    @classmethod
    def of(cls, language: str) -> "Wording":
        """The words of a language, inside a request and outside."""
        said = gettext(language)

        def translate(text: str, **facts: object) -> str:
            return said(text) % facts if facts else said(text)

        return cls(translate, language)

    def whole(self, number: int) -> str:
        """``12.345``."""
        return str(format_decimal(number, locale=self.language))

    def decimal(self, number: float) -> str:
        """``1,04``."""
        return str(format_decimal(number, "0.00", locale=self.language))

    def tenths(self, number: float) -> str:
        """``1,0``."""
        return str(format_decimal(number, "0.0", locale=self.language))

    def number(self, number: float) -> str:
        """``1,25``, without noughts at the end."""
        return str(format_decimal(number, "0.##", locale=self.language))

    def exact(self, number: float) -> str:
        """``1,041667``, without separators of thousands."""
        return str(format_decimal(number, "0.000000", locale=self.language))

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as ``12,3 %``, which no line end breaks."""
        return f"{format_decimal(share * 100, '0.0', locale=self.language)}\u00a0%"

    def points(self, share: float) -> str:
        """A difference between shares as ``+2,1``, in percentage points; never ``-0,0``."""
        said = format_decimal(abs(share) * 100, "0.0", locale=self.language)
        nought = format_decimal(0, "0.0", locale=self.language)
        return said if said == nought else f"{'+' if share > 0 else '-'}{said}"

    def dimension(self, dimension: Dimension) -> str:
        """What the groups are made by."""
        _ = self.translate
        return {
            Dimension.AGE_BAND: _("Leeftijd"),
            Dimension.NEIGHBOURHOOD: _("Wijk"),
            Dimension.KIND: _("Soort klant"),
            Dimension.DWELLING: _("Soort woning"),
            Dimension.TENANCY: _("Hoe lang klant"),
            Dimension.HOUSEHOLD: _("Huishouden"),
        }[dimension]

    def group(self, dimension: Dimension, label: str) -> str:
        """What a group is called in a table."""
        _ = self.translate
        if label in _COARSE:
            return naming.group((dimension, label), self.language)
        named = {
            Dimension.AGE_BAND: self._age,
            Dimension.KIND: self._kind,
            Dimension.DWELLING: self._dwelling,
            Dimension.TENANCY: self._tenancy,
            Dimension.HOUSEHOLD: self._household,
        }
        if dimension in named:
            return named[dimension](label)
        return _("Wijk onbekend") if label in {"", AgeBand.UNKNOWN} else label

    def people(self, dimension: Dimension, label: str) -> str:
        """Who the people of a group are, to begin a sentence with."""
        _ = self.translate
        named = self.group(dimension, label)
        if dimension is Dimension.KIND or label == "other":
            return named
        if dimension is Dimension.NEIGHBOURHOOD:
            nowhere = label in {"", AgeBand.UNKNOWN}
            return _("Klanten zonder wijk") if nowhere else _("Klanten uit %(place)s", place=label)
        if dimension is not Dimension.AGE_BAND:
            return self._others(dimension, label, named)
        return {
            AgeBand.MINOR.value: _("Klanten jonger dan 18 jaar"),
            AgeBand.UNKNOWN.value: _("Klanten van onbekende leeftijd"),
        }.get(label, _("Klanten van %(ages)s", ages=named))

    def _others(self, dimension: Dimension, label: str, named: str) -> str:
        _ = self.translate
        if label == Tenancy.UNKNOWN:
            return {
                Dimension.DWELLING: _("Klanten van wie wij de woning niet kennen"),
                Dimension.TENANCY: _("Klanten van wie wij de begindatum niet kennen"),
            }.get(dimension, _("Klanten van wie wij het huishouden niet kennen"))
        if dimension is Dimension.TENANCY:
            return {
                Tenancy.NEW.value: _("Mensen die korter dan twee jaar klant zijn"),
                Tenancy.LONGEST.value: _("Mensen die twintig jaar of langer klant zijn"),
            }.get(label, _("Mensen die %(years)s klant zijn", years=named))
        if dimension is Dimension.HOUSEHOLD:
            return {
                Household.ONE.value: _("Mensen die alleen wonen"),
                Household.TWO.value: _("Huishoudens van twee mensen"),
                Household.FEW.value: _("Huishoudens van drie of vier mensen"),
            }.get(label, _("Huishoudens van vijf of meer mensen"))
        return {
            Dwelling.HOUSE.value: _("Mensen in een eengezinswoning"),
            Dwelling.DUPLEX.value: _("Mensen in een boven- of benedenwoning"),
            Dwelling.FLAT.value: _("Mensen in een flat of portiekwoning"),
            Dwelling.SENIOR.value: _("Mensen in een woning met zorg of voor ouderen"),
            Dwelling.ROOM.value: _("Mensen op een kamer"),
            Dwelling.SPECIAL.value: _("Mensen in een bijzondere woning"),
        }.get(label, _("Klanten zonder woning"))

    def together(self) -> str:
        """What the hidden groups are called together."""
        _ = self.translate
        return _("Overige groepen samen")

    def _age(self, label: str) -> str:
        _, band = self.translate, AgeBand(label)
        youngest, _dash, oldest = band.partition("-")
        return {
            AgeBand.MINOR: _("Jonger dan 18 jaar"),
            AgeBand.OLDEST: _("75 jaar en ouder"),
            AgeBand.UNKNOWN: _("Leeftijd onbekend"),
        }.get(band) or _("%(youngest)s t/m %(oldest)s jaar", youngest=youngest, oldest=oldest)

    def _kind(self, label: str) -> str:
        _ = self.translate
        return {
            Kind.TENANT: _("Huurders van een woning"),
            Kind.OWNER: _("Kopers"),
            Kind.ENTREPRENEUR: _("Ondernemers"),
            Kind.SPACE: _("Huurders van alleen een parkeerplaats of berging"),
        }[Kind(label)]

    def _dwelling(self, label: str) -> str:
        _ = self.translate
        return {
            Dwelling.HOUSE: _("Eengezinswoning"),
            Dwelling.DUPLEX: _("Boven- of benedenwoning"),
            Dwelling.FLAT: _("Flat of portiekwoning"),
            Dwelling.SENIOR: _("Woning met zorg of voor ouderen"),
            Dwelling.ROOM: _("Kamer"),
            Dwelling.SPECIAL: _("Bijzondere woning"),
            Dwelling.NONE: _("Geen woning"),
            Dwelling.UNKNOWN: _("Soort woning onbekend"),
        }[Dwelling(label)]

    def _tenancy(self, label: str) -> str:
        _, band = self.translate, Tenancy(label)
        youngest, _dash, oldest = band.partition("-")
        return {
            Tenancy.NEW: _("Korter dan 2 jaar"),
            Tenancy.LONGEST: _("20 jaar of langer"),
            Tenancy.UNKNOWN: _("Begindatum onbekend"),
        }.get(band) or _("%(youngest)s t/m %(oldest)s jaar", youngest=youngest, oldest=oldest)

    def _household(self, label: str) -> str:
        _ = self.translate
        return {
            Household.ONE: _("1 persoon"),
            Household.TWO: _("2 personen"),
            Household.FEW: _("3 of 4 personen"),
            Household.MANY: _("5 of meer personen"),
            Household.UNKNOWN: _("Huishouden onbekend"),
        }[Household(label)]
