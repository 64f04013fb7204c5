"""Forms of the secretary: the plan and the council's word."""

from dataclasses import fields
from typing import Final, Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from consult.surveys.core.asking.words import LANGUAGES, SOURCE, Words
from consult.surveys.core.consultation import Consultation, Mode, Plan, Stratum
from consult.surveys.forms.fields import WordsField
from consult.web.forms import MomentField

_NEEDED: Final = InputRequired(_("Vul dit in."))
MODES: Final = (
    SelectChoice(Mode.CONFIDENTIAL, _("Vertrouwelijk: alle klanten, met een code uit de brief")),
    SelectChoice(Mode.POLL, _("Open peiling: iedereen die langskomt, zonder code")),
)
ALONG: Final = (
    SelectChoice("no", _("Gaat niet mee")),
    SelectChoice("along", _("Gaat mee, wij wissen het later")),
    SelectChoice("group", _("Gaat mee, blijft als groep")),
)


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What is asked about, of whom, when, and what goes along with the answers. Times are those of
    Amsterdam."""

    title = WordsField(_("Titel"))
    intro = WordsField(_("Uitleg voor wie meedoet"), rows=5)
    mode = RadioField(_("Wie mag meedoen?"), choices=MODES, default=Mode.CONFIDENTIAL)
    languages = SelectMultipleField(
        _("In welke talen stelt u de vragen, behalve in het Nederlands?"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items() if code != SOURCE],
    )
    reference_date = DateField(_("Peildatum: wie is op deze dag klant?"), [_NEEDED])
    opens_at = MomentField(_("Open vanaf"), [_NEEDED])
    closes_at = MomentField(_("Open tot"), [_NEEDED])
    with_kind = SelectField(_("Soort klant"), choices=ALONG)
    with_age = SelectField(_("Leeftijd"), choices=ALONG)
    with_neighbourhood = SelectField(_("Wijk"), choices=ALONG)
    expected_response = IntegerField(
        _("Hoeveel van de honderd mensen doen mee, denkt u?"),
        [NumberRange(1, 100, _("Vul een getal in van 1 tot en met 100."))],
        default=10,
    )

    @classmethod
    def of(cls, consultation: Consultation) -> Self:
        """The form, filled with the plan of a draft."""
        held = {field.name: getattr(consultation, field.name) for field in fields(Plan)}
        return cls(data={**held, **_along(consultation)})

    @classmethod
    def after(cls, earlier: Consultation) -> Self:
        """The form, filled with the plan of an earlier consultation, to be held on other days."""
        held = {field.name: getattr(earlier, field.name) for field in fields(Plan)}
        days = dict.fromkeys(("reference_date", "opens_at", "closes_at"))
        return cls(data={**held, **_along(earlier), **days})

    def plan(self) -> Plan:
        """What was filled in."""
        along = {one: self[f"with_{one}"].data for one in Stratum}
        chosen = self.languages.data or ()
        return Plan(
            title=self.title.data,
            intro=self.intro.data,
            reference_date=self.reference_date.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            mode=Mode(self.mode.data),
            languages=tuple(code for code in LANGUAGES if code == SOURCE or code in chosen),
            strata=tuple(one for one, how in along.items() if how in {"along", "group"}),
            groups=tuple(one for one, how in along.items() if how == "group"),
            expected_response=self.expected_response.data,
        )


def _along(consultation: Consultation) -> dict[str, str]:
    how = {
        **dict.fromkeys(Stratum, "no"),
        **dict.fromkeys(consultation.strata, "along"),
        **dict.fromkeys(consultation.groups, "group"),
    }
    return {f"with_{one}": value for one, value in how.items()}


class FeedbackForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What the council heard and what it will do."""

    heard = WordsField(_("Wat hoorde de raad?"), rows=6)
    will_do = WordsField(_("Wat gaat de raad doen?"), rows=6)

    def texts(self) -> tuple[Words, Words]:
        """Both texts, by language."""
        return self.heard.data, self.will_do.data
