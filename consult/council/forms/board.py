"""Forms for what happens to the board."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from consult.council.core.agreement import Office
from consult.council.core.appointing import Decision, Reservation
from consult.council.core.board import Mandate
from consult.council.core.events import ENDS, Event, Happening

_DAY = InputRequired(_("Vul een dag in."))
_CHOICE = InputRequired(_("Maak een keuze."))
LONGEST_NOTE: Final = 1000
OFFICES: Final = {
    Office.CHAIR: _("Voorzitter"),
    Office.SECRETARY: _("Secretaris"),
    Office.TREASURER: _("Penningmeester"),
}
HAPPENINGS: Final = {
    Happening.BOUGHT: _("Het lid koopt de woning en blijft klant."),
    Happening.NO_DWELLING: _("Het lid huurt geen woning meer, maar blijft klant."),
    Happening.TENANT: _("Het lid huurt een woning."),
    Happening.RESIGNED: _("Het lid stopt zelf."),
    Happening.MOVED: _("Het lid verhuist naar een woning van een ander."),
    Happening.STADSWONEN: _("Het lid huurt alleen nog bij Stadswonen."),
    Happening.NOT_CUSTOMER: _("Het lid is geen klant meer."),
    Happening.DIED: _("Het lid is overleden."),
    Happening.OTHER: _("Het lid stopt om een andere reden."),
}
LEAVES_OFFICE: Final = {
    Office.CHAIR: _("Het lid stopt als voorzitter en blijft lid."),
    Office.SECRETARY: _("Het lid stopt als secretaris en blijft lid."),
    Office.TREASURER: _("Het lid stopt als penningmeester en blijft lid."),
}


class EventForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What happened to a member, and from which day on."""

    happened = RadioField(
        _("Wat is er gebeurd?"),
        [_CHOICE],
        description=_("De reden ziet alleen de raad. Die staat niet op de openbare pagina."),
    )
    day = DateField(
        _("Vanaf welke dag?"),
        [_DAY],
        description=_("Bij een koop is dat de dag van de overdracht. Een dag die komt, mag ook."),
    )

    def offer(self, member: Mandate, day: date) -> None:
        """What can happen to this member."""
        first = (
            (Happening.BOUGHT, Happening.NO_DWELLING)
            if member.is_tenant(day)
            else (Happening.TENANT,)
        )
        self.offer_only([*first, *(one for one in HAPPENINGS if one in ENDS)])
        self.happened.choices += [
            SelectChoice(f"{Happening.LEFT_OFFICE}-{office}", LEAVES_OFFICE[office])
            for office in member.offices(day)
        ]

    def offer_only(self, happenings: Iterable[Happening]) -> None:
        """These, and nothing else."""
        self.happened.choices = [SelectChoice(one, HAPPENINGS[one]) for one in happenings]

    def chosen(self) -> tuple[Happening, Office | None]:
        """What happened, and to which office."""
        kind, _dash, office = self.happened.data.partition("-")
        return Happening(kind), Office(office) if office else None


class PostForm(Form):  # type: ignore[misc] # WTForms has no types
    """Which office is to be given, from which day: a question in the address."""

    functie = RadioField(
        _("Welke functie?"), choices=[SelectChoice(one, name) for one, name in OFFICES.items()]
    )
    dag = DateField(_("Vanaf welke dag?"))
    soort = RadioField(
        _("Voor hoe lang?"),
        choices=[
            SelectChoice("vast", _("Voor vast")),
            SelectChoice("waarnemend", _("Waarnemend: tot er een keuze is")),
        ],
        default="vast",
    )

    def office(self) -> Office | None:
        """The office that was asked for, if there is such a one."""
        asked = self.functie.data
        return Office(asked) if asked in set(Office) else None


class DecisionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Who gets the office, and how the board agreed on it."""

    member = SelectField(_("Wie?"), [InputRequired(_("Kies een lid."))])
    decided_on = DateField(_("Op welke dag is dit besloten?"), [_DAY])
    reservations = TextAreaField(
        _("Voorbehouden (mag leeg blijven)"),
        description=_(
            "Zet elk voorbehoud op een eigen regel: een naam, een dubbele punt en wat diegene zegt."
        ),
    )

    def offer(self, members: Iterable[Mandate]) -> None:
        """The people to choose from."""
        self.member.choices = [
            SelectChoice("", ""),
            *(SelectChoice(one.id, one.name) for one in members),
        ]

    def validate_reservations(self, field: Any) -> None:
        """Each line names somebody, so that a reservation is somebody's."""
        for line in _lines(field.data):
            who, colon, text = line.partition(":")
            if not (colon and who.strip() and text.strip()):
                raise ValidationError(_("Schrijf op elke regel: naam, dubbele punt, voorbehoud."))

    def decision(self) -> Decision:
        """How it was agreed."""
        parts = (line.partition(":") for line in _lines(self.reservations.data))
        found = tuple(Reservation(who.strip(), text.strip()) for who, _colon, text in parts)
        return Decision(self.decided_on.data, found)


class CustomerForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Which customer of the register a member is."""

    number = StringField(
        _("Klantnummer"),
        [Length(max=32, message=_("Een klantnummer heeft hoogstens 32 tekens."))],
        description=_("Wij laten het nummer nergens zien. Laat het leeg om het te wissen."),
    )


class RejectForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Why the council does not follow the register."""

    reason = StringField(
        _("Waarom klopt dit niet?"),
        [
            InputRequired(_("Schrijf kort waarom dit niet klopt.")),
            Length(max=200, message=_("Gebruik hoogstens 200 tekens.")),
        ],
    )


class NoteForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """What the council does about an unlawful board, for everybody to read."""

    text = TextAreaField(
        _("Wat doet de raad?"),
        [Length(max=LONGEST_NOTE, message=_("Gebruik hoogstens 1000 tekens."))],
        description=_("Iedereen kan dit lezen. Noem geen namen en geen redenen."),
    )


SUPPOSED: Final = 3
"""How many events the simulator takes."""


class WhatIfForm(Form):  # type: ignore[misc] # WTForms has no types
    """Up to three events that did not happen: a question in the address, kept nowhere."""

    def __init__(self, members: Sequence[Mandate], today: date) -> None:
        super().__init__(request.args)
        happenings = [SelectChoice("", ""), *(SelectChoice(*one) for one in HAPPENINGS.items())]
        people = [SelectChoice("", ""), *(SelectChoice(one.id, one.name) for one in members)]
        for number in range(1, SUPPOSED + 1):
            self[f"lid{number}"].choices = people
            self[f"wat{number}"].choices = happenings
            if not self[f"dag{number}"].raw_data:
                self[f"dag{number}"].data = today

    lid1, lid2, lid3 = (SelectField(_("Welk lid?")) for _number in range(SUPPOSED))
    wat1, wat2, wat3 = (SelectField(_("Wat gebeurt er?")) for _number in range(SUPPOSED))
    dag1, dag2, dag3 = (DateField(_("Vanaf welke dag?")) for _number in range(SUPPOSED))

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each event."""
        numbers = range(1, SUPPOSED + 1)
        return [(self[f"lid{one}"], self[f"wat{one}"], self[f"dag{one}"]) for one in numbers]

    def events(self) -> list[Event]:
        """The events that were filled in whole; nothing of one that was not."""
        known = {choice.value for choice in self.lid1.choices} - {""}
        return [
            Event("", member.data, Happening(what.data), day.data)
            for member, what, day in self.rows
            if member.data in known and what.data in HAPPENINGS and day.data
        ]


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
