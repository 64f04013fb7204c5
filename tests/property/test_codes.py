"""Codes: what the check digits find, and that reading is the reverse of printing."""

from hypothesis import given
from hypothesis import strategies as st

from consult.register.core.codes import Code, WrongDigit, make, parse

LENGTHS = st.sampled_from([16, 26])


@st.composite
def codes(draw: st.DrawFn) -> Code:
    digits = draw(LENGTHS)
    payload = draw(st.integers(0, 10 ** (digits - 2) - 1))
    return make(lambda _: payload, digits)


@given(codes())
def test_what_is_printed_can_be_read(code: Code) -> None:
    assert parse(str(code), len(code.digits)) == code


@given(codes())
def test_every_single_wrong_digit_is_found(code: Code) -> None:
    length = len(code.digits)
    for place in range(length):
        for other in "0123456789".replace(code.digits[place], ""):
            typed = code.digits[:place] + other + code.digits[place + 1 :]
            assert parse(typed, length) == WrongDigit()


@given(codes())
def test_every_swap_of_two_different_digits_is_found(code: Code) -> None:
    length = len(code.digits)
    for left in range(length):
        for right in range(left + 1, length):
            typed = list(code.digits)
            typed[left], typed[right] = typed[right], typed[left]
            swapped = "".join(typed)
            if swapped != code.digits:
                assert parse(swapped, length) == WrongDigit()


@given(LENGTHS, st.text(max_size=60))
def test_reading_any_text_gives_an_outcome_never_a_crash(digits: int, text: str) -> None:
    outcome = parse(text, digits)
    if isinstance(outcome, Code):
        assert parse(str(outcome), digits) == outcome
