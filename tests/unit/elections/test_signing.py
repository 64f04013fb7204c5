"""Two groups of the record's SHA-256 are typed back by whoever signs."""

import hashlib

import pytest

from consult.actor import Role
from consult.elections.core.signing import blanks, check_typed, groups, missing, role_of
from consult.refusal import Refusal

PRINT = hashlib.sha256(b"record").hexdigest()


def test_the_groups_together_are_the_fingerprint() -> None:
    assert "".join(groups(PRINT)) == PRINT
    assert {len(group) for group in groups(PRINT)} == {4}
    assert len(groups(PRINT)) == 16


def test_two_different_groups_are_blank_and_which_depends_on_person_and_record() -> None:
    seen = {blanks(f"account {number}", PRINT) for number in range(500)}
    assert len(seen) > 100
    assert all(0 <= one < other < 16 for one, other in seen)
    assert len({blanks("sanne", hashlib.sha256(bytes([n])).hexdigest()) for n in range(50)}) > 20
    assert blanks("sanne", PRINT) == blanks("sanne", PRINT)


def test_the_blank_groups_are_taken_with_capitals_and_spaces() -> None:
    one, other = blanks("sanne", PRINT)
    check_typed("sanne", PRINT, [f" {groups(PRINT)[one].upper()} ", groups(PRINT)[other]])


@pytest.mark.parametrize("wrong", [[], ["", ""], ["0000", "0000"], ["x"] * 3])
def test_other_groups_are_refused_and_the_refusal_names_their_numbers(wrong: list[str]) -> None:
    one, other = blanks("sanne", PRINT)
    with pytest.raises(Refusal, match=r"elections\.digest_mistyped") as refused:
        check_typed("sanne", PRINT, wrong)
    assert refused.value.facts == {"first": one + 1, "second": other + 1}


def test_the_groups_the_wrong_way_round_are_refused() -> None:
    one, other = blanks("sanne", PRINT)
    with pytest.raises(Refusal, match=r"elections\.digest_mistyped"):
        check_typed("sanne", PRINT, [groups(PRINT)[other], groups(PRINT)[one]])


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({Role.CHAIR, Role.MEMBER}, Role.CHAIR),
        ({Role.SECRETARY, Role.MEMBER}, Role.SECRETARY),
        ({Role.MEMBER}, Role.MEMBER),
        ({Role.OBSERVER}, Role.OBSERVER),
    ],
)
def test_somebody_signs_in_the_highest_role(roles: set[Role], expected: Role) -> None:
    assert role_of(roles) is expected


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REGISTRAR, Role.SELECTION])
def test_others_do_not_sign(role: Role) -> None:
    with pytest.raises(Refusal, match=r"elections\.sign_not_yours"):
        role_of({role})


def test_secretary_and_chair_have_to_sign() -> None:
    assert missing([]) == (Role.SECRETARY, Role.CHAIR)
    assert missing([Role.SECRETARY, Role.OBSERVER]) == (Role.CHAIR,)
    assert missing(["chair", "secretary"]) == ()
