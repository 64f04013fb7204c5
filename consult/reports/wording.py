"""What groups and numbers are called, in one language."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.numbers import format_decimal

from consult.register.core.base import AgeBand, Kind
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
        return said if said == nought else f"{'+' if share > 0 else '−'}{said}"

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
        if dimension is Dimension.AGE_BAND:
            return self._age(AgeBand(label))
        if dimension is Dimension.KIND:
            return self._kind(Kind(label))
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
        return {
            AgeBand.MINOR.value: _("Klanten jonger dan 18 jaar"),
            AgeBand.UNKNOWN.value: _("Klanten van onbekende leeftijd"),
        }.get(label, _("Klanten van %(ages)s", ages=named))

    def together(self) -> str:
        """What the hidden groups are called together."""
        _ = self.translate
        return _("Niet getoonde groepen samen")

    def _age(self, band: AgeBand) -> str:
        _ = self.translate
        youngest, _dash, oldest = band.partition("-")
        return {
            AgeBand.MINOR: _("Jonger dan 18 jaar"),
            AgeBand.OLDEST: _("75 jaar en ouder"),
            AgeBand.UNKNOWN: _("Leeftijd onbekend"),
        }.get(band) or _("%(youngest)s t/m %(oldest)s jaar", youngest=youngest, oldest=oldest)

    def _kind(self, kind: Kind) -> str:
        _ = self.translate
        return {
            Kind.TENANT: _("Huurders van een woning"),
            Kind.OWNER: _("Kopers"),
            Kind.ENTREPRENEUR: _("Ondernemers"),
            Kind.SPACE: _("Huurders van alleen een parkeerplaats of berging"),
        }[kind]
