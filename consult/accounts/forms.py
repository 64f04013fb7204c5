"""Forms for signing in and for the people of the council."""

from typing import Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import EqualTo, InputRequired

from consult.actor import Role
from consult.refusal import Refusal
from consult.web.errors import words

_NEEDED: Final = InputRequired(_("Vul dit in."))
_FIELDS: Final = {
    "accounts.name_invalid": "name",
    "accounts.name_taken": "name",
    "accounts.email_invalid": "email",
    "accounts.email_taken": "email",
    "accounts.roles_missing": "roles",
    "accounts.roles_excluded": "roles",
    "accounts.password_short": "password",
    "accounts.password_long": "password",
    "accounts.password_common": "password",
    "accounts.password_personal": "password",
    "accounts.code_wrong": "code",
}
ROLES: Final = (
    (Role.SECRETARY, _("Secretaris"), _("Bereidt alles voor en stelt voor.")),
    (Role.CHAIR, _("Voorzitter"), _("Keurt goed wat de secretaris voorstelt.")),
    (Role.MEMBER, _("Raadslid"), _("Leest mee en keurt uitslagen van raadplegingen goed.")),
    (Role.SELECTION, _("Selectiecommissie"), _("Beoordeelt kandidaten. Staat buiten de raad.")),
    (Role.FACILITATOR, _("ICT van Woonstad"), _("Levert het klantenbestand en verstuurt post.")),
    (Role.REGISTRAR, _("Codebeheerder"), _("Maakt de codes voor de brieven.")),
    (Role.OBSERVER, _("Waarnemer"), _("Kijkt of alles eerlijk gaat.")),
)


class SignInForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """The first step of signing in."""

    email = StringField(
        _("E-mailadres"), [_NEEDED], render_kw={"autocomplete": "username", "inputmode": "email"}
    )
    password = PasswordField(
        _("Wachtwoord"), [_NEEDED], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """The second step of signing in."""

    code = StringField(
        _("Code uit uw app"),
        [_NEEDED],
        description=_("Dit zijn 6 cijfers. U krijgt elke halve minuut een nieuwe code."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "width": "10"},
    )


class JoinForm(CodeForm):
    """Taking up an account."""

    password = PasswordField(
        _("Kies een wachtwoord"),
        [_NEEDED],
        description=_("Minstens 12 tekens. Vier losse woorden zijn sterk en goed te onthouden."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("Nog een keer hetzelfde wachtwoord"),
        [_NEEDED, EqualTo("password", _("De twee wachtwoorden zijn niet gelijk."))],
        render_kw={"autocomplete": "new-password"},
    )


class RolesForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Which roles somebody is to hold."""

    roles = SelectMultipleField(
        _("Wat mag deze persoon doen?"),
        choices=[SelectChoice(role.value, label) for role, label, _about in ROLES],
        coerce=Role,
    )


class InviteForm(RolesForm):
    """Whom to invite."""

    name = StringField(_("Naam"), [_NEEDED])
    email = StringField(_("E-mailadres"), [_NEEDED], render_kw={"inputmode": "email"})


def show_refusal(form: FlaskForm, refusal: Refusal) -> None:
    """Put the words of a refusal beside the field that they are about, else above the form."""
    field = _FIELDS.get(refusal.code, "")
    errors = form[field].errors if field in form else form.form_errors
    errors.append(words(refusal))
