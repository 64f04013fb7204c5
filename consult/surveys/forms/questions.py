"""The form of a question: one for each kind."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField, TextAreaField

from consult.surveys.core.cleaning import clean
from consult.surveys.core.questions.base import Option, Question
from consult.surveys.core.questions.choices import OneChoice, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.words import Words, words


class QuestionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What all questions have."""

    text = StringField(_("Vraag"))
    help = StringField(_("Uitleg bij de vraag"), description=_("Dit mag leeg blijven."))
    required = BooleanField(_("Mensen mogen deze vraag niet overslaan"), default=True)

    @classmethod
    def of(cls, question: Question) -> "QuestionForm":
        """The form, filled with a question."""
        held = {field.name: getattr(question, field.name) for field in fields(question)}
        told = {name: str(value) for name, value in held.items() if isinstance(value, Words)}
        lines = "\n".join(str(option.words) for option in held.get("options", ()))
        return cls(data={**held, **told, "options": lines})

    def question(self, question_id: str) -> Question:
        """What was filled in, as a question with that id."""
        raise NotImplementedError

    def _asked(self, question_id: str) -> dict[str, Any]:
        return {
            "id": question_id,
            "text": words(self.text.data or ""),
            "help": words(self.help.data or ""),
            "required": self.required.data,
        }


class OneChoiceForm(QuestionForm):
    """One of the options."""

    options = TextAreaField(_("Antwoorden"), description=_("Zet elk antwoord op een eigen regel."))

    def question(self, question_id: str) -> Question:
        """A choice of one."""
        return OneChoice(**self._asked(question_id), options=_options(self.options.data))


class SeveralChoicesForm(OneChoiceForm):
    """Any of the options."""

    most = IntegerField(_("Hoeveel antwoorden mag iemand hoogstens kiezen?"), default=3)

    def question(self, question_id: str) -> Question:
        """A choice of several."""
        return SeveralChoices(
            **self._asked(question_id),
            options=_options(self.options.data),
            most=self.most.data or 0,
        )


class ScaleForm(QuestionForm):
    """A step on a scale."""

    steps = IntegerField(_("Aantal stappen"), default=5)
    low = StringField(_("Naam van het laagste einde"))
    high = StringField(_("Naam van het hoogste einde"))

    def question(self, question_id: str) -> Question:
        """A scale."""
        return Scale(
            **self._asked(question_id),
            steps=self.steps.data or 0,
            low=words(self.low.data or ""),
            high=words(self.high.data or ""),
        )


class OpenTextForm(QuestionForm):
    """An answer in people's own words."""

    limit = IntegerField(_("Hoeveel tekens mag het antwoord hoogstens hebben?"), default=500)

    def question(self, question_id: str) -> Question:
        """An open question."""
        return OpenText(**self._asked(question_id), limit=self.limit.data or 0)


FORMS: Final[Mapping[str, type[QuestionForm]]] = {
    OneChoice.kind: OneChoiceForm,
    SeveralChoices.kind: SeveralChoicesForm,
    Scale.kind: ScaleForm,
    OpenText.kind: OpenTextForm,
}
KINDS: Final[Mapping[str, object]] = {
    OneChoice.kind: _("Eén antwoord kiezen"),
    SeveralChoices.kind: _("Meer antwoorden kiezen"),
    Scale.kind: _("Schaal"),
    OpenText.kind: _("Open vraag"),
}


def _options(text: str | None) -> tuple[Option, ...]:
    lines = [line for line in map(clean, (text or "").splitlines()) if line]
    return tuple(Option(f"o{number}", words(line)) for number, line in enumerate(lines, 1))
