"""A whole election for tests that need a database: made through actions, ballots and all."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gmpy2 import mpz
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor, Role
from consult.belenios import ballot, credential, tally, trustee
from consult.config import Settings
from consult.council.core.agreement import Ties
from consult.db.session import Database
from consult.elections.actions import (
    bundle,
    closing,
    holders,
    lot,
    opening,
    outcome,
    prepare,
    publication,
    signing,
    voting,
)
from consult.elections.actions.prepare import Nomination, draw_exponent
from consult.elections.actions.voting import Receipt
from consult.elections.core import draw
from consult.elections.core.election import Plan, digest
from consult.elections.core.signing import blanks, groups
from consult.elections.jobs import verify
from consult.elections.store import elections as store
from consult.register.core.codes import Code
from tests.consultations import PREPARED, REGISTRAR, SECRETARY, estate, person

OPENS = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
WHILE_OPEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
AFTER = CLOSES + timedelta(days=1)
PLAN = Plan(
    title="Bestuur 2027",
    profile="Wij zoeken mensen die kunnen luisteren.",
    max_board=3,
    max_choices=2,
    reference_date=date(2026, 10, 1),
    opens_at=OPENS,
    closes_at=CLOSES,
    seats_from=date(2027, 1, 1),
    seats_until=date(2031, 1, 1),
)
NAMES = ("Anna Appel", "Bilal Berg", "Cora Citroen", "Daan Dorp")


@dataclass(frozen=True)
class Running:
    """An election that was opened, with its codes, and the key holders' private keys."""

    id: str
    uuid: str
    codes: tuple[Code, ...]
    keys: tuple[tuple[str, str, int], ...]
    secretary: Actor
    chair: Actor


def drafted(session: Session, plan: Plan = PLAN, people: int = 12) -> str:
    """The id of an election with a roll and candidates, all tenants of a dwelling."""
    estate(session, people)
    made = prepare.draft(session, SECRETARY, PREPARED, plan)
    prepare.draw_roll(session, SECRETARY, PREPARED, made)
    for number, name in enumerate(NAMES):
        nomination = Nomination(f"K{number:05}", name, f"Ik ben {name}.")
        prepare.nominate(session, SECRETARY, PREPARED, made, nomination)
    return made


def hold_key(session: Session, election_id: str, name: str) -> tuple[str, str, int]:
    """A key holder who has made a key: id, token, private key."""
    holder_id, token = prepare.invite_holder(session, SECRETARY, PREPARED, election_id, name)
    private = trustee.new_private_key(draw_exponent)
    public = trustee.announce(private, draw_exponent).json()
    uuid = store.get(session, election_id).uuid
    lot = draw.commitment(uuid, number_of(uuid, int(private)))
    holders.hand_in_key(session, PREPARED, holder_id, token, {**dict(public), "lot": lot})
    return holder_id, token, int(private)


def number_of(uuid: str, private: int) -> str:
    """What the key holder's page makes of a private key for a computed lot."""
    return hashlib.sha256(f"lot-secret/1|{uuid}|{private}".encode()).hexdigest()


def number_shown(
    session: Session, run: "Running", holder: tuple[str, str, int], now: datetime = AFTER
) -> None:
    """A key holder shows the number for the lot."""
    holder_id, token, private = holder
    lot.hand_in_number(session, now, holder_id, token, number_of(run.uuid, private))


def ready(
    session: Session,
    settings: Settings,
    plan: Plan = PLAN,
    people: int = 12,
    two: tuple[Actor, Actor] | None = None,
) -> Running:
    """An election with everything in place to open it, by ``two`` people who may be new."""
    return equipped(session, settings, drafted(session, plan, people), two)


def equipped(
    session: Session, settings: Settings, made: str, two: tuple[Actor, Actor] | None = None
) -> Running:
    """A draft with roll and candidates, given its keys and codes."""
    lot_is_computed = store.get(session, made).plan.ties is Ties.COMMIT_BEACON
    names = ("Truus", "Umar", "Vera") if lot_is_computed else ("Truus", "Umar")
    keys = tuple(hold_key(session, made, name) for name in names)
    return with_codes(session, settings, made, keys, two)


def with_codes(
    session: Session,
    settings: Settings,
    made: str,
    keys: tuple[tuple[str, str, int], ...] = (),
    two: tuple[Actor, Actor] | None = None,
) -> Running:
    """A draft that only lacks its codes, with everything in place to open it."""
    key = settings.key("elections.marks")
    codes = prepare.make_codes(session, made)
    prepare.issue_codes(session, REGISTRAR, PREPARED, key, made, codes)
    secretary, chair = two or (person(session, Role.SECRETARY), person(session, Role.CHAIR))
    return Running(
        made,
        store.get(session, made).uuid,
        tuple(code for _, code in codes.pairs),
        keys,
        secretary,
        chair,
    )


def opened(session: Session, run: Running) -> None:
    """Two people open it."""
    effect = opening.opening_effect(session, run.id, PREPARED)
    approvals.propose(session, run.secretary, PREPARED, opening.OPEN, run.id, effect)
    approvals.approve(session, run.chair, PREPARED, opening.OPEN, run.id, effect)
    opening.open_election(session, run.chair, PREPARED, run.id)


def running(session: Session, settings: Settings, plan: Plan = PLAN, people: int = 12) -> Running:
    """An election in which people can vote at ``WHILE_OPEN``."""
    run = ready(session, settings, plan, people)
    opened(session, run)
    return run


def ballot_of(session: Session, run: Running, code: Code, *names: str) -> bytes:
    """A ballot with this code for these candidates."""
    paper = voting.paper_of(session, run.id)
    secret = credential.secret_exponent(str(code), run.uuid)
    choices = [int(name in names) for name in paper.questions[0].answers]
    return ballot.create(paper, secret, [choices], draw_exponent)


def cast(
    session: Session, settings: Settings, run: Running, raw: bytes, now: datetime = WHILE_OPEN
) -> Receipt:
    """Check a ballot and put it in the box."""
    checked = voting.check_ballot(voting.paper_of(session, run.id), raw)
    return voting.cast_ballot(session, now, settings.key("elections.receipt"), run.id, checked)


def closed(session: Session, settings: Settings, run: Running) -> None:
    """The hour of closing has come."""
    closing.close(session, AFTER, settings.key("elections.marks"), run.id)


def decrypted(
    session: Session, run: Running, holder: tuple[str, str, int], now: datetime = AFTER
) -> bool:
    """A key holder does a part of the opening."""
    holder_id, token, private = holder
    summed = tally.parse_tally(store.tally(session, run.id) or b"")
    fingerprint = voting.paper_of(session, run.id).fingerprint
    raw = trustee.decrypt(mpz(private), summed, fingerprint, draw_exponent)
    return holders.hand_in_decryption(session, now, holder_id, token, raw)


def verified(database: Database, settings: Settings, run: Running) -> None:
    """The strict verifier looks at the whole archive."""
    verify(database, settings, {"election": run.id}, lambda *_: None)


def groups_for(session: Session, election_id: str, account_id: str) -> list[str]:
    """What this person reads on the paper, where the page has blanks."""
    fingerprint = digest(outcome.outcome(session, election_id).record)
    return [groups(fingerprint)[place] for place in blanks(account_id, fingerprint)]


def signed(session: Session, run: Running, who: Actor, now: datetime = AFTER) -> None:
    """Somebody signs the official record."""
    signing.sign(session, who, now, run.id, groups_for(session, run.id, who.account_id))


def published(session: Session, run: Running) -> None:
    """Two people sign the official record and make the result public."""
    signed(session, run, run.secretary)
    signed(session, run, run.chair)
    publication.publish(session, run.chair, AFTER, run.id)


def tied(
    session: Session, settings: Settings, plan: Plan = PLAN, *, numbers: bool = False
) -> Running:
    """Four candidates with one vote each; the sum is opened, perhaps with ``numbers`` for a lot."""
    run = running(session, settings, plan)
    for code, name in zip(run.codes, NAMES, strict=False):
        cast(session, settings, run, ballot_of(session, run, code, name))
    closed(session, settings, run)
    for holder in run.keys:
        decrypted(session, run, holder)
        if numbers:
            number_shown(session, run, holder)
    return run


def bundled(database: Database, run: Running) -> bytes:
    """The bundle of a published election."""
    with database.read() as session:
        return b"".join(bundle.bundle(session, run.uuid))
