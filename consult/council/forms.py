"""Forms for what happens to the board."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired

from consult.council.core.agreement import Office
from consult.council.core.board import Ending, Mandate

_NEEDED = InputRequired(_("Vul dit in."))
OFFICES = (
    (Office.CHAIR, _("Voorzitter")),
    (Office.SECRETARY, _("Secretaris")),
    (Office.TREASURER, _("Penningmeester")),
)
ENDINGS = (
    (Ending.RESIGNED, _("Het lid stopt zelf.")),
    (Ending.NOT_CUSTOMER, _("Het lid is geen klant meer.")),
    (Ending.OTHER, _("Een andere reden.")),
)


class OfficeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Who gets which office, from which day."""

    office = RadioField(_("Welke functie?"), [_NEEDED], choices=OFFICES)
    member = SelectField(_("Wie?"), [_NEEDED])
    start = DateField(_("Vanaf welke dag?"), [_NEEDED])

    def offer(self, members: Iterable[Mandate]) -> None:
        """The people to choose from."""
        self.member.choices = [("", ""), *((one.id, one.name) for one in members)]


class TenancyForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Whether a member is a tenant of a dwelling, from which day."""

    tenant = RadioField(
        _("Huurt dit lid een woning?"),
        [_NEEDED],
        choices=(("yes", _("Ja")), ("no", _("Nee, niet meer"))),
    )
    since = DateField(_("Vanaf welke dag?"), [_NEEDED])


class EndForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """When and why a member leaves before the time."""

    end = DateField(_("Vanaf welke dag is dit lid weg?"), [_NEEDED])
    ending = RadioField(
        _("Waarom?"),
        [_NEEDED],
        choices=ENDINGS,
        description=_("Dit staat niet op de openbare pagina."),
    )
