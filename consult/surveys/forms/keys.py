"""Forms of the holders of keys. What is filled in is used and forgotten."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FileField, PasswordField
from wtforms.validators import EqualTo

from consult.surveys.core.sealed.keyfile import LARGEST_KEY_FILE


class PassphraseForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """The passphrase of a new key, typed twice."""

    passphrase = PasswordField(
        _("Wachtzin"),
        description=_("Minstens 12 tekens. Neem een paar woorden die alleen u bij elkaar zet."),
    )
    again = PasswordField(
        _("Dezelfde wachtzin nog een keer"),
        [EqualTo("passphrase", _("Dit is iets anders dan hierboven. Typ twee keer hetzelfde."))],
    )


class KeyForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A key file and the passphrase that opens it."""

    file = FileField(_("Uw sleutelbestand"))
    typed = PasswordField(_("Uw wachtzin"))

    def content(self) -> bytes:
        """The bytes of the file, and no more of them than a key file has."""
        held: bytes = self.file.data.read(LARGEST_KEY_FILE + 1) if self.file.data else b""
        return held

    def phrase(self) -> str:
        """The passphrase that was typed."""
        return self.typed.data or ""
