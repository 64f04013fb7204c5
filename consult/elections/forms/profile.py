"""Forms of a profile: what the board needs, and a later end of the nominations."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from consult.council.core.rules import IfShort
from consult.elections.core.needs import LONGEST_ABOUT, LONGEST_NAME, Problem, Wrong
from consult.elections.core.profile import Attribute, Competence, Reserved
from consult.elections.forms.base import NEEDED, DeskForm
from consult.web.forms import MomentField

_PROBLEMS: Mapping[Wrong, tuple[str, Any]] = {
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


class _PartForm(DeskForm):
    """A form of one part of a profile; ``first`` is the field that stands for all of it."""

    first: ClassVar[str]

    def complain(self, problems: Iterable[Problem]) -> None:
        """Say at each field what is wrong with it."""
        for problem in problems:
            field, message = _PROBLEMS[problem.wrong]
            self.tell(field or self.first, message % {"value": problem.value})


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
    seats = IntegerField(_("Hoeveel plaatsen minstens?"), [NEEDED], default=1)
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


class ExtensionForm(DeskForm):
    """A later end of the nominations."""

    about: ClassVar = {
        "elections.extension_early": "until",
        "elections.extension_late": "until",
    }

    until = MomentField(_("Klanten melden zich aan tot"), [NEEDED])
