"""Forms of the desk about people: who stands, who holds the key, who comes in later."""

from collections.abc import Iterable
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from consult.elections.actions.prepare import Nomination
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.forms.base import NEEDED, WORDS_NEEDED, DeskForm, at_most

OFFICES = {
    CHAIR: _("Voorzitter. Alleen wie een woning huurt, kan dat worden."),
    EXECUTIVE: _("Dagelijks bestuur: secretaris of penningmeester."),
}


class NominationForm(DeskForm):
    """One candidate."""

    about: ClassVar = {
        "elections.candidate_not_on_roll": "customer_number",
        "elections.candidate_twice": "customer_number",
        "elections.candidate_same_name": "name",
        "elections.candidate_too_long": "statement",
        "elections.chair_not_tenant": "also",
        "elections.office_not_elected": "also",
    }

    customer_number = StringField(_("Klantnummer"), [WORDS_NEEDED, at_most(40)])
    name = StringField(_("Naam op het stembiljet"), [WORDS_NEEDED, at_most(80)])
    statement = TextAreaField(_("Wat wil deze kandidaat vertellen?"), [WORDS_NEEDED])
    also = SelectMultipleField(_("Wil deze kandidaat ook een functie?"))

    def offer(self, offices: Iterable[str]) -> None:
        """The offices that voters elect besides the board; without any the question goes."""
        self.also.choices = [
            SelectChoice(one, label) for one, label in OFFICES.items() if one in offices
        ]
        if not self.also.choices:
            del self.also

    def nomination(self) -> Nomination:
        """What was filled in."""
        offices = frozenset({BOARD, *(self.also.data if self.also else ())})
        return Nomination(self.customer_number.data, self.name.data, self.statement.data, offices)


class HolderForm(DeskForm):
    """One holder of the key."""

    name = StringField(_("Naam van de sleutelhouder"), [WORDS_NEEDED, at_most(80)])


class RefillForm(DeskForm):
    """Who is still available for an empty seat, and from which day on."""

    about: ClassVar = {
        "elections.refill_start": "start",
        "elections.refill_unavailable": "available",
    }

    start = DateField(_("Eerste dag in het bestuur"), [NEEDED])
    available = SelectMultipleField(_("Wie wil nog in het bestuur?"))

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """The candidates who may come in: id and name."""
        self.available.choices = [SelectChoice(one, name) for one, name in people]
