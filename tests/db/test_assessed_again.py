"""An application that changes after it was assessed, when the time to apply is extended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.actor import Role
from consult.audit.store import latest
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import assessing, assessors, nomination, preselection, shortlist
from consult.elections.core.asking import Kind
from consult.elections.core.election import Preselection
from consult.elections.core.preselection import REVIEW_LASTS, Score, Verdict
from consult.elections.store import elections as store
from consult.refusal import Refusal
from tests.nominations import CALLING, OVER, UNTIL, Calling, applied, calling
from tests.preselections import MEMBERS, appoint, somebody

AGAIN = OVER + timedelta(days=1)
END = OVER + timedelta(days=2)
AFTER = END + REVIEW_LASTS + timedelta(days=1)


def decided(session: Session, settings: Settings) -> tuple[Calling, tuple[str, str]]:
    """Anna was admitted, Bilal was not; then people got more time to apply."""
    run = calling(session, settings, replace(CALLING, preselection=Preselection.COMMITTEE))
    both = applied(session, run, 0), applied(session, run, 1, "Bilal Berg")
    secretary = somebody(session, "Sanne Secretaris", Role.SECRETARY)
    chair = somebody(session, "Amina Voorzitter", Role.CHAIR)
    members = [somebody(session, name, Role.SELECTION) for name in MEMBERS[:3]]
    appoint(session, run.id, secretary, chair, members)
    given = {one: Score(4, "Dat bleek.") for one in ("c1", "c2")}
    for one in members:
        assessors.join(session, one, OVER, run.id, stands=False, landlord=False)
        for application in both:
            assessing.assess(session, one, OVER, run.id, application, given)
        assessing.hand_in(session, one, OVER, run.id)
    told = [Verdict(one, one == both[0], "Reden.", "Zie verslag.") for one in both]
    shortlist.propose(session, members[0], OVER, run.id, told)
    shortlist.approve(session, members[1], OVER, run.id)
    preselection.ask_review(session, OVER, both[1], "Kijk nog eens.")
    store.mark(session, run.id, nominate_until=END)
    return run, both


def test_who_changes_an_admitted_application_is_not_admitted_any_more(
    database: Database, settings: Settings
) -> None:
    """Else somebody could be admitted on one text, and stand with another that nobody read."""
    with database.write() as session:
        run, (anna, bilal) = decided(session, settings)
        who = run.applicant(0)
        assert UNTIL < AGAIN < END
        nomination.save(session, AGAIN, who, 2, {"statement": ["Nu iets heel anders."]})
        assert nomination.accept(session, AGAIN, who) == ()
        assert preselection.verdict_for(session, anna) is None
        kinds = [one.kind for one in latest(session, 2)]
        assert kinds == ["elections.applied", "elections.verdict_void"]
        with pytest.raises(Refusal, match=r"elections\.preselection_open"):
            preselection.admitted(session, AFTER, run.id)
        told = preselection.verdict_for(session, bilal)
        assert told is not None
        assert told.asked_at == OVER


def test_who_changes_nothing_keeps_the_verdict(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run, (anna, _) = decided(session, settings)
        who = run.applicant(0)
        steps = nomination.mine(session, AGAIN, who).asked.steps
        place = [one.kind for one in steps].index(Kind.NAME) + 1
        nomination.save(session, AGAIN, who, place, {"name": ["Anna Appel"]})
        nomination.withdraw(session, AGAIN, who)
        assert nomination.accept(session, AGAIN, who) == ()
        told = preselection.verdict_for(session, anna)
        assert told is not None
        assert told.admitted
