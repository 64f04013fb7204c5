"""An election that customers can stand for, for tests that need a database: through actions."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from PIL import Image
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import call, listing, nomination, prepare
from consult.elections.actions.nomination import Applicant
from consult.elections.core.asking import Kind
from consult.elections.core.election import Plan
from consult.elections.store import elections as store
from consult.elections.tables import applications as t
from consult.register.core.codes import Code
from tests.consultations import REGISTRAR, SECRETARY, estate
from tests.elections import PLAN

CALLED = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
FROM = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
WHILE = datetime(2026, 10, 12, 10, 0, tzinfo=UTC)
UNTIL = datetime(2026, 10, 26, 22, 59, tzinfo=UTC)
LATE = UNTIL - timedelta(days=3)
OVER = UNTIL + timedelta(hours=1)
CALLING = replace(PLAN, nominate_from=FROM, nominate_until=UNTIL)
NEEDS: Final = {
    "competences": [
        {"id": "c1", "name": "Luisteren", "about": "U hoort wat klanten zeggen."},
        {"id": "c2", "name": "Rekenen", "about": ""},
    ],
    "reserved": [
        {
            "id": "r1",
            "attribute": "background",
            "values": ["Turks", "Kaapverdisch"],
            "seats": 1,
            "if_short": "release",
        },
        {
            "id": "r2",
            "attribute": "neighbourhood",
            "values": ["Noord"],
            "seats": 1,
            "if_short": "release",
        },
    ],
}
CONFLICT = "Mijn zwager schildert voor de verhuurder."
FILLED: Mapping[Kind, Mapping[str, Sequence[str]]] = {
    Kind.NAME: {"name": ["Anna Appel"]},
    Kind.STATEMENT: {"statement": ["Ik luister graag naar mijn buren."]},
    Kind.ANSWER: {"answer": ["Dat doe ik al jaren."]},
    Kind.BACKGROUND: {"background": ["Turks"]},
    Kind.PHOTO: {},
    Kind.CONFLICTS: {"staff": ["no"], "committee": ["no"], "interests": [CONFLICT]},
    Kind.CONSENT: {"consent": ["y"]},
}
ON_PAPER: Mapping[str, Sequence[str]] = {
    "name": ["Papa Papier"],
    "statement": ["Ik schrijf liever."],
    "answer-3": ["Met aandacht."],
    "answer-4": ["Op een telraam."],
    "staff": ["yes"],
    "committee": ["no"],
    "consent": ["y"],
}


@dataclass(frozen=True)
class Calling:
    """An election for which letters went out; ``codes`` are of customers K00000 and on."""

    id: str
    uuid: str
    codes: tuple[Code, ...]
    entries: tuple[str, ...]

    def applicant(self, number: int = 0) -> Applicant:
        """Customer K0000<number>, who has entered her code."""
        return Applicant(self.id, self.entries[number])


def drafted(session: Session, plan: Plan = CALLING, people: int = 12) -> str:
    """The id of an election with a published profile, before the call."""
    estate(session, people)
    made = prepare.draft(session, SECRETARY, CALLED, plan)
    store.mark(session, made, needs=NEEDS, profile_at=CALLED)
    return made


def calling(
    session: Session, settings: Settings, plan: Plan = CALLING, people: int = 12
) -> Calling:
    """An election that customers can stand for from ``FROM`` on."""
    made = drafted(session, plan, people)
    key = settings.key("register.codes")
    pairs = sorted(
        call.make_call(session, REGISTRAR, CALLED, key, made),
        key=lambda pair: pair[0].customer_number,
    )
    return Calling(
        made,
        store.get(session, made).uuid,
        tuple(code for _, code in pairs),
        tuple(entry.id for entry, _ in pairs),
    )


def filled(
    session: Session,
    run: Calling,
    number: int = 0,
    name: str = "Anna Appel",
    now: datetime = WHILE,
) -> None:
    """Every page is filled in; nothing is handed in yet."""
    who = run.applicant(number)
    given = {**FILLED, Kind.NAME: {"name": [name]}}
    for place, step in enumerate(nomination.mine(session, now, who).asked.steps, 1):
        problem = nomination.save(session, now, who, place, given[step.kind])
        assert problem is None


def applied(
    session: Session,
    run: Calling,
    number: int = 0,
    name: str = "Anna Appel",
    now: datetime = WHILE,
) -> str:
    """The id of an application that was handed in."""
    filled(session, run, number, name, now)
    assert nomination.accept(session, now, run.applicant(number)) == ()
    own = nomination.mine(session, now, run.applicant(number)).application
    assert own is not None
    return own.id


def listed(session: Session, run: Calling, two: tuple[Actor, Actor], now: datetime = OVER) -> int:
    """Two people fix the list."""
    effect = listing.list_effect(session, now, run.id)
    approvals.propose(session, two[0], now, listing.FIX, run.id, effect)
    approvals.approve(session, two[1], now, listing.FIX, run.id, effect)
    return listing.fix_list(session, two[1], now, run.id)


def left(session: Session, number: int) -> None:
    """Customer K0000<number> gave up the home in the middle of October."""
    session.execute(
        text("UPDATE contract SET ended_on = '2026-10-08' WHERE customer_number = :number"),
        {"number": f"K{number:05}"},
    )


def become(session: Session, number: int, **values: object) -> None:
    """The roll says something else of customer K0000<number>."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    session.execute(
        text(f"UPDATE roll_entry SET {sets} WHERE customer_number = :number"),  # noqa: S608
        {"number": f"K{number:05}", **values},
    )


def applications_in(database: Database) -> int:
    """How many rows there are, photos included."""
    with database.read() as session:
        return sum(session.query(row).count() for row in (t.ApplicationRow, t.PhotoRow))


def begun(session: Session, application_id: str, at: datetime) -> None:
    """That application was begun at ``at``."""
    session.execute(
        update(t.ApplicationRow).where(t.ApplicationRow.id == application_id).values(begun_at=at)
    )


def jpeg(colour: str = "orange", side: int = 300) -> bytes:
    """A photo."""
    held = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(held, "JPEG")
    return held.getvalue()
