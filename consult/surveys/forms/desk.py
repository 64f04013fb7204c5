"""Forms of the secretary: the plan and the council's word."""

from dataclasses import fields

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired

from consult.surveys.core.consultation import Consultation, Plan
from consult.surveys.core.words import Words, words
from consult.web.forms import MomentField

_NEEDED = InputRequired(_("Vul dit in."))


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What is asked about, and when. Times are those of Amsterdam."""

    title = StringField(_("Titel"))
    intro = TextAreaField(_("Uitleg voor wie meedoet"))
    reference_date = DateField(_("Peildatum: wie is op deze dag klant?"), [_NEEDED])
    opens_at = MomentField(_("Open vanaf"), [_NEEDED])
    closes_at = MomentField(_("Open tot"), [_NEEDED])

    @classmethod
    def of(cls, consultation: Consultation) -> "PlanForm":
        """The form, filled with the plan of a draft."""
        held = {field.name: getattr(consultation, field.name) for field in fields(Plan)}
        return cls(data={**held, "title": str(held["title"]), "intro": str(held["intro"])})

    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(
            title=words(self.title.data or ""),
            intro=words(self.intro.data or ""),
            reference_date=self.reference_date.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
        )


class FeedbackForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What the council heard and what it will do."""

    heard = TextAreaField(_("Wat hoorde de raad?"))
    will_do = TextAreaField(_("Wat gaat de raad doen?"))

    def texts(self) -> tuple[Words, Words]:
        """Both texts, cleaned."""
        return words(self.heard.data or ""), words(self.will_do.data or "")
