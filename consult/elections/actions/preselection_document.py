"""The finished document of a preselection: what was looked at, numbers, agreement and effect.

It follows from decisions that two people each took and adds none, so one person publishes it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from babel.numbers import format_decimal
from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.elections.actions.assessors import held
from consult.elections.actions.preselection import Numbers, admitted, numbers_of
from consult.elections.actions.shortlist_effect import Outlook, mirror, outlook
from consult.elections.core.election import Election, Preselection
from consult.elections.core.mirror import Mirror, tells_refused
from consult.elections.core.nomination import Application, Standing
from consult.elections.core.preselection import Selection
from consult.elections.core.profile import Attribute, Competence
from consult.elections.core.shortlist import agreement
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.raters import Level, level
from consult.refusal import Refusal
from consult.register.core.base import Kind
from consult.site.actions import publish as publish_document
from consult.site.core import Block, Document, Facts, Heading, Paragraph, Table, Text, same
from consult.site.store import publication
from consult.wording import LANGUAGES, gettext

_Gettext = Callable[[str], str]
_DASH: Final = "–"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that is told of a preselection. ``assessed``: of how many the groups are told."""

    election: Election
    assessed: int
    competences: tuple[Competence, ...]
    numbers: Numbers
    alpha: Fraction | None
    outlook: Outlook
    mirrors: tuple[Mirror, ...]


def outcome(session: Session, now: datetime, election_id: str) -> Outcome:
    """What is published of a preselection that is over.

    Raises:
        Refusal: ``elections.no_preselection``, ``elections.preselection_open``,
            ``elections.assessments_erased`` after the election was published.
    """
    election, selection = held(session, election_id)
    if election.published_at is not None:
        raise Refusal("elections.assessments_erased")
    chosen = admitted(session, now, election_id)
    found = assessed(session, election_id)
    return Outcome(
        election,
        len(found),
        selection.competences,
        numbers_of(session, election, selection),
        agreement(selection),
        outlook(session, election, found, chosen),
        mirror(session, election, found, chosen),
    )


def assessed(session: Session, election_id: str) -> list[Application]:
    """The applicants whom a preselection looked at, of whose groups is told; none once erased.

    Raises:
        Refusal: ``elections.unknown``, ``elections.no_preselection``.
    """
    _, selection = held(session, election_id)
    return [
        *applications.every(session, election_id, Standing.SUBMITTED),
        *_refused_and_gone(session, election_id, selection),
    ]


def _refused_and_gone(
    session: Session, election_id: str, selection: Selection
) -> list[Application]:
    """Who was refused and then withdrew.

    She counts on in the groups: else the next version, less the one before, would be her alone.
    """
    return [
        one
        for one in applications.every(session, election_id, Standing.WITHDRAWN)
        if (told := selection.verdicts.get(one.id))
        and told.decided_at is not None
        and not selection.admits(one.id)
    ]


def publish(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Put the document on the site; once more where nothing changed adds nothing.

    Raises:
        Refusal: as :func:`outcome`.
    """
    store.lock(session, election_id)
    publish_document(session, who, now, document(outcome(session, now, election_id)))
    facts = {"election": election_id}
    record(session, who, now, "elections.preselection_published", facts)


def slug_of(election: Election) -> str:
    """Where the document stands on the site."""
    return f"voorselectie-{election.uuid.lower()}"


def public_slug(session: Session, election: Election) -> str:
    """Where the document stands on the site; empty as long as it was not published."""
    slug = slug_of(election)
    return slug if publication(session, slug) is not None else ""


def is_public(session: Session, made: Document) -> bool:
    """Whether exactly this stands on the site."""
    newest = publication(session, made.slug)
    return newest is not None and same(made, newest)


def document(found: Outcome) -> Document:
    """The document in every language."""
    texts = {
        language: Text(_title(found, language), tuple(_blocks(found, language)))
        for language in LANGUAGES
    }
    return Document(slug_of(found.election), "preselection", texts)


def _title(found: Outcome, language: str) -> str:
    _ = gettext(language)
    return _("Voorselectie: %(title)s") % {"title": found.election.plan.title}


def _blocks(found: Outcome, language: str) -> Iterator[Block]:
    _ = gettext(language)
    if found.election.plan.preselection is Preselection.COMMITTEE:
        yield Paragraph(_("Een commissie van buiten de raad koos wie kandidaat wordt."))
    else:
        yield Paragraph(_("De raad koos wie kandidaat wordt."))
    yield Paragraph(
        _("Iedere beoordelaar gaf eerst alleen cijfers, van 1 tot en met 5.")
        + " "
        + _("Pas toen iedereen klaar was, zagen zij elkaars cijfers.")
        + " "
        + _("Daarna beslisten zij samen, met een reden voor iedereen.")
    )
    yield Heading(_("Hier is op gelet"))
    yield Facts(
        tuple((one.name or _("Het profiel"), one.about or _DASH) for one in found.competences)
    )
    yield Heading(_("De cijfers"))
    yield _numbers(found.numbers, _)
    yield Heading(_("Waren de beoordelaars het eens?"))
    yield Paragraph(agreement_words(level(found.alpha), _))
    if found.alpha is not None:
        value = format_decimal(float(found.alpha), "0.00", locale=language)
        yield Facts(((_("Overeenstemming (Krippendorffs alfa)"), value),))
    yield Heading(_("Zijn de kandidaten een afspiegeling?"))
    yield _mirror(found, language)
    yield Paragraph(
        _("Een streepje betekent dat wij het getal niet weten of niet laten zien.")
        + " "
        + _("Van kleine groepen laten wij niets zien.")
    )
    yield Heading(_("Kan er een bestuur volgens de regels komen?"))
    yield from _board(found, _)


def _numbers(told: Numbers, _: _Gettext) -> Facts:
    return Facts(
        (
            (_("Aangemeld"), told.applied),
            (_("Zelf gestopt"), told.withdrawn),
            (_("Beoordeeld"), told.applied - told.withdrawn),
            (_("Beoordelaars"), told.assessors),
            (_("Toegelaten"), told.admitted),
            (_("Niet toegelaten"), told.refused),
            (_("Vroegen om nog eens te kijken"), told.asked),
            (_("Daarna toch toegelaten"), told.granted),
        )
    )


def agreement_words(found: Level, _: _Gettext) -> str:
    """How far assessors agree, in a sentence."""
    return {
        Level.FIRM: _("De beoordelaars waren het goed met elkaar eens."),
        Level.TENTATIVE: _("De beoordelaars waren het redelijk met elkaar eens."),
        Level.WEAK: _("De beoordelaars waren het maar een beetje met elkaar eens."),
        Level.NONE: _("De beoordelaars waren het niet met elkaar eens."),
        Level.UNKNOWN: _("Of de beoordelaars het eens waren, is niet te zeggen."),
    }[found]


def group_words(one: Mirror, _: _Gettext) -> str:
    """What a group is called."""
    kinds = {
        Kind.TENANT: _("Huurders van een woning"),
        Kind.OWNER: _("Kopers"),
        Kind.ENTREPRENEUR: _("Ondernemers"),
        Kind.SPACE: _("Huurders van een parkeerplaats of berging"),
    }
    if one.attribute is Attribute.KIND:
        return ", ".join(kinds[Kind(value)] for value in one.values)
    said = {
        Attribute.AGE: _("Leeftijd: %(values)s"),
        Attribute.NEIGHBOURHOOD: _("Wijk: %(values)s"),
        Attribute.BACKGROUND: _("Achtergrond, zelf opgegeven: %(values)s"),
    }[one.attribute]
    return said % {"values": ", ".join(one.values)}


def _mirror(found: Outcome, language: str) -> Table:
    _ = gettext(language)
    numbers = found.numbers

    def share(part: Fraction | None) -> str:
        if part is None:
            return _DASH
        return f"{format_decimal(float(part * 100), '0', locale=language)}\u00a0%"

    def of(part: int | None, whole: int) -> str:
        return _DASH if part is None or not whole else f"{part} ({share(Fraction(part, whole))})"

    rows = tuple(
        (
            group_words(one, _),
            share(one.base),
            of(one.applicants, found.assessed),
            of(one.candidates, numbers.admitted),
        )
        for one in found.mirrors
    )
    head = (_("Groep"), _("Alle klanten"), _("Beoordeeld"), _("Toegelaten"))
    return Table(_("Groepen bij klanten en kandidaten"), head, rows, numeric=(1, 2, 3))


def _board(found: Outcome, _: _Gettext) -> Iterator[Block]:
    told = found.outlook
    sizes = {"size": told.after, "wanted": told.wanted, "before": told.before}
    if told.after is None:
        yield Paragraph(_("Met deze kandidaten kan er geen bestuur volgens de regels komen."))
    else:
        said = _("Met deze kandidaten zijn %(size)s van de %(wanted)s plaatsen te vullen.")
        yield Paragraph(said % sizes)
    if not tells_refused(found.numbers.refused):
        yield Paragraph(
            _("Wat er zonder voorselectie kon, staat hier niet: zo wijst het niemand aan.")
        )
    elif told.before is None:
        yield Paragraph(_("Met iedereen die zich aanmeldde, kon dat ook niet."))
    else:
        said = _("Met iedereen die zich aanmeldde, waren dat er %(before)s.")
        yield Paragraph(said % sizes)
