"""Forms of the election desk."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import ClassVar, cast

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from consult.elections.actions.prepare import Nomination
from consult.elections.core.draw import Beacon
from consult.elections.core.election import Plan, Ties
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.refusal import Refusal
from consult.web.errors import words
from consult.web.forms import MomentField

_NEEDED = InputRequired(_("Vul dit in."))
_WORDS_NEEDED = DataRequired(_("Vul dit in."))  # spaces alone are no words


def _at_most(signs: int) -> Length:
    return Length(max=signs, message=_("Maak dit korter. Er passen %(n)s tekens in.", n=signs))


_PROBLEMS = {
    "missing": _("Vul dit in."),
    "board_size": _("Kies een getal van 1 tot en met %(most)s."),
    "choices": _("Kies een getal van 1 tot het aantal leden van het bestuur."),
    "before_opening": _("Het einde moet na het begin liggen."),
    "in_the_past": _("Dit moment is al voorbij. Kies een later moment."),
    "before_closing": _("Kies een dag na het einde van het stemmen."),
    "before_start": _("Kies een dag na het begin."),
    "term": _("Een lid blijft hoogstens %(years)s jaar. Kies een eerdere dag."),
    "after_opening": _("De peildatum mag niet na het begin van het stemmen liggen."),
}


OFFICES = {
    CHAIR: _("Voorzitter. Alleen wie een woning huurt, kan dat worden."),
    EXECUTIVE: _("Dagelijks bestuur: secretaris of penningmeester."),
}


class _DeskForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A form that tells a refusal at the field that it is about."""

    about: ClassVar[Mapping[str, str]] = {}
    """The name of the field by the code of the refusal."""

    def take(self, refusal: Refusal) -> None:
        """Show why the act was refused; what belongs to no field goes its own way."""
        if refusal.code not in self.about:
            raise refusal
        self._tell(self.about[refusal.code], words(refusal))

    def _tell(self, name: str, message: object) -> None:
        self[name].errors = [*self[name].errors, message]


class PlanForm(_DeskForm):
    """What the council decides before anybody stands. Times are those of Amsterdam."""

    about: ClassVar = {"elections.roll_drawn": "reference_date"}

    title = StringField(_("Naam van de verkiezing"), [_WORDS_NEEDED, _at_most(120)])
    profile = TextAreaField(_("Profiel: wat heeft het bestuur nodig?"), [_WORDS_NEEDED])
    max_board = IntegerField(_("Hoeveel leden mag het bestuur hebben?"), [_NEEDED])
    max_choices = IntegerField(_("Hoeveel namen mag iemand kiezen?"), [_NEEDED])
    reference_date = DateField(_("Peildatum: wie is op deze dag klant?"), [_NEEDED])
    opens_at = MomentField(_("Stemmen kan vanaf"), [_NEEDED])
    closes_at = MomentField(_("Stemmen kan tot"), [_NEEDED])
    seats_from = DateField(_("De gekozen leden beginnen op"), [_NEEDED])
    seats_until = DateField(_("De gekozen leden blijven tot"), [_NEEDED])
    ties = RadioField(
        _("Hoe loot u bij gelijke stemmen?"),
        choices=(
            SelectChoice(
                Ties.PUBLIC_DRAW, _("Loting in het openbaar. Twee mensen vullen de volgorde in.")
            ),
            SelectChoice(
                Ties.COMMIT_BEACON,
                _("Berekende loting. Drie sleutelhouders en een getal van buiten bepalen het lot."),
            ),
        ),
        default=Ties.PUBLIC_DRAW,
    )
    beacon = StringField(_("Welk getal van buiten?"), [_at_most(300)])

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        """The form, filled with a plan that can be changed."""
        return cls(data={field.name: getattr(plan, field.name) for field in fields(plan)})

    def take(self, refusal: Refusal) -> None:
        """As for every form; a plan that is wrong says so at each field."""
        if refusal.code != "elections.plan_wrong":
            super().take(refusal)
        for name, problem in cast(Mapping[str, str], refusal.facts.get("fields", {})).items():
            self._tell(name, _PROBLEMS[problem] % refusal.facts)

    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(
            title=self.title.data,
            profile=self.profile.data,
            max_board=self.max_board.data,
            max_choices=self.max_choices.data,
            reference_date=self.reference_date.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            seats_from=self.seats_from.data,
            seats_until=self.seats_until.data,
            ties=Ties(self.ties.data),
            beacon=(self.beacon.data or "").strip(),
        )


class NominationForm(_DeskForm):
    """One candidate."""

    about: ClassVar = {
        "elections.candidate_not_on_roll": "customer_number",
        "elections.candidate_twice": "customer_number",
        "elections.candidate_same_name": "name",
        "elections.candidate_too_long": "statement",
        "elections.chair_not_tenant": "also",
        "elections.office_not_elected": "also",
    }

    customer_number = StringField(_("Klantnummer"), [_WORDS_NEEDED, _at_most(40)])
    name = StringField(_("Naam op het stembiljet"), [_WORDS_NEEDED, _at_most(80)])
    statement = TextAreaField(_("Wat wil deze kandidaat vertellen?"), [_WORDS_NEEDED])
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


class HolderForm(_DeskForm):
    """One holder of the key."""

    name = StringField(_("Naam van de sleutelhouder"), [_WORDS_NEEDED, _at_most(80)])


class BeaconForm(_DeskForm):
    """The number from outside that a computed lot waits for."""

    about: ClassVar = {
        "elections.beacon_unusable": "value",
        "elections.beacon_differs": "value",
        "elections.beacon_sourceless": "source",
    }

    value = StringField(_("Het getal van buiten"), [_WORDS_NEEDED, _at_most(400)])
    source = StringField(_("Waar kan iedereen dit nakijken?"), [_WORDS_NEEDED, _at_most(300)])

    def beacon(self) -> Beacon:
        """What was filled in."""
        return Beacon(self.value.data, self.source.data)


class SigningForm(_DeskForm):
    """The two groups of the record's fingerprint that are blank for whoever signs."""

    about: ClassVar = {"elections.digest_mistyped": "first"}

    first = StringField(_("Eerste lege groep"), [_WORDS_NEEDED, _at_most(20)])
    second = StringField(_("Tweede lege groep"), [_WORDS_NEEDED, _at_most(20)])

    def typed(self) -> tuple[str, str]:
        """What was filled in."""
        return self.first.data, self.second.data


class RefillForm(_DeskForm):
    """Who is still available for an empty seat, and from which day on."""

    about: ClassVar = {
        "elections.refill_start": "start",
        "elections.refill_unavailable": "available",
    }

    start = DateField(_("Eerste dag in het bestuur"), [_NEEDED])
    available = SelectMultipleField(_("Wie wil nog in het bestuur?"))

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """The candidates who may come in: id and name."""
        self.available.choices = [SelectChoice(one, name) for one, name in people]


def drawn_order(entered: Mapping[str, str]) -> list[str]:
    """Who came first, second, … in a draw: candidates in the order of the places given to them.

    Raises:
        Refusal: ``elections.lot_incomplete`` unless every place is given once.
    """
    places = {one: place for one, place in entered.items() if place.isdecimal()}
    if sorted(places.values()) != sorted(str(place + 1) for place in range(len(places))):
        raise Refusal("elections.lot_incomplete")
    return sorted(places, key=lambda one: int(places[one]))
