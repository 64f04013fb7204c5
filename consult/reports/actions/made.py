"""Making a report on something that has closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.elections.actions import closing
from consult.elections.store import elections
from consult.refusal import Refusal
from consult.register.core.tallying import Cell as Counted
from consult.reports.core.chain import Cell, Chain, Dimension
from consult.reports.core.report import Report, TooFew, report
from consult.surveys.actions import publishing
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.strata import going_along, told_as
from consult.surveys.store import consultations

_BY: Mapping[str, Dimension] = {
    Stratum.KIND: Dimension.KIND,
    Stratum.AGE: Dimension.AGE_BAND,
    Stratum.NEIGHBOURHOOD: Dimension.NEIGHBOURHOOD,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A report and what it is about. ``slug`` is the address of the report as a document."""

    title: str
    slug: str
    reference_date: date
    closed_at: datetime
    report: Report | TooFew


def consultation_report(
    session: Session, marks: bytes, answers: bytes, consultation_id: str
) -> Made:
    """Who took part in a consultation.

    Where answers are told by groups, so is this: other groups could be subtracted from those.
    ``marks`` and ``answers`` are ``settings.key`` of ``"surveys.marks"`` and ``"surveys.answers"``.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.not_closed`` while people may still take part, or
            ``surveys.sealed`` while groups have yet to be made.
    """
    asked = consultations.get(session, consultation_id)
    if asked is None:
        raise Refusal("surveys.unknown")
    counts = publishing.participation_counts(session, marks, consultation_id)
    told = publishing.groups_told(session, answers, consultation_id)
    chain = Chain(tuple(_cell(*one, told) for one in counts.items()))
    slug = f"deelname-raadpleging-{asked.slug}"
    return Made(str(asked.title), slug, asked.reference_date, asked.closes_at, _told(chain, told))


def _told(chain: Chain, told: Mapping[str, frozenset[str]]) -> Report | TooFew:
    return report(chain, {_BY[name] for name in told})


def _cell(of: Counted, counted: tuple[int, int], told: Mapping[str, frozenset[str]]) -> Cell:
    """People of one stratum, in the groups in which answers are told."""
    (kind, age_band, neighbourhood), (invited, participants) = of, counted
    coarse = going_along(map(Stratum, told), kind, age_band, neighbourhood)
    named = {name: told_as(coarse[name], groups) for name, groups in told.items()}
    return Cell(
        named.get(Stratum.KIND, kind),
        named.get(Stratum.AGE, age_band),
        named.get(Stratum.NEIGHBOURHOOD, neighbourhood),
        base=invited,
        invited=invited,
        participants=participants,
    )


def election_report(session: Session, votes: bytes, election_id: str) -> Made:
    """Who took part in an election; never what they chose.

    ``votes`` is ``settings.key("elections.marks")``.

    Raises:
        Refusal: ``elections.unknown``, or ``elections.not_closed`` while people may still vote.
    """
    counts = closing.participation_counts(session, votes, election_id)
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
