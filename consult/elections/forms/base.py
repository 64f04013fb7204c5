"""What the forms of the election desk share: telling a refusal at its field, and limits."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, InputRequired, Length

from consult.refusal import Refusal
from consult.web.errors import words

NEEDED = InputRequired(_("Vul dit in."))
WORDS_NEEDED = DataRequired(_("Vul dit in."))  # spaces alone are no words


def at_most(signs: int) -> Length:
    return Length(max=signs, message=_("Maak dit korter. Er passen %(n)s tekens in.", n=signs))


class DeskForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A form that tells a refusal at the field that it is about."""

    about: ClassVar[Mapping[str, str]] = {}
    """The name of the field by the code of the refusal."""

    def take(self, refusal: Refusal) -> None:
        """Show why the act was refused; what belongs to no field goes its own way."""
        if refusal.code not in self.about:
            raise refusal
        self.tell(self.about[refusal.code], words(refusal))

    def tell(self, name: str, message: object) -> None:
        """Show what is wrong with a field."""
        self[name].errors = [*self[name].errors, message]
