import hashlib

import pytest
from gmpy2 import is_prime, powmod

from consult.belenios.group import G, P, Powers, Q, fresh, is_member, lower, powers, product


@pytest.mark.parametrize(
    ("number", "digits", "starts", "ends"),
    [
        (P, 617, "ef7979ce", "75d007f"),
        (G, 616, "96649bff", "4151f3ec"),
        (Q, 77, "77b9ebaa", "211653bb"),
    ],
)
def test_the_constants_are_those_of_the_specification(number, digits, starts, ends):
    text = str(number)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    assert len(text) == digits
    assert fingerprint.startswith(starts)
    assert fingerprint.endswith(ends)


def test_the_group_has_prime_order_q():
    assert is_prime(P)
    assert is_prime(Q)
    assert (P - 1) % Q == 0
    assert powmod(G, Q, P) == 1
    assert G != 1


@pytest.mark.parametrize("exponent", [0, 1, 255, 256, Q - 1, Q, Q + 5, -1, 2**256])
def test_the_table_gives_the_plain_power(exponent):
    assert powers(G)(exponent) == powmod(G, exponent, P)


def test_a_table_of_another_element_gives_its_powers():
    base = powmod(G, 12345, P)
    assert Powers(base)(987654321) == powmod(base, 987654321, P)


@pytest.mark.parametrize("number", [0, P, P + 1, P - 1, 2, -G])
def test_a_number_outside_the_group_is_no_member(number):
    assert not is_member(number)


def test_one_and_the_generator_are_members():
    assert is_member(1 * G // G)
    assert is_member(G)


def test_lowering_divides_by_powers_of_the_generator():
    assert lower(powmod(G, 9, P), 4) == powmod(G, 5, P)
    assert lower(G, 0) == G


def test_the_product_of_nothing_is_one():
    assert product([]) == 1
    assert product([G, G]) == powmod(G, 2, P)


@pytest.mark.parametrize("number", [-1, int(Q)])
def test_randomness_out_of_range_stops_the_work(number):
    with pytest.raises(ValueError, match="randomness"):
        fresh(lambda: number)
