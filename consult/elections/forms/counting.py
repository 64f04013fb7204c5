"""Forms of the desk about the count: what decides equal votes, and signing the record."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import StringField

from consult.elections.core.draw import Beacon
from consult.elections.forms.base import WORDS_NEEDED, DeskForm, at_most
from consult.refusal import Refusal


class BeaconForm(DeskForm):
    """The number from outside that a computed lot waits for."""

    about: ClassVar = {
        "elections.beacon_unusable": "value",
        "elections.beacon_differs": "value",
        "elections.beacon_sourceless": "source",
    }

    value = StringField(_("Het getal van buiten"), [WORDS_NEEDED, at_most(400)])
    source = StringField(_("Waar kan iedereen dit nakijken?"), [WORDS_NEEDED, at_most(300)])

    def beacon(self) -> Beacon:
        """What was filled in."""
        return Beacon(self.value.data, self.source.data)


class SigningForm(DeskForm):
    """The two groups of the record's fingerprint that are blank for whoever signs."""

    about: ClassVar = {"elections.digest_mistyped": "first"}

    first = StringField(_("Eerste lege groep"), [WORDS_NEEDED, at_most(20)])
    second = StringField(_("Tweede lege groep"), [WORDS_NEEDED, at_most(20)])

    def typed(self) -> tuple[str, str]:
        """What was filled in."""
        return self.first.data, self.second.data


def drawn_order(entered: Mapping[str, str]) -> list[str]:
    """Who came first, second, … in a draw: candidates in the order of the places given to them.

    Raises:
        Refusal: ``elections.lot_incomplete`` unless every place is given once.
    """
    places = {one: place for one, place in entered.items() if place.isdecimal()}
    if sorted(places.values()) != sorted(str(place + 1) for place in range(len(places))):
        raise Refusal("elections.lot_incomplete")
    return sorted(places, key=lambda one: int(places[one]))
