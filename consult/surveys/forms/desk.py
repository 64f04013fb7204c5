"""Forms of the secretary: the plan, the key and the council's word."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, Field, FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from consult.clock import AMSTERDAM, Unclear, in_amsterdam
from consult.surveys.core.consultation import Consultation, Plan
from consult.surveys.core.questions import clean
from consult.surveys.core.sealing import LARGEST_KEY_FILE

_NEEDED = InputRequired(_("Vul dit in."))
_BROWSERS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_UNCLEAR = {
    Unclear.SKIPPED: _("Die tijd bestaat niet: de klok gaat dan een uur vooruit. Kies een andere."),
    Unclear.DOUBLE: _("Die tijd komt twee keer: de klok gaat dan een uur terug. Kies een andere."),
}


def _clear(_form: FlaskForm, field: Field) -> None:
    moment = in_amsterdam(field.data)
    if isinstance(moment, Unclear):
        raise ValidationError(_UNCLEAR[moment])


def _moment(field: Field) -> datetime:
    moment = in_amsterdam(field.data)
    if isinstance(moment, Unclear):
        raise TypeError("the form was read before it was checked")
    return moment


class PlanForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What is asked about, and when. Times are those of Amsterdam."""

    title = StringField(_("Titel"))
    intro = TextAreaField(_("Uitleg voor wie meedoet"))
    reference_date = DateField(_("Peildatum: wie is op deze dag klant?"), [_NEEDED])
    opens_at = DateTimeLocalField(_("Open vanaf"), [_NEEDED, _clear], format=_BROWSERS)
    closes_at = DateTimeLocalField(_("Open tot"), [_NEEDED, _clear], format=_BROWSERS)

    @classmethod
    def of(cls, consultation: Consultation) -> "PlanForm":
        """The form, filled with the plan of a draft."""
        held: dict[str, Any] = {
            field.name: getattr(consultation, field.name) for field in fields(Plan)
        }
        for name in ("opens_at", "closes_at"):
            held[name] = held[name].astimezone(AMSTERDAM).replace(tzinfo=None)
        return cls(data=held)

    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(
            title=clean(self.title.data or ""),
            intro=clean(self.intro.data or ""),
            reference_date=self.reference_date.data,
            opens_at=_moment(self.opens_at),
            closes_at=_moment(self.closes_at),
        )


class KeyForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A key file, which is read and forgotten."""

    file = FileField(_("Sleutelbestand"))

    def content(self) -> bytes:
        """The bytes of the file, and no more of them than a key file has."""
        held: bytes = self.file.data.read(LARGEST_KEY_FILE + 1) if self.file.data else b""
        return held


class FeedbackForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What the council heard and what it will do."""

    heard = TextAreaField(_("Wat hoorde de raad?"))
    will_do = TextAreaField(_("Wat gaat de raad doen?"))

    def texts(self) -> tuple[str, str]:
        """Both texts, cleaned."""
        return clean(self.heard.data or ""), clean(self.will_do.data or "")
