"""Forms of a section, of words to explain, of translations and of a file with questions."""

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields import SelectChoice

from consult.refusal import Refusal
from consult.surveys.core.asking.checking import testable
from consult.surveys.core.asking.format import LARGEST_FILE
from consult.surveys.core.asking.questionnaire import Section
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.forms.fields import RulesField, TermsField, WordsField, typed_condition
from consult.surveys.forms.questions import ArrangingForm
from consult.web.errors import words


class SectionForm(ArrangingForm):
    """What a section says, and when it is asked."""

    title = WordsField(_("Naam van het deel"))
    intro = WordsField(_("Uitleg bij het deel"), rows=3, description=_("Dit mag leeg blijven."))
    when = RulesField(_("Wanneer stelt u deze vragen?"))
    about = SelectField(_("Een regel over vraag"), validate_choice=False)

    @classmethod
    def of(cls, section: Section, earlier: Sequence[Question]) -> Self:
        """The form, filled with a section; rules may be about ``earlier`` questions."""
        known = {question.id: question for question in earlier}
        condition = typed_condition(section.when, known)
        form = cls(data={"title": section.title, "intro": section.intro, "when": condition})
        form.when.questions = known
        return form

    def ready(self) -> None:
        """Make it ready to be shown."""
        testing = [one for one in self.when.questions.values() if testable(one)]
        self.about.choices = [SelectChoice(one.id, str(one.text)) for one in testing]

    def arrange(self, act: str) -> bool:
        """Do what a button says that is about rules; whether it was one."""
        what, _colon, row = act.partition(":")
        if what == "when-add":
            self.when.add(self.about.data or "")
        elif what == "when-drop":
            self.when.drop(row)
        return what in {"when-add", "when-drop"}

    def section(self, section_id: str) -> Section | None:
        """What was filled in, without questions; ``None`` when a rule is not finished."""
        when = self.when.condition()
        if when is None:
            return None
        return Section(section_id, self.title.data, self.intro.data, when=when)


class TermsForm(ArrangingForm):
    """Words and their meanings."""

    terms = TermsField(_("Woorden"))

    def arrange(self, act: str) -> bool:
        """Do what a button says that is about rows; whether it was one."""
        what, _colon, row = act.partition(":")
        if what == "terms-add":
            self.terms.add()
        elif what == "terms-drop":
            self.terms.drop(row)
        return what in {"terms-add", "terms-drop"}


class QuestionsFileForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A file with questions."""

    file = FileField(
        _("Bestand met vragen"),
        [FileRequired(_("Kies eerst een bestand."))],
        render_kw={"accept": ".json,application/json"},
    )

    def raw(self) -> bytes:
        """What was handed in, and no more than such a file may hold."""
        held: bytes = self.file.data.read(LARGEST_FILE + 1)
        return held

    def take(self, refusal: Refusal) -> None:
        """Show what is wrong with the file."""
        self.file.errors = [*self.file.errors, words(refusal)]
