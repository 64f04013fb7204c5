"""Access codes: how they look, what is forgiven, what is told about a wrong one."""

import secrets

import pytest

from consult.register.core.codes import (
    CONSULTATION_DIGITS,
    ELECTION_DIGITS,
    Code,
    WrongDigit,
    WrongLength,
    make,
    parse,
    tag,
)

SOUND = Code("1234567890123457")


def test_the_check_digits_are_those_of_iso_7064_mod_97_10() -> None:
    # ISO 7064's own example: 0794 takes the check characters 44, so 079444 is sound.
    assert str(make(lambda _: 794, 6)) == "0794-44"
    assert parse("0794 44", 6) == Code("079444")


def test_a_consultation_code_is_four_groups_of_four() -> None:
    assert [len(group) for group in str(make(secrets.randbelow, 16)).split("-")] == [4] * 4


def test_an_election_code_ends_with_a_group_of_two() -> None:
    code = make(secrets.randbelow, ELECTION_DIGITS)
    assert [len(group) for group in str(code).split("-")] == [4] * 6 + [2]


def test_a_code_keeps_its_leading_zeros() -> None:
    code = make(lambda _: 0, CONSULTATION_DIGITS)
    assert str(code) == "0000-0000-0000-0098"
    assert parse(str(code), CONSULTATION_DIGITS) == code


def test_all_payloads_are_asked_for() -> None:
    asked: list[int] = []
    make(lambda upper: asked.append(upper) or 0, CONSULTATION_DIGITS)  # type: ignore[func-returns-value]
    assert asked == [10**14]


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        "  {code}\r\n",
        "{code:dots}",
        "{code:spaces}",
        "{code:arabic}",
        "{code:persian}",
        "{code:marks}",
    ],
)
def test_spaces_hyphens_dots_and_eastern_digits_are_forgiven(typed: str) -> None:
    code = make(lambda _: 12345678901234, CONSULTATION_DIGITS)
    plain = str(code)
    eastern = {
        "arabic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
        "persian": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    }
    forms = {
        "{code}": plain,
        "{code:dots}": plain.replace("-", "."),
        "{code:spaces}": plain.replace("-", "\u00a0"),
        "{code:arabic}": plain.translate(eastern["arabic"]),
        "{code:persian}": plain.translate(eastern["persian"]),
        "{code:marks}": "\u2068" + plain.replace("-", "\u2013") + "\u2069",
    }
    text = forms.get(typed, typed.replace("{code}", plain))
    assert parse(text, CONSULTATION_DIGITS) == code


def test_a_code_that_is_too_short_says_how_much_was_found() -> None:
    assert parse("1234-5678", CONSULTATION_DIGITS) == WrongLength(8, 16)


def test_a_code_of_the_other_kind_has_the_wrong_length() -> None:
    assert parse("1" * 26, CONSULTATION_DIGITS) == WrongLength(26, 16)


@pytest.mark.parametrize("sign", ["O", "l", "²", "𝟙", "५", "\x00"])
def test_a_sign_that_is_no_digit_is_a_wrong_digit(sign: str) -> None:
    code = make(lambda _: 11111111111111, CONSULTATION_DIGITS)
    assert parse(sign + code.digits[1:], CONSULTATION_DIGITS) == WrongDigit()


def test_check_digits_outside_02_to_98_are_refused_though_they_leave_1() -> None:
    sound = make(lambda _: 0, CONSULTATION_DIGITS)
    assert sound.digits.endswith("98")
    assert parse(sound.digits[:-2] + "01", CONSULTATION_DIGITS) == WrongDigit()


def test_a_code_does_not_show_in_a_traceback() -> None:
    assert SOUND.digits not in repr(SOUND)


def test_the_stored_tag_depends_on_key_and_roll() -> None:
    tags = {tag(key, roll, SOUND) for key in (b"a" * 32, b"b" * 32) for roll in ("r1", "r2")}
    assert len(tags) == 4
    assert all(len(one) == 64 and SOUND.digits not in one for one in tags)
