"""The group BELENIOS-2048: numbers modulo P whose order divides the prime Q.

Specification 2.0, section 5.1 (constants) and 4.1 (hashing to an exponent). An *element* is a
number in 1 ≤ x < P with x^Q = 1; an *exponent* is a number in 0 ≤ e < Q. Both are ``mpz``.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache

from gmpy2 import invert, mpz, powmod

NAME = "BELENIOS-2048"

P = mpz(
    "20694785691422546"
    "401013643657505008064922989295751104097100884787057374219242"
    "717401922237254497684338129066633138078958404960054389636289"
    "796393038773905722803605973749427671376777618898589872735865"
    "049081167099310535867780980030790491654063777173764198678527"
    "273474476341835600035698305193144284561701911000786737307333"
    "564123971732897913240474578834468260652327974647951137672658"
    "693582180046317922073668860052627186363386088796882120769432"
    "366149491002923444346373222145884100586421050242120365433561"
    "201320481118852408731077014151666200162313177169372189248078"
    "507711827842317498073276598828825169183103125680162072880719"
)
Q = mpz("78571733251071885079927659812671450121821421258408794611510081919805623223441")
G = mpz(
    "2402352677501852"
    "209227687703532399932712287657378364916510075318787663274146"
    "353219320285676155269678799694668298749389095083896573425601"
    "900601068477164491735474137283104610458681314511781646755400"
    "527402889846139864532661215055797097162016168270312886432456"
    "663834863635782106154918419982534315189740658186868651151358"
    "576410138882215396016043228843603930989333662772848406593138"
    "406010231675095763777982665103606822406635076697764025346253"
    "773085133173495194248967754052573659049492477631475991575198"
    "775177711481490920456600205478127054728238140972518639858334"
    "115700568353695553423781475582491896050296680037745308460627"
)

Draw = Callable[[], int]
"""Hands out a fresh secret number, evenly drawn from 0 ≤ n < Q. Doors pass
``lambda: secrets.randbelow(int(Q))``; nothing in this part makes randomness itself."""


def fresh(draw: Draw) -> mpz:
    """One exponent from ``draw``."""
    number = mpz(draw())
    if not 0 <= number < Q:
        raise ValueError("the source of randomness hands out numbers outside the range")
    return number


def is_member(number: mpz) -> bool:
    """Whether ``number`` is an element. The costly check: one full power."""
    return bool(0 < number < P and powmod(number, Q, P) == 1)


class Powers:
    """All powers of one element by a table: 32 products where a plain power takes about 300.

    The table has a row for each byte of the exponent (2 MB; built in some 15 ms).
    """

    def __init__(self, base: mpz) -> None:
        self._rows: list[list[mpz]] = []
        for _ in range(32):
            row = [mpz(1)]
            for _ in range(256):
                row.append(row[-1] * base % P)
            base = row.pop()
            self._rows.append(row)

    def __call__(self, exponent: mpz) -> mpz:
        """base^exponent; any whole exponent, reduced modulo Q."""
        product = mpz(1)
        digits = int(exponent % Q).to_bytes(32, "little")
        for row, digit in zip(self._rows, digits, strict=True):
            if digit:
                product = product * row[digit] % P
        return product


@lru_cache(maxsize=8)
def powers(base: mpz) -> Powers:
    """The table of ``base``, kept for the next use: of G and of the key of each open election."""
    return Powers(base)


@lru_cache(maxsize=256)
def _lowering(count: int) -> mpz:
    return powmod(invert(G, P), count, P)


def lower(element: mpz, count: int) -> mpz:
    """element / G^count, for a small count."""
    return element * _lowering(count) % P


def product(elements: Iterable[mpz]) -> mpz:
    """The product of all elements; 1 for none."""
    result = mpz(1)
    for element in elements:
        result = result * element % P
    return result


def hash_to_exponent(prefix: str, elements: Iterable[mpz]) -> mpz:
    """SHA-256 of the prefix and the decimal elements joined by commas, modulo Q."""
    hashed = hashlib.sha256((prefix + ",".join(map(str, elements))).encode()).digest()
    return mpz(int.from_bytes(hashed, "big")) % Q
