"""Forms for year themes and working groups."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from consult.council.core.board import Mandate
from consult.council.core.themes import Theme, WorkingGroup
from consult.refusal import Refusal
from consult.web.errors import words

NONE = "-"
_NAME = DataRequired(_("Vul een naam in."))
_ROLE = _("Schrijf de functie op, geen naam. Laat dit leeg als er nog niemand is.")


class _Form(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    def take(self, refusal: Refusal) -> None:
        """Show why it was refused, at the field that it is about."""
        name = str(refusal.facts.get("field", ""))
        if name in self:
            self[name].errors = [*self[name].errors, words(refusal)]
        else:
            self.form_errors.append(words(refusal))


class ThemeForm(_Form):
    """A year theme."""

    year = IntegerField(_("Jaar"), [InputRequired(_("Vul een jaar in."))])
    title = StringField(_("Naam van het thema"), [_NAME])
    contact = StringField(_("Contactpersoon bij Woonstad"), description=_ROLE)
    closed = BooleanField(_("Dit thema is klaar"))

    @classmethod
    def of(cls, theme: Theme) -> "ThemeForm":
        """The form, filled with a theme."""
        return cls(obj=theme)

    def theme(self, theme_id: str) -> Theme:
        """What was filled in, as the theme with that id."""
        title, contact = self.title.data.strip(), (self.contact.data or "").strip()
        return Theme(theme_id, self.year.data, title, contact, self.closed.data)


class GroupForm(_Form):
    """A working group."""

    name = StringField(_("Naam van de werkgroep"), [_NAME])
    theme = SelectField(_("Thema"))
    contact = StringField(_("Contactpersoon bij Woonstad"), description=_ROLE)
    members = SelectMultipleField(
        _("Leden uit het bestuur"), description=_("Deze namen zijn al openbaar.")
    )
    closed = BooleanField(_("Deze werkgroep is gestopt"))

    @classmethod
    def of(cls, group: WorkingGroup) -> "GroupForm":
        """The form, filled with a working group."""
        return cls(
            data={
                "name": group.name,
                "theme": group.theme_id or NONE,
                "contact": group.contact,
                "members": list(group.members),
                "closed": group.closed,
            }
        )

    def offer(self, themes: Iterable[Theme], seats: Iterable[Mandate]) -> None:
        """Offer these themes and members."""
        named = [SelectChoice(one.id, f"{one.title} ({one.year})") for one in themes]
        self.theme.choices = [SelectChoice(NONE, _("Geen thema")), *named]
        self.members.choices = [SelectChoice(one.id, one.name) for one in seats]

    def group(self, group_id: str) -> WorkingGroup:
        """What was filled in, as the working group with that id."""
        theme = self.theme.data
        return WorkingGroup(
            group_id,
            self.name.data.strip(),
            None if theme == NONE else theme,
            (self.contact.data or "").strip(),
            tuple(self.members.data or ()),
            self.closed.data,
        )
