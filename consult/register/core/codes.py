"""Access codes: digits in groups of four that close with two check digits.

The check is ISO 7064 mod 97-10 (ISO 7064:2003; the same as in an IBAN, ISO 13616): read as one
number, a sound code leaves 1 on division by 97. It finds every single wrong digit and every swap
of two digits wherever they stand, for 97 is prime and 10 is a primitive root of it. The lengths
and the reckoning behind them: docs/adr/0008-codes.md.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

CONSULTATION_DIGITS = 16
ELECTION_DIGITS = 26
CHECK_DIGITS = 2
GROUP = 4

Randomness = Callable[[int], int]
"""Gives a uniform whole number from 0 up to, not including, its argument."""

_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DIGITS = frozenset("0123456789")
_SEPARATOR_CATEGORIES = frozenset({"Zs", "Pd", "Cf"})


@dataclass(frozen=True, slots=True)
class Code:
    """A code whose check digits are right. ``str()`` is its one printed and canonical form.

    The canonical form, hyphens included, is what an election's secret is derived from.
    """

    digits: str

    def __str__(self) -> str:
        """Groups of four joined by hyphens; the last group takes what is left."""
        starts = range(0, len(self.digits), GROUP)
        return "-".join(self.digits[start : start + GROUP] for start in starts)

    def __repr__(self) -> str:
        """A code is a secret: it does not show in logs or tracebacks."""
        return f"Code({len(self.digits)} digits)"


@dataclass(frozen=True, slots=True)
class WrongLength:
    """Too many or too few signs were typed; spaces, hyphens and dots are not counted."""

    found: int
    wanted: int


@dataclass(frozen=True, slots=True)
class WrongDigit:
    """The length is right, but a digit is wrong or two of them changed places."""


def make(randomness: Randomness, digits: int) -> Code:
    """A new code of ``digits`` digits, of which the last two check the others."""
    payload_digits = digits - CHECK_DIGITS
    payload = randomness(10**payload_digits)
    return Code(f"{payload:0{payload_digits}}{98 - payload * 100 % 97:02}")


def parse(text: str, digits: int) -> Code | WrongLength | WrongDigit:
    """What somebody typed or scanned, as a code of ``digits`` digits.

    Forgives spaces, hyphens, dots and invisible marks anywhere, and reads Arabic-Indic and
    Persian digits.
    """
    typed = "".join(sign for sign in text if not _separates(sign)).translate(_EASTERN_DIGITS)
    if len(typed) != digits:
        return WrongLength(len(typed), digits)
    if not _DIGITS.issuperset(typed) or not _check_holds(typed):
        return WrongDigit()
    return Code(typed)


def tag(key: bytes, roll_id: str, code: Code) -> str:
    """What is stored of a code: HMAC-SHA-256 in hex. Codes of different rolls never agree."""
    return hmac.new(key, f"{roll_id}:{code.digits}".encode(), hashlib.sha256).hexdigest()


def _separates(sign: str) -> bool:
    return sign in ".\t\r\n" or unicodedata.category(sign) in _SEPARATOR_CATEGORIES


def _check_holds(digits: str) -> bool:
    """Whether the check digits are the ones :func:`make` gives: 02 to 98, so one pair each."""
    return int(digits) % 97 == 1 and 2 <= int(digits[-CHECK_DIGITS:]) <= 98
