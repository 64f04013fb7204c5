"""A consultation as an activity to report on."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from consult.refusal import Refusal
from consult.register.core.tallying import Cell as Sort
from consult.register.store import rolls
from consult.reports.actions.activities import Activity, Kind
from consult.reports.core import counted
from consult.reports.core.chain import Dimension
from consult.reports.core.counted import Labels
from consult.reports.core.edition import Readers
from consult.surveys.actions import publishing
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.counts.results import Results
from consult.surveys.core.sealed.strata import going_along, told_as
from consult.surveys.store import consultations

_BY: Final[Mapping[str, Dimension]] = {
    Stratum.KIND: Dimension.KIND,
    Stratum.AGE: Dimension.AGE_BAND,
    Stratum.NEIGHBOURHOOD: Dimension.NEIGHBOURHOOD,
}


def consultation_made(
    session: Session, marks: bytes, answers: bytes, consultation_id: str, readers: Readers
) -> Activity:
    """Who took part in a consultation, and once it was opened what came of it.

    Where answers are told by groups, so is this: other groups could be subtracted from those.
    ``marks`` and ``answers`` are ``settings.key`` of ``"surveys.marks"`` and ``"surveys.answers"``.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.not_closed`` while people may still take part, or
            ``surveys.sealed`` while groups have yet to be made.
    """
    asked = consultations.get(session, consultation_id)
    if asked is None:
        raise Refusal("surveys.unknown")
    found = publishing.participation_tally(session, marks, consultation_id)
    told = publishing.groups_told(session, answers, consultation_id)
    roll = rolls.roll(session, asked.roll_id or "")
    return Activity(
        id=asked.id,
        kind=Kind.CONSULTATION,
        title=str(asked.title),
        slug=f"deelname-raadpleging-{asked.slug}",
        reference_date=asked.reference_date,
        closed_at=asked.closed_at or asked.closes_at,
        chain=counted.asked(found, named=lambda sort: _in(sort, told)),
        roll_fingerprint=roll.fingerprint if roll else "",
        roll_size=roll.size if roll else 0,
        results=_results(session, answers, consultation_id, readers) if asked.unsealed_at else None,
        told={_BY[name]: groups for name, groups in told.items()},
    )


def _results(session: Session, answers: bytes, consultation_id: str, readers: Readers) -> Results:
    if readers is Readers.INSIDE:
        return publishing.results(session, answers, consultation_id)
    return publishing.public_results(session, answers, consultation_id)


def _in(sort: Sort, told: Mapping[str, frozenset[str]]) -> Labels:
    """The groups of one stratum in which answers are told."""
    coarse = going_along(map(Stratum, told), *sort)
    named = {name: told_as(coarse[name], groups) for name, groups in told.items()}
    kind, age_band, neighbourhood = sort
    return (
        named.get(Stratum.KIND, kind),
        named.get(Stratum.AGE, age_band),
        named.get(Stratum.NEIGHBOURHOOD, neighbourhood),
    )
