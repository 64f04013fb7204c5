"""Who assesses the applicants of an election, what they say, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.elections.core.election import Election
from consult.elections.core.nomination import Standing
from consult.elections.core.preselection import (
    WHOLE,
    Assessment,
    Left,
    Review,
    Score,
    Seat,
    Selection,
    Verdict,
)
from consult.elections.store import applications
from consult.elections.tables import preselection as t

_VERDICT: Final = [getattr(t.VerdictRow, field.name) for field in fields(Verdict)]
_REVIEW: Final = [getattr(t.ReviewRow, field.name) for field in fields(Review)]


def selection(session: Session, election: Election) -> Selection:
    """The preselection of an election as it stands."""
    return Selection(
        by=election.plan.preselection,
        begins_at=election.plan.nominate_until,
        competences=election.needs.competences or (WHOLE,),
        applications=tuple(
            one.id for one in applications.every(session, election.id, Standing.SUBMITTED)
        ),
        seats={one.account_id: one for one in _seats(session, election.id)},
        assessments=_assessments(session, election.id),
        verdicts=_verdicts(session, election.id),
        reviews=_reviews(session, election.id),
    )


def seated_in(session: Session, account_id: str) -> list[str]:
    """Ids of the elections for which somebody was appointed to assess."""
    return list(
        session.scalars(
            select(t.AssessorRow.election_id).where(t.AssessorRow.account_id == account_id)
        )
    )


def want(session: Session, election_id: str, accounts: Iterable[str]) -> None:
    """Keep whom somebody proposes to let assess."""
    session.execute(delete(t.PreselectionRow).where(t.PreselectionRow.election_id == election_id))
    session.execute(
        insert(t.PreselectionRow).values(election_id=election_id, wanted=sorted(accounts))
    )


def wanted(session: Session, election_id: str) -> frozenset[str]:
    """Whom somebody proposed to let assess."""
    held = session.scalar(
        select(t.PreselectionRow.wanted).where(t.PreselectionRow.election_id == election_id)
    )
    return frozenset(held or ())


def appoint(session: Session, election_id: str, accounts: Iterable[str]) -> None:
    """Let exactly these people assess; what those said who go is erased."""
    held, asked = {one.account_id for one in _seats(session, election_id)}, set(accounts)
    for gone in held - asked:
        drop_assessments(session, election_id, gone)
        session.execute(
            delete(t.AssessorRow).where(
                t.AssessorRow.election_id == election_id, t.AssessorRow.account_id == gone
            )
        )
    for new in sorted(asked - held):
        session.execute(insert(t.AssessorRow).values(election_id=election_id, account_id=new))


def change_seat(session: Session, election_id: str, account_id: str, **values: Any) -> None:
    """Note that an assessor joined, left or handed in."""
    session.execute(
        update(t.AssessorRow)
        .where(t.AssessorRow.election_id == election_id, t.AssessorRow.account_id == account_id)
        .values(**values)
    )


def put_assessment(session: Session, election_id: str, given: Assessment) -> None:
    """Keep what an assessor says of an applicant, in the place of what she said before."""
    session.execute(
        delete(t.AssessmentRow).where(
            t.AssessmentRow.election_id == election_id,
            t.AssessmentRow.account_id == given.account_id,
            t.AssessmentRow.application_id == given.application_id,
        )
    )
    session.execute(
        insert(t.AssessmentRow).values(
            election_id=election_id,
            account_id=given.account_id,
            application_id=given.application_id,
            conflict=given.conflict,
            scores={competence: asdict(score) for competence, score in given.scores.items()},
        )
    )


def drop_assessments(session: Session, election_id: str, account_id: str) -> None:
    """Erase what somebody said who no longer assesses."""
    session.execute(
        delete(t.AssessmentRow).where(
            t.AssessmentRow.election_id == election_id, t.AssessmentRow.account_id == account_id
        )
    )


def propose_verdicts(session: Session, election_id: str, verdicts: Iterable[Verdict]) -> None:
    """Keep a proposed shortlist, in the place of one that was not decided."""
    session.execute(
        delete(t.VerdictRow).where(
            t.VerdictRow.election_id == election_id, t.VerdictRow.decided_at.is_(None)
        )
    )
    rows = [{"election_id": election_id, **asdict(one)} for one in verdicts]
    session.execute(insert(t.VerdictRow), rows)


def decide_verdicts(session: Session, election_id: str, approver: str, now: datetime) -> None:
    """The proposed shortlist holds from now on."""
    session.execute(
        update(t.VerdictRow)
        .where(t.VerdictRow.election_id == election_id, t.VerdictRow.decided_at.is_(None))
        .values(approver=approver, decided_at=now)
    )


def add_review(session: Session, election_id: str, review: Review) -> None:
    """Keep that an applicant asked to look again."""
    session.execute(insert(t.ReviewRow).values(election_id=election_id, **asdict(review)))


def change_review(session: Session, application_id: str, **values: Any) -> None:
    """Note what is proposed or decided on a review."""
    session.execute(
        update(t.ReviewRow).where(t.ReviewRow.application_id == application_id).values(**values)
    )


def void(session: Session, election_id: str, application_id: str) -> bool:
    """Erase everything that was said and decided of one application; whether there was anything."""
    gone = 0
    for table in (t.AssessmentRow, t.ReviewRow, t.VerdictRow):
        mine = (table.election_id == election_id) & (table.application_id == application_id)
        rows = session.execute(delete(table).where(mine).returning(table.application_id))
        gone += len(rows.all())
    return gone > 0


def forget(session: Session, election_id: str, kept: Iterable[str]) -> None:
    """Erase what assessors said of everybody, and the verdicts on all but those ``kept``."""
    for table in (t.AssessmentRow, t.ReviewRow):
        session.execute(delete(table).where(table.election_id == election_id))
    session.execute(
        delete(t.VerdictRow).where(
            t.VerdictRow.election_id == election_id,
            t.VerdictRow.application_id.not_in(tuple(kept)),
        )
    )
    session.execute(
        update(t.VerdictRow)
        .where(t.VerdictRow.election_id == election_id)
        .values(admitted=True, reason="", against="")
    )


def _seats(session: Session, election_id: str) -> list[Seat]:
    rows = session.execute(
        select(
            t.AssessorRow.account_id,
            t.AssessorRow.joined_at,
            t.AssessorRow.left,
            t.AssessorRow.handed_in_at,
        )
        .where(t.AssessorRow.election_id == election_id)
        .order_by(t.AssessorRow.account_id)
    )
    return [
        Seat(one, joined, Left(left) if left else None, handed)
        for one, joined, left, handed in rows
    ]


def _assessments(session: Session, election_id: str) -> Mapping[tuple[str, str], Assessment]:
    rows = session.execute(
        select(
            t.AssessmentRow.account_id,
            t.AssessmentRow.application_id,
            t.AssessmentRow.conflict,
            t.AssessmentRow.scores,
        ).where(t.AssessmentRow.election_id == election_id)
    )
    return {
        (account, application): Assessment(
            account, application, conflict, {key: Score(**one) for key, one in scores.items()}
        )
        for account, application, conflict, scores in rows
    }


def _verdicts(session: Session, election_id: str) -> Mapping[str, Verdict]:
    rows = session.execute(select(*_VERDICT).where(t.VerdictRow.election_id == election_id))
    return {row.application_id: Verdict(*row) for row in rows}


def _reviews(session: Session, election_id: str) -> Mapping[str, Review]:
    rows = session.execute(select(*_REVIEW).where(t.ReviewRow.election_id == election_id))
    return {row.application_id: Review(*row) for row in rows}
