"""The profile: fixed and published by two people before anybody can stand.

Members are recruited on a profile that is drawn up beforehand (agreement, 3.2). From then on
neither the plan nor the needs can change; a later end of the nominations is a new version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.council.core.agreement import Agreement
from consult.council.core.rule_file import for_seal
from consult.council.core.rules import as_json as rules_as_json
from consult.elections.actions.paper import rules_for
from consult.elections.actions.profile_document import document
from consult.elections.core.election import Election, digest, parse_seal
from consult.elections.core.needs import Problem, as_json, needs_problems
from consult.elections.core.profile import Needs, rules_of
from consult.elections.core.record import METHOD
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.elections.store import profile as profiles
from consult.refusal import Refusal
from consult.register.store import margins
from consult.site.actions import publish as publish_document

PUBLISH = "elections.publish_profile"
SCHEMA = "consult-profile/1"
_OF_ITS_TIME = {"schema", "rules", "settings", "method"}
"""What a profile keeps as it was, whatever agreement or program comes after it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A published profile: what it says, its exact bytes, and their SHA-256 in hex."""

    election: Election
    content: Mapping[str, Any]
    raw: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of the profile."""
        return digest(self.raw)


def open_to_change(session: Session, election_id: str) -> Election:
    """The election, as long as its profile is not fixed and nobody stands.

    Raises:
        Refusal: ``elections.sealed``, ``elections.profile_published``, ``elections.profile_late``.
    """
    election = store.get(session, election_id)
    if election.sealed_at is not None or election.codes_at is not None:
        raise Refusal("elections.sealed")
    if election.profile_at is not None:
        raise Refusal("elections.profile_published")
    if people.candidates(session, election_id):
        raise Refusal("elections.profile_late")
    return election


def problems(
    session: Session, election: Election, needs: Needs | None = None
) -> tuple[Problem, ...]:
    """What is wrong with the needs of an election, or with ``needs`` in their place."""
    return needs_problems(
        needs or election.needs,
        rules_for(session, election).board,
        election.plan.max_board,
        margins.neighbourhoods(session),
    )


def profile_effect(session: Session, election_id: str, now: datetime) -> bytes:
    """What publishing will fix, for two people to agree on: the profile itself.

    Raises:
        Refusal: ``elections.sealed``, ``elections.profile_published``, ``elections.profile_late``
            when somebody stands already, ``elections.nominations_begun``,
            ``elections.needs_wrong`` when no board could meet it.
    """
    election = open_to_change(session, election_id)
    begins = election.plan.nominate_from
    if begins is not None and now >= begins:
        raise Refusal("elections.nominations_begun")
    if problems(session, election):
        raise Refusal("elections.needs_wrong")
    return content(election, rules_for(session, election), previous=None)


def publish_profile(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Fix the profile and publish it as a finished document; one transaction.

    Raises:
        Refusal: as :func:`profile_effect`; ``elections.not_approved``.
    """
    store.lock(session, election_id)
    effect = profile_effect(session, election_id, now)
    if not approvals.approved(session, PUBLISH, election_id, effect):
        raise Refusal("elections.not_approved")
    issue(session, who, now, election_id, effect)


def issue(session: Session, who: Actor, now: datetime, election_id: str, raw: bytes) -> None:
    """Let ``raw`` be the profile from now on, and put it on the site as its next version."""
    profiles.keep_seal(session, election_id, raw, now)
    publish_document(session, who, now, document(parse_seal(raw), digest(raw)))
    facts: dict[str, str] = {"election": election_id, "profile": digest(raw)}
    record(session, who, now, "elections.profile_published", {**facts})


def published(session: Session, uuid: str) -> Profile:
    """The profile of an election, once it is public.

    Raises:
        Refusal: ``elections.unknown``, also for an election without a published profile.
    """
    election = store.by_uuid(session, uuid)
    raw = profiles.seal(session, election.id)
    if raw is None:
        raise Refusal("elections.unknown")
    return Profile(election, parse_seal(raw), raw)


def ruling(session: Session, election: Election) -> dict[str, object]:
    """The rules of the count with their source: those of the published profile, if there is one.

    Raises:
        Refusal: ``elections.profile_altered`` when plan or needs are not those that were published.
    """
    raw = profiles.seal(session, election.id)
    if raw is None:
        return _rules(election, rules_for(session, election))
    sealed = parse_seal(raw)
    now = parse_seal(content(election, rules_for(session, election), previous=sealed["previous"]))
    if any(now[name] != sealed[name] for name in sealed.keys() - _OF_ITS_TIME):
        raise Refusal("elections.profile_altered")
    return cast(dict[str, object], sealed["rules"])


def content(election: Election, rules: Agreement, *, previous: str | None) -> bytes:
    """The profile as canonical JSON; ``previous`` is the SHA-256 of the version before this one."""
    plan = election.plan
    moments = ("opens_at", "closes_at", "nominate_from", "nominate_until")
    days = ("reference_date", "seats_from", "seats_until")
    return canonical(
        {
            "schema": SCHEMA,
            "previous": previous,
            "uuid": election.uuid,
            "title": plan.title,
            "profile": plan.profile,
            "max_board": plan.max_board,
            "max_choices": plan.max_choices,
            "preselection": plan.preselection,
            "ties": plan.ties,
            "beacon": plan.beacon,
            **{name: _moment(getattr(plan, name)) for name in moments},
            **{name: getattr(plan, name).isoformat() for name in days},
            **as_json(election.needs),
            "rules": _rules(election, rules),
            "method": METHOD,
        }
    )


def _rules(election: Election, rules: Agreement) -> dict[str, object]:
    return {
        **for_seal(rules),
        "articles": dict(rules.articles),
        "board": rules_as_json(rules_of(rules.board, election.needs)),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
