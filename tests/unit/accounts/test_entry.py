"""Invitations, passwords, time steps and the length of sessions."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.accounts.core.entry import (
    COMMON,
    SHORTEST_PASSWORD,
    Invitation,
    check_invitation,
    check_password,
    same_password,
    session_lasts,
    usable_steps,
)
from consult.refusal import Refusal

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_link_is_good_until_the_moment_that_it_runs_out() -> None:
    link = Invitation("id", AT, used_at=None)
    assert check_invitation(link, AT - SECOND) is link
    with pytest.raises(Refusal, match=r"accounts\.invitation_expired"):
        check_invitation(link, AT)


def test_a_link_is_good_once() -> None:
    link = Invitation("id", AT, used_at=AT - timedelta(days=1))
    with pytest.raises(Refusal, match=r"accounts\.invitation_used"):
        check_invitation(link, AT - SECOND)


def test_a_link_that_nobody_made_is_refused() -> None:
    with pytest.raises(Refusal, match=r"accounts\.invitation_unknown"):
        check_invitation(None, AT)


@pytest.mark.parametrize(
    "password",
    ["vier groene fietsen", "abcde1234567", "zonder hoofdletters", "öüäéçñ-öüäéçñ", "  een  zin  "],
)
def test_a_long_password_needs_nothing_else(password: str) -> None:
    check_password(password, "Amina Yilmaz", "amina@example.org")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "accounts.password_short"),
        ("elf tekens.", "accounts.password_short"),
        ("x" * 201, "accounts.password_long"),
        ("Wachtwoord123", "accounts.password_common"),
        ("aaaaaaaaaaaa", "accounts.password_common"),
        ("abcdabcdabcdabcd", "accounts.password_common"),
        ("Amina Yilmaz", "accounts.password_personal"),
        ("aminayilmaz ", "accounts.password_personal"),
        ("Amina@example.org", "accounts.password_personal"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_password(password, "Amina Yilmaz", "amina@example.org")
    assert refused.value.code == code


def test_every_common_password_is_listed_as_it_is_compared() -> None:
    assert all(word == word.casefold() and len(word) >= SHORTEST_PASSWORD for word in COMMON)


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert same_password("cafe\u0301 en fietsen") == same_password("caf\u00e9 en fietsen")


def test_a_code_is_good_for_its_own_half_minute_and_the_two_beside_it() -> None:
    step = int(AT.timestamp()) // 30
    assert usable_steps(AT, 0) == [step - 1, step, step + 1]
    assert usable_steps(AT + 29 * SECOND, 0) == [step - 1, step, step + 1]
    assert usable_steps(AT + 30 * SECOND, 0) == [step, step + 1, step + 2]


def test_a_used_step_uses_up_those_before_it() -> None:
    step = int(AT.timestamp()) // 30
    assert usable_steps(AT, step - 1) == [step, step + 1]
    assert usable_steps(AT, step) == [step + 1]
    assert usable_steps(AT, step + 1) == []


def test_a_session_ends_after_half_an_hour_of_rest() -> None:
    rested = AT + timedelta(minutes=30)
    assert session_lasts(rested - SECOND, AT, AT)
    assert not session_lasts(rested, AT, AT)


def test_a_session_ends_after_eight_hours_however_busy() -> None:
    late = AT + timedelta(hours=8)
    assert session_lasts(late - SECOND, AT, late - 2 * SECOND)
    assert not session_lasts(late, AT, late - SECOND)
