"""The form with which boundaries of neighbourhoods are loaded."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from consult.refusal import Refusal
from consult.reports.actions.mapping import LONGEST_ATTRIBUTION
from consult.reports.core.geojson import MOST_BYTES
from consult.web.errors import words


class BoundariesForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """One GeoJSON file, and whom the map names."""

    file = FileField(
        _("Bestand met grenzen"),
        [FileRequired(_("Kies eerst een bestand."))],
        render_kw={"accept": ".geojson,.json,application/geo+json"},
    )
    attribution = StringField(
        _("Van wie zijn de grenzen?"),
        [
            InputRequired(_("Vul in van wie de grenzen zijn.")),
            Length(max=LONGEST_ATTRIBUTION, message=_("Gebruik hoogstens 120 tekens.")),
        ],
    )
    send = SubmitField(_("Grenzen inlezen"))

    def raw(self) -> bytes:
        """What was handed in, and no more than can be such a file."""
        held: bytes = self.file.data.read(MOST_BYTES + 1)
        return held

    def take(self, refusal: Refusal) -> None:
        """Show what is wrong, beside the field that it is about."""
        field = self.attribution if refusal.code == "reports.map_attribution" else self.file
        field.errors = [*field.errors, words(refusal)]
