"""Forms of the election desk."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import ClassVar, cast

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from consult.council.core.agreement import LARGEST_BOARD
from consult.elections.actions.prepare import Nomination
from consult.elections.core.election import Plan
from consult.elections.core.preselection import Score, Verdict
from consult.elections.core.profile import Competence
from consult.refusal import Refusal
from consult.web.errors import words
from consult.web.forms import MomentField

_NEEDED = InputRequired(_("Vul dit in."))
_WORDS_NEEDED = DataRequired(_("Vul dit in."))  # spaces alone are no words


def _at_most(signs: int) -> Length:
    return Length(max=signs, message=_("Maak dit korter. Er passen %(n)s tekens in.", n=signs))


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

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        """The form, filled with a plan that can be changed."""
        return cls(data={field.name: getattr(plan, field.name) for field in fields(plan)})

    def take(self, refusal: Refusal) -> None:
        """As for every form; a plan that is wrong says so at each field."""
        if refusal.code != "elections.plan_wrong":
            super().take(refusal)
        for name, problem in cast(Mapping[str, str], refusal.facts.get("fields", {})).items():
            self._tell(name, _PROBLEMS[problem])

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
        )


class NominationForm(_DeskForm):
    """One candidate."""

    about: ClassVar = {
        "elections.candidate_not_on_roll": "customer_number",
        "elections.candidate_twice": "customer_number",
        "elections.candidate_same_name": "name",
        "elections.candidate_too_long": "statement",
    }

    customer_number = StringField(_("Klantnummer"), [_WORDS_NEEDED, _at_most(40)])
    name = StringField(_("Naam op het stembiljet"), [_WORDS_NEEDED, _at_most(80)])
    statement = TextAreaField(_("Wat wil deze kandidaat vertellen?"), [_WORDS_NEEDED])

    def nomination(self) -> Nomination:
        """What was filled in."""
        return Nomination(self.customer_number.data, self.name.data, self.statement.data)


class HolderForm(_DeskForm):
    """One holder of the key."""

    name = StringField(_("Naam van de sleutelhouder"), [_WORDS_NEEDED, _at_most(80)])


def drawn_order(entered: Mapping[str, str]) -> list[str]:
    """Who came first, second, … in a draw: candidates in the order of the places given to them.

    Raises:
        Refusal: ``elections.lot_incomplete`` unless every place is given once.
    """
    places = {one: place for one, place in entered.items() if place.isdecimal()}
    if sorted(places.values()) != sorted(str(place + 1) for place in range(len(places))):
        raise Refusal("elections.lot_incomplete")
    return sorted(places, key=lambda one: int(places[one]))


def entered_scores(
    entered: Mapping[str, str], competences: Iterable[Competence]
) -> dict[str, Score]:
    """The scores and reasons of one applicant; a score of 0 where none was chosen."""
    return {
        one.id: Score(
            _figure(entered.get(f"value_{one.id}", "")), entered.get(f"reason_{one.id}", "")
        )
        for one in competences
    }


def entered_verdicts(entered: Mapping[str, str], applications: Iterable[str]) -> list[Verdict]:
    """The verdicts that were chosen; an applicant without a choice is left out."""
    return [
        Verdict(
            one,
            entered[f"admitted_{one}"] == "yes",
            entered.get(f"reason_{one}", ""),
            entered.get(f"against_{one}", ""),
        )
        for one in applications
        if entered.get(f"admitted_{one}") in {"yes", "no"}
    ]


def _figure(typed: str) -> int:
    return int(typed) if len(typed) == 1 and typed.isdecimal() else 0
