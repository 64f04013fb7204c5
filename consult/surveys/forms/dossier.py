"""Forms for the steps of a dossier."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from consult.council.core.dossier import Dossier, Entry, Outcome, Said, Step, Way
from consult.refusal import Refusal
from consult.surveys.core.asking.words import LANGUAGES, words
from consult.surveys.forms.public import OUTCOMES, WAYS
from consult.web.errors import words as told

_DAY = InputRequired(_("Vul een dag in."))
_CHOICE = InputRequired(_("Maak een keuze."))


class EntryForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """An entry. ``of`` adds a text for each language, and what its step asks for.

    ``seen``: how many entries the page showed, so that nobody writes past another.
    """

    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    day = DateField(_("Op welke dag?"), [_DAY])
    due = DateField(_("Voor welke dag komt de volgende stap?"), [Optional()])

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        step: Step | None,
        languages: tuple[str, ...],
        filled: Entry | None = None,
    ) -> "EntryForm":
        """The form for a step, or with ``None`` for another term, perhaps filled with an entry."""
        fields: dict[str, Any] = {f"text_{one}": _text(one) for one in languages}
        if step is Step.ADVISED:
            fields["way"] = RadioField(_("Hoe gaf de raad advies?"), [_CHOICE], choices=_of(WAYS))
        if step is Step.DECIDED:
            fields["outcome"] = RadioField(
                _("Wat besloot Woonstad?"), [_CHOICE], choices=_of(OUTCOMES)
            )
        made: type[EntryForm] = type("StepForm", (cls,), fields)
        form = made(data={"seen": len(dossier.entries), **_given(filled)})
        if step is Step.DONE:
            del form.due
        return form

    @property
    def texts(self) -> Iterator[Any]:
        """The fields of the texts."""
        return (field for field in self if field.name.startswith("text_"))

    def said(self) -> Said:
        """What was filled in."""
        given = {field.name.removeprefix("text_"): field.data or "" for field in self.texts}
        way = self["way"].data if "way" in self else None
        outcome = self["outcome"].data if "outcome" in self else None
        return Said(
            day=self.day.data,
            texts=words(given).as_dict(),
            due=self.due.data if "due" in self else None,
            way=Way(way) if way else None,
            outcome=Outcome(outcome) if outcome else None,
        )

    def take(self, refusal: Refusal) -> None:
        """Show why it was refused, at the field that it is about."""
        name = str(refusal.facts.get("field", ""))
        if name in self:
            self[name].errors = [*self[name].errors, told(refusal)]
        else:
            self.form_errors.append(told(refusal))


def _text(language: str) -> TextAreaField:
    return TextAreaField(
        _("Tekst in het Nederlands") if language == "nl" else LANGUAGES[language],
        description=_("Gebruik korte zinnen. Noem geen namen.") if language == "nl" else "",
    )


def _of(choices: Any) -> list[SelectChoice]:
    return [SelectChoice(one, label) for one, label in choices.items()]


def _given(filled: Entry | None) -> dict[str, Any]:
    if filled is None:
        return {}
    said = filled.said
    texts = {f"text_{language}": text for language, text in said.texts.items()}
    return {"day": said.day, "way": said.way, "outcome": said.outcome, **texts}
