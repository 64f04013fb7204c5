"""Forms for newer rules: a file, or the rules in force with other numbers.

Both end in the same file and the same reader, so that there is one place that says what is wrong.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from consult.canonical import canonical
from consult.council.core.agreement import Agreement, Elects, Ties, Uncontested
from consult.council.core.rule_file import LARGEST_FILE, PARTS, write
from consult.council.core.rules import IfShort
from consult.refusal import Refusal
from consult.web.errors import words

_NEEDED: Final = InputRequired(_("Vul dit in."))
_CHOICE: Final = InputRequired(_("Maak een keuze."))
NUMBERS: Final = {
    "num": _("Meer dan dit aantal"),
    "den": _("van de"),
    "value": _("Aantal"),
}
_WHO_ELECTS: Final = (
    SelectChoice(Elects.BOARD, _("Het bestuur")),
    SelectChoice(Elects.VOTERS, _("De kiezers")),
)
_YES_NO: Final = (SelectChoice("yes", _("Ja")), SelectChoice("no", _("Nee")))


class FileForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """One file of rules."""

    file = FileField(
        _("Bestand met regels"),
        [FileRequired(_("Kies eerst een bestand."))],
        render_kw={"accept": ".json,application/json"},
    )

    def raw(self) -> bytes:
        """What was handed in, and no more than can be a file of rules."""
        held: bytes = self.file.data.read(LARGEST_FILE + 1)
        return held

    def take(self, refusal: Refusal) -> None:
        """Show what is wrong with the file."""
        self.file.errors = [*self.file.errors, words(refusal)]


class RulesForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """The numbers and the settings of a set of rules. ``of`` adds the fields of each rule."""

    start = DateField(_("Vanaf welke dag gelden de regels?"), [_NEEDED])
    source = StringField(_("Waar staan deze regels?"), [_NEEDED])
    end = DateField(_("Tot welke dag geldt die tekst?"), [Optional()])
    largest_board_value = IntegerField(_("Hoeveel leden heeft het bestuur hoogstens?"), [_NEEDED])
    largest_board_article = StringField(_("Artikel"), [_NEEDED], render_kw={"width": "10"})
    settings_electorate = SelectMultipleField(
        _("Wie mag stemmen en zich kandidaat stellen?"),
        [_CHOICE],
        choices=(
            SelectChoice("tenant", _("Huurders van een woning")),
            SelectChoice("owner", _("Kopers")),
            SelectChoice("entrepreneur", _("Ondernemers")),
        ),
    )
    settings_ties = RadioField(
        _("Wat gebeurt er bij evenveel stemmen?"),
        [_CHOICE],
        choices=(
            SelectChoice(Ties.PUBLIC_DRAW, _("Loting waar iedereen bij mag zijn")),
            SelectChoice(Ties.COMMIT_BEACON, _("Loting met een getal dat niemand vooraf kent")),
        ),
    )
    settings_unfilled = RadioField(
        _("Een plaats voor een groep blijft leeg. Wat dan?"),
        [_CHOICE],
        choices=(
            SelectChoice(IfShort.RELEASE, _("De plaats gaat naar een andere kandidaat")),
            SelectChoice(IfShort.HOLD, _("De plaats blijft leeg")),
        ),
    )
    settings_uncontested = RadioField(
        _("Er zijn niet meer kandidaten dan plaatsen. Wat dan?"),
        [_CHOICE],
        choices=(
            SelectChoice(Uncontested.CONFIRM, _("Kiezers zeggen ja of nee bij elke kandidaat")),
            SelectChoice(Uncontested.ELECT, _("De kandidaten zijn gekozen")),
        ),
    )
    settings_chair_by = RadioField(_("Wie kiest de voorzitter?"), [_CHOICE], choices=_WHO_ELECTS)
    settings_executive_by = RadioField(
        _("Wie kiest het dagelijks bestuur?"), [_CHOICE], choices=_WHO_ELECTS
    )
    settings_term_years = IntegerField(_("Hoeveel jaar blijft een lid hoogstens?"), [_NEEDED])
    settings_most_terms = IntegerField(
        _("Hoe vaak achter elkaar mag iemand lid zijn?"),
        [Optional()],
        description=_("Laat dit leeg voor geen grens. Wij tellen de keren mee die wij kennen."),
    )
    settings_co_optation = RadioField(
        _("Mag het bestuur tussendoor zelf een lid vragen?"), [_CHOICE], choices=_YES_NO
    )

    @classmethod
    def of(cls, agreement: Agreement) -> "RulesForm":
        """The form, filled with a set of rules, with fields for each of its rules."""
        shape = json.loads(write(agreement))
        del shape["start"]
        fields = {
            _name(place): _field(place, value)
            for place, value in _places(shape)
            if _name(place) not in cls.__dict__ and _last(place) in (*NUMBERS, "article")
        }
        made: type[RulesForm] = type("AdaptedRulesForm", (cls,), fields)
        filled = {_name(place): value for place, value in _places(shape)}
        settings = agreement.settings
        filled["settings_electorate"] = list(settings.electorate)
        filled["settings_co_optation"] = "yes" if settings.co_optation else "no"
        filled["end"] = None
        return made(data=filled)

    def numbers(self, part: str, place: int) -> list[Any]:
        """The fields of one rule, in the order in which a sentence names them."""
        names = (f"{part}_{place}_{name}" for name in (*NUMBERS, "article"))
        return [self[name] for name in names if name in self]

    def raw(self, agreement: Agreement) -> bytes:
        """The file that follows from ``agreement`` and what was filled in."""
        shape = json.loads(write(agreement))
        for place, _value in list(_places(shape)):
            if _name(place) in self:
                _put(shape, place, self[_name(place)].data)
        shape["start"] = self.start.data.isoformat()
        shape.pop("end", None)
        if self.end.data:
            shape["end"] = self.end.data.isoformat()
        settings = shape["settings"]
        settings["electorate"] = self.settings_electorate.data
        settings["co_optation"] = self.settings_co_optation.data == "yes"
        return canonical(shape)

    def take(self, refusal: Refusal) -> None:
        """Show what is wrong, at the field that it is about where there is one."""
        name = re.sub(r"\W+", "_", str(refusal.facts.get("field", ""))).strip("_")
        if name in self:
            named = Refusal(refusal.code, **{**refusal.facts, "field": self[name].label.text})
            self[name].errors = [*self[name].errors, words(named)]
        else:
            self.form_errors.append(words(refusal))


Place = tuple[str | int, ...]


def _places(shape: dict[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Every value in a file of rules, with its place."""
    for name, value in shape.items():
        if name in PARTS:
            for number, rule in enumerate(value):
                yield from ((((name, number, field)), found) for field, found in rule.items())
        elif isinstance(value, dict):
            yield from (((name, field), found) for field, found in value.items())
        else:
            yield (name,), value


def _put(shape: Any, place: Place, value: object) -> None:
    *way, last = place
    for step in way:
        shape = shape[step]
    shape[last] = value


def _name(place: Place) -> str:
    return "_".join(str(step) for step in place)


def _last(place: Place) -> str:
    return str(place[-1])


def _field(place: Place, value: object) -> Any:
    if _last(place) == "article":
        return StringField(_("Artikel"), [_NEEDED], render_kw={"width": "10"})
    del value
    return IntegerField(NUMBERS[_last(place)], [_NEEDED])
