"""The form with which somebody asks for mail."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField

from consult.surveys.core.questions.base import Problem

WORDS = {
    "address_wrong": _("Vul uw hele e-mailadres in, met een @."),
    "following_wait": _("Er is te vaak iets gevraagd. Wacht %(limit)s minuten."),
    "following_once": _("U hebt al een adres opgegeven. Kijk in uw mail."),
}


class FollowForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """An e-mail address."""

    email = EmailField(_("Uw e-mailadres"), render_kw={"autocomplete": "email"})

    def complain(self, problem: Problem) -> None:
        """Show the problem at the address."""
        said = str(WORDS[problem.code]).replace("%(limit)s", str(problem.limit))
        self.email.errors = [*self.email.errors, said]
