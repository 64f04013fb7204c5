"""The form with which somebody asks for mail."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField


class FollowForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """An e-mail address."""

    email = EmailField(_("Uw e-mailadres"), render_kw={"autocomplete": "email"})
