"""Forms of the election desk."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, ClassVar, cast

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from consult.council.core.agreement import Ties
from consult.council.core.rules import IfShort
from consult.elections.actions.prepare import Nomination
from consult.elections.core.draw import Beacon
from consult.elections.core.election import Plan, Preselection
from consult.elections.core.needs import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    Problem,
    Wrong,
)
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.preselection import Score, Verdict
from consult.elections.core.profile import Attribute, Competence, Reserved
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
    "after_voting": _("Het aanmelden moet klaar zijn voordat het stemmen begint."),
    "after_opening": _("De peildatum mag niet na het begin van het stemmen liggen."),
}


OFFICES = {
    CHAIR: _("Voorzitter. Alleen wie een woning huurt, kan dat worden."),
    EXECUTIVE: _("Dagelijks bestuur: secretaris of penningmeester."),
}
_PROFILE_PROBLEMS: Mapping[Wrong, tuple[str, Any]] = {
    Wrong.TOO_MANY: ("", _("Er staat al zoveel in als kan. Haal eerst iets weg.")),
    Wrong.NAME_MISSING: ("name", _("Vul dit in.")),
    Wrong.NAME_LONG: ("name", _("Maak dit korter. Er passen %(n)s tekens in.", n=LONGEST_NAME)),
    Wrong.NAME_TWICE: ("name", _("Dit staat al in het profiel. Kies een andere naam.")),
    Wrong.ABOUT_LONG: (
        "explanation",
        _("Maak dit korter. Er passen %(n)s tekens in.", n=LONGEST_ABOUT),
    ),
    Wrong.VALUES_MISSING: ("values", _("Kies minstens één groep.")),
    Wrong.VALUE_TWICE: ("values", _("Er staat iets dubbel. Noem elke groep één keer.")),
    Wrong.VALUE_UNKNOWN: ("values", _("Dit kennen wij niet of kan niet: %(value)s.")),
    Wrong.GROUP_TWICE: ("values", _("Voor deze groep zijn er al plaatsen. Wijzig die.")),
    Wrong.SEATS: ("seats", _("Kies een getal van 1 tot het aantal leden van het bestuur.")),
    Wrong.IMPOSSIBLE: ("seats", _("Zoveel plaatsen kan nooit volgens de regels. Kies er minder.")),
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
            preselection=Preselection(self.preselection.data),
            nominate_from=self.nominate_from.data,
            nominate_until=self.nominate_until.data,
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


class _PartForm(_DeskForm):
    """A form of one part of a profile; ``first`` is the field that stands for all of it."""

    first: ClassVar[str]

    def complain(self, problems: Iterable[Problem]) -> None:
        """Say at each field what is wrong with it."""
        for problem in problems:
            field, message = _PROFILE_PROBLEMS[problem.wrong]
            self._tell(field or self.first, message % {"value": problem.value})


class CompetenceForm(_PartForm):
    """Something that the members together must know or be able to do."""

    first: ClassVar = "name"

    name = StringField(_("Wat moeten de leden samen kunnen of kennen?"))
    explanation = TextAreaField(_("Uitleg"), description=_("Dit mag leeg blijven."))

    @classmethod
    def of(cls, held: Competence) -> "CompetenceForm":
        """The form, filled with a competence."""
        return cls(data={"name": held.name, "explanation": held.about})

    def competence(self, part_id: str) -> Competence:
        """What was filled in."""
        words_of = (" ".join((field.data or "").split()) for field in (self.name, self.explanation))
        return Competence(part_id, *words_of)


class ReservedForm(_PartForm):
    """Seats for a group of which the register knows the values."""

    first: ClassVar = "values"

    values: Any = SelectMultipleField(_("Voor wie?"), validate_choice=False)
    seats = IntegerField(_("Hoeveel plaatsen minstens?"), [_NEEDED], default=1)
    if_short = SelectField(
        _("Als niemand van deze groep zich meldt"),
        choices=[
            SelectChoice(IfShort.RELEASE, _("Dan is de plaats voor iedereen")),
            SelectChoice(IfShort.HOLD, _("Dan blijft de plaats leeg")),
        ],
    )

    @classmethod
    def of(cls, held: Reserved, choices: Mapping[str, str]) -> "ReservedForm":
        """The form of these seats, with the values that can be chosen and what they are called."""
        data = {"seats": held.seats, "if_short": held.if_short}
        if held.attribute is Attribute.BACKGROUND:
            return BackgroundForm(data={**data, "values": "\n".join(held.values)})
        form = cls(data={**data, "values": list(held.values)})
        form.values.choices = [SelectChoice(value, label) for value, label in choices.items()]
        return form

    def reserved(self, part_id: str, attribute: Attribute) -> Reserved:
        """What was filled in."""
        return Reserved(
            part_id, attribute, self._values(), self.seats.data, IfShort(self.if_short.data)
        )

    def _values(self) -> tuple[str, ...]:
        return tuple(self.values.data or ())


class BackgroundForm(ReservedForm):
    """Seats for who openly stands for a background; each on a line of its own."""

    values = TextAreaField(
        _("Welke achtergronden?"), description=_("Zet elke achtergrond op een eigen regel.")
    )

    def _values(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in (self.values.data or "").splitlines())
        return tuple(line for line in lines if line)


class ExtensionForm(_DeskForm):
    """A later end of the nominations."""

    about: ClassVar = {
        "elections.extension_early": "until",
        "elections.extension_late": "until",
    }

    until = MomentField(_("Klanten melden zich aan tot"), [_NEEDED])


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
