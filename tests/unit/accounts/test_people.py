"""Who may hold which roles together, and how people are named."""

from itertools import combinations

import pytest

from consult.accounts.core.people import EXCLUSIONS, check_roles, person, roles_effect
from consult.actor import Role
from consult.refusal import Refusal

EXCLUDED = [
    ("facilitator", "secretary"),
    ("facilitator", "member"),
    ("facilitator", "chair"),
    ("facilitator", "selection"),
    ("facilitator", "registrar"),
    ("facilitator", "observer"),
    ("selection", "secretary"),
    ("selection", "member"),
    ("selection", "chair"),
    ("registrar", "secretary"),
    ("registrar", "chair"),
    ("helper", "facilitator"),
    ("helper", "registrar"),
]
ALLOWED = [
    pair for pair in combinations(sorted(Role), 2) if set(pair) not in [set(e) for e in EXCLUDED]
]


@pytest.mark.parametrize(("one", "other"), EXCLUDED)
def test_roles_that_exclude_each_other_are_refused(one: str, other: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_roles(frozenset({Role(one), Role(other)}))
    assert refused.value.code == "accounts.roles_excluded"
    assert {refused.value.facts["one"], refused.value.facts["other"]} == {one, other}


@pytest.mark.parametrize(("one", "other"), EXCLUDED)
def test_a_third_role_does_not_hide_the_conflict(one: str, other: str) -> None:
    for third in Role:
        with pytest.raises(Refusal, match=r"accounts\.roles_excluded"):
            check_roles(frozenset({Role(one), Role(other), third}))


@pytest.mark.parametrize(("one", "other"), ALLOWED)
def test_all_other_pairs_of_roles_are_allowed(one: Role, other: Role) -> None:
    check_roles(frozenset({one, other}))


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_held_alone(role: Role) -> None:
    check_roles(frozenset({role}))


def test_nothing_more_is_excluded_than_what_has_a_source() -> None:
    assert {frozenset(map(Role, pair)) for pair in EXCLUDED} == EXCLUSIONS


def test_an_account_without_a_role_is_refused() -> None:
    with pytest.raises(Refusal, match=r"accounts\.roles_missing"):
        check_roles(frozenset())


def test_a_name_and_an_address_get_one_spelling() -> None:
    made = person("  Amina   Yilmaz ", " Amina@Example.ORG ", [Role.CHAIR])
    assert (made.name, made.email) == ("Amina Yilmaz", "amina@example.org")


@pytest.mark.parametrize("name", ["", " ", "A", "x" * 101, "Amina\x00Yilmaz", "Amina\u202eYilmaz"])
def test_a_name_that_nobody_can_read_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match=r"accounts\.name_invalid"):
        person(name, "amina@example.org", [Role.CHAIR])


@pytest.mark.parametrize(
    "email", ["", "amina", "amina@", "@example.org", "a b@example.org", "a@b", "a@@example.org"]
)
def test_an_address_that_cannot_get_mail_is_refused(email: str) -> None:
    with pytest.raises(Refusal, match=r"accounts\.email_invalid"):
        person("Amina Yilmaz", email, [Role.CHAIR])


def test_the_effect_of_giving_roles_does_not_depend_on_their_order() -> None:
    one = roles_effect("id", frozenset({Role.CHAIR, Role.MEMBER}))
    other = roles_effect("id", frozenset({Role.MEMBER, Role.CHAIR}))
    assert one == other == b"id:chair,member"
