"""A preselection in each state, so that each of its pages has something to show."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor, Role
from consult.elections.actions import assessing, assessors, preselection, shortlist
from consult.elections.tables.applications import PhotoRow
from tests import preselections
from tests.preselections import MEMBERS, THEN, Story

STATES = ("asked", "assessing", "compared", "reviewed", "settled")
PIXEL = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c19"
    "12130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b08"
    "000100010101110"
    "0ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403"
    "050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a"
    "161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a7374757677"
    "78797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9ca"
    "d2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbd3ffd9"
)
"""The smallest picture."""


def select(
    session: Session, secretary: Actor, chair: Actor, member: Actor, now: datetime
) -> Mapping[str, str]:
    """Ids by the name of the state; ``member`` sits in every committee."""
    others = tuple(preselections.somebody(session, name, Role.SELECTION) for name in MEMBERS[:2])
    stories = {
        state: preselections.begun(session, secretary, chair, (member, *others)) for state in STATES
    }
    _assessing(session, stories["assessing"])
    _compared(session, stories["compared"], now)
    preselections.decided(session, stories["reviewed"])
    preselection.ask_review(session, THEN, stories["reviewed"].applications[2], "Kijk nog eens.")
    preselections.decided(session, stories["settled"])
    asked = frozenset(one.account_id for one in (member, *others))
    effect = assessors.effect(stories["asked"].id, asked)
    approvals.propose(session, secretary, now, assessors.ACT, stories["asked"].id, effect)
    ids = {state: story.id for state, story in stories.items()}
    applicants = {f"{state} applicant": story.applications[0] for state, story in stories.items()}
    return {**ids, **applicants, "reviewed applicant": stories["reviewed"].applications[2]}


def _assessing(session: Session, story: Story) -> None:
    """The member has assessed one of three and declared a conflict with another."""
    preselections.joined(session, story)
    preselections.assess(session, story, 0, 1)
    member, _, _ = story.members
    conflict = (member, THEN, story.id, story.applications[2], "Zij is mijn buurvrouw.")
    assessing.declare_conflict(session, *conflict)
    session.add(PhotoRow(application_id=story.applications[0], jpeg=PIXEL))


def _compared(session: Session, story: Story, now: datetime) -> None:
    """All are in, and somebody else proposed a shortlist against the order."""
    preselections.ready(session, story)
    verdicts = preselections.verdicts(story, (1, 2), "Zij zit al in de raad.")
    shortlist.propose(session, story.members[1], now, story.id, verdicts)
