"""Forms of the election desk."""

from dataclasses import fields
from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from consult.clock import AMSTERDAM, Unclear, in_amsterdam
from consult.council.core.agreement import LARGEST_BOARD
from consult.elections.actions.prepare import Nomination
from consult.elections.core.election import LONGEST_STATEMENT, Plan
from consult.refusal import Refusal

_NEEDED = InputRequired(_("Vul dit in."))


def _clear(_form: FlaskForm, field: Field) -> None:
    if isinstance(in_amsterdam(field.data), Unclear):
        raise ValidationError(_("Die tijd bestaat niet of komt twee keer voor. Kies een andere."))


def _moment(field: Field) -> datetime:
    moment = in_amsterdam(field.data)
    if isinstance(moment, Unclear):
        raise TypeError("the form was read before it was checked")
    return moment


_PROBLEMS = {
    "missing": _("Vul dit in."),
    "board_size": _("Kies een getal van 1 tot en met %(most)s.", most=LARGEST_BOARD),
    "choices": _("Kies een getal van 1 tot het aantal leden van het bestuur."),
    "before_opening": _("Het einde moet na het begin liggen."),
    "in_the_past": _("Dit moment is al voorbij. Kies een later moment."),
    "before_closing": _("Kies een dag na het einde van het stemmen."),
    "before_start": _("Kies een dag na het begin."),
    "after_opening": _("De peildatum mag niet na het begin van het stemmen liggen."),
}


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What the council decides before anybody stands. Times are those of Amsterdam."""

    title = StringField(_("Naam van de verkiezing"), [_NEEDED, Length(max=120)])
    profile = TextAreaField(_("Profiel: wat heeft het bestuur nodig?"), [_NEEDED])
    max_board = IntegerField(
        _("Hoeveel leden mag het bestuur hebben?"), [_NEEDED, NumberRange(1, LARGEST_BOARD)]
    )
    max_choices = IntegerField(_("Hoeveel namen mag iemand kiezen?"), [_NEEDED])
    reference_date = DateField(_("Peildatum: wie is op deze dag klant?"), [_NEEDED])
    opens_at = DateTimeLocalField(_("Stemmen kan vanaf"), [_NEEDED, _clear])
    closes_at = DateTimeLocalField(_("Stemmen kan tot"), [_NEEDED, _clear])
    seats_from = DateField(_("De gekozen leden beginnen op"), [_NEEDED])
    seats_until = DateField(_("De gekozen leden blijven tot"), [_NEEDED])

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        """The form, filled with a plan that can be changed."""
        held = {field.name: getattr(plan, field.name) for field in fields(plan)}
        for name in ("opens_at", "closes_at"):
            held[name] = held[name].astimezone(AMSTERDAM).replace(tzinfo=None)
        return cls(data=held)

    def take(self, refusal: Refusal) -> None:
        """Show at the fields why a plan was refused; another refusal goes its own way."""
        wrong = refusal.facts.get("fields")
        if not isinstance(wrong, dict):
            raise refusal
        for name, problem in wrong.items():
            self[name].errors = [*self[name].errors, _PROBLEMS[problem]]

    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(
            title=self.title.data,
            profile=self.profile.data,
            max_board=self.max_board.data,
            max_choices=self.max_choices.data,
            reference_date=self.reference_date.data,
            opens_at=_moment(self.opens_at),
            closes_at=_moment(self.closes_at),
            seats_from=self.seats_from.data,
            seats_until=self.seats_until.data,
        )


class NominationForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """One candidate."""

    customer_number = StringField(_("Klantnummer"), [_NEEDED, Length(max=40)])
    name = StringField(_("Naam op het stembiljet"), [_NEEDED, Length(max=80)])
    statement = TextAreaField(
        _("Wat wil deze kandidaat vertellen?"), [_NEEDED, Length(max=LONGEST_STATEMENT)]
    )

    def nomination(self) -> Nomination:
        """What was filled in."""
        return Nomination(self.customer_number.data, self.name.data, self.statement.data)


class HolderForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """One holder of the key."""

    name = StringField(_("Naam van de sleutelhouder"), [_NEEDED, Length(max=80)])


class ActForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A button without fields."""
