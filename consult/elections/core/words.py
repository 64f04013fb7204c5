"""Counting words, so that everybody who stands has the same space, in every language.

A word is what stands between spaces, if there is a letter or a digit in it. So ``zo'n``,
``huis-aan-huis``, ``en/of`` and a web address are one word each; a dash, a bullet or an emoji alone
is none. Who writes without spaces meets the limit of signs, which is ten for each word.
"""

import re
import unicodedata
from typing import Final, NamedTuple

SIGNS_PER_WORD: Final = 10
"""Dutch takes six to seven, the space included."""
_BETWEEN: Final = re.compile(r"[\s\u200b\u2060\ufeff]+")
_KEPT: Final = {"\n", "\t", "\u200d", "\u200e", "\u200f"}
"""Signs that are not seen and yet mean something: lines, joined emoji, the direction of a name."""
_LOOKS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮаеіјорсѕухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοı",
    "ABESIJKMHOPCTYXYaeijopcsyxhdqwABEZHIKMNOPTYXoi",
)
"""Letters of other scripts that a reader takes for a Latin one."""
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co"}


class TooLong(NamedTuple):
    """A text has more than ``most`` words; ``signs`` is the limit that was met instead, or 0."""

    most: int
    signs: int = 0


def count(text: str) -> int:
    """How many words there are."""
    return sum(any(map(str.isalnum, part)) for part in _BETWEEN.split(text))


def clean(text: str) -> str:
    """The text in one form: composed, without signs that nobody sees, lines ending in one way."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    seen = (one for one in composed if one in _KEPT or unicodedata.category(one) not in _UNSEEN)
    lines = "".join(seen).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def line(text: str) -> str:
    """As :func:`clean`, on one line and with single spaces: for names."""
    return " ".join(clean(text).split())


def likeness(name: str) -> str:
    """What a name looks like: two people whose names give the same cannot be told apart.

    Signs that nobody sees and capitals play no part, and letters of Greek and Cyrillic that look
    like Latin ones are taken for these.
    """
    composed = unicodedata.normalize("NFKC", name)
    seen = "".join(one for one in composed if unicodedata.category(one) not in _UNSEEN)
    return " ".join(seen.translate(_LOOKS).casefold().split())


def too_long(text: str, most: int) -> TooLong | None:
    """Whether a text takes more than its space of ``most`` words."""
    if count(text) > most:
        return TooLong(most)
    signs = most * SIGNS_PER_WORD
    return TooLong(most, signs) if len(text) > signs else None
