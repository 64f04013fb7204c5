"""Four eyes: who may propose and approve, what, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult.accounts.core.approvals import (
    ACTS,
    Proposal,
    check_approval,
    check_proposer,
    fingerprint,
    may_approve,
)
from consult.actor import SYSTEM, Actor, Role
from consult.refusal import Refusal

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
EFFECT = b"the exact effect"
SANNE = Actor("sanne", frozenset({Role.SECRETARY}))
AMINA = Actor("amina", frozenset({Role.CHAIR}))


def proposal(act: str = "elections.open") -> Proposal:
    return Proposal("id", act, "e1", fingerprint(EFFECT), SANNE.account_id, AT)


def code_of(
    found: Proposal | None, who: Actor = AMINA, now: datetime = AT, effect: bytes = EFFECT
) -> str:
    with pytest.raises(Refusal) as refused:
        check_approval(found, who, now, effect)
    return refused.value.code


COUNCIL = {Role.SECRETARY, Role.MEMBER, Role.CHAIR}
WHO = {
    "surveys.open_seals": (COUNCIL, COUNCIL),
    "surveys.publish": ({Role.SECRETARY}, {Role.CHAIR, Role.MEMBER}),
    "elections.shortlist": ({Role.SELECTION}, {Role.SELECTION}),
    "elections.review": ({Role.SELECTION}, {Role.SELECTION}),
    "elections.shortlist_council": (COUNCIL, COUNCIL),
    "elections.review_council": (COUNCIL, COUNCIL),
}
"""Who proposes and who approves, where it is not the secretary and the chair."""
USUALLY = ({Role.SECRETARY}, {Role.CHAIR})


def test_only_acts_that_exist_are_decided_by_others() -> None:
    assert WHO.keys() < ACTS.keys()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", Role)
def test_each_act_is_proposed_and_approved_by_its_own_people_and_nobody_else(
    act: str, role: Role
) -> None:
    who, (proposes, approves) = Actor("x", frozenset({role})), WHO.get(act, USUALLY)
    if role in proposes:
        check_proposer(act, who)
    else:
        with pytest.raises(Refusal, match=r"accounts\.propose_not_yours"):
            check_proposer(act, who)
    assert may_approve(proposal(act), who) == (role in approves)
    if role in approves:
        assert check_approval(proposal(act), who, AT, EFFECT).act == act
    else:
        assert code_of(proposal(act), who) == "accounts.approve_not_yours"


def test_the_program_itself_neither_proposes_nor_approves() -> None:
    with pytest.raises(Refusal, match=r"accounts\.propose_not_yours"):
        check_proposer("elections.open", SYSTEM)
    assert code_of(proposal(), SYSTEM) == "accounts.approve_not_yours"


def test_one_person_is_not_two_whatever_her_roles() -> None:
    both = Actor(SANNE.account_id, frozenset({Role.SECRETARY, Role.CHAIR}))
    assert code_of(proposal(), both) == "accounts.approve_own"
    assert not may_approve(proposal(), both)


def test_another_effect_than_the_proposed_one_is_refused() -> None:
    assert code_of(proposal(), effect=EFFECT + b"!") == "accounts.effect_changed"


def test_a_proposal_runs_out_after_a_day() -> None:
    last = AT + timedelta(hours=24)
    check_approval(proposal(), AMINA, last - timedelta(seconds=1), EFFECT)
    assert code_of(proposal(), now=last) == "accounts.proposal_expired"
    assert not proposal().waits(last)


def test_what_nobody_proposed_cannot_be_approved() -> None:
    assert code_of(None) == "accounts.proposal_missing"


def test_an_approval_is_given_once() -> None:
    done = replace(proposal(), approver="amina", approved_at=AT)
    assert code_of(done) == "accounts.already_approved"
    assert not done.waits(AT)


def test_a_change_after_approval_is_named_as_a_change() -> None:
    done = replace(proposal(), approver="amina", approved_at=AT)
    assert code_of(done, effect=b"another") == "accounts.effect_changed"
