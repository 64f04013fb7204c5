"""Words for what a consultation belongs to and what came of it, on pages for everybody."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from consult.council.core.dossier import Outcome, Way
from consult.council.core.powers import Power
from consult.council.core.subject import Form, Organiser

POWERS: Final[Mapping[Power, object]] = {
    Power.ADVICE: _("advies"),
    Power.CONSENT: _("instemming"),
    Power.INFORMATION: _("informatie"),
    Power.INFORMATION_MORE: _("informatie en meer"),
    Power.NOMINATION: _("voordracht"),
    Power.INQUIRY: _("onderzoek"),
}
ORGANISERS: Final[Mapping[Organiser, object]] = {
    Organiser.COUNCIL: _("De raad"),
    Organiser.LANDLORD: _("Woonstad"),
    Organiser.JOINT: _("De raad en Woonstad samen"),
}
FORMS: Final[Mapping[Form, object]] = {
    Form.QUESTIONNAIRE: _("Vragenlijst"),
    Form.INSPIRATION: _("Inspiratiesessie"),
    Form.EXPERTS: _("Bijeenkomst met deskundigen"),
    Form.THINK_TANK: _("Denktank"),
    Form.DIALOGUE: _("Dialoog"),
}
WAYS: Final[Mapping[Way, object]] = {Way.WRITTEN: _("Schriftelijk"), Way.ORAL: _("Mondeling")}
OUTCOMES: Final[Mapping[Outcome, object]] = {
    Outcome.FOLLOWS: _("Woonstad volgt het advies"),
    Outcome.PARTLY: _("Woonstad volgt een deel van het advies"),
    Outcome.NOT: _("Woonstad volgt het advies niet"),
}
