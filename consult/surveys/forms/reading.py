"""Forms for reading open answers: a redacted text, why one is set aside, a topic, and topics."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from consult.surveys.core.asking.cleaning import clean
from consult.surveys.core.open_answers.coding import Frame, Topic
from consult.surveys.core.open_answers.redaction import Reason

REASONS: Final[Mapping[Reason, object]] = {
    Reason.NOTHING: _("Er staat niets in"),
    Reason.UNREADABLE: _("Wij begrijpen de tekst niet"),
    Reason.SOMETHING_ELSE: _("De tekst gaat over iets anders"),
    Reason.RECOGNISABLE: _("Iemand blijft herkenbaar, wat wij ook weghalen"),
    Reason.HURTFUL: _("De tekst scheldt of bedreigt iemand"),
}


class RedactForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A text as it will be kept."""

    text = TextAreaField(_("Tekst"), render_kw={"rows": 8})

    def content(self) -> str:
        """What was filled in."""
        return self.text.data or ""


class AsideForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Why a text is set aside."""

    reason = RadioField(
        _("Waarom legt u deze tekst apart?"),
        choices=[SelectChoice(reason.value, words) for reason, words in REASONS.items()],
        validate_choice=False,
    )

    def why(self) -> Reason | None:
        """The reason that was chosen."""
        chosen = str(self.reason.data)
        return Reason(chosen) if chosen in {reason.value for reason in Reason} else None


class TopicForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A topic of the frame."""

    label = StringField(_("Onderwerp"), description=_("Eén of twee woorden."))
    explanation = TextAreaField(
        _("Wanneer hoort een tekst hierbij?"),
        description=_("Geef een voorbeeld. Noem ook wat er niet bij hoort."),
        render_kw={"rows": 3},
    )

    @classmethod
    def of(cls, topic: Topic | None) -> "TopicForm":
        """The form, filled with a topic, or empty."""
        data = {"label": topic.label, "explanation": topic.explanation} if topic else {}
        return cls(data=data)

    def topic(self, topic_id: str) -> Topic:
        """What was filled in."""
        return Topic(topic_id, clean(self.label.data or ""), clean(self.explanation.data or ""))


class TopicsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """The topics that one text is about; none is an answer as well."""

    topics = SelectMultipleField(_("Waar gaat deze tekst over?"), validate_choice=False)

    @classmethod
    def of(cls, frame: Frame, named: frozenset[str] = frozenset()) -> "TopicsForm":
        """The form with the topics of a frame, those ``named`` ticked."""
        form = cls(data={"topics": sorted(named)})
        form.topics.choices = [SelectChoice(topic.id, topic.label) for topic in frame.topics]
        return form

    def chosen(self) -> list[str]:
        """The ids that were ticked."""
        return list(self.topics.data or [])
