"""The finished document of an election, in Dutch and in English: every seat explains itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from sqlalchemy.orm import Session

from consult.clock import AMSTERDAM
from consult.elections.actions.explain import explain
from consult.elections.actions.outcome import outcome
from consult.elections.core import case
from consult.elections.core.election import Election, digest, parse_seal
from consult.elections.core.outcome import Count
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.site.core import Block as Part
from consult.site.core import Document, Facts, Heading, Link, Paragraph, Table, Text
from consult.wording import LANGUAGES, gettext


@dataclass(frozen=True, slots=True)
class Told:
    """What the document tells of: the count with the people in it."""

    election: Election
    result: Count
    names: Mapping[str, str]
    votes: Mapping[str, int]
    sitting: int
    facts: Mapping[str, Any]


def document(session: Session, election_id: str) -> Document:
    """Everything that is published of a counted election."""
    told = told_of(session, election_id)
    return Document(
        f"verkiezing-{told.election.uuid.lower()}",
        "election",
        {
            language: Text(told.election.plan.title, tuple(_blocks(told, language)))
            for language in LANGUAGES
        },
    )


def told_of(session: Session, election_id: str) -> Told:
    """The count of an election with the people in it.

    Raises:
        Refusal: ``elections.draw_needed``, ``elections.no_totals``, ``elections.unknown``.
    """
    election = store.get(session, election_id)
    if election is None:
        raise Refusal("elections.unknown")
    counted = outcome(session, election_id)
    if not isinstance(counted.result, Count):
        raise Refusal("elections.draw_needed")
    row = store.details(session, election_id)
    read = case.read(counted.case)
    return Told(
        election=election,
        result=counted.result,
        names={one["id"]: one["name"] for one in parse_seal(row.seal or b"")["candidates"]},
        votes=read.totals,
        sitting=len(read.contest.sitting),
        facts={
            "voters": store.count_credentials(session, election_id),
            "ballots": row.voters or 0,
            "fingerprint": parse_seal(row.seal or b"")["roll_fingerprint"],
            "seal": digest(row.seal or b""),
            "record": digest(counted.record),
        },
    )


def _blocks(told: Told, language: str) -> Iterator[Part]:
    _ = gettext(language)
    if language != "nl":
        yield Paragraph(_("De raad schreef de naam en het profiel in het Nederlands."))
    yield Paragraph(_("Klanten kozen zelf hun bestuur. Hier leest u wie gekozen zijn, en waarom."))
    yield _summary(told, language)
    yield Heading(_("De uitslag"))
    yield _table(told, language)
    yield Heading(_("Zo is er geteld"))
    yield Paragraph(
        _("Wij gaan de lijst af op volgorde van stemmen.")
        + " "
        + _("Iemand wordt alleen overgeslagen als er anders geen bestuur volgens de regels kan.")
    )
    for step in told.result.steps:
        yield Paragraph(explain(step, told.names, language))
    yield Heading(_("Zelf controleren"))
    yield from _checking(told, language)


def _summary(told: Told, language: str) -> Facts:
    _ = gettext(language)
    plan, facts = told.election.plan, told.facts
    opened, closed = (
        format_datetime(moment, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=language)
        for moment in (plan.opens_at, plan.closes_at)
    )
    turnout = facts["ballots"] * 1000 // facts["voters"] / 10
    return Facts(
        (
            (_("Stemmen kon vanaf"), opened),
            (_("Stemmen kon tot"), closed),
            (_("Mochten stemmen"), facts["voters"]),
            (_("Stemden"), facts["ballots"]),
            (_("Opkomst"), f"{format_decimal(turnout, '0.0', locale=language)} %"),
            (_("Leden van het bestuur na deze verkiezing"), told.result.board_size or 0),
            (_("Lege plaatsen"), told.result.vacant),
            (
                _("De gekozen leden blijven tot"),
                format_date(plan.seats_until, "d MMMM yyyy", locale=language),
            ),
        )
    )


def _table(told: Told, language: str) -> Table:
    _ = gettext(language)
    by_votes, elected = set(told.result.by_votes.elected), set(told.result.elected)
    ranked = sorted(told.votes, key=lambda one: (-told.votes[one], told.names[one]))
    yes, no = _("ja"), _("nee")
    return Table(
        _("Stemmen per kandidaat"),
        (_("Kandidaat"), _("Aantal stemmen"), _("Gekozen als alleen stemmen telden"), _("Gekozen")),
        tuple(
            (
                told.names[one],
                told.votes[one],
                yes if one in by_votes else no,
                yes if one in elected else no,
            )
            for one in ranked
        ),
        numeric=(1,),
    )


def _checking(told: Told, language: str) -> Iterator[Part]:
    _ = gettext(language)
    uuid = told.election.uuid
    yield Paragraph(
        _("Iedereen kan deze verkiezing narekenen met een programma dat niet van ons is.")
        + " "
        + _("De codes zijn op onze server gemaakt.")
        + " "
        + _("Wie de server beheert, had kunnen stemmen voor mensen die niet stemden.")
    )
    yield Facts(
        (
            (_("Controlegetal van de lijst"), told.facts["fingerprint"]),
            (_("Controlegetal van het zegel"), told.facts["seal"]),
            (_("Controlegetal van de telling"), told.facts["record"]),
        )
    )
    yield Link(_("Alle stembiljetten, versleuteld"), f"/stemmen/{uuid}/archief.bel")
    yield Link(_("Wat vooraf vastlag"), f"/verkiezing/{uuid}/zegel.json")
    yield Link(_("Wat geteld is"), f"/verkiezing/{uuid}/telling.json")
    yield Link(_("Elke stap van de telling"), f"/verkiezing/{uuid}/proces-verbaal.jsonl")
