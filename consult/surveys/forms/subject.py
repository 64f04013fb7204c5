"""The form of what a consultation belongs to."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from consult.council.core.powers import Matrix
from consult.council.core.subject import Form, Organiser, Subject
from consult.council.core.themes import Theme, WorkingGroup
from consult.refusal import Refusal
from consult.surveys.forms.public import FORMS, ORGANISERS, POWERS
from consult.web.errors import words

NONE = "-"
_CHOICE = InputRequired(_("Maak een keuze."))


class SubjectForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Topics, theme, working group, organiser and form."""

    topics = SelectMultipleField(
        _("Over welke onderwerpen gaat het?"),
        [InputRequired(_("Kies minstens één onderwerp uit de lijst."))],
        description=_("Ze komen uit de lijst met bevoegdheden."),
    )
    organiser = RadioField(
        _("Wie vraagt het?"),
        [_CHOICE],
        choices=[SelectChoice(one, label) for one, label in ORGANISERS.items()],
        description=_("De raad mag zelf een brede raadpleging houden (artikel 2.3)."),
    )
    own_initiative = BooleanField(_("Dit is een eigen initiatief van de raad"))
    form = RadioField(
        _("Hoe doen mensen mee?"),
        [_CHOICE],
        choices=[SelectChoice(one, label) for one, label in FORMS.items()],
    )
    theme = SelectField(_("Thema"))
    group = SelectField(_("Werkgroep"))

    @classmethod
    def of(cls, subject: Subject | None) -> "SubjectForm":
        """The form, filled with what was said before."""
        if subject is None:
            return cls(data={"organiser": Organiser.COUNCIL, "form": Form.QUESTIONNAIRE})
        return cls(
            data={
                "topics": list(subject.topics),
                "organiser": subject.organiser,
                "own_initiative": subject.own_initiative,
                "form": subject.form,
                "theme": subject.theme_id or NONE,
                "group": subject.group_id or NONE,
            }
        )

    def offer(
        self, matrix: Matrix, themes: Iterable[Theme], groups: Iterable[WorkingGroup]
    ) -> None:
        """Offer the topics of a list, and the themes and groups that run."""
        self.topics.choices = [
            SelectChoice(topic.code, f"{topic.words} ({POWERS[topic.power]})")
            for topic in matrix.topics
        ]
        named = [(one.id, f"{one.title} ({one.year})") for one in themes if not one.closed]
        self.theme.choices = _optional(_("Geen thema"), named)
        teams = [(one.id, one.name) for one in groups if not one.closed]
        self.group.choices = _optional(_("Geen werkgroep"), teams)

    def subject(self) -> Subject:
        """What was filled in."""
        return Subject(
            tuple(self.topics.data),
            Organiser(self.organiser.data),
            Form(self.form.data),
            self.own_initiative.data,
            None if self.theme.data == NONE else self.theme.data,
            None if self.group.data == NONE else self.group.data,
        )

    def take(self, refusal: Refusal) -> None:
        """Show why it was refused, at the field that it is about."""
        name = str(refusal.facts.get("field", ""))
        if name in self:
            self[name].errors = [*self[name].errors, words(refusal)]
        else:
            self.form_errors.append(words(refusal))


def _optional(none: object, named: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(NONE, none), *(SelectChoice(one, label) for one, label in named)]
