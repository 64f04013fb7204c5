"""The form of a question: one for each kind."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField, TextAreaField

from consult.surveys.core.questions import (
    OneChoice,
    OpenText,
    Question,
    Scale,
    SeveralChoices,
    clean,
)


class QuestionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What all questions have."""

    text = StringField(_("Vraag"))
    help = StringField(_("Uitleg bij de vraag"), description=_("Dit mag leeg blijven."))
    required = BooleanField(_("Mensen mogen deze vraag niet overslaan"), default=True)

    @classmethod
    def of(cls, question: Question) -> "QuestionForm":
        """The form, filled with a question."""
        held = asdict(question)
        return cls(data={**held, "options": "\n".join(held.get("options", ()))})

    def question(self, question_id: str) -> Question:
        """What was filled in, as a question with that id."""
        raise NotImplementedError

    def _asked(self, question_id: str) -> dict[str, Any]:
        return {
            "id": question_id,
            "text": clean(self.text.data or ""),
            "help": clean(self.help.data or ""),
            "required": self.required.data,
        }


class OneChoiceForm(QuestionForm):
    """One of the options."""

    options = TextAreaField(_("Antwoorden"), description=_("Zet elk antwoord op een eigen regel."))

    def question(self, question_id: str) -> Question:
        """A choice of one."""
        return OneChoice(**self._asked(question_id), options=_lines(self.options.data))


class SeveralChoicesForm(OneChoiceForm):
    """Any of the options."""

    most = IntegerField(_("Hoeveel antwoorden mag iemand hoogstens kiezen?"), default=3)

    def question(self, question_id: str) -> Question:
        """A choice of several."""
        return SeveralChoices(
            **self._asked(question_id),
            options=_lines(self.options.data),
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
            low=clean(self.low.data or ""),
            high=clean(self.high.data or ""),
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


def _lines(text: str | None) -> tuple[str, ...]:
    lines = (clean(line) for line in (text or "").splitlines())
    return tuple(line for line in lines if line)
