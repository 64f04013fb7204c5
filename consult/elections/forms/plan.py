"""The form of an election's plan."""

from collections.abc import Mapping
from dataclasses import fields
from typing import ClassVar, cast

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from consult.council.core.agreement import Ties
from consult.elections.core.election import Plan, Preselection
from consult.elections.forms.base import NEEDED, WORDS_NEEDED, DeskForm, at_most
from consult.refusal import Refusal
from consult.web.forms import MomentField

_PROBLEMS = {
    "missing": _("Vul dit in."),
    "board_size": _("Kies een getal van 1 tot en met %(most)s."),
    "choices": _("Kies een getal van 1 tot het aantal leden van het bestuur."),
    "before_opening": _("Het einde moet na het begin liggen."),
    "in_the_past": _("Dit moment is al voorbij. Kies een later moment."),
    "before_closing": _("Kies een dag na het einde van het stemmen."),
    "before_start": _("Kies een dag na het begin."),
    "term": _("Een lid blijft hoogstens %(years)s jaar. Kies een eerdere dag."),
    "after_voting": _("Het aanmelden moet klaar zijn voordat het stemmen begint."),
    "after_opening": _("De peildatum mag niet na het begin van het stemmen liggen."),
}


class PlanForm(DeskForm):
    """What the council decides before anybody stands. Times are those of Amsterdam."""

    about: ClassVar = {"elections.roll_drawn": "reference_date"}

    title = StringField(_("Naam van de verkiezing"), [WORDS_NEEDED, at_most(120)])
    profile = TextAreaField(_("Profiel: wat heeft het bestuur nodig?"), [WORDS_NEEDED])
    preselection = SelectField(
        _("Wie kiest uit de aanmeldingen, voordat klanten stemmen?"),
        choices=[
            SelectChoice(Preselection.NONE, _("Niemand: wie mag meedoen, komt op de lijst")),
            SelectChoice(Preselection.COUNCIL, _("De raad")),
            SelectChoice(Preselection.COMMITTEE, _("Een commissie van buiten")),
        ],
        default=Preselection.NONE,
    )
    nominate_from = MomentField(_("Klanten melden zich aan vanaf"), [Optional()])
    nominate_until = MomentField(_("Klanten melden zich aan tot"), [Optional()])
    max_board = IntegerField(_("Hoeveel leden mag het bestuur hebben?"), [NEEDED])
    max_choices = IntegerField(_("Hoeveel namen mag iemand kiezen?"), [NEEDED])
    reference_date = DateField(_("Peildatum: wie is op deze dag klant?"), [NEEDED])
    opens_at = MomentField(_("Stemmen kan vanaf"), [NEEDED])
    closes_at = MomentField(_("Stemmen kan tot"), [NEEDED])
    seats_from = DateField(_("De gekozen leden beginnen op"), [NEEDED])
    seats_until = DateField(_("De gekozen leden blijven tot"), [NEEDED])
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
    )
    beacon = StringField(_("Welk getal van buiten?"), [at_most(300)])

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        """The form, filled with a plan that can be changed."""
        return cls(data={field.name: getattr(plan, field.name) for field in fields(plan)})

    def take(self, refusal: Refusal) -> None:
        """As for every form; a plan that is wrong says so at each field."""
        if refusal.code != "elections.plan_wrong":
            super().take(refusal)
        for name, problem in cast(Mapping[str, str], refusal.facts.get("fields", {})).items():
            self.tell(name, _PROBLEMS[problem] % refusal.facts)

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
            preselection=Preselection(self.preselection.data),
            nominate_from=self.nominate_from.data,
            nominate_until=self.nominate_until.data,
        )
