"""Forms for what happens to the board."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from consult.council.core.agreement import Office
from consult.council.core.board import Ending, Mandate

_DAY = InputRequired(_("Vul een dag in."))
_CHOICE = InputRequired(_("Maak een keuze."))
OFFICES = (
    SelectChoice(Office.CHAIR, _("Voorzitter")),
    SelectChoice(Office.SECRETARY, _("Secretaris")),
    SelectChoice(Office.TREASURER, _("Penningmeester")),
)
ENDINGS = (
    SelectChoice(Ending.RESIGNED, _("Het lid stopt zelf.")),
    SelectChoice(Ending.NOT_CUSTOMER, _("Het lid is geen klant meer.")),
    SelectChoice(Ending.OTHER, _("Een andere reden.")),
)


class OfficeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Who gets which office, from which day."""

    office = RadioField(
        _("Welke functie?"), [InputRequired(_("Kies een functie."))], choices=OFFICES
    )
    member = SelectField(_("Wie?"), [InputRequired(_("Kies een lid."))])
    start = DateField(_("Vanaf welke dag?"), [_DAY])

    def offer(self, members: Iterable[Mandate]) -> None:
        """The people to choose from."""
        self.member.choices = [
            SelectChoice("", ""),
            *(SelectChoice(one.id, one.name) for one in members),
        ]


class TenancyForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Whether a member is a tenant of a dwelling, from which day."""

    tenant = RadioField(
        _("Huurt dit lid een woning?"),
        [_CHOICE],
        choices=(SelectChoice("yes", _("Ja")), SelectChoice("no", _("Nee, niet meer"))),
    )
    since = DateField(_("Vanaf welke dag?"), [_DAY])


class EndForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """When and why a member leaves before the time."""

    end = DateField(_("Vanaf welke dag is dit lid weg?"), [_DAY])
    ending = RadioField(
        _("Waarom?"),
        [_CHOICE],
        choices=ENDINGS,
        description=_("Dit staat niet op de openbare pagina."),
    )
