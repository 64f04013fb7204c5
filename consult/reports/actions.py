"""Making a report on something that has closed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.elections.actions import closing
from consult.elections.store import elections
from consult.refusal import Refusal
from consult.reports.core.chain import Cell, Chain
from consult.reports.core.report import Report, TooFew, report
from consult.surveys.actions import publishing
from consult.surveys.store import consultations


@dataclass(frozen=True, slots=True)
class Made:
    """A report and what it is about. ``slug`` is the address of the report as a document."""

    title: str
    slug: str
    reference_date: date
    closed_at: datetime
    report: Report | TooFew


def consultation_report(session: Session, key: bytes, consultation_id: str) -> Made:
    """Who took part in a consultation. ``key`` is ``settings.key("surveys.marks")``.

    Raises:
        Refusal: ``surveys.unknown``, or ``surveys.not_closed`` while people may still take part.
    """
    asked = consultations.get(session, consultation_id)
    if asked is None:
        raise Refusal("surveys.unknown")
    counts = publishing.participation_counts(session, key, consultation_id)
    chain = Chain(
        tuple(
            Cell(kind, age_band, neighbourhood, invited, invited, participants)
            for (kind, age_band, neighbourhood), (invited, participants) in counts.items()
        )
    )
    slug = f"deelname-raadpleging-{asked.slug}"
    return Made(str(asked.title), slug, asked.reference_date, asked.closes_at, report(chain))


def election_report(session: Session, election_id: str) -> Made:
    """Who took part in an election; never what they chose.

    Raises:
        Refusal: ``elections.unknown``, or ``elections.not_closed`` while people may still vote.
    """
    counts = closing.participation_counts(session, election_id)
    election = elections.get(session, election_id)
    chain = Chain(
        tuple(
            Cell(
                stratum.kind,
                stratum.age_band,
                stratum.neighbourhood,
                base=stratum.people,
                invited=invited,
                participants=participants,
            )
            for stratum, invited, participants in counts
        )
    )
    slug = f"deelname-verkiezing-{election.uuid.lower()}"
    plan = election.plan
    return Made(plan.title, slug, plan.reference_date, plan.closes_at, report(chain))
