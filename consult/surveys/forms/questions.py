"""The form of a question: one for each kind.

A form always gives a question, also of what is half typed: that is what the preview shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final, Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import SelectChoice

from consult.surveys.core.asking.checking import testable
from consult.surveys.core.asking.conditions import NO_CONDITION
from consult.surveys.core.asking.questions.amounts import MOST_PLACES, Day, Number, Points
from consult.surveys.core.asking.questions.base import Declined, Problem, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import LONGEST_LINE, OpenText, Statement
from consult.surveys.forms.fields import (
    OptionsField,
    RulesField,
    WordsField,
    read_number,
    spelt,
    typed_condition,
)

_FIRST_ROWS: Final = 3
_DIGITS: Final = 8
_UNREAD: Final = date(1, 1, 1)
_STEPS: Final = {"up": -1, "down": 1}
DECLINES: Final = (
    SelectChoice(Declined.DONT_KNOW.value, _("Dat weet ik niet")),
    SelectChoice(Declined.RATHER_NOT.value, _("Dat zeg ik liever niet")),
)


class ArrangingForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A form whose buttons may also add, move or drop a row: ``act`` is ``options-up:o2``."""

    made_from = HiddenField()

    def version(self) -> int | None:
        """The number of the version that this form was made from."""
        text = self.made_from.data or ""
        return int(text) if text.isdecimal() and len(text) <= _DIGITS else None

    def begin(self, latest: int) -> None:
        """Note that it is made from version ``latest``."""
        self.made_from.data = str(latest)

    def catch_up(self, problem: Problem) -> None:
        """After she was told of a newer version, what she saves next comes on top of that."""
        if problem.code == "version_newer":
            self.begin(problem.limit)


class QuestionForm(ArrangingForm):
    """What all questions have."""

    text = WordsField(_("Vraag"), rows=2)
    help = WordsField(_("Uitleg bij de vraag"), rows=2, description=_("Dit mag leeg blijven."))
    declines = SelectMultipleField(
        _("Welke van deze antwoorden mogen ook?"), choices=DECLINES, coerce=str
    )
    required = BooleanField(_("Mensen mogen deze vraag niet overslaan"), default=True)
    sensitive = BooleanField(
        _("Dit is een gevoelige vraag"),
        description=_("Bijvoorbeeld over gezondheid of geloof. Wij bewaren de antwoorden apart."),
    )
    when = RulesField(_("Wanneer stelt u deze vraag?"))
    about = SelectField(_("Een regel over vraag"), validate_choice=False)
    shown = SelectField(_("Taal van het voorbeeld"), validate_choice=False)

    kind: type[Question]
    own: Sequence[str] = ()
    """The fields of this kind, in the order of the page."""

    @classmethod
    def of(cls, question: Question | None, earlier: Sequence[Question]) -> Self:
        """The form, filled with a question, or empty; rules may be about ``earlier`` ones."""
        known = {one.id: one for one in earlier}
        if question is None:
            form = cls()
        else:
            held = {field.name: getattr(question, field.name) for field in fields(question)}
            held["declines"] = [one.value for one in question.declines]
            held["when"] = typed_condition(question.when, known)
            form = cls(data=cls.spelt(held))
        form.when.questions = known
        form.ready()
        return form

    @classmethod
    def spelt(cls, held: dict[str, Any]) -> dict[str, Any]:
        """The fields of a question as those of the form."""
        return held

    def ready(self) -> None:
        """Make it ready to be shown."""
        testing = [one for one in self.when.questions.values() if testable(one)]
        self.about.choices = [SelectChoice(one.id, str(one.text)) for one in testing]

    def arrange(self, act: str, taken: frozenset[str]) -> bool:
        """Do what a button says that is about rows; whether it was one. ``taken``: codes that no
        new option may have."""
        del taken
        what, _colon, name = act.partition(":")
        if what == "when-add":
            self.when.add(self.about.data or "")
        elif what == "when-drop":
            self.when.drop(name)
        return what in {"when-add", "when-drop"}

    def question(self, question_id: str) -> Question:
        """What was filled in, as a question with that id."""
        return self.kind(**self._asked(question_id), **self._own())

    def _asked(self, question_id: str) -> dict[str, Any]:
        return {
            "id": question_id,
            "text": self.text.data,
            "help": self.help.data,
            "required": self.required.data,
            "declines": tuple(one for one in Declined if one.value in (self.declines.data or ())),
            "sensitive": self.sensitive.data,
            "when": self.when.condition() or NO_CONDITION,
        }

    def _own(self) -> dict[str, Any]:
        return {}


class ChoiceForm(QuestionForm):
    """A question with options."""

    options = OptionsField(_("Antwoorden"))

    def ready(self) -> None:
        """Also with a few empty rows."""
        super().ready()
        while not self.is_submitted() and len(self.options.data) < _FIRST_ROWS:
            self.options.add(frozenset())

    def arrange(self, act: str, taken: frozenset[str]) -> bool:
        """Also rows of options."""
        what, _colon, code = act.partition(":")
        if what == "options-add":
            self.options.add(taken)
        elif what == "options-drop":
            self.options.drop(code)
        elif what in {"options-up", "options-down"}:
            self.options.move(code, _STEPS[what.removeprefix("options-")])
        else:
            return super().arrange(act, taken)
        return True

    def _own(self) -> dict[str, Any]:
        return {"options": self.options.filled()}


class OneChoiceForm(ChoiceForm):
    """One of the options."""

    kind, own = OneChoice, ("options",)


class SeveralChoicesForm(ChoiceForm):
    """Any of the options."""

    kind, own = SeveralChoices, ("options", "least", "most", "none")
    least = IntegerField(_("Hoeveel antwoorden kiest iemand minstens?"), default=1)
    most = IntegerField(_("Hoeveel antwoorden mag iemand hoogstens kiezen?"), default=3)
    none = SelectField(
        _("Welk antwoord gaat niet samen met een ander?"),
        description=_("Bijvoorbeeld ‘geen van deze’."),
        validate_choice=False,
    )

    def ready(self) -> None:
        """Also with the options from which to choose one."""
        super().ready()
        none = SelectChoice("", _("Geen: elk antwoord mag samen met een ander"))
        filled = [SelectChoice(one.code, str(one.words)) for one in self.options.filled()]
        self.none.choices = [none, *filled]

    def _own(self) -> dict[str, Any]:
        numbers = {"least": self.least.data or 0, "most": self.most.data or 0}
        return {**super()._own(), **numbers, "none": self.none.data or ""}


class RankingForm(ChoiceForm):
    """The best of the options, in order."""

    kind, own = Ranking, ("options", "places")
    places = IntegerField(_("Hoeveel antwoorden zet iemand op volgorde?"), default=3)

    def _own(self) -> dict[str, Any]:
        return {**super()._own(), "places": self.places.data or 0}


class PointsForm(ChoiceForm):
    """Points to divide among the options."""

    kind, own = Points, ("options", "total")
    total = IntegerField(_("Hoeveel punten verdeelt iemand?"), default=100)

    def _own(self) -> dict[str, Any]:
        return {**super()._own(), "total": self.total.data or 0}


class ScaleForm(QuestionForm):
    """A step on a scale."""

    kind, own = Scale, ("low_step", "steps", "low", "high")
    low_step = SelectField(
        _("De schaal begint bij"),
        choices=[SelectChoice(1, "1"), SelectChoice(0, "0")],
        coerce=int,
        default=1,
    )
    steps = IntegerField(_("De schaal loopt tot en met"), default=5)
    low = WordsField(_("Naam van het laagste einde"))
    high = WordsField(_("Naam van het hoogste einde"))

    def _own(self) -> dict[str, Any]:
        return {
            "low_step": 1 if self.low_step.data is None else self.low_step.data,
            "steps": self.steps.data or 0,
            "low": self.low.data,
            "high": self.high.data,
        }


class NumberForm(QuestionForm):
    """A number of something."""

    kind, own = Number, ("low", "high", "places", "unit")
    low = StringField(_("Laagste getal dat mag"), default="0", render_kw={"width": "5"})
    high = StringField(_("Hoogste getal dat mag"), default="100", render_kw={"width": "5"})
    places = SelectField(
        _("Cijfers achter de komma"),
        choices=[SelectChoice(n, str(n)) for n in range(MOST_PLACES + 1)],
        coerce=int,
        default=0,
    )
    unit = WordsField(_("Eenheid"), description=_("Bijvoorbeeld ‘euro’ of ‘dagen’."))

    @classmethod
    def spelt(cls, held: dict[str, Any]) -> dict[str, Any]:
        """The limits as people type them."""
        ruler = Number(**{**held, "when": NO_CONDITION})
        return {**held, **{end: spelt(ruler, held[end]) for end in ("low", "high")}}

    def _own(self) -> dict[str, Any]:
        places = self.places.data or 0
        low, high = (read_number(end.data or "", places) for end in (self.low, self.high))
        unread = low is None or high is None
        return {
            "low": 0 if low is None else low,
            "high": 0 if unread else high,  # no range, which is refused as one
            "places": places,
            "unit": self.unit.data,
        }


class DayForm(QuestionForm):
    """A day."""

    kind, own = Day, ("first", "last")
    first = DateField(_("Eerste dag die mag"))
    last = DateField(_("Laatste dag die mag"))

    def _own(self) -> dict[str, Any]:
        return {"first": self.first.data or _UNREAD, "last": self.last.data or _UNREAD}


class OpenTextForm(QuestionForm):
    """An answer in people's own words."""

    kind, own = OpenText, ("short", "limit")
    short = BooleanField(
        _("Het antwoord past op één regel"),
        description=_("Hoogstens %(most)s tekens.", most=LONGEST_LINE),
    )
    limit = IntegerField(_("Hoeveel tekens mag het antwoord hoogstens hebben?"), default=500)

    def _own(self) -> dict[str, Any]:
        return {"short": self.short.data, "limit": self.limit.data or 0}


class StatementForm(QuestionForm):
    """A page with something to read."""

    kind = Statement
    text = WordsField(_("Tekst"), rows=4)

    def _asked(self, question_id: str) -> dict[str, Any]:
        asked = super()._asked(question_id)
        return {**asked, "required": False, "declines": (), "sensitive": False}


FORMS: Final[Mapping[str, type[QuestionForm]]] = {
    form.kind.kind: form
    for form in (
        OneChoiceForm,
        SeveralChoicesForm,
        ScaleForm,
        RankingForm,
        NumberForm,
        DayForm,
        OpenTextForm,
        PointsForm,
        StatementForm,
    )
}
KINDS: Final[Mapping[str, object]] = {
    OneChoice.kind: _("Eén antwoord kiezen"),
    SeveralChoices.kind: _("Meer antwoorden kiezen"),
    Scale.kind: _("Schaal"),
    Ranking.kind: _("Op volgorde zetten"),
    Number.kind: _("Getal"),
    Day.kind: _("Dag"),
    OpenText.kind: _("Open vraag"),
    Points.kind: _("Punten verdelen"),
    Statement.kind: _("Tekst om te lezen"),
}
