"""Passwords, one-time codes and the sealing of their secret."""

from time import process_time

import pytest
from nacl.exceptions import CryptoError

from consult.accounts.factors import (
    hash_password,
    invited_secret,
    matching_step,
    password_matches,
    seal,
    setup_uri,
    unseal,
)

KEY = bytes(range(32))
PASSWORD = "vier groene fietsen"
# RFC 6238, appendix B: the ASCII secret of its SHA-1 vectors, in base 32.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_a_password_matches_its_own_hash_only() -> None:
    held = hash_password(PASSWORD)
    assert password_matches(held, PASSWORD)
    assert not password_matches(held, PASSWORD + " ")
    assert held != hash_password(PASSWORD)


def test_nothing_matches_where_there_is_no_hash() -> None:
    assert not password_matches(None, PASSWORD)


@pytest.mark.usefixtures("costly_passwords")
def test_checking_takes_as_much_work_for_somebody_unknown() -> None:
    held = hash_password(PASSWORD)

    def work(hashed: str | None) -> float:
        begun = process_time()
        for _ in range(5):
            password_matches(hashed, "een verkeerd wachtwoord")
        return process_time() - begun

    work(held)
    assert 0.5 < work(None) / work(held) < 2


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    step = moment // 30
    assert matching_step(RFC_SECRET, code, [step - 1, step, step + 1]) == step


def test_spaces_in_a_code_are_forgiven_and_nothing_else() -> None:
    step = 1234567890 // 30
    assert matching_step(RFC_SECRET, " 005 924 ", [step]) == step
    for wrong in ("", "5924", "0059240", "00592x", "٠٠٥٩٢٤", "005\x00924"):
        assert matching_step(RFC_SECRET, wrong, [step]) is None


def test_a_code_of_a_step_that_is_not_usable_is_no_match() -> None:
    step = 1234567890 // 30
    assert matching_step(RFC_SECRET, "005924", [step + 1, step + 2]) is None
    assert matching_step(RFC_SECRET, "005924", []) is None


def test_the_secret_of_an_invitation_takes_both_the_key_and_the_token() -> None:
    secret = invited_secret(KEY, "token")
    assert secret == invited_secret(KEY, "token")
    assert len(secret) == 32
    assert len({secret, invited_secret(KEY, "other"), invited_secret(bytes(32), "token")}) == 3


def test_an_app_reads_the_secret_from_the_address() -> None:
    uri = setup_uri(RFC_SECRET, "amina@example.org")
    assert uri.startswith("otpauth://totp/Consult:amina%40example.org?")
    assert f"secret={RFC_SECRET}" in uri


def test_a_sealed_secret_opens_with_its_own_key_and_account_only() -> None:
    sealed = seal(KEY, "amina", RFC_SECRET)
    assert unseal(KEY, "amina", sealed) == RFC_SECRET
    for key, account in ((bytes(32), "amina"), (KEY, "sanne")):
        with pytest.raises(CryptoError):
            unseal(key, account, sealed)
