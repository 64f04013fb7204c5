"""The elections of the demo: one that gave a board, and one that people can vote in."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gmpy2 import mpz
from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.belenios import tally, trustee
from consult.belenios.verify import verify_archive
from consult.demo import cast
from consult.demo.ballots import Vote, encrypted
from consult.demo.cast import Candidate
from consult.demo.chance import Chance
from consult.demo.files import keep
from consult.demo.office import Office, agree, keen, to_try
from consult.elections.actions import (
    bundle,
    closing,
    holders,
    opening,
    outcome,
    prepare,
    public,
    publication,
    signing,
    voting,
)
from consult.elections.actions.prepare import Nomination, draw_exponent
from consult.elections.core.election import Plan
from consult.elections.core.signing import blanks, groups
from consult.elections.store import elections as store
from consult.register.core.roll import Entry
from consult.register.store.rolls import entries

TERM = timedelta(days=4 * 365 + 1)
VOTED_AGAIN = 5


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody who holds a share of the key, with what opens the room of key holders."""

    id: str
    name: str
    token: str
    private: mpz


@dataclass(frozen=True, slots=True)
class Contest:
    """An election that was prepared: everybody's code, and who holds the key."""

    id: str
    uuid: str
    plan: Plan
    codes: dict[Entry, str]
    holders: tuple[KeyHolder, ...]


def finished(office: Office) -> Contest:
    """An election from its plan to a new board."""
    calendar = office.calendar
    plan = Plan(
        title="Zes nieuwe leden voor het bestuur",
        profile="Wij zoeken mensen die goed luisteren en iets durven zeggen. U kent uw buurt en u "
        "hebt twee avonden per maand tijd. Ervaring met vergaderen is niet nodig.",
        max_board=9,
        max_choices=6,
        reference_date=calendar.day(-76),
        opens_at=calendar.at(-56),
        closes_at=calendar.at(-35, 21),
        seats_from=calendar.day(-30),
        seats_until=calendar.day(-30) + TERM,
    )
    with office.step("Verkiezing met uitslag: kandidaten en codes"):
        contest = _prepared(office, plan, cast.CANDIDATES, day=-75)
        _open(office, contest, day=-60)
    with office.step("Verkiezing met uitslag: versleutelde stemmen"):
        _vote(office, contest, cast.CANDIDATES, office.size.voted)
    with office.step("Verkiezing met uitslag: tellen en narekenen"):
        _count(office, contest)
        _verify(office, contest)
        _publish(office, contest)
        path = office.folder / f"{contest.uuid}-bundel.zip"
        with office.database.read() as session, path.open("wb") as file:
            file.writelines(bundle.bundle(session, contest.uuid))
    return contest


def running(office: Office) -> tuple[Contest, list[str]]:
    """An election in which people can vote since yesterday, and a few codes to try."""
    calendar = office.calendar
    plan = Plan(
        title="Twee extra leden voor het bestuur",
        profile="De raad wil er twee mensen bij. Wij zoeken vooral mensen die jong zijn of die "
        "meer dan één taal spreken.",
        max_board=11,
        max_choices=2,
        reference_date=calendar.day(-6),
        opens_at=calendar.at(-1),
        closes_at=calendar.at(14, 21),
        seats_from=calendar.day(21),
        seats_until=calendar.day(-30) + TERM,
    )
    with office.step("Verkiezing die open is"):
        contest = _prepared(office, plan, cast.NEXT_CANDIDATES, day=-5)
        _open(office, contest, day=-3)
        voters = _vote(office, contest, cast.NEXT_CANDIDATES, office.size.voting)
    return contest, to_try(voters, contest.codes)


def _prepared(office: Office, plan: Plan, candidates: Sequence[Candidate], day: int) -> Contest:
    """Drafted with its roll, candidates, key holders and, the day after, codes."""
    secretary, registrar = office.staff[Role.SECRETARY], office.staff[Role.REGISTRAR]
    at, after = office.calendar.at(day), office.calendar.at(day + 1)
    with office.database.write() as session:
        made = prepare.draft(session, secretary, at, plan)
        prepare.draw_roll(session, secretary, at, made)
        election = store.get(session, made)
        roll = list(entries(session, str(election.roll_id)))
        people = cast_as(office.chance, roll, candidates)
        for one, entry in zip(candidates, people, strict=True):
            nomination = Nomination(entry.customer_number, one.name, one.statement)
            prepare.nominate(session, secretary, at, made, nomination)
        asked = tuple(_holder(session, office, day, made, name) for name in cast.KEY_HOLDERS)
    with office.database.read() as session:
        issued = prepare.make_codes(session, made, office.jobs)
    with office.database.write() as session:
        key = office.settings.key("elections.marks")
        prepare.issue_codes(session, registrar, after, key, made, issued)
    for place, holder in enumerate(asked, 1):
        file = f"{json.dumps(str(holder.private))}\n".encode()
        keep(office.folder / f"sleutel-verkiezing-{election.uuid}-{place}.json", file)
    codes = {entry: str(code) for entry, code in issued.pairs}
    return Contest(made, election.uuid, plan, codes, asked)


def cast_as(
    chance: Chance, roll: Collection[Entry], candidates: Sequence[Candidate]
) -> list[Entry]:
    """A customer on the roll for each candidate, of the kind that she is."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in sorted(roll, key=lambda one: one.customer_number):
        by_kind.setdefault(entry.kind, []).append(entry)
    for people in by_kind.values():
        chance.shuffle(people)
    return [by_kind[one.kind].pop() for one in candidates]


def _holder(session: Session, office: Office, day: int, election_id: str, name: str) -> KeyHolder:
    """A key holder, with a key that the demo makes and keeps as a file."""
    secretary, at = office.staff[Role.SECRETARY], office.calendar.at(day)
    holder_id, token = prepare.invite_holder(session, secretary, at, election_id, name)
    private = trustee.new_private_key(draw_exponent)
    announced = trustee.announce(private, draw_exponent)
    holders.hand_in_key(session, at, holder_id, token, announced.json())
    return KeyHolder(holder_id, name, token, private)


def _open(office: Office, contest: Contest, day: int) -> None:
    at = office.calendar.at(day, 14)
    with office.database.write() as session:
        effect = opening.opening_effect(session, contest.id, at)
        agree(session, office, day, opening.OPEN, contest.id, effect)
        opening.open_election(session, office.staff[Role.CHAIR], at, contest.id)


def _vote(
    office: Office, contest: Contest, candidates: Sequence[Candidate], number: int
) -> list[Entry]:
    """So many people vote, a few of them twice and one of them blank; the answer is who they are.

    Only the last ballot of somebody counts.
    """
    with office.database.read() as session:
        paper = voting.paper_of(session, contest.id)
    voters = keen(office.chance, contest.codes, number)
    chosen = [*_chosen(office.chance, candidates, number - 1, contest.plan.max_choices), set()]
    first = list(zip(voters[:VOTED_AGAIN], reversed(chosen), strict=False))
    votes = [
        Vote(contest.codes[voter], tuple(int(name in names) for name in paper.questions[0].answers))
        for voter, names in [*first, *zip(voters, chosen, strict=True)]
    ]
    ballots = encrypted(paper.raw, votes, office.jobs)
    at, key = contest.plan.opens_at, office.settings.key("elections.receipt")
    with office.database.write() as session:
        for one in ballots:
            voting.cast_ballot(session, at, key, contest.id, one)
    return voters


def _chosen(
    chance: Chance, candidates: Sequence[Candidate], number: int, most: int
) -> list[set[str]]:
    """Whom each of ``number`` voters chooses, so that every candidate gets her share."""
    chosen: list[set[str]] = [set() for _ in range(number)]
    for one in candidates:
        lots = sorted(chosen, key=lambda names: (len(names), chance.random()))
        for names in lots[: one.share * number // 100]:
            names.add(one.name)
    if max(map(len, chosen)) > most:
        raise RuntimeError("the shares ask for more choices than a ballot has")
    return chosen


def _count(office: Office, contest: Contest) -> None:
    """The voting ends, and each key holder does a part of the opening."""
    calendar = office.calendar
    with office.database.write() as session:
        key = office.settings.key("elections.marks")
        closing.close(session, calendar.at(-35, 21), key, contest.id)
        summed = tally.parse_tally(store.tally(session, contest.id) or b"")
        fingerprint = voting.paper_of(session, contest.id).fingerprint
        for holder in contest.holders:
            raw = trustee.decrypt(holder.private, summed, fingerprint, draw_exponent)
            holders.hand_in_decryption(session, calendar.at(-34), holder.id, holder.token, raw)


def _verify(office: Office, contest: Contest) -> None:
    """The archive becomes a file, and the strict verifier looks at all of it."""
    path = office.folder / f"{contest.uuid}.bel"
    with office.database.read() as session, path.open("wb") as file:
        file.writelines(public.archive_blocks(session, contest.id))
    report = verify_archive(path, office.jobs)
    if not report.valid:
        raise RuntimeError(f"the archive does not verify: {report.findings}")
    with office.database.write() as session:
        publication.note_verified(session, contest.id, report.figures.last_event or "", [])


def _publish(office: Office, contest: Contest) -> None:
    """Two people sign the official record, and the elected get their seats."""
    with office.database.write() as session:
        for role, hour in ((Role.SECRETARY, 10), (Role.CHAIR, 14)):
            _sign(session, office.staff[role], office.calendar.at(-33, hour), contest)
        chair, at = office.staff[Role.CHAIR], office.calendar.at(-33, 14)
        publication.publish(session, chair, at, contest.id)


def _sign(session: Session, who: Actor, at: datetime, contest: Contest) -> None:
    """Somebody types back from the paper what the page leaves blank."""
    paper = outcome.counted(session, contest.id).record_hash
    typed = [groups(paper)[place] for place in blanks(who.account_id, paper)]
    signing.sign(session, who, at, contest.id, typed)
