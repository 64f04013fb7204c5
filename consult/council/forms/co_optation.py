"""The form with which somebody is asked to join the board without an election."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from consult.council.core.co_optation import Newcomer
from consult.refusal import Refusal
from consult.web.errors import words

_DAY = InputRequired(_("Vul een dag in."))
_ABOUT = {
    "council.co_optation_past": "start",
    "council.co_optation_long": "end",
    "council.period_empty": "end",
    "council.board_unlawful": "tenant",
    "council.board_unlawful_later": "tenant",
}


class CoOptationForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Who, whether a tenant of a dwelling, and for how long."""

    name = StringField(
        _("Naam"),
        [
            DataRequired(_("Vul een naam in.")),
            Length(max=200, message=_("Maak dit korter. Er passen 200 tekens in.")),
        ],
        description=_("Deze naam komt op de openbare pagina."),
    )
    tenant = RadioField(
        _("Huurt deze persoon een woning?"),
        [InputRequired(_("Maak een keuze."))],
        choices=(SelectChoice("yes", _("Ja")), SelectChoice("no", _("Nee"))),
    )
    start = DateField(_("Vanaf welke dag?"), [_DAY])
    end = DateField(
        _("Tot welke dag?"),
        [_DAY],
        description=_("Kies het einde van de volgende gewone verkiezing."),
    )

    def newcomer(self) -> Newcomer:
        """What was filled in."""
        return Newcomer(
            self.name.data.strip(), self.tenant.data == "yes", self.start.data, self.end.data
        )

    def take(self, refusal: Refusal) -> None:
        """Show why it was refused, at the field that it is about where there is one."""
        name = _ABOUT.get(refusal.code)
        if name is None:
            self.form_errors.append(words(refusal))
        else:
            self[name].errors = [*self[name].errors, words(refusal)]
