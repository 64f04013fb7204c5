"""The form with which a register is handed in."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SubmitField


class UploadForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """One CSV file."""

    file = FileField(
        _("Bestand"),
        validators=[FileRequired(_("Kies eerst een bestand."))],
        render_kw={"accept": ".csv,text/csv"},
    )
    send = SubmitField(_("Inleveren"))
